"""Every arrow of the delivery machine, and the promises that hold whatever happens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.delivery.attempt import (
    Answered,
    Attempt,
    Choice,
    Claimed,
    CustomsAnswered,
    Decided,
    Frozen,
    Held,
    LinkLost,
    NotWritten,
    Overtaken,
    OwnerGone,
    Probed,
    Released,
    Ticked,
    Verb,
    Way,
)
from desktop.delivery.machine import Action, after, holds_line, next_to_claim, step, user_word, why_not_probe
from desktop.domain.lifecycle import Delivery, OutboxState

WALL = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
S = OutboxState


def row(state, **values):
    defaults = {"id": "r1", "send_id": "s1", "way": Way.UPLOAD, "operation": "CREATE", "trip_number": "AAAA123457A"}
    if state not in {S.DRAFT, S.READY, S.HELD}:
        defaults |= {"tries": 1, "was_written": True, "written_at": WALL}
    return Attempt(**{**defaults, "state": state, **values})


def answer(verb, **values):
    return Answered(verb, quotes_us=values.pop("quotes_us", True), **values)


REQUEST = {"way": Way.SEND_REQUEST, "operation": "ORIGINAL"}
ARROWS = [
    (S.DRAFT, {}, Frozen(), 0, S.READY),
    (S.READY, {}, Frozen(), 0, S.READY),
    (S.READY, {}, Held(), 0, S.HELD),
    (S.IN_FLIGHT, {}, Held(), 0, S.IN_FLIGHT),
    (S.HELD, {}, Released(), 0, S.READY),
    (S.UNCERTAIN, {}, Released(), 0, S.UNCERTAIN),
    (S.READY, {}, Claimed(), 0, S.IN_FLIGHT),
    (S.HELD, {}, Claimed(), 0, S.HELD),
    (S.READY, {}, Overtaken(), 0, S.CANCELLED),
    (S.DRAFT, {}, Overtaken(), 0, S.CANCELLED),
    (S.IN_FLIGHT, {}, Overtaken(), 0, S.IN_FLIGHT),
    (S.IN_FLIGHT, {}, NotWritten(), 0, S.READY),
    (S.IN_FLIGHT, {"tries": 2}, NotWritten(), 0, S.UNCERTAIN),
    (S.UNCERTAIN, {}, NotWritten(), 0, S.UNCERTAIN),
    (S.IN_FLIGHT, {}, LinkLost(), 0, S.UNCERTAIN),
    (S.ACKED, {}, LinkLost(), 0, S.ACKED),
    (S.IN_FLIGHT, REQUEST, LinkLost(), 59, S.UNCERTAIN),
    (S.IN_FLIGHT, REQUEST, LinkLost(), 60, S.IN_FLIGHT),
    (S.IN_FLIGHT, REQUEST, OwnerGone(), 60, S.UNCERTAIN),
    (S.READY, {}, OwnerGone(), 0, S.READY),
    (S.IN_FLIGHT, {}, Ticked(), 59.9, S.IN_FLIGHT),
    (S.IN_FLIGHT, {}, Ticked(), 60, S.UNCERTAIN),
    (S.IN_FLIGHT, REQUEST, Ticked(), 899, S.IN_FLIGHT),
    (S.IN_FLIGHT, REQUEST, Ticked(), 900, S.UNCERTAIN),
    (S.ACCEPTED_PENDING, {}, Ticked(), 899, S.ACCEPTED_PENDING),
    (S.ACCEPTED_PENDING, {}, Ticked(), 900, S.UNCERTAIN),
    (S.ACKED, {}, Ticked(), 9e9, S.ACKED),
    (S.IN_FLIGHT, {}, answer(Verb.TAKEN), 0, S.ACKED),
    (S.ACCEPTED_PENDING, {}, answer(Verb.TAKEN), 0, S.ACKED),
    (S.UNCERTAIN, {}, answer(Verb.TAKEN), 9e9, S.ACKED),
    (S.DUP_SUSPECT, {}, answer(Verb.TAKEN), 0, S.ACKED),
    (S.HELD, {}, answer(Verb.TAKEN), 0, S.ACKED),
    (S.HELD, {}, answer(Verb.TAKEN, quotes_us=False), 0, S.HELD),
    (S.READY, {}, answer(Verb.TAKEN), 0, S.ACKED),
    (S.CANCELLED, {}, answer(Verb.TAKEN), 0, S.ACKED),
    (S.CANCELLED, {}, answer(Verb.TAKEN, quotes_us=False), 0, S.CANCELLED),
    (S.DRAFT, {}, answer(Verb.TAKEN), 0, S.DRAFT),
    (S.ACKED, {}, answer(Verb.TAKEN), 0, S.ACKED),
    (S.PARTIAL, {}, answer(Verb.TAKEN), 0, S.PARTIAL),
    (S.REJECTED, {}, answer(Verb.TAKEN), 0, S.CONFLICT),
    (S.REJECTED, {}, answer(Verb.TAKEN, quotes_us=False), 0, S.REJECTED),
    (S.IN_FLIGHT, {}, answer(Verb.QUEUED), 0, S.ACCEPTED_PENDING),
    (S.UNCERTAIN, {}, answer(Verb.QUEUED), 0, S.ACCEPTED_PENDING),
    (S.ACKED, {}, answer(Verb.QUEUED), 0, S.ACKED),
    (S.REJECTED, {}, answer(Verb.QUEUED), 0, S.REJECTED),
    (S.IN_FLIGHT, {}, answer(Verb.PROBLEMS), 0, S.PARTIAL),
    (S.PARTIAL, {}, answer(Verb.PROBLEMS), 0, S.PARTIAL),
    (S.ACKED, {}, answer(Verb.PROBLEMS), 0, S.CONFLICT),
    (S.ACKED, {}, answer(Verb.PROBLEMS, quotes_us=False), 0, S.ACKED),
    (S.IN_FLIGHT, {}, answer(Verb.REFUSED), 0, S.REJECTED),
    (S.UNCERTAIN, {}, answer(Verb.REFUSED), 0, S.REJECTED),
    (S.REJECTED, {}, answer(Verb.REFUSED), 0, S.REJECTED),
    (S.ACKED, {}, answer(Verb.REFUSED), 0, S.CONFLICT),
    (S.ACKED, {}, answer(Verb.REFUSED, quotes_us=False), 0, S.ACKED),
    (S.PARTIAL, {}, answer(Verb.REFUSED), 0, S.CONFLICT),
    (S.IN_FLIGHT, {}, answer(Verb.REFUSED, says_used=True), 0, S.REJECTED),
    (S.IN_FLIGHT, {"tries": 2}, answer(Verb.REFUSED, says_used=True, names_us=True), 0, S.DUP_SUSPECT),
    (S.IN_FLIGHT, {"tries": 2, "is_number_ours": True}, answer(Verb.REFUSED, says_used=True), 0, S.DUP_SUSPECT),
    (
        S.IN_FLIGHT,
        {"tries": 2, "is_number_ours": True},
        answer(Verb.REFUSED, says_used=True, names_us=True),
        0,
        S.ACKED,
    ),
    (S.ACKED, {"tries": 2}, answer(Verb.REFUSED, says_used=True), 0, S.ACKED),
    (S.CONFLICT, {}, answer(Verb.TAKEN), 0, S.CONFLICT),
    (S.IN_FLIGHT, {}, answer(Verb.UNKNOWN, status="SOMETHING_NEW"), 0, S.IN_FLIGHT),
    (S.UNCERTAIN, {}, CustomsAnswered(), 0, S.ACKED),
    (S.IN_FLIGHT, REQUEST, CustomsAnswered(), 0, S.ACKED),
    (S.REJECTED, {}, CustomsAnswered(), 0, S.REJECTED),
    (S.READY, {}, Decided(Choice.GIVE_UP), 0, S.CANCELLED),
    (S.READY, {}, Decided(Choice.IT_ARRIVED), 0, S.READY),
    (S.IN_FLIGHT, {}, Decided(Choice.GIVE_UP), 0, S.IN_FLIGHT),
    (S.UNCERTAIN, {}, Decided(Choice.IT_ARRIVED), 0, S.ACKED),
    (S.DUP_SUSPECT, {}, Decided(Choice.SEND_AS_UPDATE), 0, S.CANCELLED),
    (S.UNCERTAIN, {}, Decided(Choice.NEW_NUMBER), 0, S.CANCELLED),
    (S.CONFLICT, {}, Decided(Choice.GIVE_UP), 0, S.CANCELLED),
]


@pytest.mark.parametrize(("state", "values", "event", "now", "expected"), ARROWS)
def test_arrows(state, values, event, now, expected):
    done = step(row(state, **values), event, now)
    assert done.state is expected
    if done.state is not state:
        assert done.cause


def test_an_unknown_status_is_told_and_never_guessed():
    done = step(row(S.IN_FLIGHT), answer(Verb.UNKNOWN, status="SOMETHING_NEW"), 0)
    assert done.cause == "status_unknown"
    assert done.actions == (Action.TELL,)


def test_a_claim_writes_and_counts():
    claimed = after(row(S.READY), Claimed(), step(row(S.READY), Claimed(), 5), now=5, wall=WALL)
    assert (claimed.state, claimed.tries, claimed.was_written, claimed.written_at, claimed.since) == (
        S.IN_FLIGHT, 1, True, WALL, 5,
    )  # fmt: skip
    back = after(claimed, NotWritten(), step(claimed, NotWritten(), 6), now=6, wall=WALL)
    assert (back.state, back.tries, back.was_written) == (S.READY, 0, False)
    same = after(claimed, Ticked(), step(claimed, Ticked(), 7), now=7, wall=WALL)
    assert same == claimed


def test_user_decisions_ask_for_the_next_row():
    assert step(row(S.UNCERTAIN), Decided(Choice.SEND_AS_UPDATE), 0).actions == (Action.MAKE_UPDATE,)
    assert step(row(S.UNCERTAIN), Decided(Choice.NEW_NUMBER), 0).actions == (Action.MAKE_DRAFT,)


OURS = {"is_number_ours": True, "since": 0.0}
PROBE = Probed(WALL, link_up_s=60, is_allowed=True)
PROBES = [
    (OURS, PROBE, 120, ""),
    (OURS, replace(PROBE, is_allowed=False), 120, "off"),
    ({**OURS, **REQUEST}, PROBE, 120, "kind"),
    ({**OURS, "operation": "DELETE"}, PROBE, 120, "kind"),
    ({}, PROBE, 120, "number"),
    ({**OURS, "is_first_create": False}, PROBE, 120, "taken_before"),
    ({"operation": "UPDATE"}, PROBE, 120, ""),
    ({**OURS, "is_newest": False}, PROBE, 120, "edited"),
    ({**OURS, "is_copy": True}, PROBE, 120, "copy"),
    ({**OURS, "tries": 3}, PROBE, 120, "tries"),
    ({**OURS, "auto_send": True}, PROBE, 120, "eta"),
    ({**OURS, "auto_send": True, "eta": WALL + timedelta(minutes=69)}, PROBE, 120, "eta"),
    ({**OURS, "auto_send": True, "eta": WALL + timedelta(minutes=70)}, PROBE, 120, ""),
    (OURS, PROBE, 119, "young"),
    (OURS, replace(PROBE, link_up_s=59), 120, "young"),
    (OURS, PROBE, 1801, "old"),
]


@pytest.mark.parametrize(("values", "event", "now", "why"), PROBES)
def test_a_probe_only_where_it_is_proved_safe(values, event, now, why):
    doubtful = row(S.UNCERTAIN, **values)
    assert why_not_probe(doubtful, event, now) == why
    done = step(doubtful, event, now)
    assert (done.state is S.IN_FLIGHT) == (why == "")


def test_probes_are_off_unless_asked_for():
    assert step(row(S.UNCERTAIN, **OURS), Probed(WALL, link_up_s=9999), 200).state is S.UNCERTAIN
    assert step(row(S.DUP_SUSPECT, **OURS), PROBE, 200).state is S.DUP_SUSPECT


@pytest.mark.parametrize(
    ("state", "values", "now", "held"),
    [
        (S.IN_FLIGHT, {}, 59, True),
        (S.IN_FLIGHT, {}, 500, True),
        (S.IN_FLIGHT, REQUEST, 59, True),
        (S.IN_FLIGHT, REQUEST, 60, False),
        (S.ACCEPTED_PENDING, {}, 1, False),
        (S.ACCEPTED_PENDING, {"was_quoted": False}, 59, True),
        (S.ACCEPTED_PENDING, {"was_quoted": False}, 60, False),
        (S.UNCERTAIN, {}, 0, False),
        (S.READY, {}, 0, False),
    ],
)
def test_who_holds_the_line(state, values, now, held):
    assert holds_line(row(state, **values), now) is held


def rows_of(*states):
    made = []
    for number, (state, trip, way) in enumerate(states):
        made.append(row(state, id=f"r{number}", trip_number=trip, way=way))
    return made


U, R = Way.UPLOAD, Way.SEND_REQUEST


@pytest.mark.parametrize(
    ("states", "claimed"),
    [
        ([(S.READY, "A", U)], "r0"),
        ([(S.IN_FLIGHT, "A", U), (S.READY, "B", U)], None),
        ([(S.UNCERTAIN, "A", U), (S.READY, "A", U), (S.READY, "B", U)], "r2"),
        ([(S.DUP_SUSPECT, "A", U), (S.READY, "A", R)], None),
        ([(S.CONFLICT, "A", U), (S.READY, "A", R)], None),
        ([(S.ACCEPTED_PENDING, "A", U), (S.READY, "A", R), (S.READY, "B", U)], "r2"),
        ([(S.HELD, "A", U), (S.READY, "A", R)], None),
        ([(S.ACKED, "A", U), (S.READY, "A", R)], "r1"),
        ([(S.REJECTED, "A", U), (S.READY, "A", R)], None),
        ([(S.PARTIAL, "A", U), (S.READY, "A", R)], None),
        ([(S.REJECTED, "A", U), (S.READY, "A", U), (S.READY, "A", R)], "r1"),
        ([(S.REJECTED, "A", U), (S.ACKED, "A", U), (S.READY, "A", R)], "r2"),
        ([(S.REJECTED, "A", R), (S.READY, "A", R)], "r1"),
        ([(S.READY, "A", R)], "r0"),
        ([], None),
    ],
)
def test_the_next_message_on_the_line(states, claimed):
    found = next_to_claim(rows_of(*states), 0)
    assert (found.id if found else None) == claimed


def test_a_queued_answer_without_our_id_keeps_the_line():
    in_flight = row(S.IN_FLIGHT)
    event = answer(Verb.QUEUED, quotes_us=False)
    queued = after(in_flight, event, step(in_flight, event, 10), now=10, wall=WALL)
    assert holds_line(queued, 11)
    assert not holds_line(replace(queued, was_quoted=True), 11)


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], Delivery.NOT_SENT),
        ([(S.DRAFT, False)], Delivery.NOT_SENT),
        ([(S.READY, False)], Delivery.NOT_SENT),
        ([(S.HELD, False)], Delivery.NOT_SENT),
        ([(S.IN_FLIGHT, True)], Delivery.SENDING),
        ([(S.ACCEPTED_PENDING, True)], Delivery.SENDING),
        ([(S.ACKED, True)], Delivery.DELIVERED),
        ([(S.PARTIAL, True)], Delivery.DELIVERED_WITH_PROBLEMS),
        ([(S.REJECTED, True)], Delivery.REFUSED),
        ([(S.UNCERTAIN, True)], Delivery.NOT_SURE),
        ([(S.DUP_SUSPECT, True)], Delivery.NOT_SURE),
        ([(S.CONFLICT, True)], Delivery.NOT_SURE),
        ([(S.CANCELLED, False)], Delivery.NOT_SENT),
        ([(S.CANCELLED, True)], Delivery.NOT_SURE),
        ([(S.ACKED, True), (S.READY, False)], Delivery.NOT_SENT),
        ([(S.ACKED, True), (S.IN_FLIGHT, True)], Delivery.SENDING),
        ([(S.IN_FLIGHT, True), (S.PARTIAL, True)], Delivery.DELIVERED_WITH_PROBLEMS),
        ([(S.PARTIAL, True), (S.REJECTED, True)], Delivery.REFUSED),
        ([(S.REJECTED, True), (S.UNCERTAIN, True)], Delivery.NOT_SURE),
    ],
)
def test_what_the_user_is_told(rows, word):
    assert user_word(rows) is word
