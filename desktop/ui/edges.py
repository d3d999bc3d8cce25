"""Edges and focus that can be seen, where Qt's own Fusion style draws the window.

On a dark or black page Fusion's edges are darker than its ground: buttons, boxes and fields get one at 3:1 (ui design
2, `strong`). On every page the focus is framed in the accent, however it came there; Fusion frames it only after Tab.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QProxyStyle,
    QRadioButton,
    QStyle,
    QStyleOption,
    QToolButton,
    QWidget,
)

from desktop.ui.colours import Colours, Scheme

_P = QStyle.PrimitiveElement
_BUTTONS = frozenset({_P.PE_PanelButtonCommand, _P.PE_PanelButtonTool})
_FIELDS = frozenset({_P.PE_FrameLineEdit})
_BOXES = frozenset({_P.PE_IndicatorCheckBox, _P.PE_IndicatorRadioButton})
_PADDING = 4  # pixels beside the two that Qt leaves itself
_ROUND = 3
_FOCUS = _P.PE_FrameFocusRect


class Edges(QProxyStyle):
    """Fusion, with an edge and a focus frame laid over its own."""

    def __init__(self, colours: Callable[[], Colours]) -> None:
        super().__init__("Fusion")
        self._colours = colours

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw as Fusion does, then the edge or the frame."""
        if element == _FOCUS:
            if isinstance(widget, QAbstractItemView | QComboBox) or _has_panel(widget):
                super().drawPrimitive(element, option, painter, widget)
            else:
                _frame(painter, QRectF(option.rect).adjusted(0, 1, 0, -1), self._colours().accent, 1.5)
            return
        if element == _P.PE_PanelButtonCommand and self._is_accented(option):
            self._paint_accented(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)
        if element in _BUTTONS or element in _FIELDS or element in _BOXES:
            self._lay_over(element, option, painter, widget)

    def polish(self, target: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]
        """Let what is typed stand off the edge of its field."""
        super().polish(target)
        if isinstance(target, QLineEdit) and not isinstance(target.parentWidget(), QComboBox):
            margins = target.textMargins()
            margins.setLeft(max(margins.left(), _PADDING))
            target.setTextMargins(margins)

    def _is_accented(self, option: QStyleOption) -> bool:
        is_enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        colours = self._colours()
        return is_enabled and not colours.is_contrast and option.palette.button().color() == colours.accent

    def _paint_accented(self, option: QStyleOption, painter: QPainter) -> None:
        """Paint the accent as it is: Fusion would lighten it until its words could hardly be read."""
        accent = self._colours().accent
        if option.state & QStyle.StateFlag.State_Sunken:
            accent = accent.darker(118)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            accent = accent.darker(108)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, 0), _ROUND, _ROUND)
        painter.restore()

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw as Fusion does; the current tab shows that the arrows move from it."""
        super().drawControl(element, option, painter, widget)
        is_tab = element == QStyle.ControlElement.CE_TabBarTabLabel and widget is not None and widget.hasFocus()
        if is_tab and option.state & QStyle.StateFlag.State_Selected:
            _frame(painter, QRectF(option.rect).adjusted(3, 3, -3, -3), self._colours().accent, 1.5)

    def _lay_over(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None
    ) -> None:
        colours = self._colours()
        room = QRectF(option.rect)
        if element == _P.PE_PanelButtonCommand:
            room.adjust(0, 1, 0, 0)  # Fusion leaves a line above its buttons
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if has_focus and element in _BUTTONS:
            is_accented = option.palette.button().color() == colours.accent
            inner = room.adjusted(2, 2, -2, -2) if is_accented else room
            _frame(painter, inner, colours.on_accent if is_accented else colours.accent, 2.0)
        elif has_focus and element in _FIELDS:
            if not _is_framed(widget):
                _frame(painter, room, colours.accent, 2.0)
        elif colours.scheme is not Scheme.LIGHT and not (isinstance(widget, QToolButton) and widget.autoRaise()):
            if element in _BUTTONS and option.palette.button().color() == colours.accent:
                return  # the accented button stands out by itself
            is_enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
            edge = colours.strong if is_enabled else colours.border
            _frame(painter, room, edge, 1.0, is_round=element == _P.PE_IndicatorRadioButton)


def _is_framed(widget: QWidget | None) -> bool:
    """Tell whether a field's box paints the focus round it (`binding.field_box`, not imported for this alone)."""
    parent = widget.parentWidget() if widget is not None else None
    return parent is not None and parent.metaObject().className() == "FieldBox"


def _has_panel(widget: QWidget | None) -> bool:
    """Tell whether a button's own panel shows its focus: all but boxes, and tools that are flat until used."""
    if isinstance(widget, QToolButton):
        return not widget.autoRaise()
    return (
        isinstance(widget, QAbstractButton)
        and not widget.property("flat")
        and not isinstance(widget, QCheckBox | QRadioButton)
    )


def _frame(painter: QPainter, room: QRectF, colour: QColor, width: float, *, is_round: bool = False) -> None:
    half = width / 2
    room = room.adjusted(half, half, -half, -half)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_round:
        painter.drawEllipse(room)
    else:
        painter.drawRoundedRect(room, 2, 2)
    painter.restore()
