"""Tab goes through a page as it is read: top to bottom, left to right, a row's own buttons after its fields."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLayout, QScrollArea, QStackedWidget, QTabBar, QWidget

from desktop.ui.binding.field_box import FieldBox

_LATE = "part_head"


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield what Tab may stop at inside `widget`, in the order of its layout, hidden things too."""
    if isinstance(widget, FieldBox):
        yield widget.editor
    elif isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield from stops(inside)
    elif isinstance(widget, QStackedWidget):
        for index in range(widget.count()):
            page = widget.widget(index)
            if page is not None:
                yield from stops(page)
    elif (layout := widget.layout()) is not None and not isinstance(widget, QTabBar):
        yield from _in_layout(layout)
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QCheckBox):
        yield widget


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    late: list[QLayout] = []
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None and inner.objectName() == _LATE:
            late.append(inner)
        elif inner is not None:
            yield from _in_layout(inner)
        elif widget is not None:
            yield from stops(widget)
    for inner in late:
        yield from _in_layout(inner)


def chain(widget: QWidget) -> None:
    """Make Tab follow `stops`; called after rows came or went."""
    ordered = list(stops(widget))
    for first, second in pairwise(ordered):
        QWidget.setTabOrder(first, second)
