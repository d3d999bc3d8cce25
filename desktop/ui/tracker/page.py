"""The Shipments screen: bar with tabs and search, the list, what customs said of one number beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk


class TrackerPage(QWidget):
    """All shipments known from trips, from the list of shipments and from messages, by what must be done.

    Signals: `counted(int)` how many need a person.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tracker_page")
        self._desk = desk
        self._bridge = bridge
        self._wanted = ""
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def show_number(self, number: str) -> None:
        """Make a control number the current one, now or when it has been read."""
        self._wanted = number

    def tick(self) -> None:
        """A minute has passed."""

    def focus_search(self) -> None:
        """Put the caret into the search."""
