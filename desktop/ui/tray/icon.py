"""The tray icon: badge, tooltip in words, menu, notices. The badge is the truth, a notice only a hint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from desktop import texts
from desktop.services.views import TripRow
from desktop.ui import times
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.link_words import link_words
from desktop.ui.notifications import Notice, Shown, Target, Urgency, key_notice
from desktop.ui.reload import Reload
from desktop.ui.signs import Sign
from desktop.ui.tray.badge import badge_icon
from desktop.ui.tray.menu import TrayMenu
from desktop.ui.tray.teller import Teller

if TYPE_CHECKING:
    from desktop.ui.tray.freedesktop import Freedesktop

_ON_SCREEN_S = 60.0
_SHOWN_MS = {Urgency.NEEDS_YOU: 20_000, Urgency.GOOD: 8_000}
_ONLINE = frozenset({Sign.CONNECTED, Sign.PRACTICE, Sign.SILENT})


class Tray(QObject):
    """The program beside the clock.

    Signals: `open_asked(Target)`, `show_asked`, `inbox_asked`, `new_asked`, `quit_asked`, `line_asked(bool)` with
    whether to go online; `noticed(Notice)` for every notice told; `in_window(Notice)` for one that no tray shows.

    Attributes:
        teller: decides when to tell what.
        has_sound: what needs a person is also heard.
    """

    open_asked = Signal(object)
    show_asked = Signal()
    inbox_asked = Signal()
    new_asked = Signal()
    quit_asked = Signal()
    line_asked = Signal(bool)
    noticed = Signal(object)
    in_window = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, shown: Callable[[], Shown], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = shown
        self._last: list[tuple[float, Target]] = []
        self._unread = 0
        self._stopped = 0
        self._told_key = False
        self._is_live = False
        self._has_ended = False
        self._painted: tuple[int, bool, bool] | None = None
        self.has_sound = False
        self.teller = Teller(desk, shown, self)
        self.teller.told.connect(self._show)
        self.teller.pause_changed.connect(self.refresh)
        self.icon = QSystemTrayIcon(self)
        self.icon.messageClicked.connect(self._on_message_clicked)
        self._freedesktop: Freedesktop | None = None
        self.icon.activated.connect(self._on_activated)
        self.entries = TrayMenu(self)
        self.entries.asked.connect(self._on_asked)
        self.entries.pause_asked.connect(self.teller.pause)
        self.entries.open_asked.connect(self.open_asked)
        self.icon.setContextMenu(self.entries.menu)
        self._counts = Reload(desk.keeper, self._count, "tray.count")
        bridge.inbox_changed.connect(lambda _changed: self._counts.ask())
        bridge.inbox_changed.connect(lambda _changed: self.teller.look())
        bridge.alert_changed.connect(lambda _changed: self.teller.look_at_alerts())
        bridge.link_changed.connect(self.refresh)

    @staticmethod
    def is_available() -> bool:
        """Tell whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    async def start(self) -> None:
        """Take what is there already as known, and show the icon."""
        self._is_live = True
        await self.teller.start()
        await self._count()
        self.teller.look_at_alerts()
        if self.is_available():
            self.icon.show()
            if sys.platform.startswith("linux"):
                await self._join_bus()

    async def _join_bus(self) -> None:
        from desktop.ui.tray.freedesktop import Freedesktop

        self._freedesktop = Freedesktop(self._desk.keeper, self)
        self._freedesktop.clicked.connect(self.open_asked)
        await self._freedesktop.open()

    async def leave_bus(self) -> None:
        """Show nothing any more over the session bus."""
        if self._freedesktop is not None:
            await self._freedesktop.close()

    def stop(self) -> None:
        """Take the icon away; done twice it does nothing."""
        if self._has_ended:
            return
        self._is_live = False
        self._has_ended = True
        self.teller.stop()
        self.icon.hide()
        self.entries.end()

    def set_stopped(self, number: int, rows: Sequence[TripRow] = ()) -> None:
        """Say how many trips need somebody, and which."""
        if self._has_ended:
            return  # what was being read when the window closed comes too late
        self._stopped = number
        self.entries.show_needing(rows, self._desk.clock.now())
        self.refresh()

    async def _count(self) -> None:
        self._unread = sum((await self._desk.inbox.unread_counts()).values())
        self.refresh()

    def refresh(self) -> None:
        """Paint the badge and say the state in words; nothing of the connection is loaded before the start."""
        if not self._is_live:
            return
        status = self._desk.link.status
        words = link_words(status, self._desk.clock.now(), None)
        self._paint(self._stopped or self._unread, is_offline=words.sign not in _ONLINE)
        lines = [texts.text("window.title.product")]
        if self._stopped:
            lines.append(texts.text("tray.tip.needs", count=self._stopped))
        if self._unread:
            lines.append(texts.text("tray.tip.unread", count=self._unread))
        lines.append(words.state)
        until = self.teller.paused_until
        if until is not None:
            lines.append(texts.text("tray.tip.paused", at=times.clock(until.astimezone())))
        self.icon.setToolTip(legible("\n".join(lines)))
        self.entries.show_unread(self._unread)
        self.entries.show_pause(until)
        self.entries.show_link(words.state, is_wanted=not self._desk.link.is_offline)
        self._look_at_key()

    def _paint(self, number: int, *, is_offline: bool) -> None:
        wanted = (min(number, 10), bool(self._stopped), is_offline)
        if wanted != self._painted:
            self._painted = wanted
            self.icon.setIcon(badge_icon(number, is_urgent=bool(self._stopped), is_offline=is_offline))

    def recolour(self) -> None:
        """Paint the badge in the colours that hold now."""
        self._painted = None
        self.refresh()

    def _look_at_key(self) -> None:
        status = self._desk.link.status
        notice = key_notice(status.state, status.waiting)
        if notice is None:
            self._told_key = False
        elif not self._told_key:
            self._told_key = True
            if not self._shown().is_in_front:
                self.teller.tell(notice)

    def _show(self, notice: Notice) -> None:
        self.noticed.emit(notice)
        is_urgent = notice.urgency is Urgency.NEEDS_YOU
        if self.has_sound and is_urgent:
            QApplication.beep()
        if self.icon.isVisible():
            self._put_up(notice)
        elif is_urgent:
            self.in_window.emit(notice)

    def _put_up(self, notice: Notice) -> None:
        if self._freedesktop is not None and self._freedesktop.is_open:
            self._desk.keeper.start(self._put_up_on_bus(self._freedesktop, notice), name="tray.notice")
        else:
            self._put_up_by_qt(notice)

    async def _put_up_on_bus(self, freedesktop: Freedesktop, notice: Notice) -> None:
        if not await freedesktop.show(notice, _SHOWN_MS[notice.urgency]):
            self._put_up_by_qt(notice)

    def _put_up_by_qt(self, notice: Notice) -> None:
        now = self._desk.clock.monotonic()
        self._last = [one for one in self._last if one[0] > now - _ON_SCREEN_S] + [(now, notice.target)]
        kind = QSystemTrayIcon.MessageIcon
        is_urgent = notice.urgency is Urgency.NEEDS_YOU
        self.icon.showMessage(
            legible(notice.title),
            legible(notice.line),
            kind.Warning if is_urgent else kind.Information,
            _SHOWN_MS[notice.urgency],
        )

    def say(self, title: str, line: str) -> None:
        """Say something of the program itself; a click opens the window."""
        self._put_up(Notice(Urgency.GOOD, title, line, Target(is_window=True)))

    def _on_message_clicked(self) -> None:
        """Open what was told. The system does not say which notice was clicked: of several, the one about an item."""
        items = {target for _, target in self._last if target.card_id or target.trip_id}
        if len(items) > 1:
            self.open_asked.emit(Target(is_several=True))
        elif self._last:
            self.open_asked.emit(items.pop() if items else self._last[-1][1])

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.show_asked.emit()

    def _on_asked(self, name: str) -> None:
        if name == "resume":
            self.teller.resume()
        elif name in {"offline", "online"}:
            self.line_asked.emit(name == "online")
        else:
            {"show": self.show_asked, "inbox": self.inbox_asked, "new": self.new_asked, "quit": self.quit_asked}[
                name
            ].emit()
