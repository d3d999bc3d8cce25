"""What goes out is the document in its order, with a fresh envelope and nothing else changed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.lifecycle import Regime
from desktop.errors import Bug
from desktop.protocol.outgoing import encode, send_request
from desktop.protocol.strict_json import read

GOLDEN = Path(__file__).parents[2] / "golden" / "messages"
ID = "01JDEXAMPLE000000000000001"


def trip(name="ace-trip"):
    return json.loads((GOLDEN / f"{name}.json").read_text())


@pytest.mark.parametrize("name", ["ace-trip", "aci-trip"])
def test_the_example_trips_go_out_as_they_are_with_a_new_envelope(name):
    document = trip(name)
    wire = json.loads(encode(document, send_id=ID, company_key="c-sample", operation="UPDATE", auto_send=True))
    assert list(wire) == list(document)
    assert (wire["sendId"], wire["companyKey"], wire["operation"], wire["autoSend"]) == (ID, "c-sample", "UPDATE", True)
    for sent, kept in zip(wire["shipments"], document["shipments"], strict=True):
        assert list(sent) == list(kept)
        assert (sent["sendId"], sent["companyKey"], sent["operation"]) == (ID, "c-sample", "UPDATE")
        assert "autoSend" not in sent
    envelope = {"sendId", "companyKey", "operation", "autoSend", "shipments"}
    assert {k: v for k, v in wire.items() if k not in envelope} == {
        k: v for k, v in document.items() if k not in envelope
    }


def test_a_new_envelope_stands_after_data_and_none_leaves_the_documents_own():
    document = {"data": "ACI_TRIP", "tripNumber": "1234ABCD", "shipments": [{"cargoControlNumber": "1234PARS1"}, 7]}
    wire = json.loads(encode(document, send_id=ID, company_key="k", operation="CREATE", auto_send=False))
    assert list(wire) == ["data", "sendId", "companyKey", "operation", "tripNumber", "shipments", "autoSend"]
    assert list(wire["shipments"][0]) == ["data", "sendId", "companyKey", "operation", "cargoControlNumber"]
    assert wire["shipments"][0]["data"] == "ACI_SHIPMENT"
    assert wire["shipments"][1] == 7
    kept = json.loads(encode({"data": "ACI_TRIP", "operation": "DELETE", "autoSend": True}, send_id=ID))
    assert kept == {"data": "ACI_TRIP", "sendId": ID, "operation": "DELETE", "autoSend": True}


def test_another_companys_key_never_stays():
    document = {"data": "ACE_TRIP", "companyKey": "c-other", "shipments": [{"companyKey": "c-other"}]}
    assert b"c-other" not in encode(document, send_id=ID)
    assert b"c-other" not in encode(document, send_id=ID, company_key="c-ours")


def test_absent_stays_absent_and_null_stays_null():
    assert json.loads(encode({"data": "ACE_TRIP", "trailers": None}, send_id=ID)) == {
        "data": "ACE_TRIP", "sendId": ID, "trailers": None,
    }  # fmt: skip


def test_plates_become_lists_only_when_asked_and_only_for_ace():
    document = trip()
    assert "licensePlates" not in json.loads(encode(document, send_id=ID))["truck"]
    wire = json.loads(encode(document, send_id=ID, ace_plates="list"))
    assert wire["truck"]["licensePlates"] == [document["truck"]["licensePlate"]]
    assert wire["trailers"][0]["licensePlates"] == [document["trailers"][0]["licensePlate"]]
    assert list(wire["truck"])[-1] == "licensePlates"
    has_list = {"data": "ACE_TRIP", "truck": {"licensePlates": []}, "trailers": [None]}
    assert json.loads(encode(has_list, send_id=ID, ace_plates="list")) == {**has_list, "sendId": ID}
    assert json.loads(encode({"data": "ACE_TRIP"}, send_id=ID, ace_plates="list")) == {"data": "ACE_TRIP", "sendId": ID}
    assert "licensePlate" in json.loads(encode(trip("aci-trip"), send_id=ID, ace_plates="list"))["truck"]


def test_send_requests_have_the_form_of_their_regime():
    assert send_request(Regime.ACE, "COMPLETE_TRIP_AND_SHIPMENTS", "AAAA123457A") == {
        "data": "ACE_SEND_REQUEST", "type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": "AAAA123457A",
    }  # fmt: skip
    assert send_request(Regime.ACI, "ORIGINAL", "1234923ASDF") == {
        "data": "ACI_SEND_REQUEST", "type": "ORIGINAL", "tripNumber": "1234923ASDF", "bundleTripAndShipments": True,
    }  # fmt: skip
    amend = send_request(Regime.ACI, "AMEND", "1234923ASDF", trip_reason="40", shipment_reason="35")
    assert (amend["tripAmendmentReasonCode"], amend["shipmentAmendmentReasonCode"]) == ("40", "35")


@pytest.mark.parametrize("send_id", ["", "x" * 31])
def test_a_send_id_has_1_to_30_characters(send_id):
    with pytest.raises(Bug):
        encode({"data": "ACE_TRIP"}, send_id=send_id)


def test_a_message_needs_its_data():
    with pytest.raises(Bug):
        encode({"tripNumber": "X"}, send_id=ID)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), values, max_size=6))
def test_what_is_encoded_reads_back_the_same(members):
    document = {**members, "data": "ACE_SHIPMENT", "sendId": "old"}
    document.pop("companyKey", None)
    document.pop("shipments", None)
    wire = read(encode(document, send_id=ID))
    assert list(wire) == list(document)
    assert json.dumps(wire) == json.dumps({**document, "sendId": ID})


def test_shipments_that_are_no_list_stay_what_they_are():
    wire = json.loads(encode({"data": "ACE_TRIP", "shipments": {"a": 1}}, send_id=ID))
    assert wire["shipments"] == {"a": 1}
