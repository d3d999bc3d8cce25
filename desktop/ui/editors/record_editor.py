"""What the four editors of the library have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.documents import JSON, is_object
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding.binder import Binder
from desktop.ui.binding.choice import Source, code_source
from desktop.ui.binding.datetime_edit import DateTimeEdit
from desktop.ui.desk import Desk
from desktop.ui.editors import tab_order
from desktop.ui.editors.node import Node, lay_on_surface, set_heading, set_up
from desktop.ui.editors.problem import Wording, spread
from desktop.ui.editors.record import BASES, RecordSession
from desktop.ui.pieces import on_key

_EXPIRY_WIDTH = 220


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
        set_up(ui, self)
        self.surroundings = LibrarySurroundings(desk)
        self.binders.append(Binder(self, session, self.surroundings, base=BASES[session.kind], either=True))
        for name, section in vars(ui).items():
            if name.endswith("_fields"):
                self.lay_columns(section)
        lay_on_surface(ui.record_scroll)
        set_heading(ui.record_section_heading, text(f"library.record.{session.kind}"))
        for keys, function in (("Ctrl+Z", session.undo), ("Ctrl+Shift+Z", session.redo), ("Ctrl+Y", session.redo)):
            on_key(self, keys, function)
        self._leave = session.subscribe(self._on_session_changed, self._on_session_checked, lambda: None)
        self.destroyed.connect(self._leave)

    def begin(self) -> None:
        """Show the record; called at the end of a subclass's making."""
        self.refresh()
        if self.session.row is not None:
            self.check_all()
        self._on_session_checked()
        tab_order.chain(self)

    def add_expiry(self, holder: QWidget, name: str, label: str) -> None:
        """Add a line for the day something expires; it is kept beside the document, never sent."""
        row = holder.findChild(QHBoxLayout, "expiries")
        if row is None:
            row = QHBoxLayout()
            row.setObjectName("expiries")
            row.setContentsMargins(2, 0, 2, theme.FIELD_ROW_GAP)
            row.setSpacing(theme.COLUMN_GAP)
            row.addStretch(1)
            outer = holder.layout()
            if not isinstance(outer, QVBoxLayout):
                raise TypeError(f"{holder.objectName()} has no column")
            outer.addLayout(row)
        column = QVBoxLayout()
        column.setSpacing(theme.LABEL_TO_FIELD)
        row.insertLayout(row.count() - 1, column, 4)
        line = DateTimeEdit(holder, has_time=False)
        line.set_now(self.surroundings.now)
        line.setAccessibleName(label)
        line.setToolTip(text("library.expiry_help"))
        line.setFixedHeight(theme.FIELD_HEIGHT)
        line.setMaximumWidth(_EXPIRY_WIDTH)
        words = QLabel(label, holder)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setFont(theme.font("caption"))
        words.setProperty("look", "muted")
        words.setBuddy(line)
        column.addWidget(words)
        column.addWidget(line)
        self._expiry_lines[name] = line
        line.edited.connect(lambda: self._on_expiry_edited(name))
        line.editingFinished.connect(line.settle)

    def _on_expiry_edited(self, name: str) -> None:
        expiries = self.session.local.get("expiries")
        kept: dict[str, JSON] = dict(expiries) if is_object(expiries) else {}
        value = self._expiry_lines[name].value()
        if value:
            kept[name] = value
        else:
            kept.pop(name, None)
        self.session.set_local("expiries", kept)

    def refresh(self) -> None:
        """Show the record again."""
        super().refresh()
        expiries = self.session.local.get("expiries")
        known = expiries if is_object(expiries) else {}
        for name, line in self._expiry_lines.items():
            value = known.get(name)
            wanted = value if isinstance(value, str) else ""
            if line.value() != wanted:
                line.set_value(wanted)

    def _on_session_changed(self, paths: frozenset[str], is_structure: bool) -> None:  # noqa: ARG002 - all is compared
        self.refresh()
        if is_structure:
            tab_order.chain(self)

    def _on_session_checked(self) -> None:
        spread(self._wording.problems(self.session), dict(self.boxes()))
        self.checked.emit()
