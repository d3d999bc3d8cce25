"""The grid goods are typed in: Tab across, Enter down, Ins adds, Ctrl+D repeats the line above, Del removes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.amount import Amount, Point, shortest
from desktop.domain.fields import Field
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.binding.choice import Source, code_source
from desktop.ui.binding.field_paint import Grade, Remark
from desktop.ui.binding.picker import Picker
from desktop.ui.editors.commodity_columns import widths_in
from desktop.ui.editors.commodity_filling import Block, doubts_of, read_block
from desktop.ui.editors.commodity_model import FIELD_ROLE, REMARK_ROLE, VALUE_ROLE, CommodityModel

Index = QModelIndex | QPersistentModelIndex
_SHOWN_ROWS = 8


class CommodityDelegate(QStyledItemDelegate):
    """Draws a cell with what is wrong in it, and edits it in a plain line or a picker."""

    def __init__(self, parent: QObject, units: Source) -> None:
        super().__init__(parent)
        self._units = units
        self.changed = QPersistentModelIndex()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Make the editor of a cell; what is typed goes to the document at once."""
        field = index.data(FIELD_ROLE)
        editor: QWidget
        view = self.parent()
        goods = view.goods_picker(parent) if isinstance(view, CommodityGrid) and index.column() == 0 else None
        if goods is not None:
            goods.edited.connect(lambda: self.commitData.emit(goods))
            editor = goods
        elif isinstance(field, Field) and (field.codes or field.name == "commodity_loaded_on_number"):
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
        elif isinstance(editor, QLineEdit) and editor.text() != str(index.data(VALUE_ROLE)):
            self.changed = QPersistentModelIndex(index)
            cast("CommodityModel", model).setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        """Fill the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let Enter go down instead of only closing the cell."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            is_busy = isinstance(editor, Picker) and editor.is_open
            if event.matches(QKeySequence.StandardKey.Paste) and self._paste_many(editor):
                return True
            if is_enter and not event.modifiers() and not is_busy:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                view = self.parent()
                if isinstance(view, CommodityGrid):
                    view.go_down()
                return True
        return super().eventFilter(editor, event)

    def _paste_many(self, editor: QWidget) -> bool:
        """Put a block of cells into the grid, also while a cell is being edited; one cell goes where the caret is."""
        view = self.parent()
        if not isinstance(view, CommodityGrid) or not view.copied().is_many:
            return False
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        view.setFocus()
        view.paste()
        return True

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
    """The grid. Its keys act while a cell has the focus; in a cell's editor Tab and Enter move on.

    Signals:
        left_out: so many columns of a pasted block found no place.
    """

    left_out = Signal(int)

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
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.fitted(theme.TABLE_ROW_HEIGHT))
        head = self.horizontalHeader()
        head.setFixedHeight(theme.fitted(theme.TABLE_HEAD_HEIGHT))
        head.setHighlightSections(False)
        self.make_goods_picker: Callable[[QWidget], Picker | None] = lambda _: None
        self._question: QMenu | None = None
        self._is_closing = False

    def show_model(self, model: CommodityModel, units: Source) -> None:
        """Show the goods of a model."""
        self.setModel(model)
        delegate = CommodityDelegate(self, units)
        delegate.closeEditor.connect(self._on_editor_closed)  # before the view opens the next cell
        self.setItemDelegate(delegate)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a good part of the width for the description; headings too wide for the rest are scrolled to."""
        super().resizeEvent(event)
        head = self.horizontalHeader()
        least = [head.sectionSizeHint(column) for column in range(head.count())]
        for column, width in enumerate(widths_in(self.viewport().width(), self.goods.fields, least)):
            self.setColumnWidth(column, width)
        self.fit()

    @property
    def goods(self) -> CommodityModel:
        """The model."""
        return cast("CommodityModel", self.model())

    def fit(self) -> None:
        """Be as high as the lines, up to eight."""
        rows = max(1, min(self.goods.rowCount(), _SHOWN_ROWS))
        head = self.horizontalHeader()
        lines = head.height() + rows * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height() if head.length() > self.viewport().width() else 0
        self.setFixedHeight(lines + bar + 2 * self.frameWidth() + 2)

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
        """Add, repeat, remove, go down, copy and paste; undo belongs to the editor around."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        for keys, work in (
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Copy, self._copy),
            (QKeySequence.StandardKey.Delete, self._remove_line),
        ):
            if event.matches(keys) and (is_plain or keys is not QKeySequence.StandardKey.Delete):
                work()
                return
        if event.key() == Qt.Key.Key_Insert and is_plain:
            self.add_line()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.goods.repeat_above(self.currentIndex().row())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain:
            self.go_down()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _remove_line(self) -> None:
        current = self.currentIndex()
        if current.isValid():
            self.goods.remove(current.row())
            rows = self.goods.rowCount()
            if rows:
                self.go_to(min(current.row(), rows - 1), current.column())

    def _copy(self) -> None:
        current = self.currentIndex()
        if current.isValid():
            QApplication.clipboard().setText(str(current.data(VALUE_ROLE) or ""))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first cell where none was current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.goods.rowCount():
            self.setCurrentIndex(self.goods.index(0, 0))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close a cell's editor; the current cell moves only where the hint says so."""
        self._is_closing = True
        super().closeEditor(editor, hint)
        self._is_closing = False
        if self.state() != QAbstractItemView.State.EditingState and QApplication.focusWidget() is None:
            self.setFocus()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on inside the grid; from the last cell Tab leaves it, from the first Shift+Tab."""
        if self._is_closing:
            return True  # an editor that goes hands on the focus it had: the view says where to
        current = self.currentIndex()
        model = self.goods
        last = model.index(model.rowCount() - 1, model.columnCount() - 1)
        first = model.index(0, 0)
        if not current.isValid() or (is_next and current == last) or (not is_next and current == first):
            return QWidget.focusNextPrevChild(self, is_next)
        return super().focusNextPrevChild(is_next)

    # Goods shipped before, the clipboard, amounts in doubt

    def goods_picker(self, parent: QWidget) -> Picker | None:
        """Return the editor of a description that offers goods shipped before; None where none are known."""
        return self.make_goods_picker(parent)

    def copied(self) -> Block:
        """Return the cells on the clipboard."""
        return read_block(QApplication.clipboard().text())

    def paste(self) -> None:
        """Put the clipboard's cells in from the current cell on; what an amount means is asked before."""
        block = self.copied()
        current = self.currentIndex()
        if not block.rows or not (current.isValid() or self.goods.rowCount() == 0):
            return
        if not current.isValid():
            self.goods.add()
            current = self.goods.index(0, 0)
        fields = self.goods.fields[current.column() :]
        doubt = doubts_of(fields, block) if self.goods.point is None else None
        place = QPersistentModelIndex(current)
        if doubt is None:
            self._put_in(place, block)
        else:
            self._ask(*doubt, current, lambda: self._put_in(place, block))

    def _put_in(self, place: QPersistentModelIndex, block: Block) -> None:
        row, column = place.row(), place.column()
        if row < 0:
            return
        too_wide = max(len(cells) for cells in block.rows) - (self.goods.columnCount() - column)
        self.goods.paste(self.goods.index(row, column), block)
        self.go_to(row + len(block.rows) - 1, column)
        if too_wide > 0:
            self.left_out.emit(too_wide)

    def _on_editor_closed(self) -> None:
        delegate = self.itemDelegate()
        place = delegate.changed if isinstance(delegate, CommodityDelegate) else QPersistentModelIndex()
        if isinstance(delegate, CommodityDelegate) and place.isValid():
            delegate.changed = QPersistentModelIndex()
            QTimer.singleShot(0, self, lambda: self._ask_about(place))

    def _ask_about(self, place: QPersistentModelIndex) -> None:
        """Ask what the amount in a cell means that has just been left."""
        is_open = self.state() == QAbstractItemView.State.EditingState and place == self.currentIndex()
        if not place.isValid() or is_open:
            return
        index = self.goods.index(place.row(), place.column())
        doubt = self.goods.doubt(index)
        if doubt is not None:
            typed = doubt[0]
            self._ask(*doubt, index, lambda: self.goods.setData(self.goods.index(place.row(), place.column()), typed))

    def _ask(self, typed: str, amount: Amount, index: QModelIndex, then: Callable[[], object]) -> None:
        """Let somebody say what an amount means, then go on; the answer holds for what is typed after, too."""
        menu = QMenu(self)
        menu.setAccessibleName(text("goods.amount.title", typed=typed))
        menu.addSection(text("goods.amount.title", typed=typed))
        for point, plain in amount.readings.items():
            action = menu.addAction(text(f"goods.amount.{point.name.lower()}", plain=shortest(plain)))
            action.triggered.connect(partial(self._on_point_told, point))
        menu.addAction(text("goods.amount.leave"))
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, then))  # the answer comes after the menu went
        menu.aboutToHide.connect(menu.deleteLater)
        self._question = menu
        menu.setActiveAction(menu.actions()[1])
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _on_point_told(self, point: Point) -> None:
        self.goods.point = point

    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.row() != before.row():
            self.viewport().update()
