"""Adds a record to the library from inside a trip and comes back with it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.services.views import LibraryRow
from desktop.services.words import error_words
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.dialogs import finished, tell_error
from desktop.ui.editors.node import focus_first
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_kinds import editor_of
from desktop.ui.pieces import button, label, on_key, set_tone


class AddDialog(QDialog):
    """A library editor in a dialog: Ctrl+Enter takes the record into the trip, Esc leaves it in the library alone."""

    def __init__(self, desk: Desk, session: RecordSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(text(f"library.add.{session.kind}"))
        self.resize(760, 560)
        self.editor = editor_of(desk, session, self)
        self.message: QLabel = label("", "caption", look="words")
        self.take = button(text("library.take"), is_primary=True, name="take")
        self.take.setToolTip(text("library.take_help"))
        self.leave = button(text("library.leave"), name="leave")
        self.take.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_12)
        row.addWidget(self.message, 1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor, 1)
        column.addLayout(row)
        on_key(self, "Ctrl+Return", self.accept)
        session.subscribe(lambda _paths, _structure: None, lambda: None, self._on_saved)
        focus_first(self.editor)

    def _on_saved(self) -> None:
        error = self.session.save_error
        set_tone(self.message, "stop")
        self.message.setText(error_words(error).title if error is not None else "")


async def add_record(desk: Desk, kind: str, words: str, company: str, parent: QWidget) -> LibraryRow | None:
    """Let somebody fill in a new record; return it where it is to go into the trip.

    Args:
        desk: the program below the window.
        kind: driver, truck, trailer or partner.
        words: what was typed in the picker.
        company: whose library it belongs to.
        parent: the window the dialog belongs to.
    """
    session = RecordSession(desk, kind, None, company=company, words=words)
    dialog = AddDialog(desk, session, parent)
    is_taken = await finished(dialog) == QDialog.DialogCode.Accepted
    await session.flush(is_wanted=is_taken)
    if session.save_error is not None:
        await tell_error(parent, session.save_error)
    return session.row if is_taken else None
