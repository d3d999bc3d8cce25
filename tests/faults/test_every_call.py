"""Each call of the store fails once, in turn: a clear sentence, nothing half done, nothing lost, and it works after.

Every N of every path is tried in each run: the disk full, broken, read-only; failing once, and from then on until it
is well again. How many calls a path makes is printed (`-s`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import ManualClock
from fakes.failing_disk import BROKEN, FULL, READ_ONLY, FailingDisk, failing_disk
from faults import replacing
from unit.services.world import World, ace_accepted, imported

from desktop.errors import DesktopError
from desktop.owner.lock import OwnerLock
from desktop.security.secret import Secret
from desktop.services import backups as backups_module
from desktop.services.backups import Backups
from desktop.services.courier import Owner
from desktop.services.line import Line
from desktop.services.listening import Listening
from desktop.services.words import error_words
from desktop.store import DATABASE, open_store
from desktop.store.backup import examine
from desktop.tasks import TaskKeeper

WAYS = [(FULL, True), (BROKEN, False), (READ_ONLY, True)]
Act = Callable[[Path, FailingDisk, Callable[[], None]], Awaitable[None]]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def limit_s() -> float:
    """Each of these tries some hundred failures."""
    return 500.0


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.waiting.SETTLE_S", 0.0)
    monkeypatch.setattr("desktop.services.backlog._AGAIN_S", 0.0)
    monkeypatch.setattr("desktop.services.line._AGAIN_S", 0.0)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    """Where the folders lie: in memory where there is such a place, for they are many and none needs to last."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as made:
        yield Path(made)


@pytest.fixture
def disk(base: Path, monkeypatch: pytest.MonkeyPatch) -> FailingDisk:
    """The disk below everything here."""
    return failing_disk(base, monkeypatch)


def clear(error: BaseException) -> None:
    """A person is told what happened and what to do."""
    assert isinstance(error, DesktopError), f"no sentence but {error!r}"
    words = error_words(error)
    assert words.title
    assert words.text
    assert words.remedy
    assert "Traceback" not in words.text


class Tried:
    """One path of the store, tried with every call of it failing in turn."""

    def __init__(self, folder: Path, disk: FailingDisk, way: str, *, is_lasting: bool) -> None:
        self._folder = folder
        self._disk = disk
        self._way = way
        self._is_lasting = is_lasting
        self._number = 0
        self.errors: list[BaseException] = []

    def __iter__(self) -> Iterator[Path]:
        """Yield a new folder for each call, until no call failed any more."""
        while True:
            self._number += 1
            folder = self._folder / str(self._number)
            yield folder
            if not self._disk.has_failed:
                break
            shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def failing(self) -> Iterator[None]:
        """The work with the failure in it; what it raises has to be a clear word."""
        self.errors = []
        self._disk.arm(self._number, self._way, is_lasting=self._is_lasting)
        try:
            yield
        except DesktopError as error:
            clear(error)
            self.errors.append(error)
        finally:
            self._disk.heal()

    async def until_failed_or(self, task: asyncio.Task[None]) -> None:
        """Wait for the failure, and for it to be met again where it lasts, or for the end."""
        async with asyncio.timeout(60):
            while not task.done() and not (self._disk.has_failed and len(self._disk.calls) > self._number + 2):  # noqa: ASYNC110 - calls tell nobody
                await asyncio.sleep(0)

    def say(self, name: str) -> None:
        """Print how many calls there are."""
        print(f"{name} ({self._way}, {'lasting' if self._is_lasting else 'once'}): {self._number - 1} calls")  # noqa: T201 - the count is asked for


@pytest.fixture(params=WAYS, ids=[f"{way}-{'lasting' if is_lasting else 'once'}" for way, is_lasting in WAYS])
def tried(request: pytest.FixtureRequest, base: Path, disk: FailingDisk) -> Tried:
    """Every way a disk fails."""
    way, is_lasting = request.param
    return Tried(base, disk, way, is_lasting=is_lasting)


class Place:
    """A world on a folder, whose background errors are kept."""

    def __init__(self, folder: Path) -> None:
        self.raised: list[BaseException] = []
        self.clock = ManualClock()
        self.keeper = TaskKeeper(lambda _name, error: self.raised.append(error))
        self.store = open_store(folder, kind=None, clock=self.clock)
        self.world = World(self.store, self.clock, self.keeper)

    async def end(self) -> None:
        """Close; whatever went wrong in the background was a clear word."""
        await self.keeper.stop()
        await self.store.close()
        for error in self.raised:
            clear(error)


@contextlib.asynccontextmanager
async def place_at(folder: Path) -> Any:
    place = Place(folder)
    try:
        if not await place.store.companies.all():
            await place.world.settle()
        yield place
    finally:
        await place.end()


def test_save(tried: Tried, run, expected_logs) -> None:
    expected_logs("not saved: store")

    async def main() -> None:
        for folder in tried:
            async with place_at(folder) as place:
                trip = await place.world.trip()
                session = await place.world.editing.open(trip.id)
                session.set("/truck/number", "TYPED1")
                with tried.failing():
                    await session.flush()
                assert session.value("/truck/number") == "TYPED1"
                stored = (await place.store.trips.get(trip.id)).document
                steps = await place.store.trips.undo_steps(trip.id)
                assert (stored["truck"]["number"] == "TYPED1") == bool(steps), "half saved"
                session.set("/truck/number", "TYPED2")
                await session.flush()
                assert not session.is_dirty
            async with place_at(folder) as place:
                assert (await place.store.trips.get(trip.id)).document == session.document
                assert await place.store.problems() == []
        tried.say("save")

    run(main())


def test_send(tried: Tried, run) -> None:
    async def main() -> None:
        for folder in tried:
            async with place_at(folder) as place:
                world = place.world
                trip = await world.trip()
                with tried.failing():
                    await world.submit.send(trip.id)
                    await _deliver(world)
                rows = await world.rows(trip)
                assert len(rows) in {0, 2}, "half a plan"
                for row in rows:
                    is_out = any(message["sendId"] == row.send_id for message in world.socket.sent)
                    assert (row.state == "IN_FLIGHT") >= is_out, f"{row.state}, and it went out"
                await world.submit.send(trip.id)  # as somebody does who was told that it did not work
                await _deliver(world)
                await world.hear(imported(world.socket.sent[0]))
                await _deliver(world)
                await world.hear(ace_accepted(world.socket.sent[1]))
                assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP", "ACE_SEND_REQUEST"]
                assert await world.states(trip) == ["ACKED", "ACKED"]
        tried.say("send")

    run(main())


async def _deliver(world: World) -> None:
    """What the courier's task does: after a failure of the disk it tries again."""
    await world.courier._pass_time()
    while await world.courier._send_next():
        pass


def test_receive(tried: Tried, run, expected_logs) -> None:
    expected_logs("messages wait to be stored: store")
    expected_logs("stored messages not understood: store")

    async def main() -> None:
        for folder in tried:
            async with place_at(folder) as place:
                world = place.world
                trip = await world.trip()
                await world.submit.send(trip.id)
                await _deliver(world)
                line = _line(place)
                line.courier = world.courier
                following = place.keeper.start(line._follow(), name="messages")
                frames = [
                    imported(world.socket.sent[0]),
                    {"data": "SYSTEM_ALERT", "message": "a sample"},
                    {"data": "SYSTEM_ALERT", "message": "another sample"},
                ]
                bodies = [json.dumps(value).encode() for value in frames]
                with tried.failing():
                    reading = place.keeper.start(_read(line, bodies, place.clock), name="read")
                    await tried.until_failed_or(reading)
                await reading
                await line._backlog.settled()
                await line.catch_up()
                assert not following.done(), "nobody follows behind any more"
                kept = [frame.body for frame in await place.store.frames.since(0)]
                assert kept == bodies, "a message was lost, or came twice"
                assert await place.store.frames.not_understood() == []
                assert [card.repeats for card in await place.store.inbox.cards()] == [1, 1, 1]
                assert (await world.states(trip))[0] == "ACKED"
        tried.say("receive")

    run(main())


async def _read(line: Line, bodies: list[bytes], clock: ManualClock) -> None:
    """What the connection does: one frame after the other."""
    for body in bodies:
        await line._on_frames([(body, clock.now())])
    await line._backlog.settled()


def _line(place: Place) -> Line:
    async def key(_: str) -> Secret:
        return Secret("practice-canary")

    world = place.world
    return Line(
        world.companies or [],
        store=place.store,
        receiving=world.receiving,
        key_of=key,
        owner=Owner(1, "this test"),
        listening=Listening(place.store, place.clock, keeper=place.keeper),
        changes=world.changes,
        clock=place.clock,
        keeper=place.keeper,
    )


def test_migrate(tried: Tried, run) -> None:
    async def main() -> None:
        for folder in tried:
            replacing.older(folder)
            with tried.failing():
                open_store(folder, kind=None, clock=ManualClock()).close_now()
            with contextlib.closing(sqlite3.connect(folder / DATABASE)) as db:
                assert db.execute("SELECT count(*) FROM frames").fetchone()[0] == replacing.MESSAGES
            assert not list((folder / "backups").glob("*.part"))
            await replacing._judged_upgrade(folder)
        tried.say("migrate")

    run(main())


def test_back_up(tried: Tried, run) -> None:
    async def main() -> None:
        for folder in tried:
            async with place_at(folder) as place:
                await place.world.trip()
                backups = Backups(place.store, place.clock)
                first = await backups.make()
                place.clock.advance(3600)
                with tried.failing():
                    await backups.make()
                for path in await backups.all():
                    examine(path)
                assert first.path in await backups.all()
                assert not list(backups.folder.glob(".*"))
                place.clock.advance(3600)
                assert (await backups.make()).trips == 1
        tried.say("back up")

    run(main())


def test_restore(tried: Tried, run, base: Path) -> None:
    made = base / "made"
    store = run(replacing._filled(made))
    live = base / "live"
    shutil.copytree(made, live)  # with what stands only in its log
    run(store.close())

    async def main() -> None:
        for folder in tried:
            shutil.copytree(live, folder)
            with OwnerLock(folder), tried.failing():
                backups_module.restore(folder / "sample.db", folder, ManualClock())
            await replacing._judged_restore(folder)
            assert not [path for path in folder.iterdir() if path.name.startswith(".")]
        tried.say("restore")

    run(main())
