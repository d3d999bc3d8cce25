"""One simulated world: a carrier, his program, the way to the gateway, and everything that goes wrong on it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from simulation import ids
from simulation.far_end import FarEnd, nature_of
from simulation.faults import Dice, Fault
from simulation.gate import Gate, GatedLane
from simulation.judge import judge, judge_trip
from simulation.life import Life
from simulation.memory_store import Disk, MemoryStore
from simulation.person import Person
from simulation.post import Post
from simulation.virtual_time import BEGAN, StandstillError, VirtualClock, VirtualLoop, run
from simulation.wire import Wire, busy

from desktop.domain.lifecycle import OutboxState
from desktop.errors import EnvironmentFailure
from desktop.services.views import Changed, Subject
from desktop.store.database import Store
from desktop.store.records import Company

S = OutboxState
F = Fault

UPLOADS = 100
"""Uploads of one world: a failure is replayed in a second."""

_STANDSTILL_S = 4 * 3600.0
_MOVING = frozenset({S.IN_FLIGHT, S.ACCEPTED_PENDING})


@dataclass(slots=True)
class Result:
    """What one world came to.

    Attributes:
        seed: replays it.
        uploads: how many uploads went into the outbox.
        violations: what was promised and not kept; empty in a good world.
        digest: everything that was written, for comparison.
    """

    seed: str
    uploads: int = 0
    requests: int = 0
    histogram: Counter[Fault] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    digest: list[str] = field(default_factory=list)


class World:
    """A carrier's day under faults.

    Attributes:
        wire: the newest connection, up or not.
        has_restarted: whether the program was started anew since somebody waited for that.
        loosened: rows a restored copy brought back, of which nobody can know what became of them.
    """

    def __init__(
        self, seed: str, loop: VirtualLoop, *, uploads: int = UPLOADS, is_real: bool = False, may_copy: bool = True
    ) -> None:
        self.dice = Dice(seed)
        self.clock = VirtualClock(loop)
        self.result = Result(seed)
        self.wire: Wire | None = None
        self.has_restarted = True
        self.loosened: set[str] = set()
        self.lost_by_restore: set[str] = set()
        self._uploads = uploads
        self._may_copy = may_copy
        self._rate = self.dice.random.choice([0.35, 0.6, 0.8, 0.9])
        self.far = FarEnd(nature_of(self.dice), lambda: self.clock.now().strftime("%Y-%m-%d %H:%M:%S"))
        self.post = Post(self, self.far, self.dice, self._rate)
        self.disk = Disk()
        self.database = _database() if is_real else None
        self._settle_companies()
        self.audit: Any = self.open_store(Gate())
        self.life: Life
        self.person: Person
        self._snapshot: Disk | None = None
        self._restore_in = 0

    def _settle_companies(self) -> None:
        keys = self.dice.random.choice([("",), ("practice-one", "practice-two")])
        for place, key in enumerate(keys, start=1):
            self.disk.companies[f"C{place}"] = Company(
                *(f"C{place}", 1, f"Sample Carrier {place}", ("SMPL",), ("9SMP",), _ADDRESS, key, "", ""),
                *(True, BEGAN, BEGAN, None),
            )
            if self.database is not None:
                self.database.execute(
                    """INSERT INTO companies (id, version, name, scacs, carrier_codes, address, company_key, ca_file,
                        phone, is_practice, created_at, updated_at)
                        VALUES (?, 1, ?, '["SMPL"]', '["9SMP"]', ?, ?, '', '', 1, ?, ?)""",
                    (f"C{place}", f"Sample Carrier {place}", _ADDRESS, key, _BEGAN, _BEGAN),
                )

    def open_store(self, gate: Gate) -> Any:
        """Return the store for one life of the program."""
        if self.database is None:
            return MemoryStore(self.disk, gate, self.clock)
        lane: Any = GatedLane(gate, self.database)
        return Store(Path("simulated"), lane, lane, clock=self.clock, is_read_only=False)

    # --- the line

    async def connect(self, _address: str, **_options: Any) -> Wire:
        """Connect as `websockets` does."""
        await asyncio.sleep(0.05)
        if self.post.busy:
            status = self.post.busy.pop(0)
            raise busy(status) if status else ConnectionRefusedError
        self.wire = Wire(self)
        return self.wire

    def connected(self, _wire: Wire) -> None:
        """The gateway took the key."""
        self.post.connected()

    def before_write(self, wire: Wire) -> None:
        """A message is about to be written."""
        self.post.before_write(wire)

    async def written(self, wire: Wire, payload: bytes) -> None:
        """A message is handed to the system."""
        await self.post.written(wire, payload)

    def given(self, answer: Any) -> None:
        """The far end said something while somebody was connected."""

    # --- what is kept, for the judge

    async def bodies(self) -> list[bytes]:
        """Return every frame that was stored."""
        if self.database is None:
            return [frame.body for frame in self.disk.frames]
        return [row[0] for row in self.database.execute("SELECT body FROM frames ORDER BY id")]

    async def log(self) -> list[tuple[str, str, str]]:
        """Return the delivery log: row, state it came to, cause."""
        if self.database is None:
            return [(line.outbox, line.to_state, line.cause) for line in self.disk.log]
        return self.database.execute("SELECT outbox, to_state, cause FROM delivery_log ORDER BY id").fetchall()

    # --- the day

    async def play(self) -> Result:
        """Live through the day and judge it."""
        await self._start()
        person = Person(self)
        waited = 0.0
        while self.result.uploads < self._uploads:
            await self._alive()
            await person.sends()
            await self._perhaps(person)
            await person.looks()
            await asyncio.sleep(self.dice.random.expovariate(0.2))
            while await self._is_crowded():
                await self._alive()
                await asyncio.sleep(20.0)
                waited += 20.0
                await self._perhaps(person, 0.2)
                await person.looks()
                if waited > _STANDSTILL_S * self._uploads / 20:
                    self.result.violations.append("liveness: the queue does not get shorter")
                    return await self._judged()
        await self._heal(person)
        return await self._judged()

    async def _judged(self) -> Result:
        self.result.violations += self.life.problems
        self.result.violations += await judge(self)
        self.result.histogram = self.dice.histogram
        self.result.digest = [" ".join(line) for line in await self.log()]
        if not self.life.died.is_set():
            await self.life.stop()
        return self.result

    async def _start(self) -> None:
        while True:
            self.life = Life(self)
            self.life.changes.subscribe(self._on_change)
            died = self.life.gate
            try:
                await self.life.do(self.life.start)
            except EnvironmentFailure:
                self.life.kill()
            if not died.is_dead:
                self.has_restarted = True
                return
            await self.life.bury()
            await asyncio.sleep(2.0)

    async def _alive(self) -> None:
        """Start the program again where it was killed."""
        if self.life.died.is_set():
            self.result.violations += self.life.problems
            await self.life.bury()
            await asyncio.sleep(self.dice.between(0.5, 90.0))
            await self._start()

    async def _is_crowded(self) -> bool:
        rows = await self.audit.outbox.open_rows()
        return sum(row.state is S.READY for row in rows) > 2 + sum(row.state is S.UNCERTAIN for row in rows)

    async def _heal(self, person: Person) -> None:
        """Nothing goes wrong any more; whatever can come to an end comes to it."""
        self.post.is_calm = True
        self.post.busy.clear()
        gate = self.life.gate
        gate.kill_in, gate.full_until = None, 0.0
        await self._alive()
        if self.dice.happens(0.5):
            self.life.kill()  # the last word is that of a process that read everything anew
            await self._alive()
        await person.confirms_copy()
        for _ in range(60):
            await asyncio.sleep(60.0)
            await self._alive()
            rows = await self.audit.outbox.open_rows()
            ready = {row.id for row in await self.audit.outbox.ready_rows()}
            if not self.post.on_the_way and not any(row.state in _MOVING or row.id in ready for row in rows):
                break
        await asyncio.sleep(10.0)

    async def _perhaps(self, person: Person, share: float = 1.0) -> None:
        """Perhaps something happens that is not the line's."""
        chance, gate = self.dice, self.life.gate
        if not chance.happens(self._rate * 0.4 * share):
            return
        fault = chance.random.choice(_EVENTS)
        if fault in {F.KILL_BEFORE_COMMIT, F.KILL_AFTER_COMMIT}:
            gate.kill_in, gate.is_after = chance.random.randint(1, 9), fault is F.KILL_AFTER_COMMIT
            self.life.on_kill = lambda _, fault=fault: chance.note(fault)
        elif fault is F.DISK_FULL:
            gate.full_until = self.clock.monotonic() + chance.random.choice([1.0, 10.0, 100.0])
            chance.note(fault)
        elif fault is F.CLOCK_JUMP:
            self.clock.jump(chance.random.choice([86400.0, 3600.0, -3600.0, -86400.0]))
            chance.note(fault)
        elif fault is F.SLEEP:
            self.clock.jump(8 * 3600.0)
            if self.wire is not None:
                self.wire.end()
            chance.note(fault)
        elif fault is F.STOPPED:
            chance.note(fault)
            with contextlib.suppress(EnvironmentFailure):  # a full disk keeps nobody from quitting
                await self.life.do(self.life.stop)
            self.life.kill()
            await self._alive()
        elif fault is F.RESTORED_COPY:
            await self._copies(person)
        elif await person.meddles(fault):
            chance.note(fault)

    async def _copies(self, person: Person) -> None:
        """Make a backup, or put the one made before back: what went out since is not in it."""
        if not self._may_copy:
            return
        if self._snapshot is None:
            self._snapshot = self.disk.copy()
            return
        self.dice.note(F.RESTORED_COPY)
        self.life.kill()
        await self.life.bury()
        gone = set(self.disk.rows) - set(self._snapshot.rows)
        self.lost_by_restore |= gone
        self.disk.__init__(**{name: getattr(self._snapshot, name) for name in Disk.__slots__})  # type: ignore[misc]
        self._snapshot = None
        self.loosened |= set(self.disk.rows)
        for id_ in tuple(self.disk.open):
            if self.disk.rows[id_].state is S.READY:
                self.disk.rows[id_] = self.disk.rows[id_]._replace(state=S.HELD)
        self.disk.is_held = True
        await self._start()
        await person.confirms_copy()

    def _on_change(self, changed: Changed) -> None:
        if changed.subject is Subject.TRIP and self.database is None:
            for trip in sorted(changed.ids):
                rows = [self.disk.rows[id_] for _, _, id_ in self.disk.of_trip.get(trip, ())]
                self.result.violations += judge_trip(self, rows)


_EVENTS = (
    *(F.KILL_BEFORE_COMMIT, F.KILL_AFTER_COMMIT) * 2,
    *(
        F.DISK_FULL,
        F.DISK_FULL,
        F.CLOCK_JUMP,
        F.SLEEP,
        F.STOPPED,
        F.EDITED_MEANWHILE,
        F.DECIDED,
        F.DECIDED,
        F.TAKEN_BACK,
    ),
    *(F.TAKEN_BACK, F.EDITED_MEANWHILE, F.RESTORED_COPY, F.RESTORED_COPY, F.RESTORED_COPY),
)
_ADDRESS = "ws://127.0.0.1:1/api/sockets/simulated"
_BEGAN = "2026-11-24T12:00:00.000Z"
_images: list[bytes] = []


def _database() -> sqlite3.Connection:
    """Return a new database in memory, of the newest version."""
    from desktop.store import migration

    connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)
    if _images:
        connection.deserialize(_images[0])
    else:
        migration.migrate(connection)
        _images.append(connection.serialize())
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


async def _no_links(*_: Any, **__: Any) -> list[str]:
    return []


def _no_gate(_payload: bytes) -> None:
    """What may go out is judged elsewhere; the documents here are three lines long."""


@contextmanager
def simulated(tick_s: float = 15.0) -> Iterator[None]:
    """Prepare the program for simulated worlds: no waiting, no log, the same ids each time."""
    before = random.getstate()
    logging.disable(logging.CRITICAL)
    try:
        with ExitStack() as stack:
            stack.enter_context(ids.repeated())
            stack.enter_context(patch("desktop.services.courier.TICK_S", tick_s))
            stack.enter_context(patch("desktop.services.outgoing._last_gate", _no_gate))
            stack.enter_context(patch("desktop.services.belonging.link_again", _no_links))
            yield
    finally:
        logging.disable(logging.NOTSET)
        random.setstate(before)


def play(seed: str, *, uploads: int = UPLOADS, is_real: bool = False, may_copy: bool = True) -> Result:
    """Play one world; the same seed gives the same world to the last byte.

    Args:
        seed: which one.
        uploads: how many are made, at least.
        is_real: over the real store, in memory; slower, and without restored copies.
        may_copy: whether backups are put back.
    """
    with simulated():
        random.seed(seed)
        loop = VirtualLoop()
        world = World(seed, loop, uploads=uploads, is_real=is_real, may_copy=may_copy and not is_real)
        with patch("desktop.connection.websocket._DirectConnect", world.connect):
            try:
                return run(world.play(), loop)
            except StandstillError as waiting:
                world.result.violations.append(f"liveness: everybody waits for ever: {waiting}")
                return world.result
            except Exception as error:
                error.add_note(f"in the simulated world {seed}")
                raise
