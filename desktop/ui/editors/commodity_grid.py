"""The grid goods are typed in: Tab across, Enter down, Ins adds, Ctrl+D repeats the line above, Del removes."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.fields import Field
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.binding.choice import Source, code_source
from desktop.ui.binding.field_paint import Grade, Remark
from desktop.ui.binding.picker import Picker
from desktop.ui.editors.commodity_model import FIELD_ROLE, REMARK_ROLE, VALUE_ROLE, CommodityModel

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {
    "commodity_quantity": 76,
    "commodity_packaging_unit": 116,
    "commodity_weight": 86,
    "commodity_weight_unit": 92,
    "commodity_marks": 90,
    "commodity_loaded_on_number": 84,
}
_SHOWN_ROWS = 8
_DESCRIPTION = 0.28


class CommodityDelegate(QStyledItemDelegate):
    """Draws a cell with what is wrong in it, and edits it in a plain line or a picker."""

    def __init__(self, parent: QObject, units: Source) -> None:
        super().__init__(parent)
        self._units = units

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Make the editor of a cell; what is typed goes to the document at once."""
        field = index.data(FIELD_ROLE)
        editor: QWidget
        if isinstance(field, Field) and (field.codes or field.name == "commodity_loaded_on_number"):
            picker = Picker(parent)
            picker.set_source(code_source(field.codes) if field.codes else self._units)
            picker.edited.connect(lambda: self.commitData.emit(picker))
            picker.chosen.connect(lambda _choice: self.commitData.emit(picker))
            editor = picker
        else:
            line = QLineEdit(parent)
            line.setFrame(False)
            line.textEdited.connect(lambda _typed: self.commitData.emit(line))
            editor = line
        editor.setAccessibleName(text(f"fields.{field.name}") if isinstance(field, Field) else "")
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell; what already stands there is left alone, so the caret stays."""
        value = str(index.data(VALUE_ROLE))
        if isinstance(editor, Picker):
            if editor.value() != value:
                editor.set_value(value)
                editor.line.selectAll()
        elif isinstance(editor, QLineEdit) and not editor.isModified() and editor.text() != value:
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Put what was typed into the document."""
        if isinstance(editor, Picker):
            editor.settle() if not editor.line.hasFocus() else None
            cast("CommodityModel", model).setData(index, editor.value())
        elif isinstance(editor, QLineEdit):
            cast("CommodityModel", model).setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        """Fill the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let Enter go down instead of only closing the cell."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            is_busy = isinstance(editor, Picker) and editor.is_open
            if is_enter and not event.modifiers() and not is_busy:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                view = self.parent()
                if isinstance(view, CommodityGrid):
                    view.go_down()
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        colours = theme.colours()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        remark = index.data(REMARK_ROLE)
        grade = remark.grade if isinstance(remark, Remark) else Grade.NONE
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self.parent()
        is_current_row = isinstance(view, CommodityGrid) and view.currentIndex().row() == index.row()
        painter.fillRect(room, colours.selection if is_current_row else colours.surface)
        painter.setPen(colours.border)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        inner = room.adjusted(8, 0, -8, 0)
        outline = {Grade.ERROR: colours.stop, Grade.ASK: colours.attention_glyph}.get(grade)
        sign = {Grade.ERROR: signs.Sign.ERROR, Grade.ASK: signs.Sign.ASK, Grade.HINT: signs.Sign.HINT}.get(grade)
        if sign is not None:
            signs.paint_sign(painter, QRect(room.right() - 20, room.center().y() - 6, 14, 14), sign, colours)
            inner.setRight(room.right() - 24)
        if outline is not None:
            painter.setPen(QPen(outline, 1.5))
            painter.drawRoundedRect(QRectF(room).adjusted(1, 1, -1.5, -2), 3, 3)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH))
            painter.drawRoundedRect(QRectF(room).adjusted(1.5, 1.5, -1.5, -2), 3, 3)
        painter.setFont(theme.font("body"))
        shown = str(index.data() or "")
        painter.setPen(colours.text if shown else colours.text2)
        words = painter.fontMetrics().elidedText(
            shown or text("editor.table.none"), Qt.TextElideMode.ElideRight, max(0, inner.width())
        )
        painter.drawText(inner, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), words)
        painter.restore()


class CommodityGrid(QTableView):
    """The grid. Its keys act while a cell has the focus; in a cell's editor Tab and Enter move on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setShowGrid(False)
        self.setAccessibleName(text("editor.section.commodities"))
        self.setAccessibleDescription(text("editor.grid.keys"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.TABLE_ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setFixedHeight(theme.TABLE_HEAD_HEIGHT)
        head.setHighlightSections(False)

    def show_model(self, model: CommodityModel, units: Source) -> None:
        """Show the goods of a model."""
        self.setModel(model)
        self.setItemDelegate(CommodityDelegate(self, units))
        head = self.horizontalHeader()
        for column, field in enumerate(model.fields):
            width = _width(field)
            head.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            )
            if width:
                self.setColumnWidth(column, width)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a good part of the width for the description."""
        super().resizeEvent(event)
        wanted = {column: _width(field) for column, field in enumerate(self.goods.fields) if _width(field)}
        room = self.viewport().width() * (1 - _DESCRIPTION)
        scale = min(1.0, room / sum(wanted.values()))
        for column, width in wanted.items():
            self.setColumnWidth(column, int(width * scale))

    @property
    def goods(self) -> CommodityModel:
        """The model."""
        return cast("CommodityModel", self.model())

    def fit(self) -> None:
        """Be as high as the lines, up to eight."""
        rows = max(1, min(self.goods.rowCount(), _SHOWN_ROWS))
        self.setFixedHeight(theme.TABLE_HEAD_HEIGHT + rows * theme.TABLE_ROW_HEIGHT + 2 * self.frameWidth() + 2)

    def go_to(self, row: int, column: int) -> None:
        """Put the focus on a cell."""
        index = self.goods.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.setFocus()
            self.scrollTo(index)

    def go_down(self) -> None:
        """Go to the same column of the next line."""
        current = self.currentIndex()
        below = current.siblingAtRow(current.row() + 1)
        self.setFocus()
        if below.isValid():
            self.setCurrentIndex(below)

    def add_line(self) -> None:
        """Add a line below the current one and go to its first cell."""
        current = self.currentIndex()
        row = self.goods.add(current.row() + 1 if current.isValid() else None)
        self.go_to(row, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add, repeat, remove, go down; undo belongs to the editor around."""
        current = self.currentIndex()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Insert and is_plain:
            self.add_line()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if current.isValid():
                self.goods.repeat_above(current.row())
        elif event.matches(QKeySequence.StandardKey.Delete) and is_plain:
            if current.isValid():
                self.goods.remove(current.row())
                rows = self.goods.rowCount()
                if rows:
                    self.go_to(min(current.row(), rows - 1), current.column())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain:
            self.go_down()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first cell where none was current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.goods.rowCount():
            self.setCurrentIndex(self.goods.index(0, 0))

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on inside the grid; from the last cell Tab leaves it, from the first Shift+Tab."""
        current = self.currentIndex()
        model = self.goods
        last = model.index(model.rowCount() - 1, model.columnCount() - 1)
        first = model.index(0, 0)
        if not current.isValid() or (is_next and current == last) or (not is_next and current == first):
            return QWidget.focusNextPrevChild(self, is_next)
        return super().focusNextPrevChild(is_next)

    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.row() != before.row():
            self.viewport().update()


def _width(field: Field) -> int:
    return _WIDTHS.get(field.name.removesuffix("_ace").removesuffix("_aci"), 0)
