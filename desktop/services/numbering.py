"""Numbers for trips and shipments, given out from a carrier's ranges (domain 6)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from desktop.clock import Clock
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.label import WORD
from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import NumberKind, RangeFault, Series, series_of
from desktop.domain.numbers import issuer_of, normal_number
from desktop.domain.used_number import LineFault, UsedLine, used_lines
from desktop.services.changes import Changes
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.number_range import NewRange, NumberRange, Standing
from desktop.store.records import Company, NewNumber

FEW = 20
"""Below so many numbers a range runs low, or below a tenth of it; a short range, below half of it."""


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A number range and how far it has got.

    Attributes:
        driver: library id of the driver whose own it is; empty for all. `driver_name` is how people call him.
        next: the next free number; empty where none is left.
        left: how many free numbers it has; `size` is how many it holds in all.
    """

    id: str
    version: int
    company: str
    regime: Regime
    kind: NumberKind
    driver: str
    driver_name: str
    first: str
    last: str
    next: str
    left: int
    size: int
    is_active: bool

    @property
    def is_low(self) -> bool:
        """Whether it is time to get new numbers."""
        return self.is_active and self.left < min(max(FEW, self.size // 10), (self.size + 1) // 2)


@dataclass(frozen=True, slots=True)
class UsedPreview:
    """What a list of used numbers would bring.

    Attributes:
        new: the lines that would be kept, each number once, with its last use.
        known: how many lines say nothing new: the number is known as used then or later, or stands in another line.
        wrong: the lines that are not taken.
    """

    company: str
    regime: Regime
    kind: NumberKind
    new: tuple[UsedLine, ...]
    known: int
    wrong: tuple[UsedLine, ...]


class Numbering:
    """The number ranges of a data folder.

    A driver is named by its id in the library; `driver_of` finds it for a trip. The driver's own ranges come before
    those for all.
    """

    def __init__(self, store: Store, changes: Changes, clock: Clock) -> None:
        self._store = store
        self._changes = changes
        self._clock = clock

    # Giving out

    async def next(self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None) -> str | None:
        """Return the number that would be given next, without taking it; None where there is no range or none left."""
        row = await self.standing(company, regime, kind, driver=driver)
        return row.next or None if row is not None else None

    async def take(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None, count: int = 1
    ) -> list[str]:
        """Take the next numbers for good; fewer or none where the ranges are used up or there is none.

        What is used, or stands in a trip or shipment that lives, is passed over; no number is ever given twice.
        """
        if not company or count < 1:
            return []
        taken = await self._store.number_ranges.take(company, regime, kind, driver=driver or "", count=count)
        if taken:
            self._changes.announce(Subject.NUMBERS, [company])
        return taken

    async def left(self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None) -> int | None:
        """Return how many numbers can still be taken; None where there is no range."""
        standings = await self._open(company, regime, kind, driver)
        return sum(standing.left for standing in standings) if standings else None

    async def standing(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None
    ) -> RangeRow | None:
        """Return the range the next number comes from; one without a number where all are used up, None without any."""
        standings = await self._open(company, regime, kind, driver)
        if not standings:
            return None
        return _row(next((one for one in standings if one.number), standings[-1]), {})

    async def driver_of(self, company: str, document: JSONObject) -> str | None:
        """Return the library id of a trip's first driver, found by driver number; None where it is not known."""
        drivers = document.get("drivers")
        first = drivers[0] if isinstance(drivers, list) and drivers else None
        number = first.get("driverNumber") if is_object(first) else None
        if not isinstance(number, str) or not number:
            return None
        found = await self._store.library.by_key("driver", number, company=company or None)
        return found[0].id if found else None

    async def _open(self, company: str, regime: Regime, kind: NumberKind, driver: str | None) -> list[Standing]:
        return await self._store.number_ranges.open(company, regime, kind, driver=driver or "") if company else []

    # Ranges

    async def ranges(self, company: str | None = None) -> list[RangeRow]:
        """Return the ranges of a company, or of all: by regime and kind, those for all drivers first."""
        standings = await self._store.number_ranges.standings(company)
        names: dict[str, str] = {}
        if any(standing.range.driver for standing in standings):
            drivers = await self._store.library.items("driver", active_only=False)
            names = {item.id: item.title or item.key for item in drivers}
        return [_row(standing, names) for standing in standings]

    async def add(
        self,
        company: str,
        regime: Regime,
        kind: NumberKind,
        first: str,
        last: str,
        *,
        driver: str = "",
        start: str = "",
        initiator: object | None = None,
    ) -> RangeRow:
        """Keep a new range from its first to its last number, going on at `start` where that is given.

        Raises:
            RangeFault: the numbers make no range; its `field` is `first`, `last` or `next`.
            RangesOverlap: another range holds some of them.
        """
        series = series_of(regime, kind, first, last)
        place = _place(regime, series, start) if start.strip() else None
        made = await self._store.number_ranges.add(NewRange(company, regime, kind, series, driver))
        if place is not None and place != made.next:
            made = await self._store.number_ranges.edit(made.id, version=made.version, next_place=place)
        return await self._changed(made, initiator)

    async def edit(
        self,
        row: RangeRow,
        *,
        first: str | None = None,
        last: str | None = None,
        driver: str | None = None,
        start: str | None = None,
        is_active: bool | None = None,
        initiator: object | None = None,
    ) -> RangeRow:
        """Change a range; what is not named stays. With `driver` it moves to another driver, or to all.

        Raises:
            RangeFault: the numbers make no range.
            RangesOverlap: another range holds some of them.
            Conflict: the range was changed since `row` was read.
        """
        series = None
        if first is not None or last is not None:
            series = series_of(row.regime, row.kind, _or(first, row.first), _or(last, row.last))
        place = None
        if start is not None and start.strip():
            place = _place(row.regime, series or series_of(row.regime, row.kind, row.first, row.last), start)
        made = await self._store.number_ranges.edit(
            row.id, version=row.version, series=series, driver=driver, next_place=place, is_active=is_active
        )
        return await self._changed(made, initiator)

    async def doubts(self, company: str, regime: Regime, kind: NumberKind, first: str) -> tuple[str, ...]:
        """Return what is odd about a range beginning with `first`, though it may be meant so.

        `code`: it is not this carrier's (I05); `word`: PARS within a trip number (I04); `letters`: an O or an I beside
        digits (I06).
        """
        number = normal_number(regime, first)
        record = await self._store.companies.by_id(company)
        found = []
        if issuer_of(number) not in _codes(record, regime):
            found.append("code")
        if regime is Regime.ACI and kind == "trip" and WORD in number:
            found.append("word")
        if regime is Regime.ACI and set("OI") & set(number[len(issuer_of(number)) :]):
            found.append("letters")
        return tuple(found)

    async def _changed(self, made: NumberRange, initiator: object | None) -> RangeRow:
        self._changes.announce(Subject.NUMBERS, [made.company], initiator)
        return next(row for row in await self.ranges(made.company) if row.id == made.id)

    # Used numbers

    async def preview_used(self, company: str, regime: Regime, kind: NumberKind, text: str) -> UsedPreview:
        """Return what a list of used numbers would bring: lines of `NUMBER` or `NUMBER,2026-01-31`."""
        now = self._clock.now()
        lines = await asyncio.to_thread(lambda: list(used_lines(regime, kind, text, now.date())))
        good: dict[str, UsedLine] = {}
        for line in lines:
            earlier = good.get(line.number)
            if line.fault is LineFault.NONE and (earlier is None or _moment(line, now) > _moment(earlier, now)):
                good[line.number] = line  # a number used again rests from its last use on
        known = await self._store.numbers_used.find(company, regime, kind, sorted(good))
        new = tuple(
            line
            for number, line in good.items()
            if number not in known or (line.day is not None and _moment(line, now) > known[number].used_at)
        )
        return UsedPreview(
            company,
            regime,
            kind,
            new=new,
            known=sum(line.fault is LineFault.NONE for line in lines) - len(new),
            wrong=tuple(line for line in lines if line.fault is not LineFault.NONE),
        )

    async def keep_used(self, preview: UsedPreview) -> int:
        """Keep the new numbers of a list as used, all or none; one without a date counts as used now."""
        now = self._clock.now()
        uses = [(NewNumber(preview.kind, line.number), _moment(line, now)) for line in preview.new]
        await self._store.numbers_used.bring_in(preview.company, preview.regime, uses)
        self._changes.announce(Subject.NUMBERS, [preview.company])
        return len(uses)


def running_low(rows: Sequence[RangeRow]) -> list[RangeRow]:
    """Return what runs out, one row for each kind and driver: its last range, with all that is left in its ranges."""
    groups: dict[tuple[str, Regime, NumberKind, str], list[RangeRow]] = {}
    for row in rows:
        if row.is_active:
            groups.setdefault((row.company, row.regime, row.kind, row.driver), []).append(row)
    sums = [replace(group[-1], left=sum(row.left for row in group)) for group in groups.values()]
    return [row for row in sums if row.is_low]


def _moment(line: UsedLine, now: datetime) -> datetime:
    """Return when the number of a line was used; one without a date counts as used now."""
    return now if line.day is None else datetime.combine(line.day, time(), UTC)


def _or(typed: str | None, kept: str) -> str:
    return kept if typed is None else typed


def _codes(company: Company, regime: Regime) -> tuple[str, ...]:
    return tuple(company.scacs if regime is Regime.ACE else company.carrier_codes)


def _place(regime: Regime, series: Series, typed: str) -> int:
    """Return the place of the number a range is to go on with; its running part alone will do.

    Raises:
        RangeFault: it is not in the range.
    """
    number = normal_number(regime, typed)
    place = series.place(number)
    if place is None and number.isascii() and number.isdigit():
        place = series.place(series.number(int(number))) if len(number) <= series.digits else None
    if place is None:
        first, last = series.number(series.first), series.number(series.last)
        raise RangeFault("next", "numbers.outside", number=number, first=first, last=last)
    return place


def _row(standing: Standing, names: dict[str, str]) -> RangeRow:
    one = standing.range
    return RangeRow(
        id=one.id,
        version=one.version,
        company=one.company,
        regime=one.regime,
        kind=one.kind,
        driver=one.driver,
        driver_name=names.get(one.driver, ""),
        first=one.series.number(one.series.first),
        last=one.series.number(one.series.last),
        next=standing.number,
        left=standing.left,
        size=one.series.size,
        is_active=one.is_active,
    )
