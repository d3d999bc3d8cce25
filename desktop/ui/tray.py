"""The tray icon: badge, tooltip in words, menu, notices. The badge is the truth, a notice only a hint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop import texts
from desktop.services.views import Changed, InboxFilter
from desktop.ui import icon as icons
from desktop.ui import theme
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.link_words import link_words
from desktop.ui.notifications import Gathering, Notice, Shown, Target, Urgency, key_notice
from desktop.ui.reload import Reload
from desktop.ui.signs import Sign

_GATHER_MS = 1_500
_SIZES = (16, 22, 24, 32, 48)
_RECENT = 50


def badge_icon(unread: int, *, is_urgent: bool, is_offline: bool) -> QIcon:
    """Return the tray picture: a truck with a number, or a dash while there is no connection."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(badge_pixmap(size, unread, is_urgent=is_urgent, is_offline=is_offline))
    return made


def badge_pixmap(size: int, unread: int, *, is_urgent: bool, is_offline: bool) -> QPixmap:
    """Return one size of the tray picture."""
    colours = theme.colours()
    made = icons.pixmap("tray", colours.text, size)
    text = "" if not unread else str(unread) if unread < 10 else "9+"  # noqa: PLR2004 - one digit fits
    if is_offline and not text:
        text = texts.text("tray.badge.offline")
    if not text:
        return made
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = round(size * 0.62)
    box = QRect(size - edge, size - edge, edge, edge)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_badge_colour(is_urgent=is_urgent, is_offline=is_offline and not unread))
    painter.drawEllipse(box)
    font = QFont(theme.font("strong"))
    font.setPixelSize(max(7, round(edge * (0.72 if len(text) == 1 else 0.58))))
    painter.setFont(font)
    painter.setPen(QColor(colours.surface))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return made


def _badge_colour(*, is_urgent: bool, is_offline: bool) -> QColor:
    colours = theme.colours()
    if is_offline:
        return colours.slate
    return colours.stop if is_urgent else colours.accent


class Tray(QObject):
    """The program beside the clock.

    Signals: `open_asked(Target)`, `show_asked`, `inbox_asked`, `new_asked`, `quit_asked`; `noticed(Notice)` for every
    notice shown.

    Attributes:
        is_quiet: good news is not told.
        is_silent: nothing is told; the badge stays.
    """

    open_asked = Signal(object)
    show_asked = Signal()
    inbox_asked = Signal()
    new_asked = Signal()
    quit_asked = Signal()
    noticed = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, shown: Callable[[], Shown], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = shown
        self._gathering = Gathering()
        self._last: Target | None = None
        self._unread = 0
        self._stopped = 0
        self._told_key = False
        self._is_live = False
        self.is_quiet = False
        self.is_silent = False
        self.icon = QSystemTrayIcon(self)
        self.icon.messageClicked.connect(self._on_message_clicked)
        self.icon.activated.connect(self._on_activated)
        self.menu = QMenu()
        for name, signal in (
            ("show", self.show_asked),
            ("inbox", self.inbox_asked),
            ("new", self.new_asked),
            ("quit", self.quit_asked),
        ):
            self.menu.addAction(texts.text(f"tray.menu.{name}"), signal.emit)
        self.icon.setContextMenu(self.menu)
        self._reload = Reload(desk.keeper, self._read, "tray.read")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHER_MS)
        self._timer.timeout.connect(self.flush)
        bridge.inbox_changed.connect(self._on_inbox_changed)
        bridge.link_changed.connect(self.refresh)

    @staticmethod
    def is_available() -> bool:
        """Tell whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    async def start(self) -> None:
        """Take what is there already as known, and show the icon."""
        self._is_live = True
        newest = await self._desk.inbox.cards(InboxFilter(), limit=1)
        self._gathering.start_after(newest[0].id if newest else "")
        counts = await self._desk.inbox.unread_counts()
        self._unread = sum(counts.values())
        self.refresh()
        if self.is_available():
            self.icon.show()

    def stop(self) -> None:
        """Take the icon away."""
        self._timer.stop()
        self.icon.hide()
        self.menu.deleteLater()

    def set_stopped(self, number: int) -> None:
        """Say how many trips need somebody."""
        self._stopped = number
        self.refresh()

    def refresh(self) -> None:
        """Paint the badge and say the state in words; nothing of the connection is loaded before the start."""
        if not self._is_live:
            return
        status = self._desk.link.status
        words = link_words(status, self._desk.clock.now(), None)
        is_offline = words.sign not in {Sign.CONNECTED, Sign.PRACTICE, Sign.SILENT}
        number = self._stopped or self._unread
        self.icon.setIcon(badge_icon(number, is_urgent=bool(self._stopped), is_offline=is_offline))
        lines = [texts.text("window.title.product")]
        if self._stopped:
            lines.append(texts.text("tray.tip.needs", count=self._stopped))
        if self._unread:
            lines.append(texts.text("tray.tip.unread", count=self._unread))
        lines.append(words.state)
        self.icon.setToolTip("\n".join(lines))
        notice = key_notice(status.state, status.waiting)
        if notice is None:
            self._told_key = False
        elif not self._told_key:
            self._told_key = True
            if not self._shown().is_in_front:
                self._show(notice)

    def _on_inbox_changed(self, _changed: Changed) -> None:
        self._reload.ask()

    async def _read(self) -> None:
        counts = await self._desk.inbox.unread_counts()
        self._unread = sum(counts.values())
        self.refresh()
        cards = await self._desk.inbox.cards(InboxFilter(unread_only=True), limit=_RECENT)
        if self._gathering.add(cards) and not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Show what was gathered: what needs a person, else the good news."""
        made = self._gathering.flush(self._shown())
        if made:
            self._show(made[0])

    def _show(self, notice: Notice) -> None:
        if self.is_silent or (self.is_quiet and notice.urgency is Urgency.GOOD):
            return
        self._last = notice.target
        self.noticed.emit(notice)
        if self.icon.isVisible():
            kind = QSystemTrayIcon.MessageIcon
            is_urgent = notice.urgency is Urgency.NEEDS_YOU
            self.icon.showMessage(
                legible(notice.title), legible(notice.line), kind.Warning if is_urgent else kind.Information
            )

    def _on_message_clicked(self) -> None:
        if self._last is not None:
            self.open_asked.emit(self._last)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.show_asked.emit()
