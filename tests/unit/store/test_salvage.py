"""A damaged database gives back what can still be read, never something half (reliability 5, row 5).

`EMANIFEST_DAMAGED=1000` tries so many damaged files.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from unit.store.conftest import upload

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Category, Regime
from desktop.errors import DataFolderUnusable
from desktop.store import DATABASE, open_store
from desktop.store.company import CompanyFields
from desktop.store.records import NewFrame, NewInboxItem
from desktop.store.salvage import salvage

DAMAGED = int(os.environ.get("EMANIFEST_DAMAGED", "120"))
TRIPS, FRAMES = 40, 200


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    """A database with trips, messages and attempts, as bytes."""
    import asyncio

    folder = tmp_path_factory.mktemp("sound")

    async def fill() -> None:
        store = open_store(folder, kind="practice", clock=SystemClock())
        company = await store.companies.add(CompanyFields("Sample Carrier", scacs=("SMPL",)), is_practice=True)
        for place in range(TRIPS):
            document = {"data": "ACE_TRIP", "tripNumber": f"SMPL{place:04d}", "note": "x" * 900}
            trip = await store.trips.add(Regime.ACE, document, company=company.id)
            if place % 4 == 0:
                row = upload(f"send{place}", number=f"SMPL{place:04d}")
                await store.outbox.enqueue_plan([row], company=company.id, trip=trip.id, trip_version=trip.version)
        now = store._clock.now()
        for place in range(FRAMES):
            body = json.dumps({"data": "SYSTEM_ALERT", "message": f"sample {place} " + "y" * 300}).encode()
            (frame,) = await store.frames.append([NewFrame(company.id, "line", now, body, True)])
            digest = hashlib.sha256(body).hexdigest()
            item = NewInboxItem(
                frame, company.id, now, "SYSTEM_ALERT", Category.ALERT, None, digest, "Alert", "sample", "alert"
            )
            await store.inbox.add([item])
        await store.close()

    asyncio.run(fill())
    return (folder / DATABASE).read_bytes()


def damaged(sound: bytes, seed: int) -> bytes:
    """Flip bits, blank or scramble pages, or cut the end off."""
    chance = random.Random(seed)
    data = bytearray(sound)
    way = seed % 4
    if way == 0:
        for _ in range(chance.randint(1, 200)):
            data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
    elif way in {1, 2}:
        for _ in range(chance.randint(1, 12)):
            page = chance.randrange(1, len(data) // 4096)
            data[page * 4096 : (page + 1) * 4096] = bytes(4096) if way == 1 else chance.randbytes(4096)
    else:
        del data[chance.randrange(len(data) // 4, len(data)) :]
    return bytes(data)


@pytest.mark.parametrize("seed", range(DAMAGED))
def test_what_comes_out_is_sound_and_whole(sound: bytes, seed: int, tmp_path: Path, run) -> None:
    file, target = tmp_path / "damaged.db", tmp_path / DATABASE
    file.write_bytes(damaged(sound, seed))
    before = file.read_bytes()
    try:
        done = salvage(file, target, SystemClock())
    except DataFolderUnusable:
        assert not target.exists()
        assert not list(tmp_path.glob(".*.part"))
        return
    finally:
        assert file.read_bytes() == before, "the damaged file stays as it is"
    assert 0 <= done.trips <= TRIPS

    async def look() -> None:
        store = open_store(tmp_path, kind=None, clock=SystemClock())
        try:
            assert await store.problems() == []
            trips = await store.trips.latest(limit=1000)
            assert len(trips) <= done.trips
            for frame in await store.frames.since(0, limit=1000):
                assert hashlib.sha256(frame.body).hexdigest() == frame.sha256, "no message that was not received"
            assert await store.holding.state() is not None, "nothing goes out until somebody has looked"
            counts = await store.inbox.unread_counts()
            cards = await store.inbox.cards(limit=1000)
            assert counts[Category.ALERT] == len(cards)
        finally:
            await store.close()

    run(look())


def test_a_sound_file_comes_out_entire(sound: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sound.db"
    file.write_bytes(sound)
    done = salvage(file, tmp_path / "new.db", SystemClock())
    assert (done.trips, done.messages, done.dropped, done.torn) == (TRIPS, FRAMES, {}, [])
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(tmp_path / "new.db")) as new:
        for table in (
            "trips",
            "frames",
            "inbox",
            "inbox_frames",
            "outbox",
            "delivery_log",
            "companies",
            "trip_versions",
        ):
            rows = [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for db in (old, new)]
            assert rows[0] == rows[1], table


def test_most_of_a_file_with_one_bad_page_comes_out(sound: bytes, tmp_path: Path) -> None:
    """But for the pages that list the tables: without them nobody knows where anything is, and a backup must serve."""
    taken = []
    for page in range(60, 100, 5):
        data = bytearray(sound)
        data[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
        file = tmp_path / f"page{page}.db"
        file.write_bytes(bytes(data))
        taken.append(salvage(file, tmp_path / f"new{page}.db", SystemClock()))
    assert all(done.trips + done.messages > (TRIPS + FRAMES) * 0.6 for done in taken), taken


def test_a_message_a_person_was_erased_from_is_taken_too(sound: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sound.db"
    file.write_bytes(sound)
    with closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE frames SET body = CAST('{}' AS BLOB), erased_at = received_at WHERE id = 1")
        db.execute("UPDATE frames SET body = CAST('{}' AS BLOB) WHERE id = 2")
        db.commit()
    salvage(file, tmp_path / "new.db", SystemClock())
    with closing(sqlite3.connect(tmp_path / "new.db")) as new:
        assert [row[0] for row in new.execute("SELECT id FROM frames WHERE id < 4 ORDER BY id")] == [1, 3]
