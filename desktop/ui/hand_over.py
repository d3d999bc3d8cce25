"""Says that a command is at work in the data folder and that the window opens after its step (product, one owner)."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from desktop import texts
from desktop.clock import Clock
from desktop.ui import pieces, theme
from desktop.ui.toast import announce

_SHOWN_AFTER_MS = 300
_WIDTH = 440


class HandOver(QDialog):
    """Shown while a command finishes its step; most end so soon that nobody sees it.

    Attributes:
        is_given_up: whether the user no longer wants to wait.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(None, Qt.WindowType.Dialog)
        title = texts.text("window.hand_over.title")
        pieces.dress(self, texts.text("window.title.product"), "hand_over")
        self.is_given_up = False
        self._clock = clock
        self._since = clock.monotonic()
        self._count = pieces.label(look="muted")
        self.stop = pieces.button(texts.text("window.hand_over.stop"), name="hand_over_stop")
        self.stop.clicked.connect(self.reject)
        words = texts.text("window.hand_over.text")
        self.setAccessibleDescription(f"{title}. {words}")
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_24, theme.STEP_16, theme.STEP_24, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        heading = pieces.prose(title, "heading")
        column.addWidget(heading)
        column.addWidget(pieces.prose(words))
        column.addSpacing(theme.STEP_8)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.stop)
        column.addLayout(row)
        self._second = self._timer("hand_over_second", 1_000, self._on_second)
        self._delay = self._timer("hand_over_delay", _SHOWN_AFTER_MS, self._on_delay)
        self._delay.setSingleShot(True)
        self._on_second()

    def _timer(self, name: str, wait_ms: int, function: object) -> QTimer:
        made = QTimer(self)
        made.setObjectName(name)
        made.setInterval(wait_ms)
        made.timeout.connect(function)
        return made

    def wait(self) -> None:
        """Begin to wait; what lasts longer than a moment is said."""
        self._since = self._clock.monotonic()
        self._second.start()
        self._delay.start()

    @property
    def counted(self) -> str:
        """How long it has been, in words."""
        return self._count.text()

    def end(self) -> None:
        """The wait is over."""
        self._second.stop()
        self._delay.stop()
        self.hide()
        self.deleteLater()

    def _on_delay(self) -> None:
        pieces.fit(self, _WIDTH, 0)
        self.show()
        self.activateWindow()
        self.stop.setFocus()
        announce(self, self.accessibleDescription())

    def _on_second(self) -> None:
        seconds = int(self._clock.monotonic() - self._since)
        self._count.setText(texts.text("window.hand_over.waiting", seconds=seconds))

    def reject(self) -> None:
        """Esc, the button and the close box: do not wait."""
        self.is_given_up = True
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is the same."""
        self.is_given_up = True
        super().closeEvent(event)
