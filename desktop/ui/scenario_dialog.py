"""Lets the trainee choose what customs does in practice; the default stays until he does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import ScenarioRow
from desktop.ui import pieces, theme

_WIDTH, _HEIGHT = 560, 480


class ScenarioDialog(QDialog):
    """A list to search in, and what happens in the current one.

    Attributes:
        chosen: the name chosen; empty until then.
    """

    def __init__(self, rows: Sequence[ScenarioRow], playing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen = ""
        title = texts.text("window.scenario.title")
        pieces.dress(self, title, "scenario_dialog")
        self.search = pieces.search_field(
            "scenario_search", texts.text("window.scenario.search"), texts.text("window.scenario.search")
        )
        self.search.setMaximumWidth(16_777_215)
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setObjectName("scenario_list")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for row in rows:
            item = QListWidgetItem(
                texts.text("window.scenario.now", title=row.title) if row.name == playing else row.title
            )
            item.setData(Qt.ItemDataRole.UserRole, row)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, row.about)
            item.setToolTip(pieces.plain_tip(row.title))
            item.setSizeHint(QSize(0, theme.TARGET_HEIGHT))
            self.list.addItem(item)
            if row.name == playing:
                self.list.setCurrentItem(item)
        self.list.currentItemChanged.connect(lambda *_: self._say())
        self.list.itemActivated.connect(lambda _item: self._take())
        self.about = pieces.prose()
        self.about.setMinimumHeight(3 * theme.line_height("body"))
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.take = pieces.button(texts.text("window.scenario.take"), is_primary=True, name="scenario_take")
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        back = pieces.button(texts.text("window.dialog.cancel"), name="scenario_back")
        back.clicked.connect(self.reject)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.about)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.take)
        column.addLayout(foot)
        pieces.fit(self, _WIDTH, _HEIGHT)
        self.list.setFocus()
        self._say()

    def _row(self) -> ScenarioRow | None:
        item = self.list.currentItem()
        row: ScenarioRow | None = (
            item.data(Qt.ItemDataRole.UserRole) if item is not None and not item.isHidden() else None
        )
        return row

    def _say(self) -> None:
        row = self._row()
        self.about.setText(row.about if row is not None else texts.text("window.scenario.none"))
        self.take.setEnabled(row is not None)

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        first: QListWidgetItem | None = None
        for place in range(self.list.count()):
            item = self.list.item(place)
            row: ScenarioRow = item.data(Qt.ItemDataRole.UserRole)
            said = f"{row.name} {row.title} {row.about}".casefold()
            item.setHidden(not all(word in said for word in wanted))
            if first is None and not item.isHidden():
                first = item
        if self._row() is None and first is not None:
            self.list.setCurrentItem(first)
        self._say()

    def _take(self) -> None:
        row = self._row()
        if row is not None:
            self.chosen = row.name
            self.accept()
