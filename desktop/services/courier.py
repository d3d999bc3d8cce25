"""Brings the outbox to the gateway, one message at a time, and applies the answers (reliability 3).

Each step is one committed transaction before its side effect: the row is claimed before the bytes go out, and an
answer counts only after its frame is stored. What the step is, `delivery.machine` decides.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.clock import Clock
from desktop.delivery.attempt import (
    Answered,
    Attempt,
    Claimed,
    Event,
    LinkLost,
    NotWritten,
    Overtaken,
    Ticked,
    Way,
)
from desktop.delivery.machine import next_to_claim, step
from desktop.delivery.matching import SPEAKS_OF_ATTEMPTS, match
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import OutboxState
from desktop.errors import EnvironmentFailure
from desktop.protocol.kinds import API_RESPONSE, kind_of, text_at, unwrapped
from desktop.services.changes import Changes
from desktop.services.following import ENDS_ITS_PLAN, Following
from desktop.services.standing import may_be_out
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.outbox import Move
from desktop.store.records import Company, OutboxRow

log = logging.getLogger(__name__)

TICK_S = 1.0
S = OutboxState
_TIMED = frozenset({S.IN_FLIGHT, S.ACCEPTED_PENDING})


class Socket(Protocol):
    """What the courier needs of a connection."""

    connected_since: float | None  # None: the gateway has not taken the key, nothing may go out

    async def send(self, payload: bytes) -> None:
        """Hand a message to the socket.

        Raises:
            NotWritten: the socket was closed before the call: proof that no byte went out.
        """
        ...


@dataclass(frozen=True, slots=True)
class Owner:
    """Who sends: the number of this owner's life, and its name for the log."""

    epoch: int
    name: str


class Courier:
    """Delivers the messages of the companies that share one connection.

    Attributes:
        is_behind: whether messages came that it has not heard yet: nothing is sent before they are known, for they may
            say something of it, and what came before it cannot be its answer.
    """

    def __init__(
        self, store: Store, socket: Socket, companies: Iterable[Company], owner: Owner, changes: Changes, clock: Clock
    ) -> None:
        self._store = store
        self._socket = socket
        self._companies = {company.id: company for company in companies}
        self._owner = owner
        self._changes = changes
        self._clock = clock
        self._since: dict[str, tuple[OutboxState, float]] = {}
        self._numbers: dict[str, tuple[str, ...]] = {}
        self._quoted: dict[str, bool] = {}  # whether the newest answer to a row quoted our sendId
        self._writing = ""  # the row whose bytes are being handed over: `_write` settles it
        self._losses = 0
        self._wake = asyncio.Event()
        self._is_held = False
        self._is_unsettled = False  # a connection ended, and what was in flight still has to be settled
        self._has_loose_ends = True  # a plan may have ended, and what was to follow still waits
        self.is_behind: Callable[[], bool] = lambda: False
        self._following = Following(store)
        self._turn = asyncio.Lock()  # one decision at a time: sending, answers and time limits do not interleave

    def kick(self) -> None:
        """Look at the outbox now: something was queued, or the connection came up."""
        self._wake.set()

    async def run(self) -> None:
        """Send what is ready and watch the time limits until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self._make_good()
                await self._pass_time()
                while self._is_free and await self._send_next():
                    pass
            except EnvironmentFailure as error:
                log.warning("outbox not worked on: %s", error.code)  # disk full and the like: tried again
            try:
                async with asyncio.timeout(TICK_S):  # `wait_for` of 3.11 may swallow a cancellation
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _send_next(self) -> bool:
        async with self._turn:
            if await self._store.holding.state() is not None:
                return False
            rows = await self._open_rows()
            if changed := await self._following.look(rows):
                for row in changed:
                    self._tell(row)
                rows = await self._open_rows()
            ready = {row.id for row in await self._store.outbox.ready_rows()}
            if not any(row.id in ready for row in rows):
                return False  # an idle line does not read again, each second, all that is in doubt
            attempts = [await self._attempt(row) for row in rows if row.state is not S.READY or row.id in ready]
            chosen = next_to_claim(attempts, self._clock.monotonic())
            if chosen is None or step(chosen, Claimed(), self._clock.monotonic()).state is not S.IN_FLIGHT:
                return False
            payload = await self._store.outbox.payload(chosen.id)
            claimed = await self._claim(chosen.id)
            if claimed is None:
                return False
            self._note_since(claimed)
            self._tell(claimed)
        return await self._write(claimed, payload)

    async def _claim(self, id_: str) -> OutboxRow | None:
        """Claim a row; an orderly end meanwhile gives it back, for nothing of it was handed over (reliability 3)."""
        try:
            return await self._store.outbox.claim(id_, epoch=self._owner.epoch, owner=self._owner.name)
        except asyncio.CancelledError:  # what the store has begun it ends, and this comes right behind it
            back = Move(id_, (S.IN_FLIGHT,), S.READY, "not_written", is_unwritten=True)
            await asyncio.shield(self._store.outbox.move(back))
            raise

    async def _write(self, row: OutboxRow, payload: bytes) -> bool:
        from desktop.connection.websocket import NotWritten as SocketClosed

        losses, self._writing = self._losses, row.id
        try:
            await self._socket.send(payload)
        except SocketClosed:
            async with self._turn:
                await self._apply(await self._store.outbox.get(row.id), NotWritten(), is_unwritten=True)
            return False
        finally:
            self._writing = ""
        log.info("outbox %s: %s %s handed over", row.id, row.operation, row.data)
        async with self._turn:
            current = await self._store.outbox.get(row.id)
            await self._store.outbox.move(Move(row.id, (current.state,), current.state, "written", is_written=True))
            if losses != self._losses:
                await self._apply(current, LinkLost())
        if row.attempts == 1 and row.trip is not None:
            await self._went_out(row, row.trip)
        return True

    async def _went_out(self, row: OutboxRow, trip: str) -> None:
        """A number went out for the first time: what names it belongs to this trip and to no other draft with it."""
        from desktop.services.belonging import link_again

        numbers = [row.number, *await self._numbers_in(row)]
        concerned = await link_again(self._store, await self._store.trips.get(trip), numbers)
        if concerned:
            self._changes.announce(Subject.TRIP, concerned)
            self._changes.announce(Subject.INBOX)

    async def _pass_time(self) -> None:
        async with self._turn:
            for row in await self._open_rows():
                if row.state in _TIMED:
                    await self._apply(row, Ticked())

    @property
    def _is_free(self) -> bool:
        return self._socket.connected_since is not None and not self._is_held and not self.is_behind()

    def hold(self) -> None:
        """The connection ended: nothing more goes out until `link_lost` has settled what was in flight."""
        self._is_held = True
        self._losses += 1

    async def _make_good(self) -> None:
        """Do what a full disk, or the end of the last owner between two steps, left undone."""
        if self._is_unsettled:
            await self.link_lost()
        if self._has_loose_ends:
            async with self._turn:
                for row in await self._following.loose_ends(await self._open_rows()):
                    await self._apply(row, Overtaken())
                self._has_loose_ends = False

    async def link_lost(self) -> None:
        """What was in flight when the connection ended is not sure any more.

        Raises:
            EnvironmentFailure: that could not be noted; nothing goes out until `run` has made it good.
        """
        self._is_unsettled = True
        async with self._turn:
            for row in await self._open_rows():
                if row.state is S.IN_FLIGHT and row.id != self._writing:
                    await self._apply(row, LinkLost())
        self._is_held = self._is_unsettled = False
        self.kick()

    async def heard(self, value: JSON, frame: int, received_at: datetime) -> None:
        """Apply what a stored frame says to the attempt it answers; nothing where it answers none for certain."""
        value = unwrapped(value)
        if kind_of(value) not in SPEAKS_OF_ATTEMPTS:
            return
        async with self._turn:
            if await self._is_repeat(value, frame):
                return
            rows = await self._rows_it_may_answer(value)
            attempts = {row.id: await self._attempt(row) for row in rows}
            found = match(list(attempts.values()), value, received_at)
            if found is None:
                return
            row = next(row for row in rows if row.id == found.row.id)
            if isinstance(found.event, Answered):
                self._quoted[row.id] = found.event.quotes_us
            await self._apply(row, found.event, frame=frame, value=value)
        self.kick()

    async def sift(self, values: Sequence[JSON]) -> list[bool]:
        """Tell of each message whether `heard` could do anything with it now.

        Customs answers an attempt only by the number of its trip, and only one that is still open; the gateway's word
        without our `sendId` goes to an open one as well. What came already answers nothing that is claimed later.
        """
        plain = [unwrapped(value) for value in values]
        if not any(kind_of(value) in SPEAKS_OF_ATTEMPTS for value in plain):
            return [False] * len(plain)
        numbers = await self._store.bearing.open_numbers(list(self._companies))
        return [
            is_object(value)
            and (
                bool(numbers or text_at(value, "sendId"))
                if kind_of(value) == API_RESPONSE
                else kind_of(value) in SPEAKS_OF_ATTEMPTS
                and bool(numbers & {text_at(value, "tripNumber"), text_at(value, "sendRequest", "tripNumber")})
            )
            for value in plain
        ]

    async def _is_repeat(self, value: JSON, frame: int) -> bool:
        """Tell whether these very bytes came before: without our id they may answer an earlier message (4.4)."""
        if not is_object(value) or text_at(value, "sendId"):
            return False
        body = await self._store.frames.get(frame)
        return await self._store.inbox.has_equal(body.sha256, list(self._companies))

    async def _apply(
        self, row: OutboxRow, event: Event, *, frame: int | None = None, value: JSON = None, is_unwritten: bool = False
    ) -> None:
        done = step(await self._attempt(row), event, self._clock.monotonic())
        if done.state is row.state and not done.cause:
            return
        move = Move(
            row.id,
            (row.state,),
            done.state,
            done.cause,
            frame=frame,
            error=_said(value) if isinstance(event, Answered) else None,
            is_answered=frame is not None,
            is_unwritten=is_unwritten,
        )
        moved = (await self._store.outbox.move(move))[0]
        if moved is None:
            return
        log.info("outbox %s: %s -> %s (%s)", row.id, row.state, moved.state, done.cause)
        self._note_since(moved)
        if moved.state in ENDS_ITS_PLAN:
            self._has_loose_ends = True
            for later in await self._following.rest_of(moved):
                await self._apply(later, Overtaken())
        self._tell(moved)

    async def _open_rows(self) -> list[OutboxRow]:
        return [row for row in await self._store.outbox.open_rows() if row.company in self._companies]

    async def _rows_it_may_answer(self, value: JSON) -> list[OutboxRow]:
        rows = {row.id: row for row in await self._open_rows()}
        if is_object(value):
            quoted = await self._store.outbox.by_send_id(text_at(value, "sendId")) if text_at(value, "sendId") else None
            if quoted is not None and quoted.company in self._companies:
                rows[quoted.id] = quoted
            if quoted is None:  # what was given up for the same trip may be what is answered
                for trip_id in {row.trip for row in rows.values() if row.state in _TIMED and row.trip is not None}:
                    rows.update({row.id: row for row in await self._store.outbox.for_trip(trip_id)})
            number = text_at(value, "tripNumber") or text_at(value, "sendRequest", "tripNumber")
            for trip in await self._store.trips.by_number(number) if number else ():
                if trip.company in self._companies:
                    rows.update({row.id: row for row in await self._store.outbox.for_trip(trip.id)})
        return sorted(rows.values(), key=lambda row: (row.plan, row.step))

    def _note_since(self, row: OutboxRow) -> None:
        self._since[row.id] = (row.state, self._clock.monotonic())

    async def _attempt(self, row: OutboxRow) -> Attempt:
        noted = self._since.get(row.id)
        if noted is None or noted[0] is not row.state:
            self._note_since(row)
            noted = self._since[row.id]
        company = self._companies.get(row.company)
        earlier = await self._store.outbox.for_trip(row.trip) if row.trip is not None else []
        trip = await self._store.trips.get(row.trip) if row.trip is not None else None
        return Attempt(
            id=row.id,
            send_id=row.send_id,
            way=Way(row.kind),
            state=row.state,
            since=noted[1],
            operation=row.operation,
            trip_number="" if row.shipment else row.number,
            numbers=await self._numbers_in(row),
            company_key=company.company_key if company is not None else "",
            tries=row.attempts,
            was_written=may_be_out(row),
            written_at=row.claimed_at,
            auto_send=row.auto_send,
            eta=row.eta_utc,
            is_first_create=not any(
                (other.plan, other.step) < (row.plan, row.step)
                and other.kind == "upload"
                and other.state in {S.ACKED, S.PARTIAL}
                for other in earlier
            ),
            is_newest=trip is None or trip.version == row.trip_version,
            was_quoted=await self._was_quoted(row),
        )

    async def _was_quoted(self, row: OutboxRow) -> bool:
        """Tell whether the QUEUED of a row quoted our `sendId`; after a restart its stored frame says so."""
        if row.state is not S.ACCEPTED_PENDING:
            return True
        if row.id not in self._quoted:
            from desktop.protocol.strict_json import read

            lines = await self._store.delivery_log.of_row(row.id)
            frames = [line.frame for line in lines if line.to_state is S.ACCEPTED_PENDING and line.frame is not None]
            value = unwrapped(read((await self._store.frames.get(frames[-1])).body)) if frames else None
            self._quoted[row.id] = not is_object(value) or bool(text_at(value, "sendId"))
        return self._quoted[row.id]

    async def _numbers_in(self, row: OutboxRow) -> tuple[str, ...]:
        if row.id not in self._numbers:
            from desktop.domain.shipment import control_numbers
            from desktop.protocol.strict_json import read

            document = read(await self._store.outbox.payload(row.id))
            numbers = control_numbers(document) if is_object(document) else []
            self._numbers[row.id] = tuple([row.shipment, *numbers] if row.shipment else numbers)
        return self._numbers[row.id]

    def _tell(self, row: OutboxRow) -> None:
        self._changes.announce(Subject.TRIP, [row.trip] if row.trip is not None else [])


def _said(value: JSON) -> JSON:
    """Keep what the gateway said of a message: status, words and objections."""
    if not is_object(value):
        return None
    kept: JSONObject = {name: value[name] for name in ("status", "message", "errors") if name in value}
    return kept
