"""Ten thousand frames at once: durable and visible, beside a loop that only stores them (aim: 3 times; stall 50 ms).

Both read the same frames from the same kind of socket. The floor appends them to a bare table in batches of 200, each
on the disk (`synchronous=FULL`). The program does all it does: the real link, courier, desk and window, open at the
inbox; a round ends when the newest message is the first in the list.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import sqlite3
import statistics
import sys
import time
from pathlib import Path

import pytest
from bench.measure import line
from bench.test_list import Heartbeat, fill
from fakes.toy_gateway import KEY, ToyGateway
from fakes.window import until
from PySide6.QtCore import QCoreApplication, QEvent
from websockets.asyncio.client import connect

from desktop.assembly import DeskOptions, open_desk
from desktop.clock import SystemClock
from desktop.domain.lifecycle import LinkState
from desktop.practice import sample
from desktop.store.database import DATABASE
from desktop.store.file import write_file
from desktop.ui.choices import Choices
from desktop.ui.place import Place
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

FRAMES, BATCH, ROUNDS, TRIPS = 10_000, 200, 5, 200
_REST_S = 2.0  # what a round leaves the window to do is no part of the next floor
CODES = ["9", "24", "4", "5"]


@pytest.fixture
def limit_s() -> float:
    """All rounds together."""
    return 800.0


def frames(turn: int) -> list[str]:
    """A burst of all kinds about trips of ours and others, each frame different."""
    made = []
    for place in range(FRAMES):
        trip, stamp = place % TRIPS, f"2026-11-24 {place // 3600 % 24:02d}:{place // 60 % 60:02d}:{place % 60:02d}"
        kind = place % 5
        if kind == 0:
            value = {
                "data": "ACE_RESPONSE", "dateTime": stamp, "cbpDateTime": stamp, "tripNumber": f"SMPLB{trip:06d}",
                "shipmentStatusList": [
                    {"shipmentControlNumber": f"SMPL{trip:06d}{row}", "code": "05", "description": "Entry on file",
                     "entryNumber": f"SMP{turn}{place:07d}", "port": "3801"} for row in range(2)
                ],
            }  # fmt: skip
        elif kind == 1:
            value = {
                "data": "ACI_NOTICE", "dateTime": stamp, "cbsaDateTime": stamp, "type": "MATCHED",
                "cargoControlNumber": f"9SMP{trip:06d}0", "companyKey": f"c-{turn}-{place}",
            }  # fmt: skip
        elif kind == 2:
            value = {
                "data": "ACE_RESPONSE", "dateTime": stamp, "cbpDateTime": stamp, "companyKey": f"c-{turn}-{place}",
                "sendRequest": {"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": f"SMPLB{trip:06d}"},
                "processingResponse": {"shipmentsRejected": 0, "shipmentsAccepted": 2},
            }  # fmt: skip
        else:
            number = f"9SMP{trip:06d}0" if kind == 3 else f"9SMPPARS{turn}{place:06d}"
            value = {
                "data": "RNS_SHIPMENT", "cargoControlNumber": number, "transactionNumber": f"1788{turn}{place:09d}",
                "driverName": "Sample Driver One", "serviceOption": {"number": "911", "name": "IID"},
                "releaseOffice": {"number": "0453", "name": "Windsor Ambassador Bridge"},
                "status": {"dateTime": stamp, "releaseCode": {"number": CODES[place % 4], "shortName": "Sample"}},
            }  # fmt: skip
        made.append(json.dumps(value))
    return made


class Far:
    """The far end: says everything it is given, as fast as it is read."""

    def __init__(self) -> None:
        self.gateway = ToyGateway(self._talk)
        self._bursts: asyncio.Queue[list[str]] = asyncio.Queue()

    async def _talk(self, socket) -> None:
        while True:
            for one in await self._bursts.get():
                await socket.send(one)

    def say(self, burst: list[str]) -> None:
        self._bursts.put_nowait(burst)


async def bare(far: Far, folder: Path, burst: list[str]) -> float:
    """Read and store, and nothing else; return the seconds it took."""
    db = sqlite3.connect(folder / "bare.db", isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE IF NOT EXISTS frames (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def store(batch: list[bytes]) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO frames (body) VALUES (?)", [(one,) for one in batch])
        db.execute("COMMIT")

    try:
        async with connect(
            far.gateway.address, max_queue=4, compression=None, proxy=None, ping_interval=None
        ) as socket:
            await socket.send(json.dumps({"apiKey": KEY}))
            await socket.recv()
            began = time.perf_counter()
            far.say(burst)
            for _ in range(0, len(burst), BATCH):
                batch = [await socket.recv(decode=False) for _ in range(BATCH)]
                await asyncio.to_thread(store, batch)
            return time.perf_counter() - began
    finally:
        db.close()


async def ours(far: Far, shell: Shell, desk, burst: list[str]) -> tuple[float, float, float]:
    """Say it to the program; return the seconds until all is durable, until it is visible, and the longest stall."""
    page = shell.inbox
    had = start = await desk.store.frames.count()  # ids count up from 1: nothing is ever deleted here
    beat = Heartbeat(desk.keeper)
    began = time.perf_counter()
    far.say(burst)
    while await asyncio.to_thread(on_the_disk, desk.store.folder / DATABASE) < had + len(burst):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    durable = time.perf_counter() - began
    while await desk.store.frames.not_understood(1, after=start):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    newest = (await desk.store.inbox.cards(limit=1))[0].id
    await until(lambda: page.model.rowCount() and first_of(page) == newest, 60)
    page.list.viewport().repaint()
    return durable, time.perf_counter() - began, await beat.stop()


def on_the_disk(path: Path) -> int:
    """The newest frame, as somebody sees it who waits for nothing of the program."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT max(id) FROM frames").fetchone()[0] or 0)


def first_of(page) -> str:
    """The id of the first card shown."""
    from desktop.ui.models.role import Role

    return page.model.index(0, 0).data(Role.ID)


def test_a_burst(run_qt, show, tmp_path: Path) -> None:
    async def main() -> None:
        far = Far()
        async with far.gateway:
            folder = tmp_path / "data"
            clock = SystemClock()
            desk = await open_desk(DeskOptions(folder=folder, clock=clock))
            state = WindowState()
            for name, value in (("guide.done", "yes"), ("window.place", "inbox")):
                state.keep(name, value)
            shell = Shell(desk, state, Choices(folder, clock, write_file), lambda _: None)
            try:
                said = sample.company()
                await desk.companies.add(
                    name=said["name"], scacs=said["scacs"], carrier_codes=said["carrierCodes"],
                    address=far.gateway.address, key=KEY,
                )  # fmt: skip
                await fill(desk, TRIPS)
                await shell.prepare()
                shell.window.resize(1366, 736)
                shell.show()
                await shell.start()
                shell.window.go_to(Place.INBOX)
                figures: dict[str, list[float]] = {name: [] for name in ("bare", "durable", "visible", "stall")}
                memory = []
                for turn in range(ROUNDS + 1):
                    burst = frames(turn)
                    await asyncio.sleep(_REST_S)
                    floor = await bare(far, tmp_path, burst)
                    await asyncio.sleep(_REST_S)
                    await desk.start_link()
                    await until(lambda: desk.link.status.state is LinkState.CONNECTED, 20)
                    durable, visible, stall = await ours(far, shell, desk, burst)
                    await desk.link.stop()
                    memory.append(resident_mb())
                    show(f"round {turn}: {floor:.2f} {durable:.2f} {visible:.2f} s, stall {stall * 1000:.0f} ms")
                    if turn:  # the first is for caches, bytecode and the file system
                        for name, value in zip(figures, (floor, durable, visible, stall), strict=True):
                            figures[name].append(value)
                for name, values in figures.items():
                    show(line(f"{FRAMES} frames: {name}", values))
                floor = statistics.median(figures["bare"])
                show(f"durable {statistics.median(figures['durable']) / floor:.2f} times the floor (aim 3)")
                show(f"visible {statistics.median(figures['visible']) / floor:.2f} times the floor (aim 3)")
                show(f"longest stall {max(figures['stall']) * 1000:.0f} ms (aim 50)")
                show("memory after each round, MB: " + " ".join(f"{one:.0f}" for one in memory))
            finally:
                await shell.stop()
                await desk.close()
                shell.dispose()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    run_qt(main())


def resident_mb() -> float:
    """Memory of this process now; where the system does not say, the most it ever had."""
    with contextlib.suppress(OSError), Path("/proc/self/statm").open(encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
