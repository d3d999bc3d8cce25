"""One trip beside the board: the verdict, every reason with its evidence and what to do, the story so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.services.board_row import BoardRow
from desktop.services.views import HistoryLine, Reason
from desktop.ui import pieces, theme, times
from desktop.ui.editors.link_button import LinkButton
from desktop.ui.sending.mark_words import mark_words
from desktop.ui.signs import Sign, SignLabel
from desktop.ui.trips.words import RowWords

WIDTH = 400
_SIGN = 26
_LINES = 12


class Detail(QFrame):
    """What is known of the current trip; empty while none is.

    Signals: `action_asked(Reason)` what a reason asks to be done; `evidence_asked(str)` id of a stored frame;
    `asked(str)` name of what is to be done with the trip; `left` when Esc or Space puts it away.
    """

    action_asked = Signal(object)
    evidence_asked = Signal(str)
    asked = Signal(str)
    left = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_detail")
        self.setProperty("look", "page")
        self.setAccessibleName(texts.text("board.detail"))
        self.setFixedWidth(WIDTH)
        self._clock = clock
        self._row: BoardRow | None = None
        self._sign = SignLabel(Sign.NOT_SENT, _SIGN)
        self._verdict = pieces.prose(size="heading")
        self._trip = pieces.prose(size="caption", look="muted")
        self._plan = pieces.prose(size="strong")
        self._plan.setObjectName("detail_plan")
        self._plan.hide()
        head = QHBoxLayout()
        head.setSpacing(theme.STEP_12)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._verdict)
        words.addWidget(self._trip)
        words.addWidget(self._plan)
        head.addLayout(words, 1)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_12, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
        self._column.setSpacing(theme.STEP_12)
        self._column.addLayout(head)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(theme.STEP_12)
        self._column.addLayout(self._reasons)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.STEP_8)
        for name, icon in (("open", ""), ("print", "print"), ("send", "send")):
            made = pieces.button(texts.text(f"board.detail.{name}"), icon, name=f"detail_{name}")
            made.clicked.connect(partial(self._on_button, name))
            self._buttons.addWidget(made)
        self._buttons.addStretch(1)
        self._column.addLayout(self._buttons)
        self._story_title = pieces.label(texts.text("board.detail.story"), "heading")
        self._story = pieces.prose(size="caption")
        self._column.addWidget(self._story_title)
        self._column.addWidget(self._story)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(pieces.scrolling(self._body))

    @property
    def trip_id(self) -> str:
        """The trip that is shown."""
        return "" if self._row is None else self._row.trip.id

    def _on_button(self, name: str, _is_checked: bool = False) -> None:
        self.asked.emit(name)

    def show_row(self, row: BoardRow | None, words: RowWords | None) -> None:
        """Show a trip; what is shown already stays as it is. None clears."""
        if row is not None and words is not None:
            self._sign.set_sign(words.sign, words.sentence)
            self._verdict.setText(words.verdict)
            self._trip.setText("\n".join(_about(words)))
            self._plan.setText(
                "" if row.trip.plan is None else mark_words(row.trip.plan, row.trip.regime, self._clock.now())
            )
            self._plan.setVisible(row.trip.plan is not None)
        has_new_reasons = row is None or self._row is None or row.trip.readiness != self._row.trip.readiness
        is_other = row is None or row.trip.id != self.trip_id
        self._row = row
        self._body.setVisible(row is not None)
        if is_other:
            self._tell([])
        if is_other or has_new_reasons:
            self._show_reasons(() if row is None else row.trip.readiness.reasons)

    def show_story(self, trip_id: str, lines: Sequence[HistoryLine]) -> None:
        """Show what happened to a trip, if it is still the one shown."""
        if trip_id == self.trip_id:
            self._tell(lines)

    def _tell(self, lines: Sequence[HistoryLine]) -> None:
        today = self._clock.now().astimezone()
        self._story_title.setVisible(bool(lines))
        self._story.setVisible(bool(lines))
        self._story.setText(
            "\n".join(
                texts.text("board.detail.line", at=times.happened(line.at.astimezone(), today), what=line.text)
                for line in list(lines)[-_LINES:]
            )
        )

    def _show_reasons(self, reasons: Sequence[Reason]) -> None:
        while (item := self._reasons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        today = self._clock.now().astimezone()
        for number, reason in enumerate(reasons):
            self._reasons.addWidget(self._reason(number, reason, today))

    def _reason(self, number: int, reason: Reason, today: datetime) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP_4)
        column.addWidget(pieces.prose(reason.text, "strong" if number == 0 else "body"))
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        if reason.action and texts.has(f"board.action.{reason.action}"):
            action = pieces.button(texts.text(f"board.action.{reason.action}"), name=f"reason_{number}_action")
            action.clicked.connect(partial(self._on_action, reason))
            row.addWidget(action)
        if reason.frame:
            link = LinkButton()
            link.setObjectName(f"reason_{number}_evidence")
            at = "" if reason.at is None else times.happened(reason.at.astimezone(), today)
            key = "board.detail.message_at" if at else "board.detail.message"
            link.setText(texts.text(key, at=at))
            link.setAccessibleName(texts.text("board.detail.message_of", what=reason.text))
            link.clicked.connect(partial(self._on_evidence, reason.frame))
            row.addWidget(link)
        row.addStretch(1)
        if row.count() > 1:
            column.addLayout(row)
        return made

    def _on_action(self, reason: Reason, _is_checked: bool = False) -> None:
        self.action_asked.emit(reason)

    def _on_evidence(self, frame: str, _is_checked: bool = False) -> None:
        self.evidence_asked.emit(frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the board."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)


def _about(words: RowWords) -> list[str]:
    first = " · ".join(part for part in (f"{words.chip} {words.number}", words.load) if part)
    second = " · ".join(part for part in (words.port, words.crossing, words.eta, words.countdown) if part)
    third = " · ".join(part for part in (words.driver, words.equipment) if part)
    return [first, second, third]
