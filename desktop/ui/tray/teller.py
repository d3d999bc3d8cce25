"""Reads what came and tells of it outside the window when it may: bursts, pause, silence, what is on screen already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import DesktopError
from desktop.services.noticed import AlertView
from desktop.services.views import InboxCard, InboxFilter, TripRow
from desktop.ui.desk import Desk
from desktop.ui.notifications import Gathering, Notice, Shown, Urgency, good_notice, urgent_notice
from desktop.ui.reload import Reload
from desktop.ui.tray.burst import Burst, Due

_PAGE = 100
_AT_LEAST_MS = 100


class Teller(QObject):
    """From the inbox to notices.

    Signals: `told(Notice)` for each notice to show; `pause_changed` when a pause begins or ends.

    Attributes:
        is_quiet: good news is not told.
        is_silent: nothing is told.
        paused_until: when notices come again; None while they come.
    """

    told = Signal(object)
    pause_changed = Signal()

    def __init__(self, desk: Desk, shown: Callable[[], Shown], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = shown
        self._gathering = Gathering()
        self._burst = Burst()
        self._alerts: list[AlertView] = []
        self._is_alert_due = True
        self.is_quiet = False
        self.is_silent = False
        self.paused_until: datetime | None = None
        self._reload = Reload(desk.keeper, self._read, "tray.read")
        self._timer = self._one_shot("tray.look", self.look)
        self._pause = self._one_shot("tray.pause", self.resume)

    def _one_shot(self, name: str, function: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setObjectName(name)
        made.setSingleShot(True)
        made.timeout.connect(function)
        return made

    async def start(self) -> None:
        """Take what is there already as known."""
        newest = await self._desk.inbox.cards(InboxFilter(), limit=1)
        self._gathering.start_after(newest[0].id if newest else "")

    def stop(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()
        self._pause.stop()

    def look(self) -> None:
        """Read what came, and tell what may be told now."""
        self._reload.ask()

    def look_at_alerts(self) -> None:
        """Read also what did not happen."""
        self._is_alert_due = True
        self.look()

    async def _read(self) -> None:
        if self.paused_until is not None and self._desk.clock.now() >= self.paused_until:
            self.resume()  # the computer slept meanwhile
        unread, oldest = await self._unread()
        self._gathering.drop_read(oldest, [card.id for card in unread])
        is_news = self._gathering.add(unread)
        if self._is_alert_due:
            self._is_alert_due = False
            known = {alert.ids for alert in self._alerts}
            self._alerts = await self._desk.watching.untold()
            is_news = is_news or any(alert.ids not in known for alert in self._alerts)
        if is_news:
            self._burst.news(self._desk.clock.monotonic())
        await self._tell()

    async def _unread(self) -> tuple[list[InboxCard], str]:
        """Return the unread messages, newest first, back to where a whole page brings nothing new, and how far."""
        found: list[InboxCard] = []
        while True:
            before = found[-1].id if found else None
            page = await self._desk.inbox.cards(InboxFilter(unread_only=True), before=before, limit=_PAGE)
            found += page
            if len(page) < _PAGE:
                return found, ""
            if not self._gathering.has_new(page):
                return found, page[-1].id

    async def _tell(self) -> None:
        if self.paused_until is not None:
            return  # what waits is told when the pause is over
        now = self._desk.clock.monotonic()
        due = self._burst.due(now, has_urgent=self._has_urgent, has_good=self._gathering.has_good)
        if due is Due.URGENT:
            await self._tell_urgent()
        elif due is Due.GOOD:
            shown = self._shown()
            good = [card for card in self._gathering.take_good() if not shown.covers(card)]
            if good:
                self.tell(good_notice(good))
        wait = self._burst.wait_s(now, has_urgent=self._has_urgent, has_good=self._gathering.has_good)
        if wait is not None:
            self._timer.start(max(_AT_LEAST_MS, round(wait * 1000)))

    @property
    def _has_urgent(self) -> bool:
        return self._gathering.has_urgent or bool(self._alerts)

    async def _tell_urgent(self) -> None:
        shown, told = self._shown(), self._alerts
        cards = [card for card in self._gathering.take_urgent() if not shown.covers(card)]
        alerts = [alert for alert in told if not shown.covers_trip(alert.trip_id)]
        self._alerts = []
        if told:
            await self._desk.watching.mark_told([one for alert in told for one in alert.ids])
        rows = await self._rows([*(card.trip_id for card in cards), *(alert.trip_id for alert in alerts)])
        notice = urgent_notice(cards, alerts, rows, self._desk.clock.now())
        if notice is not None:
            self.tell(notice)

    async def _rows(self, ids: Iterable[str | None]) -> dict[str, TripRow]:
        """Return the trip for the words of a notice, where it is about one."""
        wanted = {one for one in ids if one}
        if len(wanted) != 1:
            return {}
        trip_id = wanted.pop()
        try:
            return {trip_id: (await self._desk.lookups.trip(trip_id)).row}
        except DesktopError:
            return {}  # taken out of the list meanwhile; the notice says less

    def tell(self, notice: Notice) -> None:
        """Tell a notice unless the user wants none now."""
        is_good = notice.urgency is Urgency.GOOD
        if self.is_silent or self.paused_until is not None or (self.is_quiet and is_good):
            return
        self._burst.told(self._desk.clock.monotonic(), is_good=is_good)
        self.told.emit(notice)

    def pause(self, minutes: int) -> None:
        """Tell nothing for so long; what needs a person is told in one notice afterwards."""
        self.paused_until = self._desk.clock.now() + timedelta(minutes=minutes)
        self._timer.stop()
        self._pause.start(minutes * 60_000)
        self.pause_changed.emit()

    def resume(self) -> None:
        """Tell again, from now on and what waited."""
        if self.paused_until is None:
            return
        self._pause.stop()
        self.paused_until = None
        self.pause_changed.emit()
        self.look()
