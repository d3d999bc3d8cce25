"""The palette in the window: Ctrl+K, what is searched, what opening means."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget

from desktop import texts
from desktop.errors import DesktopError
from desktop.services.views import LibraryRow, ShipmentRow
from desktop.ui.palette.commands import commands
from desktop.ui.palette.entry import Entry, Group
from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.palette.dialog import Palette
    from desktop.ui.palette.records import Records
    from desktop.ui.shell import Shell

_KEPT = 40
_PLACES = {"driver": Place.DRIVERS, "truck": Place.EQUIPMENT, "trailer": Place.EQUIPMENT, "partner": Place.PARTNERS}
_SEARCHED = (Place.TRIPS, Place.INBOX, Place.SHIPMENTS, Place.DRIVERS, Place.PARTNERS)


def join(shell: Shell) -> None:
    """Give the window its palette."""
    Opener(shell)


class Opener(QObject):
    """Opens the palette over whatever window is in front, one at a time.

    Attributes:
        palette: the one on show, if any.
        lately: keys of what was run, the last first.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        self._desk: Desk = shell.desk
        self._records: Records | None = None
        self._search: asyncio.Task[None] | None = None
        self.palette: Palette | None = None
        self.lately: list[str] = []
        self.action = QAction(texts.text("palette.action"), shell.window)
        self.action.setObjectName("palette_action")
        self.action.setShortcut(QKeySequence("Ctrl+K"))
        self.action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.action.triggered.connect(self._on_asked)
        shell.window.addAction(self.action)
        menu = shell.window.menuBar().actions()[1].menu()
        if isinstance(menu, QMenu):
            menu.insertAction(menu.actions()[0] if menu.actions() else QAction(menu), self.action)

    def _on_asked(self) -> None:
        if self.palette is not None:
            self.palette.reject()
            return
        host = QApplication.activeWindow()
        if host is None or not host.isVisible():  # a palette just closed is still called active
            host = self._shell.window
        if isinstance(host, QDialog) or QApplication.activeModalWidget() is not None:
            return  # a question is open: it is answered first
        self.open(host)

    def open(self, host: QWidget) -> Palette:
        """Show the palette over a window, at once: what is typed next goes into it."""
        from desktop.ui.palette.dialog import Palette  # on first use

        palette = Palette(host, commands(self._shell, host, self.action), self.lately)
        palette.searched.connect(self._on_searched)
        palette.offer_instead(self._instead)
        palette.chosen.connect(self._on_chosen)
        palette.finished.connect(self._on_finished)
        self.palette = palette
        palette.show()
        palette.activateWindow()
        palette.line.setFocus(Qt.FocusReason.PopupFocusReason)
        return palette

    def _on_finished(self) -> None:
        if self._search is not None:
            self._search.cancel()
        if self.palette is not None:
            self.palette.dispose()
            self.palette = None

    # Searching

    def _on_searched(self, typed: str) -> None:
        if self._search is not None:
            self._search.cancel()  # the newest words are the ones that count
        if typed and self.palette is not None:
            self._search = self._desk.keeper.start(self._find(self.palette, typed), name="palette.find")

    async def _find(self, palette: Palette, typed: str) -> None:
        from desktop.ui.palette.records import Records

        if self._records is None:
            self._records = Records(
                self._desk, self._open_trip, self._open_shipment, self._open_record, self._open_card
            )
        try:
            found = await self._records.find(typed)
        except DesktopError:
            found = []
            self._shell.window.toast.say(texts.text("palette.failed"), is_failure=True)
        if palette is self.palette:
            palette.show_records(typed, found)

    def _instead(self, typed: str) -> list[Entry]:
        return [
            Entry(
                Group.SEARCH,
                f"search:{place.value}",
                texts.text(f"palette.search.{place.value}", words=typed),
                partial(self._search_page, place, typed),
                icon="find",
            )
            for place in _SEARCHED
        ]

    # Running

    def _on_chosen(self, entry: Entry) -> None:
        if entry.key in self.lately:
            self.lately.remove(entry.key)
        self.lately.insert(0, entry.key)
        del self.lately[_KEPT:]
        entry.run()

    def _open_trip(self, trip_id: str) -> None:
        self._shell.act.start(self._shell.act.open(trip_id), "open")

    def _open_shipment(self, row: ShipmentRow) -> None:
        self._shell.act.start(self._go_to_shipment(row), "open")

    async def _go_to_shipment(self, row: ShipmentRow) -> None:
        from desktop.ui.palette.records import field_of

        if row.trip_id is None:
            from desktop.ui.tracker.actions import page_of

            self._go_to(Place.SHIPMENTS)
            page_of(self._shell).show_number(row.number)
            return
        detail = await self._desk.lookups.trip(row.trip_id)
        await self._shell.act.open(row.trip_id, field_of(row, detail.document))

    def _go_to(self, place: Place) -> None:
        self._shell.window.come_forward()  # the palette may have stood over the window of a trip
        self._shell.window.go_to(place)

    def _open_record(self, row: LibraryRow) -> None:
        from desktop.ui.editors.library_page import LibraryPage
        from desktop.ui.editors.node import focus_first
        from desktop.ui.equipment import EquipmentPage

        place = _PLACES[row.kind]
        self._go_to(place)
        page = self._shell.window.page(place)
        if isinstance(page, EquipmentPage):
            kept = page.trucks if row.kind == "truck" else page.trailers
            page.tabs.setCurrentWidget(kept)
            page = kept
        if isinstance(page, LibraryPage):
            page.open(row)
            if page.editor is not None:
                focus_first(page.editor)

    def _open_card(self, card_id: str) -> None:
        self._go_to(Place.INBOX)
        self._shell.inbox.show_card(card_id)

    def _search_page(self, place: Place, typed: str) -> None:
        self._go_to(place)
        page = self._shell.window.page(place)
        line = page.findChild(QLineEdit, "search") or getattr(page, "search", None)
        if isinstance(line, QLineEdit):
            line.setText(typed)
            line.setFocus(Qt.FocusReason.OtherFocusReason)
