"""The steps of a plan that was sent: where each stands and since when, what may be done; nothing by default."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import PlanAction, PlanStep, PlanView
from desktop.ui import pieces, theme, times
from desktop.ui.legible import legible
from desktop.ui.sending.plan_words import customs_name
from desktop.ui.sending.progress_words import STEP_SIGNS, action_words, detail_words, progress_words, regime_of
from desktop.ui.signs import SignLabel

_WIDTH = 680


class StepsDialog(QDialog):
    """Shows the steps of a plan.

    Attributes:
        chosen: what the user wants done; None where nothing.
        choices: a button for each thing that may be done.
    """

    def __init__(self, plan: PlanView, trip: str, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: PlanAction | None = None
        self.choices: dict[PlanAction, QPushButton] = {}
        self._plan = plan
        self._now = now.astimezone()
        title = texts.text("sending.steps.title", trip=trip or texts.text("window.no_number"))
        pieces.dress(self, title, "steps_dialog")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "title"))
        column.addWidget(pieces.prose(progress_words(plan, now), "strong"))
        column.addWidget(pieces.prose(detail_words(plan)))
        column.addWidget(self._table())
        if plan.is_open:
            column.addWidget(pieces.prose(texts.text("sending.steps.restart"), "caption", look="muted"))
        for action in plan.actions:
            column.addWidget(self._action(action))
        column.addStretch(1)
        outer = QVBoxLayout(pieces.ground(self))
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(pieces.scrolling(body), 1)
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.addStretch(1)
        self.leave = pieces.button(texts.text("sending.steps.leave"), is_primary=True, name="steps_leave")
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.reject)
        row.addWidget(self.leave)
        outer.addWidget(foot)
        room = parent.window().size() if parent is not None else None
        width = _WIDTH if room is None else min(_WIDTH, room.width() - theme.STEP_32)
        wanted = (column.heightForWidth(width) if column.hasHeightForWidth() else body.sizeHint().height()) + 64
        self.resize(width, wanted if room is None else min(wanted, room.height() - theme.STEP_32))
        self.leave.setFocus()

    def _table(self) -> QWidget:
        table = pieces.frame("table")
        grid = QGridLayout(table)
        grid.setContentsMargins(theme.STEP_12, theme.STEP_8, theme.STEP_12, theme.STEP_8)
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(theme.STEP_8)
        grid.setColumnStretch(1, 1)
        is_of_two = len({step.trip for step in self._plan.steps}) > 1
        for row, step in enumerate(self._plan.steps):
            state = self._state(step)
            lines = QVBoxLayout()
            lines.setSpacing(0)
            about = f"{step.trip} · {step.text}" if is_of_two else step.text
            lines.addWidget(pieces.prose(texts.text("sending.steps.line", step=row + 1, text=legible(about))))
            said = legible(" ".join(step.words))
            lines.addWidget(pieces.prose(" · ".join(part for part in (state, said) if part), "caption", look="muted"))
            sign = SignLabel(STEP_SIGNS[step.state], 18)
            sign.set_sign(STEP_SIGNS[step.state], state)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(lines, row, 1)
        return table

    def _state(self, step: PlanStep) -> str:
        since = times.happened(step.since.astimezone(), self._now)
        who = customs_name(regime_of(self._plan))
        by = who if step.frame else texts.text("sending.gateway")
        return texts.text(f"sending.step.{step.state}", since=since, who=who, by=by)

    def _action(self, action: PlanAction) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, theme.STEP_4, 0, 0)
        row.setSpacing(theme.STEP_12)
        made = pieces.button(action_words(action, self._plan), name=f"steps_{action}")
        made.clicked.connect(partial(self._choose, action))
        words = texts.text(f"sending.action.{action}.detail", who=customs_name(regime_of(self._plan)))
        made.setAccessibleDescription(words)
        row.addWidget(made)
        row.addWidget(pieces.prose(words, "caption", look="muted"), 1)
        self.choices[action] = made
        return box

    def _choose(self, action: PlanAction, _is_checked: bool = False) -> None:
        self.chosen = action
        self.accept()
