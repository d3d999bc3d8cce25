"""Adds a record to the library from inside a trip and comes back with it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.documents import is_object
from desktop.services.views import LibraryRow
from desktop.services.words import error_words
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.dialogs import finished, tell_error
from desktop.ui.editors.node import focus_first
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_kinds import editor_of
from desktop.ui.editors.record_notice import RecordNotice
from desktop.ui.pieces import button, label, on_key, set_tone


class AddDialog(QDialog):
    """A library editor in a dialog: Ctrl+Enter takes the record into the trip, Esc leaves it in the library alone.

    What was typed stands in the library from the first letters on, so that Esc loses nothing: the picker offers it.

    Attributes:
        other: the record that was there already and is to go into the trip instead.
    """

    def __init__(self, desk: Desk, session: RecordSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.other: LibraryRow | None = None
        self._desk = desk
        self._is_certain = False
        self.setWindowTitle(text(f"library.add.{session.kind}"))
        self.resize(760, 560)
        self.notice = RecordNotice(self)
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
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.editor, 1)
        column.addLayout(row)
        on_key(self, "Ctrl+Return", self.accept)
        on_key(self, "Ctrl+Enter", self.accept)
        session.subscribe(lambda _paths, _structure: None, lambda: None, self._on_saved)
        focus_first(self.editor)

    def accept(self) -> None:
        """Take the record into the trip; one that is there already is asked about first."""
        if self._is_certain:
            super().accept()
        else:
            self._desk.keeper.start(self._look_for_same(), name="look for the same record")

    async def _look_for_same(self) -> None:
        document = self.session.document
        row = self.session.row
        found = await self._desk.library.same(
            self.session.kind, document if is_object(document) else {}, but=row.id if row is not None else None
        )
        if not found:
            self._take_own()
            return
        name = found[0].title or found[0].key
        words = text("library.same.aside" if not found[0].is_active else "library.same.there", name=name)
        answers = (
            (text("library.same.open"), lambda: self._take_other(found[0])),
            (text("library.same.both"), self._take_own),
        )
        self.notice.ask(words, answers)
        self.notice.buttons[0].setFocus()

    def _take_own(self) -> None:
        self._is_certain = True
        super().accept()

    def _take_other(self, row: LibraryRow) -> None:
        self.other = row
        self._take_own()

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
    other = dialog.other
    if other is not None:
        return await _use_other(desk, session, other)
    await session.flush(is_wanted=is_taken or session.is_touched)
    if session.save_error is not None:
        await tell_error(parent, session.save_error)
    return session.row if is_taken else None


async def _use_other(desk: Desk, session: RecordSession, other: LibraryRow) -> LibraryRow:
    """Go on with the record that was there; the one just begun leaves the library again."""
    session.stop()
    if session.row is not None:
        await desk.library.remove(session.row.id)
    if not other.is_active:
        await desk.library.set_active(other.id, True)
    return await desk.library.item(other.id)
