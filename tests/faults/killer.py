"""Kills the owner of a data folder again and again, and judges what each death left: `killer.py BASE SEED KILLS`.

Everything is loaded once and each life is a fork, so that a death costs little; the practice service is a fork of its
own that outlives them all. Each line of the output is one death: where, the seed that repeats it, what was wrong, and
how long it took until the folder was open, read and connected again.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import itertools
import json
import os
import pickle
import random
import select
import shutil
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fakes import far_end, oracle
from fakes.office import Office, connected
from faults import mortal, replacing

from desktop.assembly import DeskOptions, open_desk
from desktop.connection import websocket
from desktop.practice import sample
from desktop.practice.service import _Connection
from desktop.services import waiting
from desktop.store import backup as store_backup

IN_A_CHAIN = 25
SCENARIOS = ("clear", "duplicate", "accept", "reject", "queued-then-imported", "hold", "release", "exam")
LONGEST_S = 20.0
FALLBACK_S = 3.0
"""A life that does not come to its point in this time is ended as it is."""


def _quick() -> None:
    """Short pauses: what is played here is death, not waiting."""
    websocket.pauses = lambda _: itertools.repeat(0.03)  # type: ignore[attr-defined]
    waiting.SETTLE_S = 0.02  # type: ignore[misc]
    _Connection.send = far_end._remembered  # type: ignore[method-assign]


def fork(work: Callable[[], None]) -> int:
    """Do `work` in a process of its own; return its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Far:
    """The practice service in a process of its own, and what it remembers, for those who ask."""

    def __init__(self, played: str) -> None:
        self._ours, theirs = socket.socketpair()
        self._process = fork(lambda: asyncio.run(self._serve(theirs, played)))
        theirs.close()
        self.address, self.company_key = self.ask()["place"]

    async def _serve(self, theirs: socket.socket, played: str) -> None:
        self._ours.close()
        far = far_end.FarEnd(played, pace=0.01)
        await far.start()
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def asked() -> None:
            if not theirs.recv(1):
                ended.set()
                return
            service = far.service
            said = pickle.dumps({
                "place": (service.address, service.company_key),
                "is_quiet": service.is_quiet and not service.waiting,
                "taken": far.taken,
                "stored": far.stored,
                "given": far.given,
                "ledger": service.ledger,
            })  # fmt: skip
            theirs.setblocking(True)
            theirs.sendall(struct.pack(">I", len(said)) + said)
            theirs.setblocking(False)

        theirs.setblocking(False)
        loop.add_reader(theirs, asked)
        await ended.wait()
        loop.remove_reader(theirs)
        await far.service.stop()

    def ask(self) -> dict[str, Any]:
        """Return its books."""
        self._ours.sendall(b"?")
        (size,) = struct.unpack(">I", self._exactly(4))
        return dict(pickle.loads(self._exactly(size)))

    def _exactly(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            part = self._ours.recv(size - len(found))
            if not part:
                raise EOFError("the practice service has ended")
            found += part
        return found

    def end(self) -> None:
        """End it and wait for it."""
        self._ours.close()
        os.waitpid(self._process, 0)


def kill(work: Callable[[int], None], after_s: float) -> tuple[list[dict[str, Any]], bool]:
    """Fork, let it work, end it after so long if it has not ended itself; return its promises, and who ended it."""
    reading, writing = os.pipe()

    def live() -> None:
        os.close(reading)
        work(writing)

    child = fork(live)
    os.close(writing)
    said, end, is_ours = b"", time.monotonic() + after_s, False
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, end - time.monotonic()))
        if not ready and not is_ours:
            os.kill(child, signal.SIGKILL)
            is_ours, end = True, time.monotonic() + LONGEST_S
            continue
        part = os.read(reading, 65536)
        if not part:
            break
        said += part
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise AssertionError(f"a life ended by itself with {os.waitstatus_to_exitcode(status)}")
    return [json.loads(line) for line in said.splitlines()], is_ours


def look(work: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """Judge in a process of its own; return what it found."""
    reading, writing = os.pipe()

    def judge() -> None:
        os.close(reading)
        try:
            found = asyncio.run(work)
        except BaseException as error:
            found = {"wrong": "".join(traceback.format_exception(error))[-4000:]}
        os.write(writing, json.dumps(found).encode())

    child = fork(judge)
    work.close()
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return dict(json.loads(said or b'{"wrong": "the judge fell"}'))


async def judged(folder: Path, far: Far, promised: list[dict[str, Any]]) -> dict[str, Any]:
    """Open the folder as the next owner does and hold it against the far end's books and what was promised."""
    began = time.monotonic()
    seen = SimpleNamespace(clock=far_end.WarpClock(), **far.ask())
    office = Office(folder, seen)  # type: ignore[arg-type]
    await office.open()
    await office.desk.lookups.trips()
    opened_s = time.monotonic() - began
    await connected(office)
    usable_s = time.monotonic() - began
    while not await _is_quiet(office, far):  # noqa: ASYNC110 - the far end is another process
        await asyncio.sleep(0.01)
    await _judge_promises(office, promised)
    for name, value in far.ask().items():
        setattr(seen, name, value)
    seen.service = SimpleNamespace(ledger=seen.ledger)
    await oracle.judge(office, may_lose_frames=True)
    return {"wrong": "", "opened_s": round(opened_s, 3), "usable_s": round(usable_s, 3)}


async def _is_quiet(office: Office, far: Far) -> bool:
    await office.settle()
    outbox = office.desk.store.outbox

    async def is_in_flight() -> bool:
        return any(row.state == "IN_FLIGHT" for row in await outbox.open_rows())

    # in flight is looked at twice: what was ready in between has been claimed or has come to its end by then
    is_sending = await is_in_flight() or bool(await outbox.ready_rows()) or await is_in_flight()
    return not is_sending and bool(far.ask()["is_quiet"])


async def _judge_promises(office: Office, promised: list[dict[str, Any]]) -> None:
    """Hold every promise of the life before against what is there now."""
    store = office.desk.store
    for trip, documents in _allowed(promised).items():
        found = mortal.digest((await store.trips.get(trip)).document)
        assert found in documents, f"{trip} was saved and is not there"
    kept = {hashlib.sha256(body).hexdigest() for body in await oracle._bodies(office)}
    for line in promised:
        assert set(line.get("kept", ())) <= kept, "a frame was kept and is gone"
        for item in line.get("told", ()):
            assert (await store.inbox.get(item)).id == item  # told of, so it is there
        if "sent" in line:
            await _judge_outcome(office, line["sent"], line["outcome"])
    for path in (office.folder / "backups").glob("*.db"):
        store_backup.examine(path)
    assert {Path(line["backup"]) for line in promised if "backup" in line} <= set((office.folder / "backups").glob("*"))


def _allowed(promised: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return what may stand in each trip: what was saved last, and all that was typed after it."""
    allowed: dict[str, list[str]] = {}
    for line in promised:
        if "document" in line:
            allowed[line["trip"]] = [line["document"]]
        if "typed" in line:
            allowed[line["trip"]].append(line["typed"])
    return allowed


async def _judge_outcome(office: Office, trip: str, outcome: str) -> None:
    """What somebody was told of a message stays so."""
    rows = await office.desk.store.outbox.for_trip(trip)
    assert rows or outcome in {"not_ready", "blocked"}, f"sent ({outcome}), and no row of it"
    if outcome == "delivered":
        delivery = (await office.desk.lookups.trip(trip)).row.delivery
        assert delivery in {"delivered", "problems", "refused"}, f"delivered, and now {delivery}"


async def _begin(folder: Path, address: str, company_key: str) -> dict[str, Any]:
    desk = await open_desk(DeskOptions(folder=folder))
    said = sample.company()
    await desk.companies.add(
        name=said["name"],
        scacs=said["scacs"],
        carrier_codes=said["carrierCodes"],
        address=address,
        company_key=company_key,
        key=far_end.KEY,
    )
    await desk.close()
    return {}


def chain(base: Path, seed: int, kills: int, number: int) -> None:
    """Kill one owner of one folder so often."""
    chance = random.Random(f"{seed} {number}")
    played = SCENARIOS[number % len(SCENARIOS)]
    folder = base / f"data {number}"
    far = Far(played)
    try:
        look(_begin(folder, far.address, far.company_key))
        points = list(mortal.POINTS)
        chance.shuffle(points)
        for place in range(kills):
            turn = number * IN_A_CHAIN + place
            point = points[place % len(points)] if turn % 4 else None
            after_s = (
                FALLBACK_S if point is not None else chance.choice((0.05, 0.2, 0.5, 1.0)) * chance.uniform(0.2, 1.8)
            )
            life_seed = f"{seed} {number} {place}"
            promised, is_ours = kill(
                lambda pipe, point=point, life_seed=life_seed: asyncio.run(
                    mortal.Life(folder, pipe, life_seed, point).live()
                ),
                after_s,
            )
            name = "any moment" if point is None else f"never came: {point.name}" if is_ours else point.name
            found = look(judged(folder, far, promised))
            tell(name, life_seed, played, promises=len(promised), **found)
            if found["wrong"]:
                return
    finally:
        far.end()
    shutil.rmtree(folder)


def tell(name: str, seed: str, played: str, **found: Any) -> None:
    """Write the line of one death."""
    sys.stdout.write(json.dumps({"point": name, "seed": seed, "scenario": played, **found}) + "\n")
    sys.stdout.flush()


def main(base: Path, seed: int, kills: int) -> None:
    """Kill so often: in chains of new folders and scenarios, and a share of it while data are replaced."""
    _quick()
    gc.collect()
    gc.freeze()
    rounds = max(1, kills // 100)
    left = max(1, kills - rounds * len(replacing.CASES))
    for number, first in enumerate(range(0, left, IN_A_CHAIN)):
        chain(base, seed, min(IN_A_CHAIN, left - first), number)
    for turn in range(rounds):
        for place, case in enumerate(replacing.CASES):
            folder = base / f"replaced {turn} {place}"
            case_seed = f"{seed} {turn} {place}"
            _, is_ours = kill(lambda _, case=case, folder=folder, of=case_seed: case.die(folder, of), LONGEST_S)
            began = time.monotonic()
            found = look(case.judged(folder))
            took_s = round(time.monotonic() - began, 3)
            name = f"never came: {case.point.name}" if is_ours else case.point.name
            tell(name, case_seed, case.what, usable_s=took_s, **found)
            shutil.rmtree(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
