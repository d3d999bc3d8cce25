"""The inbox: every message received, in words, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.documents import JSON, MISSING, Missing
from desktop.domain.lifecycle import Category
from desktop.services.changes import Changes
from desktop.services.views import Concern, InboxCard, InboxFilter, InboxMessage, MarkedAll, PutOff, Subject
from desktop.store import Store
from desktop.store.inbox_list import Asked
from desktop.store.records import InboxItem

if TYPE_CHECKING:
    from desktop.services.lookups import Lookups

_LONGEST_THREAD = 2_000


class Inbox:
    """What was received. Nothing here can be deleted."""

    def __init__(self, store: Store, changes: Changes, lookups: Callable[[], Lookups] | None = None) -> None:
        self._store = store
        self._lookups = lookups
        self._changes = changes

    async def cards(self, wanted: InboxFilter, *, before: str | None = None, limit: int = 100) -> list[InboxCard]:
        """Return messages, newest first, older than the card `before`."""
        found = await self._store.inbox.cards(
            category=wanted.category,
            company=wanted.company,
            regime=wanted.regime,
            unread_only=wanted.unread_only,
            is_pinned=wanted.is_pinned,
            is_snoozed=wanted.is_snoozed,
            since=wanted.since,
            until=wanted.until,
            search=wanted.search,
            trip=wanted.trip_id,
            is_grouped=wanted.is_grouped,
            before=before,
            limit=limit,
        )
        return [card_of(item) for item in found]

    async def message(self, card_id: str) -> InboxMessage:
        """Return one message explained: what happened, what it concerns, what to do, and the raw frame.

        Raises:
            NotFound: there is no such message.
        """
        from desktop.services.explaining import Explaining

        message = await Explaining(self._store, self._lookups).message(card_id)
        if message.card.trip_id is not None and not (await self._store.bearing.message(card_id)).is_chosen:
            return message
        from desktop.services.belonging import candidates_of

        fitting = await candidates_of(self._store, card_id)
        return replace(message, candidates=tuple(Concern(trip.number, "", trip.id, "") for trip in fitting))

    async def assign(self, card_id: str, trip_id: str | None) -> str | None:
        """Keep which trip a person says a message belongs to; None lets its numbers decide again.

        Returns:
            The trip chosen before, None where nobody had chosen: given back to this, it is undone.

        Raises:
            NotFound: there is no such message or trip.
        """
        from desktop.services.belonging import assign

        before, concerned = await assign(self._store, card_id, trip_id)
        self._changes.announce(Subject.INBOX, [card_id])
        if concerned:
            self._changes.announce(Subject.TRIP, concerned)
        return before

    async def unread_counts(self, company: str | None = None) -> dict[Category, int]:
        """Return how many messages of each category are unread."""
        return await self._store.inbox.unread_counts(company)

    async def kept(self, company: str | None = None) -> tuple[int, int]:
        """Return how many messages are pinned, and how many are put off until later."""
        return await self._store.handling.kept(company)

    async def thread(self, trip_id: str) -> list[InboxCard]:
        """Return the messages of a trip, newest first; those put off, too."""
        return await self.cards(InboxFilter(trip_id=trip_id), limit=_LONGEST_THREAD)

    async def mark_read(
        self, ids: Iterable[str], is_read: bool = True, initiator: object | None = None
    ) -> frozenset[str]:
        """Mark messages as read, or as unread again; return the ids of those that were not so before."""
        return self._changed(await self._store.handling.mark_read(list(ids), is_read), initiator)

    async def pin(self, ids: Iterable[str], is_pinned: bool = True) -> frozenset[str]:
        """Pin messages or let go of them; return the ids of those that were not so before."""
        return self._changed(await self._store.handling.pin(list(ids), is_pinned))

    async def snooze(self, ids: Iterable[str], until: datetime) -> tuple[PutOff, ...]:
        """Put messages off: they leave the lists, and come back at `until` on top and unread.

        Returns:
            How they stood before, for `put_back`.
        """
        before = await self._store.handling.snooze(list(ids), until)
        self._changed([row[0] for row in before])
        return tuple(PutOff(*row) for row in before)

    async def put_back(self, before: Iterable[PutOff]) -> None:
        """Bring back how messages stood before they were put off."""
        rows = [(one.id, one.until, one.read_at) for one in before]
        await self._store.handling.put_back(rows)
        self._changed([row[0] for row in rows])

    async def next_return(self) -> datetime | None:
        """Return when the next message that was put off comes back; None where none will."""
        return await self._store.handling.next_return()

    async def mark_all(self, wanted: InboxFilter) -> MarkedAll:
        """Mark every message of a list read, also those not shown yet."""
        asked = Asked(
            *(wanted.category, wanted.company, wanted.regime, True, wanted.is_pinned, wanted.is_snoozed),
            *(wanted.since, wanted.until, wanted.trip_id),
        )
        count, at = await self._store.handling.mark_all(asked, wanted.search)
        if count:
            self._changes.announce(Subject.INBOX, [])
        return MarkedAll(count, at)

    async def unmark_all(self, marked: MarkedAll) -> None:
        """Make unread again what `mark_all` marked."""
        await self._store.handling.unmark_all(marked.at)
        self._changes.announce(Subject.INBOX, [])

    def _changed(self, ids: Sequence[str], initiator: object | None = None) -> frozenset[str]:
        if ids:
            self._changes.announce(Subject.INBOX, ids, initiator)
        return frozenset(ids)


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
        is_pinned=item.pinned_at is not None,
        snoozed_until=item.snoozed_until,
        thread=item.thread,
        thread_unread=item.thread_unread,
    )


def value_of(body: bytes) -> JSON | Missing:
    """Return the JSON value of a frame; MISSING for a frame that is no JSON."""
    from desktop.protocol.strict_json import UnreadableJSON, read

    try:
        return read(body)
    except UnreadableJSON:
        return MISSING
