"""Number ranges in memory, for windows under test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import NumberKind, RangeFault, series_of
from desktop.services.changes import Changes
from desktop.services.numbering import RangeRow, UsedPreview
from desktop.services.views import Subject


class FakeNumbering:
    """The contract's `Numbering`: ranges in a list, taken from in order. There are none until a test adds one."""

    def __init__(self, changes: Changes, calls: list[tuple[Any, ...]], driver: Callable[[str], str | None]) -> None:
        self._changes = changes
        self._calls = calls
        self._driver = driver
        self.rows: list[RangeRow] = []
        self.odd: tuple[str, ...] = ()

    def _of(self, company: str, regime: Regime, kind: NumberKind, driver: str | None) -> list[RangeRow]:
        found = [
            row
            for row in self.rows
            if (row.company, row.regime, row.kind) == (company, regime, kind)
            and row.is_active
            and row.driver in {"", driver or ""}
        ]
        return sorted(found, key=lambda row: not row.driver)

    async def next(self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None) -> str | None:
        row = await self.standing(company, regime, kind, driver=driver)
        return row.next or None if row is not None else None

    async def standing(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None
    ) -> RangeRow | None:
        rows = self._of(company, regime, kind, driver)
        return next((row for row in rows if row.left), rows[-1] if rows else None)

    async def left(self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None) -> int | None:
        rows = self._of(company, regime, kind, driver)
        return sum(row.left for row in rows) if rows else None

    async def take(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None, count: int = 1
    ) -> list[str]:
        taken: list[str] = []
        while len(taken) < count:
            row = await self.standing(company, regime, kind, driver=driver)
            if row is None or not row.next:
                break
            taken.append(row.next)
            series = series_of(regime, kind, row.first, row.last)
            left = row.left - 1
            self._put(replace(row, left=left, next=series.number(series.last - left + 1) if left else ""))
        self._calls.append(("take", company, regime, kind, driver, count))
        self._changes.announce(Subject.NUMBERS, [company])
        return taken

    async def driver_of(self, company: str, document: dict[str, Any]) -> str | None:
        del company
        drivers = document.get("drivers") or [{}]
        return self._driver(drivers[0].get("driverNumber", ""))

    async def ranges(self, company: str | None = None) -> list[RangeRow]:
        return [row for row in self.rows if company in {None, row.company}]

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
        series = series_of(regime, kind, first, last)
        row = RangeRow(
            f"range {len(self.rows) + 1}", 1, company, regime, kind, driver, driver and "Sample Driver One",
            series.number(series.first), series.number(series.last), start or series.number(series.first), series.size,
            series.size, is_active=True,
        )  # fmt: skip
        self.rows.append(row)
        self._changes.announce(Subject.NUMBERS, [company], initiator)
        return row

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
        self._calls.append(("edit range", first, last, driver, start, is_active))
        if start is not None and series_of(row.regime, row.kind, row.first, row.last).place(start) is None:
            raise RangeFault("next", "numbers.outside", number=start, first=row.first, last=row.last)
        made = replace(
            row,
            version=row.version + 1,
            first=row.first if first is None else first,
            last=row.last if last is None else last,
            driver=row.driver if driver is None else driver,
            next=start or row.next,
            is_active=row.is_active if is_active is None else is_active,
        )
        self._put(made)
        self._changes.announce(Subject.NUMBERS, [row.company], initiator)
        return made

    def _put(self, row: RangeRow) -> None:
        self.rows = [row if one.id == row.id else one for one in self.rows]

    async def doubts(self, company: str, regime: Regime, kind: NumberKind, first: str) -> tuple[str, ...]:
        del company, regime, kind, first
        return self.odd

    async def preview_used(self, company: str, regime: Regime, kind: NumberKind, text: str) -> UsedPreview:
        from datetime import date

        from desktop.domain.used_number import LineFault, used_lines

        lines = list(used_lines(regime, kind, text, date(2026, 11, 24)))
        good = tuple(line for line in lines if line.fault is LineFault.NONE)
        wrong = tuple(line for line in lines if line.fault is not LineFault.NONE)
        return UsedPreview(company, regime, kind, good, 0, wrong)

    async def keep_used(self, preview: UsedPreview) -> int:
        self._calls.append(("keep used", tuple(line.number for line in preview.new)))
        return len(preview.new)
