"""Every message that can come gets a card in plain words; nothing unknown reads as good news."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import texts
from desktop.crossing import news as reading
from desktop.crossing.cards import describe
from desktop.crossing.explain import explain
from desktop.domain.documents import MISSING
from desktop.domain.lifecycle import Category, Regime

GOLDEN = Path(__file__).parents[2] / "golden" / "messages"
T, C, N, P = "AAAA123457A", "1234923ASDF", "AAAA754321", "1234PARS382666"


def api(status, **members):
    return {"data": "API_RESPONSE", "status": status, "message": "Sample words", **members}


def ace(request="COMPLETE_TRIP_AND_SHIPMENTS", **members):
    return {"data": "ACE_RESPONSE", "sendRequest": {"type": request, "tripNumber": T}, **members}


def counts(accepted, rejected, request="COMPLETE_TRIP_AND_SHIPMENTS"):
    both = {"shipmentsAccepted": accepted, "shipmentsRejected": rejected}
    return ace(request, processingResponse=both)


def ship(*codes):
    return {
        "data": "ACE_RESPONSE", "tripNumber": T,
        "shipmentStatusList": [{"shipmentControlNumber": N, "code": code} for code in codes],
    }  # fmt: skip


def aci(answer="ACCEPT", request="ORIGINAL", **members):
    return {"data": "ACI_RESPONSE", "type": answer, "tripNumber": C, "sendRequest": {"type": request}, **members}


def notice(kind, **members):
    return {"data": "ACI_NOTICE", "type": kind, "cargoControlNumber": P, **members}


def rns(code):
    return {
        "data": "RNS_SHIPMENT", "cargoControlNumber": P, "status": {"releaseCode": {"number": code}},
        "releaseOffice": {"number": "0453", "name": "WINDSOR AMBASSADOR BRIDGE"},
    }  # fmt: skip


CASES = [
    (MISSING, "unrecognised", "Not recognised: no JSON", "unrecognised"),
    (None, "unrecognised", "Not recognised: no message type", "unrecognised"),
    ([], "unrecognised", "Not recognised: no message type", "unrecognised"),
    ({}, "unrecognised", "Not recognised: no message type", "unrecognised"),
    ({"data": 7}, "unrecognised", "Not recognised: no message type", "unrecognised"),
    ({"data": "ACE_NOTICE"}, "unrecognised", 'Not recognised: message type "ACE_NOTICE"', "unrecognised"),
    ({"data": "SYSTEM_ALERT", "message": "Slow today"}, "alert", "BorderConnect has a word to all", "alert"),
    (api("OK"), "upload", "BorderConnect took it", "upload"),
    (api("IMPORTED"), "upload", "BorderConnect took the upload", "upload"),
    (api("QUEUED"), "upload", "BorderConnect put it in its queue", "upload"),
    (api("TRANSMITTED"), "upload", "BorderConnect passed it on to customs", "upload"),
    (api("COMPLETED"), "upload", "BorderConnect finished it", "upload"),
    (api("DATA_ERROR"), "rejected", "BorderConnect did not take it", "rejected"),
    (api("SEND_ERROR"), "rejected", "BorderConnect could not send it to customs", "rejected"),
    (api("IMPORTED_WITH_ERRORS"), "rejected", "BorderConnect took it with problems", "delivered_with_problems"),
    (api("ACCESS_DENIED_ERROR"), "rejected", "BorderConnect refused the key", "key_refused"),
    (api("ACCESS_DENIED_ERROR", sendId="x"), "rejected", "BorderConnect refused access", "rejected"),
    (api("BLESSED"), "unrecognised", 'Not recognised: BorderConnect status "BLESSED"', "unrecognised"),
    ({"data": "API_RESPONSE", "status": 4}, "unrecognised",
     "Not recognised: BorderConnect answer without a status", "unrecognised"),
    (counts(1, 0), "accepted", "CBP accepted the manifest", "accepted"),
    (counts(0, 0), "unrecognised", "CBP answered and named no accepted shipment", "unrecognised"),
    (counts(0, None), "unrecognised", "CBP answered and named no accepted shipment", "unrecognised"),
    (counts(0, 0, "CANCEL_TRIP_AND_SHIPMENTS"), "accepted", "CBP cancelled the trip", "accepted"),
    (counts("1", 0), "accepted", "CBP accepted the manifest", "accepted"),
    (counts(1, 0, "AMEND_TRIP_AND_SHIPMENTS"), "accepted", "CBP accepted the change", "accepted"),
    (counts(1, 0, "CANCEL_TRIP_AND_SHIPMENTS"), "accepted", "CBP cancelled the trip", "accepted"),
    (counts(1, 0, "INBOND_ARRIVAL"), "accepted", "CBP accepted the report of an in-bond arrival", "accepted"),
    (counts(0, 1), "rejected", "CBP returned the trip", "rejected"),
    (counts(1, 1, "AMEND_TRIP_AND_SHIPMENTS"), "rejected", "CBP refused the change", "rejected"),
    (counts(0, 1, "CANCEL_TRIP_AND_SHIPMENTS"), "rejected", "CBP refused the cancellation", "rejected"),
    (ace(validationResponses=[{"code": "017"}]), "rejected", "CBP returned the trip", "rejected"),
    (ace(tripStatus="AAD"), "notice", "Truck arrived at the border", "notice"),
    (ace(tripStatus={"code": "RTR", "description": "x"}), "notice", "Released at the border", "released"),
    (ace(tripStatus="HTR"), "alert", "CBP holds the trip", "hold"),
    (ace(tripStatus="QZX"), "unrecognised", 'Not recognised: ACE status "QZX"', "unrecognised"),
    (ace(), "unrecognised", "Not recognised: ACE answer without news", "unrecognised"),
    (ace(processingResponse=[], shipmentStatusList=[7]), "unrecognised",
     "Not recognised: ACE answer without news", "unrecognised"),
    (ship("05"), "notice", "Entry on file", "entry_on_file"),
    (ship("1C"), "notice", "Released, unless another hold stands", "released"),
    (ship("1J"), "notice", "In-bond movement authorised", "set"),
    (ship("1I"), "notice", "CBP took a hold off", "notice"),
    (ship("05", "1H"), "alert", "CBP placed a hold", "hold"),
    (ship("1A"), "alert", "CBP requires an exam", "exam"),
    (ship("11"), "notice", "In-bond shipment arrived at its destination", "notice"),
    (ship("18"), "notice", "Entry filed on a moving in-bond", "notice"),
    (ship("19"), "notice", "Truck arrived at the border", "notice"),
    (ship("QZX"), "unrecognised", 'Not recognised: ACE status "QZX"', "unrecognised"),
    (aci(), "accepted", "CBSA accepted the trip", "accepted"),
    (aci(request="CHANGE"), "accepted", "CBSA accepted the change", "accepted"),
    (aci(request="CANCEL"), "accepted", "CBSA cancelled the trip", "accepted"),
    (aci(request="OTHER"), "accepted", "CBSA accepted a request", "accepted"),
    ({"data": "ACI_RESPONSE", "type": "ACCEPT", "cargoControlNumber": P, "sendRequest": {"type": "ORIGINAL"}},
     "accepted", "CBSA accepted the shipment", "accepted"),
    (aci("REJECT"), "rejected", "CBSA returned the trip", "rejected"),
    (aci("REJECT", "AMEND"), "rejected", "CBSA refused the change", "rejected"),
    (aci("REJECT", "CANCEL"), "rejected", "CBSA refused the cancellation", "rejected"),
    (aci("MAYBE"), "unrecognised", 'Not recognised: ACI answer "MAYBE"', "unrecognised"),
    (aci(None), "unrecognised", "Not recognised: ACI answer without a type", "unrecognised"),
    (notice("MATCHED"), "notice", "Matched with the broker's request", "matched"),
    (notice("NOT_MATCHED"), "notice", "Not matched yet", "not_matched"),
    (notice("ARRIVAL_REPORTED", tripNumber=C), "notice", "Arrival reported at the border", "notice"),
    (notice("CSA_REPORTED"), "notice", "CSA goods reported", "notice"),
    (notice("INSUFFICIENT_REVIEW_TIME_WARNING"), "notice", "Less than the hour for CBSA's review", "wait_act"),
    (notice("RISK"), "unrecognised", 'Not recognised: ACI notice "RISK"', "unrecognised"),
    (notice(None), "unrecognised", "Not recognised: ACI notice without a type", "unrecognised"),
    (rns("1"), "rns", "CBSA read the release request", "rns"),
    (rns("4"), "rns", "Released", "released"),
    (rns("5"), "rns", "Exam required", "exam"),
    (rns("8"), "rns", "Released, CFIA hold", "released_cfia"),
    (rns("9"), "rns", "PARS set", "set"),
    (rns("14"), "rns", "RNS error", "rns_error"),
    (rns("23"), "rns", "Authorised to deliver", "authorised"),
    (rns("24"), "rns", "Not set yet", "not_set"),
    (rns("34"), "rns", "Not set yet", "not_set"),
    (rns("3"), "unrecognised", 'Not recognised: RNS code "3"', "unrecognised"),
    (rns(4), "unrecognised", "Not recognised: RNS without a code", "unrecognised"),
    ({"rnsShipment": {"cargoControlNumber": P, "status": {"releaseCode": {"number": "9"}}}}, "rns", "PARS set", "set"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "category", "title", "sign"), CASES)
def test_every_message_has_its_card(value, category, title, sign):
    card = describe(value)
    assert (card.category, card.title, card.sign) == (category, title, sign)
    assert len(card.text.splitlines()) <= 2
    told = explain(value)
    assert told.happened
    assert all(texts.has(step.key) for step in told.steps)


def test_numbers_regime_and_place():
    card = describe(rns("9"))
    assert (card.regime, card.trip, card.shipment_numbers) == (Regime.ACI, "", (P,))
    assert card.text == f"{P} · WINDSOR AMBASSADOR BRIDGE\nRNS 9 · not a release"
    card = describe(ship("1H"))
    assert (card.regime, card.trip, card.shipment_numbers) == (Regime.ACE, T, (N,))
    assert card.text == f"{N} · {T}\nCBP code 1H · at the port of arrival"
    assert describe(counts(2, 0)).text == f"{T} · 2 shipments"
    card = describe(api("IMPORTED", message="1 ACI Trip [1234923ASDF] successfully imported"))
    assert (card.regime, card.trip) == (Regime.ACI, C)
    card = describe(notice("ARRIVAL_REPORTED", references=[{"cargoControlNumber": "A1"}, 7]))
    assert card.shipment_numbers == (P, "A1")


def test_foreign_text_stays_on_its_line_and_short():
    long = "x" * 200 + "\n<b>{count}</b>"
    card = describe({"data": "SYSTEM_ALERT", "message": long})
    assert len(card.text) == 80
    errors = [{"errorDescription": "A\nB {x}"}, {"errorDescription": "C"}, {"errorDescription": "D"}]
    card = describe(aci("REJECT", errorResponses=errors))
    assert card.text == f"{C}\nA B {{x}} · and 2 more"


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.json")))
def test_the_examples_have_cards(name):
    value = json.loads((GOLDEN / name).read_text())
    assert describe(value).title
    assert explain(value).happened


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.sampled_from(["9", "1H", "ACCEPT", "REJECT"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
members = st.sampled_from(
    ["status", "message", "errors", "tripNumber", "sendRequest", "processingResponse", "validationResponses", "tripStatus", "shipmentStatusList", "type", "cargoControlNumber", "references", "releaseOffice", "errorResponses", "dateTime"]
)  # fmt: skip


@given(
    st.sampled_from(["API_RESPONSE", "ACE_RESPONSE", "ACI_RESPONSE", "ACI_NOTICE", "RNS_SHIPMENT", "SYSTEM_ALERT", "X", "{x}"]),
    st.dictionaries(members, json_values, max_size=6),
)  # fmt: skip
def test_any_member_of_any_type_is_shown_and_never_breaks(kind, document):
    value = {**document, "data": kind}
    card = describe(value)
    assert card.title
    assert len(card.text.splitlines()) <= 2
    assert isinstance(card.category, Category)
    told = explain(value)
    assert told.happened
    assert all(texts.has(step.key) for step in told.steps)


@given(json_values)
def test_any_value_has_a_card(value):
    assert describe(value).title
    assert explain(value).happened


def test_counts_are_whole_and_not_negative():
    for bad in (True, -1, 1.5, "-1", "x", None, [], {}):
        assert reading.count_at({"a": {"b": bad}}, "a", "b") is None
    assert reading.count_at({"a": {"b": 2.0}}, "a", "b") == 2
    assert reading.count_at({"a": 7}, "a", "b") is None
