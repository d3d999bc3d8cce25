"""An answer finds its attempt, or none: never another trip's."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.delivery.attempt import Answered, Attempt, CustomsAnswered, Verb, Way
from desktop.delivery.matching import match, verb_of
from desktop.domain.lifecycle import OutboxState

WALL = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
LATER = WALL + timedelta(seconds=5)
S = OutboxState
A, B = "AAAA100001A", "AAAA200002B"


def upload(name, state, trip=A, **values):
    defaults = {"send_id": f"id-{name}", "operation": "CREATE", "written_at": WALL, "was_written": True, "tries": 1}
    return Attempt(id=name, way=Way.UPLOAD, state=state, trip_number=trip, **{**defaults, **values})


def request(name, state, trip=A, **values):
    defaults = {
        "send_id": f"id-{name}", "operation": "COMPLETE_TRIP_AND_SHIPMENTS", "written_at": WALL,
        "was_written": state is not S.READY, "tries": 1,
    }  # fmt: skip
    return Attempt(id=name, way=Way.SEND_REQUEST, state=state, trip_number=trip, **{**defaults, **values})


def api(status="IMPORTED", **members):
    return {"data": "API_RESPONSE", "status": status, **members}


def ace(kind="COMPLETE_TRIP_AND_SHIPMENTS", trip=A, **members):
    return {"data": "ACE_RESPONSE", "sendRequest": {"type": kind, "tripNumber": trip}, **members}


CASES = [
    ("quoted id decides", [upload("a", S.IN_FLIGHT), upload("b", S.UNCERTAIN, B)], api(sendId="id-b"), "b"),
    ("quoted id of a settled row", [upload("a", S.ACKED)], api(sendId="id-a"), "a"),
    ("unknown id is nobody's", [upload("a", S.IN_FLIGHT)], api(sendId="id-z"), None),
    ("quoted id, other trip", [upload("a", S.IN_FLIGHT)], api(sendId="id-a", tripNumber=B), None),
    ("id of null is no id", [upload("a", S.IN_FLIGHT)], api(sendId=None, tripNumber=A), "a"),
    ("the one in flight", [upload("a", S.IN_FLIGHT), upload("b", S.READY, B)], api("DATA_ERROR"), "a"),
    ("success without any name", [upload("a", S.IN_FLIGHT)], api(), None),
    ("problems without any name", [upload("a", S.IN_FLIGHT)], api("IMPORTED_WITH_ERRORS"), None),
    (
        "the one in flight or a late one",
        [upload("a", S.IN_FLIGHT), upload("b", S.UNCERTAIN, B)],
        api("DATA_ERROR"),
        None,
    ),
    (
        "the one in flight or a late one, objecting to the late one",
        [upload("a", S.IN_FLIGHT), upload("b", S.UNCERTAIN, B)],
        api("DATA_ERROR", errors=[{"identifier": B, "note": "no"}]),
        None,
    ),
    (
        "the one in flight or a late one, objecting to the one in flight",
        [upload("a", S.IN_FLIGHT, numbers=("AAAA1",)), upload("b", S.UNCERTAIN, B)],
        api("DATA_ERROR", errors=[{"identifier": "AAAA1", "note": "no"}]),
        "a",
    ),
    ("in flight, same trip", [upload("a", S.IN_FLIGHT)], api(tripNumber=A), "a"),
    ("in flight, other trip", [upload("a", S.IN_FLIGHT)], api(tripNumber=B), None),
    ("in flight, other trip in brackets", [upload("a", S.IN_FLIGHT)], api(message=f"1 ACE Trip [{B}] failed"), None),
    ("in flight, our trip in brackets", [upload("a", S.IN_FLIGHT)], api(message=f"1 ACE Trip [{A}] failed"), "a"),
    ("shipment alone in brackets", [upload("a", S.IN_FLIGHT, "", numbers=("AAAA1",))], api(message="[AAAA1]"), "a"),
    ("late, by trip", [upload("a", S.UNCERTAIN), upload("b", S.UNCERTAIN, B)], api(tripNumber=B), "b"),
    ("late, two open of one trip", [upload("a", S.UNCERTAIN), upload("b", S.DUP_SUSPECT)], api(tripNumber=A), None),
    ("late, no trip", [upload("a", S.UNCERTAIN)], api(), None),
    ("settled row without id", [upload("a", S.ACKED)], api(tripNumber=A), None),
    ("two in flight, by trip", [request("a", S.IN_FLIGHT), upload("b", S.IN_FLIGHT, B)], api("OK", tripNumber=A), "a"),
    ("two in flight, no trip", [request("a", S.IN_FLIGHT), upload("b", S.IN_FLIGHT, B)], api("QUEUED"), None),
    (
        "two in flight, import is the upload's",
        [request("a", S.IN_FLIGHT), upload("b", S.IN_FLIGHT)],
        api(tripNumber=A),
        "b",
    ),
    ("an import is no answer to a request", [request("a", S.IN_FLIGHT)], api(tripNumber=A), None),
    ("handshake", [upload("a", S.IN_FLIGHT)], api("OK", message="Connected"), None),
    ("key refused", [upload("a", S.IN_FLIGHT)], api("ACCESS_DENIED_ERROR"), None),
    ("other carrier", [upload("a", S.IN_FLIGHT, company_key="k1")], api(companyKey="k2"), None),
    ("same carrier", [upload("a", S.IN_FLIGHT, company_key="k1")], api(companyKey="k1", tripNumber=A), "a"),
    ("wrapped", [upload("a", S.IN_FLIGHT)], {"apiResponse": {"status": "IMPORTED", "tripNumber": A}}, "a"),
    ("request settled by customs", [upload("u", S.ACKED), request("a", S.IN_FLIGHT)], ace(), "a"),
    ("pending request settled", [request("a", S.ACCEPTED_PENDING)], ace(), "a"),
    ("request of another type", [request("a", S.IN_FLIGHT)], ace("AMEND_TRIP_AND_SHIPMENTS"), None),
    ("request of another trip", [request("a", S.IN_FLIGHT)], ace(trip=B), None),
    ("answer without type, first request", [request("a", S.IN_FLIGHT)], {"data": "ACE_RESPONSE", "tripNumber": A}, "a"),
    (
        "answer without type, second request",
        [request("o", S.ACKED), request("a", S.IN_FLIGHT)],
        {"data": "ACE_RESPONSE", "tripNumber": A},
        None,
    ),
    (
        "answer without type, an amendment",
        [request("a", S.IN_FLIGHT, operation="AMEND_TRIP_AND_SHIPMENTS")],
        {"data": "ACE_RESPONSE", "tripNumber": A},
        None,
    ),
    ("two open requests of one type", [request("a", S.IN_FLIGHT), request("b", S.UNCERTAIN)], ace(), None),
    ("request not written", [request("a", S.READY)], ace(), None),
    ("customs proves the first create", [upload("a", S.UNCERTAIN)], ace(), "a"),
    ("customs proves a suspect", [upload("a", S.DUP_SUSPECT)], {"data": "ACI_NOTICE", "tripNumber": A}, "a"),
    ("customs after an earlier acceptance", [upload("o", S.ACKED), upload("a", S.UNCERTAIN)], ace(), None),
    ("customs, not the first create", [upload("a", S.UNCERTAIN, is_first_create=False)], ace(), None),
    ("customs, an update", [upload("a", S.UNCERTAIN, operation="UPDATE")], ace(), None),
    ("customs, in flight waits for its answer", [upload("a", S.IN_FLIGHT)], ace(), None),
    ("notice without trip", [upload("a", S.UNCERTAIN)], {"data": "ACI_NOTICE", "cargoControlNumber": "1"}, None),
    ("release notification", [upload("a", S.UNCERTAIN)], {"data": "RNS_SHIPMENT", "tripNumber": A}, None),
    ("no message", [upload("a", S.IN_FLIGHT)], [1], None),
    ("no trip at all", [request("a", S.IN_FLIGHT, "")], {"data": "ACE_RESPONSE"}, None),
]


@pytest.mark.parametrize(("rows", "value", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_which_attempt_an_answer_belongs_to(rows, value, expected):
    found = match(rows, value, LATER)
    assert (found.row.id if found else None) == expected


def test_customs_word_from_before_the_writing_proves_nothing():
    rows = [request("a", S.IN_FLIGHT)]
    assert match(rows, ace(), WALL - timedelta(seconds=1)) is None
    assert match(rows, ace(), WALL) is not None


def test_what_the_answer_says():
    note = f"Trip Number is already used (must be unique for a CREATE operation) [{A}]"
    errors = [{"identifier": A, "note": note}, 7, {"identifier": "X", "note": "Something else"}]
    found = match([upload("a", S.IN_FLIGHT)], api("DATA_ERROR", sendId="id-a", errors=errors), LATER)
    assert found.event == Answered(Verb.REFUSED, "DATA_ERROR", quotes_us=True, says_used=True, names_us=True)
    found = match([upload("a", S.IN_FLIGHT)], api("DATA_ERROR", errors=[{"identifier": A + "A", "note": note}]), LATER)
    assert found.event == Answered(Verb.REFUSED, "DATA_ERROR", quotes_us=False, says_used=True, names_us=False)
    assert match([request("a", S.IN_FLIGHT)], ace(), LATER).event == CustomsAnswered()


@pytest.mark.parametrize(
    ("status", "verb"),
    [
        ("IMPORTED", Verb.TAKEN),
        ("TRANSMITTED", Verb.TAKEN),
        ("COMPLETED", Verb.TAKEN),
        ("OK", Verb.TAKEN),
        ("QUEUED", Verb.QUEUED),
        ("IMPORTED_WITH_ERRORS", Verb.PROBLEMS),
        ("PROCESSED_WITH_ERRORS", Verb.PROBLEMS),
        ("DATA_ERROR", Verb.REFUSED),
        ("SEND_ERROR", Verb.REFUSED),
        ("SYNC_ERROR", Verb.REFUSED),
        ("ACCESS_DENIED_ERROR", Verb.REFUSED),
        ("IMPORTED_LATER", Verb.UNKNOWN),
        ("imported", Verb.UNKNOWN),
        ("", Verb.UNKNOWN),
    ],
)
def test_statuses_are_an_open_set(status, verb):
    assert verb_of(status) is verb


@given(
    states=st.lists(st.sampled_from(list(S)), min_size=1, max_size=4),
    ways=st.lists(st.sampled_from([upload, request]), min_size=4, max_size=4),
    trips=st.lists(st.sampled_from([A, B, "AAAA300003C"]), min_size=4, max_size=4),
    trip=st.sampled_from([A, B]),
    kind=st.sampled_from(["API_RESPONSE", "ACE_RESPONSE", "ACI_RESPONSE", "ACI_NOTICE", "RNS_SHIPMENT"]),
    send_id=st.sampled_from([None, "id-0", "id-1", "id-9"]),
    status=st.sampled_from(["IMPORTED", "QUEUED", "DATA_ERROR", "OK", "NEW"]),
)
def test_another_trips_answer_is_never_applied(states, ways, trips, trip, kind, send_id, status):
    rows = [ways[n](str(n), state, trips[n]) for n, state in enumerate(states)]
    found = match(rows, {"data": kind, "tripNumber": trip, "status": status, "sendId": send_id}, LATER)
    if found is not None:
        assert found.row.trip_number == trip
        assert send_id is None or kind != "API_RESPONSE" or found.row.send_id == send_id


@pytest.mark.parametrize("status", ["DATA_ERROR", "IMPORTED"])
def test_an_answer_without_our_id_is_nobodys_where_an_attempt_for_the_trip_was_given_up(status) -> None:
    """A late answer to what a person gave up would else be taken for the answer to what went out since."""
    rows = [upload("first", S.CANCELLED), upload("second", S.IN_FLIGHT, operation="UPDATE")]
    value = api(status, tripNumber=A, errors=[{"identifier": A, "note": f"no such trip [{A}]"}])
    assert match(rows, value, LATER) is None
    assert match(rows, value | {"sendId": "id-second"}, LATER).row.id == "second"
    never_out = [upload("first", S.CANCELLED, was_written=False, tries=0), rows[1]]
    assert match(never_out, value, LATER).row.id == "second"
    assert match([upload("first", S.CANCELLED, trip=B), rows[1]], value, LATER).row.id == "second"


def test_an_answer_that_names_nothing_is_not_given_to_a_request_that_has_freed_the_line() -> None:
    """After a minute other messages go out behind it, and it may answer one of those."""
    rows = [request("asked", S.IN_FLIGHT)]
    assert match(rows, api("DATA_ERROR"), WALL + timedelta(seconds=59)).row.id == "asked"
    assert match(rows, api("DATA_ERROR"), WALL + timedelta(seconds=61)) is None
    assert match(rows, api("DATA_ERROR", tripNumber=A), WALL + timedelta(seconds=61)).row.id == "asked"
