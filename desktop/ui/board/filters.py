"""Which trips the board shows: day of arrival and carrier, in a menu behind the funnel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop import texts
from desktop.domain.times import parse_wall
from desktop.services.views import TripRow
from desktop.ui import pieces, theme, times
from desktop.ui.trips.new_menu import menu_words


class Day(StrEnum):
    """Which trips by their day of arrival, by the clock of their port."""

    ALL = "all"
    TODAY = "today"
    TOMORROW = "tomorrow"


def arrives(row: TripRow, day: Day, now: datetime) -> bool:
    """Tell whether a trip arrives on a day meant; one without arrival on none."""
    if day is Day.ALL:
        return True
    wall = parse_wall(row.eta.local)
    today: date = now.astimezone(times.zone(row.eta.zone)).date()
    return wall is not None and wall.date() == today + timedelta(days=int(day is Day.TOMORROW))


class BoardFilter(QToolButton):
    """A funnel with its menu.

    Signals: `changed` when another day is wanted; `carrier_chosen(str)` a carrier's id, empty for all.
    """

    changed = Signal()
    carrier_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_filter")
        made = pieces.tool_button("filter", texts.text("board.filter"))
        self.setMinimumSize(made.minimumSize())
        self.setIconSize(made.iconSize())
        self.setFocusPolicy(made.focusPolicy())
        theme.set_icon(self, "filter")
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._day = Day.ALL
        self._names: Mapping[str, str] = {}
        self._carrier = ""
        self.choices = QMenu(self)
        self.choices.setObjectName("board_filter_menu")
        self.setMenu(self.choices)
        self._fill()

    @property
    def day(self) -> Day:
        """Which day is wanted."""
        return self._day

    @property
    def is_active(self) -> bool:
        """Whether trips are left out by their day."""
        return self._day is not Day.ALL

    def show_carriers(self, names: Mapping[str, str], carrier: str) -> None:
        """Offer the carriers by id where there are several, and mark the one that is shown; empty: all."""
        self._names, self._carrier = names, carrier
        self._fill()

    def choose(self, day: Day) -> None:
        """Show the trips of a day."""
        self._day = day
        self._fill()
        self.changed.emit()

    def words(self) -> str:
        """Return what is left out, in words; empty for nothing."""
        day = texts.text(f"board.day.{self._day}") if self.is_active else ""
        return " · ".join(part for part in (day, self._names.get(self._carrier, "")) if part)

    def _fill(self) -> None:
        self.choices.clear()
        group = QActionGroup(self.choices)
        for day in Day:
            self._add(group, texts.text(f"board.day.{day}"), is_on=day is self._day).triggered.connect(
                partial(self._on_day, day)
            )
        if len(self._names) > 1:
            self.choices.addSeparator()
            group = QActionGroup(self.choices)
            for company, name in {"": texts.text("ways.filter.carrier.all"), **self._names}.items():
                self._add(group, menu_words(name), is_on=company == self._carrier).triggered.connect(
                    partial(self._on_carrier, company)
                )
        said = self.words()
        name = texts.text("board.filter.active", what=said) if said else texts.text("board.filter")
        self.setChecked(bool(said))
        self.setAccessibleName(name)
        self.setToolTip(pieces.plain_tip(name))

    def _add(self, group: QActionGroup, words: str, *, is_on: bool) -> QAction:
        made = self.choices.addAction(words)
        made.setCheckable(True)
        made.setChecked(is_on)
        group.addAction(made)
        return made

    def _on_day(self, day: Day, _is_checked: bool = False) -> None:
        self.choose(day)

    def _on_carrier(self, company: str, _is_checked: bool = False) -> None:
        self.carrier_chosen.emit(company)
