"""Joins the inbox to the window: messages that were put off come back at their time, whatever page is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.services.views import Subject
from desktop.ui import pieces
from desktop.ui.reload import Reload

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_LONGEST_MS = 24 * 3_600_000


class Returning(QObject):
    """One timer, to the next moment at which something comes back."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self._desk = shell.desk
        self.timer: QTimer = pieces.single_shot(shell.window, 0, self._on_time)
        self._reload = Reload(self._desk.keeper, self._look, "inbox.returning")
        shell.bridge.inbox_changed.connect(self._reload.ask)
        self._reload.ask()

    async def _look(self) -> None:
        moment = await self._desk.inbox.next_return()
        if moment is None:
            self.timer.stop()
            return
        wait = (moment - self._desk.clock.now()).total_seconds() * 1000
        self.timer.start(min(_LONGEST_MS, max(1, int(wait) + 1)))

    def _on_time(self) -> None:
        self._desk.changes.announce(Subject.INBOX)  # who counts or lists them reads again, and so does this


def join(shell: Shell) -> None:
    """Start to watch the time."""
    Returning(shell)
