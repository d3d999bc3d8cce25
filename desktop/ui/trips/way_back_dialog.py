"""Asks what comes back on a truck: nothing, or the same goods the other way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.domain.mirroring import Load
from desktop.ui import pieces, theme

_WIDTH = 460


class WayBackDialog(QDialog):
    """Two ways, arrows and Enter; Esc starts nothing.

    Attributes:
        chosen: what comes back; None until the user said so.
    """

    def __init__(self, number: str, regime: Regime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Load | None = None
        to = texts.text("window.to_canada" if regime is Regime.ACE else "window.to_usa")
        title = texts.text("ways.back.title", trip=number, direction=to)
        pieces.dress(self, title, "way_back_dialog")
        self.list = QListWidget()
        self.list.setObjectName("way_back_list")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for load in Load:
            item = QListWidgetItem(texts.text(f"ways.back.{load}"))
            item.setData(Qt.ItemDataRole.UserRole, load)
            item.setSizeHint(QSize(0, theme.TARGET_HEIGHT))
            self.list.addItem(item)
        self.list.setFixedHeight(len(Load) * theme.TARGET_HEIGHT + 2 * self.list.frameWidth() + 2)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._say)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.about = pieces.prose(look="muted")
        self.about.setMinimumHeight(3 * theme.line_height("body"))
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.take = pieces.button(texts.text("ways.back.take"), is_primary=True, name="way_back_take")
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        cancel = pieces.button(texts.text("window.dialog.cancel"), name="way_back_cancel")
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(self.list)
        column.addWidget(self.about)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.take)
        column.addLayout(foot)
        self._say(0)
        pieces.fit(self, _WIDTH, 0)
        self.list.setFocus()

    def _say(self, row: int) -> None:
        load = tuple(Load)[max(0, row)]
        self.about.setText(texts.text(f"ways.back.{load}.about"))
        item = self.list.item(max(0, row))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, self.about.text())

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen = Load(item.data(Qt.ItemDataRole.UserRole))
            self.accept()
