"""What the window does when a page asks: open, copy, delete, send, print. Every error is told, none is swallowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import texts
from desktop.domain.lifecycle import Delivery, Regime
from desktop.errors import DesktopError
from desktop.ui import dialogs
from desktop.ui.carriers import Carriers
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.services.edit_session import EditSession


@runtime_checkable
class Editor(Protocol):
    """What the window needs of an editor."""

    def go_to(self, path: str, /) -> None:
        """Put the focus into the field at a path of the document."""
        ...


class ProblemPanel(Protocol):
    """A list of what is wrong with a trip."""

    def go(self, step: int, /) -> None:
        """Put the focus onto the next problem."""
        ...


@runtime_checkable
class ShowsProblems(Protocol):
    """An editor with a list of problems."""

    panel: ProblemPanel


MakeEditor: TypeAlias = "Callable[[EditSession, QWidget], QWidget]"


class Act:
    """Carries out what pages ask for. One editor is open at a time; leaving it saves it.

    Attributes:
        make_editor: makes the editor of a session; set by the program.
        paper: the paper sheets are shown on first: `letter` or `a4`.
        on_editor: called with each editor of a trip when it has been made.
    """

    def __init__(self, desk: Desk, window: MainWindow, carriers: Carriers, make_editor: MakeEditor) -> None:
        self._desk = desk
        self._carriers = carriers
        self._window = window
        self.make_editor = make_editor
        self.paper = "letter"
        self._session: EditSession | None = None
        self._changing = asyncio.Lock()
        self.on_editor: list[Callable[[QWidget], None]] = []
        window.place_shown.connect(self._on_place_shown)

    def start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Do `work` in the background; what a user must be told of it is told."""
        return self._desk.keeper.start(dialogs.told(self._window, work), name=f"act.{name}")

    # Editing

    @property
    def trip_id(self) -> str:
        """The trip in the editor, or an empty text."""
        return self._session.trip_id if self._session is not None else ""

    async def open(self, trip_id: str, pointer: str = "") -> None:
        """Open a trip, at a field where one is named."""
        async with self._changing:
            if self._session is None or self._session.trip_id != trip_id or self._window.editor is None:
                await self._show(await self._desk.editing.open(trip_id))
            else:
                self._window.return_to_editor()
        editor: object = self._window.editor
        if pointer and isinstance(editor, Editor):
            editor.go_to(pointer)

    async def new(self, regime: Regime) -> None:
        """Start an empty trip: of the carrier that is shown, or of the one the user names where there are several."""
        company = await self._carriers.whose()
        if company is None and self._carriers.rows:
            return
        async with self._changing:
            await self._show(await self._desk.starting.new(regime, None if company is None else company.id))

    async def give(self, trip_id: str) -> bool:
        """Give a trip that is nobody's to a carrier; tell whether it has one now."""
        if not self._carriers.rows:
            await dialogs.tell(
                self._window,
                texts.text("window.carriers.no_company"),
                texts.text("window.carriers.no_company.text"),
                is_problem=True,
            )
            return False
        company = await self._carriers.whose(why=texts.text("window.carriers.nobody"))
        if company is None:
            return False
        async with self._changing:
            is_open = self.trip_id == trip_id
            if is_open:
                await self._close()
            session = await self._desk.editing.give_to(trip_id, company.id)
            if is_open:
                await self._show(session)
            else:
                await session.close()
        return True

    async def give_open(self, trip_id: str) -> None:
        """Give the trip in the editor to a carrier."""
        await self.give(trip_id)

    async def copy(self, trip_id: str) -> None:
        """Start a trip like another one."""
        async with self._changing:
            await self._show(await self._desk.starting.copy(trip_id))

    async def _show(self, session: EditSession) -> None:
        await self._close()
        self._session = session
        self._window.rail.show_place(Place.TRIPS)
        number = session.value("/tripNumber")
        where = number if isinstance(number, str) and number else texts.text("window.new_trip")
        editor = self.make_editor(session, self._window.stack)
        self._window.show_editor(editor, where)
        for heard in self.on_editor:
            heard(editor)

    async def leave(self) -> None:
        """Save and close the editor, if one is open; where that fails it comes back with everything typed.

        Raises:
            DesktopError: the last edits could not be written.
        """
        async with self._changing:
            await self._close()

    async def _close(self) -> None:
        session, editor = self._session, self._window.editor
        if session is None:
            return
        closes = getattr(editor, "close_session", session.close)
        try:
            await closes()
        except DesktopError:
            self._window.return_to_editor()
            raise
        self._session = None
        self._window.leave_editor()

    def _on_place_shown(self, _place: Place) -> None:
        if self._session is not None:
            self.start(self.leave(), "leave")

    def back(self) -> None:
        """Leave the editor for the list, with the trip as the current one."""
        from desktop.ui.trips.page import TripsPage  # on use: an inbox comes up without it

        trip_id = self.trip_id
        self._window.go_to(Place.TRIPS)
        page = self._window.page(Place.TRIPS)
        if trip_id and isinstance(page, TripsPage):
            page.select(trip_id)

    async def delete(self, trip_id: str) -> None:
        """Take a trip out of the list and offer to bring it back; one that went out only after a question."""
        from desktop.ui.trips.words import is_draft  # on use: the inbox opens without the trips

        detail = await self._desk.lookups.trip(trip_id)
        if not is_draft(detail.row) and not await dialogs.ask(
            self._window,
            texts.text("window.delete.title", trip=detail.row.number or texts.text("window.no_number")),
            texts.text("window.delete.text"),
            accept=texts.text("window.delete.yes"),
            reject=texts.text("window.delete.no"),
            is_grave=True,
        ):
            return
        await self._desk.editing.delete(trip_id)
        self._window.toast.say(
            texts.text("window.deleted", trip=detail.row.number or texts.text("window.no_number")),
            action=texts.text("window.undo"),
            on_action=partial(self._undelete, trip_id),
        )

    def _undelete(self, trip_id: str) -> None:
        self.start(self._desk.editing.undelete(trip_id), "undelete")

    # Sending

    async def send(self, trip_id: str) -> None:
        """Show the plan; after the user's word send it and say what came of it."""
        from desktop.ui.send_plan import Choice, SendPlan, result_words  # on use: the first window comes sooner

        if self._session is not None and self._session.trip_id == trip_id:
            await self._session.flush()
        detail = await self._desk.lookups.trip(trip_id)
        if not detail.row.company:
            if not await self.give(trip_id):
                return
            detail = await self._desk.lookups.trip(trip_id)
        if detail.row.delivery is Delivery.NOT_SURE and await self._decide(trip_id):
            return
        plan = SendPlan(await self._desk.submit.preview(trip_id), detail.row.regime, self._window)
        await dialogs.finished(plan)
        if plan.choice is Choice.SHOW_PROBLEMS:
            await self.open(trip_id)
            editor: object = self._window.editor
            if isinstance(editor, ShowsProblems):
                editor.panel.go(1)
        if plan.choice not in {Choice.SEND, Choice.UPLOAD}:
            return
        result = await self._desk.submit.send(trip_id, hold=plan.choice is Choice.UPLOAD)
        title, text, needs_person = result_words(result)
        if needs_person:
            await dialogs.tell(self._window, title, text, is_problem=True)
        else:
            self._window.toast.say(f"{title}. {text}")

    async def _decide(self, trip_id: str) -> bool:
        """Ask what to do with an attempt nobody is sure of; tell whether there was one."""
        doubt = await self._desk.doubts.of(trip_id)
        if doubt is None:
            return False
        from desktop.ui.doubt_dialog import DoubtDialog

        dialog = DoubtDialog(doubt, parent=self._window)
        await dialogs.finished(dialog)
        if dialog.choice:
            going_on = await self._desk.doubts.decide(trip_id, dialog.choice)
            if going_on != trip_id:
                await self.open(going_on)
            said = texts.text(f"doubt.{dialog.choice}")
            self._window.toast.say(texts.text("doubt.done", trip=doubt.trip, what=said))
        return True

    # Printing

    async def print_sheet(self, trip_id: str) -> None:
        """Show the driver sheet, then print it or write it as PDF."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # on use, as everything of paper

        from desktop.ui import paper
        from desktop.ui.print_preview import PrintPreview, Target

        if self._session is not None and self._session.trip_id == trip_id:
            await self._session.flush()
        sheet = await self._desk.sheets.summary(trip_id)
        name = sheet.trip_number or texts.text("window.no_number")
        can_print = bool(QPrinterInfo.availablePrinterNames())
        preview = PrintPreview(sheet, name, size=self.paper, can_print=can_print, parent=self._window)
        await dialogs.finished(preview)
        if preview.target is Target.PDF:
            await self._save_pdf(paper.pdf(sheet, preview.paper), name)
        elif preview.target is Target.PRINTER:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            dialog = QPrintDialog(printer, self._window)
            if await dialogs.finished(dialog) == QPrintDialog.DialogCode.Accepted:
                paper.print_to(sheet, printer)
                self._window.toast.say(texts.text("window.print.sent"))

    async def _save_pdf(self, data: bytes, name: str) -> None:
        dialog = QFileDialog(self._window, texts.text("window.print.pdf"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        safe = "".join(letter for letter in name if letter.isalnum() or letter in " -_")
        dialog.selectFile(texts.text("window.print.file", trip=safe))
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        if chosen:
            from desktop.services.files import write_output

            await asyncio.to_thread(write_output, chosen[0], data)
            self._window.toast.say(texts.text("window.print.saved", name=Path(chosen[0]).name))
