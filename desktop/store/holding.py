"""Data that came from a backup or from another place: what went out since they were copied is not in them.

Until a person has said that he looked, nothing goes out of such a folder (reliability 3.1.7 and 5, row 21).
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.clock import Clock, from_text, to_text
from desktop.store.lane import Lane

SEAL = "sealed"
"""Key of the sum in a backup; in a database that is opened it says that somebody copied a backup into place."""

_HELD, _PLACE = "held", "place"


class Why(StrEnum):
    """Why everything is held."""

    RESTORED = "restored"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Held:
    """Everything is held.

    Attributes:
        why: put back from a backup, or found in another place than it was left in.
        since: when that was noticed (UTC).
        as_of: the data are as they were then (UTC); None where that is not known.
    """

    why: Why
    since: datetime
    as_of: datetime | None = None


class Holding:
    """Whether anything may go out of these data."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def state(self) -> Held | None:
        """Return why everything is held; None where nothing is."""
        return await self._reader.read(held)

    async def arrive(self, place: str) -> Held | None:
        """Note where the data lie now, and hold everything where that is another place than before.

        Args:
            place: `whereabouts` of the folder.
        """
        now = self._clock.now()

        def work(db: sqlite3.Connection) -> Held | None:
            row = db.execute("SELECT value FROM meta WHERE key = ?", (_PLACE,)).fetchone()
            if row is None or row[0] != place:
                _write(db, _PLACE, place)
            if held(db) is None and _is_backup(db):
                hold(db, Held(Why.RESTORED, now))
            if row is not None and row[0] != place and held(db) is None:
                hold(db, Held(Why.COPIED, now))
            found = held(db)
            if found is not None:
                _hold_rows(db, to_text(now))
            return found

        return await self._writer.write(work)

    async def release(self) -> None:
        """Let go again: a person has looked. What waited stays held until it is sent anew or taken back."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM meta WHERE key = ?", (_HELD,))

        await self._writer.write(work)


def held(db: sqlite3.Connection) -> Held | None:
    """Return why everything is held."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (_HELD,)).fetchone()
    if row is None:
        return None
    value = json.loads(row[0])
    as_of = value.get("as_of")
    return Held(Why(value["why"]), from_text(value["since"]), None if as_of is None else from_text(as_of))


def hold(db: sqlite3.Connection, why: Held) -> None:
    """Mark the data as held."""
    as_of = None if why.as_of is None else to_text(why.as_of)
    _write(db, _HELD, json.dumps({"why": why.why, "since": to_text(why.since), "as_of": as_of}))


def _is_backup(db: sqlite3.Connection) -> bool:
    """Tell whether these data were a backup until now; from here on they are no longer."""
    return db.execute("DELETE FROM meta WHERE key = ?", (SEAL,)).rowcount > 0


def _write(db: sqlite3.Connection, key: str, value: str) -> None:
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _hold_rows(db: sqlite3.Connection, at: str) -> None:
    """Hold what waits; what was in flight is made uncertain by the new owner, as ever."""
    from desktop import __version__

    db.execute(
        """INSERT INTO delivery_log (at, outbox, trip, from_state, to_state, cause, attempt, app_version)
            SELECT ?, id, trip, state, 'HELD', 'held', attempts, ? FROM outbox WHERE state = 'READY'""",
        (at, __version__),
    )
    db.execute("UPDATE outbox SET state = 'HELD' WHERE state = 'READY'")
