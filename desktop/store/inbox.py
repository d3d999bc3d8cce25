"""The inbox: what frames were understood as, derived from them and rebuildable (reliability 4)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from desktop.clock import Clock, from_text, to_text
from desktop.domain.lifecycle import Category, Regime
from desktop.store.column import array, likes, plain, time_or_none, where
from desktop.store.error import Gone
from desktop.store.frame import COLUMNS as FRAME_COLUMNS
from desktop.store.frame import frame_of
from desktop.store.lane import Lane
from desktop.store.records import Frame, InboxItem, NewInboxItem

_COLUMNS = """SELECT id, frame, company, received_at, kind, category, regime, trip_number, control_number, trip, digest,
    repeats, title, text, sign, read_at FROM inbox """

Derive = Callable[[Frame], NewInboxItem | None]


def item_id(frame: int, company: str, received_at: datetime) -> str:
    """Return the id of the item a frame becomes: the same each time, in the order of receipt and then of frames."""
    from ulid import ULID  # on use, as in `clock.new_id`

    stamp = int(received_at.timestamp() * 1000).to_bytes(6, "big")
    tail = hashlib.sha256(f"{company} {frame}".encode()).digest()[:4]
    return str(ULID.from_bytes(stamp + frame.to_bytes(6, "big") + tail))


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
            return [_one(db, _add(db, item)) for item in items]

        return await self._writer.write(work)

    async def cards(
        self,
        *,
        category: Category | None = None,
        company: str | None = None,
        unread_only: bool = False,
        search: str = "",
        trip: str | None = None,
        before: str | None = None,
        limit: int = 100,
    ) -> list[InboxItem]:
        """Return items, newest first.

        Args:
            category: only of this sort.
            company: only of this company.
            unread_only: only unread ones.
            search: only those in which every one of its words stands.
            trip: only of this trip (id).
            before: id of the last item already had.
            limit: how many at most.
        """
        conditions: list[str] = []
        values: list[object] = []
        for condition, value in (
            ("category = ?", category),
            ("company = ?", company),
            ("trip = ?", trip),
            ("id < ?", before),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        if unread_only:
            conditions.append("read_at IS NULL")
        for pattern in likes(search):
            conditions.append(r"words LIKE ? ESCAPE '\'")
            values.append(pattern)
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY id DESC LIMIT ?"
        return await self._reader.read(lambda db: [_item(row) for row in db.execute(sql, (*values, limit))])

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
        """Return how many unread items there are of each category; 0 for those without."""
        sql = "SELECT category, count(*) FROM inbox WHERE read_at IS NULL GROUP BY category"
        values: tuple[str, ...] = ()
        if company is not None:
            sql = "SELECT category, count(*) FROM inbox WHERE read_at IS NULL AND company = ? GROUP BY category"
            values = (company,)
        rows = await self._reader.read(lambda db: db.execute(sql, values).fetchall())
        return dict.fromkeys(Category, 0) | {Category(row[0]): row[1] for row in rows}

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

        Ids, what was read and trips that were found stay as they were. `derive` runs in the writer's thread and
        must not wait; it returns None for a frame that is no item.
        """

        def work(db: sqlite3.Connection) -> int:
            kept = {row[0]: (row[1], row[2]) for row in db.execute("SELECT id, read_at, trip FROM inbox")}
            db.execute("DELETE FROM inbox_frames")
            db.execute("DELETE FROM inbox")
            last = 0
            while rows := db.execute(FRAME_COLUMNS + "WHERE f.id > ? ORDER BY f.id LIMIT 500", (last,)).fetchall():
                for row in rows:
                    frame = frame_of(row)
                    last = frame.id
                    item = derive(frame)
                    if item is None:
                        db.execute("INSERT INTO inbox_frames (frame, inbox) VALUES (?, NULL)", (frame.id,))
                    else:
                        _add(db, item)
            db.executemany(
                "UPDATE inbox SET read_at = ?, trip = coalesce(trip, ?) WHERE id = ?",
                [(read_at, trip, item) for item, (read_at, trip) in kept.items()],
            )
            return int(db.execute("SELECT count(*) FROM inbox").fetchone()[0])

        return await self._writer.write(work)


def _add(db: sqlite3.Connection, new: NewInboxItem) -> str:
    known = db.execute("SELECT inbox FROM inbox_frames WHERE frame = ? AND inbox IS NOT NULL", (new.frame,)).fetchone()
    if known is not None:
        return str(known[0])
    texts = [new.title, new.text, new.trip_number, new.control_number, new.kind or ""]
    db.execute(
        """INSERT INTO inbox (id, frame, company, received_at, kind, category, regime, trip_number, control_number,
            trip, digest, repeats, title, text, sign, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
            ON CONFLICT (company, digest) DO UPDATE SET repeats = repeats + 1""",
        (
            *(item_id(new.frame, new.company, new.received_at), new.frame, new.company, to_text(new.received_at)),
            *(None if new.kind is None else plain(new.kind), new.category, new.regime, plain(new.trip_number)),
            *(plain(new.control_number), new.trip, new.digest, plain(new.title), plain(new.text), new.sign),
            "\n".join(plain(text).casefold() for text in texts),
        ),
    )
    item = str(
        db.execute("SELECT id FROM inbox WHERE company = ? AND digest = ?", (new.company, new.digest)).fetchone()[0]
    )
    db.execute(
        """INSERT INTO inbox_frames (frame, inbox) VALUES (?, ?)
            ON CONFLICT (frame) DO UPDATE SET inbox = excluded.inbox""",
        (new.frame, item),
    )
    return item


def _one(db: sqlite3.Connection, item: str) -> InboxItem:
    row = db.execute(_COLUMNS + "WHERE id = ?", (item,)).fetchone()
    if row is None:
        raise Gone("message")
    return _item(row)


def _item(row: Sequence[Any]) -> InboxItem:
    return InboxItem(
        id=row[0],
        frame=row[1],
        company=row[2],
        received_at=from_text(row[3]),
        kind=row[4],
        category=Category(row[5]),
        regime=None if row[6] is None else Regime(row[6]),
        trip_number=row[7],
        control_number=row[8],
        trip=row[9],
        digest=row[10],
        repeats=row[11],
        title=row[12],
        text=row[13],
        sign=row[14],
        read_at=time_or_none(row[15]),
    )
