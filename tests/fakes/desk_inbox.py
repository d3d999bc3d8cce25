"""The inbox in memory, for tests of the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.lifecycle import Category
from desktop.errors import NotFound
from desktop.services.views import InboxCard, InboxFilter, InboxMessage, MarkedAll, PutOff, Subject
from fakes import desk_sample as sample

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeInbox:
    """Cards by keyset, newest first; one that was put off stands where it comes back."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.messages: dict[str, InboxMessage] = {}
        self._marked: dict[datetime, set[str]] = {}

    def _is_away(self, card: InboxCard) -> bool:
        return card.snoozed_until is not None and card.snoozed_until > self._desk.clock.now()

    def _is_wanted(self, card: InboxCard, wanted: InboxFilter) -> bool:
        said = f" {card.title} {card.text} {card.trip} {card.shipment}".lower().replace("\n", " ")
        return (
            (wanted.category is None or card.category is wanted.category)
            and (wanted.company is None or card.company == wanted.company)
            and (wanted.regime is None or card.regime is wanted.regime)
            and (not wanted.unread_only or card.is_unread)
            and (not wanted.is_pinned or card.is_pinned)
            and (wanted.is_snoozed is None or wanted.is_snoozed is self._is_away(card))
            and (wanted.since is None or card.received_at >= wanted.since)
            and (wanted.until is None or card.received_at < wanted.until)
            and (wanted.trip_id is None or card.trip_id == wanted.trip_id)
            and all(f" {word}" in said or f"{word} " in f"{said} " for word in wanted.search.lower().split())
        )

    @staticmethod
    def _place(card: InboxCard) -> tuple[datetime, str]:
        return (card.snoozed_until or card.received_at, card.id)

    def _matching(self, wanted: InboxFilter) -> list[InboxCard]:
        found = [card for card in self._desk.all_cards if self._is_wanted(card, wanted)]
        found.sort(key=self._place, reverse=True)
        if not wanted.is_grouped or wanted.search:
            return found
        heads: dict[str, InboxCard] = {}
        for card in found:
            heads.setdefault(card.trip_id or card.id, card)
        return [self._with_thread(card) for card in heads.values()]

    def _with_thread(self, card: InboxCard) -> InboxCard:
        others = [one for one in self._desk.all_cards if card.trip_id is not None and one.trip_id == card.trip_id]
        return replace(card, thread=len(others), thread_unread=sum(one.is_unread for one in others))

    async def cards(self, wanted: InboxFilter, *, before: str | None = None, limit: int = 100) -> list[InboxCard]:
        self._desk.calls.append(("cards", wanted, before, limit))
        found = self._matching(wanted)
        if before is not None:
            last = next(self._place(card) for card in self._desk.all_cards if card.id == before)
            found = [card for card in found if self._place(card) < last]
        return found[:limit]

    async def kept(self, company: str | None = None) -> tuple[int, int]:
        mine = [card for card in self._desk.all_cards if company in {None, card.company}]
        pinned = [card for card in mine if card.is_pinned and not self._is_away(card)]
        return len(pinned), sum(self._is_away(card) for card in mine)

    async def thread(self, trip_id: str) -> list[InboxCard]:
        return self._matching(InboxFilter(trip_id=trip_id))

    async def message(self, card_id: str) -> InboxMessage:
        self._desk.calls.append(("message", card_id))
        for card in self._desk.all_cards:
            if card.id == card_id:
                if card_id in self.messages:
                    return replace(self.messages[card_id], card=card)
                return sample.message(card)
        raise NotFound("store.message_not_found", message=card_id)

    async def assign(self, card_id: str, trip_id: str | None) -> str | None:
        self._desk.calls.append(("assign", card_id, trip_id))
        return None

    async def unread_counts(self, company: str | None = None) -> dict[Category, int]:
        return dict(
            Counter(
                card.category
                for card in self._desk.all_cards
                if card.is_unread and not self._is_away(card) and company in {None, card.company}
            )
        )

    async def mark_read(
        self, ids: Iterable[str], is_read: bool = True, initiator: object | None = None
    ) -> frozenset[str]:
        wanted = set(ids)
        self._desk.calls.append(("mark_read", frozenset(wanted), is_read))
        changed = {card.id for card in self._desk.all_cards if card.id in wanted and card.is_unread is is_read}
        self._change(changed, initiator, is_unread=not is_read)
        return frozenset(changed)

    async def pin(self, ids: Iterable[str], is_pinned: bool = True) -> frozenset[str]:
        wanted = set(ids)
        self._desk.calls.append(("pin", frozenset(wanted), is_pinned))
        changed = {card.id for card in self._desk.all_cards if card.id in wanted and card.is_pinned is not is_pinned}
        self._change(changed, is_pinned=is_pinned)
        return frozenset(changed)

    async def snooze(self, ids: Iterable[str], until: datetime) -> tuple[PutOff, ...]:
        wanted = set(ids)
        self._desk.calls.append(("snooze", frozenset(wanted), until))
        before = tuple(
            PutOff(card.id, card.snoozed_until, None if card.is_unread else card.received_at)
            for card in self._desk.all_cards
            if card.id in wanted
        )
        self._change(wanted, snoozed_until=until, is_unread=True)
        return before

    async def put_back(self, before: Iterable[PutOff]) -> None:
        for one in before:
            self._change({one.id}, snoozed_until=one.until, is_unread=one.read_at is None)

    async def next_return(self) -> datetime | None:
        away = [card.snoozed_until for card in self._desk.all_cards if self._is_away(card)]
        return min((moment for moment in away if moment is not None), default=None)

    async def mark_all(self, wanted: InboxFilter) -> MarkedAll:
        changed = {card.id for card in self._matching(replace(wanted, unread_only=True, is_grouped=False))}
        at = self._desk.clock.now()
        self._desk.calls.append(("mark_all", wanted))
        self._marked[at] = changed
        self._change(changed, is_unread=False)
        return MarkedAll(len(changed), at)

    async def unmark_all(self, marked: MarkedAll) -> None:
        self._change(self._marked.pop(marked.at), is_unread=True)

    def _change(self, ids: Iterable[str], initiator: object | None = None, **changed: object) -> None:
        wanted = set(ids)
        self._desk.all_cards = [
            replace(card, **changed) if card.id in wanted else card for card in self._desk.all_cards
        ]
        if wanted:
            self._desk.say(Subject.INBOX, *wanted, initiator=initiator)
