"""What people do with messages beside reading them: pin them, put them off, mark them all. Nothing deletes one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.clock import Clock, from_text, to_text
from desktop.store.column import array, text_or_none, time_or_none
from desktop.store.inbox_list import Asked, listing, placed_at
from desktop.store.inbox_words import Search
from desktop.store.lane import Lane

_AT_ONCE = 5_000
_MARK = 10


class Handling:
    """Pins, snoozes and marks; each method returns what brings back the state before it."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def mark_read(self, items: Sequence[str], is_read: bool = True) -> list[str]:
        """Mark items read or unread; return the ids of those that were not so before."""
        at = to_text(self._clock.now())
        sql = "SELECT id FROM inbox WHERE id IN (SELECT value FROM json_each(?)) AND (read_at IS NULL) = ? ORDER BY id"

        def work(db: sqlite3.Connection) -> list[str]:
            changed = [row[0] for row in db.execute(sql, (array(items), is_read)).fetchall()]
            db.executemany(
                "UPDATE inbox SET read_at = ? WHERE id = ?", [(at if is_read else None, item) for item in changed]
            )
            return changed

        return await self._writer.write(work)

    async def pin(self, items: Sequence[str], is_pinned: bool = True) -> list[str]:
        """Pin items or let go of them; return the ids of those that were not so before."""
        at = to_text(self._clock.now())
        sql = """SELECT id FROM inbox WHERE id IN (SELECT value FROM json_each(?)) AND (pinned_at IS NULL) = ?
            ORDER BY id"""

        def work(db: sqlite3.Connection) -> list[str]:
            changed = [row[0] for row in db.execute(sql, (array(items), is_pinned)).fetchall()]
            db.executemany(
                "UPDATE inbox SET pinned_at = ? WHERE id = ?", [(at if is_pinned else None, item) for item in changed]
            )
            return changed

        return await self._writer.write(work)

    async def snooze(self, items: Sequence[str], until: datetime) -> list[tuple[str, datetime | None, datetime | None]]:
        """Put items off: they come back at `until`, on top and unread.

        Returns:
            For each item its id, until when it was put off before, and when it was read.
        """

        def work(db: sqlite3.Connection) -> list[tuple[str, datetime | None, datetime | None]]:
            rows = db.execute(
                """SELECT id, snoozed_until, read_at FROM inbox WHERE id IN (SELECT value FROM json_each(?))
                    ORDER BY id""",
                (array(items),),
            ).fetchall()
            mark = placed_at(until)
            db.executemany(
                "UPDATE inbox SET snoozed_until = ?, placed = ? || substr(id, ?), read_at = NULL WHERE id = ?",
                [(to_text(until), mark, _MARK + 1, row[0]) for row in rows],
            )
            return [(row[0], time_or_none(row[1]), time_or_none(row[2])) for row in rows]

        return await self._writer.write(work)

    async def put_back(self, before: Sequence[tuple[str, datetime | None, datetime | None]]) -> None:
        """Bring back how items stood before `snooze`."""

        def work(db: sqlite3.Connection) -> None:
            for item, until, read_at in before:
                placed = item if until is None else placed_at(until, item[_MARK:])
                db.execute(
                    "UPDATE inbox SET snoozed_until = ?, placed = ?, read_at = ? WHERE id = ?",
                    (text_or_none(until), placed, text_or_none(read_at), item),
                )

        await self._writer.write(work)

    async def next_return(self) -> datetime | None:
        """Return when the next item that was put off comes back; None where none will."""
        sql = "SELECT min(snoozed_until) FROM inbox WHERE snoozed_until > ?"
        now = to_text(self._clock.now())
        row = await self._reader.read(lambda db: db.execute(sql, (now,)).fetchone())
        return time_or_none(row[0])

    async def kept(self, company: str | None = None) -> tuple[int, int]:
        """Return how many items are pinned, and how many are put off until later."""
        sql = """SELECT (SELECT count(*) FROM inbox INDEXED BY inbox_pinned
                WHERE pinned_at IS NOT NULL AND company = coalesce(?1, company)
                    AND (snoozed_until IS NULL OR snoozed_until <= ?2)),
            (SELECT count(*) FROM inbox INDEXED BY inbox_snoozed
                WHERE snoozed_until > ?2 AND company = coalesce(?1, company))"""
        values = (company, to_text(self._clock.now()))
        row = await self._reader.read(lambda db: db.execute(sql, values).fetchone())
        return row[0], row[1]

    async def mark_all(self, asked: Asked, search: str = "") -> tuple[int, datetime]:
        """Mark everything of a list read that is not; return how many, and the moment that names them all.

        It goes a few thousand at a time, so that what is received meanwhile need not wait for a million; that stays
        unread.
        """
        now = self._clock.now()
        at, last = await self._writer.write(lambda db: (_free_moment(db, now), _last_frame(db)))
        words = Search(search)
        unread = asked._replace(unread_only=True, is_grouped=False)

        def work(db: sqlite3.Connection) -> int:
            more = [*words.conditions(words.companies(db)), ("frame <= ?", (last,))]
            sql, values = listing(unread, now, None, _AT_ONCE, more)
            marking = f"UPDATE inbox SET read_at = ? WHERE id IN (SELECT id FROM ({sql}))"  # noqa: S608 - constants of our own
            return db.execute(marking, (at, *values)).rowcount

        count = 0
        while changed := await self._writer.write(work):
            count += changed
        return count, from_text(at)

    async def unmark_all(self, at: datetime) -> None:
        """Make everything unread again that `mark_all` marked at this moment."""
        sql = f"""UPDATE inbox SET read_at = NULL WHERE id IN (
            SELECT id FROM inbox WHERE read_at = ? LIMIT {_AT_ONCE:d})"""  # noqa: S608 - a constant
        while await self._writer.write(lambda db: db.execute(sql, (to_text(at),)).rowcount):
            pass


def _free_moment(db: sqlite3.Connection, moment: datetime) -> str:
    """Return the moment, or the first after it at which nothing was marked: it names what was marked together."""
    while db.execute("SELECT 1 FROM inbox WHERE read_at = ? LIMIT 1", (to_text(moment),)).fetchone() is not None:
        moment += timedelta(milliseconds=1)
    return to_text(moment)


def _last_frame(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(frame), 0) FROM inbox").fetchone()[0])
