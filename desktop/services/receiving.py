"""Takes in what the gateway sends: stored first, understood second, told third (reliability 4.1).

What came together is taken in together: one transaction for the frames, one for what they were understood as, one word
to those who listen. Frames that answer something still open are gone through one by one.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from desktop.crossing.cards import CardText, describe
from desktop.domain.documents import JSON, Missing, is_object
from desktop.domain.lifecycle import Category
from desktop.protocol.kinds import kind_of, text_at, unwrapped
from desktop.protocol.receive_body import is_receipt
from desktop.protocol.session import is_handshake
from desktop.services.belonging import bearers_of, named_company, named_in, sharing
from desktop.services.changes import Changes
from desktop.services.inbox import value_of
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.records import Company, InboxItem, NewFrame, NewInboxItem

_AT_ONCE = 500
_BATCH = 200
_POURING = 50  # so many at once mean that more is to come
_QUIET_S = 0.5  # how long windows may show what was before, while messages pour in
_IN_A_THREAD_BYTES = 128 * 1024
_IN_A_THREAD = 12  # frames: about the time a window may be held still unseen

Arrival = tuple[bytes, datetime]
Stored = tuple[int, bytes, datetime]
"""A frame on the disk: its id, its bytes, our receipt (UTC)."""

Apply = Callable[[JSON, int, datetime], Awaitable[None]]
Sift = Callable[[Sequence[JSON]], Awaitable[list[bool]]]
Tell = Callable[[Sequence[InboxItem]], None]


@dataclass(frozen=True, slots=True)
class _Read:
    """A stored frame, read."""

    frame: int
    received_at: datetime
    digest: str
    value: JSON | Missing
    card: CardText
    plain: JSON


@dataclass(frozen=True, slots=True)
class _Owner:
    """The trip a message belongs to."""

    trip: str
    company: str
    number: str


class Receiving:
    """Turns frames into stored frames, and those into inbox items.

    Attributes:
        tell: hears of every batch of new items, for notifications.
    """

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes
        self.tell: Tell = lambda _: None
        self._untold: list[InboxItem] = []
        self._told_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def frame(
        self,
        body: bytes,
        received_at: datetime,
        *,
        companies: Sequence[Company],
        connection: str,
        is_text: bool,  # noqa: ARG002 - the bytes say it themselves
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
        await self.frames([(body, received_at)], companies=companies, connection=connection, apply=apply)

    async def frames(
        self,
        arrivals: Sequence[Arrival],
        *,
        companies: Sequence[Company],
        connection: str,
        apply: Apply,
        sift: Sift | None = None,
    ) -> None:
        """Store frames that came together, in order, then understand them; all are on the disk before any is read.

        Args:
            arrivals: the frames as they came, each with our receipt (UTC), the clock that decides (domain T01).
            companies: whose connection it is; a frame's `companyKey` says which of several.
            connection: which connection.
            apply: what to do with each for the outbox, once it is stored.
            sift: tells which of them `apply` can do anything with; None asks it about each.
        """
        stored = await self.keep(arrivals, company=companies[0].id, connection=connection)
        await self.understand(stored, companies=companies, apply=apply, sift=sift)

    async def keep(self, arrivals: Sequence[Arrival], *, company: str, connection: str) -> list[Stored]:
        """Store frames that came together, in order, and nothing else; after this they are on the disk.

        Args:
            arrivals: as in `frames`.
            company: the first of those whose connection it is.
            connection: which connection.
        """
        new = [NewFrame(company, connection, at, body, _is_text(body)) for body, at in arrivals]
        # who waits may be cut off by the end of the program; what was given out to us comes from nowhere else
        ids = await asyncio.shield(self._store.frames.append(new))
        return [(frame, body, at) for frame, (body, at) in zip(ids, arrivals, strict=True)]

    async def catch_up(
        self, apply: Apply, companies: Collection[str] | None = None, *, sift: Sift | None = None, after: int = 0
    ) -> None:
        """Understand frames that were stored when the program stopped before it had understood them.

        Args:
            apply: what to do with them for the outbox.
            companies: whose frames `apply` is for, where each connection has its own; None for everybody's.
            sift: as in `frames`.
            after: only frames stored after this one.
        """
        await self._store.inbox.add([])  # behind whatever is still being written
        limit = _AT_ONCE
        while frames := await self._store.frames.not_understood(limit, after=after):
            mine = [frame for frame in frames if companies is None or frame.company in companies]
            for owner_id, theirs in groupby(mine, key=lambda frame: frame.company):
                owners = await sharing(self._store, await self._store.companies.by_id(owner_id))
                stored = [(frame.id, frame.body, frame.received_at) for frame in theirs]
                for first in range(0, len(stored), _BATCH):
                    part = stored[first : first + _BATCH]
                    await self.understand(part, companies=owners, apply=apply, sift=sift)
            if not mine:
                if len(frames) < limit:
                    return
                limit *= 2  # those before are somebody else's

    async def understand(
        self, stored: Sequence[Stored], *, companies: Sequence[Company], apply: Apply, sift: Sift | None = None
    ) -> None:
        """Apply stored frames and put them into the inbox, last: after a stop in between all of it is done again.

        What `apply` may change something by is put into the inbox at once, before the next one is applied: the inbox is
        how an equal frame after it, or the same one after a stop, is known.

        Args:
            stored: frames that are on the disk, oldest first.
            companies: as in `frames`.
            apply: as in `frames`.
            sift: as in `frames`.
        """
        reads = await _read_all(stored)
        receipts = [one.frame for one in reads if is_receipt(one.plain)]
        if receipts:
            await self._store.inbox.add([], not_items=receipts)
        news = [one for one in reads if not (is_handshake(one.plain) or is_receipt(one.plain))]
        handshakes = [one.frame for one in reads if is_handshake(one.plain)]
        if handshakes:
            await self._store.inbox.add([], not_items=handshakes)
            for _ in handshakes:
                await self._store.link_log.add(companies[0].id, "handshake", "")
        matters = [True] * len(news) if sift is None else await sift([one.plain for one in news])
        items = await self._items(news, companies)
        kept: list[InboxItem] = []
        waiting: list[NewInboxItem] = []
        try:
            for one, item, is_for_outbox in zip(news, items, matters, strict=True):
                if is_for_outbox:
                    kept += await self._add(waiting)
                    await apply(one.plain, one.frame, one.received_at)
                waiting.append(item)
                if is_for_outbox:
                    kept += await self._add(waiting)
            kept += await self._add(waiting)
        finally:
            self._announce(kept, is_pouring=len(stored) >= _POURING)

    async def _add(self, waiting: list[NewInboxItem]) -> list[InboxItem]:
        items, waiting[:] = list(waiting), []
        return await self._store.inbox.add(items) if items else []

    def _announce(self, items: Sequence[InboxItem], *, is_pouring: bool) -> None:
        """Tell who listens: at once, or while messages pour in a few times a second."""
        self._untold += items
        loop = asyncio.get_running_loop()
        if is_pouring and loop.time() - self._told_at < _QUIET_S:
            if self._timer is None:
                self._timer = loop.call_later(_QUIET_S, self._tell_now)
        else:
            self._tell_now()

    def _tell_now(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        items, self._untold = self._untold, []
        if not items:
            return
        self._told_at = asyncio.get_running_loop().time()
        self._changes.announce(Subject.INBOX, [one.id for one in items])
        trips = {one.trip for one in items if one.trip is not None}
        if trips:
            self._changes.announce(Subject.TRIP, trips)
        self.tell(items)

    async def _items(self, reads: Sequence[_Read], companies: Sequence[Company]) -> list[NewInboxItem]:
        named = [named_in(one.value, one.card, companies) for one in reads]
        bearers = await bearers_of(self._store, named)
        items = []
        for one, numbers in zip(reads, named, strict=True):
            company = named_company(one.plain, companies)
            owner = await self._asked_for(one.plain, one.card, numbers.companies)
            if owner is None:
                found = bearers.candidates(numbers)
                bearer = bearers.trips[found[0]] if len(found) == 1 else None
                owner = None if bearer is None else _Owner(bearer.trip, bearer.company, bearer.shown)
            items.append(_item(one, company, owner, is_known=bool(numbers.companies), first=companies[0].id))
        return items

    async def _asked_for(self, value: JSON, card: CardText, companies: Sequence[str]) -> _Owner | None:
        """Return the trip whose message an answer quotes: that is certain, whatever numbers other trips bear.

        Args:
            value: the answer.
            card: what it says.
            companies: ids of whose it may be; several where it says nothing of a company.
        """
        send_id = text_at(value, "sendId") if is_object(value) else ""
        row = await self._store.outbox.by_send_id(send_id) if send_id else None
        if row is None or row.company not in companies or card.trip not in {"", row.number}:
            return None
        return None if row.trip is None else _Owner(row.trip, row.company, row.number)


def _item(read: _Read, company: Company | None, owner: _Owner | None, *, is_known: bool, first: str) -> NewInboxItem:
    """Return what a frame is in the inbox; in nobody's name for certain it stands with the first of its connection.

    Without `is_known` a stranger's key is in it.
    """
    whose = company.id if company is not None else owner.company if owner is not None else first
    return NewInboxItem(
        frame=read.frame,
        company=whose,
        received_at=read.received_at,
        kind=kind_of(read.plain),
        category=read.card.category if is_known else Category.UNRECOGNISED,
        regime=read.card.regime,
        digest=read.digest,
        title=read.card.title,
        text=read.card.text,
        sign=read.card.sign if is_known else "unrecognised",
        trip_number=read.card.trip or ("" if owner is None else owner.number),
        control_number=read.card.shipment_numbers[0] if read.card.shipment_numbers else "",
        trip=None if owner is None else owner.trip,
        control_numbers=tuple(read.card.shipment_numbers),
    )


async def _read_all(stored: Sequence[Stored]) -> list[_Read]:
    """Return what frames say; of many or large ones in a thread, for they would hold the window still."""

    def work() -> list[_Read]:
        return [_read(*one) for one in stored]

    size = sum(len(body) for _, body, _ in stored)
    is_small = len(stored) <= _IN_A_THREAD and size <= _IN_A_THREAD_BYTES
    return work() if is_small else await asyncio.to_thread(work)


def _read(frame: int, body: bytes, received_at: datetime) -> _Read:
    value = value_of(body)
    plain: JSON = None if isinstance(value, Missing) else unwrapped(value)
    return _Read(frame, received_at, hashlib.sha256(body).hexdigest(), value, describe(value), plain)


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
