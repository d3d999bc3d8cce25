"""Bodies of the HTTP twin: every shape a client met, cut apart byte for byte (protocol 1)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.protocol.kinds import API_RESPONSE, kind_of, unwrapped
from desktop.protocol.receive_body import answers_in, is_receipt, is_web_page, messages_in, refusal_in

A, B = b'{"data": "ACI_NOTICE",  "x": "\xc3\xa9\\u00e9"}', b'{"data":"RNS_SHIPMENT","n":1.50}'


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        (b"", []),
        (b" \r\n", []),
        (b"null", []),
        (b"[]", []),
        (b" [ ] ", []),
        (b'{"messages": []}', []),
        (b'{"status":"SUCCESS","messages":[]}', []),
        (b'{"status":"SUCCESS"}', []),
        (A, [A]),
        (b"[" + A + b" ,\n" + B + b"]", [A, B]),
        (b'{"messages": [' + A + b"," + B + b"]}", [A, B]),
        (b'{"status":"OK","messages":[' + B + b"]}", [B]),
        (b'[1,"two",null,[3]]', [b"1", b'"two"', b"null", b"[3]"]),
    ],
)
def test_every_shape_is_taken(body, messages):
    assert messages_in(body) == messages


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b'[{"data":"ACI_NO',
        b"\xff\xfe",
        b"[" * 200_000,
        b'[{"data":"ACI_NOTICE"}] and more',
        b'{"messages":"none"}',
    ],
)
def test_what_cannot_be_taken_apart_is_kept_whole(body):
    assert messages_in(body) == [body]


def test_an_envelope_that_says_more_is_kept_beside_its_messages():
    body = b'{"messages":[' + A + b'],"left":7}'
    assert messages_in(body) == [body, A]


def test_the_last_member_of_a_name_counts_as_for_the_reader():
    assert messages_in(b'{"messages":[1],"messages":[' + B + b"]}") == [B]


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.integers() | st.none(), max_size=4)))
def test_nothing_is_lost_or_changed(values):
    texts = [json.dumps(value, ensure_ascii=index % 2 == 0).encode() for index, value in enumerate(values)]
    assert messages_in(b"[ " + b" ,\t".join(texts) + b"\n]") == texts


def test_an_answer_that_only_says_it_came_is_kept_as_evidence():
    assert answers_in(b'{"status":"SUCCESS"}') == [b'{"status":"SUCCESS"}']
    assert answers_in(b"[" + A + b"]") == [A]
    assert answers_in(b" null ") == answers_in(b"") == answers_in(b"[]") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"status": "SUCCESS"}, True),
        ({"status": "OK", "message": "Taken"}, True),
        ({"status": "OK", "data": "API_RESPONSE"}, False),
        ({"status": "SUCCESS", "errorCode": "X"}, False),
        ({"status": "SUCCESS", "tripNumber": "X"}, False),
        ({"status": "FAILURE"}, False),
        ({"status": "SUCCESS", "messages": [1]}, False),
        (None, False),
    ],
)
def test_a_receipt_says_nothing_else(value, expected):
    assert is_receipt(value) is expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"status":"FAILURE","errorCode":"INVALID_API_KEY"}', "INVALID_API_KEY"),
        (b'{"status":"FAILED","errorCode":"TOO_MANY_REQUESTS"}', "TOO_MANY_REQUESTS"),
        (b'{"status":"FAILURE","errorCode":"FAILED_TO_IMPORT_DATA"}', ""),
        (b'{"status":"FAILURE","errorCode":"SOMETHING_NEW"}', ""),
        (b'{"data":"API_RESPONSE","status":"FAILURE","errorCode":"INVALID_API_KEY"}', ""),
        (b"[]", ""),
        (b"<html>", ""),
    ],
)
def test_a_refusal_at_the_door_is_no_message(body, code):
    assert refusal_in(body) == code


def test_what_was_not_imported_is_an_answer_like_any_other():
    value = {"status": "FAILURE", "errorCode": "FAILED_TO_IMPORT_DATA"}
    assert kind_of(unwrapped(value)) == API_RESPONSE
    assert kind_of(unwrapped({"status": "FAILURE", "errorCode": "SOMETHING_NEW"})) is None


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"<!doctype html>", "", True),
        (b"anything", "text/html; charset=utf-8", True),
        (b"[]", "application/json", False),
        (b"", "", False),
    ],
)
def test_a_page_for_a_browser_is_known(body, kind, expected):
    assert is_web_page(body, kind) is expected
