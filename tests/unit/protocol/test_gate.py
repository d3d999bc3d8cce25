"""The last gate lets through whatever the check lets through, and stops what can only be a mistake of ours."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.documents import MISSING, get, put
from desktop.errors import Bug
from desktop.protocol.gate import assert_sendable
from desktop.validation import check

GOLDEN = Path(__file__).parents[2] / "golden" / "messages"
TRIPS = {name: json.loads((GOLDEN / f"{name}.json").read_text()) for name in ("ace-trip", "aci-trip")}


def places(value, path=""):
    yield path
    if isinstance(value, dict):
        for name, member in value.items():
            yield from places(member, f"{path}/{name}")
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from places(member, f"{path}/{number}")


PLACES = {name: [path for path in places(trip) if path] for name, trip in TRIPS.items()}


@pytest.mark.parametrize("name", ["ace-trip", "aci-trip", "ace-send-request"])
def test_the_examples_pass_whole_and_by_the_shipment(name):
    document = json.loads((GOLDEN / f"{name}.json").read_text())
    assert_sendable(document)
    for shipment in document.get("shipments", ()):
        assert_sendable(shipment)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/tripNumber", MISSING),
        ("/tripNumber", "A" * 26),
        ("/truck/number", 7),
        ("/truck", None),
        ("/shipments", {}),
        ("/shipments/0/shipmentControlNumber", MISSING),
        ("/shipments/0/commodities/0/weight", "1500"),
        ("/shipments/0/consignee/name", "x" * 61),
        ("/autoSend", "false"),
    ],
)
def test_what_is_not_ready_is_our_mistake_and_named_without_values(path, value):
    with pytest.raises(Bug) as caught:
        assert_sendable(put(TRIPS["ace-trip"], path, value))
    assert path.strip("/") in str(caught.value)
    assert "Dorn" not in str(caught.value)


@pytest.mark.parametrize("document", [{"data": "ACE_SEND_REQUEST"}, {"data": "RNS_SHIPMENT"}, {}])
def test_only_what_is_sent_passes(document):
    with pytest.raises(Bug):
        assert_sendable(document)


def test_a_removal_needs_no_more_than_its_number():
    assert_sendable({"data": "ACE_TRIP", "operation": "DELETE", "tripNumber": "AAAA123457A"})
    with pytest.raises(Bug):
        assert_sendable({"data": "ACE_TRIP", "operation": "UPDATE", "tripNumber": "AAAA123457A"})


values = st.one_of(
    st.just(MISSING), st.none(), st.booleans(), st.integers(-5, 10**6), st.floats(0, 10**6), st.text(max_size=3),
    st.sampled_from(["", " ", "X" * 26, "X" * 111, [], {}, "ON ", "1", ["S1"], "LBR", "0101", "NP"]),
)  # fmt: skip


@given(name=st.sampled_from(list(TRIPS)), edits=st.data())
def test_what_the_check_lets_through_passes(name, edits):
    document = TRIPS[name]
    for path in edits.draw(st.lists(st.sampled_from(PLACES[name]), min_size=1, max_size=3)):
        if not isinstance(get(document, path), type(MISSING)) and path != "/data":
            document = put(document, path, edits.draw(values))
    if check(document).is_ready:
        assert_sendable(document)
