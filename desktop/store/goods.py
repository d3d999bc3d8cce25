"""Goods that partners' shipments held before, so that they need not be typed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.store.column import packed, plain, unpacked_object
from desktop.store.error import Gone
from desktop.store.lane import Lane

_COLUMNS = "SELECT id, company, regime, partner, description, document, times, used_at, is_active FROM goods "


class NewGoods(NamedTuple):
    """Goods as a shipment held them.

    Attributes:
        partner: name of the shipper or consignee, folded to one case.
        description: what they are told from others of the partner by.
        document: the members of the commodity that are worth keeping.
    """

    partner: str
    description: str
    document: JSONObject


class KnownGoods(NamedTuple):
    """Goods that are remembered for a partner of one carrier and regime.

    Attributes:
        times: how many sendings held them.
        used_at: when the last of these was.
        is_active: offered; False once somebody had them forgotten.
    """

    id: str
    company: str
    regime: Regime
    partner: str
    description: str
    document: JSONObject
    times: int
    used_at: datetime
    is_active: bool


class Goods:
    """The remembered goods."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def learn(self, company: str, regime: Regime, lines: Sequence[NewGoods]) -> None:
        """Remember goods as they were last; those that were forgotten are offered again, since they came again."""
        moment = self._clock.now()
        at = to_text(moment)

        def work(db: sqlite3.Connection) -> None:
            for line in lines:
                db.execute(
                    """INSERT INTO goods
                        (id, company, regime, partner, description, document, times, used_at, is_active)
                        VALUES (?, ?, ?, ?, ?, ?, 1, ?, 1)
                        ON CONFLICT (company, regime, partner, description) DO UPDATE SET
                            description = excluded.description, document = excluded.document, times = times + 1,
                            used_at = excluded.used_at, is_active = 1""",
                    (
                        *(new_id(moment), company, regime, plain(line.partner), plain(line.description)),
                        *(packed(line.document), at),
                    ),
                )

        if lines:
            await self._writer.write(work)

    async def of_partner(
        self, company: str, regime: Regime | None, partner: str, *, active_only: bool = True, limit: int = 200
    ) -> list[KnownGoods]:
        """Return what is remembered for a partner (its name folded), the latest first.

        Without a regime, that of both.
        """
        sql = _COLUMNS + (
            """WHERE company = ? AND partner = ? AND (? IS NULL OR regime = ?) AND is_active >= ?
                ORDER BY used_at DESC, id DESC LIMIT ?"""
        )
        values = (company, plain(partner), regime, regime, int(active_only), limit)
        return await self._reader.read(lambda db: [_goods(row) for row in db.execute(sql, values)])

    async def of_name(self, partner: str, *, limit: int = 200) -> list[KnownGoods]:
        """Return what is remembered for a partner by any carrier, in both regimes, forgotten ones last."""
        sql = _COLUMNS + "WHERE partner = ? ORDER BY is_active DESC, used_at DESC, id DESC LIMIT ?"
        return await self._reader.read(lambda db: [_goods(row) for row in db.execute(sql, (plain(partner), limit))])

    async def set_active(self, goods: str, is_active: bool) -> None:
        """Offer goods no more, or again.

        Raises:
            Gone: there are none such.
        """

        def work(db: sqlite3.Connection) -> None:
            if db.execute("UPDATE goods SET is_active = ? WHERE id = ?", (is_active, goods)).rowcount != 1:
                raise Gone("goods")

        await self._writer.write(work)


def _goods(row: Sequence[Any]) -> KnownGoods:
    return KnownGoods(
        id=row[0],
        company=row[1],
        regime=Regime(row[2]),
        partner=row[3],
        description=row[4],
        document=unpacked_object(row[5]),
        times=row[6],
        used_at=from_text(row[7]),
        is_active=bool(row[8]),
    )
