"""Each answer, notice, release and alert of the code lists has words of its own, and none says more than is known.

The lists are those the program carries (`resources/codes`), and what the tables of the reading know beside them.
"""

import json
import re
from pathlib import Path

import pytest

from desktop import texts
from desktop.crossing import news as reading
from desktop.crossing.cards import describe
from desktop.crossing.explain import explain
from desktop.domain.documents import MISSING
from desktop.domain.lifecycle import Category
from desktop.protocol.session import KEY_REFUSALS

CODES = Path(__file__).parents[3] / "resources" / "codes"
TRIP, NUMBER, CCN = "AAAA123457A", "AAAA754321", "1234PARS382666"


def listed(name):
    return json.loads((CODES / f"{name}.json").read_text(encoding="utf-8"))["codes"]


def api(status):
    return {"data": "API_RESPONSE", "status": status, "sendId": "s", "tripNumber": TRIP}


def shipment(code):
    return {
        "data": "ACE_RESPONSE",
        "tripNumber": TRIP,
        "shipmentStatusList": [{"shipmentControlNumber": NUMBER, "code": code}],
    }


def trip(code):
    return {"data": "ACE_RESPONSE", "tripNumber": TRIP, "tripStatus": code}


def notice(kind):
    return {"data": "ACI_NOTICE", "type": kind, "cargoControlNumber": CCN}


def rns(code, **members):
    return {
        "data": "RNS_SHIPMENT",
        "cargoControlNumber": CCN,
        "status": {"releaseCode": {"number": code}},
        **members,
    }


def ace_request(request, accepted=2):
    counts = {"shipmentsAccepted": accepted, "shipmentsRejected": 0}
    asked = {"type": request, "tripNumber": TRIP}
    return {"data": "ACE_RESPONSE", "sendRequest": asked, "processingResponse": counts}


def aci_request(request, answer="ACCEPT"):
    return {"data": "ACI_RESPONSE", "type": answer, "sendRequest": {"type": request, "tripNumber": TRIP}}


API, SHIPMENT, RNS = "api-response-statuses", "ace-response-shipment-statuses", "rns-release-codes"

KNOWN = {
    (API, "OK"): ("upload", "upload"),
    (API, "IMPORTED"): ("upload", "upload"),
    (API, "QUEUED"): ("upload", "upload"),
    (API, "TRANSMITTED"): ("upload", "upload"),
    (API, "COMPLETED"): ("upload", "upload"),
    (API, "DATA_ERROR"): ("rejected", "rejected"),
    (API, "SEND_ERROR"): ("rejected", "rejected"),
    (API, "SYNC_ERROR"): ("rejected", "rejected"),
    (API, "ACCESS_DENIED_ERROR"): ("rejected", "rejected"),
    (API, "IMPORTED_WITH_ERRORS"): ("rejected", "delivered_with_problems"),
    (API, "PROCESSED_WITH_ERRORS"): ("rejected", "delivered_with_problems"),
    (SHIPMENT, "02"): ("notice", "entry_on_file"),
    (SHIPMENT, "05"): ("notice", "entry_on_file"),
    (SHIPMENT, "11"): ("notice", "notice"),
    (SHIPMENT, "12"): ("notice", "notice"),
    (SHIPMENT, "13"): ("notice", "notice"),
    (SHIPMENT, "18"): ("notice", "notice"),
    (SHIPMENT, "19"): ("notice", "notice"),
    (SHIPMENT, "1A"): ("alert", "exam"),
    (SHIPMENT, "1B"): ("notice", "released"),
    (SHIPMENT, "1C"): ("notice", "released"),
    (SHIPMENT, "1D"): ("unrecognised", "unrecognised"),
    (SHIPMENT, "1F"): ("notice", "notice"),
    (SHIPMENT, "1G"): ("alert", "hold"),
    (SHIPMENT, "1H"): ("alert", "hold"),
    (SHIPMENT, "1I"): ("notice", "notice"),
    (SHIPMENT, "1J"): ("notice", "set"),
    ("ace-response-trip-statuses", "19"): ("notice", "notice"),
    ("ace-response-trip-statuses", "AAD"): ("notice", "notice"),
    ("ace-response-trip-statuses", "HTR"): ("alert", "hold"),
    ("ace-response-trip-statuses", "RCO"): ("notice", "released"),
    ("ace-response-trip-statuses", "RTR"): ("notice", "released"),
    ("aci-notice-types", "MATCHED"): ("notice", "matched"),
    ("aci-notice-types", "NOT_MATCHED"): ("notice", "not_matched"),
    ("aci-notice-types", "ARRIVAL_REPORTED"): ("notice", "notice"),
    ("aci-notice-types", "CSA_REPORTED"): ("notice", "notice"),
    ("aci-notice-types", "INSUFFICIENT_REVIEW_TIME_WARNING"): ("notice", "wait_act"),
    (RNS, "1"): ("rns", "rns"),
    (RNS, "4"): ("rns", "released"),
    (RNS, "5"): ("rns", "exam"),
    (RNS, "8"): ("rns", "released_cfia"),
    (RNS, "9"): ("rns", "set"),
    (RNS, "14"): ("rns", "rns_error"),
    (RNS, "23"): ("rns", "authorised"),
    (RNS, "24"): ("rns", "not_set"),
    (RNS, "34"): ("rns", "not_set"),
}
"""Category and sign of every known code (design 3; domain 4.5, 5.4)."""

MAKERS = {API: api, SHIPMENT: shipment, "ace-response-trip-statuses": trip, "aci-notice-types": notice, RNS: rns}
RELEASES = {
    (SHIPMENT, "1B"),
    (SHIPMENT, "1C"),
    ("ace-response-trip-statuses", "RCO"),
    ("ace-response-trip-statuses", "RTR"),
    (RNS, "4"),
    (RNS, "8"),
}
"""Where "released" is the truth; RNS 23 is authorised to deliver, which is another word (design 3)."""

DENIED = re.compile(r"\bnot (a )?released?\b|release request|Release office|release notification", re.IGNORECASE)
LOUD = re.compile(r"\bclear(ed|ance)\b|\bmay go\b|\ball good\b|\bgo ahead\b|\bfine to cross\b", re.IGNORECASE)


def words_of(value):
    """Everything a person reads of it: card, explanation, steps."""
    card, told = describe(value), explain(value)
    steps = [texts.text(step.key, trip="T", number="N", other="O", port="P", office="0") for step in told.steps]
    return "\n".join([card.title, card.text, *told.happened, *steps])


@pytest.mark.parametrize(("place", "code"), sorted(KNOWN), ids="-".join)
def test_each_known_code_has_its_sign_and_says_no_more_than_it_means(place, code):
    value = MAKERS[place](code)
    card = describe(value)
    assert (card.category.value, card.sign) == KNOWN[place, code]
    said = words_of(value)
    assert ("released" in DENIED.sub("", said).lower()) == ((place, code) in RELEASES)
    assert not LOUD.search(said.replace("Accepted is not cleared", ""))
    assert code.lower() in said.lower() or place == API


@pytest.mark.parametrize("name", list(MAKERS))
def test_no_code_of_a_list_is_left_out(name):
    known = {code for place, code in KNOWN if place == name}
    assert set(listed(name)) <= known
    tables = {
        SHIPMENT: {*reading.ACE_CODES, "1D"},
        RNS: set(reading.RNS_CODES),
        "ace-response-trip-statuses": set(reading.TRIP_CODES),
        "aci-notice-types": set(reading.NOTICES),
    }
    assert tables.get(name, known) <= known


@pytest.mark.parametrize("name", list(MAKERS))
def test_each_code_has_words_of_its_own(name):
    codes = sorted(code for place, code in KNOWN if place == name)
    told = {}
    for code in codes:
        said = "\n".join([describe(MAKERS[name](code)).text, *explain(MAKERS[name](code)).happened])
        told.setdefault(said, []).append(code)
    assert [same for same in told.values() if len(same) > 1] == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (shipment("1B"), "released, unless another hold stands"),
        (shipment("1C"), "released, unless another hold stands"),
        (rns("9"), "PARS is set. It is not a release."),
        (rns("24"), "not yet set"),
        (rns("34"), "not yet set"),
        (rns("8"), "CFIA holds it at its destination"),
        (shipment("1A"), "intensive exam. It is not released."),
        (rns("5"), "for examination. It is not released."),
        (notice("MATCHED"), "It is not a release."),
        (shipment("02"), "An entry is not a release."),
        (trip("RTR"), "a full list of CBP's trip codes was not found"),
        (shipment("1D"), "Treated as no news."),
        (rns("23"), f"CBSA authorised shipment {CCN} to be delivered as a CSA shipment."),
    ],
)
def test_what_is_not_known_is_not_said(value, words):
    assert words in " ".join(explain(value).happened)


@pytest.mark.parametrize("make", [*MAKERS.values(), ace_request, aci_request])
@pytest.mark.parametrize("code", ["QZX", "3", "12", "RELEASED", "1c ", "4.0", "<b>4</b>"])
def test_an_unknown_code_is_shown_as_it_came_and_is_no_news(make, code):
    value = make(code)
    card, told = describe(value), explain(value)
    shown = code.strip() if make is api else code.strip().upper()
    if make is shipment and shown in {"1C", "12"}:
        return  # known of shipments, in small letters too; as status of a trip it is not
    assert shown in "\n".join([card.title, *told.happened])
    assert any("does not know. Treated as no news." in said for said in told.happened)
    assert card.sign in {"unrecognised", "accepted"}
    if make in {ace_request, aci_request}:
        assert card.title.endswith("accepted a request")
    else:
        assert card.category is Category.UNRECOGNISED
    said = " ".join([card.title, card.text, *told.happened]).replace(shown, "")
    assert "released" not in DENIED.sub("", said).lower()


@pytest.mark.parametrize("request_type", sorted(listed("ace-send-request-types")))
def test_each_ace_request_has_its_answer_in_words(request_type):
    titles = {describe(ace_request(one)).title for one in listed("ace-send-request-types")}
    assert len(titles) == len(listed("ace-send-request-types"))
    value = ace_request(request_type)
    assert describe(value).category is Category.ACCEPTED
    assert "released" not in DENIED.sub("", words_of(value))


@pytest.mark.parametrize("request_type", sorted(listed("aci-send-request-types")))
@pytest.mark.parametrize("answer", ["ACCEPT", "REJECT"])
def test_each_aci_request_has_its_answers_in_words(request_type, answer):
    value = aci_request(request_type, answer)
    card = describe(value)
    assert card.category is (Category.ACCEPTED if answer == "ACCEPT" else Category.REJECTED)
    assert "released" not in DENIED.sub("", words_of(value))
    assert TRIP in explain(value).happened[0]


@pytest.mark.parametrize("status", sorted(KEY_REFUSALS))
def test_each_refusal_of_the_key_says_so_and_what_to_do(status):
    value = {"data": "API_RESPONSE", "status": status}
    assert (describe(value).title, describe(value).sign) == ("BorderConnect refused the key", "key_refused")
    assert explain(value).happened[0] == "BorderConnect refused the key. Nothing is being sent."
    assert [step.name for step in explain(value).steps] == ["key"]


def test_every_kind_of_message_of_the_list_has_a_card():
    for kind, way in listed("data-types").items():
        card = describe({"data": kind, "message": "Sample"})
        if way == "out":
            assert card.category is Category.UNRECOGNISED
            assert "a type this program sends" in explain({"data": kind}).happened[0]
        assert card.title


@pytest.mark.parametrize("number", sorted(listed("rns-service-options")))
def test_each_service_option_is_named(number):
    entry = listed("rns-service-options")[number]
    said = " ".join(explain(rns("9", serviceOption={"number": number})).happened)
    assert f"Service option {number}: {entry['label']}" in said
    own = " ".join(explain(rns("9", serviceOption={"number": number, "name": "AS SENT"})).happened)
    assert f"Service option {number}: AS SENT" in own


def test_each_release_office_is_named_and_an_unknown_one_is_shown():
    for number, name in listed("ca-release-offices").items():
        said = " ".join(explain(rns("4", releaseOffice={"number": number})).happened)
        assert f"Release office {number}: {name}." in said
    said = " ".join(explain(rns("4", releaseOffice={"number": "ZZZZ"})).happened)
    assert "Release office ZZZZ: in no list here." in said
    assert explain(rns("4", releaseOffice={"number": "0453", "name": "AS SENT"})).office == "0453"


def test_what_is_no_message_is_told_apart():
    told = [
        explain(value).happened[0]
        for value in (MISSING, [1], {"data": "ACE_NOTICE"}, {"data": "SYSTEM_ALERT", "message": "Slow"})
    ]
    assert len(set(told)) == len(told)
    assert explain({"data": "SYSTEM_ALERT", "message": "Slow"}).happened[0] == "BorderConnect tells everybody: “Slow”"
    assert explain({"data": "SYSTEM_ALERT"}).happened[0].endswith("without any text.")
    nothing = explain({"data": "ACE_RESPONSE"}).happened
    assert nothing == ("CBP answered and said nothing this version understands. Treated as no news.",)
