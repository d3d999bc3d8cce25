"""The trips of which word may have come while nobody listened: open each, and say which were looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.times import parse_wall
from desktop.services.noticed import Missed, MissedTrip
from desktop.ui import pieces, theme, times
from desktop.ui.legible import legible

_WIDTH, _HEIGHT = 620, 420


class MissedDialog(QDialog):
    """A tick says "I looked at this one"; nothing is ticked beforehand.

    Attributes:
        list: the trips.
        opened: the trip to open; empty where none was asked for.
        looked: the trips that were looked at.
    """

    def __init__(self, missed: Missed, span: tuple[str, str], site: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = ""
        self.looked: tuple[str, ...] = ()
        since, until = span
        title = texts.text("watch.missed.title", since=since, until=until, count=len(missed.trips))
        pieces.dress(self, title, "missed_dialog")
        self.list = QListWidget()
        self.list.setObjectName("missed_trips")
        self.list.setAccessibleName(texts.text("watch.missed.list"))
        for trip in missed.trips:
            self.list.addItem(_item(trip))
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._on_open())
        self.list.itemChanged.connect(lambda _item: self._count())
        self.site = pieces.button(texts.text("watch.missed.site"), "globe", name="missed_site")
        self.site.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(site)))
        self.site.setVisible(bool(site))
        self.open_trip = self._button("open", "", self._on_open)
        self.all = self._button("all", "check", self._on_all)
        self.take = pieces.button(texts.text("watch.missed.looked"), is_primary=True, name="missed_looked")
        self.take.clicked.connect(self._on_looked)
        leave = pieces.button(texts.text("window.dialog.close"), name="missed_close")
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.site)
        foot.addWidget(self.open_trip)
        foot.addWidget(self.all)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.take)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_16, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(pieces.prose(texts.text("watch.missed.about"), look="muted"))
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        pieces.fit(self, _WIDTH, _HEIGHT)
        self._count()
        self.list.setFocus()

    def _button(self, name: str, icon: str, function: Callable[[], object]) -> QWidget:
        made = pieces.button(texts.text(f"watch.missed.{name}"), icon, name=f"missed_{name}")
        made.clicked.connect(function)
        return made

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def ticked(self) -> tuple[str, ...]:
        """Return the trips that are ticked."""
        is_on = Qt.CheckState.Checked
        return tuple(str(one.data(Qt.ItemDataRole.UserRole)) for one in self._items() if one.checkState() is is_on)

    def _count(self) -> None:
        self.take.setEnabled(bool(self.ticked()))

    def _on_all(self) -> None:
        for one in self._items():
            one.setCheckState(Qt.CheckState.Checked)

    def _on_open(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.opened = str(item.data(Qt.ItemDataRole.UserRole))
            self.accept()

    def _on_looked(self) -> None:
        self.looked = self.ticked()
        self.accept()


def _item(trip: MissedTrip) -> QListWidgetItem:
    wall = parse_wall(trip.eta)
    eta = f"{times.day(wall)} {times.clock(wall)}" if wall is not None else legible(trip.eta)
    name = trip.trip or texts.text("window.no_number")
    item = QListWidgetItem(legible(texts.text("watch.missed.row", trip=name, port=trip.port_name, eta=eta)))
    item.setData(Qt.ItemDataRole.UserRole, trip.trip_id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Unchecked)
    item.setSizeHint(QSize(0, theme.TARGET_HEIGHT))
    return item
