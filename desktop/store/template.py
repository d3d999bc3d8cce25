"""Templates: trips to start others from, kept by name for each carrier."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.store.column import packed, plain, unpacked_object, where
from desktop.store.error import Gone
from desktop.store.lane import Lane

KEPT_FOR = timedelta(days=30)
"""How long a removed template can be brought back."""

_COLUMNS = "SELECT id, version, company, regime, name, document, local, updated_at FROM templates "


class Template(NamedTuple):
    """A trip to start others from.

    Attributes:
        company: whose; empty for a trip that was nobody's.
        document: the wire document without what belongs to one crossing.
        local: facts that are not on the wire.
    """

    id: str
    version: int
    company: str
    regime: Regime
    name: str
    document: JSONObject
    local: JSONObject
    updated_at: datetime


class Templates:
    """The templates of all carriers."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(
        self, regime: Regime, name: str, document: JSONObject, local: JSONObject, *, company: str
    ) -> Template:
        """Keep a new template.

        Raises:
            UsageError: the carrier has one of that name in this direction.
        """
        moment = self._clock.now()
        at = to_text(moment)

        def work(db: sqlite3.Connection) -> Template:
            _refuse_taken(db, regime, name, company, "")
            template = new_id(moment)
            db.execute(
                """INSERT INTO templates (id, version, company, regime, name, document, local, created_at, updated_at)
                    VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)""",
                (template, company or None, regime, plain(name), packed(document), packed(local), at, at),
            )
            return _one(db, template)

        return await self._writer.write(work)

    async def rename(self, template: str, name: str) -> Template:
        """Give a template another name.

        Raises:
            Gone: there is no such template.
            UsageError: the carrier has another one of that name in this direction.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> Template:
            kept = _one(db, template)
            _refuse_taken(db, kept.regime, name, kept.company, template)
            db.execute(
                "UPDATE templates SET version = version + 1, name = ?, updated_at = ? WHERE id = ?",
                (plain(name), at, template),
            )
            return _one(db, template)

        return await self._writer.write(work)

    async def get(self, template: str) -> Template:
        """Return a template.

        Raises:
            Gone: there is none such, or it was removed.
        """
        return await self._reader.read(lambda db: _one(db, template))

    async def all(self, *, company: str | None = None) -> list[Template]:
        """Return the templates by name; with `company`, its own only."""
        conditions, values = ["removed_at IS NULL"], []
        if company is not None:
            conditions.append("company IS ?")
            values.append(company or None)
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY name COLLATE NOCASE, id"
        return await self._reader.read(lambda db: [_template(row) for row in db.execute(sql, values)])

    async def remove(self, template: str) -> None:
        """Take a template out of the list; it can be brought back for a month.

        Raises:
            Gone: there is none such, or it was removed already.
        """
        moment = self._clock.now()

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM templates WHERE removed_at < ?", (to_text(moment - KEPT_FOR),))
            done = db.execute(
                "UPDATE templates SET removed_at = ? WHERE id = ? AND removed_at IS NULL", (to_text(moment), template)
            )
            if done.rowcount != 1:
                raise Gone("template")

        await self._writer.write(work)

    async def bring_back(self, template: str) -> Template:
        """Bring a removed template back.

        Raises:
            Gone: there is none such any more.
            UsageError: another one got its name meanwhile.
        """

        def work(db: sqlite3.Connection) -> Template:
            row = db.execute("SELECT regime, name, company FROM templates WHERE id = ?", (template,)).fetchone()
            if row is None:
                raise Gone("template")
            _refuse_taken(db, Regime(row[0]), row[1], row[2] or "", template)
            db.execute("UPDATE templates SET removed_at = NULL WHERE id = ?", (template,))
            return _one(db, template)

        return await self._writer.write(work)


def _refuse_taken(db: sqlite3.Connection, regime: Regime, name: str, company: str, template: str) -> None:
    taken = db.execute(
        """SELECT 1 FROM templates WHERE name = ? COLLATE NOCASE AND regime = ? AND company IS ? AND id <> ?
            AND removed_at IS NULL""",
        (plain(name), regime, company or None, template),
    ).fetchone()
    if taken is not None:
        raise UsageError("starting.name_taken", name=name)


def _one(db: sqlite3.Connection, template: str) -> Template:
    row = db.execute(_COLUMNS + "WHERE id = ? AND removed_at IS NULL", (template,)).fetchone()
    if row is None:
        raise Gone("template")
    return _template(row)


def _template(row: Sequence[Any]) -> Template:
    return Template(
        id=row[0],
        version=row[1],
        company=row[2] or "",
        regime=Regime(row[3]),
        name=row[4],
        document=unpacked_object(row[5]),
        local=unpacked_object(row[6]),
        updated_at=from_text(row[7]),
    )
