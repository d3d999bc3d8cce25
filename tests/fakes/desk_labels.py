"""New labels in memory, for windows under test: numbers come from the fake ranges."""

from __future__ import annotations

from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.printing.label import LabelSheet, Stock, stocks
from desktop.printing.sheet import Sheet
from desktop.services.sheets import AS_SET, SheetOptions, labels_of
from desktop.settings.tree import Printing


class FakeLabels:
    """The contract's `Labels`."""

    def __init__(self, numbering) -> None:
        self._numbering = numbering

    def stocks(self) -> tuple[Stock, ...]:
        return tuple(stocks().values())

    async def take(
        self, company: str, regime: Regime, count: int, *, driver: str | None = None, options: SheetOptions = AS_SET
    ) -> LabelSheet:
        left = await self._numbering.left(company, regime, "control", driver=driver) or 0
        if left < count:
            raise UsageError("print.no_range", left=left, count=count)
        numbers = await self._numbering.take(company, regime, "control", driver=driver, count=count)
        return await self.again(company, regime, tuple(numbers), options=options)

    async def again(
        self, company: str, regime: Regime, numbers: tuple[str, ...], *, options: SheetOptions = AS_SET
    ) -> LabelSheet:
        frame = Sheet(regime=regime, trip_number="", company="Dorn Cartage Ltd.", printed_at="now", version=1)
        return labels_of(frame, numbers, Printing(), options)
