"""What customs answered to one request: read from the stored frames, and never from an ambiguous one.

It decides whether the next step of a plan may go (domain 4.8, 5.6: "wait until customs accepted the cancellation"), so
it takes for an answer only what can be no other's: of this trip and this type of request, received after this request
went out and before the next one like it, and only where every earlier one like it had its answer before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.crossing.meaning import What
from desktop.crossing.news import canonical
from desktop.crossing.news import read as news_of
from desktop.protocol.kinds import ACE_RESPONSE, ACI_RESPONSE, kind_of, unwrapped
from desktop.protocol.strict_json import UnreadableJSON, read
from desktop.services.standing import may_be_out
from desktop.store import Store
from desktop.store.records import Frame, OutboxRow

_SPOKE: Final = frozenset({What.ACCEPTED, What.ACCEPTED_NONE, What.REFUSED, What.NOT_UNDERSTOOD})


class Answer(StrEnum):
    """What is known of customs' answer to a request."""

    NONE = "none"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer and the stored frame it stands in; 0 where there is none."""

    answer: Answer
    frame: int = 0


@dataclass(frozen=True, slots=True)
class _Word:
    what: What
    request: str
    at: datetime
    frame: int


NOTHING: Final = Said(Answer.NONE)


async def answer_to(store: Store, row: OutboxRow) -> Said:
    """Return what customs answered to the request of a row; nothing where it never went out."""
    if row.trip is None:
        return NOTHING
    rows = await store.outbox.for_trip(row.trip)
    frames = await store.frames.of_trip(row.trip)
    return answers(rows, frames).get(row.id, NOTHING)


def answers(rows: Sequence[OutboxRow], frames: Sequence[Frame]) -> dict[str, Said]:
    """Return what customs answered to each request of a trip, by the row's id.

    Args:
        rows: every attempt of the trip, oldest first.
        frames: its frames, one of each set of equal ones, each with its first receipt.
    """
    asked = [row for row in rows if _asks(row) and may_be_out(row) and row.claimed_at is not None]
    if not asked:
        return {}
    words: dict[str, list[_Word]] = {}
    known: set[str] = set()
    for frame in frames:
        for number, word in _words(frame, known):
            words.setdefault(number, []).append(word)
    return {row.id: _answer(row, asked, words.get(row.number.casefold(), [])) for row in asked}


def _asks(row: OutboxRow) -> bool:
    return row.auto_send or (row.kind == "send_request" and row.data[:3] in {"ACE", "ACI"})


def _words(frame: Frame, known: set[str]) -> list[tuple[str, _Word]]:
    """Return what a frame says; nothing where it only repeats what is `known`, be it in another order of members."""
    try:
        value = unwrapped(read(frame.body))
    except UnreadableJSON:
        return []
    if kind_of(value) not in {ACE_RESPONSE, ACI_RESPONSE} or canonical(value) in known:
        return []
    known.add(canonical(value))
    news = news_of(value)
    if news is None or not news.trip:
        return []
    return [
        (news.trip.casefold(), _Word(fact.what, fact.request, frame.received_at, frame.id))
        for fact in news.facts
        if fact.what in _SPOKE and not fact.number and not (fact.what is What.NOT_UNDERSTOOD and fact.code)
    ]


def _answer(row: OutboxRow, asked: Sequence[OutboxRow], words: Sequence[_Word]) -> Said:
    alike = [one for one in asked if one.number.casefold() == row.number.casefold() and _is_like(one, row)]
    place = [one.id for one in alike].index(row.id)
    until = _claimed(alike[place + 1]) if place + 1 < len(alike) else None
    own = [word for word in words if word.request == row.operation or row.auto_send]
    nameless = [word for word in words if not word.request and not row.auto_send]
    mine = [word for word in own if word.at >= _claimed(row) and (until is None or word.at < until)]
    loose = [word for word in nameless if word.at >= _claimed(row) and (until is None or word.at < until)]
    if not mine:
        return Said(Answer.UNCLEAR, loose[0].frame) if loose else NOTHING
    if sum(word.at < _claimed(row) for word in own) < place:
        return Said(Answer.UNCLEAR, mine[0].frame)  # it may as well answer an earlier request like this one
    if all(word.what is What.ACCEPTED for word in mine):
        return Said(Answer.ACCEPTED, mine[-1].frame)
    if all(word.what is What.REFUSED for word in mine):
        return Said(Answer.REFUSED, mine[-1].frame)
    return Said(Answer.UNCLEAR, mine[-1].frame)


def _is_like(one: OutboxRow, row: OutboxRow) -> bool:
    return one.auto_send == row.auto_send and (row.auto_send or one.operation == row.operation)


def _claimed(row: OutboxRow) -> datetime:
    if row.claimed_at is None:
        raise ValueError(row.id)
    return row.claimed_at
