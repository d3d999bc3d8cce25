"""How the columns of tables were understood, by their heads."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from desktop.clock import Clock, to_text
from desktop.domain.documents import JSONObject
from desktop.store.column import array, packed, unpacked_object
from desktop.store.lane import Lane

_KEPT = 200
"""Mappings remembered, those used last."""


class ImportMappings:
    """The mappings that were used, the last one for each kind and its heads."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def find(self, kind: str, heads: Sequence[str]) -> JSONObject | None:
        """Return how a table with these heads was understood; None where none was brought in."""
        sql = "SELECT mapping FROM import_mappings WHERE kind = ? AND heads = ?"

        def work(db: sqlite3.Connection) -> JSONObject | None:
            row = db.execute(sql, (kind, array(heads))).fetchone()
            return None if row is None else unpacked_object(row[0])

        return await self._reader.read(work)

    async def keep(self, kind: str, heads: Sequence[str], mapping: JSONObject) -> None:
        """Remember a mapping; the ones not used for longest are forgotten."""
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                """INSERT INTO import_mappings (kind, heads, mapping, used_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (kind, heads) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at""",
                (kind, array(heads), packed(mapping), at),
            )
            db.execute(
                """DELETE FROM import_mappings WHERE (kind, heads) NOT IN
                    (SELECT kind, heads FROM import_mappings ORDER BY used_at DESC LIMIT ?)""",
                (_KEPT,),
            )

        await self._writer.write(work)
