"""What is wrong with a trip because something did not happen, and when to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.crossing.alert import OVER, Alert, Standing, What, alerts
from desktop.crossing.gap import Gap
from desktop.domain.lifecycle import Customs, Delivery

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
M = timedelta(minutes=1)
SENT = Standing(Customs.TRANSMITTED, Delivery.DELIVERED, transmitted_at=NOW)
ON_FILE = Standing(
    Customs.ON_FILE, Delivery.DELIVERED, eta=NOW + 300 * M, transmitted_at=NOW, is_answered=True, is_filed=True,
    booth_from=NOW + 60 * M, missing=("AAAA1", "AAAA2"),
)  # fmt: skip
DRAFT = Standing(Customs.NONE, Delivery.NOT_SENT, eta=NOW + 300 * M)


def whats(standing: Standing, now: datetime) -> list[str]:
    return [one.what.value for one in alerts(standing, now)[0]]


def test_an_answer_is_missing_after_a_quarter_of_an_hour() -> None:
    """Reliability 4.5."""
    assert alerts(SENT, NOW + 14 * M) == ((), NOW + 15 * M)
    assert alerts(SENT, NOW + 15 * M) == ((Alert(What.NO_ANSWER, NOW + 15 * M),), None)
    assert whats(replace(SENT, is_answered=True), NOW + 60 * M) == []
    assert whats(replace(SENT, customs=Customs.ON_FILE), NOW + 15 * M) == ["no_answer"]  # a change is unanswered
    assert whats(replace(SENT, customs=Customs.RELEASED), NOW + 15 * M) == []


def test_a_broker_is_missing_ninety_minutes_before_arrival() -> None:
    """Domain 8."""
    assert whats(ON_FILE, NOW + 209 * M) == []
    found, moment = alerts(ON_FILE, NOW + 210 * M)
    assert [(one.what, one.number) for one in found] == [("not_cleared", "AAAA1"), ("not_cleared", "AAAA2")]
    assert moment == NOW + 225 * M
    assert whats(replace(ON_FILE, missing=()), NOW + 210 * M) == []
    assert whats(replace(ON_FILE, is_filed=False, customs=Customs.NONE), NOW + 210 * M) == []
    assert whats(replace(ON_FILE, customs=Customs.ARRIVED), NOW + 290 * M) == []


@pytest.mark.parametrize("delivery", list(Delivery))
def test_a_trip_that_is_not_sent_is_told_before_its_hour_is_missed(delivery: Delivery) -> None:
    """Domain 1.2: an hour before arrival, and a quarter of an hour to do it in."""
    draft = replace(DRAFT, delivery=delivery)
    wanted = ["not_sent"] if delivery in {Delivery.NOT_SENT, Delivery.REFUSED} else []
    assert whats(draft, NOW + 224 * M) == []
    assert whats(draft, NOW + 225 * M) == wanted
    assert whats(draft, NOW + 299 * M) == wanted
    assert whats(draft, NOW + 300 * M) == []  # over: nobody saves this hour any more


def test_an_hour_that_ends_after_the_arrival_is_told() -> None:
    early = replace(ON_FILE, eta=NOW + 40 * M, missing=())
    assert whats(early, NOW) == ["too_late"]
    assert whats(early, NOW + 60 * M) == []
    assert whats(replace(early, eta=NOW + 60 * M), NOW) == []
    assert whats(replace(early, booth_from=None), NOW) == []


def test_a_gap_counts_until_somebody_looked() -> None:
    first, last = Gap(NOW, NOW + 5 * M), Gap(NOW + 20 * M, NOW + 30 * M)
    watched = replace(ON_FILE, missing=(), gaps=(first, last))
    assert [one.gap for one in alerts(watched, NOW + 40 * M)[0]] == [last]
    assert whats(replace(watched, looked_at=NOW + 25 * M), NOW + 40 * M) == ["gap"]
    assert whats(replace(watched, looked_at=NOW + 30 * M), NOW + 40 * M) == []
    assert whats(replace(watched, gaps=(Gap(NOW, None),)), NOW + 40 * M) == []  # the connection itself says so
    for customs in (Customs.NONE, Customs.ARRIVED, Customs.RELEASED, Customs.CANCELLED, Customs.REFUSED):
        assert "gap" not in whats(replace(watched, customs=customs), NOW + 40 * M)


def test_half_a_day_after_its_arrival_nobody_waits_for_a_trip() -> None:
    late = replace(ON_FILE, gaps=(Gap(NOW, NOW + M),))
    assert whats(late, ON_FILE.eta + OVER - M)
    assert alerts(late, ON_FILE.eta + OVER) == ((), None)


def test_without_an_arrival_only_what_needs_none_is_told() -> None:
    found, moment = alerts(replace(ON_FILE, eta=None), NOW)
    assert found == ()
    assert moment == NOW + 60 * M


def test_every_change_comes_at_a_moment_that_was_named() -> None:
    """Nothing begins or ends by itself between two moments: nobody has to poll."""
    for standing in (SENT, ON_FILE, DRAFT, replace(ON_FILE, eta=NOW + 40 * M)):
        now, named = NOW, alerts(standing, NOW)[1]
        before = whats(standing, NOW)
        for minute in range(1, 60 * 19):
            now = NOW + minute * M
            if named is not None and now >= named:
                before, named = whats(standing, now), alerts(standing, now)[1]
            assert whats(standing, now) == before, minute
