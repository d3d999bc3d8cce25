"""Does one piece of work on a store again and again, killed at each of its statements in turn.

Run as a program: `dying.py FOLDER`. Prints one line for each death: the statement's number, what a fresh opening
finds wrong (nothing), and whether the work counts as done. Ends when the work lived to its end.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Category, OutboxState, Regime
from desktop.store import open_store
from desktop.store.company import CompanyFields
from desktop.store.outbox import Move
from desktop.store.records import NewFrame, NewInboxItem, NewNumber, NewOutboxRow, UndoStep, UndoTail

CLOCK = SystemClock()
DOCUMENT = {"tripNumber": "SMPL0001", "shipments": [{"shipmentControlNumber": "SMPLX1"}]}


async def prepare(folder: Path) -> None:
    """Make the data every life begins with."""
    store = open_store(folder, kind="practice", clock=CLOCK)
    company = await store.companies.add(CompanyFields("Sample Carrier"), is_practice=True)
    await store.trips.add(Regime.ACE, {}, company=company.id)
    await store.close()


async def work(folder: Path, deaths: int) -> None:
    """Edit, queue, claim, hear and understand; die before statement number `deaths`."""
    store = open_store(folder, kind="practice", clock=CLOCK)
    await store._writer.bare(lambda db: db.set_trace_callback(_Death(deaths)))
    [trip] = await store.trips.latest()
    step = UndoStep("/tripNumber", None, "SMPL0001", CLOCK.now())
    trip = await store.trips.save(trip.id, DOCUMENT, {}, version=1, undo=UndoTail(0, [step], 1))
    upload = NewOutboxRow("upload", "ACE_TRIP", "CREATE", Regime.ACE, "SMPL0001", "s1", b"bytes")
    request = NewOutboxRow("send_request", "ACE_SEND_REQUEST", "", Regime.ACE, "SMPL0001", "s2", b"more")
    numbers = [NewNumber("trip", "SMPL0001")]
    [row, _] = await store.outbox.enqueue_plan(
        [upload, request], company=trip.company, trip=trip.id, trip_version=2, numbers=numbers
    )
    await store.outbox.claim(row.id, epoch=1, owner="test")
    [frame] = await store.frames.append([NewFrame(trip.company, "c", CLOCK.now(), b"{}")])
    moves = Move(row.id, (OutboxState.IN_FLIGHT,), OutboxState.ACKED, "answer", frame=frame, is_answered=True)
    await store.outbox.move(moves)
    item = NewInboxItem(
        frame, trip.company, CLOCK.now(), "API_RESPONSE", Category.UPLOAD, Regime.ACE, "d", "t", "t", "s", trip=trip.id
    )
    await store.inbox.add([item])
    await store.close()


class _Death:
    def __init__(self, statement: int) -> None:
        self.left = statement

    def __call__(self, _sql: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


async def look(folder: Path) -> list[str]:
    """Return what is wrong with the data a death left."""
    store = open_store(folder, kind="practice", clock=CLOCK)
    wrong = await store.problems()
    [trip] = await store.trips.latest()
    shipments = (await store.shipments.of_trips([trip.id]))[trip.id]
    steps = await store.trips.undo_steps(trip.id)
    if {trip.version - 1, len(shipments), len(steps), trip.undo_position} not in ({0}, {1}):
        wrong.append("the trip was half saved")
    rows = await store.outbox.for_trip(trip.id)
    used = await store.numbers_used.find(trip.company, Regime.ACE, "trip")
    if (len(rows), len(used)) not in {(0, 0), (2, 1)}:
        wrong.append("the plan was half queued")
    if rows and (await store.trips.version(trip.id, 2)).document != DOCUMENT:
        wrong.append("the version that was queued is not kept")
    for row in rows:
        lines = await store.delivery_log.of_row(row.id)
        if lines[-1].to_state != row.state:
            wrong.append("a move without its line in the log")
        if row.state == OutboxState.ACKED and not await store.frames.count():
            wrong.append("an answer was applied before it was stored")
    cards = await store.inbox.cards()
    if len(cards) + len(await store.frames.not_understood()) != await store.frames.count():
        wrong.append("a frame is neither understood nor waiting")
    await store.outbox.recover_dead(2)
    if any(row.state == OutboxState.IN_FLIGHT for row in await store.outbox.open_rows()):
        wrong.append("a dead owner's row is still in flight")
    await store.close()
    return wrong


def main(base: Path) -> None:
    """Die at each statement in turn."""
    asyncio.run(prepare(base / "first"))
    number = 0
    while True:
        number += 1
        folder = base / str(number)
        shutil.copytree(base / "first", folder)
        child = os.fork()
        if child == 0:
            asyncio.run(work(folder, number))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        wrong = asyncio.run(look(folder))
        sys.stdout.write(json.dumps({"statement": number, "wrong": wrong, "is_killed": os.WIFSIGNALED(status)}) + "\n")
        sys.stdout.flush()
        shutil.rmtree(folder)
        if not os.WIFSIGNALED(status):
            break


if __name__ == "__main__":
    assert sqlite3.sqlite_version_info >= (3, 37), "STRICT tables"
    main(Path(sys.argv[1]))
