"""Narrows the list beyond its kinds: direction, days, unread only, one line for each trip; a button with a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.domain.lifecycle import Regime
from desktop.ui import theme, times

_DAYS: tuple[tuple[str, int, int], ...] = (("today", 0, 0), ("yesterday", 1, 1), ("week", 6, 0), ("month", 29, 0))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to; days are those of this computer's clock, both inclusive.

    Attributes:
        days: name of a span of days that ends today, so that it goes on with the calendar; empty for `first`, `last`.
    """

    regime: Regime | None = None
    days: str = ""
    first: date | None = None
    last: date | None = None
    unread_only: bool = False
    is_grouped: bool = False

    def span(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Return from when and before when messages were received, in the zone of `now`."""
        first, last = self.first, self.last
        for name, back, forth in _DAYS:
            if name == self.days:
                first, last = now.date() - timedelta(days=back), now.date() - timedelta(days=forth)
        since = None if first is None else datetime.combine(first, time()).astimezone()
        until = None if last is None else datetime.combine(last + timedelta(days=1), time()).astimezone()
        return since, until

    def words(self) -> str:
        """Return it in words; empty where nothing is narrowed."""
        parts = []
        if self.regime is not None:
            parts.append(texts.text(f"inbox_list.narrow.side.{self.regime.lower()}"))
        if self.days:
            parts.append(texts.text(f"inbox_list.narrow.days.{self.days}"))
        elif self.first is not None and self.last is not None:
            first, last = times.day(self.first), times.day(self.last)
            span = texts.text("inbox_list.narrow.days.span", first=first, last=last)
            parts.append(first if first == last else span)
        if self.unread_only:
            parts.append(texts.text("inbox_list.narrow.unread"))
        if self.is_grouped:
            parts.append(texts.text("inbox_list.narrow.grouped"))
        return " · ".join(parts)


class Narrowing(QObject):
    """The button and its menu.

    Signals: `changed` when the list is to be read again; `days_asked` when days are to be chosen.
    """

    changed = Signal()
    days_asked = Signal()

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock = clock
        self.now = Narrowed()
        self.button = QToolButton(parent)
        self.button.setObjectName("inbox_narrow")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setMinimumHeight(theme.FIELD_HEIGHT)
        theme.set_icon(self.button, "filter")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self._ticks: list[tuple[QAction, Callable[[Narrowed], bool]]] = []
        self._build()
        self._say()

    def _build(self) -> None:
        side = self.menu.addMenu(texts.text("inbox_list.narrow.side"))
        sides = QActionGroup(side)
        for key, regime in (("both", None), ("ace", Regime.ACE), ("aci", Regime.ACI)):
            self._add_choice(side, sides, f"side.{key}", {"regime": regime})
        days = self.menu.addMenu(texts.text("inbox_list.narrow.days"))
        spans = QActionGroup(days)
        for name in ("", *(one[0] for one in _DAYS)):
            self._add_choice(days, spans, f"days.{name or 'any'}", {"days": name, "first": None, "last": None})
        choose = days.addAction(texts.text("inbox_list.narrow.days.choose"))
        choose.setCheckable(True)
        spans.addAction(choose)
        choose.triggered.connect(self.days_asked)
        self._ticks.append((choose, lambda now: now.first is not None))
        self.menu.addSeparator()
        self.unread = self._add_tick("unread", "unread_only")
        self.grouped = self._add_tick("grouped", "is_grouped")
        self.grouped.setShortcut("Ctrl+G")
        self.grouped.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the page has the key, the menu shows it
        self.menu.addSeparator()
        self.clear = self.menu.addAction(texts.text("inbox_list.narrow.clear"))
        self.clear.triggered.connect(lambda: self.show(Narrowed()))

    def _add_choice(self, menu: QMenu, group: QActionGroup, key: str, parts: dict[str, Any]) -> None:
        action = menu.addAction(texts.text(f"inbox_list.narrow.{key}"))
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda: self.show(replace(self.now, **parts)))
        self._ticks.append((action, lambda now: all(getattr(now, part) == value for part, value in parts.items())))

    def _add_tick(self, key: str, part: str) -> QAction:
        action = self.menu.addAction(texts.text(f"inbox_list.narrow.{key}"))
        action.setCheckable(True)
        action.triggered.connect(lambda: self._turn(part))
        self._ticks.append((action, lambda now: bool(getattr(now, part))))
        return action

    def _turn(self, part: str) -> None:
        other: dict[str, Any] = {part: not getattr(self.now, part)}
        self.show(replace(self.now, **other))

    def show(self, wanted: Narrowed) -> None:
        """Narrow the list to this."""
        if wanted != self.now:
            self.now = wanted
            self.changed.emit()
        self._say()

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Return from when and before when messages are wanted."""
        return self.now.span(self._clock.now().astimezone())

    def _say(self) -> None:
        words = self.now.words()
        self.button.setText(words or texts.text("inbox_list.narrow"))
        name = texts.text("inbox_list.narrow.name")
        self.button.setAccessibleName(f"{name}: {words}" if words else name)
        self.button.setToolTip(f"{name}: {words}" if words else name)
        self.clear.setEnabled(bool(words))
        for action, is_on in self._ticks:
            action.setChecked(is_on(self.now))
