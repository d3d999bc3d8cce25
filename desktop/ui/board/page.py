"""The Crossings screen: bar with filter and search, the board, what an empty board says."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.reload import Reload
from desktop.ui.trips.new_menu import NewMenu


class BoardPage(QWidget):
    """Trips of today and to come, those that need a person first.

    Signals: `new_asked(Regime)`; with a trip's id `open_asked`, `copy_asked`, `mirror_asked`, `repeat_asked`,
    `print_asked`, `send_asked`; `counted(int)` how many need a person.
    """

    new_asked = Signal(object)
    open_asked = Signal(str)
    copy_asked = Signal(str)
    mirror_asked = Signal(str)
    repeat_asked = Signal(str)
    print_asked = Signal(str)
    send_asked = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_page")
        self._desk = desk
        self.new_menu = NewMenu(self)
        self.reload = Reload(desk.keeper, self._read, "board.read")
        bridge.trip_changed.connect(lambda _changed: self.reload.ask())
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def show_carriers(self, names: Mapping[str, str], carrier: str) -> None:
        """Show one carrier's trips by its id, or all."""

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected trips, from top to bottom."""
        return []

    def select(self, trip_id: str) -> None:
        """Make a trip the current one, now or when it has been read."""

    def offer_new(self) -> None:
        """Ask how the new trip begins."""
        self.new_menu.popup(self.mapToGlobal(self.rect().center()))

    def tick(self) -> None:
        """A minute has passed."""

    def focus_search(self) -> None:
        """Put the caret into the search."""

    async def _read(self) -> None:
        self.counted.emit(0)
