"""Messages of every type, and values that are none."""

import pytest
from unit.validation import samples

from desktop.validation import Facts, Severity, check, sentence
from desktop.validation.facts import CompanyFacts
from desktop.validation.rules_message import KNOWN_TYPES, meant_type

COMPANY = CompanyFacts(scacs=("AAAA",), carrier_codes=("1234",))
NOW = samples.moment("2026-11-22T12:00:00Z")


@pytest.mark.parametrize("facts", [Facts(), Facts(now=NOW), Facts(now=NOW, company=COMPANY)])
@pytest.mark.parametrize("name", ["ace-trip", "aci-trip"])
def test_the_pages_trips_have_warnings_and_no_error(name, facts):
    result = check(samples.message(name), facts)
    assert result.is_ready
    assert {issue.severity for issue in result.issues} == {Severity.WARNING}
    found = {(issue.code, issue.variant): sentence(issue) for issue in result.issues}
    if name == "ace-trip":
        assert found["C09", "length"] == "14 characters; a VIN has 17"
        assert found["A41", "end"] == "Does not end in 01 or 02, as drivers' do"
    else:
        assert found["C09", "length"] == "13 characters; a VIN has 17"
    assert (("C04", "past") in found) == (facts.now is not None)


def test_the_pages_request_bears_the_wrong_type():
    result = check(samples.message("aci-send-request-as-printed"))
    assert not result.is_ready
    (issue,) = result.issues
    assert (issue.path, issue.code, issue.mend) == ("/data", "P01", "ACI_SEND_REQUEST")
    assert sentence(issue) == "data says ACE_SEND_REQUEST; it must be ACI_SEND_REQUEST"
    mended = samples.message("aci-send-request-as-printed") | {"data": issue.mend}
    assert check(mended).issues == ()


@pytest.mark.parametrize(
    "name",
    [
        *("ace-send-request", "ace-response", "aci-response", "aci-notice", "rns-shipment"),
        *("api-response-ok", "api-response-imported", "api-response-data-error"),
    ],
)
def test_the_pages_other_messages_are_sound(name):
    assert check(samples.message(name)).issues == ()


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ({"data": "ACE_SEND_REQUEST", "type": "AMEND"}, "ACI_SEND_REQUEST"),
        ({"data": "ACE_SEND_REQUEST", "type": "COMPLETE_TRIP_AND_SHIPMENTS"}, None),
        ({"data": "ACI_SEND_REQUEST", "type": "COMPLETE_TRIP_AND_SHIPMENTS"}, "ACE_SEND_REQUEST"),
        ({"data": "ACI_SEND_REQUEST", "type": "ORIGINAL"}, None),
        ({"data": "ace trip"}, "ACE_TRIP"),
        ({"data": "ACI_TRIPS"}, "ACI_TRIP"),
        ({"data": "WEATHER"}, None),
        ({"data": "ACE_TRIP" * 50}, None),
        ({"data": 5}, None),
        ({"usPortOfArrival": "0101"}, "ACE_TRIP"),
        ({"portOfEntry": "0440"}, "ACI_TRIP"),
        ({"portOfEntry": "0440", "cargoControlNumber": "1"}, "ACI_SHIPMENT"),
        ({"shipmentControlNumber": "1"}, "ACE_SHIPMENT"),
        ({"bundleTripAndShipments": True}, "ACI_SEND_REQUEST"),
        ({"something": 1}, None),
    ],
)
def test_the_type_a_message_must_bear(message, meant):
    assert meant_type(message) == meant


@pytest.mark.parametrize("kind", KNOWN_TYPES)
def test_known_types_bear_their_own_name(kind):
    assert meant_type({"data": kind}) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([], "A list. A message is one object in { }"),
        ("hello", "Text. A message is one object in { }"),
        (None, "Nothing here. A message is one object in { }"),
        (5, "A plain value. A message is one object in { }"),
        (True, "A plain value. A message is one object in { }"),
    ],
)
def test_other_json_values_are_told_what_is_expected(value, text):
    (issue,) = check(value).issues
    assert (issue.path, issue.severity) == ("", Severity.ERROR)
    assert sentence(issue) == text


def test_a_message_without_a_type_is_told_the_types():
    (issue,) = check({}).issues
    assert (issue.code, issue.variant, issue.mend) == ("P01", "missing", None)
    assert "ACE_TRIP" in sentence(issue)


def test_a_type_that_is_no_text():
    (issue,) = check({"data": ["ACE_TRIP"]}).issues
    assert (issue.path, issue.code, issue.variant) == ("/data", "shape.type", "text")


def test_a_message_nobody_knows_is_kept():
    (issue,) = check({"data": "WEATHER_REPORT", "rain": True}).issues
    assert (issue.code, issue.severity) == ("message.unknown", Severity.WARNING)
    assert sentence(issue)


def test_a_mistyped_trip_is_checked_as_the_trip_it_must_be():
    document = samples.base("ace") | {"data": "ace_trip", "tripNumber": "X"}
    found = {(issue.path, issue.code) for issue in check(document, samples.facts()).issues}
    assert ("/data", "P01") in found
    assert ("/tripNumber", "A02") in found
    assert [path for path, _ in found].count("/data") == 1


def test_a_trip_without_a_type_is_told_once():
    document = samples.base("aci")
    del document["data"]
    assert [(issue.path, issue.code) for issue in check(document, samples.facts()).issues] == [("/data", "P01")]


def test_send_requests_have_a_shape():
    request = {"data": "ACI_SEND_REQUEST", "type": "AMEND", "tripNumber": "1234923A5D", "tripAmendmentReasonCode": "1"}
    found = {(issue.path, issue.code, issue.severity) for issue in check(request).issues}
    assert found == {
        ("/bundleTripAndShipments", "shape.missing", Severity.ERROR),
        ("/tripAmendmentReasonCode", "shape.length", Severity.ERROR),
    }
    found = check({"data": "ACE_SEND_REQUEST", "type": "SOMETHING_NEW", "tripNumber": 5}).issues
    assert [(issue.path, issue.code) for issue in found] == [
        ("/tripNumber", "shape.type"),
        ("/type", "shape.not_listed"),
    ]
    found = check({"data": "RNS_SEND_REQUEST", "cargoControlNumbers": "1234PARS1"}).issues
    assert [(issue.path, issue.code, issue.severity) for issue in found] == [
        ("/type", "shape.missing", Severity.WARNING),
        ("/cargoControlNumbers", "shape.type", Severity.WARNING),
    ]
    assert found[1].mend == ["1234PARS1"]


@pytest.mark.parametrize("kind", ["API_RESPONSE", "ACE_RESPONSE", "ACI_RESPONSE", "ACI_NOTICE", "RNS_SHIPMENT"])
def test_answers_are_never_stopped(kind):
    for message in ({"data": kind}, {"data": kind, "type": 5, "status": [], "errors": "x", "dateTime": None}):
        assert check(message).is_ready


def test_a_wrapped_release_notice_is_read():
    shipment = samples.message("rns-shipment")
    shipment.pop("data")
    assert check({"rnsShipment": shipment}).issues == ()
    assert check({"rnsShipment": 5}).issues[0].code == "P01"


def test_a_lone_canadian_shipment():
    shipment = samples.base("aci")["shipments"][0]
    assert check(shipment, samples.facts()).issues == ()
    shipment["shipmentType"] = "PAPS"
    assert [issue.code for issue in check(shipment, samples.facts()).issues] == ["I33"]
