"""Prints the sheets of a trip: shows them first, then onto a printer, into a file, or into an e-mail.

What left is remembered, so that the list and the editor can say when it is out of date. Where something fails the
preview stays as it is, and nothing is remembered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import texts
from desktop.domain.lifecycle import Way
from desktop.errors import EnvironmentFailure
from desktop.printing.sheet import SheetKind
from desktop.services.files import write_output
from desktop.services.mailing import safe_name
from desktop.ui import dialogs, paper
from desktop.ui.desk import Desk
from desktop.ui.printing import printers
from desktop.ui.printing.laid_out import LaidOut
from desktop.ui.printing.preview import Made, PrintPreview
from desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.services.views import TripRow
    from desktop.ui.act import Act
    from desktop.ui.printing.batch_dialog import BatchDialog

_LAST_FOLDER = "printing.folder"


class Printing:
    """Carries out printing over the window in front."""

    def __init__(self, desk: Desk, act: Act, state: WindowState) -> None:
        self._desk = desk
        self._act = act
        self._state = state

    @property
    def _window(self) -> QWidget:
        return self._act.trips.front

    async def print_sheet(self, trip_id: str, kind: SheetKind = SheetKind.SUMMARY) -> None:
        """Show the sheets of a trip, beginning with one, until one has left or the user leaves.

        Raises:
            NotFound: there is no such trip.
        """
        await self._act.flush(trip_id)
        row = (await self._desk.lookups.trip(trip_id)).row
        name = row.number or texts.text("window.no_number")
        preview = PrintPreview(
            name,
            [one for one in SheetKind if one.serves(row.regime)],
            kind=kind,
            size=self._act.paper,
            can_print=bool(printers.names()),
            parent=self._window,
        )
        preview.wanted.connect(lambda: self._start(preview, self._make(preview, trip_id), "make"))
        preview.asked.connect(lambda way: self._start(preview, self._let_out(preview, way), "let out"))
        self._start(preview, self._make(preview, trip_id), "make")
        await dialogs.finished(preview)

    def _start(self, preview: PrintPreview, work: Coroutine[Any, Any, None], name: str) -> None:
        """Do `work` in the background and tell its errors over the preview, which stays."""
        self._desk.keeper.start(dialogs.told(preview, work), name=f"print.{name}")

    async def _make(self, preview: PrintPreview, trip_id: str) -> None:
        """Make what is chosen; what was chosen meanwhile is made by its own call."""
        kind, size = preview.kind, preview.paper
        seen = await self._desk.printed.look(trip_id)
        sheet = await self._desk.sheets.make(kind, trip_id)
        laid = await asyncio.to_thread(LaidOut, sheet, size)
        if shiboken6.isValid(preview) and preview.isVisible() and (preview.kind, preview.paper) == (kind, size):
            preview.show_made(Made(seen, sheet, laid))

    # Ways out

    async def _let_out(self, preview: PrintPreview, way: Way) -> None:
        made = preview.made
        if made is None:
            return
        goes = {Way.PDF: self._save, Way.PRINTER: self._print, Way.EMAIL: self._mail}[way]
        said = await goes(preview, made)
        if not said:
            return
        preview.accept()
        self._act.trips.front.toast.say(said)
        await self._desk.printed.note(made.seen, made.sheet, way)

    async def _save(self, preview: PrintPreview, made: Made) -> str:
        chosen = await self.ask_file(preview, file_name(made))
        if not chosen:
            return ""
        data = await asyncio.to_thread(paper.pdf, made.sheet, preview.paper)
        await asyncio.to_thread(write_output, chosen, data)
        return texts.text("window.print.saved", name=Path(chosen).name)

    async def ask_file(self, over: QWidget, name: str) -> str:
        """Ask where a PDF goes, beginning in the folder used last; an empty text where the user leaves."""
        dialog = QFileDialog(over, texts.text("window.print.pdf"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(texts.text("printing.pdf_files"))
        dialog.setDefaultSuffix("pdf")
        folder = self._state.value(_LAST_FOLDER)
        is_there = await asyncio.to_thread(Path(folder).is_dir)
        if folder and is_there:
            dialog.setDirectory(folder)
        dialog.selectFile(name)
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        if chosen:
            self._state.keep(_LAST_FOLDER, str(Path(chosen[0]).parent))
        return chosen[0] if chosen else ""

    async def _print(self, preview: PrintPreview, made: Made) -> str:
        kind, has_own_size = made.sheet.kind, made.sheet.page_points is not None
        printer = printers.printer_for(self._state, kind, None if has_own_size else preview.paper)
        if not await self._ask_printer(preview, printer, kind, has_own_size=has_own_size):
            return ""
        paper.print_to(made.sheet, printer)
        return texts.text("window.print.sent")

    async def _ask_printer(self, over: QWidget, printer: QPrinter, kind: SheetKind, *, has_own_size: bool) -> str:
        """Show the printer's window and return what it is called; an empty text where nothing is to be printed.

        Raises:
            EnvironmentFailure: a paper was chosen that sheets are not made for.
        """
        dialog = QPrintDialog(printer, over)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=False)
        if await dialogs.finished(dialog) != QPrintDialog.DialogCode.Accepted:
            return ""
        printers.remember(self._state, kind, printer.printerName())
        name = printer.printerName() or texts.text("printing.printer")
        if has_own_size:
            return name
        if printers.paper_of(printer) is None:
            raise EnvironmentFailure("printing.other_paper")
        inches = printers.unreachable_inches(printer)
        if inches and not await dialogs.ask(
            over,
            texts.text("printing.margins", inches=f"{inches:.2g}"),
            texts.text("printing.margins.text"),
            accept=texts.text("printing.margins.yes"),
            reject=texts.text("printing.margins.no"),
            is_grave=True,
        ):
            return ""
        return name

    async def print_labels(self) -> None:
        """Print new labels, with numbers from the ranges."""
        from desktop.ui.labels.dialog import show_labels  # on use: few days need new labels

        await show_labels(self._desk, self, self._state, self._window)

    async def print_day(self, rows: Sequence[TripRow]) -> None:
        """Ask which of these trips' sheets are wanted and where, and print them with a way to stop."""
        from desktop.ui.printing.batch_dialog import BatchDialog  # on use: few days are printed at once

        today = self._desk.clock.now().astimezone().date()
        can_print = bool(printers.names())
        dialog = BatchDialog(rows, today, size=self._act.paper, can_print=can_print, parent=self._window)
        dialog.begin_asked.connect(
            lambda: self._desk.keeper.start(dialogs.told(dialog, self._run_batch(dialog)), name="print.batch")
        )
        await dialogs.finished(dialog)

    async def _run_batch(self, dialog: BatchDialog) -> None:
        from desktop.ui.printing import batch as batches
        from desktop.ui.printing.batch_dialog import EACH, JOINED

        batch = dialog.batch()
        work: Coroutine[Any, Any, None]
        if dialog.target == JOINED:
            words = texts.text("printing.batch.file", count=len(batch.rows))
            place = await self.ask_file(dialog, texts.text("window.print.file", trip=safe_name(words)))
            work = batches.joined(self._desk, batch, place, dialog.show_progress)
        elif dialog.target == EACH:
            place = await self._ask_folder(dialog)
            work = batches.one_each(self._desk, batch, place, dialog.show_progress)
        else:
            printer = printers.printer_for(self._state, SheetKind.SUMMARY, batch.paper)
            place = await self._ask_printer(dialog, printer, SheetKind.SUMMARY, has_own_size=False)
            work = batches.onto_printer(self._desk, batch, printer, dialog.show_progress)
        if not place:
            work.close()
            return
        dialog.show_running()
        dialog.stop_asked.connect(lambda: setattr(batch, "is_stopped", True))
        try:
            await work
        finally:
            dialog.show_result(batch)

    async def _ask_folder(self, over: QWidget) -> str:
        dialog = QFileDialog(over, texts.text("printing.batch.folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        return chosen[0] if chosen else ""

    async def _mail(self, preview: PrintPreview, made: Made) -> str:
        from desktop.ui.printing.mail import send_by_mail  # on use: few sheets are mailed

        data = await asyncio.to_thread(paper.pdf, made.sheet, preview.paper)
        return await send_by_mail(self._desk, preview, made, data)


def file_name(made: Made) -> str:
    """Return what the PDF of a sheet is called at first: trip and, but for the driver's own sheet, which sheet."""
    trip = made.sheet.trip_number or texts.text("window.no_number")
    if made.sheet.kind is SheetKind.SUMMARY:
        return texts.text("window.print.file", trip=safe_name(trip))
    words = texts.text(made.sheet.kind.name_key)
    return texts.text("window.print.file", trip=safe_name(f"{trip} {words}"))
