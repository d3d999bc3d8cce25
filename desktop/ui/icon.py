"""Icons of actions and places: our own SVG drawings in whatever colour is asked for.

An SVG is drawn in `currentColor`; the colour is put in before it is rendered, once for each size a screen may want.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import assets
from desktop.errors import Bug

_SIZES = (16, 18, 24, 32, 36, 48)


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return assets.read_text(f"icons/{name}.svg")


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon `size` logical pixels wide and high for a screen of `ratio` device pixels each.

    Raises:
        Bug: there is no such icon, or its drawing cannot be read.
    """
    return _rendered(_renderer(name, colour), size, ratio)


def _renderer(name: str, colour: QColor) -> QSvgRenderer:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour.name()).encode()))
    if not renderer.isValid():
        raise Bug(f"the icon {name} cannot be drawn")
    return renderer


def _rendered(renderer: QSvgRenderer, size: int, ratio: float = 1.0) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, colour: QColor, disabled: QColor) -> QIcon:
    """Return an icon in one colour, and in another while it is disabled; made once for each colour."""
    return _icon(name, colour.rgba(), disabled.rgba())


@lru_cache(maxsize=512)
def _icon(name: str, rgba: int, disabled_rgba: int) -> QIcon:
    made = QIcon()
    for one, mode in ((rgba, QIcon.Mode.Normal), (disabled_rgba, QIcon.Mode.Disabled)):
        renderer = _renderer(name, QColor.fromRgba(one))  # read once for all sizes
        for size in _SIZES:
            made.addPixmap(_rendered(renderer, size), mode)
    return made
