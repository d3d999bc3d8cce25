"""Customs' answer to a request is taken only from what can be no other's."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.lifecycle import OutboxState, Regime
from desktop.services.customs_word import Answer, answers
from desktop.store.records import Frame, OutboxRow

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
CANCEL = "CANCEL_TRIP_AND_SHIPMENTS"


def row(name: str, minute: float, operation: str = CANCEL, number: str = "AAAA0001") -> OutboxRow:
    return OutboxRow(
        *(name, "c", "t", 1, name, 1, "send_request", "ACE_SEND_REQUEST", operation, Regime.ACE, number, "", False),
        *("", OutboxState.ACKED, name, "", None, 1, 1, "", START, START + timedelta(minutes=minute), None, None, None),
    )


def frame(minute: float, asked: str = CANCEL, *, number: str = "AAAA0001", **more: object) -> Frame:
    value = {
        "data": "ACE_RESPONSE",
        "dateTime": f"2026-11-24 07:{int(minute):02}:00",
        "sendRequest": {"type": asked, "tripNumber": number},
        "processingResponse": {"shipmentsRejected": 0, "shipmentsAccepted": 1},
        **more,
    }
    body = json.dumps({name: part for name, part in value.items() if part is not None}).encode()
    return Frame(int(minute * 10) + 1, "c", "", START + timedelta(minutes=minute), body, True, len(body), str(minute))


NO = {"validationResponses": [{"code": "033", "description": "INVALID PORT CODE"}], "processingResponse": None}
NAMELESS = {"sendRequest": {"tripNumber": "AAAA0001"}}
CASES = [
    # what was asked, what came, what it says to each
    ([row("a", 1)], [], {"a": Answer.NONE}),
    ([row("a", 1)], [frame(2)], {"a": Answer.ACCEPTED}),
    ([row("a", 1)], [frame(2, **NO)], {"a": Answer.REFUSED}),
    ([row("a", 1)], [frame(0.5)], {"a": Answer.NONE}),
    ([row("a", 1)], [frame(2), frame(3, **NO)], {"a": Answer.UNCLEAR}),
    ([row("a", 1)], [frame(2, "AMEND_TRIP_AND_SHIPMENTS")], {"a": Answer.NONE}),
    ([row("a", 1)], [frame(2, number="AAAA0002")], {"a": Answer.NONE}),
    ([row("a", 1)], [frame(2, **NAMELESS)], {"a": Answer.UNCLEAR}),
    ([row("a", 1)], [frame(2, number="aaaa0001")], {"a": Answer.ACCEPTED}),
    ([row("a", 1), row("b", 5)], [frame(2), frame(6)], {"a": Answer.ACCEPTED, "b": Answer.ACCEPTED}),
    ([row("a", 1), row("b", 5)], [frame(6)], {"a": Answer.NONE, "b": Answer.UNCLEAR}),  # it may be the first one's
    ([row("a", 1), row("b", 5)], [frame(2)], {"a": Answer.ACCEPTED, "b": Answer.NONE}),
    ([row("a", 1), row("b", 5, number="A2")], [frame(6, number="A2")], {"a": Answer.NONE, "b": Answer.ACCEPTED}),
    ([row("a", 1), row("b", 5, "COMPLETE_TRIP_AND_SHIPMENTS")], [frame(6)], {"a": Answer.ACCEPTED, "b": Answer.NONE}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "came", "said"), CASES)
def test_only_what_can_be_no_others_answer_counts(asked, came, said) -> None:
    assert {name: one.answer for name, one in answers(asked, came).items()} == said


def test_what_never_went_out_or_cannot_be_read_has_no_answer() -> None:
    unsent = row("a", 1)._replace(attempts=0, claimed_at=None, state=OutboxState.READY)
    assert answers([unsent], [frame(2)]) == {}
    broken = frame(2)._replace(body=b'{"data": "ACE_RESPONSE"')
    assert answers([row("a", 1)], [broken])["a"].answer is Answer.NONE
    assert answers([row("a", 1)], [frame(2)])["a"].frame == frame(2).id
