"""Every changed part in every state at customs, both regimes: which messages go, or which sentence says why none does."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import texts
from desktop.delivery.planner import CUSTOMS, NOTHING_SENT, Reason, Sent, plan, plan_cancel
from desktop.delivery.planner_move import Side, plan_move
from desktop.domain.documents import put
from desktop.domain.lifecycle import Customs, Delivery, Regime

GOLDEN = Path(__file__).parents[2] / "golden" / "messages"
ACE = json.loads((GOLDEN / "ace-trip.json").read_text())
ACI = json.loads((GOLDEN / "aci-trip.json").read_text())
OTHER_DAY = "2014-08-19 04:45:00"
PARTS = {
    (Regime.ACE, "nothing"): ACE,
    (Regime.ACE, "other"): put(ACE, "/truck/number", "2014"),
    (Regime.ACE, "goods"): put(ACE, "/shipments/0/shipper/name", "Sample Shipper One"),
    (Regime.ACE, "day"): put(ACE, "/estimatedArrivalDateTime", OTHER_DAY),
    (Regime.ACE, "number"): put(ACE, "/tripNumber", "AAAA999999"),
    (Regime.ACE, "control"): put(ACE, "/shipments/0/shipmentControlNumber", "AAAA111111"),
    (Regime.ACE, "fewer"): put(ACE, "/shipments", []),
    (Regime.ACI, "nothing"): ACI,
    (Regime.ACI, "other"): put(ACI, "/truck/number", "11"),
    (Regime.ACI, "goods"): put(ACI, "/shipments/0/shipper/name", "Sample Shipper One"),
    (Regime.ACI, "day"): put(ACI, "/estimatedArrivalDateTime", OTHER_DAY),
    (Regime.ACI, "number"): put(ACI, "/tripNumber", "1234999999"),
    (Regime.ACI, "control"): put(ACI, "/shipments/0/cargoControlNumber", "1234PARS999999"),
    (Regime.ACI, "fewer"): put(ACI, "/shipments", []),
}
TRIPS = {Regime.ACE: ACE, Regime.ACI: ACI}
FIRST = {Regime.ACE: "COMPLETE_TRIP_AND_SHIPMENTS", Regime.ACI: "ORIGINAL"}
AMEND = {Regime.ACE: "AMEND_TRIP_AND_SHIPMENTS", Regime.ACI: "AMEND"}
CANCEL = {Regime.ACE: "CANCEL_TRIP_AND_SHIPMENTS", Regime.ACI: "CANCEL"}
FILED = (Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED)
LONG = {Regime.ACE: {"day", "number", "control", "fewer"}, Regime.ACI: {"number", "control", "fewer"}}


def names(made) -> list[str]:
    for key in (*(one.text_key for one in made.steps), *made.consequences, *([made.blocked] if made.blocked else ())):
        assert texts.has(key), key
    assert bool(made.steps) != bool(made.blocked)
    return [one.operation or one.type for one in made.steps]


def expected(regime: Regime, part: str, known: Customs) -> list[str] | str:
    """What the sources say (domain 4.8, 5.6, protocol 2 and 7), written down apart from the planner."""
    upload = [] if part == "nothing" else ["CREATE"] if part == "number" else ["UPDATE"]
    if known in FILED:
        if part == "nothing":
            return "nothing_changed"
        if part in LONG[regime]:
            return [CANCEL[regime], *upload, FIRST[regime]]
        return [*upload, AMEND[regime]]
    if known in {Customs.ARRIVED, Customs.RELEASED}:
        if regime is Regime.ACE:
            return "arrived"
        if part in LONG[regime]:
            return "arrived_bsf673"
        return "nothing_changed" if part == "nothing" else [*upload, AMEND[regime]]
    if known is Customs.TRANSMITTED:
        return "waiting_for_customs"
    if known is Customs.UNKNOWN:
        return "customs_unknown"
    if known is Customs.REFUSED and part == "nothing":
        return "unchanged_after_refusal"
    return [*upload, FIRST[regime]]


CASES = [(regime, part, known) for (regime, part), known in product(PARTS, Customs)]


@pytest.mark.parametrize(("regime", "part", "known"), CASES)
def test_each_change_goes_the_documented_way(regime, part, known):
    filed = known in {*FILED, Customs.ARRIVED, Customs.RELEASED}
    trip = TRIPS[regime]
    sent = Sent(trip, Delivery.DELIVERED, filed, trip if known is Customs.REFUSED else None, trip if filed else None)
    made = plan(regime, PARTS[regime, part], known, sent)
    wanted = expected(regime, part, known)
    got = names(made)
    assert (made.blocked.removeprefix("delivery.blocked.") if made.blocked else got) == wanted
    waiting = [bool(one.waits_for) for one in made.steps]
    is_long = bool(got) and got[0] == CANCEL[regime]
    assert waiting == ([False, True, *[False] * (len(got) - 2)] if is_long else [False] * len(got))
    if is_long:
        assert made.steps[0].number == trip["tripNumber"]
    asked = {Reason.TRIP} if part in {"other", "day"} else {Reason.SHIPMENT}
    assert made.reasons == (asked if regime is Regime.ACI and AMEND[regime] in got else frozenset())


def test_what_the_gateway_has_already_goes_as_a_change_under_the_new_number():
    sent = Sent(ACE, Delivery.DELIVERED, is_filed=True, filed=ACE)
    create = plan(Regime.ACE, PARTS[Regime.ACE, "number"], Customs.ON_FILE, sent).steps[1]
    assert create.stored == {one["shipmentControlNumber"] for one in ACE["shipments"]}


def test_what_was_only_uploaded_since_is_still_to_be_told_to_customs():
    later = PARTS[Regime.ACE, "other"]
    sent = Sent(later, Delivery.DELIVERED, is_filed=True, filed=ACE)
    assert names(plan(Regime.ACE, later, Customs.ON_FILE, sent)) == [AMEND[Regime.ACE]]
    assert names(plan(Regime.ACE, ACE, Customs.ON_FILE, sent)) == ["UPDATE"], "customs has this very one"
    assert plan(Regime.ACE, later, Customs.ON_FILE, sent, hold=True).blocked == "delivery.blocked.nothing_changed"
    day = PARTS[Regime.ACE, "day"]
    assert plan(Regime.ACE, day, Customs.ON_FILE, sent, hold=True).blocked == "delivery.blocked.hold_refile"


def test_a_csa_mark_is_not_changed_after_arrival():
    marked = put(ACI, "/shipments/0/shipmentType", "CSA")
    sent = Sent(ACI, Delivery.DELIVERED, is_filed=True, filed=ACI)
    assert plan(Regime.ACI, marked, Customs.ARRIVED, sent).blocked == "delivery.blocked.arrived_bsf673"
    assert names(plan(Regime.ACI, marked, Customs.ON_FILE, sent)) == ["UPDATE", "AMEND"]


def test_after_giving_up_it_goes_with_a_warning_and_never_while_a_cancellation_is_unanswered():
    given_up = Sent(None, Delivery.NOT_SURE, is_given_up=True)
    made = plan(Regime.ACE, ACE, Customs.NONE, given_up)
    assert names(made)[0] == "CREATE"
    assert made.consequences[0] == "delivery.consequence.given_up"
    for regime, known in product(Regime, Customs):
        sent = Sent(TRIPS[regime], Delivery.DELIVERED, is_filed=True, filed=TRIPS[regime], is_cancelling=True)
        assert not plan(regime, PARTS[regime, "other"], known, sent).steps
        assert not plan_cancel(regime, known, sent).steps


def aci(*numbers: str, trip: str = "1234OLD001"):
    shipment = ACI["shipments"][0]
    return {**ACI, "tripNumber": trip, "shipments": [{**shipment, "cargoControlNumber": one} for one in numbers]}


OLD, LEFT = aci("1234PARS1", "1234PARS2"), aci("1234PARS1")
NEW, WITH = aci("1234PARS3", trip="1234NEW001"), aci("1234PARS3", "1234PARS2", trip="1234NEW001")
ON_FILE_OLD = Sent(OLD, Delivery.DELIVERED, is_filed=True, filed=OLD)
ON_FILE_NEW = Sent(NEW, Delivery.DELIVERED, is_filed=True, filed=NEW)
MOVES = [
    # old known, old sent, new known, new sent, what goes
    (Customs.ON_FILE, ON_FILE_OLD, Customs.NONE, NOTHING_SENT, "UPDATE* AMEND* CREATE! ORIGINAL"),
    (Customs.CLEARED, ON_FILE_OLD, Customs.ON_FILE, ON_FILE_NEW, "UPDATE* AMEND* UPDATE! AMEND"),
    (Customs.ON_FILE, ON_FILE_OLD, Customs.CANCELLED, Sent(NEW), "UPDATE* AMEND* UPDATE! ORIGINAL"),
    (Customs.NONE, NOTHING_SENT, Customs.ON_FILE, ON_FILE_NEW, "UPDATE AMEND"),
    (Customs.NONE, Sent(OLD), Customs.NONE, NOTHING_SENT, "CREATE ORIGINAL"),
    (Customs.CANCELLED, Sent(OLD), Customs.NONE, NOTHING_SENT, "CREATE ORIGINAL"),
    (Customs.TRANSMITTED, Sent(OLD), Customs.NONE, NOTHING_SENT, "waiting_for_customs"),
    (Customs.ON_FILE, Sent(OLD, Delivery.NOT_SURE, is_filed=True), Customs.NONE, NOTHING_SENT, "not_sure"),
    (Customs.ARRIVED, ON_FILE_OLD, Customs.NONE, NOTHING_SENT, "arrived_bsf673"),
    (Customs.ON_FILE, ON_FILE_OLD, Customs.RELEASED, ON_FILE_NEW, "arrived_bsf673"),
    (Customs.ON_FILE, Sent(NEW, is_filed=True, filed=NEW), Customs.NONE, NOTHING_SENT, "move_old_changed"),
    (Customs.ON_FILE, ON_FILE_OLD, Customs.ON_FILE, Sent(OLD, is_filed=True, filed=OLD), "move_new_changed"),
]


@pytest.mark.parametrize(("old", "old_sent", "new", "new_sent", "wanted"), MOVES)
def test_a_shipment_moves_the_documented_way(old, old_sent, new, new_sent, wanted):
    made = plan_move(Regime.ACI, "1234PARS2", Side(LEFT, old, old_sent), Side(WITH, new, new_sent))
    names(made)
    got = " ".join(
        (one.operation or one.type) + "*" * one.is_other + "!" * (one.waits_for == CUSTOMS) for one in made.steps
    )
    assert (made.blocked.removeprefix("delivery.blocked.") or got) == wanted


def test_what_no_source_moves_is_said():
    sides = Side(LEFT, Customs.ON_FILE, ON_FILE_OLD), Side(WITH, Customs.NONE)
    assert plan_move(Regime.ACE, "1234PARS2", *sides).blocked == "delivery.blocked.move_ace"
    assert plan_move(Regime.ACI, "1234PARS9", *sides).blocked == "delivery.blocked.move_nothing"
    empty = Side(aci(), Customs.ON_FILE, Sent(aci("1234PARS2"), is_filed=True, filed=aci("1234PARS2")))
    made = plan_move(Regime.ACI, "1234PARS2", empty, sides[1])
    assert names(made) == ["CANCEL", "CREATE", "ORIGINAL"]


SENT = st.builds(
    Sent,
    document=st.sampled_from([None, ACE, PARTS[Regime.ACE, "other"]]),
    delivery=st.sampled_from(list(Delivery)),
    is_filed=st.booleans(),
    refused=st.sampled_from([None, ACE]),
    filed=st.sampled_from([None, ACE, PARTS[Regime.ACE, "day"]]),
    is_given_up=st.booleans(),
    is_cancelling=st.booleans(),
)


@given(
    part=st.sampled_from(sorted(part for regime, part in PARTS if regime is Regime.ACE)),
    known=st.sampled_from(list(Customs)),
    sent=SENT,
    hold=st.booleans(),
)
def test_no_plan_creates_twice_or_files_beside_a_cancellation(part, known, sent, hold):
    document = PARTS[Regime.ACE, part]
    made = plan(Regime.ACE, document, known, sent, hold=hold)
    got = names(made)
    assert got.count("CREATE") <= 1
    if "CREATE" in got:
        assert sent.document is None or sent.document["tripNumber"] != document["tripNumber"]
    if sent.is_cancelling or (sent.delivery is Delivery.NOT_SURE and not sent.is_given_up):
        assert not got
    for before, step in zip(made.steps, made.steps[1:], strict=False):
        assert (step.waits_for == CUSTOMS) == (before.type == CANCEL[Regime.ACE])
    if hold:
        assert all(not step.type for step in made.steps)
