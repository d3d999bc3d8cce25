"""Chooses the layout of a sheet by its kind."""

from __future__ import annotations

from desktop import texts
from desktop.errors import Bug
from desktop.printing.sheet import Paper, Sheet
from desktop.printing.summary import TripSheet
from desktop.ui.sheets import summary
from desktop.ui.sheets.ink import Ink


def lay_out(sheet: Sheet, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return what stands on each page of a sheet, in dots of a device, in the sheet's own language.

    Raises:
        Bug: there is no layout for such a sheet.
    """
    with texts.speaking(sheet.language):
        match sheet:
            case TripSheet():
                return summary.lay_out(sheet, paper, dots_per_inch)
            case _:
                raise Bug(f"no layout for a sheet of kind {sheet.kind}")
