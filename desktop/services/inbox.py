"""The inbox: every message received, in words, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.domain.documents import JSON, MISSING, Missing
from desktop.domain.lifecycle import Category
from desktop.services.changes import Changes
from desktop.services.views import Concern, InboxCard, InboxFilter, InboxMessage, Subject
from desktop.store import Store
from desktop.store.records import InboxItem
from desktop.texts import text

if TYPE_CHECKING:
    from desktop.crossing.news import Objection


class Inbox:
    """What was received. Nothing here can be deleted."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes

    async def cards(self, wanted: InboxFilter, *, before: str | None = None, limit: int = 100) -> list[InboxCard]:
        """Return messages, newest first, older than the card `before`."""
        found = await self._store.inbox.cards(
            category=wanted.category,
            company=wanted.company,
            unread_only=wanted.unread_only,
            search=wanted.search,
            trip=wanted.trip_id,
            before=before,
            limit=limit,
        )
        return [card_of(item) for item in found]

    async def message(self, card_id: str) -> InboxMessage:
        """Return one message explained: what happened, what it concerns, what to do, and the raw frame.

        Raises:
            NotFound: there is no such message.
        """
        from desktop.crossing.explain import explain

        item = await self._store.inbox.get(card_id)
        frame = await self._store.frames.get(item.frame)
        value = value_of(frame.body)
        explained = explain(value)
        return InboxMessage(
            card=card_of(item),
            happened=explained.happened,
            concerns=await self._concerns(item, explained.objections),
            to_do=tuple(text(key) for key in explained.to_do),
            times=explained.times,
            raw=frame.body.decode("utf-8", "backslashreplace"),
            raw_size=frame.size,
        )

    async def _concerns(self, item: InboxItem, objections: Sequence[Objection]) -> tuple[Concern, ...]:
        if item.trip is None:
            return ()
        from desktop.crossing.objection import located
        from desktop.services.belonging import control_numbers
        from desktop.validation import place

        trip = await self._store.trips.get(item.trip)
        numbers = control_numbers(trip.document)
        paths = [located(one, trip.regime, numbers, item.received_at, str(item.frame)).path for one in objections]
        found = [
            Concern(trip.number, place(trip.document, path, trip.regime), trip.id, path)
            for path in dict.fromkeys(paths)
            if path
        ]
        return tuple(found) or (Concern(trip.number, "", trip.id, ""),)

    async def unread_counts(self, company: str | None = None) -> dict[Category, int]:
        """Return how many messages of each category are unread."""
        return await self._store.inbox.unread_counts(company)

    async def mark_read(self, ids: Iterable[str], is_read: bool = True, initiator: object | None = None) -> None:
        """Mark messages as read, or as unread again."""
        changed = await self._store.inbox.mark_read(list(ids), is_read)
        if changed:
            self._changes.announce(Subject.INBOX, changed, initiator)


def card_of(item: InboxItem) -> InboxCard:
    """Return the card of a stored message."""
    return InboxCard(
        id=item.id,
        received_at=item.received_at,
        kind=item.kind,
        category=item.category,
        company=item.company,
        regime=item.regime,
        trip=item.trip_number,
        trip_id=item.trip,
        shipment=item.control_number,
        title=item.title,
        text=item.text,
        sign=item.sign,
        is_unread=item.read_at is None,
        repeats=item.repeats,
    )


def value_of(body: bytes) -> JSON | Missing:
    """Return the JSON value of a frame; MISSING for a frame that is no JSON."""
    from desktop.protocol.strict_json import UnreadableJSON, read

    try:
        return read(body)
    except UnreadableJSON:
        return MISSING
