"""What the window asks of the labels below it."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.lifecycle import Regime
from desktop.printing.label import LabelSheet, Stock
from desktop.services.sheets import SheetOptions


class Labels(Protocol):
    """Labels numbered from a carrier's ranges."""

    def stocks(self) -> tuple[Stock, ...]:
        """Return the labels that can be printed on."""
        ...

    async def take(
        self, company: str, regime: Regime, count: int, *, driver: str | None = None, options: SheetOptions = ...
    ) -> LabelSheet:
        """Take the next numbers for good and return a label for each."""
        ...

    async def again(
        self, company: str, regime: Regime, numbers: tuple[str, ...], *, options: SheetOptions = ...
    ) -> LabelSheet:
        """Return labels of numbers that were given out already."""
        ...
