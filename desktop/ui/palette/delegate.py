"""Paints a line of the palette: icon, title with what was typed, detail, shortcut or sign (ui design 5)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop.ui import pieces, signs, theme
from desktop.ui.models.role import Index, Role
from desktop.ui.palette.entry import Entry, spans
from desktop.ui.palette.model import PaletteModel

_ROW = 34
_SIDE = 15
_TEXT = 41
_SIGN = 18
_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class PaletteDelegate(QStyledItemDelegate):
    """Heads of 27 pixels, lines of 34; both grow with the letters."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of a head or a line."""
        if isinstance(index.data(Role.OBJECT), Entry):
            return QSize(100, max(_ROW, theme.line_height("body") + theme.STEP_16))
        return QSize(100, max(theme.GROUP_HEAD_HEIGHT, theme.line_height("caption") + 11))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a head or a line."""
        room = QRect(option.rect)
        entry = index.data(Role.OBJECT)
        painter.save()
        if isinstance(entry, Entry):
            is_current = bool(option.state & QStyle.StateFlag.State_Selected)
            is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._paint_ground(painter, room, is_current=is_current, is_hovered=is_hovered)
            self._paint_line(painter, room, entry, index)
        else:
            font = theme.font("caption")
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(theme.colours().text2)
            painter.drawText(room.adjusted(_SIDE, theme.STEP_4, -_SIDE, 0), _MIDDLE, str(index.data()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, room: QRect, *, is_current: bool, is_hovered: bool) -> None:
        colours = theme.colours()
        box = room.adjusted(theme.STEP_8, 0, -theme.STEP_8, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current:
            painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH) if colours.is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
            painter.fillRect(QRect(box.left(), box.top() + 1, 3, box.height() - 2), colours.accent)
        elif is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _paint_line(self, painter: QPainter, room: QRect, entry: Entry, index: Index) -> None:
        colours = theme.colours()
        if entry.icon:
            size = theme.ICON_BUTTON
            box = QRect(room.left() + _SIDE, room.center().y() - size // 2, size, size)
            theme.icon(entry.icon, "text").paint(painter, box)
        right = room.right() - _SIDE
        if entry.sign is not None:
            box = QRect(right - _SIGN + 1, room.center().y() - _SIGN // 2, _SIGN, _SIGN)
            signs.paint_sign(painter, box, entry.sign, colours)
            right -= _SIGN + theme.STEP_12
        if entry.keys:
            right = paint_keys(painter, entry.keys, right, room) - theme.STEP_12
        model = index.model()
        typed = model.typed if isinstance(model, PaletteModel) else ""
        end = self._paint_title(
            painter, QRect(room.left() + _TEXT, room.top(), right - _TEXT, room.height()), entry, typed
        )
        rest = QRect(end + theme.STEP_12, room.top(), right - end - theme.STEP_12, room.height())
        if entry.detail and rest.width() > theme.STEP_24:
            font = theme.font("caption")
            painter.setFont(font)
            painter.setPen(colours.text2)
            shown = QFontMetrics(font).elidedText(entry.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, _MIDDLE, shown)

    def _paint_title(self, painter: QPainter, room: QRect, entry: Entry, typed: str) -> int:
        """Paint the title with what was typed in the accent; return where it ends."""
        colours = theme.colours()
        plain = theme.font("strong" if entry.number else "body")
        strong = theme.font("strong")
        shown = QFontMetrics(strong).elidedText(entry.title, Qt.TextElideMode.ElideRight, room.width())
        left, at = room.left(), 0
        for start, length in [*spans(shown, typed), (len(shown), 0)]:
            for part, font, colour in (
                (shown[at:start], plain, colours.text),
                (shown[start : start + length], strong, colours.accent),
            ):
                if part:
                    painter.setFont(font)
                    painter.setPen(colour)
                    painter.drawText(QRect(left, room.top(), room.right() - left + 2, room.height()), _MIDDLE, part)
                    left += QFontMetrics(font).horizontalAdvance(part)
            at = start + length
        return left

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show a line whole where it is cut."""
        entry = index.data(Role.OBJECT)
        if event.type() is not QEvent.Type.ToolTip or not isinstance(entry, Entry):
            return super().helpEvent(event, view, option, index)
        needed = QFontMetrics(theme.font("strong")).horizontalAdvance(entry.title + entry.detail + entry.keys)
        is_cut = needed + 2 * _TEXT + _SIGN > option.rect.width()
        QToolTip.showText(event.globalPos(), pieces.plain_tip(entry.sentence) if is_cut else "", view)
        return True


def paint_keys(painter: QPainter, keys: str, right: int, room: QRect) -> int:
    """Paint a shortcut as one key beside the other, ending at `right`; return where it begins."""
    colours = theme.colours()
    font = theme.font("caption")
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    height = metrics.height() + 2
    for key in reversed(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).split("+")):
        width = max(height + 2, metrics.horizontalAdvance(key) + 12)
        box = QRect(right - width, room.center().y() - height // 2, width, height)
        painter.setPen(QPen(colours.strong, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(colours.text2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        right -= width + theme.STEP_8
    return right + theme.STEP_8
