"""A page of the library: the records of one kind, and the editor of the current one."""

from __future__ import annotations

from datetime import date

import shiboken6
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.codes import fold
from desktop.services.views import Changed, LibraryRow, Subject
from desktop.services.words import error_words
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.editors.node import focus_first, set_heading, set_up
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_editor import RecordEditor
from desktop.ui.editors.record_kinds import editor_of, fitness
from desktop.ui.forms.ui_library_page import Ui_LibraryPage
from desktop.ui.pieces import on_key

Index = QModelIndex | QPersistentModelIndex
LIST_WIDTH = 360
_FOLD_BELOW = 760
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
EXPIRED_ROLE = Qt.ItemDataRole.UserRole + 2


class RecordModel(QAbstractListModel):
    """The records that match the search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LibraryRow] = []
        self.today = date.min

    def show(self, rows: list[LibraryRow], today: date) -> None:
        """Replace the list."""
        self.beginResetModel()
        self.rows, self.today = rows, today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a record in the form a role wants."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        title = row.title or row.key or text("library.unnamed")
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == EXPIRED_ROLE:
            return self._expired(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (title, row.subtitle, self._expired(row), "" if row.is_active else text("library.inactive"))
            return ", ".join(part for part in parts if part)
        return row if role == ROW_ROLE else None

    def _expired(self, row: LibraryRow) -> str:
        expiries = row.local.get("expiries")
        days = [day for day in expiries.values() if isinstance(day, str)] if isinstance(expiries, dict) else []
        past = sorted(day for day in days if day and day < self.today.isoformat())
        return text("editor.picker.expired", day=past[0]) if past else ""


class RecordDelegate(QStyledItemDelegate):
    """Draws a record: name strong, number or place below, a sign where a paper has expired."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return two lines."""
        return QSize(100, theme.line_height("strong") + theme.line_height("caption") + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, LibraryRow):
            return
        colours = theme.colours()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(room, colours.selection if is_current else colours.alt)
        if is_current:
            painter.fillRect(QRect(room.left(), room.top(), 3, room.height()), colours.accent)
        painter.setPen(colours.border)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        expired = str(index.data(EXPIRED_ROLE) or "")
        inner = room.adjusted(14, 6, -14, -6)
        if expired:
            square = QRect(inner.right() - 18, inner.top() + 6, 18, 18)
            signs.paint_sign(painter, square, signs.Sign.ASK, colours)
            inner.setRight(inner.right() - 28)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font("strong"))
        painter.setPen(colours.text if row.is_active else colours.text2)
        height = theme.line_height("strong")
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), middle, words)
        painter.setFont(theme.font("caption"))
        painter.setPen(colours.attention if expired else colours.text2)
        second = expired or (row.subtitle if row.is_active else text("library.inactive"))
        words = painter.fontMetrics().elidedText(second, Qt.TextElideMode.ElideRight, inner.width())
        below = QRect(inner.left(), inner.top() + height, inner.width(), theme.line_height("caption"))
        painter.drawText(below, middle, words)
        painter.restore()


class LibraryPage(QWidget):
    """Drivers, trucks, trailers or partners: a list of 360 and the form.

    Signals:
        record_opened: id of the record in the form; empty for a new one.
    """

    record_opened = Signal(str)

    def __init__(self, desk: Desk, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self._all: list[LibraryRow] = []
        self.editor: RecordEditor | None = None
        self.ui = Ui_LibraryPage()
        set_up(self.ui, self)
        self.model = RecordModel(self)
        self._dress()
        self._leave = desk.changes.subscribe(self._on_changes_announced)
        self.destroyed.connect(self._leave)
        self._show_record_head()
        self.reload()

    def _dress(self) -> None:
        ui = self.ui
        set_heading(ui.library_title, text(f"library.title.{self._kind}"))
        ui.add_record.setText(text(f"library.action.{self._kind}"))
        ui.add_record.clicked.connect(self.add)
        ui.search.setPlaceholderText(text("library.search"))
        ui.search.setAccessibleName(text("library.search"))
        ui.search.setFixedHeight(theme.FIELD_HEIGHT)
        ui.search.textChanged.connect(self._filter)
        ui.show_inactive.setText(text("library.show_inactive"))
        ui.show_inactive.toggled.connect(self.reload)
        ui.list_part.setFixedWidth(LIST_WIDTH)
        view = ui.records
        view.setModel(self.model)
        view.setItemDelegate(RecordDelegate(view))
        view.setUniformItemSizes(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setAccessibleName(text(f"library.title.{self._kind}"))
        view.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        view.activated.connect(self._on_activated)
        ui.record_head.setFixedHeight(theme.BAR_HEIGHT)
        ui.record_head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        ui.record_stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        ui.record_title.setTextFormat(Qt.TextFormat.PlainText)
        ui.record_title.setFont(theme.font("reader"))
        ui.saved.setFont(theme.font("caption"))
        ui.active_button.setMinimumHeight(theme.FIELD_HEIGHT)
        ui.active_button.setAutoDefault(False)
        ui.active_button.clicked.connect(self._on_active_clicked)
        theme.set_icon(ui.back_button, "back")
        ui.back_button.setAccessibleName(text("library.back"))
        ui.back_button.setToolTip(text("library.back"))
        ui.back_button.clicked.connect(self._on_back_clicked)
        ui.back_button.hide()
        on_key(self, "Ctrl+F", ui.search.setFocus)

    # List

    def reload(self) -> None:
        """Read the records again."""
        self._desk.keeper.start(self._read(), name=f"read {self._kind}s")

    async def _read(self) -> None:
        if not shiboken6.isValid(self):  # the page went while the task waited its turn
            return
        rows = await self._desk.library.items(self._kind, active_only=not self.ui.show_inactive.isChecked())
        if shiboken6.isValid(self):
            self._all = rows
            self._filter()

    def _filter(self) -> None:
        wanted = fold(self.ui.search.text()).split()
        found = [
            row for row in self._all if all(word in fold(f"{row.key} {row.title} {row.subtitle}") for word in wanted)
        ]
        current = self._current_id()
        self.model.show(found, self._desk.clock.now().astimezone().date())
        for position, row in enumerate(found):
            if row.id == current:
                self.ui.records.setCurrentIndex(self.model.index(position, 0))

    def _current_id(self) -> str:
        row = self.editor.session.row if self.editor is not None else None
        return row.id if row is not None else ""

    def _on_changes_announced(self, changed: Changed) -> None:
        if changed.subject is Subject.LIBRARY:
            self.reload()

    def _on_current_changed(self, current: QModelIndex) -> None:
        row = current.data(ROW_ROLE)
        if isinstance(row, LibraryRow) and row.id != self._current_id():
            self.open(row)

    def _on_activated(self, index: QModelIndex) -> None:
        self._on_current_changed(index)
        if self.editor is not None:
            self._fold(shows_list=False)
            focus_first(self.editor)

    # Form

    def add(self) -> None:
        """Start a new record."""
        self.open(None)
        if self.editor is not None:
            focus_first(self.editor)

    def open(self, row: LibraryRow | None) -> None:
        """Show a record in the form; what was typed in the one before is saved."""
        self._let_go()
        session = RecordSession(self._desk, self._kind, row)
        self.editor = editor_of(self._desk, session, self.ui.record_stack)
        self.ui.record_stack.addWidget(self.editor)
        self.ui.record_stack.setCurrentWidget(self.editor)
        self.editor.checked.connect(self._show_record_head)
        session.subscribe(lambda _paths, _structure: None, lambda: None, self._show_saved)
        self._show_record_head()
        self._mark(row)
        self._fold(shows_list=False)
        self.record_opened.emit(row.id if row is not None else "")

    def _mark(self, row: LibraryRow | None) -> None:
        position = next(
            (place for place, one in enumerate(self.model.rows) if row is not None and one.id == row.id), -1
        )
        if self.ui.records.currentIndex().row() != position:
            self.ui.records.setCurrentIndex(self.model.index(position, 0))

    def _let_go(self) -> None:
        if self.editor is not None:
            self._desk.keeper.start(self.editor.session.flush(), name=f"save {self._kind}")
            self.ui.record_stack.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None

    async def close_record(self) -> None:
        """Save what is left before the window goes."""
        if self.editor is not None:
            await self.editor.session.flush()

    def _show_record_head(self) -> None:
        ui = self.ui
        has_record = self.editor is not None
        for widget in (ui.readiness_sign, ui.readiness_word, ui.saved, ui.active_button):
            widget.setVisible(has_record)
        if self.editor is None:
            ui.record_title.setText(text("library.none_open"))
            return
        session = self.editor.session
        row = session.row
        ui.record_title.setText(row.title if row is not None and row.title else text(f"library.add.{self._kind}"))
        sign, words = fitness(session)
        ui.readiness_sign.set_sign(sign, words)
        ui.readiness_word.setText(words)
        ui.active_button.setVisible(row is not None)
        is_active = row is None or row.is_active
        ui.active_button.setText(text("library.put_aside" if is_active else "library.take_up"))

    def _show_saved(self) -> None:
        if self.editor is None:
            return
        session = self.editor.session
        if session.save_error is not None:
            self.ui.saved.setText(text("editor.head.not_saved", title=error_words(session.save_error).title))
        elif session.saved_at is not None:
            self.ui.saved.setText(text("editor.head.saved", time=f"{session.saved_at.astimezone():%H:%M:%S}"))
        self._show_record_head()

    def _on_active_clicked(self) -> None:
        row = self.editor.session.row if self.editor is not None else None
        if row is not None:
            self._desk.keeper.start(self._set_active(row), name="put a record aside")

    async def _set_active(self, row: LibraryRow) -> None:
        if self.editor is not None:
            await self.editor.session.flush()
        await self._desk.library.set_active(row.id, not row.is_active)
        self._let_go()
        self._show_record_head()

    def _on_back_clicked(self) -> None:
        self._fold(shows_list=True)
        self.ui.records.setFocus()

    # Room

    def _fold(self, *, shows_list: bool) -> None:
        has_room = self.width() >= _FOLD_BELOW
        self.ui.list_part.setVisible(has_room or shows_list)
        self.ui.record_stack.setVisible(has_room or not shows_list)
        self.ui.record_head.setVisible(has_room or not shows_list)
        self.ui.back_button.setVisible(not has_room)
        self.ui.list_part.setFixedWidth(LIST_WIDTH if has_room else max(LIST_WIDTH, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the list over the form where there is no room for both."""
        super().resizeEvent(event)
        self._fold(shows_list=self.editor is None)
