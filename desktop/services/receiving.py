"""Takes in what the gateway sends: stored first, understood second, told third (reliability 4.1)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime

from desktop.crossing.cards import CardText, describe
from desktop.domain.documents import JSON, Missing, is_object
from desktop.domain.lifecycle import Category
from desktop.protocol.kinds import kind_of, text_at, unwrapped
from desktop.protocol.session import is_handshake
from desktop.services.belonging import trip_of_number, trip_of_shipments
from desktop.services.changes import Changes
from desktop.services.inbox import value_of
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.records import Company, InboxItem, NewFrame, NewInboxItem, Trip

_AT_ONCE = 500
_LARGE_BYTES = 128 * 1024

Apply = Callable[[JSON, int, datetime], Awaitable[None]]
Tell = Callable[[Sequence[InboxItem]], None]


class Receiving:
    """Turns frames into stored frames, and those into inbox items.

    Attributes:
        tell: hears of every batch of new items, for notifications.
    """

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes
        self.tell: Tell = lambda _: None

    async def frame(
        self,
        body: bytes,
        received_at: datetime,
        *,
        companies: Sequence[Company],
        connection: str,
        is_text: bool,
        apply: Apply,
    ) -> None:
        """Store one frame, then understand it, apply it to the outbox and put it into the inbox.

        Args:
            body: the frame as it came.
            received_at: our receipt (UTC), the clock that decides (domain T01).
            companies: whose connection it is; the frame's `companyKey` says which of several.
            connection: which connection.
            is_text: whether it came as a text frame.
            apply: what to do with it for the outbox, once it is stored.
        """
        (frame,) = await self._store.frames.append([NewFrame(companies[0].id, connection, received_at, body, is_text)])
        await self._understand(frame, body, companies, received_at, apply)

    async def catch_up(self, apply: Apply, companies: Collection[str] | None = None) -> None:
        """Understand frames that were stored when the program stopped before it had understood them.

        Args:
            apply: what to do with them for the outbox.
            companies: whose frames `apply` is for, where each connection has its own; None for everybody's.
        """
        await self._store.inbox.add([])  # behind whatever is still being written
        everybody = await self._store.companies.all()
        limit = _AT_ONCE
        while frames := await self._store.frames.not_understood(limit):
            mine = [frame for frame in frames if companies is None or frame.company in companies]
            for frame in mine:
                owner = await self._store.companies.by_id(frame.company)
                sharing = [one for one in everybody if one.address == owner.address and one.id != owner.id]
                await self._understand(frame.id, frame.body, [owner, *sharing], frame.received_at, apply)
            if not mine:
                if len(frames) < limit:
                    return
                limit *= 2  # those before are somebody else's

    async def _understand(
        self, frame: int, body: bytes, companies: Sequence[Company], received_at: datetime, apply: Apply
    ) -> None:
        """Apply a stored frame and put it into the inbox, last: after a stop in between all of it is done again."""
        value, card = await _read(body)
        plain: JSON = None if isinstance(value, Missing) else unwrapped(value)
        if is_handshake(plain):
            await self._store.inbox.add([], not_items=[frame])
            await self._store.link_log.add(companies[0].id, "handshake", "")
            return
        item = await self._item(frame, body, value, card, companies, received_at)
        await apply(plain, frame, received_at)
        items = await self._store.inbox.add([item])
        self._changes.announce(Subject.INBOX, [one.id for one in items])
        if items[0].trip is not None:
            self._changes.announce(Subject.TRIP, [items[0].trip])
        self.tell(items)

    async def _item(
        self,
        frame: int,
        body: bytes,
        value: JSON | Missing,
        card: CardText,
        companies: Sequence[Company],
        received_at: datetime,
    ) -> NewInboxItem:
        plain: JSON = None if isinstance(value, Missing) else unwrapped(value)
        company = named_company(plain, companies)
        trip: Trip | None = None
        if company is not None:
            trip = await self._trip(company.id, card) or await self._asked_for(plain, company, card)
        elif not _key_in(plain):
            company, trip = await self._owner(companies, card)
        return NewInboxItem(
            frame=frame,
            company=(company or companies[0]).id,
            received_at=received_at,
            kind=kind_of(plain),
            category=card.category if company is not None else Category.UNRECOGNISED,
            regime=card.regime,
            digest=hashlib.sha256(body).hexdigest(),
            title=card.title,
            text=card.text,
            sign=card.sign if company is not None else "unrecognised",
            trip_number=card.trip or ("" if trip is None else trip.number),
            control_number=card.shipment_numbers[0] if card.shipment_numbers else "",
            trip=None if trip is None else trip.id,
        )

    async def _owner(self, companies: Sequence[Company], card: CardText) -> tuple[Company, Trip | None]:
        """Return whose message without a key it is, of those who share the connection: by the numbers in it."""
        found = [(company, await self._trip(company.id, card)) for company in companies]
        known = [(company, trip) for company, trip in found if trip is not None]
        return known[0] if len(known) == 1 else (companies[0], None)

    async def _asked_for(self, value: JSON, company: Company, card: CardText) -> Trip | None:
        """Return the trip whose message an answer without a trip number quotes."""
        send_id = text_at(value, "sendId") if is_object(value) and not card.trip else ""
        row = await self._store.outbox.by_send_id(send_id) if send_id else None
        if row is None or row.trip is None or row.company != company.id:
            return None
        return await self._store.trips.get(row.trip)

    async def _trip(self, company: str, card: CardText) -> Trip | None:
        """Return the one trip of the company a message belongs to; none where it is not certain."""
        if card.trip:
            return await trip_of_number(self._store, company, card.regime, card.trip)
        trip = await trip_of_shipments(self._store, company, card.regime, card.shipment_numbers)
        return None if trip is None else await self._store.trips.get(trip)


async def _read(body: bytes) -> tuple[JSON | Missing, CardText]:
    """Return a frame's value and card; of a large one in a thread, for it would hold the window still."""

    def work() -> tuple[JSON | Missing, CardText]:
        value = value_of(body)
        return value, describe(value)

    return work() if len(body) <= _LARGE_BYTES else await asyncio.to_thread(work)


def _key_in(value: JSON) -> str:
    return text_at(value, "companyKey") if is_object(value) else ""


def named_company(value: JSON, companies: Sequence[Company]) -> Company | None:
    """Return the company a frame names by its `companyKey`; None where it names another, or none of several.

    A carrier with a key of its own and no company key takes whatever comes over its own connection.
    """
    key = _key_in(value)
    if len(companies) == 1 and not (key and companies[0].company_key):
        return companies[0]
    return next((company for company in companies if key and company.company_key == key), None)
