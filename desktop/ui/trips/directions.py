"""To the USA, to Canada or all: buttons side by side with how many trips go there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.ui import pieces

_NAMES = {None: "all", Regime.ACE: "usa", Regime.ACI: "canada"}


class Directions(QFrame):
    """One direction, or all.

    Signals: `chosen(Regime | None)` when the user chose.

    Attributes:
        buttons: by direction, None for all.
        chosen_one: the direction in force.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        group.setExclusive(True)
        self.chosen_one: Regime | None = None
        self.buttons: dict[Regime | None, QPushButton] = {}
        for value, key in _NAMES.items():
            made = pieces.button(texts.text(f"window.trips.filter.{key}"), name=f"filter_{key}")
            made.setCheckable(True)
            made.setChecked(value is None)
            made.clicked.connect(partial(self._on_clicked, value))
            group.addButton(made)
            row.addWidget(made)
            self.buttons[value] = made

    def _on_clicked(self, direction: Regime | None, _is_checked: bool = False) -> None:
        self.choose(direction)
        self.chosen.emit(direction)

    def choose(self, direction: Regime | None) -> None:
        """Mark a direction as the one in force."""
        self.chosen_one = direction
        self.buttons[direction].setChecked(True)

    def fits(self, regime: Regime) -> bool:
        """Tell whether trips of this direction are wanted."""
        return self.chosen_one in {None, regime}

    def count(self, regimes: Sequence[Regime]) -> None:
        """Say how many of these go where."""
        for value, button in self.buttons.items():
            number = sum(1 for regime in regimes if value in {None, regime})
            name = texts.text(f"window.trips.filter.{_NAMES[value]}")
            button.setText(texts.text("window.trips.filter.counted", name=name, number=number))
