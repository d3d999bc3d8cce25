"""The inbox: what frames were understood as, derived from them and rebuildable (reliability 4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from desktop.clock import Clock, to_text
from desktop.domain.lifecycle import Category, Regime
from desktop.store.column import array, plain
from desktop.store.error import Gone
from desktop.store.frame import COLUMNS as FRAME_COLUMNS
from desktop.store.frame import frame_of
from desktop.store.inbox_batch import add_all
from desktop.store.inbox_list import COLUMNS, Asked, found_by_index, item_of, listing, place_of
from desktop.store.inbox_words import Search
from desktop.store.lane import Lane
from desktop.store.records import Frame, InboxItem, NewInboxItem

_FEW = 5_000
Derive = Callable[[Frame], NewInboxItem | None]


class Inbox:
    """The messages, newest first; equal ones of one company are one item that counts its repeats."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(self, items: Sequence[NewInboxItem], *, not_items: Sequence[int] = ()) -> list[InboxItem]:
        """Keep what frames were understood as, and return the items they became, in order.

        A frame that was added before is left as it is, so this may be done again after a stop in between.

        Args:
            items: one for each frame.
            not_items: frames that are no message to show, such as the handshake.
        """

        def work(db: sqlite3.Connection) -> list[InboxItem]:
            db.executemany(
                "INSERT INTO inbox_frames (frame, inbox) VALUES (?, NULL) ON CONFLICT DO NOTHING",
                [(frame,) for frame in not_items],
            )
            return add_all(db, items) if items else []

        return await self._writer.write(work)

    async def cards(
        self,
        *,
        category: Category | None = None,
        company: str | None = None,
        regime: Regime | None = None,
        unread_only: bool = False,
        is_pinned: bool = False,
        is_snoozed: bool | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        search: str = "",
        trip: str | None = None,
        is_grouped: bool = False,
        before: str | None = None,
        limit: int = 100,
    ) -> list[InboxItem]:
        """Return items, newest first; one that was put off stands where it came back.

        Args:
            category: only of this sort.
            company: only of this company.
            regime: only of this side of the border.
            unread_only: only unread ones.
            is_pinned: only pinned ones.
            is_snoozed: True for those put off until later, False for all others; None does not ask.
            since: received then or later.
            until: received before.
            search: only those in which every one of its words stands, by its beginning, a number also by its end;
                then in the order of receipt. Without a letter or digit it asks for nothing.
            trip: only of this trip (id).
            is_grouped: only the newest of each trip; not with `search`.
            before: id of the last item already had.
            limit: how many at most.
        """
        words = Search(search)
        asked = Asked(
            *(category, company, regime, unread_only, is_pinned, is_snoozed, since, until, trip),
            is_grouped=is_grouped and words.is_empty,
        )
        now = self._clock.now()

        def work(db: sqlite3.Connection) -> list[InboxItem]:
            place = None if before is None else place_of(db, before)
            if not words.is_empty:
                return _found(db, words, asked, now, before, limit)
            return [item_of(row) for row in db.execute(*listing(asked, now, place, limit))]

        return await self._reader.read(work)

    async def get(self, item: str) -> InboxItem:
        """Return an item.

        Raises:
            Gone: there is no such item.
        """
        return await self._reader.read(lambda db: _one(db, item))

    async def understood(self) -> int:
        """Return how many frames were added: as long as it stays, nothing new has come."""
        return await self._reader.read(lambda db: int(db.execute("SELECT count(*) FROM inbox_frames").fetchone()[0]))

    async def has_equal(self, digest: str, companies: Sequence[str]) -> bool:
        """Tell whether a message of the same bytes has come before and was understood for one of these companies."""
        sql = "SELECT 1 FROM inbox WHERE company IN (SELECT value FROM json_each(?)) AND digest = ? LIMIT 1"
        return await self._reader.read(lambda db: db.execute(sql, (array(companies), digest)).fetchone() is not None)

    async def frames_of(self, item: str) -> list[Frame]:
        """Return every frame that was folded into an item, oldest first."""
        sql = FRAME_COLUMNS + "JOIN inbox_frames AS i ON i.frame = f.id WHERE i.inbox = ? ORDER BY f.id"
        return await self._reader.read(lambda db: [frame_of(row) for row in db.execute(sql, (item,))])

    async def unread_counts(self, company: str | None = None) -> dict[Category, int]:
        """Return how many unread items there are of each category, without those put off; 0 for those without."""
        every = "SELECT category, unread FROM inbox_unread_counts"
        away = """SELECT category, -count(*) FROM inbox INDEXED BY inbox_snoozed
            WHERE snoozed_until > ? AND read_at IS NULL"""
        values: tuple[str, ...] = (to_text(self._clock.now()),)
        if company is not None:
            every += " WHERE company = ?"
            away += " AND company = ?"
            values = (company, *values, company)
        sql = f"SELECT category, sum(unread) FROM ({every} UNION ALL {away} GROUP BY category) GROUP BY category"  # noqa: S608 - constants
        rows = await self._reader.read(lambda db: db.execute(sql, values).fetchall())
        return dict.fromkeys(Category, 0) | {Category(row[0]): row[1] for row in rows}

    async def link(
        self, trip: str, *, company: str, regime: Regime, trip_number: str, control_numbers: Sequence[str] = ()
    ) -> list[str]:
        """Give items to a trip that names their numbers and has come to be known since; return their ids.

        An item is taken by its trip number; by its control number only where it names no trip.
        """
        sql = """SELECT id FROM inbox WHERE trip IS NULL AND company = ? AND regime = ? AND trip_number <> ''
                AND trip_number = ?
            UNION SELECT id FROM inbox WHERE trip IS NULL AND company = ? AND regime = ? AND trip_number = ''
                AND control_number <> '' AND control_number IN (SELECT value FROM json_each(?))
            ORDER BY id"""
        numbers = array([plain(number) for number in control_numbers])

        def work(db: sqlite3.Connection) -> list[str]:
            values = (company, regime, plain(trip_number), company, regime, numbers)
            found = [row[0] for row in db.execute(sql, values).fetchall()]
            db.executemany("UPDATE inbox SET trip = ? WHERE id = ?", [(trip, item) for item in found])
            return found

        return await self._writer.write(work)

    async def rebuild(self, derive: Derive) -> int:
        """Derive every item anew from the frames, in one transaction; return how many there are.

        Ids, what people did with the items and the trips that were found stay. `derive` runs in the writer's thread and
        must not wait; it returns None for a frame that is no item.
        """

        def work(db: sqlite3.Connection) -> int:
            kept = db.execute(
                "SELECT read_at, assigned_at, assigned_at, trip, trip, pinned_at, snoozed_until, placed, id FROM inbox"
            ).fetchall()
            db.execute("DELETE FROM inbox_frames")
            db.execute("DELETE FROM inbox_numbers")
            db.execute("DELETE FROM inbox")
            last = 0
            while rows := db.execute(FRAME_COLUMNS + "WHERE f.id > ? ORDER BY f.id LIMIT 500", (last,)).fetchall():
                frames = [frame_of(row) for row in rows]
                last = frames[-1].id
                derived = [(frame.id, derive(frame)) for frame in frames]
                db.executemany(
                    "INSERT INTO inbox_frames (frame, inbox) VALUES (?, NULL)",
                    [(frame,) for frame, item in derived if item is None],
                )
                add_all(db, [item for _, item in derived if item is not None])
            db.executemany(
                """UPDATE inbox SET read_at = ?, assigned_at = ?, trip = iif(? IS NULL, coalesce(trip, ?), ?),
                    pinned_at = ?, snoozed_until = ?, placed = ? WHERE id = ?""",
                kept,
            )
            return int(db.execute("SELECT count(*) FROM inbox").fetchone()[0])

        return await self._writer.write(work)


def _found(
    db: sqlite3.Connection, words: Search, asked: Asked, now: datetime, before: str | None, limit: int
) -> list[InboxItem]:
    named = words.companies(db)
    is_short = asked.trip is not None or asked.is_pinned or asked.is_snoozed is True
    if is_short or (asked.unread_only and _unread_at_most(db, _FEW)):
        place = None if before is None else place_of(db, before)
        sql, values = listing(asked, now, place, limit, words.conditions(named))
    else:
        frame = None if before is None else db.execute("SELECT frame FROM inbox WHERE id = ?", (before,)).fetchone()
        sql, values = found_by_index(
            words.expression(asked, named), asked, now, None if frame is None else frame[0], limit
        )
    return [item_of(row) for row in db.execute(sql, values)]


def _unread_at_most(db: sqlite3.Connection, most: int) -> bool:
    return int(db.execute("SELECT coalesce(sum(unread), 0) FROM inbox_unread_counts").fetchone()[0]) <= most


def _one(db: sqlite3.Connection, item: str) -> InboxItem:
    row = db.execute(f"SELECT {COLUMNS} FROM inbox WHERE id = ?", (item,)).fetchone()  # noqa: S608 - a constant
    if row is None:
        raise Gone("message")
    return item_of(row)
