"""The working day: every story is told whole, the same seed gives the same day, and the account is kept."""

from __future__ import annotations

import pytest

from desktop import assets
from desktop.practice import scenario_file
from desktop.practice.answers import table
from desktop.practice.day import Day
from desktop.practice.ledger import Ledger
from desktop.practice.personality import Personality
from desktop.practice.truth import Truth

STORIES = assets.read_json("practice/day.json")


def test_the_same_seed_tells_the_same_day_and_another_seed_another():
    def told(seed):
        day = Day(seed, 1.0)
        return [day.story(regime, "file", ["A1", "A2"]) for regime in ("ACE", "ACI") * 30]

    assert told(7) == told(7)
    assert told(7) != told(8)


@pytest.mark.parametrize("regime", ["ACE", "ACI"])
def test_a_day_holds_every_story_and_every_reason_comes_in_turn(regime):
    day = Day(1, 60.0)
    count = sum(story.get("times", 1) for story in STORIES[regime])
    reasons = [name for name, reason in table()["reasons"].items() if reason["regime"] == regime]
    told = [day.story(regime, "file", ["A1", "A2"]) for _ in range(count * len(reasons))]
    assert len({tuple(action.do for action in story) for story in told[:count]}) > 5
    rejected = [action.values["reason"] for story in told for action in story if action.do == "reject"]
    assert set(rejected) == set(reasons)


def test_a_minute_is_as_fast_as_asked():
    slow, fast = Day(1, 1.0), Day(1, 60.0)
    for one, other in zip(slow.story("ACE", "file", ["A1"]), fast.story("ACE", "file", ["A1"]), strict=True):
        assert one.after_s == pytest.approx(other.after_s * 60)
    (answer,) = slow.story("ACI", "cancel", ["A1"])
    assert 120 <= answer.after_s <= 240


def test_the_built_in_day_and_its_scale():
    assert scenario_file.load("day").day_scale == 10
    assert scenario_file.load("accept").day_scale is None
    assert scenario_file.read('{"day": {}}', "x").day_scale == 1.0


def said(code, number="SMPLCARGO1"):
    return {
        "data": "ACE_RESPONSE",
        "tripNumber": "SMPLTRIP01",
        "shipmentStatusList": [{"shipmentControlNumber": number, "code": code}],
    }


def answered(kind, *, is_yes):
    value = {"data": "ACI_RESPONSE", "type": "ACCEPT" if is_yes else "REJECT", "tripNumber": "9SMPTRIP01"}
    return value | {"sendRequest": {"type": kind}, "dateTime": "2026-11-24 12:00:00"}


@pytest.mark.parametrize(
    ("codes", "cleared", "holds", "is_released"),
    [
        (["05"], True, 0, False),
        (["05", "1H"], True, 1, False),
        (["1C", "1H"], True, 1, False),
        (["05", "1H", "1I", "1C"], True, 0, True),
        (["1H", "1G", "1I"], False, 1, False),
        (["1I"], False, 0, False),
        (["05", "1A"], False, 0, False),
        (["7Q"], False, 0, False),
    ],
)
def test_the_account_of_a_shipment(codes, cleared, holds, is_released):
    truth = Truth()
    for code in codes:
        truth.made(said(code), "")
    trip = truth.of("", "ACE", "SMPLTRIP01", ["SMPLCARGO1"])
    one = trip.shipments["SMPLCARGO1"]
    assert (one.is_cleared, one.held, one.is_released, one.code) == (cleared, holds, is_released, codes[-1])
    assert one.unknown == [code for code in codes if code == "7Q"]


def test_the_account_of_a_trip():
    ledger = Ledger(Personality())
    truth = ledger.truth_of("ACI", "9SMPTRIP01")
    assert (truth.answer, truth.is_on_file) == ("", False)
    for kind, is_yes, answer in [
        ("ORIGINAL", False, "refused"),
        ("ORIGINAL", True, "accepted"),
        ("CHANGE", False, "refused"),
        ("CHANGE", True, "accepted"),
        ("CANCEL", False, "accepted"),
        ("CANCEL", True, "cancelled"),
    ]:
        ledger.truth.made(answered(kind, is_yes=is_yes), "")
        assert truth.answer == answer
        assert bool(truth.accepted_at) == (answer != "cancelled" and (kind, is_yes) != ("ORIGINAL", False))


@pytest.mark.parametrize(
    "value", [{"data": "RNS_SHIPMENT"}, {"data": "ACE_RESPONSE", "shipmentStatusList": [7]}, {"data": 3}]
)
def test_a_message_of_no_known_shape_says_nothing(value):
    Truth().made(value, "")
