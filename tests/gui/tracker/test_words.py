"""Every state of a row in words: nothing but a release is called one, and an unknown code stays as received."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.tracked_row import Group, Stand, TrackedRow
from desktop.services.views import Eta
from desktop.ui.signs import Sign
from desktop.ui.tracker.words import SIGNS, row_words

NOW = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
ETA = Eta("2026-11-24 14:10:00", "America/Toronto", datetime(2026, 11, 24, 19, 10, tzinfo=UTC))
ROW = TrackedRow(
    company="c",
    regime=Regime.ACI,
    number="1234PARS382666",
    group=Group.NEEDS,
    stand=Stand.SET,
    at=NOW,
    code="9",
    since=NOW - timedelta(minutes=5),
    is_rns=True,
    entry="17889003009937",
    service="125",
    service_name="PARS, EDI",
    office="0453",
    office_name="WINDSOR AMBASSADOR BRIDGE",
    trip_id="t",
    trip="1234T11240068",
    trips=1,
    shipment_id="s",
    driver="Sample Driver One",
    port="0453",
    eta=ETA,
)


def clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M")


def test_every_state_has_a_sign_and_words() -> None:
    for stand in Stand:
        words = row_words(replace(ROW, stand=stand), NOW)
        assert words.sign is SIGNS[stand]
        assert words.headline
        assert words.sentence


@pytest.mark.parametrize("stand", [stand for stand in Stand if "released" not in stand and stand != "authorised"])
def test_nothing_but_a_release_is_called_one(stand: Stand) -> None:
    words = row_words(replace(ROW, stand=stand, code="31" if stand is Stand.UNKNOWN else ROW.code), NOW)
    assert "eleased" not in words.sentence.replace("not released", "")
    assert words.sign is not Sign.RELEASED
    if stand not in {Stand.SET, Stand.IN_BOND, Stand.ENTRY, Stand.OTHER_OFFICE}:
        assert "leared" not in words.headline
        assert words.sign.shape.role != "good"


def test_a_code_that_is_not_known_is_shown_as_received() -> None:
    words = row_words(replace(ROW, stand=Stand.UNKNOWN, code="31"), NOW)
    assert words.headline == "Not recognised: code 31"
    assert words.detail == f"RNS 31 at {clock(ROW.since)}, as received"
    assert words.sign is Sign.SHIPMENT_UNKNOWN
    after = row_words(replace(ROW, stand=Stand.UNKNOWN, code="31", before=Stand.SET), NOW)
    assert after.headline == "Not recognised: code 31"
    assert after.detail.endswith("Before it: PARS set")


def test_where_the_state_comes_from_is_said_with_its_time() -> None:
    at = clock(ROW.since)
    assert row_words(ROW, NOW).detail == f"RNS 9 at {at}"
    assert row_words(replace(ROW, stand=Stand.NOT_SET, code="24"), NOW).detail == f"RNS 24 at {at}, at CBSA"
    assert row_words(replace(ROW, stand=Stand.NOT_FILED, code=""), NOW).detail == f"Not matched since {at}"
    ace = replace(ROW, regime=Regime.ACE, stand=Stand.ENTRY, code="02", is_rns=False)
    assert row_words(ace, NOW).detail == f"CBP 02 at {at}"
    assert row_words(replace(ROW, stand=Stand.NOT_ON_FILE, since=None), NOW).detail == "Nothing heard of it yet"
    old = replace(ROW, since=NOW - timedelta(days=3))
    assert row_words(old, NOW).detail == "RNS 9 on 21 Nov"


def test_an_office_that_is_not_the_port_says_where_the_trip_goes() -> None:
    assert row_words(ROW, NOW).office_note == "as trip"
    other = row_words(replace(ROW, port="0440", is_other_office=True), NOW)
    assert (other.office, other.office_note) == ("0453 Windsor Ambassador Bridge", "trip goes to 0440")
    assert other.is_office_flagged
    assert "trip goes to 0440" in other.sentence


def test_a_number_nobody_has_offers_a_trip() -> None:
    row = replace(ROW, trip_id="", trip="", trips=0, shipment_id="", eta=None)
    words = row_words(row, NOW)
    assert (words.trip, words.driver) == ("Attach to a trip…", "No trip here has it")
    assert words.is_trip_offered
    assert words.eta == texts.text("tracker.none")
    assert row_words(replace(row, shipment_id="s"), NOW).driver == "On no trip yet"
    assert not row_words(replace(row, regime=Regime.ACE), NOW).is_trip_offered


def test_arrival_is_told_on_the_clock_of_the_port() -> None:
    words = row_words(ROW, NOW)
    assert (words.eta, words.countdown, words.is_urgent) == ("14:10 EST", "in 1 h 05", True)
    arrived = row_words(replace(ROW, arrived_at=NOW - timedelta(minutes=2)), NOW)
    assert arrived.countdown == "arrived 13:03"
    assert not arrived.is_urgent


def test_the_sentence_of_a_row_says_everything() -> None:
    sentence = row_words(ROW, NOW).sentence
    assert sentence.startswith("PARS set. 1234PARS382666")
    for part in ("RNS 9", "1234T11240068", "Sample Driver One", "0453 Windsor", "14:10 EST in 1 h 05"):
        assert part in sentence


def test_a_number_on_several_trips_says_so() -> None:
    assert row_words(replace(ROW, trips=2), NOW).driver == "On 2 trips: keep one"
