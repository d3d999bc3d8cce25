"""Paints one message of the list: dot, sign, title, time, two lines (ui design 5, "Inbox card")."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop.services.views import InboxCard
from desktop.ui import pieces, signs, theme
from desktop.ui.inbox.card_words import corner_words, put_off_words
from desktop.ui.inbox.model import InboxModel
from desktop.ui.models import two_lines
from desktop.ui.models.role import Index, Role

_SIGN = 18
_LEFT = 54
_MARK = 14


def _head_height() -> int:
    return theme.line_height("body") + 9


class CardDelegate(QStyledItemDelegate):
    """Cards of 67 pixels; an unread one has a dot and bold letters. The head of a day stands above its first card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of a card, with the head above it."""
        lines = theme.line_height("body") + 2 * theme.line_height("caption")
        model = index.model()
        head = _head_height() if isinstance(model, InboxModel) and model.head(index.row())[0] else 0
        return QSize(120, max(theme.CARD_HEIGHT, lines + 17) + head)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        card: InboxCard | None = index.data(Role.OBJECT)
        model = index.model()
        if card is None or not isinstance(model, InboxModel):
            return
        colours = theme.colours()
        rect = QRect(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        day, number_of_day = model.head(index.row())
        if day:
            _paint_head(painter, QRect(rect.left(), rect.top(), rect.width(), _head_height()), day, number_of_day)
            rect.setTop(rect.top() + _head_height())
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = colours.selection if is_selected else colours.hover if is_hovered else colours.surface
        painter.fillRect(rect, ground)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.border)
        if is_selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), colours.accent)
        top = rect.top() + theme.STEP_8
        body, caption = theme.line_height("body"), theme.line_height("caption")
        if card.is_unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(QPointF(rect.left() + 12, top + body / 2), 3.5, 3.5)
        sign_rect = QRect(rect.left() + 25, top + (body - _SIGN) // 2, _SIGN, _SIGN)
        signs.paint_sign(painter, sign_rect, signs.sign_named(card.sign), colours)
        right = rect.right() - theme.STEP_12
        time = model.time_of(card)
        caption_font = theme.font("caption")
        time_width = QFontMetrics(caption_font).horizontalAdvance(time)
        time_rect = QRect(right - time_width, top, time_width + 1, body)
        two_lines.paint_words(painter, time_rect, time, caption_font, colours.text2)
        title_rect = QRect(rect.left() + _LEFT, top, right - time_width - theme.STEP_8 - rect.left() - _LEFT, body)
        two_lines.paint_words(painter, title_rect, card.title, _title_font(card), colours.text)
        corner, marks = _corner(card, model), _marks(card)
        taken = _taken(card, model)
        for number, text in enumerate(card.text.splitlines()[:2]):
            width = right - rect.left() - _LEFT - taken[number]
            line_rect = QRect(rect.left() + _LEFT, top + body + number * caption, width, caption)
            two_lines.paint_words(painter, line_rect, text, caption_font, colours.text2)
        _paint_marks(painter, QRect(right, top + body, 0, caption), marks)
        if corner:
            width = taken[1] - theme.STEP_8
            room = QRect(right - width, top + body + caption, width + 1, caption)
            two_lines.paint_words(painter, room, corner, caption_font, colours.text2)
        _paint_focus(painter, rect, option, index)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what does not fit."""
        card: InboxCard | None = index.data(Role.OBJECT)
        if event.type() is not QEvent.Type.ToolTip or card is None:
            return super().helpEvent(event, view, option, index)
        room = option.rect.width() - _LEFT - theme.STEP_12
        caption = QFontMetrics(theme.font("caption"))
        model = index.model()
        taken = _taken(card, model) if isinstance(model, InboxModel) else (0, 0)
        is_cut = QFontMetrics(_title_font(card)).horizontalAdvance(card.title) + 60 > room or any(
            caption.horizontalAdvance(line) > room - width
            for line, width in zip(card.text.splitlines(), taken, strict=False)
        )
        words = pieces.plain_tip(f"{card.title}\n{card.text}")
        QToolTip.showText(event.globalPos(), words if is_cut else "", view)
        return True


def _paint_head(painter: QPainter, rect: QRect, day: str, number: str) -> None:
    colours = theme.colours()
    painter.fillRect(rect, colours.surface)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.border)
    strong, body = theme.font("strong"), theme.font("body")
    room = rect.adjusted(theme.STEP_12, 0, -theme.STEP_12, -1)
    two_lines.paint_words(painter, room, day, strong, colours.text)
    room.setLeft(room.left() + QFontMetrics(strong).horizontalAdvance(day) + theme.STEP_8)
    two_lines.paint_words(painter, room, number, body, colours.text2)


def _paint_focus(painter: QPainter, rect: QRect, option: QStyleOptionViewItem, index: Index) -> None:
    view = option.widget
    if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index:
        painter.setPen(QPen(theme.colours().accent, theme.FOCUS_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -2))


def _corner(card: InboxCard, model: InboxModel) -> str:
    return "  ".join(part for part in (put_off_words(card, model.now()), corner_words(card)) if part)


def _taken(card: InboxCard, model: InboxModel) -> tuple[int, int]:
    """Return how much of the second and the third line is taken at the right."""
    corner = _corner(card, model)
    width = QFontMetrics(theme.font("caption")).horizontalAdvance(corner) + theme.STEP_8 if corner else 0
    return len(_marks(card)) * (_MARK + 4), width


def _marks(card: InboxCard) -> list[str]:
    """Return the icons for what was done with a card."""
    return (["pin-filled"] if card.is_pinned else []) + (["snooze"] if card.snoozed_until is not None else [])


def _paint_marks(painter: QPainter, corner: QRect, marks: list[str]) -> None:
    for number, mark in enumerate(marks):
        left = corner.left() - (number + 1) * (_MARK + 4) + 4
        theme.icon(mark).paint(painter, QRect(left, corner.top() + (corner.height() - _MARK) // 2, _MARK, _MARK))


def _title_font(card: InboxCard) -> QFont:
    return theme.font("strong" if card.is_unread else "body")
