"""Finds words that do not fit their place: for tests of every screen, and for the tour of an installed build."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QRadioButton, QScrollArea, QToolButton, QWidget

from desktop.ui.pieces import ElidedLabel

_SLACK = 1  # pixels that rounding may cost


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
    """Return every visible label and button below `root` whose words are cut without a tooltip that has them whole."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.width() == 0:
            continue
        needed = _needed(widget)
        if needed is None:
            continue
        width, height = needed
        if width > widget.width() + _SLACK or height > widget.height() + _SLACK:
            found.append(Cramped(_path(widget, root), _words(widget), needed, (widget.width(), widget.height())))
    found += _cut_by_parent(root)
    return found


def _needed(widget: QWidget) -> tuple[int, int] | None:
    if isinstance(widget, ElidedLabel):
        is_told = bool(widget.toolTip())
        width = 0 if is_told else QFontMetrics(widget.font()).horizontalAdvance(widget.text())
        return width, QFontMetrics(widget.font()).ascent()
    if isinstance(widget, QLabel):
        if not widget.text():
            return None
        if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width())
        if widget.textFormat() is Qt.TextFormat.PlainText or widget.textFormat() is Qt.TextFormat.AutoText:
            lines = widget.text().splitlines() or [""]
            margins = widget.contentsMargins()
            metrics = QFontMetrics(widget.font())
            width = max(metrics.horizontalAdvance(line) for line in lines) + margins.left() + margins.right()
            return width, metrics.ascent() * len(lines)
        return widget.sizeHint().width(), widget.sizeHint().height()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return None  # its words are for the screen reader and the tooltip
    if isinstance(widget, QAbstractButton) and widget.text():
        words = widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        width = QFontMetrics(widget.font()).horizontalAdvance(words)
        if not widget.icon().isNull() and not isinstance(widget, QCheckBox | QRadioButton):
            width += widget.iconSize().width()
        if isinstance(widget, QCheckBox | QRadioButton):
            width = widget.sizeHint().width()
        return width, QFontMetrics(widget.font()).ascent()
    return None


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
