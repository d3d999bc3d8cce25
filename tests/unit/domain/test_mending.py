"""What mends a refusal by itself: ACE IDs go, ports become equal; where there is nothing to mend, nothing changes."""

from __future__ import annotations

from desktop.domain.mending import Mend, mended

TRIP = {
    "truck": {"number": "1", "aceId": "A1"},
    "drivers": [{"firstName": "Sample", "aceId": "A2"}, {"firstName": "Other", "aceId": "A3"}],
}


def test_the_ace_id_that_was_named_goes_and_the_others_stay() -> None:
    made = mended(TRIP, Mend.CLEAR_ACE_ID, "/drivers/0/aceId")
    assert made == {**TRIP, "drivers": [{"firstName": "Sample"}, TRIP["drivers"][1]]}
    assert mended(TRIP, Mend.CLEAR_ACE_ID, "/truck") == {**TRIP, "truck": {"number": "1"}}


def test_where_none_is_named_every_ace_id_goes() -> None:
    made = mended(TRIP, Mend.CLEAR_ACE_ID)
    assert made == {"truck": {"number": "1"}, "drivers": [{"firstName": "Sample"}, {"firstName": "Other"}]}
    assert mended(made, Mend.CLEAR_ACE_ID) is None


def test_a_place_without_one_means_that_it_stands_elsewhere() -> None:
    assert mended(TRIP, Mend.CLEAR_ACE_ID, "/trailers") == mended(TRIP, Mend.CLEAR_ACE_ID)


def test_shipments_get_the_port_of_the_trip() -> None:
    trip = {"portOfEntry": "0453", "shipments": [{"portOfEntry": "0440", "x": 1}, {"portOfEntry": "0453"}]}
    made = mended(trip, Mend.EQUAL_PORTS)
    assert made == {"portOfEntry": "0453", "shipments": [{"portOfEntry": "0453", "x": 1}, {"portOfEntry": "0453"}]}
    assert mended(made, Mend.EQUAL_PORTS) is None
    assert mended({"shipments": [{"portOfEntry": "0440"}]}, Mend.EQUAL_PORTS) is None
