"""The cases a customs broker can read: what was heard, and what the driver may be told (tests/golden/readiness)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.crossing.fold import Heard, fold
from desktop.crossing.readiness import readiness
from desktop.domain.lifecycle import Delivery, Regime, Verdict

FOLDER = Path(__file__).parents[2] / "golden" / "readiness"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text())["cases"]
]


def at(clock):
    return None if clock is None else datetime.fromisoformat(f"2026-11-24T{clock}:00").replace(tzinfo=UTC)


def fold_case(case):
    heard = [Heard(f"f{number}", at(one["received_at"]), one["message"]) for number, one in enumerate(case["heard"])]
    regime, sent = Regime(case["regime"]), at(case["handed_over_at"])
    return heard, fold(regime, heard, case["shipments"], sent, trip=case["trip"])


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    _, crossing = fold_case(case)
    ready = readiness(crossing, Delivery(case["delivery"]), at(case["now"]), port=case.get("port", ""))
    expected = case["expect"]
    assert crossing.customs == expected["customs"]
    assert ready.verdict == expected["verdict"]
    assert ready.booth_from == at(expected["booth_from"])
    assert [reason.code for reason in ready.reasons] == expected["reasons"]
    for number, state in expected["shipments"].items():
        shipment = crossing.shipments[number]
        assert {
            "clearance": shipment.clearance.value,
            "released": shipment.released,
            "holds": shipment.holds,
        } == state
        assert shipment.text
    assert all(reason.text for reason in ready.reasons)


@pytest.mark.parametrize("case", CASES)
def test_no_case_says_go_in_this_release(case):
    _, crossing = fold_case(case)
    for delivery in Delivery:
        assert readiness(crossing, delivery, at(case["now"])).verdict is not Verdict.GO


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_arrival_and_repeats_change_nothing(case):
    heard, crossing = fold_case(case)
    again = fold(
        crossing.regime, [*reversed(heard), *heard], case["shipments"], at(case["handed_over_at"]), trip=case["trip"]
    )
    assert again == crossing
