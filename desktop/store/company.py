"""Companies: the carriers the program works for, and what kind of data a folder holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.store.column import packed, plain, time_or_none, unpacked_names
from desktop.store.error import Conflict, Gone, NameTaken, OtherKind
from desktop.store.lane import Lane
from desktop.store.records import Company, Kind

_COLUMNS = """SELECT id, version, name, scacs, carrier_codes, address, company_key, ca_file, phone, is_practice,
    created_at, updated_at, removed_at, way, proxy FROM companies """


def kind_of(db: sqlite3.Connection) -> Kind | None:
    """Return whether the data are marked practice or real; None where nothing is decided."""
    row = db.execute("SELECT value FROM meta WHERE key = 'kind'").fetchone()
    return None if row is None else cast("Kind", row[0])


def mark_kind(db: sqlite3.Connection, kind: Kind) -> None:
    """Mark the data, for ever; a mark that is there stays."""
    db.execute("INSERT INTO meta (key, value) VALUES ('kind', ?) ON CONFLICT (key) DO NOTHING", (kind,))


@dataclass(frozen=True, slots=True)
class CompanyFields:
    """What a user says of a company."""

    name: str
    scacs: Sequence[str] = ()
    carrier_codes: Sequence[str] = ()
    address: str = ""
    company_key: str = ""
    ca_file: str = ""
    phone: str = ""
    way: str = "socket"
    proxy: str = ""

    def values(self) -> dict[str, object]:
        """Return the columns."""
        return {
            "name": plain(self.name),
            "scacs": packed(list(self.scacs)),
            "carrier_codes": packed(list(self.carrier_codes)),
            "address": plain(self.address),
            "company_key": plain(self.company_key),
            "ca_file": plain(self.ca_file),
            "phone": plain(self.phone),
            "way": self.way,
            "proxy": plain(self.proxy),
        }


class Companies:
    """The carriers; names are unique, upper or lower case alike."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(self, fields: CompanyFields, *, is_practice: bool) -> Company:
        """Add a company; the first one decides whether the data are practice or real.

        Raises:
            NameTaken: another company bears the name.
            OtherKind: the data are of the other kind; nothing was added.
        """
        moment = self._clock.now()
        company = new_id(moment)
        kind: Kind = "practice" if is_practice else "real"

        def work(db: sqlite3.Connection) -> Company:
            mark_kind(db, kind)
            marked = kind_of(db)
            if marked is not None and marked != kind:
                raise OtherKind(marked)
            _refuse_taken(db, fields.name, "")
            values = fields.values() | {"id": company, "is_practice": is_practice, "at": to_text(moment)}
            db.execute(
                """INSERT INTO companies (id, version, name, scacs, carrier_codes, address, company_key, ca_file, phone,
                    is_practice, created_at, updated_at, way, proxy)
                    VALUES (:id, 1, :name, :scacs, :carrier_codes, :address, :company_key,
                        :ca_file, :phone, :is_practice, :at, :at, :way, :proxy)""",
                values,
            )
            return _one(db, company)

        return await self._writer.write(work)

    async def edit(self, company: str, fields: CompanyFields, *, version: int) -> Company:
        """Replace what is said of a company; whether it is practice never changes.

        Raises:
            Conflict: it was edited since `version`.
            Gone: there is no such company any more.
            NameTaken: another company bears the name.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> Company:
            current = _one(db, company)
            if current.removed_at is not None:
                raise Gone("company")
            if current.version != version:
                raise Conflict("company", current.version)
            _refuse_taken(db, fields.name, company)
            db.execute(
                """UPDATE companies SET version = version + 1, name = :name, scacs = :scacs,
                    carrier_codes = :carrier_codes, address = :address, company_key = :company_key, ca_file = :ca_file,
                    phone = :phone, way = :way, proxy = :proxy, updated_at = :at WHERE id = :id""",
                fields.values() | {"id": company, "at": at},
            )
            return _one(db, company)

        return await self._writer.write(work)

    async def remove(self, company: str) -> None:
        """Take a company out of every list; its history stays.

        Raises:
            Gone: there is no such company.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> None:
            done = db.execute(
                "UPDATE companies SET removed_at = ?, version = version + 1 WHERE id = ? AND removed_at IS NULL",
                (at, company),
            )
            if done.rowcount != 1:
                raise Gone("company")

        await self._writer.write(work)

    async def all(self) -> list[Company]:
        """Return the companies by name."""
        sql = _COLUMNS + "WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE"
        return await self._reader.read(lambda db: [_company(row) for row in db.execute(sql)])

    async def by_id(self, company: str) -> Company:
        """Return a company, removed or not.

        Raises:
            Gone: there is no such company.
        """
        return await self._reader.read(lambda db: _one(db, company))

    async def by_name(self, name: str) -> Company | None:
        """Return the company of that name, if there is one."""
        sql = _COLUMNS + "WHERE name = ? COLLATE NOCASE AND removed_at IS NULL"

        def work(db: sqlite3.Connection) -> Company | None:
            row = db.execute(sql, (plain(name),)).fetchone()
            return None if row is None else _company(row)

        return await self._reader.read(work)


def _refuse_taken(db: sqlite3.Connection, name: str, but: str) -> None:
    taken = db.execute(
        "SELECT 1 FROM companies WHERE name = ? COLLATE NOCASE AND removed_at IS NULL AND id <> ?", (plain(name), but)
    ).fetchone()
    if taken is not None:
        raise NameTaken(name)


def _one(db: sqlite3.Connection, company: str) -> Company:
    row = db.execute(_COLUMNS + "WHERE id = ?", (company,)).fetchone()
    if row is None:
        raise Gone("company")
    return _company(row)


def _company(row: Sequence[Any]) -> Company:
    return Company(
        id=row[0],
        version=row[1],
        name=row[2],
        scacs=unpacked_names(row[3]),
        carrier_codes=unpacked_names(row[4]),
        address=row[5],
        company_key=row[6],
        ca_file=row[7],
        phone=row[8],
        is_practice=bool(row[9]),
        created_at=from_text(row[10]),
        updated_at=from_text(row[11]),
        removed_at=time_or_none(row[12]),
        way=row[13],
        proxy=row[14],
    )
