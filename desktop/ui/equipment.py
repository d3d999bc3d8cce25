"""The Equipment screen: trucks and trailers side by side as tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui.desk import Desk
from desktop.ui.editors.library_page import LibraryPage
from desktop.ui.offer import Offer


class EquipmentPage(QWidget):
    """Two pages of the library under one place.

    Signals:
        trip_wanted: id of a trip that used a unit.
    """

    trip_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("equipment_page")
        self.trucks = LibraryPage(desk, "truck", self)
        self.trailers = LibraryPage(desk, "trailer", self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("equipment_tabs")
        self.tabs.setAccessibleName(texts.text("window.place.equipment"))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.trucks, texts.text("window.equipment.trucks"))
        self.tabs.addTab(self.trailers, texts.text("window.equipment.trailers"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)
        for page in (self.trucks, self.trailers):
            page.trip_wanted.connect(self.trip_wanted)

    def offers(self) -> list[Offer]:
        """Return what can be done with the units on show."""
        return (self.trucks if self.tabs.currentWidget() is self.trucks else self.trailers).offers()

    async def close_record(self) -> None:
        """Save what is left before the window goes."""
        await self.trucks.close_record()
        await self.trailers.close_record()
