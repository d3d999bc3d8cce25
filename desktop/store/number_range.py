"""Number ranges: the numbers a carrier gives out in order, and how far it has got."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import Series, common
from desktop.errors import DesktopError
from desktop.store.column import plain
from desktop.store.error import Conflict, Gone
from desktop.store.lane import Lane
from desktop.store.records import NumberKind

CONTROL_REST = timedelta(days=366 * 3)
"""How long a control number rests after its use (C03); a trip number rests for ever (C02)."""

_WINDOW = 500  # numbers looked at in one go
_COLUMNS = """SELECT id, version, company, regime, kind, driver, prefix, suffix, digits, first, last, next, is_active,
    created_at, updated_at FROM number_ranges """
_LIVING = "company IN (SELECT id FROM companies WHERE removed_at IS NULL)"
_SORTED = " ORDER BY company, regime, kind, driver IS NOT NULL, id"
_ORDER = " ORDER BY driver IS NULL, id"  # a driver's own come first, then the oldest


class NumberRange(NamedTuple):
    """A range as it is kept.

    Attributes:
        driver: the library id of the driver whose own it is; empty for all.
        next: place of the next number to be given out; one past the last where all are.
    """

    id: str
    version: int
    company: str
    regime: Regime
    kind: NumberKind
    driver: str
    series: Series
    next: int
    is_active: bool
    created_at: datetime
    updated_at: datetime


class NewRange(NamedTuple):
    """A range to be kept."""

    company: str
    regime: Regime
    kind: NumberKind
    series: Series
    driver: str = ""


class Standing(NamedTuple):
    """How far a range has got.

    Attributes:
        number: the next free number; empty where all are used up.
        left: how many free numbers it has.
    """

    range: NumberRange
    number: str
    left: int


class RangesOverlap(DesktopError):  # noqa: N818 - named like its fellows in desktop.errors
    """Another range holds numbers of this one, so that they would be given out twice."""

    def __init__(self, first: str, last: str, number: str) -> None:
        super().__init__("numbers.overlap", first=first, last=last, number=number)


class NumberRanges:
    """The ranges of all companies; taking a number is one transaction, so none is ever given twice."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(self, new: NewRange) -> NumberRange:
        """Keep a new range, beginning at its first number.

        Raises:
            RangesOverlap: another range has numbers of it.
        """
        moment = self._clock.now()
        id_, at = new_id(moment), to_text(moment)

        def work(db: sqlite3.Connection) -> NumberRange:
            series = new.series
            _refuse_overlap(db, new.regime, series, "")
            db.execute(
                """INSERT INTO number_ranges (id, version, company, regime, kind, driver, prefix, suffix, digits, first,
                    last, next, is_active, created_at, updated_at)
                    VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)""",
                (
                    *(id_, new.company, new.regime, new.kind, new.driver or None, plain(series.prefix)),
                    *(plain(series.suffix), series.digits, series.first, series.last, series.first, at, at),
                ),
            )
            return _one(db, id_)

        return await self._writer.write(work)

    async def edit(
        self,
        range_id: str,
        *,
        version: int,
        series: Series | None = None,
        driver: str | None = None,
        next_place: int | None = None,
        is_active: bool | None = None,
    ) -> NumberRange:
        """Change a range; what is not named stays.

        Args:
            range_id: which.
            version: the version of it that was read.
            series: other ends. The next number stays where it is as long as it lies within them.
            driver: whose own it is from now on; empty for all.
            next_place: where it goes on.
            is_active: False puts it aside, True takes it up again.

        Raises:
            Conflict: it was changed since `version`, for instance because a number was taken.
            Gone: there is no such range.
            RangesOverlap: another range has numbers of it.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> NumberRange:
            current = _one(db, range_id)
            if current.version != version:
                raise Conflict("number range", current.version)
            wanted = series or current.series
            active = current.is_active if is_active is None else is_active
            if active:
                _refuse_overlap(db, current.regime, wanted, range_id)
            place = current.next if next_place is None else next_place
            if series is not None and next_place is None and series[:3] != current.series[:3]:
                place = series.first
            db.execute(
                """UPDATE number_ranges SET version = version + 1, driver = ?, prefix = ?, suffix = ?, digits = ?,
                    first = ?, last = ?, next = ?, is_active = ?, updated_at = ? WHERE id = ?""",
                (
                    *((current.driver if driver is None else driver) or None, plain(wanted.prefix)),
                    *(plain(wanted.suffix), wanted.digits, wanted.first, wanted.last),
                    *(min(max(place, wanted.first), wanted.last + 1), active, at, range_id),
                ),
            )
            return _one(db, range_id)

        return await self._writer.write(work)

    async def get(self, range_id: str) -> NumberRange:
        """Return a range.

        Raises:
            Gone: there is no such range.
        """
        return await self._reader.read(lambda db: _one(db, range_id))

    async def standings(self, company: str | None = None) -> list[Standing]:
        """Return the ranges of a company, or of all there are, put aside or not, with how far each has got."""
        now = self._clock.now()
        sql = _COLUMNS + "WHERE ? IN (company, '') AND " + _LIVING + _SORTED
        return await self._reader.read(
            lambda db: [_standing(db, _range(row), now) for row in db.execute(sql, (company or "",)).fetchall()]
        )

    async def open(self, company: str, regime: Regime, kind: NumberKind, *, driver: str = "") -> list[Standing]:
        """Return the ranges numbers are taken from, in that order: a driver's own, then those for all."""
        now = self._clock.now()
        return await self._reader.read(
            lambda db: [_standing(db, one, now) for one in _open(db, company, regime, kind, driver)]
        )

    async def take(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str = "", count: int = 1
    ) -> list[str]:
        """Take the next free numbers for good; fewer than `count`, or none, where the ranges are used up.

        Numbers of trips and shipments that live, and of those that went out within their rest, are passed over. It is
        on the disk when this returns: a program that dies may lose numbers, never give one again.
        """
        moment = self._clock.now()

        def work(db: sqlite3.Connection) -> list[str]:
            taken: list[str] = []
            for one in _open(db, company, regime, kind, driver):
                found, place = _free(db, one, moment, count - len(taken))
                taken += found
                if place != one.next:
                    db.execute(
                        "UPDATE number_ranges SET next = ?, version = version + 1, updated_at = ? WHERE id = ?",
                        (place, to_text(moment), one.id),
                    )
                if len(taken) >= count:
                    break
            return taken

        return await self._writer.write(work)


def _refuse_overlap(db: sqlite3.Connection, regime: Regime, series: Series, but: str) -> None:
    """Refuse numbers that another range holds; of one put aside, or of a company removed, those it has given out."""
    living = {row[0] for row in db.execute("SELECT id FROM companies WHERE removed_at IS NULL")}
    for row in db.execute(_COLUMNS + "WHERE regime = ? AND id <> ? ORDER BY id", (regime, but)).fetchall():
        other = _range(row)
        is_in_use = other.is_active and other.company in living
        held = other.series if is_in_use else other.series._replace(last=other.next - 1)
        number = common(series, held) if held.size > 0 else None
        if number is not None:
            raise RangesOverlap(other.series.number(other.series.first), other.series.number(other.series.last), number)


def _open(db: sqlite3.Connection, company: str, regime: Regime, kind: NumberKind, driver: str) -> list[NumberRange]:
    sql = (
        _COLUMNS
        + """WHERE company = ? AND regime = ? AND kind = ? AND is_active = 1
            AND (driver IS NULL OR driver = ?)"""
        + _ORDER
    )
    return [_range(row) for row in db.execute(sql, (company, regime, kind, driver)).fetchall()]


def _free(db: sqlite3.Connection, one: NumberRange, now: datetime, count: int) -> tuple[list[str], int]:
    """Return the next free numbers of a range and the place after the last of them."""
    found: list[str] = []
    place = one.next
    while place <= one.series.last and len(found) < count:
        end = min(place + _WINDOW - 1, one.series.last)
        busy = _busy(db, one, now, place, end)
        while place <= end and len(found) < count:
            if place not in busy:
                found.append(one.series.number(place))
            place += 1
    return found, place


def _busy(db: sqlite3.Connection, one: NumberRange, now: datetime, start: int, end: int) -> set[int]:
    """Return the places from `start` to `end` whose numbers are not free: used, or standing in what lives.

    Numbers of one length with the same ends sort as their running parts do, so two ends find them all.
    """
    low, high = one.series.number(start), one.series.number(end)
    used_from = datetime.min.replace(tzinfo=UTC) if one.kind == "trip" else now - CONTROL_REST
    living = (
        "SELECT number FROM trips WHERE deleted_at IS NULL AND regime = ? AND number COLLATE NOCASE BETWEEN ? AND ?"
        if one.kind == "trip"
        else """SELECT s.number FROM shipments AS s LEFT JOIN trips AS t ON t.id = s.trip
            WHERE t.deleted_at IS NULL AND s.regime = ? AND s.number COLLATE NOCASE BETWEEN ? AND ?"""
    )
    rows = [
        *db.execute(
            """SELECT number FROM numbers_used
                WHERE company = ? AND regime = ? AND kind = ? AND number BETWEEN ? AND ? AND used_at > ?""",
            (one.company, one.regime, one.kind, low, high, to_text(used_from)),
        ),
        *db.execute(living, (one.regime, low, high)),
    ]
    places = (one.series.place(number.upper()) for (number,) in rows)
    return {place for place in places if place is not None and start <= place <= end}


def _standing(db: sqlite3.Connection, one: NumberRange, now: datetime) -> Standing:
    found, _ = _free(db, one, now, 1)
    if not found:
        return Standing(one, "", 0)
    return Standing(one, found[0], one.series.last - one.next + 1 - len(_busy(db, one, now, one.next, one.series.last)))


def _one(db: sqlite3.Connection, range_id: str) -> NumberRange:
    row = db.execute(_COLUMNS + "WHERE id = ?", (range_id,)).fetchone()
    if row is None:
        raise Gone("number range")
    return _range(row)


def _range(row: Sequence[Any]) -> NumberRange:
    return NumberRange(
        id=row[0],
        version=row[1],
        company=row[2],
        regime=Regime(row[3]),
        kind=row[4],
        driver=row[5] or "",
        series=Series(*row[6:11]),
        next=row[11],
        is_active=bool(row[12]),
        created_at=from_text(row[13]),
        updated_at=from_text(row[14]),
    )
