"""Takes in what the gateway sends: stored first, understood second, told third (reliability 4.1)."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from desktop.crossing.cards import describe
from desktop.domain.documents import JSON, Missing, is_object
from desktop.domain.lifecycle import Regime
from desktop.protocol.kinds import kind_of, text_at, unwrapped
from desktop.protocol.session import is_handshake
from desktop.services.changes import Changes
from desktop.services.inbox import value_of
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.records import Company, Frame, InboxItem, NewFrame, NewInboxItem

log = logging.getLogger(__name__)

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
        value = value_of(body)
        company = company_of(value, companies)
        (frame,) = await self._store.frames.append([NewFrame(company.id, connection, received_at, body, is_text)])
        await self._understand(frame, body, value, company.id, received_at, apply)

    async def catch_up(self, apply: Apply) -> None:
        """Understand frames that were stored when the program stopped before it had understood them."""
        while frames := await self._store.frames.not_understood():
            for frame in frames:
                await self._understand(
                    frame.id, frame.body, value_of(frame.body), frame.company, frame.received_at, apply
                )

    async def _understand(
        self, frame: int, body: bytes, value: JSON | Missing, company: str, received_at: datetime, apply: Apply
    ) -> None:
        plain: JSON = None if isinstance(value, Missing) else value
        if is_handshake(unwrapped(plain)):
            await self._store.inbox.add([], not_items=[frame])
            await self._store.link_log.add(company, "handshake", "")
            return
        item = await self._item(frame, body, value, company, received_at)
        items = await self._store.inbox.add([item])
        await apply(plain, frame, received_at)
        self._changes.announce(Subject.INBOX, [one.id for one in items])
        if items[0].trip is not None:
            self._changes.announce(Subject.TRIP, [items[0].trip])
        self.tell(items)

    async def _item(
        self, frame: int, body: bytes, value: JSON | Missing, company: str, received_at: datetime
    ) -> NewInboxItem:
        card = describe(value)
        trip = await self._trip(company, card.regime, card.trip, card.shipment_numbers)
        return NewInboxItem(
            frame=frame,
            company=company,
            received_at=received_at,
            kind=None if isinstance(value, Missing) else kind_of(unwrapped(value)),
            category=card.category,
            regime=card.regime,
            digest=hashlib.sha256(body).hexdigest(),
            title=card.title,
            text=card.text,
            sign=card.sign,
            trip_number=card.trip or await self._number_of(trip),
            control_number=card.shipment_numbers[0] if card.shipment_numbers else "",
            trip=trip,
        )

    async def _trip(self, company: str, regime: Regime | None, number: str, shipments: Iterable[str]) -> str | None:
        """Return the one trip of the company a message belongs to; none where it is not certain."""
        if number:
            found = await self._store.trips.by_number(number, company=company, regime=regime)
            if found:
                return found[0].id
        trips: set[str] = set()
        for shipment in shipments:
            trips |= {
                one.trip
                for one in await self._store.shipments.by_number(shipment, company=company)
                if one.trip is not None and (regime is None or one.regime is regime)
            }
        return trips.pop() if len(trips) == 1 and not number else None

    async def _number_of(self, trip: str | None) -> str:
        return "" if trip is None else (await self._store.trips.get(trip)).number


def company_of(value: JSON | Missing, companies: Sequence[Company]) -> Company:
    """Return whose frame it is: by its `companyKey` where several share the connection, else the first."""
    if is_object(value) and len(companies) > 1:
        key = text_at(value, "companyKey")
        for company in companies:
            if key and company.company_key == key:
                return company
    return companies[0]


__all__ = ["Frame", "Receiving", "company_of"]
