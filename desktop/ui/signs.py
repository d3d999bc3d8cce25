"""Which sign and which words a state gets, and the ladder bar (ui design 3).

A status that is not understood never moves the ladder and never removes a hold.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.domain.lifecycle import Category, Clearance, Customs, Delivery, LinkState, Regime, Verdict
from desktop.texts import text
from desktop.ui.colours import Colours
from desktop.ui.sign import (
    Sign,
    glyph_colour,
    paint_shape,
    paint_sign,
    sign_pixmap,
    tint,
    word,
    word_colour,
)
from desktop.ui.sign_label import SignLabel

if TYPE_CHECKING:
    from desktop.validation.issue import Severity

__all__ = [
    "LADDER_SIZE",
    "Ladder",
    "Sign",
    "SignLabel",
    "category_sign",
    "clearance_sign",
    "delivery_sign",
    "glyph_colour",
    "ladder",
    "link_sign",
    "paint_ladder",
    "paint_shape",
    "paint_sign",
    "severity_sign",
    "sign_named",
    "sign_pixmap",
    "tint",
    "verdict_sign",
    "word",
    "word_colour",
]

SEGMENTS = 6
_SEGMENT = QSize(13, 6)
_GAP = 2
LADDER_SIZE = QSize(SEGMENTS * _SEGMENT.width() + (SEGMENTS - 1) * _GAP, _SEGMENT.height())

_VERDICT = {
    Verdict.GO: Sign.GO,
    Verdict.WAIT: Sign.WAIT,
    Verdict.STOP: Sign.STOP,
    Verdict.UNKNOWN: Sign.NOT_KNOWN,
}
_DELIVERY = {
    Delivery.NOT_SENT: Sign.NOT_SENT,
    Delivery.SENDING: Sign.SENDING,
    Delivery.DELIVERED: Sign.DELIVERED,
    Delivery.DELIVERED_WITH_PROBLEMS: Sign.DELIVERED_WITH_PROBLEMS,
    Delivery.REFUSED: Sign.REFUSED,
    Delivery.NOT_SURE: Sign.NOT_SURE,
}
_CLEARANCE = {
    Clearance.NONE: Sign.NOT_ON_FILE,
    Clearance.UNKNOWN: Sign.SHIPMENT_UNKNOWN,
    Clearance.ENTRY_ON_FILE: Sign.ENTRY_ON_FILE,
    Clearance.MATCHED: Sign.MATCHED,
    Clearance.NOT_MATCHED: Sign.NOT_MATCHED,
    Clearance.SET: Sign.PARS_SET,
    Clearance.RELEASED: Sign.RELEASED,
    Clearance.RELEASED_CFIA: Sign.RELEASED_CFIA,
    Clearance.EXAM: Sign.EXAM,
    Clearance.HOLD: Sign.HELD,
    Clearance.REFUSED: Sign.SHIPMENT_REFUSED,
}
_SEVERITY = {"error": Sign.ERROR, "warning": Sign.ASK, "hint": Sign.HINT}
"""By the words themselves: a first window does not load the checks."""
_CATEGORY = {category: Sign(category.value) for category in Category}
_LINK = {
    LinkState.CONNECTED: Sign.CONNECTED,
    LinkState.CONNECTING: Sign.CONNECTING,
    LinkState.RECONNECTING: Sign.RECONNECTING,
    LinkState.KEY_REFUSED: Sign.KEY_REFUSED,
    LinkState.KEY_NEEDED: Sign.KEY_NEEDED,
    LinkState.SILENT: Sign.SILENT,
    LinkState.REFUSED: Sign.LINK_REFUSED,
    LinkState.OFF: Sign.OFF,
}
_OTHER_NAMES = {"none": Sign.NOT_ON_FILE, "cleared": Sign.ENTRY_ON_FILE, "returned": Sign.REJECTED, "ask": Sign.ASK}


def verdict_sign(verdict: Verdict, *, must_act: bool = False, why: Clearance | Customs | None = None) -> Sign:
    """Return the sign of a readiness.

    Args:
        verdict: what the truck may do.
        must_act: whether waiting alone will not end the wait.
        why: what stops it, where that has a mark of its own: hold, exam, refused.
    """
    if verdict is Verdict.WAIT and must_act:
        return Sign.WAIT_ACT
    if verdict is Verdict.STOP and why is not None:
        return {"hold": Sign.STOP_HOLD, "exam": Sign.STOP_EXAM, "refused": Sign.STOP_RETURNED}.get(why, Sign.STOP)
    return _VERDICT[verdict]


def delivery_sign(delivery: Delivery) -> Sign:
    """Return the sign of the way to the gateway."""
    return _DELIVERY[delivery]


def clearance_sign(clearance: Clearance) -> Sign:
    """Return the sign of a shipment."""
    return _CLEARANCE[clearance]


def category_sign(category: Category) -> Sign:
    """Return the sign of one of the inbox's own kinds."""
    return _CATEGORY[category]


def severity_sign(severity: Severity) -> Sign:
    """Return the sign beside a field."""
    return _SEVERITY[severity]


def link_sign(state: LinkState, *, is_practice: bool = False) -> Sign:
    """Return the sign of the connection; practice shows while it is connected, and no trouble is hidden by it."""
    if is_practice and state is LinkState.CONNECTED:
        return Sign.PRACTICE
    return _LINK[state]


def sign_named(name: str) -> Sign:
    """Return the sign a message's card asks for by name; a name this version does not know is shown as not known."""
    try:
        return Sign(name)
    except ValueError:
        return _OTHER_NAMES.get(name, Sign.UNRECOGNISED)


class Ladder(NamedTuple):
    """How many of the six segments are filled (a fraction fills part of one), which are struck, and the word below."""

    filled: float
    marks: tuple[int, ...]
    word: str


_STEPS = {
    Customs.TRANSMITTED: 2.0,
    Customs.PRELIMINARY: 2.5,
    Customs.ON_FILE: 3.0,
    Customs.CLEARED: 4.0,
    Customs.ARRIVED: 5.0,
    Customs.RELEASED: 6.0,
    Customs.UNKNOWN: 2.0,
}


def ladder(
    customs: Customs,
    *,
    regime: Regime,
    delivery: Delivery = Delivery.NOT_SENT,
    cleared: int = 0,
    shipments: int = 0,
    holds: int = 0,
    is_answer_late: bool = False,
    is_matched: bool = False,
    has_exam: bool = False,
    has_cfia: bool = False,
) -> Ladder:
    """Return the ladder of a trip (ui design 3; domain 2).

    Args:
        customs: how far it got.
        regime: says what clears a shipment: entries or PARS.
        delivery: for a trip of which customs has said nothing.
        cleared: shipments whose broker's side is done.
        shipments: all shipments of the trip.
        holds: holds in force.
        is_answer_late: customs has been silent for five minutes.
        is_matched: every shipment is linked with the broker's release request (ACI), and none is set yet.
        has_exam: a shipment is to be examined.
        has_cfia: a shipment is released with a CFIA hold.
    """
    if customs is Customs.REFUSED:
        return Ladder(2.0, (3,), text("signs.ladder_refused"))
    if customs is Customs.CANCELLED:
        return Ladder(0.0, (), text("signs.ladder_cancelled"))
    if customs is Customs.NONE:
        is_sent = delivery is Delivery.NOT_SURE
        return Ladder(2.0 if is_sent else 1.0, (), text("signs.ladder_no_answer" if is_sent else "signs.ladder_none"))
    filled = _STEPS[customs]
    words = text(f"signs.ladder_{customs}")
    if customs is Customs.TRANSMITTED and (is_answer_late or delivery is Delivery.NOT_SURE):
        words = text("signs.ladder_no_answer")
    elif customs is Customs.ON_FILE and shipments and cleared >= shipments:
        filled, words = _STEPS[Customs.CLEARED], text("signs.ladder_cleared")
    elif customs is Customs.ON_FILE and cleared > 0 and shipments:
        filled += cleared / shipments
        words = text("signs.ladder_partly", cleared=cleared, shipments=shipments)
    elif customs is Customs.ON_FILE and is_matched and regime is Regime.ACI:
        words = text("signs.ladder_matched")
    added = [
        *([text("signs.holds", count=holds)] if holds > 0 else []),
        *([text("signs.ladder_exam")] if has_exam else []),
        *([text("signs.ladder_cfia")] if has_cfia else []),
    ]
    for more in added:
        words = text("signs.ladder_holds", word=words, holds=more)
    return Ladder(filled, (), words)


def paint_ladder(
    painter: QPainter, rect: QRect | QRectF, filled: float, marks: Collection[int], colours: Colours
) -> None:
    """Paint the six segments at the left of `rect`, in the middle of its height.

    Args:
        painter: where.
        rect: the room; `LADDER_SIZE` is what it takes.
        filled: 0 to 6; segments 1-3 are slate, 4-6 good.
        marks: numbers of segments (from 1) struck with a cross: returned.
        colours: the colours in force.
    """
    area = QRectF(rect)
    top = round(area.center().y() - _SEGMENT.height() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(1, SEGMENTS + 1):
        left = round(area.left()) + (number - 1) * (_SEGMENT.width() + _GAP)
        segment = QRectF(left, top, _SEGMENT.width(), _SEGMENT.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.stop if number in marks else colours.track)
        painter.drawRoundedRect(segment, 1.5, 1.5)
        part = min(1.0, max(0.0, filled - (number - 1)))
        if number in marks:
            painter.setPen(QPen(colours.surface, 1.2))
            middle = segment.center()
            painter.drawLine(middle + QPointF(-1.7, -1.7), middle + QPointF(1.7, 1.7))
            painter.drawLine(middle + QPointF(-1.7, 1.7), middle + QPointF(1.7, -1.7))
        elif part > 0:
            painter.setBrush(colours.slate if number <= SEGMENTS // 2 else colours.good)
            painter.setClipRect(QRectF(left, top, _SEGMENT.width() * part, _SEGMENT.height()))
            painter.drawRoundedRect(segment, 1.5, 1.5)
            painter.setClipping(False)
    painter.restore()
