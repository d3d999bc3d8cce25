"""The library: drivers, trucks, trailers and partners that are used again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSONObject
from desktop.store.column import like, likes, packed, plain, unpacked_object, where, words_of
from desktop.store.error import Conflict, Gone
from desktop.store.lane import Lane
from desktop.store.records import LibraryItem, LibraryKind

_COLUMNS = """SELECT id, version, company, kind, key, title, subtitle, document, local, is_active, created_at,
    updated_at FROM library """


class Mention(NamedTuple):
    """A trip in whose document something may stand that is in the library.

    Attributes:
        arrival: wall time at the port as typed; empty where there is none.
        document: the trip's as it is, or as it was when something was sent from it.
    """

    trip: str
    number: str
    arrival: str
    document: JSONObject


class Library:
    """The library; what history needs is put aside, and only what was never used may be taken out."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def save(
        self,
        kind: LibraryKind,
        document: JSONObject,
        local: JSONObject,
        *,
        key: str,
        title: str,
        subtitle: str = "",
        company: str = "",
        item: str | None = None,
        version: int | None = None,
    ) -> LibraryItem:
        """Keep a new item, or `item` again.

        Args:
            kind: what it is.
            document: the wire object.
            local: facts that are not on the wire.
            key: what people call it by: driver or unit number, partner's name.
            title: the line it is listed by.
            subtitle: what else tells it from others.
            company: whose it is; empty for all companies.
            item: the item to replace.
            version: the version of it that was read.

        Raises:
            Conflict: it was saved since `version`.
            Gone: there is no such item.
        """
        moment = self._clock.now()
        id_ = item or new_id(moment)
        at = to_text(moment)

        def work(db: sqlite3.Connection) -> LibraryItem:
            values = (
                *(company or None, plain(key), plain(title), plain(subtitle), packed(document), packed(local)),
                *(words_of(document, local, key, title, subtitle), at),
            )
            if item is None:
                db.execute(
                    """INSERT INTO library (company, key, title, subtitle, document, local, words, updated_at, id,
                        version, kind, is_active, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 1, ?)""",
                    (*values, id_, kind, at),
                )
                return _one(db, id_)
            current = _one(db, item)
            if current.version != version:
                raise Conflict("library", current.version)
            db.execute(
                """UPDATE library SET company = ?, key = ?, title = ?, subtitle = ?, document = ?, local = ?,
                    words = ?, updated_at = ?, version = version + 1 WHERE id = ?""",
                (*values, item),
            )
            return _one(db, item)

        return await self._writer.write(work)

    async def items(
        self,
        kind: LibraryKind,
        *,
        company: str | None = None,
        search: str = "",
        active_only: bool = True,
        limit: int = 20_000,
    ) -> list[LibraryItem]:
        """Return items by title; with `company`, its own and those of all companies."""
        conditions: list[str] = ["kind = ?"]
        values: list[object] = [kind]
        if company is not None:
            conditions.append("(company = ? OR company IS NULL)")
            values.append(company)
        if active_only:
            conditions.append("is_active = 1")
        for pattern in likes(search):
            conditions.append(r"words LIKE ? ESCAPE '\'")
            values.append(pattern)
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY title COLLATE NOCASE, id LIMIT ?"
        return await self._reader.read(lambda db: [_item(row) for row in db.execute(sql, (*values, limit))])

    async def by_key(self, kind: LibraryKind, key: str, *, company: str | None = None) -> list[LibraryItem]:
        """Return the items people call by `key`, upper or lower case alike, active ones first."""
        conditions, values = ["kind = ?", "key = ? COLLATE NOCASE"], [kind, plain(key)]
        if company is not None:
            conditions.append("(company = ? OR company IS NULL)")
            values.append(company)
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY is_active DESC, id"
        return await self._reader.read(lambda db: [_item(row) for row in db.execute(sql, values)])

    async def get(self, item: str) -> LibraryItem:
        """Return an item, active or not.

        Raises:
            Gone: there is no such item.
        """
        return await self._reader.read(lambda db: _one(db, item))

    async def set_active(self, item: str, is_active: bool) -> LibraryItem:
        """Put an item aside, or take it up again.

        Raises:
            Gone: there is no such item.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> LibraryItem:
            db.execute(
                "UPDATE library SET is_active = ?, version = version + 1, updated_at = ? WHERE id = ?",
                (is_active, at, item),
            )
            return _one(db, item)

        return await self._writer.write(work)

    async def mentions(self, words: str) -> list[Mention]:
        """Return the trips in which `words` stand as the whole or a part of some text, deleted ones too.

        Upper and lower case are alike. What was sent and has since been changed counts as well; there, only the
        longest run of plain letters and digits is looked for.
        """
        apart = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in words).split()
        values = (like(words), like(max(apart, key=len, default="")))
        sql = r"""SELECT id, number, eta_local, document FROM trips WHERE words LIKE ? ESCAPE '\'
            UNION ALL
            SELECT t.id, t.number, t.eta_local, v.document FROM trip_versions v JOIN trips t ON t.id = v.trip
                WHERE v.document LIKE ? ESCAPE '\'"""
        return await self._reader.read(
            lambda db: [Mention(row[0], row[1], row[2], unpacked_object(row[3])) for row in db.execute(sql, values)]
        )

    async def remove(self, item: str) -> bool:
        """Take an item out for good; False, and nothing is done, where a range of numbers is a driver's own.

        Whether trips used it is for the caller to know.

        Raises:
            Gone: there is no such item.
        """

        def work(db: sqlite3.Connection) -> bool:
            if db.execute("SELECT 1 FROM number_ranges WHERE driver = ? LIMIT 1", (item,)).fetchone():
                return False
            if db.execute("DELETE FROM library WHERE id = ?", (item,)).rowcount != 1:
                raise Gone("library")
            return True

        return await self._writer.write(work)

    async def restore(self, item: LibraryItem) -> LibraryItem:
        """Bring back an item that was taken out, as it was; nothing happens where it is there."""
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> LibraryItem:
            db.execute(
                """INSERT INTO library (id, version, company, kind, key, title, subtitle, document, local, words,
                    is_active, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING""",
                (
                    *(item.id, item.version + 1, item.company or None, item.kind, plain(item.key), plain(item.title)),
                    *(plain(item.subtitle), packed(item.document), packed(item.local)),
                    words_of(item.document, item.local, item.key, item.title, item.subtitle),
                    *(item.is_active, to_text(item.created_at), at),
                ),
            )
            return _one(db, item.id)

        return await self._writer.write(work)


def _one(db: sqlite3.Connection, item: str) -> LibraryItem:
    row = db.execute(_COLUMNS + "WHERE id = ?", (item,)).fetchone()
    if row is None:
        raise Gone("library")
    return _item(row)


def _item(row: Sequence[Any]) -> LibraryItem:
    return LibraryItem(
        id=row[0],
        version=row[1],
        company=row[2] or "",
        kind=row[3],
        key=row[4],
        title=row[5],
        subtitle=row[6],
        document=unpacked_object(row[7]),
        local=unpacked_object(row[8]),
        is_active=bool(row[9]),
        created_at=from_text(row[10]),
        updated_at=from_text(row[11]),
    )
