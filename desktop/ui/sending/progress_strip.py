"""A line above an open trip while a plan of it runs, waits or has stopped: what happens, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.services.views import PlanAction, PlanState, PlanView
from desktop.ui import pieces, theme
from desktop.ui.sending.progress_words import SIGNS, TONES, action_words, detail_words, is_told, progress_words
from desktop.ui.signs import Sign, SignLabel
from desktop.ui.toast import announce


class ProgressStrip:
    """Shows a plan on top of an editor, and nothing where there is nothing to say.

    Attributes:
        frame: the line.
        words: the sentence.
        steps: opens the steps.
    """

    def __init__(
        self, editor: QWidget, clock: Clock, on_steps: Callable[[], object], on_action: Callable[[PlanAction], object]
    ) -> None:
        self._editor = editor
        self._clock = clock
        self._on_action = on_action
        self._plan: PlanView | None = None
        self._said = ""
        self.frame = pieces.frame("banner", parent=editor)
        self.frame.setObjectName("progress_strip")
        self._sign = SignLabel(Sign.SENDING, 18)
        self.words = pieces.prose("", "strong")
        self.words.setObjectName("progress_words")
        self._detail = pieces.prose("", "caption", look="muted")
        self.actions: dict[PlanAction, QPushButton] = {}
        self.steps = pieces.button(texts.text("sending.steps"), name="progress_steps")
        self.steps.clicked.connect(lambda _checked=False: on_steps())
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.words)
        lines.addWidget(self._detail)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_4, theme.PAGE_MARGIN, theme.STEP_4)
        row.setSpacing(theme.STEP_8)
        row.addWidget(self._sign)
        row.addLayout(lines, 1)
        for action in (PlanAction.DECIDE, PlanAction.SEND):
            made = pieces.button("", name=f"progress_{action}")
            made.clicked.connect(partial(self._asked, action))
            row.addWidget(made)
            self.actions[action] = made
        row.addWidget(self.steps)
        self.frame.hide()
        layout = editor.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self.frame)

    def _asked(self, action: PlanAction, _is_checked: bool = False) -> None:
        self._on_action(action)

    def show_plan(self, plan: PlanView | None) -> None:
        """Show how far a plan got; a change of it is announced, without taking the focus."""
        if not shiboken6.isValid(self.frame):
            return
        self._plan = plan if is_told(plan) else None
        self.tick()
        self.frame.setVisible(self._plan is not None)

    def tick(self) -> None:
        """Say it as of now."""
        plan = self._plan
        if plan is None or not shiboken6.isValid(self.frame):
            self._said = ""
            return
        words = progress_words(plan, self._clock.now())
        self._sign.set_sign(SIGNS[plan.state], words)
        pieces.set_tone(self.frame, TONES.get(plan.state, ""))
        self.words.setText(words)
        self._detail.setText(detail_words(plan))
        for action, button in self.actions.items():
            button.setText(action_words(action, plan))
            button.setVisible(action in plan.actions)
        if words != self._said:
            announce(self._editor, words, is_grave=plan.state is PlanState.STOPPED)
        self._said = words
