"""Copies of trips: what belongs to one crossing goes, the rest stays, and marks follow their rows."""

import copy
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.validation import samples

from desktop.domain.copying import (
    LEAD,
    copied,
    local_after,
    next_arrival,
    numbered,
    numberless,
    still_to_confirm,
    to_confirm,
    with_arrival,
)
from desktop.domain.documents import get, insert, put, remove
from desktop.domain.lifecycle import Regime

TORONTO = "America/Toronto"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["truck", "trailers", "shipments", "commodities", "sealNumbers", "inBondDetails", "tripNumber",
                 "quantity", "drivers", "driverNumber", "number", "sendId", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)  # fmt: skip


def wall(text):
    return datetime.fromisoformat(text)


def local(text, zone=TORONTO):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_a_copy_keeps_what_the_next_trip_shares_and_nothing_of_one_crossing():
    trip = samples.base("ace")
    trip |= {"sendId": "7", "companyKey": "c-1", "autoSend": True, "operation": "UPDATE"}
    trip["truck"]["sealNumbers"] = ["S1"]
    trip["trailers"][0]["sealNumbers"] = ["S2", "S3"]
    shipment = trip["shipments"][0]
    shipment |= {"sendId": "8", "companyKey": "c-1", "operation": "CREATE", "autoSend": False}
    shipment["goodsAstrayDateOfExit"] = "2026-11-01"
    shipment["inBondDetails"] = {
        "type": "61",
        "paperInBondNumber": "123456789",
        "usDestination": "3801",
        "estimatedDepartureDate": "2026-11-20",
    }
    before = copy.deepcopy(trip)
    made = copied(trip)
    assert trip == before
    expected = copy.deepcopy(trip)
    for name in ("tripNumber", "estimatedArrivalDateTime", "sendId", "companyKey", "autoSend"):
        del expected[name]
    expected["operation"] = "CREATE"
    del expected["truck"]["sealNumbers"], expected["trailers"][0]["sealNumbers"]
    for name in ("shipmentControlNumber", "goodsAstrayDateOfExit", "sendId", "companyKey", "operation", "autoSend"):
        del expected["shipments"][0][name]
    expected["shipments"][0]["inBondDetails"] = {"type": "61", "usDestination": "3801"}
    assert made == expected


def test_a_copy_into_canada_loses_its_shipments_arrival_too():
    made = copied(samples.base("aci"))
    assert all("estimatedArrivalDate" not in one and "cargoControlNumber" not in one for one in made["shipments"])
    assert made["shipments"][0]["portOfEntry"] == samples.base("aci")["shipments"][0]["portOfEntry"]


@given(JSON)
def test_no_document_is_too_odd_to_copy(value):
    document = value if isinstance(value, dict) else {"shipments": value}
    made = copied(document)
    assert "tripNumber" not in made
    assert copied(made) == made
    for pointer in to_confirm(made):
        assert get(made, pointer) not in (None, "")


def test_marks_are_on_whoever_and_whatever_may_not_come_along_again():
    made = copied(samples.base("aci"))
    made["passengers"] = [{"firstName": "Sample", "lastName": "Passenger"}, {"lastName": "Other"}, {}, "odd"]
    made["containers"] = [{"number": "SAMU1234567"}, {}]
    marks = to_confirm(made)
    assert [mark for mark in marks if mark.startswith("/passengers")] == [
        "/passengers/0/firstName",
        "/passengers/1/lastName",
    ]
    assert [mark for mark in marks if mark.startswith("/containers")] == ["/containers/0/number"]


def test_marks_are_on_driver_trailers_and_amounts():
    made = copied(samples.base("ace"))
    made["trailers"][0]["number"] = "456"
    made["drivers"][0]["driverNumber"] = "D1"
    marks = to_confirm(made)
    assert "/drivers/0/driverNumber" in marks
    assert "/trailers/0/number" in marks
    assert "/shipments/0/commodities/0/quantity" in marks
    assert "/shipments/0/commodities/0/weight" in marks
    made["shipments"][0]["referenceOnlyShipment"] = True
    assert not any(mark.startswith("/shipments/0/") for mark in to_confirm(made))


ROWS = {"shipments": [{"commodities": [{"quantity": n, "weight": 10 * n}]} for n in (1, 2, 3)]}
MARKS = [f"/shipments/{n}/commodities/0/quantity" for n in range(3)]


def test_an_edited_field_needs_no_confirming():
    after = put(ROWS, MARKS[1], 9)
    assert still_to_confirm(MARKS, ROWS, after) == [MARKS[0], MARKS[2]]
    assert still_to_confirm(MARKS, ROWS, put(ROWS, "/shipments/1/commodities/0/weight", 7)) == MARKS
    assert still_to_confirm(MARKS, ROWS, remove(ROWS, MARKS[0])) == MARKS[1:]


def test_marks_follow_their_rows():
    without_first = remove(ROWS, "/shipments/0")
    moved = still_to_confirm(MARKS, ROWS, without_first)
    assert moved == MARKS[:2]
    assert [get(without_first, mark) for mark in moved] == [2, 3]
    back = still_to_confirm(moved, without_first, ROWS)
    assert back == MARKS[1:]
    more = insert(ROWS, "/shipments/1", {"commodities": [{"quantity": 5}]})
    assert still_to_confirm(MARKS, ROWS, more) == [MARKS[0], MARKS[2], "/shipments/3/commodities/0/quantity"]


def test_rows_that_are_alike_keep_each_their_own_mark():
    rows = {"shipments": [{"commodities": [{"quantity": 1}]}, {"commodities": [{"quantity": 1}]}]}
    assert still_to_confirm(MARKS[:2], rows, remove(rows, "/shipments/0")) == [MARKS[0]]


def test_local_facts_without_marks_stay_the_same_object():
    facts = {"is_empty_trip": True}
    assert local_after(facts, ROWS, {}) is facts
    marked = {"to_confirm": [MARKS[0]], "nature": ""}
    assert local_after(marked, ROWS, put(ROWS, MARKS[0], 4)) == {"to_confirm": [], "nature": ""}


@given(JSON, JSON, st.lists(st.sampled_from([*MARKS, "", "/x", "/truck/0", "/shipments/-"]), max_size=4))
def test_marks_survive_any_edit_without_a_word(before, after, marks):
    kept = still_to_confirm(marks, before, after)
    assert len(kept) <= len(marks)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("2026-11-23 13:40:00", "2026-11-24 09:00", "2026-11-24 13:40:00"),  # yesterday's, still to come today
        ("2026-11-23 13:40:00", "2026-11-24 12:39", "2026-11-24 13:40:00"),  # 61 minutes
        ("2026-11-23 13:40:00", "2026-11-24 12:40", "2026-11-25 13:40:00"),  # 60 minutes are not more than the hour
        ("2026-11-23 13:40:00", "2026-11-24 18:00", "2026-11-25 13:40:00"),
        ("2026-11-24 13:40:00", "2026-11-24 09:00", "2026-11-25 13:40:00"),  # today's own trip: not twice today
        ("2026-11-27 13:40:00", "2026-11-24 09:00", "2026-11-28 13:40:00"),  # one still to come: the day after
        ("2026-03-07 02:30:00", "2026-03-08 00:10", "2026-03-09 02:30:00"),  # the clock jumps over it on the 8th
        ("2026-03-07 02:30:00", "2026-03-06 12:00", "2026-03-09 02:30:00"),  # whenever it is asked
        ("2026-10-31 01:30:00", "2026-10-31 12:00", "2026-11-01 01:30:00"),  # the clock shows it twice
        ("2026-10-24 23:50:00", "2026-11-30 23:20", "2026-12-01 23:50:00"),  # last month's, over the end of a month
    ],
)
def test_the_next_day_it_can_go_again(was, now, expected):
    assert str(next_arrival(wall(was), TORONTO, local(now))) == expected


def test_without_a_zone_it_is_tomorrow_at_the_earliest():
    assert str(next_arrival(wall("2026-11-20 10:00:00"), None, datetime(2026, 11, 24, 9, tzinfo=UTC))).startswith(
        "2026-11-25 10:00"
    )
    assert next_arrival(wall("9999-12-30 10:00:00"), None, datetime(2026, 11, 24, tzinfo=UTC)).year == 9999


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from([TORONTO, "America/Vancouver", "America/St_Johns"]),
)
def test_the_next_arrival_is_ahead_of_the_lead_at_the_same_hour(was, now, zone):
    moment = now.replace(tzinfo=UTC)
    again = next_arrival(was, zone, moment)
    assert again.time() == was.time()
    assert again.date() > was.date()
    assert again.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - moment > LEAD - timedelta(hours=1)


def test_shipments_into_canada_keep_their_distance_to_the_trip():
    before = samples.base("aci")
    before["estimatedArrivalDateTime"] = "2026-11-23 13:40:00"
    before["shipments"][0]["estimatedArrivalDate"] = "2026-11-23 13:55:00"
    made = with_arrival(Regime.ACI, copied(before), before, wall("2026-11-25 13:40:00"))
    assert made["estimatedArrivalDateTime"] == "2026-11-25 13:40:00"
    assert made["shipments"][0]["estimatedArrivalDate"] == "2026-11-25 13:55:00"
    before["shipments"][0]["estimatedArrivalDate"] = "9999-12-31 23:00:00"
    odd = with_arrival(Regime.ACI, copied(before), before, wall("2026-11-25 13:40:00"))
    assert "estimatedArrivalDate" not in odd["shipments"][0], "the calendar ends there"
    ace = with_arrival(Regime.ACE, copied(samples.base("ace")), samples.base("ace"), wall("2026-11-25 13:40:00"))
    assert "estimatedArrivalDate" not in ace["shipments"][0]


def test_numbers_go_where_they_are_ours_to_give():
    made = copied(samples.base("ace"))
    made["shipments"] = [made["shipments"][0], {"referenceOnlyShipment": True}, {"type": "PAPS"}, "odd"]
    places = numberless(Regime.ACE, made)
    assert places == ["/shipments/0/shipmentControlNumber", "/shipments/2/shipmentControlNumber"]
    filled = numbered(numbered(made, ["/tripNumber"], ["AAAA1"]), places, ["AAAA2"])
    assert list(filled)[:2] == ["data", "tripNumber"]
    assert filled["shipments"][0]["shipmentControlNumber"] == "AAAA2"
    assert "shipmentControlNumber" not in filled["shipments"][2], "the range had one number only"
    assert numbered(made, places, []) == made
