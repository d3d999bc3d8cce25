"""The menu of the tray icon: what needs somebody first, then places, pauses and the end (ui design, toasts)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop import texts
from desktop.services.views import TripRow
from desktop.ui import times
from desktop.ui.legible import legible
from desktop.ui.notifications import Target, plain_number

PAUSES = (15, 60)
"""How long notices can be paused, in minutes."""

_MOST_TRIPS = 5


class TrayMenu(QObject):
    """Keeps the entries in step with the program.

    Signals: `asked(str)` with the name of an entry: `show`, `inbox`, `new`, `resume`, `quit`; `pause_asked(int)` with
    the minutes; `open_asked(Target)`.
    """

    asked = Signal(str)
    pause_asked = Signal(int)
    open_asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.menu.setObjectName("tray_menu")
        self._trips = [self._hidden(self.menu.addAction("")) for _ in range(_MOST_TRIPS)]
        self._rule = self._hidden(self.menu.addSeparator())
        self._targets: list[Target] = []
        self._is_wanted = True
        for place, action in enumerate(self._trips):
            action.triggered.connect(lambda _checked=False, place=place: self.open_asked.emit(self._targets[place]))
        self.show_window = self._add("show")
        self.inbox = self._add("inbox")
        self.new = self._add("new")
        self.menu.addSeparator()
        self.pauses = [self._pause(minutes) for minutes in PAUSES]
        self.resume = self._hidden(self._add("resume"))
        self.line = self._add("offline", self._on_line)
        self.state = self.menu.addAction("")
        self.state.setEnabled(False)
        self.menu.addSeparator()
        self._add("quit")

    @staticmethod
    def _hidden(action: QAction) -> QAction:
        action.setVisible(False)
        return action

    def _add(self, name: str, function: Callable[[], object] | None = None) -> QAction:
        made = self.menu.addAction(texts.text(f"tray.menu.{name}"))
        made.setObjectName(f"tray_{name}")
        made.triggered.connect(lambda _checked=False: function() if function is not None else self.asked.emit(name))
        return made

    def _pause(self, minutes: int) -> QAction:
        made = self.menu.addAction(texts.text("tray.menu.pause", count=minutes))
        made.setObjectName(f"tray_pause_{minutes}")
        made.triggered.connect(lambda _checked=False: self.pause_asked.emit(minutes))
        return made

    def show_needing(self, rows: Sequence[TripRow], now: datetime) -> None:
        """Name the trips that need somebody, the most urgent first; those beyond five are on the board."""
        named = [row for row in rows if plain_number(row.number)][:_MOST_TRIPS]
        self._targets = [Target(trip_id=row.id) for row in named]
        for place, action in enumerate(self._trips):
            action.setVisible(place < len(named))
            if place < len(named):
                action.setText(_trip_words(named[place], now))
        self._rule.setVisible(bool(named))

    def show_unread(self, number: int) -> None:
        """Say how many messages nobody has read."""
        words = texts.text("tray.menu.inbox")
        self.inbox.setText(texts.text("tray.menu.inbox.unread", inbox=words, count=number) if number else words)

    def show_pause(self, until: datetime | None) -> None:
        """Offer pauses, or the end of the one that runs and when it ends by itself."""
        for action in self.pauses:
            action.setVisible(until is None)
        self.resume.setVisible(until is not None)
        if until is not None:
            words = texts.text("tray.menu.resume")
            self.resume.setText(texts.text("tray.menu.resume.until", resume=words, at=times.clock(until.astimezone())))

    def show_link(self, words: str, *, is_wanted: bool) -> None:
        """Say the state of the connection, and offer the other way."""
        self.state.setText(legible(words))
        self.line.setText(texts.text("tray.menu.offline" if is_wanted else "tray.menu.online"))
        self._is_wanted = is_wanted

    def _on_line(self) -> None:
        self.asked.emit("offline" if self._is_wanted else "online")

    def end(self) -> None:
        """Take the menu away."""
        self.menu.deleteLater()


def _trip_words(row: TripRow, now: datetime) -> str:
    reason = row.readiness.reasons[0] if row.readiness.reasons else None
    what = getattr(reason, "headline", "") or texts.text("tray.menu.needs_you")
    zone = times.zone(row.eta.zone)
    if row.eta.moment is None or zone is None:
        return legible(texts.text("tray.menu.trip", trip=row.number, what=what))
    eta = times.happened(row.eta.moment.astimezone(zone), now.astimezone(zone))
    return legible(texts.text("tray.menu.trip.eta", trip=row.number, what=what, eta=eta))
