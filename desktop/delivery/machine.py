"""Decides what an event does to one attempt; every arrow of reliability 3 and no other.

Never a blind resend: after bytes may have gone out, a row becomes READY again only on proof that they did not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from desktop.delivery.attempt import (
    Answered,
    Attempt,
    Choice,
    Claimed,
    CustomsAnswered,
    Decided,
    Event,
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
from desktop.domain.lifecycle import Delivery, OutboxState

S = OutboxState

ANSWER_LIMIT_S: Final = 60.0
"""Seconds the gateway has to answer before an upload is "not sure" and a send request frees the line."""

CUSTOMS_LIMIT_S: Final = 15 * 60.0
"""Seconds a message that was handed over or queued may stay "sending" without another word."""

MAX_TRIES: Final = 3
_PROBE_LINK_S: Final = 60.0
_PROBE_AGE_S: Final = 120.0
_PROBE_WINDOW_S: Final = 30 * 60.0
_PROBE_ETA: Final = timedelta(minutes=70)


class Action(StrEnum):
    """What the courier does after the step is committed."""

    WRITE = "write"
    TELL = "tell"
    MAKE_UPDATE = "make_update"
    MAKE_DRAFT = "make_draft"


@dataclass(frozen=True, slots=True)
class Step:
    """What an event comes to.

    Attributes:
        state: where the row stands now.
        cause: short fixed word for the delivery log; empty where the event changes nothing.
        actions: what to do once the state is committed.
    """

    state: OutboxState
    cause: str = ""
    actions: tuple[Action, ...] = ()


OPEN: Final = frozenset({S.IN_FLIGHT, S.ACCEPTED_PENDING, S.UNCERTAIN, S.DUP_SUSPECT})
"""States in which bytes may be out and an answer may still come."""

SETTLED: Final = frozenset({S.ACKED, S.PARTIAL, S.REJECTED, S.CANCELLED})
"""States in which nothing more is expected."""


def step(row: Attempt, event: Event, now: float) -> Step:
    """Return what an event does to an attempt; the same state and no cause where it does nothing.

    Args:
        row: the attempt as committed.
        event: what happened.
        now: monotonic seconds.
    """
    return _RULES[type(event)](row, event, now)


def after(row: Attempt, event: Event, done: Step, *, now: float, wall: datetime) -> Attempt:
    """Return the attempt as it is after a step, for the one transaction that records it.

    Args:
        row: the attempt before.
        event: what happened.
        done: what `step` said.
        now: monotonic seconds.
        wall: the time (UTC), recorded and never compared with `now`.
    """
    changed = replace(row, state=done.state, since=now if done.state is not row.state else row.since)
    if Action.WRITE in done.actions:
        return replace(changed, tries=row.tries + 1, was_written=True, written_at=wall)
    if isinstance(event, NotWritten) and row.state is S.IN_FLIGHT:
        return replace(changed, tries=row.tries - 1, was_written=row.tries > 1)
    if isinstance(event, Answered) and done.cause:
        return replace(changed, was_quoted=event.quotes_us)
    return changed


def _stay(row: Attempt, cause: str = "", *actions: Action) -> Step:
    return Step(row.state, cause, actions)


def _frozen(row: Attempt, _event: Frozen, _now: float) -> Step:
    return Step(S.READY, "frozen") if row.state is S.DRAFT else _stay(row)


def _held(row: Attempt, _event: Held, _now: float) -> Step:
    return Step(S.HELD, "held") if row.state is S.READY else _stay(row)


def _released(row: Attempt, _event: Released, _now: float) -> Step:
    return Step(S.READY, "released") if row.state is S.HELD else _stay(row)


def _overtaken(row: Attempt, _event: Overtaken, _now: float) -> Step:
    return Step(S.CANCELLED, "overtaken") if row.state in {S.DRAFT, S.READY, S.HELD} else _stay(row)


def _claimed(row: Attempt, _event: Claimed, _now: float) -> Step:
    return Step(S.IN_FLIGHT, "claimed", (Action.WRITE,)) if row.state is S.READY else _stay(row)


def _not_written(row: Attempt, _event: NotWritten, _now: float) -> Step:
    if row.state is not S.IN_FLIGHT:
        return _stay(row)
    # A repeat that was not written leaves the doubt about the first bytes where it was.
    return Step(S.READY, "not_written") if row.tries <= 1 else Step(S.UNCERTAIN, "probe_not_written")


def _link_lost(row: Attempt, _event: LinkLost, now: float) -> Step:
    if row.state is not S.IN_FLIGHT:
        return _stay(row)
    if row.way is Way.SEND_REQUEST and now - row.since >= ANSWER_LIMIT_S:
        return _stay(row)  # the link lived on after the bytes, so they arrived; customs has its 15 minutes
    return Step(S.UNCERTAIN, "link_lost", (Action.TELL,))


def _owner_gone(row: Attempt, _event: OwnerGone, _now: float) -> Step:
    return Step(S.UNCERTAIN, "owner_gone", (Action.TELL,)) if row.state is S.IN_FLIGHT else _stay(row)


def _ticked(row: Attempt, _event: Ticked, now: float) -> Step:
    age_s = now - row.since
    if row.state is S.IN_FLIGHT:
        limit_s = ANSWER_LIMIT_S if row.way is Way.UPLOAD else CUSTOMS_LIMIT_S
        if age_s >= limit_s:
            return Step(S.UNCERTAIN, "no_answer", (Action.TELL,))
    if row.state is S.ACCEPTED_PENDING and age_s >= CUSTOMS_LIMIT_S:
        return Step(S.UNCERTAIN, "queued_no_answer", (Action.TELL,))
    return _stay(row)


def _answered(row: Attempt, event: Answered, _now: float) -> Step:
    if row.state is S.DRAFT or (row.state in {S.READY, S.HELD, S.CANCELLED} and not event.quotes_us):
        return _stay(row)  # such a row is answered only where its own id is quoted: a copy elsewhere sent it
    if row.state is S.CONFLICT:
        return _stay(row)
    if event.verb is Verb.UNKNOWN:
        return _stay(row, "status_unknown", Action.TELL)
    return _ANSWERS[event.verb](row, event)


def _taken(row: Attempt, event: Answered) -> Step:
    if row.state in {S.ACKED, S.PARTIAL}:
        return _stay(row)
    if row.state is S.REJECTED:
        return Step(S.CONFLICT, "contradiction", (Action.TELL,)) if event.quotes_us else _stay(row)
    return Step(S.ACKED, "taken", (Action.TELL,))


def _queued(row: Attempt, _event: Answered) -> Step:
    if row.state in {S.ACKED, S.PARTIAL, S.REJECTED, S.ACCEPTED_PENDING, S.DUP_SUSPECT}:
        return _stay(row)
    return Step(S.ACCEPTED_PENDING, "queued")


def _problems(row: Attempt, event: Answered) -> Step:
    if row.state is S.PARTIAL:
        return _stay(row)
    if row.state in {S.ACKED, S.REJECTED}:
        return Step(S.CONFLICT, "contradiction", (Action.TELL,)) if event.quotes_us else _stay(row)
    return Step(S.PARTIAL, "taken_with_problems", (Action.TELL,))


def _refused(row: Attempt, event: Answered) -> Step:
    is_echo_of_probe = event.says_used and row.tries > 1
    if row.state is S.REJECTED:
        return _stay(row)
    if row.state in {S.ACKED, S.PARTIAL}:
        if is_echo_of_probe or not event.quotes_us:
            return _stay(row)
        return Step(S.CONFLICT, "contradiction", (Action.TELL,))
    if is_echo_of_probe:
        # The first bytes left IN_FLIGHT after being written, and nothing else ever used this number.
        is_proof = row.is_number_ours and row.is_first_create and row.was_written and event.names_us
        if is_proof:
            return Step(S.ACKED, "first_try_arrived", (Action.TELL,))
        return Step(S.DUP_SUSPECT, "already_used", (Action.TELL,))
    return Step(S.REJECTED, "refused", (Action.TELL,))


def _customs_answered(row: Attempt, _event: CustomsAnswered, _now: float) -> Step:
    return Step(S.ACKED, "customs_answered", (Action.TELL,)) if row.state in OPEN else _stay(row)


def _probed(row: Attempt, event: Probed, now: float) -> Step:
    if row.state is S.UNCERTAIN and not why_not_probe(row, event, now):
        return Step(S.IN_FLIGHT, "probe", (Action.WRITE,))
    return _stay(row)


def why_not_probe(row: Attempt, event: Probed, now: float) -> str:
    """Return why the same bytes must not go out again, as a short fixed word; empty where they may (3.1.7, 3.2)."""
    age_s = now - row.since
    refusals = (
        ("off", not event.is_allowed),
        ("kind", row.way is Way.SEND_REQUEST or row.operation not in {"CREATE", "UPDATE"}),
        ("number", row.operation == "CREATE" and not row.is_number_ours),
        ("taken_before", row.operation == "CREATE" and not row.is_first_create),
        ("edited", not row.is_newest),
        ("copy", row.is_copy),
        ("tries", row.tries >= MAX_TRIES),
        ("eta", row.auto_send and _is_late(row, event.wall)),
        ("young", age_s < _PROBE_AGE_S or event.link_up_s < _PROBE_LINK_S),
        ("old", age_s > _PROBE_WINDOW_S),
    )
    return next((word for word, is_so in refusals if is_so), "")


def _is_late(row: Attempt, wall: datetime) -> bool:
    return row.eta is None or wall > row.eta - _PROBE_ETA


def _decided(row: Attempt, event: Decided, _now: float) -> Step:
    if row.state in {S.DRAFT, S.READY, S.HELD} and event.choice is Choice.GIVE_UP:
        return Step(S.CANCELLED, "given_up")
    if row.state not in {S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT}:
        return _stay(row)
    if event.choice is Choice.IT_ARRIVED:
        return Step(S.ACKED, "user_says_arrived")
    if event.choice is Choice.SEND_AS_UPDATE:
        return Step(S.CANCELLED, "sent_as_update", (Action.MAKE_UPDATE,))
    if event.choice is Choice.NEW_NUMBER:
        return Step(S.CANCELLED, "new_number", (Action.MAKE_DRAFT,))
    return Step(S.CANCELLED, "given_up")


_ANSWERS: Final = {
    Verb.TAKEN: _taken,
    Verb.QUEUED: _queued,
    Verb.PROBLEMS: _problems,
    Verb.REFUSED: _refused,
}

_RULES: Final[dict[type, Callable[[Attempt, Any, float], Step]]] = {
    Frozen: _frozen,
    Held: _held,
    Released: _released,
    Overtaken: _overtaken,
    Claimed: _claimed,
    NotWritten: _not_written,
    LinkLost: _link_lost,
    OwnerGone: _owner_gone,
    Ticked: _ticked,
    Answered: _answered,
    CustomsAnswered: _customs_answered,
    Probed: _probed,
    Decided: _decided,
}


def holds_line(row: Attempt, now: float) -> bool:
    """Tell whether an attempt keeps other messages of its connection waiting (reliability 3.1.3, 3.1.5).

    A QUEUED frees the line only if it quoted our `sendId`; else the line waits for the next answer or 60 s.
    """
    is_young = now - row.since < ANSWER_LIMIT_S
    if row.state is S.IN_FLIGHT:
        return row.way is Way.UPLOAD or is_young
    return row.state is S.ACCEPTED_PENDING and not row.was_quoted and is_young


def blocks_trip(row: Attempt) -> bool:
    """Tell whether an attempt keeps later messages of its own trip back: it is open, in doubt or not gone yet."""
    return row.state not in SETTLED


def next_to_claim(rows: Sequence[Attempt], now: float) -> Attempt | None:
    """Return the first READY attempt that may go out now, of one connection's rows in their order.

    At most one message is on the line; nothing goes out for a trip whose earlier message is not settled; and a send
    request goes only after its upload was taken.
    """
    if any(holds_line(row, now) for row in rows):
        return None
    blocked: set[str] = set()
    not_taken: set[str] = set()
    for row in rows:
        names = {row.trip_number, *row.numbers} - {""}
        is_waiting = row.way is Way.SEND_REQUEST and row.trip_number in not_taken
        if row.state is S.READY and not names & blocked and not is_waiting:
            return row
        if blocks_trip(row):
            blocked |= names
        elif row.way is Way.UPLOAD and row.state is S.ACKED:
            not_taken.discard(row.trip_number)
        elif row.way is Way.UPLOAD:
            not_taken.add(row.trip_number)
    return None


_WORDS: Final = {
    S.DRAFT: Delivery.NOT_SENT,
    S.READY: Delivery.NOT_SENT,
    S.HELD: Delivery.NOT_SENT,
    S.IN_FLIGHT: Delivery.SENDING,
    S.ACCEPTED_PENDING: Delivery.SENDING,
    S.ACKED: Delivery.DELIVERED,
    S.PARTIAL: Delivery.DELIVERED_WITH_PROBLEMS,
    S.REJECTED: Delivery.REFUSED,
    S.UNCERTAIN: Delivery.NOT_SURE,
    S.DUP_SUSPECT: Delivery.NOT_SURE,
    S.CONFLICT: Delivery.NOT_SURE,
}

_WORST_FIRST: Final = (
    Delivery.NOT_SURE,
    Delivery.REFUSED,
    Delivery.DELIVERED_WITH_PROBLEMS,
    Delivery.SENDING,
    Delivery.NOT_SENT,
    Delivery.DELIVERED,
)


def user_word(rows: Iterable[tuple[OutboxState, bool]]) -> Delivery:
    """Return what the user is told of the newest version's rows: the worst of them (product, output shapes).

    Args:
        rows: state of each row, and whether any byte of it may have gone out. None at all is "not sent".
    """
    words = {_word(state, was_written) for state, was_written in rows}
    return next((word for word in _WORST_FIRST if word in words), Delivery.NOT_SENT)


def _word(state: OutboxState, was_written: bool) -> Delivery:
    if state is S.CANCELLED:
        return Delivery.NOT_SURE if was_written else Delivery.NOT_SENT
    return _WORDS[state]
