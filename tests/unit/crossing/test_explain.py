"""A refusal says who refused, in whose words, and what to do about it (domain 4.6, 5.5)."""

import pytest

from desktop import texts
from desktop.crossing.cards import describe
from desktop.crossing.explain import explain
from desktop.crossing.news import News, Objection, Who
from desktop.crossing.step import Does, advice, steps
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
    one = Objection(Who.CBP, code, said)
    assert advice(one) == key
    has_steps(one)


@pytest.mark.parametrize(("said", "key"), CBSA)
def test_cbsa(said, key):
    one = Objection(Who.CBSA, "", said)
    assert advice(one) == key
    has_steps(one)


@pytest.mark.parametrize(("said", "key"), GATEWAY)
def test_gateway(said, key):
    one = Objection(Who.GATEWAY, "DATA_ERROR", said)
    assert advice(one) == key
    has_steps(one)


def has_steps(one):
    """Every advice has steps with words, a first one that does something or says what to do, and no key of its own."""
    news = News(order=("", 0, ""), facts=(), objections=(one,), is_from_customs=one.who is not Who.GATEWAY)
    found = steps(news, [], None, one.code if one.who is Who.GATEWAY else "")
    assert found
    assert all(texts.has(step.key) for step in found)


def names(told):
    return [step.name for step in told.steps]


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
        "CBSA returned trip 1234923ASDF. Nothing of this request is on file.",
        "CBSA: SHIPMENT LINKED TO ANOTHER TRIP: 1234PARS1 (12).",
        "CBSA: TRIP PORT DOES NOT MATCH.",
    )
    assert names(told) == ["aci.linked.off", "aci.wait", "aci.linked.send", "aci.port", "send"]
    assert told.steps[0].does is Does.MOVE
    assert told.times == ("BorderConnect 2026-11-24 08:00:00", "CBSA 2026-11-24 07:59:58")
    assert len(told.objections) == 3


def test_a_refusal_without_a_reason_says_so():
    told = explain({"data": "ACE_RESPONSE", "processingResponse": {"shipmentsRejected": 1}})
    assert "CBP: refused without a reason." in told.happened
    assert names(told) == ["correct", "send"]


@pytest.mark.parametrize(
    ("value", "to_do"),
    [
        (MISSING, ["keep", "ask_gateway"]),
        ({"data": "NEW"}, ["keep", "ask_gateway"]),
        ([1], ["keep", "ask_gateway"]),
        ({"data": "SYSTEM_ALERT", "message": "Slow", "dateTime": "2026-11-24 08:00:00"}, ["read"]),
        ({"data": "API_RESPONSE", "status": "ACCESS_DENIED_ERROR"}, ["key"]),
        ({"data": "API_RESPONSE", "status": "IMPORTED"}, []),
        ({"data": "API_RESPONSE", "status": "SYNC_ERROR", "message": "x"}, ["gateway.look", "correct", "send"]),
        ({"data": "API_RESPONSE", "status": "SEND_ERROR", "message": "x"}, ["gateway.send_error"]),
        ({"data": "ACI_NOTICE", "type": "NOT_MATCHED", "cargoControlNumber": "1"}, ["check_sticker", "compare_with_broker"]),
        ({"data": "ACI_NOTICE", "type": "MATCHED", "cargoControlNumber": "1"}, ["wait_for_rns"]),
        ({"data": "ACE_RESPONSE", "tripStatus": "HTR"}, ["keep_back"]),
        ({"data": "ACE_RESPONSE", "tripStatus": "QZX"}, ["keep", "ask_gateway"]),
    ],
)  # fmt: skip
def test_what_to_do_next(value, to_do):
    assert names(explain(value)) == to_do


def test_only_what_is_known_of_a_gateway_refusal():
    """A refused upload went nowhere; of one that was taken with problems nobody knows (protocol 8)."""
    assert "Nothing went to customs" in explain({"data": "API_RESPONSE", "status": "DATA_ERROR"}).happened[0]
    for status in ("IMPORTED_WITH_ERRORS", "PROCESSED_WITH_ERRORS", "SYNC_ERROR"):
        said = " ".join(explain({"data": "API_RESPONSE", "status": status}).happened)
        assert "not said" in said
        assert "Nothing went" not in said


def test_a_refused_change_takes_nothing_off_that_was_on_file():
    answer = {"data": "ACI_RESPONSE", "type": "REJECT", "tripNumber": "T1", "sendRequest": {"type": "CHANGE"}}
    told = explain(answer)
    assert told.happened[0] == "CBSA refused the change to trip T1. The change is not on file."
    assert not any("Nothing of this request" in said for said in told.happened)


def test_a_partly_refused_trip_is_told_by_its_counts():
    both = {"shipmentsAccepted": 1, "shipmentsRejected": 2}
    answer = {"data": "ACE_RESPONSE", "tripNumber": "T1", "processingResponse": both}
    assert explain(answer).happened[:4] == (
        "CBP returned trip T1.",
        "Shipments accepted: 1, rejected: 2.",
        "A part was accepted. The trip is not complete with CBP by this answer.",
        "CBP: refused without a reason.",
    )


def test_several_facts_of_one_answer_are_all_told_and_the_worst_leads():
    value = {
        "data": "ACE_RESPONSE",
        "tripNumber": "T1",
        "sendRequest": {"type": "COMPLETE_TRIP_AND_SHIPMENTS"},
        "processingResponse": {"shipmentsAccepted": 4, "shipmentsRejected": 0},
        "tripStatus": "RTR",
        "shipmentStatusList": [
            {"shipmentControlNumber": "S1", "code": "1C", "entryNumber": "E1"},
            {"shipmentControlNumber": "S2", "code": "QZX"},
            {"shipmentControlNumber": "S3", "code": "1H", "description": "AGRICULTURE HOLD"},
            {"shipmentControlNumber": "S4", "code": "05"},
        ],
    }
    card, told = describe(value), explain(value)
    assert (card.title, card.sign, card.category) == ("CBP placed a hold", "hold", "alert")
    assert card.text == "S3 · T1\nCBP code 1H · AGRICULTURE HOLD · and 5 more"
    assert told.happened[0] == "CBP placed a hold on shipment S3 at the port of arrival."
    for number in ("S1", "S2", "S4"):
        assert any(f"shipment {number}" in said for said in told.happened)
    assert any("accepted trip T1 with 4 shipments" in said for said in told.happened)
    assert any("released trip T1 at the border" in said for said in told.happened)
    assert "Entry number: E1." in told.happened
    assert told.said == ("CBP's words: “AGRICULTURE HOLD”",)
    assert names(told)[:2] == ["keep_back", "ask_broker"]


def test_what_is_not_understood_leads_before_good_news():
    released = {"shipmentControlNumber": "S1", "code": "1C"}
    value = {"data": "ACE_RESPONSE", "shipmentStatusList": [released, {"shipmentControlNumber": "S2", "code": "QZX"}]}
    assert (describe(value).title, describe(value).category) == ('Not recognised: ACE status "QZX"', "unrecognised")
    entry = {"shipmentControlNumber": "S2", "code": "05"}
    smaller = describe({"data": "ACE_RESPONSE", "shipmentStatusList": [released, entry]})
    assert smaller.title == "Entry on file"


def test_a_hold_beside_a_refusal_is_neither_hidden_nor_last():
    value = {
        "data": "ACE_RESPONSE",
        "tripNumber": "T1",
        "validationResponses": [{"code": "017", "description": "INVALID SCN"}],
        "shipmentStatusList": [{"shipmentControlNumber": "S3", "code": "1H"}],
    }
    told = explain(value)
    assert describe(value).title == "CBP returned the trip"
    assert describe(value).text.endswith("INVALID SCN · 017 · and 1 more")
    assert "CBP placed a hold on shipment S3 at the port of arrival." in told.happened
    assert names(told) == ["keep_back", "ask_broker", "ace.017", "send"]
