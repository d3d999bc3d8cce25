"""Passing a stop with a reason: asked for, kept with the trip, shown in its history (domain 3.2, C03)."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.clock import Clock
from desktop.domain.documents import JSON
from desktop.services.edit_session import EditSession
from desktop.texts import text
from desktop.ui import dialogs, pieces, theme
from desktop.ui.editors.problem import Problem

_WIDTH = 460
_LONGEST = 200


class ReasonDialog(QDialog):
    """Asks why a stop may be passed.

    Attributes:
        reason: what was typed; empty until it was taken.
    """

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = ""
        pieces.dress(self, text("trip_editor.override.title"), "override")
        self.line = QLineEdit()
        self.line.setObjectName("override_reason")
        self.line.setAccessibleName(text("trip_editor.override.reason"))
        self.line.setMaxLength(_LONGEST)
        self.line.setMinimumHeight(theme.FIELD_HEIGHT)
        self.line.textChanged.connect(self._on_typed)
        caption = pieces.label(text("trip_editor.override.reason"), "caption", look="muted")
        caption.setBuddy(self.line)
        self.accept_button = pieces.button(text("trip_editor.override.use"), is_primary=True, name="override_use")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self._on_taken)
        back = pieces.button(text("trip_editor.override.keep"), name="override_back")
        back.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.accept_button)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(text("trip_editor.override.title"), "reader"))
        column.addWidget(pieces.prose(f"{problem.place}: {problem.text}"))
        column.addWidget(caption)
        column.addWidget(self.line)
        column.addWidget(pieces.prose(text("trip_editor.override.kept"), "caption", look="muted"))
        column.addLayout(foot)
        pieces.fit(self, _WIDTH, 0)
        self._on_typed()
        self.line.setFocus()

    def _on_typed(self) -> None:
        self.accept_button.setEnabled(bool(self.line.text().strip()))

    def _on_taken(self) -> None:
        self.reason = self.line.text().strip()
        if self.reason:
            self.accept()


async def ask_reason(session: EditSession, clock: Clock, problem: Problem, parent: QWidget) -> bool:
    """Ask for a reason and keep it with the trip; tell whether one was given."""
    dialog = ReasonDialog(problem, parent)
    await dialogs.finished(dialog)
    if not dialog.reason:
        return False
    said: JSON = {"reason": dialog.reason, "at": clock.now().isoformat()}
    before = session.local.get("overrides")
    kept: dict[str, JSON] = dict(before) if isinstance(before, dict) else {}
    session.set_local("overrides", {**kept, problem.override: said})
    return True
