"""Notices on a freedesktop system, over the session bus: each can be clicked, and says which one was.

Qt's own offer no default action, which most such desktops need for a click, and bear no number (Desktop Notifications
Specification 1.2, Notify and ActionInvoked).
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop import texts
from desktop.tasks import TaskKeeper
from desktop.ui.legible import legible
from desktop.ui.notifications import Notice, Target, Urgency

if TYPE_CHECKING:
    from jeepney.io.asyncio import DBusRouter

log = logging.getLogger(__name__)

_PATH = "/org/freedesktop/Notifications"
_NAME = "org.freedesktop.Notifications"
_DESKTOP_ENTRY = "emanifest-desk"
_URGENCY = {Urgency.NEEDS_YOU: 1, Urgency.GOOD: 0}
_REMEMBERED = 100


class Freedesktop(QObject):
    """The desktop's notification service.

    Signals: `clicked(Target)` with what the clicked notice spoke of.
    """

    clicked = Signal(object)

    def __init__(self, keeper: TaskKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._router: DBusRouter | None = None
        self._task: asyncio.Task[None] | None = None
        self._targets: OrderedDict[int, Target] = OrderedDict()
        self._good = 0

    async def open(self) -> None:
        """Connect to the session bus; where there is none, `is_open` stays false."""
        is_ready = asyncio.Event()
        self._task = self._keeper.start(self._serve(is_ready), name="notices")
        await is_ready.wait()

    @property
    def is_open(self) -> bool:
        """Whether notices can be shown this way."""
        return self._router is not None

    async def close(self) -> None:
        """Leave the bus."""
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=2.0)

    async def _serve(self, is_ready: asyncio.Event) -> None:
        from jeepney import MatchRule, message_bus
        from jeepney.io.asyncio import Proxy, open_dbus_router

        rule = MatchRule(type="signal", interface=_NAME, member="ActionInvoked", path=_PATH)
        try:
            async with open_dbus_router() as router:
                queue: asyncio.Queue[Any] = asyncio.Queue()
                with router.filter(rule, queue=queue):
                    await Proxy(message_bus, router).AddMatch(rule)
                    self._router = router
                    is_ready.set()
                    while True:
                        self._on_action((await queue.get()).body[0])
        except Exception as error:  # whatever a foreign bus does, Qt's own notices are left
            log.info("no notices over the session bus: %s", type(error).__name__)
        finally:
            self._router = None
            is_ready.set()

    def _on_action(self, number: int) -> None:
        target = self._targets.pop(number, None)
        if target is not None:
            self.clicked.emit(target)

    async def show(self, notice: Notice, shown_ms: int) -> bool:
        """Put a notice up; good news takes the place of the good news before. False where it could not be."""
        from jeepney import DBusAddress, MessageType, new_method_call

        if self._router is None:
            return False
        is_good = notice.urgency is Urgency.GOOD
        hints = {"urgency": ("y", _URGENCY[notice.urgency]), "desktop-entry": ("s", _DESKTOP_ENTRY)}
        message = new_method_call(
            DBusAddress(_PATH, bus_name=_NAME, interface=_NAME),
            "Notify",
            "susssasa{sv}i",
            (
                texts.text("window.title.product"),
                self._good if is_good else 0,
                "dialog-information" if is_good else "dialog-warning",
                legible(notice.title),
                legible(notice.line),
                ["default", texts.text("tray.open")],
                hints,
                shown_ms,
            ),
        )
        try:
            async with asyncio.timeout(5.0):
                answer = await self._router.send_and_get_reply(message)
        except Exception as error:  # as above
            log.info("a notice was not taken by the session bus: %s", type(error).__name__)
            return False
        if answer.header.message_type is not MessageType.method_return:
            return False
        number = int(answer.body[0])
        self._targets[number] = notice.target
        while len(self._targets) > _REMEMBERED:
            self._targets.popitem(last=False)
        if is_good:
            self._good = number
        return True
