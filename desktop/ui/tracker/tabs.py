"""Which shipments are shown: a row of buttons with counts, or one button with a menu where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.tracked_row import TrackedRow
from desktop.ui import pieces


class Tab(StrEnum):
    """Which shipments are shown."""

    ALL = "all"
    PARS = "pars"
    PAPS = "paps"
    ALONE = "alone"

    def has(self, row: TrackedRow) -> bool:
        """Tell whether a number belongs here."""
        match self:
            case Tab.PARS:
                return row.regime is Regime.ACI
            case Tab.PAPS:
                return row.regime is Regime.ACE
            case Tab.ALONE:
                return not row.trip_id
            case _:
                return True


class Tabs(QFrame):
    """The choice of what is shown.

    Signals: `changed` when another part was chosen.

    Attributes:
        tab: what is shown now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tab = Tab.ALL
        self.setAccessibleName(texts.text("tracker.tabs"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        group.setExclusive(True)
        self._buttons: dict[Tab, QPushButton] = {}
        for tab in Tab:
            made = pieces.button(texts.text(f"tracker.tab.{tab.value}"), name=f"tracker_tab_{tab.value}")
            made.setCheckable(True)
            made.setChecked(tab is self.tab)
            made.clicked.connect(partial(self._on_clicked, tab))
            group.addButton(made)
            row.addWidget(made)
            self._buttons[tab] = made
        self._folded = pieces.button("", name="tracker_tabs")
        self._folded.clicked.connect(self._on_folded)
        self._folded.hide()
        row.addWidget(self._folded)

    def show_tab(self, tab: Tab) -> None:
        """Show a part."""
        self._buttons[tab].setChecked(True)
        self.tab = tab
        self._name_folded()
        self.changed.emit()

    def count(self, rows: Sequence[TrackedRow]) -> None:
        """Say how many there are in each part."""
        for tab, button in self._buttons.items():
            name, number = texts.text(f"tracker.tab.{tab.value}"), sum(tab.has(row) for row in rows)
            button.setText(texts.text("tracker.tab.counted", name=name, number=number))
        self._name_folded()

    def fold(self, *, is_folded: bool) -> None:
        """Make room: one button with a menu in place of the row."""
        for button in self._buttons.values():
            button.setHidden(is_folded)
        self._folded.setVisible(is_folded)

    def needs(self) -> int:
        """Return the width of the whole row."""
        return sum(button.sizeHint().width() for button in self._buttons.values())

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at."""
        return [*self._buttons.values(), self._folded]

    def _name_folded(self) -> None:
        shown = self._buttons[self.tab].text().replace("&", "")
        self._folded.setText(texts.text("tracker.tabs.choose", shown=shown))

    def _on_clicked(self, tab: Tab, _is_checked: bool = False) -> None:
        self.show_tab(tab)

    def _on_folded(self) -> None:
        menu = pieces.passing_menu(self, "tracker_tabs_menu")
        for tab, button in self._buttons.items():
            entry = menu.addAction(button.text(), partial(self.show_tab, tab))
            entry.setCheckable(True)
            entry.setChecked(tab is self.tab)
        pieces.pop_below(menu, self._folded)
