"""The cases a customs broker can read: what was heard, and what the driver may be told (tests/golden/readiness)."""

import pytest
from unit.crossing.readiness_cases import answer, at, cases, folded, heard

from desktop.crossing.readiness import ACTIONS
from desktop.domain.lifecycle import Delivery, Verdict

CASES = [pytest.param(case, id=name) for name, case in cases()]
GO = [pytest.param(case, id=name) for name, case in cases() if case["expect"]["verdict"] == "go"]


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    crossing = folded(case)
    ready = answer(case, crossing)
    expected = case["expect"]
    assert [reason.code for reason in ready.reasons] == expected["reasons"]
    assert crossing.customs == expected["customs"]
    assert ready.verdict == expected["verdict"]
    assert ready.booth_from == at(expected["booth_from"])
    for number, state in expected["shipments"].items():
        shipment = crossing.shipments[number]
        assert {
            "clearance": shipment.clearance.value,
            "released": shipment.released,
            "holds": shipment.holds,
        } == state
        assert shipment.text
    if "says" in expected:
        first = ready.reasons[0]
        assert f"{first.headline}. {first.text}" == expected["says"]
    if "action" in expected:
        assert ready.reasons[0].action == expected["action"]
    if "evidence" in expected:
        assert ready.reasons[0].frame == f"f{expected['evidence']}"


@pytest.mark.parametrize("case", CASES)
def test_each_reason_has_its_words_and_a_known_next_step(case):
    for reason in answer(case).reasons:
        assert reason.headline not in {"", reason.code}
        assert reason.text not in {"", reason.code}
        assert reason.detail
        assert len(reason.headline) <= 34
        assert reason.action in {*ACTIONS, ""}
        assert not reason.must_act or reason.action


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_arrival_and_repeats_change_nothing(case):
    frames, crossing = heard(case), folded(case)
    again = folded(case, [*reversed(frames), *frames])
    assert again == crossing
    assert answer(case, again) == answer(case, crossing)


@pytest.mark.parametrize("case", CASES)
def test_every_case_gives_its_source(case):
    assert case["because"]


@pytest.mark.parametrize("case", GO)
@pytest.mark.parametrize(
    "worse",
    [
        {"is_changed": True},
        {"is_listening": False},
        {"time_trusted": False},
        {"eta": None},
        {"now": "2020-01-01 12:00"},
    ],
    ids=lambda worse: next(iter(worse)),
)
def test_go_is_gone_when_anything_is_worse(case, worse):
    if case["expect"]["customs"] == "released" and set(worse) & {"is_listening", "eta"}:
        worse = {"is_changed": True}  # a released trip is over: nobody need listen any more
    changed = {**case, **({"now": worse["now"]} if "now" in worse else {})}
    assert answer(changed, **{name: value for name, value in worse.items() if name != "now"}).verdict is not Verdict.GO


@pytest.mark.parametrize("case", GO)
def test_go_needs_a_delivered_trip(case):
    for delivery in Delivery:
        verdict = answer({**case, "delivery": delivery.value}).verdict
        assert (verdict is Verdict.GO) == (delivery is Delivery.DELIVERED)
