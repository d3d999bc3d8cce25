"""Printers: which are there, which one was used last for a kind of sheet, and what they cannot reach of the paper."""

from __future__ import annotations

from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.printing.sheet import Paper, SheetKind
from desktop.ui.sheets.style import MARGIN
from desktop.ui.window_state import WindowState

_SIZES = {Paper.LETTER: QPageSize.PageSizeId.Letter, Paper.A4: QPageSize.PageSizeId.A4}
_POINTS_PER_INCH = 72
_HAIR = 0.5
"""Points that no eye sees, and drivers round by."""


def names() -> list[str]:
    """Return the printers of this computer."""
    return QPrinterInfo.availablePrinterNames()


def remembered(state: WindowState, kind: SheetKind) -> str:
    """Return the printer a kind of sheet went to last, where it is still there; else an empty text."""
    name = state.value(_key(kind))
    return name if name in names() else ""


def remember(state: WindowState, kind: SheetKind, printer: str) -> None:
    """Take the same printer for that kind of sheet next time."""
    if printer:
        state.keep(_key(kind), printer)


def printer_for(state: WindowState, kind: SheetKind, paper: Paper | None) -> QPrinter:
    """Return a printer to be shown in the system's dialog: the one used last for such sheets, with the paper chosen.

    Sheets that decide their size themselves have no paper.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    name = remembered(state, kind)
    if name:
        printer.setPrinterName(name)
    if paper is not None:
        printer.setPageSize(QPageSize(_SIZES[paper]))
    return printer


def paper_of(printer: QPrinter) -> Paper | None:
    """Return the paper that was chosen in the system's dialog; None where sheets are not made for it."""
    chosen = printer.pageLayout().pageSize().id()
    return next((paper for paper, size in _SIZES.items() if size is chosen), None)


def unreachable_inches(printer: QPrinter) -> float:
    """Return how far from the edge the printer stays blank, in inches, where sheets have something there; else 0."""
    if printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        return 0.0
    layout = printer.pageLayout()
    layout.setUnits(QPageLayout.Unit.Point)
    least = layout.minimumMargins()
    widest = max(least.left(), least.top(), least.right(), least.bottom())
    return widest / _POINTS_PER_INCH if widest > MARGIN + _HAIR else 0.0


def _key(kind: SheetKind) -> str:
    return f"printer.{kind.value}"
