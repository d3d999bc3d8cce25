"""How well words can be read, measured on the rendered pixels (ui design 2 and 8)."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

LEAST = 4.4
"""Of 4.5: thin strokes are nowhere drawn in their full colour."""


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(pixel: int) -> float:
    red, green, blue = pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(image: QImage, room: QRect) -> float:
    """Return the ratio between the ground of a place and what differs from it most."""
    part = image.copy(room & image.rect()).convertToFormat(QImage.Format.Format_RGB32)
    if part.isNull():
        return 21.0
    seen = Counter(memoryview(part.constBits()).cast("B").cast("I"))
    ground = _luminance(seen.most_common(1)[0][0])
    return max((max(ground, one) + 0.05) / (min(ground, one) + 0.05) for one in map(_luminance, seen))


def faint(root: QWidget, image: QImage) -> list[str]:
    """Return the labels and buttons of `root` whose words do not stand out from their ground in its picture."""
    found = []
    ratio = image.devicePixelRatio()
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible() or not widget.isEnabled():
            continue
        if not widget.text().strip() or widget.window() is not root.window() or not _is_seen(widget, root):
            continue
        at = widget.mapTo(root, QPoint())
        room = QRect(round(at.x() * ratio), round(at.y() * ratio), min(widget.width(), 260), widget.height())
        measured = contrast(image, room)
        if measured < LEAST:
            found.append(f"{type(widget).__name__} {widget.objectName()} {widget.text()[:40]!r} has {measured:.1f}")
    return found


def _is_seen(widget: QWidget, root: QWidget) -> bool:
    """Tell whether the whole widget is in the picture and not scrolled away."""
    here = widget
    while here is not root:
        parent = here.parentWidget()
        if parent is None:
            return False
        if isinstance(parent, QAbstractScrollArea):
            room = QRect(widget.mapTo(parent, QPoint()), widget.size())
            if not parent.rect().contains(room):
                return False
        here = parent
    return widget.visibleRegion().boundingRect() == widget.rect()
