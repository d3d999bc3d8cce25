"""The list of problems beside the form: groups, words, and the way to the field."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.editors.problem import Group, Problem
from desktop.ui.pieces import plain_tip

PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
HEAD_ROLE = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex
Head = tuple[Group, int]

SIGNS = {
    Group.GENERAL: signs.Sign.STOP_RETURNED,
    Group.MUST: signs.Sign.ERROR,
    Group.LOOK: signs.Sign.ASK,
    Group.HINTS: signs.Sign.HINT,
}


class ProblemModel(QAbstractListModel):
    """Heads of groups and the problems below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Head | Problem] = []
        self.problems: tuple[Problem, ...] = ()

    def show(self, problems: tuple[Problem, ...]) -> None:
        """Replace the list; nothing happens where it is the same."""
        if problems == self.problems:
            return
        self.beginResetModel()
        self.problems = problems
        self._lines = []
        for group in Group:
            inside = [problem for problem in problems if problem.group is group]
            if inside:
                self._lines += [(group, len(inside)), *inside]
        self.endResetModel()

    def row_of(self, problem: Problem) -> int:
        """Return the row of a problem; -1 where it is gone."""
        return self._lines.index(problem) if problem in self._lines else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return heads and problems together."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a line in the form a role wants."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if isinstance(line, tuple):
            words = text("editor.problems.head", group=text(f"editor.problems.{line[0]}"), count=line[1])
            if role == HEAD_ROLE:
                return line
            return words if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        if role == PROBLEM_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.place}: {line.text}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{text(f'editor.problems.{line.group}')}. {line.place}. {line.text}"
        return plain_tip(line.text) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only problems be chosen."""
        if index.isValid() and isinstance(self._lines[index.row()], tuple):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class ProblemDelegate(QStyledItemDelegate):
    """Draws a head, or a problem: sign, place, sentence, and what mends it.

    Signals:
        mend_clicked: a `Problem` whose offered value was clicked.
    """

    mend_clicked = Signal(object)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Take a click on the offered value, which is the last line of a problem."""
        problem = index.data(PROBLEM_ROLE)
        is_click = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if is_click and isinstance(event, QMouseEvent) and isinstance(problem, Problem) and problem.way:
            place = event.position().toPoint()
            top = option.rect.bottom() - theme.line_height("caption") - 8
            if place.y() >= top and place.x() >= option.rect.left() + _LEFT:
                self.mend_clicked.emit(problem)
                return True
        return super().editorEvent(event, model, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's argument
        """Return the height the words need at the list's width."""
        view = self.parent()
        width = 300
        if isinstance(view, QListView):  # as if the scroll bar were there: it may come after this was asked
            width = view.width() - view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) - 2
        problem = index.data(PROBLEM_ROLE)
        if not isinstance(problem, Problem):
            return QSize(width, theme.GROUP_HEAD_HEIGHT + 4)
        room = QRect(0, 0, width - _LEFT - 14, 10_000)
        place = _height(theme.font("strong"), problem.place, room)
        words = _height(theme.font("caption"), _words(problem), room)
        return QSize(width, place + words + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        colours = theme.colours()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setPen(colours.border)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        problem = index.data(PROBLEM_ROLE)
        if isinstance(problem, Problem):
            self._paint_problem(painter, room, problem, bool(state & QStyle.StateFlag.State_Selected))
        else:
            head = index.data(HEAD_ROLE)
            painter.setFont(_bold(theme.font("caption")))
            painter.setPen(colours.text2)
            inner = room.adjusted(14, 0, -14, 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignLeft), text(f"editor.problems.{head[0]}"))
            painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignRight), str(head[1]))
        painter.restore()

    def _paint_problem(self, painter: QPainter, room: QRect, problem: Problem, is_current: bool) -> None:
        colours = theme.colours()
        if is_current:
            painter.fillRect(room.adjusted(0, 0, 0, -1), colours.selection)
            painter.fillRect(QRect(room.left(), room.top(), 3, room.height() - 1), colours.accent)
        sign = QRect(room.left() + 14, room.top() + 9, 18, 18)
        signs.paint_sign(painter, sign, SIGNS[problem.group], colours)
        inner = room.adjusted(_LEFT, 7, -14, -4)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.setFont(theme.font("strong"))
        painter.setPen(colours.text)
        painter.drawText(inner, flags, problem.place)
        inner.setTop(inner.top() + _height(theme.font("strong"), problem.place, QRect(0, 0, inner.width(), 10_000)) + 1)
        painter.setFont(theme.font("caption"))
        painter.setPen(colours.text2)
        painter.drawText(inner, flags, problem.text)
        if problem.way:
            taken = _height(theme.font("caption"), problem.text, QRect(0, 0, inner.width(), 10_000))
            inner.setTop(inner.top() + taken)
            painter.setPen(colours.accent)
            painter.drawText(inner, flags, problem.way)


_LEFT = 42


def _words(problem: Problem) -> str:
    return f"{problem.text}\n{problem.way}" if problem.way else problem.text


def _bold(font: QFont) -> QFont:
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _height(font: QFont, words: str, room: QRect) -> int:
    return _measured(font.toString(), words, room.width())


@lru_cache(maxsize=4_096)
def _measured(font: str, words: str, width: int) -> int:
    """Return how high words stand in a width: asked for every line whenever the list changes."""
    made = QFont()
    made.fromString(font)
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
    return QFontMetrics(made).boundingRect(QRect(0, 0, width, 10_000), flags, words).height()
