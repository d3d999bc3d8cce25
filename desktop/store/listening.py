"""When somebody listened to a company's line: its ups and downs, and a beat that outlives a crash (reliability 4.5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from desktop.clock import Clock, from_text, to_text
from desktop.store.column import plain
from desktop.store.lane import Lane

UP: Final = "up"
DOWN: Final = "down"
LOST: Final = "lost"
"""A line that ended without a farewell; its moment is the last one known to be good."""

_NAMES: Final = (UP, DOWN, LOST)
_LAST = "SELECT id, at, what FROM link_log WHERE company = ? AND what IN ('up', 'down', 'lost') ORDER BY id DESC"
_ADD = "INSERT INTO link_log (at, company, what, text) VALUES (?, ?, ?, ?)"
_BEAT = """INSERT INTO listening (company, since, last) VALUES (?, ?, ?)
    ON CONFLICT (company) DO UPDATE SET since = coalesce(?, since), last = excluded.last"""


class Turn(NamedTuple):
    """A line came up, or went: `at` our own clock (UTC)."""

    at: datetime
    is_up: bool


class Heard(NamedTuple):
    """What is known of the listening of a company.

    Attributes:
        turns: ups and downs, oldest first; the first one lies before the time asked about where there is one.
        last: the last moment it is known to have listened; None where it never did.
    """

    turns: tuple[Turn, ...]
    last: datetime | None


class Listening:
    """One row for each company, and the ups and downs in `link_log`."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def began(self, companies: Iterable[str]) -> None:
        """The line of these companies came up; one that never said that it ended is ended at its last beat."""
        at = to_text(self._clock.now())
        names = tuple(companies)

        def work(db: sqlite3.Connection) -> None:
            for company in names:
                last = db.execute(_LAST, (company,)).fetchone()
                if last is not None and last[2] == UP:
                    db.execute(_ADD, (_last_known(db, company, last[1]), company, LOST, ""))
                db.execute(_ADD, (at, company, UP, ""))
                db.execute(_BEAT, (company, at, at, at))

        await self._writer.write(work)

    async def beat(self, companies: Iterable[str]) -> None:
        """These companies are listened to at this moment."""
        at = to_text(self._clock.now())
        names = tuple(companies)
        await self._writer.write(lambda db: db.executemany(_BEAT, [(name, at, at, None) for name in names]) and None)

    async def missed(self, companies: Iterable[str], last: datetime) -> None:
        """Nobody listened since `last`, though no line ended: the computer slept, or the program stood still."""
        at, ended = to_text(self._clock.now()), to_text(last)
        names = tuple(companies)

        def work(db: sqlite3.Connection) -> None:
            for company in names:
                db.execute(_ADD, (ended, company, LOST, "asleep"))
                db.execute(_ADD, (at, company, UP, "awake"))
                db.execute(_BEAT, (company, at, at, at))

        await self._writer.write(work)

    async def ended(self, companies: Iterable[str], detail: str = "") -> None:
        """The line of these companies went down; `detail` is why, never a key."""
        at = to_text(self._clock.now())
        names = tuple(companies)

        def work(db: sqlite3.Connection) -> None:
            for company in names:
                db.execute(_ADD, (at, company, DOWN, plain(detail)))
                db.execute(_BEAT, (company, at, at, None))

        await self._writer.write(work)

    async def heard(self, company: str, since: datetime) -> Heard:
        """Return what is known of a company's listening from the turn before `since` on."""
        floor = to_text(since)

        def work(db: sqlite3.Connection) -> Heard:
            turns = []
            for row in db.execute(_LAST, (company,)):
                turns.append(Turn(from_text(row[1]), row[2] == UP))
                if row[1] <= floor:
                    break
            turns.reverse()
            row = db.execute("SELECT last FROM listening WHERE company = ?", (company,)).fetchone()
            if row is not None:
                return Heard(tuple(turns), from_text(row[0]))
            last = turns[-1].at if turns else None
            return Heard(tuple(turns), last)

        return await self._reader.read(work)


def _last_known(db: sqlite3.Connection, company: str, up: str) -> str:
    """Return until when a line that came up at `up` is known to have been heard: its beat, else its last frame."""
    found: Sequence[str] | None = db.execute("SELECT last FROM listening WHERE company = ?", (company,)).fetchone()
    if found is None:
        sql = "SELECT received_at FROM frames WHERE company = ? ORDER BY id DESC LIMIT 1"
        found = db.execute(sql, (company,)).fetchone()
    return max(up, found[0]) if found is not None else up
