"""The board: what is on it, in which order, when that changes by itself; and what reading it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.lifecycle import Customs, Delivery, Regime, Verdict
from desktop.services.board_row import Group, board_row, place_of
from desktop.services.views import Eta, ReadinessView, Reason, TripRow

NOW = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)  # 13:05 in Toronto
ZONE = "America/Toronto"


def eta(hours: float) -> Eta:
    moment = NOW + timedelta(hours=hours)
    return Eta((moment - timedelta(hours=5)).strftime("%Y-%m-%d %H:%M:%S"), ZONE, moment)


def row(
    verdict: Verdict = Verdict.WAIT,
    hours: float = 2,
    *,
    must_act: bool = False,
    customs: Customs = Customs.ON_FILE,
    delivery: Delivery = Delivery.DELIVERED,
    number: str = "1234T1",
) -> TripRow:
    readiness = ReadinessView(verdict, None, (Reason("some", "Some reason", must_act),))
    return TripRow(
        id=number, version=1, company="c", number=number, regime=Regime.ACI, port="0440", port_name="Sarnia",
        eta=eta(hours), driver="", truck="", trailers="", shipments=1, cleared=0, delivery=delivery, customs=customs,
        holds=0, readiness=readiness, errors=0, warnings=0, is_changed_since_sent=False, updated_at=NOW,
    )  # fmt: skip


DRAFT = {"delivery": Delivery.NOT_SENT, "customs": Customs.NONE, "must_act": True}


@pytest.mark.parametrize(
    ("trip", "group"),
    [
        (row(Verdict.STOP), Group.NEEDS_YOU),
        (row(Verdict.UNKNOWN), Group.NEEDS_YOU),
        (row(Verdict.WAIT, must_act=True), Group.NEEDS_YOU),
        (row(Verdict.WAIT), Group.UNDER_WAY),
        (row(Verdict.GO), Group.UNDER_WAY),
        (row(Verdict.GO, customs=Customs.ARRIVED, hours=-1), Group.UNDER_WAY),
        (row(Verdict.WAIT, hours=13), Group.LATER),
        (row(**DRAFT), Group.LATER),
        (row(Verdict.STOP, customs=Customs.CANCELLED), Group.LATER),
        (row(Verdict.STOP, hours=48), Group.NEEDS_YOU),
        (row(Verdict.STOP, hours=-200), Group.NEEDS_YOU),
        (row(Verdict.UNKNOWN, hours=-200), Group.NEEDS_YOU),
        (row(Verdict.GO, hours=-11), Group.UNDER_WAY),
        (row(Verdict.GO, hours=-30), None),
        (row(Verdict.STOP, hours=-200, customs=Customs.CANCELLED), None),
        (row(Verdict.WAIT, hours=-200, customs=Customs.RELEASED, must_act=True), None),
        (row(hours=-30, **DRAFT), None),
        (row(hours=-2, **DRAFT), Group.LATER),
        (replace(row(**DRAFT), eta=Eta("", None, None)), Group.LATER),
        (replace(row(), eta=Eta("", None, None)), Group.LATER),
        (replace(row(**DRAFT), eta=Eta("someday", None, None)), Group.LATER),
    ],
)
def test_a_trip_stands_where_what_is_to_be_done_puts_it(trip: TripRow, group: Group | None) -> None:
    made = board_row(trip, NOW)
    assert (made and made.group) == group


def test_order_is_stop_by_arrival_then_act_now_then_unknown_then_what_goes_by_itself() -> None:
    trips = [
        row(Verdict.UNKNOWN, 1, number="unknown"),
        row(Verdict.WAIT, 0.5, must_act=True, number="act"),
        row(Verdict.STOP, 3, number="stop later"),
        row(Verdict.STOP, 2, number="stop"),
        row(Verdict.STOP, -1, number="stop late"),
        row(Verdict.WAIT, 1, number="wait"),
        row(Verdict.GO, 0.5, number="go"),
        row(Verdict.GO, -0.2, number="late"),
        row(Verdict.GO, -1, customs=Customs.RELEASED, number="over"),
        row(**DRAFT, number="draft"),
    ]
    made = sorted((one for one in (board_row(trip, NOW) for trip in trips) if one), key=place_of)
    assert [one.trip.number for one in made] == [
        "stop late", "stop", "stop later", "act", "unknown", "late", "go", "wait", "over", "draft",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("trip", "is_late"),
    [
        (row(hours=-0.1), True),
        (row(hours=0.1), False),
        (row(hours=-0.1, customs=Customs.ARRIVED), False),
        (row(hours=-0.1, customs=Customs.RELEASED), False),
        (row(hours=-0.1, **DRAFT), False),
    ],
)
def test_late_is_what_should_have_arrived_and_of_which_nobody_says_that_it_did(trip: TripRow, is_late: bool) -> None:
    made = board_row(trip, NOW)
    assert made is not None
    assert made.is_late is is_late


def minutes(trip: TripRow) -> float | None:
    made = board_row(trip, NOW)
    assert made is not None
    return None if made.changes_at is None else (made.changes_at - NOW).total_seconds() / 60


def test_the_next_moment_is_the_end_of_the_hour_an_overdue_answer_or_the_arrival_coming_near() -> None:
    assert minutes(row(hours=4)) == 150  # 90 minutes before arrival
    assert minutes(row(hours=1.25)) == 15  # an hour before
    assert minutes(row(hours=0.25)) == 15  # the arrival itself
    assert minutes(row(hours=-1)) is None
    booth = replace(row(hours=4), readiness=ReadinessView(Verdict.WAIT, NOW + timedelta(minutes=7), ()))
    assert minutes(booth) == 7
    asked = Reason("waiting", "No answer yet", at=NOW - timedelta(minutes=2))
    assert minutes(replace(row(hours=4), readiness=ReadinessView(Verdict.WAIT, None, (asked,)))) == 3
    assert minutes(row(hours=4, customs=Customs.TRANSMITTED)) == 1
