"""Numbers used: which trip and control numbers went out before (rules C02, C03)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from desktop.clock import Clock, from_text, to_text
from desktop.domain.lifecycle import Regime
from desktop.store.column import array, plain
from desktop.store.lane import Lane
from desktop.store.records import NewNumber, NumberKind, NumberUse


class NumbersUsed:
    """The ledger of numbers; a plan that is queued writes into it in its own transaction."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(self, company: str, regime: Regime, numbers: Sequence[NewNumber], *, trip: str = "") -> None:
        """Note numbers as used, for instance those of trips filed before this program came."""
        moment = self._clock.now()
        await self._writer.write(lambda db: note(db, company, regime, numbers, trip, moment))

    async def bring_in(self, company: str, regime: Regime, uses: Sequence[tuple[NewNumber, datetime]]) -> None:
        """Note numbers with the moments they were used, all or none; one that is known keeps its later moment."""
        sql = """INSERT INTO numbers_used (company, regime, kind, number, trip, used_at) VALUES (?, ?, ?, ?, '', ?)
            ON CONFLICT DO UPDATE SET used_at = max(used_at, excluded.used_at)"""
        values = [(company, regime, use.kind, plain(use.number), to_text(moment)) for use, moment in uses]
        await self._writer.write(lambda db: db.executemany(sql, values))

    async def find(
        self,
        company: str,
        regime: Regime,
        kind: NumberKind,
        numbers: Sequence[str] | None = None,
        *,
        without_trip: str = "",
    ) -> dict[str, NumberUse]:
        """Return the latest use of each number: of those asked for, or of all the company has used.

        `without_trip` leaves out the trip that is being checked.
        """
        sql = """SELECT company, regime, kind, number, trip, used_at FROM numbers_used
            WHERE company = ? AND regime = ? AND kind = ? AND (trip <> ? OR trip = '') """
        values: list[object] = [company, regime, kind, without_trip]
        if numbers is not None:
            sql += "AND number IN (SELECT value FROM json_each(?)) "
            values.append(array([plain(number) for number in numbers]))
        sql += "ORDER BY used_at"

        def work(db: sqlite3.Connection) -> dict[str, NumberUse]:
            return {
                row[3]: NumberUse(row[0], Regime(row[1]), row[2], row[3], row[4], from_text(row[5]))
                for row in db.execute(sql, values)
            }

        return await self._reader.read(work)

    async def uses(self, company: str, regime: Regime, kind: NumberKind) -> dict[str, list[NumberUse]]:
        """Return every use of every number of a company, by number, the earliest first."""
        sql = """SELECT company, regime, kind, number, trip, used_at FROM numbers_used
            WHERE company = ? AND regime = ? AND kind = ? ORDER BY used_at"""

        def work(db: sqlite3.Connection) -> dict[str, list[NumberUse]]:
            found: dict[str, list[NumberUse]] = {}
            for row in db.execute(sql, (company, regime, kind)):
                use = NumberUse(row[0], Regime(row[1]), row[2], row[3], row[4], from_text(row[5]))
                found.setdefault(use.number, []).append(use)
            return found

        return await self._reader.read(work)


def note(
    db: sqlite3.Connection, company: str, regime: Regime, numbers: Sequence[NewNumber], trip: str, moment: datetime
) -> None:
    """Note numbers as used, within a transaction; one used again with the same trip keeps its first time."""
    db.executemany(
        """INSERT INTO numbers_used (company, regime, kind, number, trip, used_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING""",
        [(company, regime, number.kind, plain(number.number), trip, to_text(moment)) for number in numbers],
    )


def take_over(db: sqlite3.Connection, company: str, number: str, former: str, trip: str) -> None:
    """Let a control number be a trip's that was another's, within a transaction: its use there is no other use."""
    db.execute(
        """UPDATE OR REPLACE numbers_used SET trip = ?
            WHERE company = ? AND kind = 'control' AND number = ? AND trip = ?""",
        (trip, company, plain(number), former),
    )
