"""Says in the window what came through the watched folder; what failed stays until somebody has read it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop import texts
from desktop.services.words import error_words
from desktop.ui.intake.messages import show_trips

if TYPE_CHECKING:
    from desktop.services.watched import News
    from desktop.ui.shell import Shell

_NAMED = 3


class Dispatch(QObject):
    """Hears the watched folder of a window.

    Attributes:
        unread: what failed and nobody has read yet, one sentence each.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self._shell = shell
        self._trips: dict[str, None] = {}
        self._shipments = 0
        self._said = ""
        self._is_kept = False
        self.unread: list[str] = []
        self._toast = shell.window.toast
        self._toast.installEventFilter(self)
        shell.window.installEventFilter(self)
        self._toast.dismiss.clicked.connect(self._on_dismissed)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._say)
        self._leave = shell.desk.watched.subscribe(self._on_news)
        self.destroyed.connect(self._leave)

    def _on_news(self, news: News) -> None:
        is_seen = self._shell.window.isVisible()
        if is_seen and not self._is_on_show() and not self._is_kept:
            self._trips, self._shipments = {}, 0
        self._trips.update(dict.fromkeys(news.trips))
        self._shipments += news.shipments
        if news.failed:
            named = ", ".join(news.failed[:_NAMED])
            self.unread.append(texts.text("intake.dispatch.failed", count=len(news.failed), names=named))
        if news.trouble is not None:
            words = error_words(news.trouble)
            self.unread.append(f"{words.text} {words.remedy}")
        if news.trips or news.shipments or self.unread:
            self._is_kept = not is_seen  # a hidden window says it when it is shown again
            self._say()

    def _is_on_show(self) -> bool:
        return bool(self._said) and self._toast.isVisible() and self._toast.words == self._said

    def _say(self) -> None:
        parts = [texts.text("intake.dispatch.trips", count=len(self._trips))] if self._trips else []
        parts += [texts.text("intake.dispatch.shipments", count=self._shipments)] if self._shipments else []
        parts += list(dict.fromkeys(self.unread))[-2:]
        if not parts:
            return
        self._toast.say(
            " ".join(parts),
            action=texts.text("intake.show") if self._trips else "",
            on_action=partial(self._show, list(self._trips)),
            is_failure=bool(self.unread),
        )
        self._said = self._toast.words

    def _show(self, trips: list[str]) -> None:
        self._on_dismissed()
        show_trips(self._shell, trips)

    def _on_dismissed(self) -> None:
        if self._toast.words == self._said:
            self.unread, self._trips, self._shipments, self._said = [], {}, 0, ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come back after another toast over what nobody has read, and with a window that was hidden."""
        if watched is self._shell.window:
            if event.type() is QEvent.Type.Show and self._is_kept:
                self._is_kept = False
                self._again.start()
        elif event.type() is QEvent.Type.Hide and self.unread and self._shell.window.isVisible():
            self._again.start()
        return super().eventFilter(watched, event)
