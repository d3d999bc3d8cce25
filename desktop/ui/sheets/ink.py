"""What a laid-out page consists of, and how each piece is drawn: black on white, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from desktop.printing.bars import BarCode
from desktop.printing.qr import QrCode
from desktop.ui.sheets.lettering import Face, SheetType
from desktop.ui.sign import Shape, paint_shape

_BLACK = QColor(Qt.GlobalColor.black)
_WHITE = QColor(Qt.GlobalColor.white)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its base line at `base`."""

    left: int
    base: int
    text: str
    face: Face
    is_white: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, or with a `line` its frame drawn inside it."""

    left: int
    top: int
    width: int
    height: int
    line: int = 0
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar code; `left` is where its first bar begins."""

    left: int
    top: int
    height: int
    code: BarCode


@dataclass(frozen=True, slots=True)
class Symbol:
    """A road sign in black."""

    left: int
    top: int
    size: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class Arrow:
    """The direction: down for the USA, up for Canada."""

    left: int
    top: int
    size: int
    is_up: bool


@dataclass(frozen=True, slots=True)
class Across:
    """A warning across the page in hollow letters, below everything else."""

    width: int
    height: int
    text: str


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code; `left` and `top` are where its dark modules begin, inside the quiet zone."""

    left: int
    top: int
    module: int
    code: QrCode


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in black and white."""

    left: int
    top: int
    width: int
    height: int
    image: QImage


Ink = Line | Box | Bars | Symbol | Arrow | Across | Qr | Picture

QR_QUIET = 4
"""Modules that stay white around a QR code."""


def paint(painter: QPainter, inks: list[Ink], kind: SheetType) -> None:
    """Draw a page; the painter's unit is one dot of `kind`."""
    for ink in inks:
        _paint_one(painter, ink, kind)


def _paint_one(painter: QPainter, ink: Ink, kind: SheetType) -> None:
    match ink:
        case Line():
            painter.setFont(kind.font(ink.face))
            painter.setPen(_WHITE if ink.is_white else _BLACK)
            painter.drawText(ink.left, ink.base, ink.text)
        case Box(line=0):
            painter.fillRect(QRect(ink.left, ink.top, ink.width, ink.height), _BLACK)
        case Box():
            _paint_frame(painter, ink)
        case Bars():
            _paint_bars(painter, ink)
        case Symbol():
            paint_shape(painter, QRect(ink.left, ink.top, ink.size, ink.size), ink.shape, _BLACK, _WHITE)
        case Arrow():
            _paint_arrow(painter, ink)
        case Across():
            _paint_across(painter, ink, kind)
        case Qr():
            _paint_qr(painter, ink)
        case Picture():
            painter.drawImage(QRect(ink.left, ink.top, ink.width, ink.height), ink.image)


def _paint_qr(painter: QPainter, qr: Qr) -> None:
    """Draw the modules of a row that touch as one piece, so that no printer leaves hair lines between them."""
    module, quiet = qr.module, QR_QUIET * qr.module
    whole = qr.code.size * module + 2 * quiet
    painter.fillRect(QRect(qr.left - quiet, qr.top - quiet, whole, whole), _WHITE)
    for down, row in enumerate(qr.code.rows):
        across = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                painter.fillRect(
                    QRect(qr.left + across * module, qr.top + down * module, length * module, module), _BLACK
                )
            across += length


def _paint_frame(painter: QPainter, box: Box) -> None:
    if box.is_dashed:
        half = box.line / 2
        pen = QPen(_BLACK, box.line, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(box.left + half, box.top + half, box.width - box.line, box.height - box.line))
        return
    right, bottom = box.left + box.width - box.line, box.top + box.height - box.line
    for edge in (
        QRect(box.left, box.top, box.width, box.line),
        QRect(box.left, bottom, box.width, box.line),
        QRect(box.left, box.top, box.line, box.height),
        QRect(right, box.top, box.line, box.height),
    ):
        painter.fillRect(edge, _BLACK)


def _paint_bars(painter: QPainter, bars: Bars) -> None:
    code = bars.code
    painter.fillRect(QRect(bars.left - code.quiet, bars.top, code.full_width, bars.height), _WHITE)
    left = bars.left
    for place, width in enumerate(code.widths):
        if place % 2 == 0:
            painter.fillRect(QRect(left, bars.top, width, bars.height), _BLACK)
        left += width


def _paint_arrow(painter: QPainter, arrow: Arrow) -> None:
    size, middle = arrow.size, arrow.left + arrow.size / 2
    top, bottom = float(arrow.top), float(arrow.top + size)
    tip, head = (top, top + size * 0.42) if arrow.is_up else (bottom, bottom - size * 0.42)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_BLACK, size * 0.13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawLine(QPointF(middle, top), QPointF(middle, bottom))
    side = size * 0.38
    painter.drawPolyline(QPolygonF([QPointF(middle - side, head), QPointF(middle, tip), QPointF(middle + side, head)]))


def _paint_across(painter: QPainter, across: Across, kind: SheetType) -> None:
    face = Face(60, is_bold=True)
    room = (across.width**2 + across.height**2) ** 0.5 * 0.72
    width = kind.width(across.text, face)
    scale = min(1.0, room / width) if width else 1.0
    letters = QPainterPath()
    letters.addText(QPointF(-width / 2, kind.ascent(face) / 3), kind.font(face), across.text)
    painter.save()
    painter.translate(across.width / 2, across.height / 2)
    painter.rotate(-52)
    painter.scale(scale, scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(_BLACK, kind.dots(0.8) / scale)
    pen.setDashPattern([1, 3])
    painter.setPen(pen)
    painter.drawPath(letters)
    painter.restore()
