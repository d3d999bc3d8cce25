"""Joins printing to the window: marks above the editors, the sheets of a day, old e-mails taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.errors import DesktopError
from desktop.printing.sheet import SheetKind
from desktop.services.views import Changed, Subject
from desktop.ui.offer import Offer
from desktop.ui.printing.strip import PaperStrip
from desktop.ui.reload import Reload
from desktop.ui.theme import set_icon
from desktop.ui.trips.current import listed_trips

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Give the window what belongs to printing."""
    Paperwork(shell)


class Paperwork(QObject):
    """Keeps the marks of the open trips as they are, and offers the sheets of a day."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        self._desk = shell.desk
        shell.act.on_editor.append(self._on_editor)
        shell.offers.append(self.offers)
        action = shell.trips.tools_menu.addAction(texts.text("printing.batch.action"), self._print_day)
        action.setObjectName("print_day")
        set_icon(action, "print")
        shell.board.tools_menu.addAction(action)
        shell.board.print_day_asked.connect(self._print_day)
        self._desk.keeper.start(self._clear(), name="clear old e-mails")

    def offers(self) -> list[Offer]:
        """Return what can be printed anywhere in the window."""
        title = texts.text("printing.batch.action").replace("&", "")
        return [Offer(title, self._print_day, icon="print", words=texts.text("printing.batch.words"))]

    def _print_day(self) -> None:
        self._shell.act.start(self._shell.act.printing.print_day(listed_trips(self._shell)), "print the day")

    async def _clear(self) -> None:
        try:
            await self._desk.mailing.clear_old()
        except DesktopError:
            return  # another start will do

    # Marks

    def _on_editor(self, editor: QWidget) -> None:
        session = getattr(editor, "session", None)
        if session is None:
            return
        trip_id = session.trip_id
        strip = PaperStrip(editor, self._desk.clock, partial(self._again, trip_id))
        reload = Reload(self._desk.keeper, partial(self._read, trip_id, strip), "paper.read")

        def on_changed(changed: Changed) -> None:
            if changed.subject is Subject.TRIP and (not changed.ids or trip_id in changed.ids):
                reload.ask()

        leave = self._desk.changes.subscribe(on_changed)
        editor.destroyed.connect(leave)
        reload.ask()

    async def _read(self, trip_id: str, strip: PaperStrip) -> None:
        try:
            mark = (await self._desk.lookups.trip(trip_id)).row.paper
        except DesktopError:
            return  # the list and the editor say what is wrong with the data
        strip.show_mark(mark)

    def _again(self, trip_id: str, kind: SheetKind) -> None:
        self._shell.act.start(self._shell.act.printing.print_sheet(trip_id, kind), "print")
