"""Finds words that do not fit their place: for tests of every screen, and for the tour of an installed build."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from itertools import combinations, groupby

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from desktop.ui.pieces import ElidedLabel

_SLACK = 1  # pixels that rounding may cost
_OVERLAP = 2  # pixels that frames may share


@dataclass(frozen=True, slots=True)
class Cramped:
    """A widget whose words need more room than it has."""

    where: str
    words: str
    needs: tuple[int, int]
    has: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.where} {self.words!r} needs {self.needs} and has {self.has}"


def cramped(root: QWidget) -> list[Cramped]:
    """Return everything visible below `root` whose words are cut without a tooltip that has them whole.

    Labels, buttons, boxes and the hints in empty fields; what sticks out of its parent or of the window; and words
    that lie over each other.
    """
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.width() == 0:
            continue
        needed = _needed(widget)
        if needed is None:
            continue
        width, height = needed
        if _is_told(widget):
            width = 0
        if width > widget.width() + _SLACK or height > widget.height() + _SLACK:
            found.append(Cramped(_path(widget, root), _words(widget), needed, (widget.width(), widget.height())))
    found += [fault for header in root.findChildren(QHeaderView) for fault in _cut_heads(header, root)]
    return found + _cut_by_parent(root) + _outside(root) + _overlapping(root)


def _is_told(widget: QWidget) -> bool:
    """Tell whether the tooltip has the words whole."""
    tip = widget.toolTip().removeprefix("<qt>").removesuffix("</qt>")
    words = _words(widget).replace("&&", "&")
    return bool(words) and (words in tip or words in unescape(tip))


def _needed(widget: QWidget) -> tuple[int, int] | None:
    if isinstance(widget, ElidedLabel):
        is_told = bool(widget.toolTip())
        width = 0 if is_told else QFontMetrics(widget.font()).horizontalAdvance(widget.text())
        return width, QFontMetrics(widget.font()).ascent()
    if isinstance(widget, QLabel):
        return _needed_in_label(widget) if widget.text() else None
    if isinstance(widget, QLineEdit):
        return _needed_in_line(widget)
    if isinstance(widget, QComboBox):
        return _needed_in_box(widget)
    return _needed_in_button(widget) if isinstance(widget, QAbstractButton) else None


def _needed_in_label(widget: QLabel) -> tuple[int, int]:
    if widget.wordWrap():
        return 0, widget.heightForWidth(widget.width())
    if widget.textFormat() is Qt.TextFormat.PlainText or widget.textFormat() is Qt.TextFormat.AutoText:
        lines = widget.text().splitlines() or [""]
        margins = widget.contentsMargins()
        metrics = QFontMetrics(widget.font())
        width = max(metrics.horizontalAdvance(line) for line in lines) + margins.left() + margins.right()
        return width, metrics.ascent() * len(lines)
    return widget.sizeHint().width(), widget.sizeHint().height()


def _needed_in_button(widget: QAbstractButton) -> tuple[int, int] | None:
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return None  # its words are for the screen reader and the tooltip
    if not widget.text():
        return None
    if isinstance(widget, QCheckBox | QRadioButton):
        return widget.sizeHint().width(), QFontMetrics(widget.font()).ascent()
    words = widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    width = QFontMetrics(widget.font()).horizontalAdvance(words)
    return width + (0 if widget.icon().isNull() else widget.iconSize().width()), QFontMetrics(widget.font()).ascent()


def _cut_heads(header: QHeaderView, root: QWidget) -> list[Cramped]:
    """Return the heads of columns that are cut and have no tooltip."""
    model = header.model()
    if not header.isVisible() or header.orientation() is not Qt.Orientation.Horizontal or model is None:
        return []
    found = []
    for number in range(header.count()):
        words = str(model.headerData(number, Qt.Orientation.Horizontal) or "")
        tip = model.headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        needs, has = QFontMetrics(header.font()).horizontalAdvance(words), header.sectionSize(number)
        if needs > has + _SLACK and has and not tip:
            found.append(Cramped(_path(header, root), words, (needs, 0), (has, header.height())))
    return found


def _needed_in_line(line: QLineEdit) -> tuple[int, int] | None:
    """A hint must be whole or stand in the tooltip; what is typed may be longer than its line, which scrolls."""
    metrics = QFontMetrics(line.font())
    if isinstance(line.parentWidget(), QComboBox):
        return 0, metrics.height()
    hint = "" if line.text() or line.toolTip() else line.placeholderText()
    margins = line.textMargins()
    beside = sum(button.width() for button in line.findChildren(QToolButton) if button.isVisible())
    return metrics.horizontalAdvance(hint) + margins.left() + margins.right() + beside if hint else 0, metrics.height()


def _needed_in_box(box: QComboBox) -> tuple[int, int] | None:
    metrics = QFontMetrics(box.font())
    if box.isEditable() or box.toolTip():
        return 0, metrics.height()
    option = QStyleOptionComboBox()
    option.initFrom(box)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    return metrics.horizontalAdvance(box.currentText()) + box.width() - room.width(), metrics.height()


def _outside(root: QWidget) -> list[Cramped]:
    """Return words and fields that lie outside the window, where nothing can be scrolled to show them."""
    found = []
    whole = QRect(QPoint(), root.size())
    for widget in root.findChildren(QWidget):
        if not _has_words(widget) or widget.window() is not root.window() or _is_scrolled(widget, root):
            continue
        place = QRect(widget.mapTo(root, QPoint()), widget.size())
        if not whole.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
            needs = (place.right() + 1, place.bottom() + 1)
            found.append(Cramped(_path(widget, root), _words(widget), needs, (whole.width(), whole.height())))
    return found


def _is_scrolled(widget: QWidget, root: QWidget) -> bool:
    here = widget.parentWidget()
    while here is not None and here is not root:
        if isinstance(here, QAbstractScrollArea):
            return True
        here = here.parentWidget()
    return False


def _overlapping(root: QWidget) -> list[Cramped]:
    """Return words that lie over the words of a widget beside them."""
    found = []
    shown = [widget for widget in root.findChildren(QWidget) if _has_words(widget)]
    for _, group in groupby(sorted(shown, key=lambda one: id(one.parentWidget())), key=lambda one: one.parentWidget()):
        for one, other in combinations(group, 2):
            shared = one.geometry() & other.geometry()
            if shared.width() > _OVERLAP and shared.height() > _OVERLAP:
                where = f"{_path(one, root)} lies over {_path(other, root)}"
                found.append(Cramped(where, _words(one), one.size().toTuple(), shared.size().toTuple()))
    return found


def _has_words(widget: QWidget) -> bool:
    if not widget.isVisible() or widget.width() == 0 or widget.height() == 0 or widget.isWindow():
        return False
    return isinstance(widget, QLineEdit | QComboBox) or bool(_words(widget))


def _cut_by_parent(root: QWidget) -> list[Cramped]:
    """Return labels and buttons that stick out of the widget they stand in (a scroll area's content may)."""
    found = []
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible() or not _words(widget):
            continue
        if parent is None or isinstance(parent.parentWidget(), QScrollArea):
            continue
        if widget.width() == 0 or widget.isWindow():
            continue
        right, bottom = widget.x() + widget.width(), widget.y() + widget.height()
        if widget.x() < -_SLACK or right > parent.width() + _SLACK or bottom > parent.height() + _SLACK:
            found.append(
                Cramped(_path(widget, root), _words(widget), (right, bottom), (parent.width(), parent.height()))
            )
    return found


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _path(widget: QWidget, root: QWidget) -> str:
    names = []
    here: QWidget | None = widget
    while here is not None and here is not root:
        names.append(here.objectName() or type(here).__name__)
        here = here.parentWidget()
    return " > ".join(reversed(names))
