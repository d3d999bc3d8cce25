"""One life of the owner of a data folder, without a window, that ends at a named point of its work.

The points are put in from here, into the life alone; the program itself knows nothing of them. What the owner has
promised to keep is written to a pipe the moment it is promised, so that a kill cannot take it back.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import inspect
import json
import os
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.assembly import Desk
from desktop.cli import session
from desktop.connection.websocket import WebSocketLink
from desktop.domain.lifecycle import Regime
from desktop.practice import sample
from desktop.protocol.session import is_handshake
from desktop.services import backups, receiving
from desktop.services.backups import Backups
from desktop.services.edit_session import EditSession
from desktop.services.importing import Importing
from desktop.services.receiving import Receiving
from desktop.store import backup, migration
from desktop.store.frame import Frames
from desktop.store.inbox import Inbox
from desktop.store.outbox import Outbox
from desktop.store.records import NewInboxItem
from desktop.store.trip import Trips

ANSWERS_S = 6.0


@dataclass(frozen=True, slots=True)
class Point:
    """Where a life ends.

    Attributes:
        name: as it is printed.
        work: what leads there.
        place: the class or module with the function.
        function: its name.
        is_after: behind the call instead of before it.
        when: looks at the call's arguments; only where it says so the life ends.
        statements: end before one of so many statements of the writing thread, counted from the begin of the work.
    """

    name: str
    work: str
    place: Any = None
    function: str = ""
    is_after: bool = False
    when: Callable[..., bool] = lambda *_, **__: True
    statements: int = 0


_CUSTOMS = (b'"ACE_RESPONSE"', b'"ACI_RESPONSE"', b'"ACI_NOTICE"')


def _answers(_self: object, batch: Any) -> bool:
    return any(b'"sendId"' in frame.body for frame in batch)


def _of_customs(_self: object, batch: Any) -> bool:
    return any(words in frame.body for frame in batch for words in _CUSTOMS)


def _from_customs(_self: object, items: Any, **_: object) -> bool:
    return any(item.kind in {"ACE_RESPONSE", "ACI_RESPONSE", "ACI_NOTICE"} for item in items)


def _by_frame(_self: object, *moves: Any) -> bool:
    return any(move.frame is not None for move in moves)


def _written(_self: object, *moves: Any) -> bool:
    return any(move.is_written for move in moves)


POINTS = (
    Point("at an edit", "edit", EditSession, "_after_edit"),
    Point("after an edit", "edit", EditSession, "_after_edit", is_after=True),
    Point("before a save", "edit", Trips, "save"),
    Point("within a save", "edit", statements=9),
    Point("after a save", "edit", Trips, "save", is_after=True),
    Point("before the plan", "send", Outbox, "enqueue_plan"),
    Point("within the plan", "send", statements=14),
    Point("after the plan", "send", Outbox, "enqueue_plan", is_after=True),
    Point("before the claim", "send", Outbox, "claim"),
    Point("after the claim", "send", Outbox, "claim", is_after=True),
    Point("before the write", "send", WebSocketLink, "send"),
    Point("after the write", "send", WebSocketLink, "send", is_after=True),
    Point("write noted", "send", Outbox, "move", is_after=True, when=_written),
    Point("before the answer is stored", "send", Frames, "append", when=_answers),
    Point("answer stored", "send", Frames, "append", is_after=True, when=_answers),
    Point("before the answer is applied", "send", Outbox, "move", when=_by_frame),
    Point("answer applied", "send", Outbox, "move", is_after=True, when=_by_frame),
    Point("answer understood", "send", Inbox, "add", is_after=True, when=lambda _self, items, **_: bool(items)),
    Point("before customs' answer is stored", "send", Frames, "append", when=_of_customs),
    Point("customs' answer stored", "send", Frames, "append", is_after=True, when=_of_customs),
    Point("before customs' answer is understood", "send", Inbox, "add", when=_from_customs),
    Point("customs' answer understood", "send", Inbox, "add", is_after=True, when=_from_customs),
    Point("before it is told", "send", Receiving, "_tell_now"),
    Point("told", "send", Receiving, "_tell_now", is_after=True),
    Point("before the backup", "backup", backups, "make"),
    Point("backup written", "backup", backup, "_seal"),
    Point("backup sealed", "backup", backup, "_seal", is_after=True),
    Point("backup in place", "backup", migration, "sync_folder", is_after=True),
    Point("backup examined", "backup", backups, "examine", is_after=True),
    Point("old backups gone", "backup", Backups, "_rotate", is_after=True),
    Point("within the import", "import", statements=30),
    Point("imported", "import", Importing, "_add", is_after=True),
    Point("within the search index", "index", statements=40),
    Point("after the search index", "index", Inbox, "rebuild", is_after=True),
    Point("while it starts", "start", statements=12),
    Point("connected", "start", WebSocketLink, "_converse"),
)  # fmt: skip
"""Points of a life that works; those of a migration and of putting a backup back have folders of their own."""


def die() -> None:
    """End as a kill does: nothing is closed, nothing is written any more."""
    os.kill(os.getpid(), signal.SIGKILL)


def put_in(point: Point, skip: int) -> None:
    """Make this process end at the `skip`-th call of the point after the first."""
    original = getattr(point.place, point.function)
    left = skip

    def is_here(values: tuple[Any, ...], named: dict[str, Any]) -> bool:
        nonlocal left
        if not point.when(*values, **named):
            return False
        left -= 1
        return left < 0

    async def later(*values: Any, **named: Any) -> Any:
        here = is_here(values, named)
        if here and not point.is_after:
            die()
        result = await original(*values, **named)
        if here:
            die()
        return result

    def now(*values: Any, **named: Any) -> Any:
        here = is_here(values, named)
        if here and not point.is_after:
            die()
        result = original(*values, **named)
        if here:
            die()
        return result

    setattr(point.place, point.function, later if inspect.iscoroutinefunction(original) else now)


class _Statements:
    """Ends the process before the `left`-th statement from now on."""

    def __init__(self, left: int) -> None:
        self._left = left

    def __call__(self, _sql: str) -> None:
        self._left -= 1
        if self._left == 0:
            die()


class Life:
    """One owner at work.

    Args:
        folder: whose data.
        witness: where it writes what it has promised to keep.
        seed: of everything it does.
        point: where it ends; None where somebody ends it from outside.
    """

    def __init__(self, folder: Path, witness: int, seed: str, point: Point | None) -> None:
        self._folder = folder
        self._witness = witness
        self._random = random.Random(seed)
        self._point = point
        self._desk: Desk
        self._made = 0

    def say(self, **line: Any) -> None:
        """Write a promise."""
        os.write(self._witness, (json.dumps(line) + "\n").encode())

    async def live(self) -> None:
        """Open the folder as a command does, connect, and work for ever."""
        self._watch()
        point = self._point
        if point is not None and not point.statements:
            put_in(point, self._random.choice((0, 0, 0, 1)) if point.work == "send" else 0)
        options = argparse.Namespace(practice=False, data_dir=self._folder)
        async with session.writing(options) as writer:
            assert writer.desk is not None
            self._desk = writer.desk
            self._desk.receiving.tell = lambda items: self.say(told=[item.id for item in items])
            if point is not None and point.statements and point.work == "start":
                await self._count(point)
            if point is not None and point.work == "index":
                if point.statements:
                    await self._count(point)
                await self._index()
            await self._desk.start_link()
            self.say(up=True)
            works = [self._edit, self._send, self._send, self._backup, self._import]
            if point is not None and point.work not in {"start", "index"}:
                for work in self._random.sample(works, self._random.choice((0, 0, 1))):
                    await work()
                if point.statements:
                    await self._count(point)
                works = [getattr(self, f"_{point.work}")]
            for _ in range(6):
                await self._random.choice(works)()
            await asyncio.Event().wait()

    async def _count(self, point: Point) -> None:
        death = _Statements(self._random.randint(1, point.statements))
        await self._desk.store._writer.bare(lambda db: db.set_trace_callback(death))

    def _watch(self) -> None:
        """Note what is on the disk, as the program knows it."""
        append, say = Frames.append, self.say

        async def noted(frames: Frames, batch: Any) -> Any:
            ids = await append(frames, batch)
            say(kept=[hashlib.sha256(frame.body).hexdigest() for frame in batch])
            return ids

        Frames.append = noted  # type: ignore[method-assign]  # in this process alone

    def _document(self, regime: Regime) -> dict[str, Any]:
        place = 0 if regime is Regime.ACE else 1
        document = json.loads(json.dumps(sample.sample_trips(self._desk.clock.now())[place]))
        self._made += 1
        number = f"{document['tripNumber'][:4]}{self._random.getrandbits(24):07X}{self._made}"
        document |= {"tripNumber": number, "operation": "CREATE"}
        name = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
        for index, shipment in enumerate(document["shipments"]):
            shipment[name] = f"{number}{index}"
        return dict(document)

    async def _new(self) -> str:
        (company,) = await self._desk.store.companies.all()
        document = self._document(self._random.choice(list(Regime)))
        trip, _ = await self._desk.importing.trip(document, company)
        self.say(trip=trip.id, document=digest(document))
        return trip.id

    async def _edit(self) -> None:
        trips = await self._desk.store.trips.latest(limit=20)
        trip = self._random.choice(trips).id if trips and self._random.random() < 0.5 else await self._new()
        edited = await self._desk.editing.open(trip)
        self.say(trip=trip, document=digest(edited.document))
        done = asyncio.Event()

        def on_saved() -> None:
            if edited.saved_at is not None:  # what the head of the editor shows
                self.say(trip=trip, document=digest(edited.document))
                done.set()

        leave = edited.subscribe(on_saved=on_saved)
        for _ in range(self._random.randint(1, 4)):
            done.clear()
            edited.set("/truck/plateNote", f"sample {self._random.getrandbits(40)}")
            self.say(trip=trip, typed=digest(edited.document))
            if self._random.random() < 0.5:
                await done.wait()
        await edited.flush()
        leave()

    async def _send(self) -> None:
        trip = await self._new()
        result = await self._desk.submit.send(trip, hold=self._random.random() < 0.2, wait_s=ANSWERS_S)
        self.say(sent=trip, outcome=result.outcome)

    async def _import(self) -> None:
        (company,) = await self._desk.store.companies.all()
        documents = [self._document(regime) for regime in Regime]
        done = await self._desk.importing.messages("sample", list(documents), company)
        for item, document in zip(done.items, documents, strict=True):
            self.say(trip=item["id"], document=digest(document))

    async def _backup(self) -> None:
        made = await self._desk.backups.make()
        self.say(backup=str(made.path))

    async def _index(self) -> None:
        (company,) = await self._desk.store.companies.all()

        def again(frame: Any) -> NewInboxItem | None:
            read = receiving._read(frame.id, frame.body, frame.received_at)
            if is_handshake(read.plain):
                return None
            return receiving._item(read, company, None, is_known=True, first=company.id)

        await self._desk.receiving.catch_up(_nothing)
        await self._desk.store.inbox.rebuild(again)


async def _nothing(*_: Any) -> None:
    """There is nothing to apply: every frame was understood before."""


def digest(document: Any) -> str:
    """Return what tells one document from another."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
