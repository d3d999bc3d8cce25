"""Deaths while one database takes the place of another: an older version that is brought up, a backup put back.

What is there afterwards is the old or the new, never half of either, and what was there before is kept.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults.mortal import Point, die, put_in

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Regime
from desktop.owner.lock import OwnerLock
from desktop.services import backups
from desktop.store import DATABASE, Store, backup, migration, open_store
from desktop.store.company import CompanyFields

CLOCK = SystemClock()
MESSAGES = 60
OLD_TRIPS, NEW_TRIPS = 2, 5
AT = "'2026-11-24T12:00:00.000Z'"
COMPANY = f"""INSERT INTO companies (id, version, name, scacs, carrier_codes, address, company_key, ca_file, is_practice,
    phone, created_at, updated_at) VALUES ('01C', 1, 'Sample', '[]', '[]', '', '', '', 1, '', {AT}, {AT})"""


def _is_log(path: Path, **_: Any) -> bool:
    return path.name == f"{DATABASE}-wal"


def _is_ours(_: Path, target: Path) -> bool:
    return target.name == DATABASE


async def _judged_upgrade(folder: Path) -> dict[str, Any]:
    store = open_store(folder, kind=None, clock=CLOCK)
    try:
        assert await store.problems() == []
        assert await store.frames.count() == MESSAGES
        assert len(await store.inbox.cards(search="montreal", limit=200)) == MESSAGES
    finally:
        await store.close()
    kept = list((folder / backup.FOLDER).glob("before-version-*.db"))
    assert kept, "the version before is kept nowhere"
    for path in kept:
        assert (backup.examine(path).version, backup.examine(path).messages) == (2, MESSAGES)
    return {"wrong": ""}


async def _judged_restore(folder: Path) -> dict[str, Any]:
    held, trips = await _contents(folder)
    if held:
        assert trips == OLD_TRIPS, f"{trips} trips of a backup with {OLD_TRIPS}"
        (kept,) = (folder / backup.FOLDER).glob("before-restore-*.db")
        with closing(sqlite3.connect(kept)) as db:
            assert db.execute("SELECT count(*) FROM trips").fetchone()[0] == NEW_TRIPS
    else:
        assert trips == NEW_TRIPS, f"{trips} trips, and there were {NEW_TRIPS}"
    with OwnerLock(folder):
        backups.restore(folder / "sample.db", folder, CLOCK)
    assert await _contents(folder) == (True, OLD_TRIPS)
    return {"wrong": ""}


async def _contents(folder: Path) -> tuple[bool, int]:
    store = open_store(folder, kind=None, clock=CLOCK)
    try:
        assert await store.problems() == []
        return await store.holding.state() is not None, len(await store.trips.latest(limit=100))
    finally:
        await store.close()


def older(folder: Path) -> None:
    """Make a folder of version 2, with messages whose search index the next version builds."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as db:
        migration.migrate(db, upto=2)
        db.execute(COMPANY)
        for number in range(MESSAGES):
            db.execute(
                f"""INSERT INTO frames (id, company, connection, received_at, body, is_text, size, sha256)
                    VALUES (?, '01C', 'x', {AT}, x'7b7d', 1, 2, '')""",
                (number + 1,),
            )
            db.execute(
                f"""INSERT INTO inbox (id, frame, company, received_at, kind, category, regime, trip_number,
                    control_number, digest, repeats, title, text, sign, words) VALUES (?, ?, '01C', {AT},
                    'RNS_SHIPMENT', 'rns', 'ACI', '9SMP11240068', '9SMPPARS382666', ?, 1, 'Montréal', 'RNS 9', 'set',
                    'montréal')""",
                (f"01KAV09HRC0000000700000{number:03d}", number + 1, f"d{number}"),
            )


async def _filled(folder: Path) -> Store:
    store = open_store(folder, kind="practice", clock=CLOCK)
    company = await store.companies.add(CompanyFields("Sample Carrier"), is_practice=True)
    for number in range(NEW_TRIPS):
        await store.trips.add(Regime.ACE, {"tripNumber": f"SMPL000{number}"}, company=company.id)
        if number == OLD_TRIPS - 1:
            await store.close()
            backup.make(folder / DATABASE, folder / "sample.db", CLOCK.now())
            store = open_store(folder, kind="practice", clock=CLOCK)
    return store


def with_a_log(folder: Path) -> None:
    """Make data whose newest trips stand only in the log, as a killed owner leaves them, and an older backup."""
    asyncio.run(_filled(folder))  # nobody closes it: this process dies


@dataclass(frozen=True, slots=True)
class Case:
    """One way to die: what is made, what is done to it, and how the rest is judged."""

    what: str
    point: Point
    make: Callable[[Path], None]
    judged: Callable[[Path], Any]

    def die(self, folder: Path, seed: str) -> None:
        """Make the folder, and end at the point."""
        self.make(folder)
        if self.point.function == "statements":
            _die_within_a_migration(random.Random(seed))
        else:
            put_in(self.point, 0)
        if self.what == "restore":
            with OwnerLock(folder):
                backups.restore(folder / "sample.db", folder, CLOCK)
        else:
            open_store(folder, kind=None, clock=CLOCK).close_now()


def _die_within_a_migration(chance: random.Random) -> None:
    original = migration.statements
    left = chance.randint(1, 50)  # the migrations above version 2 have a few more

    def counted(script: str) -> Iterator[str]:
        nonlocal left
        for statement in original(script):
            left -= 1
            if left == 0:
                die()
            yield statement

    migration.statements = counted


UPGRADES = (
    Point("before the old version is kept", "open", migration, "copy"),
    Point("old version half kept", "open", migration, "sync_folder"),
    Point("old version kept", "open", migration, "copy", is_after=True),
    Point("before the migration", "open", migration, "migrate"),
    Point("within the migration", "open", migration, "statements"),
    Point("migrated", "open", migration, "migrate", is_after=True),
)
RESTORES = (
    Point("before the backup is prepared", "restore", backup, "_prepare"),
    Point("backup prepared", "restore", backup, "_prepare", is_after=True),
    Point("data half kept", "restore", backup, "_set_aside"),
    Point("data kept", "restore", backup, "_set_aside", is_after=True),
    Point("log gone", "restore", Path, "unlink", is_after=True, when=_is_log),
    Point("before the backup is there", "restore", Path, "replace", when=_is_ours),
    Point("the backup is there", "restore", Path, "replace", is_after=True, when=_is_ours),
)
CASES = (
    *(Case("upgrade", point, older, _judged_upgrade) for point in UPGRADES),
    *(Case("restore", point, with_a_log, _judged_restore) for point in RESTORES),
)
