"""Another truck or trailer: which unit stays behind, which one takes its place, and what follows (domain 8)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.domain.codes import fold
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.domain.swapping import Part
from desktop.services.library import wire_object
from desktop.services.swapping import Equipment, Unit, plate_of, typed_unit
from desktop.services.views import LibraryRow
from desktop.ui import pieces, theme
from desktop.ui.legible import legible

_WIDTH, _HEIGHT = 600, 520
_SHOWN = 200
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class SwapDialog(QDialog):
    """Shows what a swap means before anything changes; Esc changes nothing.

    Attributes:
        unit: the one that stays behind.
        new: the one that takes its place, in the shape of the trip's regime, with the seals on it.
    """

    def __init__(self, equipment: Equipment, library: Sequence[LibraryRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._equipment = equipment
        self._library = [row for row in library if row.key]
        self._chosen: LibraryRow | None = None
        title = texts.text("sending.swap.title", trip=equipment.trip or texts.text("window.no_number"))
        pieces.dress(self, title, "swap_dialog")
        self.units = QComboBox()
        self.units.setObjectName("swap_units")
        self.units.setMinimumHeight(theme.FIELD_HEIGHT)
        for unit in equipment.units:
            self.units.addItem(legible(unit_words(unit)), unit)
        last = self.units.count() - 1
        self.units.setCurrentIndex(min(1, last))  # trailers are swapped more often than trucks
        self.number = _line("swap_number")
        self.list = QListWidget()
        self.list.setObjectName("swap_library")
        self.list.setAccessibleName(texts.text("sending.swap.library"))
        self.list.setFixedHeight(theme.FIELD_HEIGHT * 4)
        self.plate, self.state, self.seals = _line("swap_plate"), _line("swap_state"), _line("swap_seals")
        self.says = pieces.prose("", "caption", look="muted")
        self.says.setObjectName("swap_says")
        key = "sending.swap.apply_send" if equipment.is_sent else "sending.swap.apply"
        self.apply = pieces.button(texts.text(key), "equipment", is_primary=True, name="swap_apply")
        self.apply.setDefault(True)
        self.apply.clicked.connect(self.accept)
        self._lay_out(title)
        self.units.currentIndexChanged.connect(self._on_unit)
        self.number.textEdited.connect(self._on_typed)
        self.number.installEventFilter(self)
        self.list.currentItemChanged.connect(self._on_listed)
        self.list.itemActivated.connect(lambda _item: self._accept_if_whole())
        for line in (self.plate, self.state, self.seals):
            line.textEdited.connect(lambda _text: self._say())
        self._on_unit()
        pieces.fit(self, _WIDTH, _HEIGHT)
        (self.number if last <= 1 else self.units).setFocus()

    def _lay_out(self, title: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(theme.STEP_4)
        for place, (key, whole) in enumerate((("out", self.units), ("number", self.number), ("library", self.list))):
            grid.addWidget(_label(key, whole), 2 * place, 0, 1, 2)
            grid.addWidget(whole, 2 * place + 1, 0, 1, 2)
        for place, (key, half) in enumerate((("plate", self.plate), ("state", self.state))):
            grid.addWidget(_label(key, half), 6, place)
            grid.addWidget(half, 7, place)
        grid.addWidget(_label("seals", self.seals), 8, 0, 1, 2)
        grid.addWidget(self.seals, 9, 0, 1, 2)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "title"))
        column.addLayout(grid)
        column.addWidget(self.says)
        column.addStretch(1)
        leave = pieces.button(texts.text("window.dialog.cancel"), name="swap_cancel")
        leave.clicked.connect(self.reject)
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.setSpacing(theme.STEP_8)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.apply)
        outer = QVBoxLayout(pieces.ground(self))
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(pieces.scrolling(body), 1)
        outer.addWidget(foot)

    # What is chosen

    @property
    def unit(self) -> Unit:
        """The one that stays behind."""
        unit: Unit = self.units.currentData()
        return unit

    @property
    def new(self) -> JSONObject:
        """The one that takes its place."""
        regime = self._equipment.regime
        if self._chosen is not None:
            made: JSONObject = wire_object(self.unit.part.value, self._chosen.document, regime)
        else:
            made = typed_unit(regime, self.unit, self._typed(), self.plate.text().strip().upper(), self._state())
        seals = [one.strip() for one in self.seals.text().replace(";", ",").split(",")]
        kept = {name: value for name, value in made.items() if name != "sealNumbers"}
        return {**kept, "sealNumbers": [one for one in seals if one]} if any(seals) else kept

    def _typed(self) -> str:
        return self.number.text().strip()

    def _state(self) -> str:
        return self.state.text().strip().upper()

    def _is_whole(self) -> bool:
        return bool(self._typed()) and self._typed() != self.unit.number

    # What is shown

    def _on_unit(self) -> None:
        self.number.clear()
        self.seals.clear()
        self.seals.setEnabled(self.unit.part is Part.TRAILER or bool(self.unit.seals))
        self._choose(None)
        self._fill()

    def _on_typed(self) -> None:
        words = fold(self._typed())
        same = next((row for row in self._rows() if fold(row.key) == words), None)
        self._choose(same)
        self._fill()

    def _rows(self) -> list[LibraryRow]:
        return [row for row in self._library if row.kind == self.unit.part.value and row.key != self.unit.number]

    def _fill(self) -> None:
        """List what fits to what is typed, the chosen one current."""
        words = fold(self._typed())
        self.list.blockSignals(True)
        self.list.clear()
        for row in [row for row in self._rows() if self._chosen is row or words in fold(row.key)][:_SHOWN]:
            item = QListWidgetItem(legible(" · ".join(part for part in (row.key, plate_of(row.document)) if part)))
            item.setData(Qt.ItemDataRole.UserRole, row)
            self.list.addItem(item)
            if row is self._chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._say()

    def _on_listed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            row: LibraryRow = item.data(Qt.ItemDataRole.UserRole)
            self.number.setText(row.key)
            self._choose(row)
            self._say()

    def _choose(self, row: LibraryRow | None) -> None:
        was = self._chosen
        self._chosen = row
        is_typed = row is None
        self.plate.setReadOnly(not is_typed)
        self.state.setReadOnly(not is_typed)
        if row is not None:
            state, _, number = plate_of(row.document).rpartition(" ")
            self.plate.setText(legible(number))
            self.state.setText(legible(state))
        elif was is not None or not self._typed():
            self.plate.clear()
            self.state.clear()

    def _say(self) -> None:
        """Say what follows of what is chosen."""
        unit, words = self.unit, []
        if self._typed() == unit.number and self._typed():
            words.append(texts.text("sending.swap.same"))
        elif self._is_whole() and self._chosen is None:
            words.append(texts.text("sending.swap.not_in_library"))
        if unit.loads:
            words.append(texts.text("sending.swap.loads", count=unit.loads))
        if unit.seals:
            seals = ", ".join(unit.seals)
            words.append(texts.text("sending.swap.seals_stay", seals=legible(seals), count=len(unit.seals)))
        if self._equipment.is_sent:
            who = texts.text("window.customs.cbp" if self._equipment.regime is Regime.ACE else "window.customs.cbsa")
            words.append(texts.text("sending.swap.then_send", who=who))
        self.says.setText(" ".join(words))
        self.apply.setEnabled(self._is_whole())

    def _accept_if_whole(self) -> None:
        if self.apply.isEnabled():
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the number go through the list; the caret stays."""
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        key = Qt.Key(event.key()) if is_key and isinstance(event, QKeyEvent) else None
        if watched is self.number and key in _MOVES and self.list.count():
            step = 1 if key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} else -1
            row = self.list.currentRow() + step if self.list.currentRow() >= 0 else 0
            self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
            return True
        return super().eventFilter(watched, event)


def unit_words(unit: Unit) -> str:
    """Return a unit as it is read out: what it is, its number, its plate."""
    what = texts.text(f"sending.swap.{unit.part}", place=unit.place + 1)
    return " · ".join(part for part in (what, unit.number, unit.plate) if part)


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setMinimumHeight(theme.FIELD_HEIGHT)
    return made


def _label(key: str, widget: QWidget) -> QWidget:
    words = texts.text(f"sending.swap.field.{key}")
    made = pieces.label(words, "caption", look="muted")
    made.setBuddy(widget)
    widget.setAccessibleName(words)
    return made
