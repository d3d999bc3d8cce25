"""The picture beside the clock: a truck with a number, or a dash while there is no connection (ui design, toasts)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from desktop import texts
from desktop.ui import icon as icons
from desktop.ui import theme

_SIZES = (16, 22, 24, 32, 48)


def badge_icon(number: int, *, is_urgent: bool, is_offline: bool) -> QIcon:
    """Return the tray picture in every size a panel asks for."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(badge_pixmap(size, number, is_urgent=is_urgent, is_offline=is_offline))
    return made


def badge_pixmap(size: int, number: int, *, is_urgent: bool, is_offline: bool) -> QPixmap:
    """Return one size of the tray picture; `size` in pixels."""
    colours = theme.colours()
    made = icons.pixmap("tray", colours.text, size)
    text = "" if not number else str(number) if number < 10 else "9+"  # noqa: PLR2004 - one digit fits
    if is_offline and not text:
        text = texts.text("tray.badge.offline")
    if not text:
        return made
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = round(size * 0.62)
    box = QRect(size - edge, size - edge, edge, edge)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_colour(is_urgent=is_urgent, is_offline=is_offline and not number))
    painter.drawEllipse(box)
    font = QFont(theme.font("strong"))
    font.setPixelSize(max(7, round(edge * (0.72 if len(text) == 1 else 0.58))))
    painter.setFont(font)
    painter.setPen(QColor(colours.surface))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return made


def _colour(*, is_urgent: bool, is_offline: bool) -> QColor:
    colours = theme.colours()
    if is_offline:
        return colours.slate
    return colours.stop if is_urgent else colours.accent
