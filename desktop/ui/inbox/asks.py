"""What the inbox asks of the program below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from desktop.domain.lifecycle import Category
from desktop.services.views import InboxCard, InboxFilter, InboxMessage, MarkedAll, PutOff


class Inbox(Protocol):
    """What was received."""

    async def cards(self, wanted: InboxFilter, /, *, before: str | None = None, limit: int = 100) -> list[InboxCard]:
        """Return messages, newest first, older than the card `before`."""
        ...

    async def message(self, card_id: str) -> InboxMessage:
        """Return one message explained."""
        ...

    async def assign(self, card_id: str, trip_id: str | None) -> str | None:
        """Keep which trip a message belongs to; return what was chosen before, to take it back."""
        ...

    async def unread_counts(self, company: str | None = None) -> dict[Category, int]:
        """Return how many are unread in each category."""
        ...

    async def kept(self, company: str | None = None) -> tuple[int, int]:
        """Return how many are pinned, and how many are put off until later."""
        ...

    async def thread(self, trip_id: str) -> list[InboxCard]:
        """Return the messages of a trip, newest first."""
        ...

    async def mark_read(
        self, ids: Iterable[str], is_read: bool = True, initiator: object | None = None
    ) -> frozenset[str]:
        """Mark messages as read, or as unread again; return those that were not so before."""
        ...

    async def pin(self, ids: Iterable[str], is_pinned: bool = True) -> frozenset[str]:
        """Pin messages or let go of them; return those that were not so before."""
        ...

    async def snooze(self, ids: Iterable[str], until: datetime) -> tuple[PutOff, ...]:
        """Put messages off until later; return how they stood before."""
        ...

    async def put_back(self, before: Iterable[PutOff]) -> None:
        """Bring back how messages stood before they were put off."""
        ...

    async def next_return(self) -> datetime | None:
        """Return when the next message that was put off comes back."""
        ...

    async def mark_all(self, wanted: InboxFilter, /) -> MarkedAll:
        """Mark every message of a list read."""
        ...

    async def unmark_all(self, marked: MarkedAll, /) -> None:
        """Make unread again what `mark_all` marked."""
        ...
