"""Asks which trip takes a shipment; a trip to another port than the broker's office is marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Customs
from desktop.services.tracked_row import TrackedRow
from desktop.services.views import TripRow
from desktop.ui import pieces, theme
from desktop.ui.legible import legible
from desktop.ui.signs import Sign, sign_pixmap

_SIZE = (560, 420)
_SIGN = 18


class ChooseTrip(QDialog):
    """The trips that can take a shipment, those to the broker's office first.

    Attributes:
        chosen: id of the trip; empty where the user went back.
    """

    def __init__(self, row: TrackedRow, trips: Sequence[TripRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen = ""
        title = texts.text("tracker.choose.title", number=row.number)
        pieces.dress(self, title, "choose_trip")
        self.list = QListWidget()
        self.list.setObjectName("choose_trip_list")
        self.list.setAccessibleName(texts.text("tracker.choose.list"))
        self.list.setIconSize(QSize(_SIGN, _SIGN))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for trip in sorted(trips, key=lambda one: bool(row.office) and one.port != row.office):
            self._add(row, trip)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.take = pieces.button(texts.text("tracker.choose.take"), is_primary=True, name="choose_trip_take")
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        cancel = pieces.button(texts.text("tracker.choose.cancel"), name="choose_trip_cancel")
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(pieces.prose(texts.text("tracker.choose.text"), look="muted"))
        if row.office:
            column.addWidget(pieces.prose(texts.text("tracker.choose.office", office=row.office), look="muted"))
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.take)
        column.addLayout(foot)
        pieces.fit(self, *_SIZE)
        self.list.setFocus()

    def _add(self, row: TrackedRow, trip: TripRow) -> None:
        port, eta = trip.port_name or trip.port or texts.text("window.no_port"), trip.eta.local[5:16]
        first = texts.text(
            "tracker.choose.line",
            trip=trip.number or texts.text("window.no_number"),
            port=port,
            eta=eta or texts.text("window.no_eta"),
        )
        is_other = bool(row.office and trip.port and trip.port != row.office)
        notes = [texts.text("tracker.choose.other", port=trip.port, office=row.office)] if is_other else []
        if trip.customs is not Customs.NONE:
            notes.append(texts.text("tracker.choose.sent"))
        words = "\n".join([first, ". ".join([trip.driver or texts.text("tracker.no_driver"), *notes])])
        item = QListWidgetItem(legible(words))
        item.setData(Qt.ItemDataRole.UserRole, trip.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, legible(words.replace("\n", ". ")))
        sign = Sign.ASK if notes else Sign.NOT_ON_FILE
        item.setIcon(QIcon(sign_pixmap(sign, _SIGN, theme.colours(), self.devicePixelRatioF())))
        item.setToolTip(pieces.plain_tip(words))
        self.list.addItem(item)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen = str(item.data(Qt.ItemDataRole.UserRole))
            self.accept()
