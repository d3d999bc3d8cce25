"""The status vocabulary: road signs, drawn on a 20-unit grid (ui design 3).

The outline says how serious, the mark says which, the word is always beside it. Filled = a person must act (except the
filled circle: good and finished). Outline = time or customs will do it. Dashed = we do not know. Colour comes last: the
signs are told apart in grey and at 14 pixels.
"""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from desktop.texts import text
from desktop.ui.colours import Colours

_GRID = 20.0


class Outline(Enum):
    """How serious."""

    CIRCLE = auto()
    DASHED = auto()
    DIAMOND = auto()
    OCTAGON = auto()
    SQUARE = auto()


class Mark(Enum):
    """Which."""

    NOTHING = auto()
    TICK = auto()
    DOUBLE_TICK = auto()
    CLOCK = auto()
    BANG = auto()
    CROSS = auto()
    PAUSE = auto()
    TURN_BACK = auto()
    QUESTION = auto()
    UP = auto()
    DOT = auto()
    DASH = auto()


class Shape(NamedTuple):
    """What is drawn for a sign; two signs may share it, their words differ."""

    outline: Outline
    is_filled: bool
    mark: Mark
    role: str


_EMPTY = Shape(Outline.CIRCLE, False, Mark.NOTHING, "slate")
_UP = Shape(Outline.CIRCLE, False, Mark.UP, "slate")
_TICK = Shape(Outline.CIRCLE, False, Mark.TICK, "slate")
_DOT = Shape(Outline.CIRCLE, False, Mark.DOT, "slate")
_GOOD_TICK = Shape(Outline.CIRCLE, False, Mark.TICK, "good")
_DONE = Shape(Outline.CIRCLE, True, Mark.TICK, "good")
_CLOCK = Shape(Outline.DIAMOND, False, Mark.CLOCK, "slate")
_ATTENTION = Shape(Outline.DIAMOND, True, Mark.BANG, "attention")
_CROSS = Shape(Outline.OCTAGON, True, Mark.CROSS, "stop")
_PAUSE = Shape(Outline.OCTAGON, True, Mark.PAUSE, "stop")
_TURN_BACK = Shape(Outline.OCTAGON, True, Mark.TURN_BACK, "stop")
_EXAM = Shape(Outline.OCTAGON, True, Mark.BANG, "stop")
_UNKNOWN = Shape(Outline.DASHED, False, Mark.QUESTION, "unknown")


class Sign(Enum):
    """Every sign of the program; the value is the key of its word below `signs.`, and its name for other parts."""

    GO = "go"
    WAIT = "wait"
    WAIT_ACT = "wait_act"
    STOP = "stop"
    STOP_HOLD = "stop_hold"
    STOP_RETURNED = "stop_returned"
    STOP_EXAM = "stop_exam"
    NOT_KNOWN = "not_known"

    NOT_SENT = "not_sent"
    SENDING = "sending"
    DELIVERED = "delivered"
    DELIVERED_WITH_PROBLEMS = "delivered_with_problems"
    REFUSED = "refused"
    NOT_SURE = "not_sure"

    NOT_ON_FILE = "not_on_file"
    ON_FILE = "on_file"
    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    ENTRY_ON_FILE = "entry_on_file"
    PARS_SET = "set"
    RELEASED = "released"
    AUTHORISED = "authorised"
    NOT_SET = "not_set"
    RELEASED_CFIA = "released_cfia"
    HELD = "hold"
    EXAM = "exam"
    RNS_ERROR = "rns_error"
    SHIPMENT_REFUSED = "shipment_refused"
    SHIPMENT_UNKNOWN = "unknown"

    ACCEPTED = "accepted"
    NOTICE = "notice"
    UPLOAD = "upload"
    RNS = "rns"
    REJECTED = "rejected"
    ALERT = "alert"
    UNRECOGNISED = "unrecognised"
    CAS = "cas"

    ERROR = "error"
    ASK = "warning"
    HINT = "hint"

    CONNECTED = "connected"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    KEY_REFUSED = "key_refused"
    KEY_NEEDED = "key_needed"
    LINK_REFUSED = "link_refused"
    SILENT = "silent"
    OFF = "off"
    PRACTICE = "practice"

    @property
    def shape(self) -> Shape:
        """What is drawn."""
        return _SHAPES[self]


_SHAPES: dict[Sign, Shape] = {
    Sign.GO: _DONE,
    Sign.WAIT: _CLOCK,
    Sign.WAIT_ACT: _ATTENTION,
    Sign.STOP: _CROSS,
    Sign.STOP_HOLD: _PAUSE,
    Sign.STOP_RETURNED: _TURN_BACK,
    Sign.STOP_EXAM: _EXAM,
    Sign.NOT_KNOWN: _UNKNOWN,
    Sign.NOT_SENT: _EMPTY,
    Sign.SENDING: _UP,
    Sign.DELIVERED: _TICK,
    Sign.DELIVERED_WITH_PROBLEMS: _ATTENTION,
    Sign.REFUSED: _TURN_BACK,
    Sign.NOT_SURE: _UNKNOWN,
    Sign.NOT_ON_FILE: _EMPTY,
    Sign.ON_FILE: _TICK,
    Sign.MATCHED: _TICK,
    Sign.NOT_MATCHED: _CLOCK,
    Sign.ENTRY_ON_FILE: _GOOD_TICK,
    Sign.PARS_SET: _GOOD_TICK,
    Sign.RELEASED: Shape(Outline.CIRCLE, True, Mark.DOUBLE_TICK, "good"),
    Sign.AUTHORISED: Shape(Outline.CIRCLE, True, Mark.DOUBLE_TICK, "good"),
    Sign.NOT_SET: _ATTENTION,
    Sign.RELEASED_CFIA: _ATTENTION,
    Sign.HELD: _PAUSE,
    Sign.EXAM: _EXAM,
    Sign.RNS_ERROR: _CROSS,
    Sign.SHIPMENT_REFUSED: _CROSS,
    Sign.SHIPMENT_UNKNOWN: _UNKNOWN,
    Sign.ACCEPTED: _TICK,
    Sign.NOTICE: _DOT,
    Sign.UPLOAD: _UP,
    Sign.RNS: _TICK,  # of the kind as a whole: which code it is decides what is good news
    Sign.REJECTED: _TURN_BACK,
    Sign.ALERT: _ATTENTION,
    Sign.UNRECOGNISED: _UNKNOWN,
    Sign.CAS: Shape(Outline.SQUARE, False, Mark.DOT, "slate"),
    Sign.ERROR: _CROSS,
    Sign.ASK: _ATTENTION,
    Sign.HINT: _DOT,
    Sign.CONNECTED: _DONE,
    Sign.CONNECTING: _UP,
    Sign.RECONNECTING: _CLOCK,
    Sign.KEY_REFUSED: _TURN_BACK,
    Sign.KEY_NEEDED: _ATTENTION,
    Sign.LINK_REFUSED: _CROSS,
    Sign.SILENT: _UNKNOWN,
    Sign.OFF: Shape(Outline.CIRCLE, False, Mark.DASH, "slate"),
    Sign.PRACTICE: Shape(Outline.CIRCLE, True, Mark.DOT, "practice"),
}


def word(sign: Sign, **values: object) -> str:
    """Return the word that stands beside a sign."""
    return text(f"signs.{sign.value}", **values)


def word_colour(sign: Sign, colours: Colours) -> QColor:
    """Return the colour of a sign's word: readable as text on page and tint."""
    return colours.role(sign.shape.role)


def glyph_colour(sign: Sign, colours: Colours) -> QColor:
    """Return the colour of the sign itself."""
    role = sign.shape.role
    return colours.attention_glyph if role == "attention" else colours.role(role)


def tint(sign: Sign, colours: Colours) -> QColor:
    """Return the ground a sign's row or card may stand on; `surface` where progress has no tint."""
    role = sign.shape.role
    return colours.surface if role == "slate" else colours.role(f"{role}_tint")


# --- drawing ---------------------------------------------------------------------------------------------------------


def paint_sign(painter: QPainter, rect: QRect | QRectF, sign: Sign, colours: Colours) -> None:
    """Paint a sign as large as fits into the middle of `rect`."""
    paint_shape(painter, rect, sign.shape, glyph_colour(sign, colours), colours.surface)


def paint_shape(painter: QPainter, rect: QRect | QRectF, shape: Shape, ink: QColor, paper: QColor) -> None:
    """Paint a shape in `ink`, and what is cut out of it in `paper` (print: black on white)."""
    area = QRectF(rect)
    side = min(area.width(), area.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center().x() - side / 2, area.center().y() - side / 2)
    painter.scale(side / _GRID, side / _GRID)
    thin = max(1.5, 1.3 * _GRID / side) if side < _GRID else 1.6  # a line never fades below 1.3 pixels
    _paint_outline(painter, shape, ink, thin)
    width = max(thin, 2.0) if shape.is_filled else thin
    colour = paper if shape.is_filled else ink
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _paint_mark(painter, shape.mark, colour)
    painter.restore()


def _paint_outline(painter: QPainter, shape: Shape, ink: QColor, thin: float) -> None:
    pen = QPen(ink, thin, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(ink if shape.is_filled else Qt.BrushStyle.NoBrush)
    inset = 0.9 + thin / 2
    area = QRectF(inset, inset, _GRID - 2 * inset, _GRID - 2 * inset)
    match shape.outline:
        case Outline.CIRCLE:
            painter.drawEllipse(area)
        case Outline.DASHED:
            for step in range(8):  # eight dashes, one upright at the top
                painter.drawArc(area, round((step * 45 + 90 - 15) * 16), 30 * 16)
        case Outline.DIAMOND:
            low, high, middle = 0.9 + thin * 0.4, _GRID - 0.9 - thin * 0.4, _GRID / 2
            painter.drawPolygon(
                QPolygonF([QPointF(middle, low), QPointF(high, middle), QPointF(middle, high), QPointF(low, middle)])
            )
        case Outline.OCTAGON:
            radius = area.width() / 2 / math.cos(math.pi / 8)
            corners = [math.pi / 8 + step * math.pi / 4 for step in range(8)]
            painter.drawPolygon(
                QPolygonF([QPointF(10 + radius * math.cos(turn), 10 + radius * math.sin(turn)) for turn in corners])
            )
        case Outline.SQUARE:
            painter.drawRoundedRect(area.adjusted(0.8, 0.8, -0.8, -0.8), 2, 2)


_LINES: dict[Mark, tuple[tuple[tuple[float, float], ...], ...]] = {
    Mark.TICK: (((6.1, 10.4), (8.9, 13.1), (13.9, 7.3)),),
    Mark.DOUBLE_TICK: (((4.2, 10.5), (6.8, 13.1), (11.3, 7.6)), ((10.3, 12.9), (10.5, 13.1), (15.6, 7.6))),
    Mark.CLOCK: (((10, 5.8), (10, 10.6), (13, 12.1)),),
    Mark.BANG: (((10, 5.2), (10, 10.9)),),
    Mark.CROSS: (((6.9, 6.9), (13.1, 13.1)), ((13.1, 6.9), (6.9, 13.1))),
    Mark.PAUSE: (((7.6, 6.3), (7.6, 13.7)), ((12.4, 6.3), (12.4, 13.7))),
    Mark.UP: (((10, 14), (10, 6.2)), ((6.9, 9.1), (10, 6), (13.1, 9.1))),
    Mark.DASH: (((6.6, 10), (13.4, 10)),),
    Mark.TURN_BACK: (((8.5, 5.4), (5.2, 8.6), (8.5, 11.8)),),
}


def _paint_mark(painter: QPainter, mark: Mark, colour: QColor) -> None:
    for line in _LINES.get(mark, ()):
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in line]))
    if mark is Mark.TURN_BACK:
        hook = QPainterPath(QPointF(5.4, 8.6))
        hook.lineTo(11.2, 8.6)
        hook.cubicTo(13.4, 8.6, 14.4, 9.8, 14.4, 11.8)
        hook.lineTo(14.4, 13.9)
        painter.drawPath(hook)
    elif mark is Mark.QUESTION:
        curl = QPainterPath(QPointF(7.5, 7.9))
        curl.cubicTo(7.6, 6.4, 8.7, 5.5, 10.1, 5.5)
        curl.cubicTo(11.6, 5.5, 12.6, 6.5, 12.6, 7.8)
        curl.cubicTo(12.6, 9.6, 10.1, 9.7, 10.1, 11.4)
        painter.drawPath(curl)
    dots = {Mark.BANG: (10.0, 14.2, 1.25), Mark.QUESTION: (10.1, 14.3, 1.1), Mark.DOT: (10.0, 10.0, 2.3)}
    if mark in dots:
        across, down, radius = dots[mark]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(across, down), radius, radius)


def sign_pixmap(sign: Sign, size: int, colours: Colours, ratio: float = 1.0) -> QPixmap:
    """Return a sign `size` logical pixels wide and high, on nothing."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_sign(painter, QRectF(0, 0, made.width(), made.height()), sign, colours)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
