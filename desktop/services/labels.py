"""New PARS and PAPS labels, numbered from a carrier's ranges."""

from __future__ import annotations

import asyncio

from desktop import texts
from desktop.clock import Clock
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.printing.label import LabelSheet, Stock, refuse_unfit, stock_named, stocks
from desktop.printing.sheet import Sheet, SheetState
from desktop.printing.summary import marks_of
from desktop.services.numbering import Numbering
from desktop.services.sheets import AS_SET, SheetOptions, Sheets, labels_of, language_of, look_of, printed_at
from desktop.store import Store


class Labels:
    """Prints labels before there is a trip. What is printed is given out: no other load gets the number by itself."""

    def __init__(self, store: Store, numbering: Numbering, sheets: Sheets, clock: Clock) -> None:
        self._store = store
        self._numbering = numbering
        self._sheets = sheets
        self._clock = clock

    def stocks(self) -> tuple[Stock, ...]:
        """Return the labels that can be printed on."""
        return tuple(stocks().values())

    async def take(
        self,
        company: str,
        regime: Regime,
        count: int,
        *,
        driver: str | None = None,
        options: SheetOptions = AS_SET,
    ) -> LabelSheet:
        """Take the next numbers for good and return a label for each.

        The numbers are given out before anything is printed: a printer that jams costs numbers, never a load that
        shares its number with another. `again` prints the same ones once more.

        Raises:
            UsageError: fewer are left than asked for, or a number does not fit on the label; none is taken.
        """
        left = await self._numbering.left(company, regime, "control", driver=driver) or 0
        if count < 1 or left < count:
            raise UsageError("print.no_range", left=left, count=count)
        chosen = await self._sheets.printing()
        first = await self._numbering.next(company, regime, "control", driver=driver)
        frame = await self._frame(company, regime, options)
        refuse_unfit((first or "",), frame.symbology, stock_named(options.stock or chosen.label_stock))
        numbers = await self._numbering.take(company, regime, "control", driver=driver, count=count)
        return await self.again(company, regime, tuple(numbers), options=options)

    async def again(
        self, company: str, regime: Regime, numbers: tuple[str, ...], *, options: SheetOptions = AS_SET
    ) -> LabelSheet:
        """Return labels of numbers that were given out already: the same stickers once more.

        Raises:
            UsageError: there are no numbers, there is no such stock, or a number does not fit on the label.
        """
        chosen = await self._sheets.printing()
        frame = await self._frame(company, regime, options)
        with texts.speaking(frame.language):
            return labels_of(frame, numbers, chosen, options)

    async def _frame(self, company: str, regime: Regime, options: SheetOptions) -> Sheet:
        chosen = await self._sheets.printing()
        record = await self._store.companies.by_id(company)
        is_practice = await self._store.kind() == "practice"
        language = options.language or language_of(chosen)
        with texts.speaking(language):
            return Sheet(
                regime=regime,
                trip_number="",
                company=record.name,
                marks=marks_of(regime, is_practice=is_practice, state=SheetState.ON_FILE),
                printed_at=printed_at(self._clock.now(), None),
                version=1,
                language=language,
                look=await asyncio.to_thread(look_of, chosen),
            )
