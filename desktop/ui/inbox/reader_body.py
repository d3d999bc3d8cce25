"""The body of the reader: what happened, the fields it concerns, what to do with a button for each step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Verdict
from desktop.services.views import Concern, InboxMessage, MessageStep
from desktop.ui import pieces, theme, times
from desktop.ui.legible import legible

TEXT_WIDTH = 600
"""So wide is text at most: longer lines are not read."""
_TEXT_SHOWN = 4_000
_TONES: Final = {Verdict.GO: "good", Verdict.STOP: "stop", Verdict.UNKNOWN: "unknown", Verdict.WAIT: "slate"}
_SHOWN_TIMES = 10
_LARGE = 26  # pixels of a line; with usual letters it is 18


def _width_of(subject: QLabel) -> int:
    """Return so much room that a number, which cannot be broken, is not cut, whatever the size of letters."""
    words = subject.text().split() or [""]
    return max(110, min(TEXT_WIDTH // 2, max(map(subject.fontMetrics().horizontalAdvance, words))))


class _Number(QLabel):
    """The number of a step in a ring."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.setTextFormat(Qt.TextFormat.PlainText)
        font = theme.font("caption")
        font.setWeight(theme.font("strong").weight())
        self.setFont(font)
        side = theme.fitted(22, "caption", theme.STEP_4)
        self.setFixedSize(side, side)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours().strong, 1))
        painter.drawEllipse(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        super().paintEvent(event)


def cut(words: str) -> str:
    """Return foreign text as it can be read, no longer than the window bears."""
    words = legible(words)
    return words if len(words) <= _TEXT_SHOWN else f"{words[:_TEXT_SHOWN]}…"


class ReaderBody(QWidget):
    """One message explained.

    Args:
        message: the message.
        on_step: called with the step whose button was pressed.
        on_concern: called with the field or trip that is to be opened.
    """

    def __init__(
        self,
        message: InboxMessage,
        on_step: Callable[[MessageStep], object],
        on_concern: Callable[[Concern], object],
    ) -> None:
        super().__init__()
        self._on_step = on_step
        self._on_concern = on_concern
        self.concern_buttons: list[QPushButton] = []
        self.step_buttons: list[QPushButton] = []
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP_24 - 2, theme.STEP_16, theme.STEP_24, theme.STEP_16)
        column.setSpacing(theme.STEP_4)
        inner = QWidget()
        inner.setMaximumWidth(TEXT_WIDTH)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.STEP_4)
        self._lay(lines, message)
        column.addWidget(inner)
        column.addStretch(1)

    def _lay(self, lines: QVBoxLayout, message: InboxMessage) -> None:
        lines.addWidget(pieces.label(texts.text("inbox.reader.happened"), "heading"))
        lines.addWidget(pieces.prose(cut(message.happened)))
        if message.now:
            now = pieces.prose(cut(message.now), "strong", look="words")
            pieces.set_tone(now, "" if message.verdict is None else _TONES[message.verdict])
            now.setObjectName("reader_now")
            lines.addWidget(now)
        if message.concerns:
            self._head(lines, "concerns" if any(one.path for one in message.concerns) else "concerns_trip")
            lines.addWidget(self._make_concerns(message.concerns))
        self._head(lines, "to_do")
        if message.steps:
            lines.addLayout(self._make_steps(message.steps))
        else:
            lines.addWidget(pieces.prose(texts.text("inbox.reader.nothing_to_do")))
        if message.said:
            self._head(lines, "said")
            for said in message.said[:20]:
                lines.addWidget(pieces.prose(cut(said), look="muted"))
        self._head(lines, "times")
        for time in message.times:
            lines.addWidget(pieces.prose(texts.text("inbox.reader.zone_not_stated", at=cut(time)[:200]), look="muted"))
        lines.addWidget(pieces.prose(_received(message), look="muted"))

    def _head(self, lines: QVBoxLayout, name: str) -> None:
        lines.addSpacing(theme.STEP_12)
        lines.addWidget(pieces.label(texts.text(f"inbox.reader.{name}"), "heading"))

    def _make_concerns(self, concerns: tuple[Concern, ...]) -> QWidget:
        table = pieces.frame("table")
        grid = QGridLayout(table)
        grid.setContentsMargins(theme.STEP_12, theme.STEP_4, theme.STEP_4, theme.STEP_4)
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        is_large = theme.line_height("body") > _LARGE
        for row, concern in enumerate(concerns[:20]):
            subject = pieces.prose(concern.subject[:200], look="muted")
            subject.setMinimumWidth(_width_of(subject))
            lines = QVBoxLayout()  # number over field in large letters, beside it in usual ones
            if is_large:
                lines.addWidget(subject)
            else:
                grid.addWidget(subject, row, 0)
            lines.addWidget(pieces.prose(concern.field[:400]))
            grid.addLayout(lines, row, 1)
            if concern.trip_id is None:
                continue
            made = pieces.button(texts.text("inbox.reader.open_field" if concern.path else "inbox.reader.open_trip"))
            made.setObjectName(f"concern_{row}")
            made.setFlat(True)
            if concern.path:
                name = texts.text("inbox.reader.open_field_name", field=concern.field, subject=concern.subject)
            else:
                name = texts.text("inbox.reader.open_trip_name", trip=concern.subject)
            made.clicked.connect(partial(self._concern, concern))
            made.setAccessibleName(legible(name))
            grid.addWidget(made, row, 2)
            self.concern_buttons.append(made)
        return table

    def _make_steps(self, steps: tuple[MessageStep, ...]) -> QGridLayout:
        """Lay the steps out with a button for each that can be done from here.

        The first one is put forward, but no later one: the order matters.
        """
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(theme.STEP_12)
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(steps[:12]):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(pieces.prose(cut(step.text), "strong"))
            more = " ".join(_sentence(part) for part in (cut(step.why), step.takes) if part)
            if more:
                words.addWidget(pieces.prose(more, "caption", look="muted"))
            grid.addWidget(_Number(row + 1), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, row, 1)
            if step.does:
                grid.addWidget(self._make_step_button(row, step), row, 2, Qt.AlignmentFlag.AlignTop)
        return grid

    def _make_step_button(self, row: int, step: MessageStep) -> QPushButton:
        made = pieces.button(legible(step.button), is_primary=row == 0 and step.does != "assign", name=f"step_{row}")
        made.setAccessibleName(texts.text("inbox.reader.step_name", button=legible(step.button), step=cut(step.text)))
        made.clicked.connect(partial(self._step, step))
        self.step_buttons.append(made)
        return made

    def _step(self, step: MessageStep, _is_checked: bool = False) -> None:
        self._on_step(step)

    def _concern(self, concern: Concern, _is_checked: bool = False) -> None:
        self._on_concern(concern)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:].rstrip('.')}."


def _received(message: InboxMessage) -> str:
    """Return when it came here, each repeat of it too."""
    came = [one.astimezone() for one in message.received] or [message.card.received_at.astimezone()]
    shown = [f"{times.day(one)} {times.clock(one, with_seconds=True)}" for one in came[:_SHOWN_TIMES]]
    more = len(came) - len(shown)
    listed = ", ".join(shown) + (f" + {more}" if more else "")
    return texts.text("inbox.reader.came", count=len(came), at=listed)
