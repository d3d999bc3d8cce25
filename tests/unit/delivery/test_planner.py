"""What a Send brings out, and what stops it."""

import json
from pathlib import Path

import pytest

from desktop import texts
from desktop.delivery.attempt import Way
from desktop.delivery.planner import Reason, Sent, changed_parts, next_step, plan, plan_cancel, plan_update
from desktop.domain.documents import put
from desktop.domain.lifecycle import Customs, Delivery, Regime

GOLDEN = Path(__file__).parents[2] / "golden" / "messages"
ACE = json.loads((GOLDEN / "ace-trip.json").read_text())
ACI = json.loads((GOLDEN / "aci-trip.json").read_text())
TRIPS = {Regime.ACE: ACE, Regime.ACI: ACI}


def steps(made):
    for line in (*(one.text_key for one in made.steps), *made.consequences, *([made.blocked] if made.blocked else ())):
        assert texts.has(line), line
    return [(one.data, one.operation or one.type) for one in made.steps]


def test_a_first_filing_uploads_and_then_asks_customs():
    assert steps(plan(Regime.ACE, ACE, Customs.NONE)) == [
        ("ACE_TRIP", "CREATE"), ("ACE_SEND_REQUEST", "COMPLETE_TRIP_AND_SHIPMENTS"),
    ]  # fmt: skip
    assert steps(plan(Regime.ACI, ACI, Customs.NONE)) == [("ACI_TRIP", "CREATE"), ("ACI_SEND_REQUEST", "ORIGINAL")]
    assert [one.way for one in plan(Regime.ACI, ACI, Customs.NONE).steps] == [Way.UPLOAD, Way.SEND_REQUEST]


def test_hold_only_uploads():
    assert steps(plan(Regime.ACE, ACE, Customs.NONE, hold=True)) == [("ACE_TRIP", "CREATE")]
    held = Sent(document=ACE, delivery=Delivery.DELIVERED)
    assert steps(plan(Regime.ACE, ACE, Customs.NONE, held, hold=True)) == []
    assert plan(Regime.ACE, ACE, Customs.NONE, held, hold=True).blocked == "delivery.blocked.nothing_changed"


def test_a_held_trip_is_filed_as_it_is_or_updated_first():
    held = Sent(document={**ACE, "operation": "CREATE", "sendId": "x"}, delivery=Delivery.DELIVERED)
    assert steps(plan(Regime.ACE, ACE, Customs.NONE, held)) == [("ACE_SEND_REQUEST", "COMPLETE_TRIP_AND_SHIPMENTS")]
    changed = put(ACE, "/truck/number", "2014")
    assert steps(plan(Regime.ACE, changed, Customs.NONE, held))[0] == ("ACE_TRIP", "UPDATE")


def test_after_a_refusal_only_a_corrected_trip_goes():
    refused = Sent(document=ACI, delivery=Delivery.DELIVERED, refused=ACI)
    assert plan(Regime.ACI, ACI, Customs.REFUSED, refused).blocked == "delivery.blocked.unchanged_after_refusal"
    corrected = put(ACI, "/portOfEntry", "0453")
    assert steps(plan(Regime.ACI, corrected, Customs.REFUSED, refused)) == [
        ("ACI_TRIP", "UPDATE"), ("ACI_SEND_REQUEST", "ORIGINAL"),
    ]  # fmt: skip


FILED = {regime: Sent(document=trip, delivery=Delivery.DELIVERED, is_filed=True) for regime, trip in TRIPS.items()}


def test_a_change_of_what_is_on_file():
    changed = put(ACE, "/truck/number", "2014")
    assert steps(plan(Regime.ACE, changed, Customs.ON_FILE, FILED[Regime.ACE])) == [
        ("ACE_TRIP", "UPDATE"), ("ACE_SEND_REQUEST", "AMEND_TRIP_AND_SHIPMENTS"),
    ]  # fmt: skip
    assert steps(plan(Regime.ACE, changed, Customs.REFUSED, FILED[Regime.ACE]))[1][1] == "AMEND_TRIP_AND_SHIPMENTS"
    assert steps(plan(Regime.ACE, changed, Customs.ON_FILE, FILED[Regime.ACE], hold=True)) == [("ACE_TRIP", "UPDATE")]
    later = put(ACI, "/estimatedArrivalDateTime", "2014-12-09 05:45:00")
    made = plan(Regime.ACI, later, Customs.ON_FILE, FILED[Regime.ACI])
    assert made.reasons == {Reason.TRIP}
    assert steps(made) == [("ACI_TRIP", "UPDATE"), ("ACI_SEND_REQUEST", "AMEND")]


HOUR = put(ACE, "/estimatedArrivalDateTime", "2014-07-31 06:00:00")
BLOCKED = [
    (Regime.ACE, ACE, Customs.ON_FILE, "nothing_changed"),
    (Regime.ACE, HOUR, Customs.TRANSMITTED, "waiting_for_customs"),
    (Regime.ACE, HOUR, Customs.ARRIVED, "arrived"),
    (Regime.ACE, HOUR, Customs.RELEASED, "arrived"),
    (Regime.ACE, HOUR, Customs.UNKNOWN, "customs_unknown"),
]


@pytest.mark.parametrize(("regime", "document", "known", "why"), BLOCKED)
def test_what_no_source_documents_is_blocked_with_a_sentence(regime, document, known, why):
    made = plan(regime, document, known, FILED[regime])
    assert steps(made) == []
    assert made.blocked == f"delivery.blocked.{why}"


@pytest.mark.parametrize(("delivery", "why"), [(Delivery.NOT_SURE, "not_sure"), (Delivery.SENDING, "sending")])
def test_nothing_follows_a_message_nobody_is_sure_of(delivery, why):
    made = plan(Regime.ACE, HOUR, Customs.NONE, Sent(document=ACE, delivery=delivery))
    assert made.blocked == f"delivery.blocked.{why}"
    assert plan_cancel(Regime.ACE, Customs.ON_FILE, Sent(delivery=delivery)).blocked == f"delivery.blocked.{why}"


def test_cancel():
    assert steps(plan_cancel(Regime.ACE, Customs.ON_FILE)) == [("ACE_SEND_REQUEST", "CANCEL_TRIP_AND_SHIPMENTS")]
    assert steps(plan_cancel(Regime.ACI, Customs.REFUSED, FILED[Regime.ACI])) == [("ACI_SEND_REQUEST", "CANCEL")]
    assert plan_cancel(Regime.ACE, Customs.NONE).blocked == "delivery.blocked.nothing_on_file"
    for regime in Regime:
        made = plan_cancel(regime, Customs.ARRIVED)
        assert steps(made) == []
        assert made.blocked == f"delivery.blocked.cancel_arrived_{regime.lower()}"


@pytest.mark.parametrize("regime", Regime)
def test_what_nobody_is_sure_of_goes_again_only_as_a_change(regime):
    first, second = plan_update(regime).steps
    assert (first.way, first.operation) == (Way.UPLOAD, "UPDATE")
    assert second.way is Way.SEND_REQUEST
    assert [step.operation for step in plan_update(regime, hold=True).steps] == ["UPDATE"]


def test_the_envelope_is_no_change_and_the_hour_is_not_the_date():
    other = {**ACE, "sendId": "z", "companyKey": "k", "autoSend": True}
    other["shipments"] = [{**ACE["shipments"][0], "operation": "UPDATE"}]
    assert changed_parts(Regime.ACE, ACE, other) == frozenset()
    assert changed_parts(Regime.ACE, ACE, HOUR) == {"other"}
    assert changed_parts(Regime.ACE, {"shipments": [7]}, {"shipments": None, "tripNumber": "X"}) == {"trip_number"}


@pytest.mark.parametrize(
    ("delivery", "objections", "key"),
    [
        (Delivery.NOT_SURE, [], "decide"),
        (Delivery.SENDING, [], "wait"),
        (Delivery.REFUSED, ["Trip Number is already used (must be unique for a CREATE operation)"], "number_used"),
        (Delivery.DELIVERED, ["MANIFEST ALREADY ON FILE, DO NOT RESEND"], "already_on_file"),
        (Delivery.REFUSED, ["Weight is missing"], "correct"),
        (Delivery.REFUSED, [], "correct"),
        (Delivery.DELIVERED, [], ""),
    ],
)
def test_the_next_step_after_a_refusal(delivery, objections, key):
    assert next_step(delivery, objections) == (f"delivery.next.{key}" if key else "")
    assert not key or texts.has(f"delivery.next.{key}")
