"""Works on a store and says after each step what stands in it: `writing.py FOLDER`. To be watched, and cut off."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Category, OutboxState, Regime
from desktop.store import Store, open_store
from desktop.store.company import CompanyFields
from desktop.store.outbox import Move
from desktop.store.records import NewFrame, NewInboxItem, NewNumber, NewOutboxRow, UndoStep, UndoTail

CLOCK = SystemClock()


async def standing(store: Store) -> dict[str, Any]:
    """Return what stands in the store."""
    trips = await store.trips.latest(limit=100)
    return {
        "companies": len(await store.companies.all()),
        "trips": sorted((trip.number, trip.version) for trip in trips),
        "outbox": [[(row.state, row.attempts) for row in await store.outbox.for_trip(trip.id)] for trip in trips],
        "frames": await store.frames.count(),
        "items": len(await store.inbox.cards(limit=100)),
        "problems": await store.problems(),
    }


async def work(folder: Path) -> None:
    """Fill a folder from nothing: edit, queue, claim, hear, understand."""
    store = open_store(folder, kind="practice", clock=CLOCK)
    # The log is folded into the database every few pages, so that cuts fall into that, too.
    await store._writer.bare(lambda db: db.execute("PRAGMA wal_autocheckpoint = 20"))

    async def say() -> None:
        os.write(1, json.dumps(await standing(store)).encode() + b"\n")

    await say()
    company = await store.companies.add(CompanyFields("Sample Carrier"), is_practice=True)
    await say()
    for number in range(3):
        document = {"tripNumber": f"SMPL000{number}", "note": "x" * 3000 * number}
        trip = await store.trips.add(Regime.ACE, document, company=company.id)
        await say()
        step = UndoStep("/note", "", "y", CLOCK.now())
        trip = await store.trips.save(trip.id, {**document, "note": "y"}, {}, version=1, undo=UndoTail(0, [step], 1))
        await say()
        upload = NewOutboxRow("upload", "ACE_TRIP", "CREATE", Regime.ACE, trip.number, f"s{number}", b"bytes" * 900)
        [row] = await store.outbox.enqueue_plan(
            [upload], company=company.id, trip=trip.id, trip_version=2, numbers=[NewNumber("trip", trip.number)]
        )
        await say()
        await store.outbox.claim(row.id, epoch=1, owner="sample")
        await say()
        [frame] = await store.frames.append([NewFrame(company.id, "c", CLOCK.now(), b"{}" * 700 * number)])
        await say()
        answered = Move(row.id, (OutboxState.IN_FLIGHT,), OutboxState.ACKED, "answer", frame=frame, is_answered=True)
        await store.outbox.move(answered)
        await say()
        await store.inbox.add(
            [
                NewInboxItem(
                    frame,
                    company.id,
                    CLOCK.now(),
                    "API_RESPONSE",
                    Category.UPLOAD,
                    Regime.ACE,
                    f"d{number}",
                    "title",
                    "text",
                    "sign",
                    trip=trip.id,
                )
            ]
        )
        await say()
    await store.close()


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1])))
