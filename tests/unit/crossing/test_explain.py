"""A refusal says who refused, in whose words, and what to do about it (domain 4.6, 5.5)."""

import pytest

from desktop import texts
from desktop.crossing.explain import advice, explain
from desktop.crossing.news import Objection, Who
from desktop.domain.documents import MISSING

CBP = [
    ("SHIPMENT ALREADY ON FILE", "", "ace.shipment_on_file"),
    ("MANIFEST ALREADY ON FILE, DO NOT RESEND", "", "ace.on_file"),
    ("MANIFEST NOT ON FILE", "", "ace.not_on_file"),
    ("MANIFEST RETURNED TO PRELIMINARY", "", "ace.preliminary"),
    ("INV TRAVEL DOC NUMBER", "", "ace.travel_document"),
    ("NO PERSON IN CHARGE", "", "ace.person_in_charge"),
    ("INV TRIP PARTY ACE ID", "", "ace.ace_id"),
    ("SECTION 321 SUSPENDED", "", "ace.section_321"),
    ("TRIP HAS ARRIVED", "", "ace.arrived"),
    ("X", "003", "ace.003"),
    ("X", "005", "ace.005"),
    ("X", "009", "ace.009"),
    ("X", "017", "ace.017"),
    ("X", "021", "ace.021"),
    ("X", "032", "ace.032"),
    ("X", "033", "ace.033"),
    ("X", "401", "ace.ace_id"),
    ("X", "402", "ace.402"),
    ("SOMETHING ELSE", "999", "correct"),
]
CBSA = [
    ("SHIPMENT LINKED TO ANOTHER TRIP", "aci.linked"),
    ("DUPLICATE", "aci.duplicate"),
    ("SHIPMENT NOT ON FILE", "aci.not_on_file"),
    ("INVALID STATUS OF REQUEST", "aci.status"),
    ("TRIP PORT DOES NOT MATCH", "aci.port"),
    ("ALREADY USED", "aci.used"),
    ("CANNOT CANCEL: LINKED OR ARRIVED", "aci.cannot_cancel"),
    ("SOMETHING ELSE", "correct"),
]
GATEWAY = [
    ("Trip Number is already used (must be unique for a CREATE operation) [1234923ASDFA]", "gateway.used"),
    ("Trip does not exist [X]", "gateway.missing"),
    ("Weight is required", "correct"),
]


@pytest.mark.parametrize(("said", "code", "key"), CBP)
def test_cbp(said, code, key):
    assert advice(Objection(Who.CBP, code, said)) == f"inbox_words.do.{key}"
    assert texts.has(f"inbox_words.do.{key}")


@pytest.mark.parametrize(("said", "key"), CBSA)
def test_cbsa(said, key):
    assert advice(Objection(Who.CBSA, "", said)) == f"inbox_words.do.{key}"
    assert texts.has(f"inbox_words.do.{key}")


@pytest.mark.parametrize(("said", "key"), GATEWAY)
def test_gateway(said, key):
    assert advice(Objection(Who.GATEWAY, "DATA_ERROR", said)) == f"inbox_words.do.{key}"
    assert texts.has(f"inbox_words.do.{key}")


def test_a_reject_in_full():
    told = explain(
        {
            "data": "ACI_RESPONSE",
            "type": "REJECT",
            "tripNumber": "1234923ASDF",
            "dateTime": "2026-11-24 08:00:00",
            "cbsaDateTime": "2026-11-24 07:59:58",
            "sendRequest": {"type": "ORIGINAL"},
            "errorResponses": [
                {"errorCode": "12", "errorDescription": "SHIPMENT LINKED TO ANOTHER TRIP", "errorText": "1234PARS1"},
                {"errorDescription": "TRIP PORT DOES NOT MATCH"},
                {"errorDescription": "TRIP PORT DOES NOT MATCH"},
            ],
        }
    )
    assert told.happened == (
        "CBSA returned the trip. CBSA: SHIPMENT LINKED TO ANOTHER TRIP: 1234PARS1 (12). "
        "CBSA: TRIP PORT DOES NOT MATCH. Nothing of this request is on file. The truck may not go on it."
    )
    assert told.to_do == ("inbox_words.do.aci.linked", "inbox_words.do.aci.port")
    assert told.times == ("BorderConnect 2026-11-24 08:00:00", "CBSA 2026-11-24 07:59:58")
    assert len(told.objections) == 3


def test_a_refusal_without_a_reason_says_so():
    told = explain({"data": "ACE_RESPONSE", "processingResponse": {"shipmentsRejected": 1}})
    assert "CBP: refused without a reason." in told.happened
    assert told.to_do == ("inbox_words.do.correct",)


@pytest.mark.parametrize(
    ("value", "to_do"),
    [
        (MISSING, ["keep"]),
        ({"data": "NEW"}, ["keep"]),
        ([1], ["keep"]),
        ({"data": "SYSTEM_ALERT", "message": "Slow", "dateTime": "2026-11-24 08:00:00"}, ["read"]),
        ({"data": "API_RESPONSE", "status": "ACCESS_DENIED_ERROR"}, ["key"]),
        ({"data": "API_RESPONSE", "status": "IMPORTED"}, []),
        ({"data": "ACI_NOTICE", "type": "NOT_MATCHED", "cargoControlNumber": "1"}, ["compare_with_broker"]),
        ({"data": "ACI_NOTICE", "type": "MATCHED", "cargoControlNumber": "1"}, ["wait_for_rns"]),
        ({"data": "ACE_RESPONSE", "tripStatus": "HTR"}, ["keep_back"]),
        ({"data": "ACE_RESPONSE", "tripStatus": "QZX"}, ["keep"]),
    ],
)
def test_what_to_do_next(value, to_do):
    assert [key.removeprefix("inbox_words.do.") for key in explain(value).to_do] == to_do


def test_nothing_went_to_customs_after_a_gateway_refusal():
    told = explain({"data": "API_RESPONSE", "status": "DATA_ERROR", "message": "1 ACI Trip [X] failed"})
    assert told.happened.endswith("Nothing went to customs by this message.")
