"""One connection, event by event."""

import json

import pytest

from desktop.protocol.session import (
    Close,
    Connected,
    Deliver,
    Fail,
    NotSent,
    SendFrame,
    SendKey,
    Session,
    State,
    Why,
    is_handshake,
    refuses_key,
)

OK = {"data": "API_RESPONSE", "status": "OK", "message": "Connected", "dateTime": "2014-12-15 03:18:23"}
DENIED = {"data": "API_RESPONSE", "status": "ACCESS_DENIED_ERROR", "message": "Access denied"}


def frame(value):
    return json.dumps(value).encode()


def connected():
    session = Session()
    session.opened(0)
    session.frame(frame(OK), 1)
    return session


def test_the_key_goes_first_and_ok_opens_the_way():
    session = Session()
    assert session.opened(100.0) == [SendKey()]
    assert session.deadline == 110.0
    assert session.send(b"{}", 101.0) == [NotSent()]
    assert session.frame(frame(OK), 102.0) == [Deliver(frame(OK)), Connected()]
    assert session.deadline is None
    assert session.send(b"{}", 103.0) == [SendFrame(b"{}")]
    assert session.tick(9e9) == []


def test_waiting_customs_messages_before_the_ok_are_kept():
    session = Session()
    session.opened(0)
    assert session.frame(b'{"data":"RNS_SHIPMENT"}', 1) == [Deliver(b'{"data":"RNS_SHIPMENT"}')]
    late = frame({"data": "API_RESPONSE", "status": "OK", "sendId": "x"})
    assert session.frame(late, 2) == [Deliver(late)]
    assert session.state is State.KEY_SENT


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_refused_key_is_final(when):
    session = Session() if when == "before" else connected()
    if when == "before":
        session.opened(0)
    assert session.frame(frame(DENIED), 1) == [Deliver(frame(DENIED)), Close(), Fail(Why.KEY_REFUSED, is_final=True)]
    assert session.send(b"{}", 2) == [NotSent()]
    assert session.closed(1000, 3) == []
    assert session.frame(b"late", 4) == [Deliver(b"late")]


def test_a_denied_upload_is_no_refused_key():
    session = connected()
    denied = frame({**DENIED, "sendId": "s1"})
    assert session.frame(denied, 1) == [Deliver(denied)]
    assert session.state is State.CONNECTED


def test_no_answer_to_the_key_ends_after_ten_seconds():
    session = Session()
    session.opened(5)
    assert session.tick(14.9) == []
    assert session.frame(b"junk", 14.9) == [Deliver(b"junk")]
    assert session.tick(15) == [Close(), Fail(Why.NO_ANSWER, is_final=False)]
    assert session.tick(16) == []


def test_a_message_that_wants_out_leaves_the_limit_to_the_clock():
    session = Session()
    session.opened(0)
    assert session.send(b"{}", 11) == [NotSent()]
    assert session.tick(11) == [Close(), Fail(Why.NO_ANSWER, is_final=False)]


def test_other_frames_do_not_stretch_the_limit():
    session = Session()
    session.opened(0)
    assert session.frame(b"junk", 10) == [Deliver(b"junk"), Close(), Fail(Why.NO_ANSWER, is_final=False)]


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011, 1012, 1013, 1008])
def test_a_close_is_worth_another_try(code):
    assert connected().closed(code, 2) == [Fail(Why.CLOSED, is_final=False, code=code)]


def test_a_frame_above_the_limit_has_its_own_name():
    assert connected().closed(1009, 2) == [Fail(Why.TOO_BIG, is_final=False, code=1009)]


def test_a_policy_close_instead_of_an_answer_refuses_the_key():
    session = Session()
    session.opened(0)
    assert session.closed(1008, 2) == [Fail(Why.KEY_REFUSED, is_final=True, code=1008)]
    session = Session()
    session.opened(0)
    assert session.closed(1006, 2) == [Fail(Why.CLOSED, is_final=False, code=1006)]


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        (OK, True),
        ({**OK, "message": " connected "}, True),
        ({**OK, "message": "Taken"}, False),
        ({**OK, "sendId": "1"}, False),
        ({**OK, "tripNumber": "X"}, False),
        ({**OK, "status": "IMPORTED"}, False),
        ({**OK, "data": "X"}, False),
        ([OK], False),
        (None, False),
    ],
)
def test_what_is_the_handshake(value, is_one):
    assert is_handshake(value) is is_one


@pytest.mark.parametrize(
    "status", ["ACCESS_DENIED_ERROR", "MISSING_API_KEY", "INVALID_API_KEY", "EXPIRED_API_KEY", "API_KEY_URL_MISMATCH"]
)
def test_what_refuses_the_key(status):
    assert refuses_key({"data": "API_RESPONSE", "status": status})
    assert not refuses_key({"data": "API_RESPONSE", "status": "DATA_ERROR"})
    assert not refuses_key({"data": "API_RESPONSE", "status": status, "sendId": "s"})


def test_an_answered_key_twice_changes_nothing():
    session = connected()
    assert session.frame(frame(OK), 2) == [Deliver(frame(OK))]
