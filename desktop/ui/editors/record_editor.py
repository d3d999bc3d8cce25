"""What the four editors of the library have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.documents import JSON, is_object
from desktop.domain.expiry import KINDS, MEMBER
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding.binder import Binder
from desktop.ui.binding.choice import Source, code_source
from desktop.ui.binding.datetime_edit import DateTimeEdit
from desktop.ui.desk import Desk
from desktop.ui.editors import tab_order
from desktop.ui.editors.node import Node, lay_on_surface, set_heading, set_up
from desktop.ui.editors.problem import Wording, nearest, spread
from desktop.ui.editors.record import BASES, RecordSession
from desktop.ui.pieces import on_key

_EXPIRIES_ACROSS = 4
PAPER = "local:expiries/"
"""How the place of a paper's last day is written; the kind of paper follows."""


class LibrarySurroundings:
    """The surroundings of a library record: this computer's day, and code lists only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def now(self) -> datetime:
        """Return this computer's wall time."""
        return self._desk.clock.now().astimezone().replace(tzinfo=None)

    def zone(self) -> str:
        """Return nothing: dates of the library have no zone."""
        return ""

    def source(self, name: str) -> Source:
        """Return a code list: no record is picked inside a record."""
        return code_source(name)


class RecordEditor(Node):
    """One record of the library. It saves by itself.

    Signals:
        checked: what is wrong has been looked at anew.
    """

    checked = Signal()

    def __init__(self, desk: Desk, session: RecordSession, ui: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.ui = ui
        self._wording = Wording()
        self._expiry_lines: dict[str, DateTimeEdit] = {}
        self._facts: dict[str, QLineEdit] = {}
        set_up(ui, self)
        self.surroundings = LibrarySurroundings(desk)
        self.binders.append(Binder(self, session, self.surroundings, base=BASES[session.kind], either=True))
        for name, section in vars(ui).items():
            if name.endswith("_fields"):
                self.lay_columns(section)
        lay_on_surface(ui.record_scroll)
        set_heading(ui.record_section_heading, text(f"library.record.{session.kind}"))
        for keys, function in (("Ctrl+Z", self._undo), ("Ctrl+Shift+Z", self._redo), ("Ctrl+Y", self._redo)):
            on_key(self, keys, function)
        self._leave = session.subscribe(self._on_session_changed, self._on_session_checked, lambda: None)
        self.destroyed.connect(self._leave)

    def _undo(self) -> None:
        self._after_undo(self.session.undo())

    def _redo(self) -> None:
        self._after_undo(self.session.redo())

    def _after_undo(self, path: str | None) -> None:
        if path and path.startswith("/"):
            self.go_to(path)

    def begin(self) -> None:
        """Show the record; called at the end of a subclass's making."""
        self.refresh()
        if self.session.row is not None:
            self.check_all()
        self._on_session_checked()
        tab_order.chain(self)

    def add_expiries(self, holder: QWidget) -> None:
        """Add a line for the day each paper of this kind of record expires; kept beside the document, never sent."""
        outer = holder.layout()
        if not isinstance(outer, QVBoxLayout):
            raise TypeError(f"{holder.objectName()} has no column")
        grid = QGridLayout()
        grid.setContentsMargins(2, 0, 2, theme.FIELD_ROW_GAP)
        grid.setHorizontalSpacing(theme.COLUMN_GAP)
        grid.setVerticalSpacing(theme.STEP_8)
        outer.addLayout(grid)
        for place, name in enumerate(KINDS[self.session.kind]):
            column = QVBoxLayout()
            column.setSpacing(theme.LABEL_TO_FIELD)
            grid.addLayout(column, place // _EXPIRIES_ACROSS, place % _EXPIRIES_ACROSS)
            self._add_expiry(holder, column, name, text(f"library.expiry.{name}"))
        for across in range(_EXPIRIES_ACROSS):
            grid.setColumnStretch(across, 1)

    def _add_expiry(self, holder: QWidget, column: QVBoxLayout, name: str, words: str) -> None:
        line = DateTimeEdit(holder, has_time=False)
        line.set_now(self.surroundings.now)
        line.setToolTip(text("library.expiry_help"))
        line.setFixedHeight(theme.fitted(theme.FIELD_HEIGHT))
        self._add_titled(holder, column, line, words)
        self._expiry_lines[name] = line
        line.edited.connect(lambda: self._on_expiry_edited(name))
        line.editingFinished.connect(line.settle)

    def _add_titled(self, holder: QWidget, column: QVBoxLayout, line: QLineEdit, words: str) -> None:
        line.setAccessibleName(words)
        title = QLabel(words, holder)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(theme.font("caption"))
        title.setProperty("look", "muted")
        title.setBuddy(line)
        column.addWidget(title)
        column.addWidget(line)

    def add_facts(self, holder: QWidget, names: Sequence[str]) -> None:
        """Add a line for each local fact: kept beside the document, never sent."""
        outer = holder.layout()
        if not isinstance(outer, QVBoxLayout):
            raise TypeError(f"{holder.objectName()} has no column")
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, theme.FIELD_ROW_GAP)
        row.setSpacing(theme.COLUMN_GAP)
        outer.addLayout(row)
        for name in names:
            column = QVBoxLayout()
            column.setSpacing(theme.LABEL_TO_FIELD)
            row.addLayout(column, 1)
            line = QLineEdit(holder)
            line.setFixedHeight(theme.fitted(theme.FIELD_HEIGHT))
            line.setToolTip(text("library.local_help"))
            self._add_titled(holder, column, line, text(f"library.local.{name}"))
            self._facts[name] = line
            line.textEdited.connect(partial(self._on_fact_edited, name))

    def _on_fact_edited(self, name: str, typed: str) -> None:
        self.session.set_local(name, typed)

    def _on_expiry_edited(self, name: str) -> None:
        expiries = self.session.local.get(MEMBER)
        kept: dict[str, JSON] = dict(expiries) if is_object(expiries) else {}
        value = self._expiry_lines[name].value()
        if value:
            kept[name] = value
        else:
            kept.pop(name, None)
        self.session.set_local(MEMBER, kept)

    def go_to(self, path: str) -> None:
        """Put the caret into the field a path is about: one of the record, or a paper's last day."""
        if path.startswith(PAPER):
            line: QWidget | None = self._expiry_lines.get(path.removeprefix(PAPER))
        else:
            boxes = dict(self.boxes())
            pointer = nearest(path, boxes)
            line = boxes[pointer] if pointer is not None else None
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ui.record_scroll.ensureWidgetVisible(line, 20, 60)

    def leave(self) -> None:
        """Hear no more of the session; somebody else may show it next."""
        self._leave()

    def refresh(self) -> None:
        """Show the record again."""
        super().refresh()
        expiries = self.session.local.get(MEMBER)
        known = expiries if is_object(expiries) else {}
        for name, line in self._expiry_lines.items():
            value = known.get(name)
            wanted = value if isinstance(value, str) else ""
            if line.value() != wanted:
                line.set_value(wanted)
        for name, fact in self._facts.items():
            kept = self.session.local.get(name)
            words = kept if isinstance(kept, str) else ""
            if fact.text() != words:
                fact.setText(words)

    def _on_session_changed(self, paths: frozenset[str], is_structure: bool) -> None:  # noqa: ARG002 - all is compared
        self.refresh()
        if is_structure:
            tab_order.chain(self)

    def _on_session_checked(self) -> None:
        spread(self._wording.problems(self.session), dict(self.boxes()))
        self.checked.emit()
