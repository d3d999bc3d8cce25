"""What is wrong with a trip because something did not happen: an answer, an entry, a send, or listening.

Pure: everything known of a trip and the moment give what is so, and when to look again. Sources: reliability 4.5 (a
customs answer 15 minutes after a transmit), domain 8 (a broker 90 minutes before ETA), domain 1.2 (the hour).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.crossing.fold import Crossing
from desktop.crossing.gap import Gap
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import Clearance, Customs, Delivery, Regime
from desktop.domain.shipment import control_number, shipments_of

ANSWER_WITHIN: Final = timedelta(minutes=15)
"""So long after a transmit an answer of customs is expected (reliability 4.5)."""

BROKER_WITHIN: Final = timedelta(minutes=90)
"""So long before arrival the broker's side should be on file (domain 8)."""

SPARE: Final = timedelta(minutes=15)
"""So long before the last moment to send somebody is told."""

OVER: Final = timedelta(hours=12)
"""So long after its arrival nobody waits for a trip any more."""


class What(StrEnum):
    """What is wrong."""

    NO_ANSWER = "no_answer"
    NOT_CLEARED = "not_cleared"
    NOT_SENT = "not_sent"
    TOO_LATE = "too_late"  # the hour ends after the arrival
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a trip.

    Attributes:
        customs: how far it got with customs.
        delivery: how far it got to the gateway.
        eta: arrival (UTC); None where that is not known.
        transmitted_at: when it was last handed over for customs (UTC).
        is_answered: whether customs has answered that.
        is_filed: whether customs has it on file.
        booth_from: when the time customs wants has passed (UTC); None while it is not on file.
        missing: shipments whose broker's side is not known to be on file.
        gaps: times in which nobody listened since it was handed over.
        looked_at: when a person last looked for himself (UTC).
        review: how long before arrival customs wants it.
    """

    customs: Customs
    delivery: Delivery
    eta: datetime | None = None
    transmitted_at: datetime | None = None
    is_answered: bool = False
    is_filed: bool = False
    booth_from: datetime | None = None
    missing: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    looked_at: datetime | None = None
    review: timedelta = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is wrong.

    Attributes:
        what: which.
        at: since when it is so (UTC).
        number: the shipment it is about; empty for the whole trip.
        gap: for `GAP`, the time in which nobody listened.
    """

    what: What
    at: datetime
    number: str = ""
    gap: Gap | None = None


WITH_CUSTOMS: Final = frozenset(
    {Customs.TRANSMITTED, Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED, Customs.UNKNOWN}
)
"""Where word of customs may change what the driver is told."""

MISSING: Final = frozenset({Clearance.NONE, Clearance.UNKNOWN, Clearance.MATCHED, Clearance.NOT_MATCHED})
"""Clearances that say nothing of the broker's side; holds, exams and refusals are told by customs itself."""

_NO_ENTRY: Final = "INTANGIBLES"
"""A type of shipment that gets no entry number (domain 4.2): no broker is waited for."""

_NOT_OUT: Final = frozenset({Delivery.NOT_SENT, Delivery.REFUSED})


def missing(crossing: Crossing, document: JSONObject) -> tuple[str, ...]:
    """Return the shipments whose broker's side is not known to be on file, though one is needed."""
    without = {
        control_number(row, Regime.ACE)
        for row in shipments_of(document)
        if is_object(row) and row.get("type") == _NO_ENTRY
    }
    return tuple(
        number
        for number, one in crossing.shipments.items()
        if number and one.clearance in MISSING and not one.is_cleared and number not in without
    )


def alerts(standing: Standing, now: datetime) -> tuple[tuple[Alert, ...], datetime | None]:
    """Return what is wrong with a trip at `now`, and the next moment at which that may change by itself."""
    if standing.eta is not None and now >= standing.eta + OVER:
        return (), None
    found = tuple(_found(standing, now))
    later = sorted(moment for moment in _moments(standing) if moment > now)
    return found, later[0] if later else None


def _found(standing: Standing, now: datetime) -> Iterator[Alert]:
    eta, sent = standing.eta, standing.transmitted_at
    if waits(standing) and sent is not None and now >= sent + ANSWER_WITHIN:
        yield Alert(What.NO_ANSWER, sent + ANSWER_WITHIN)
    if eta is not None:
        near = eta - BROKER_WITHIN
        if standing.is_filed and standing.customs in WITH_CUSTOMS and now >= near:
            yield from (Alert(What.NOT_CLEARED, near, number) for number in standing.missing)
        last = eta - standing.review
        if _is_out(standing) and last - SPARE <= now < eta:
            yield Alert(What.NOT_SENT, last - SPARE)
        booth = standing.booth_from if standing.customs in WITH_CUSTOMS else None
        if booth is not None and booth > max(eta, now):
            yield Alert(What.TOO_LATE, booth - standing.review)
    yield from _missed(standing)


def _missed(standing: Standing) -> Iterable[Alert]:
    """Return the newest time in which word of customs may have come and gone, and nobody looked since."""
    if standing.customs not in WITH_CUSTOMS:
        return ()
    open_ones = [gap for gap in standing.gaps if _is_unseen(gap, standing.looked_at)]
    return [Alert(What.GAP, gap.until, gap=gap) for gap in open_ones[-1:] if gap.until is not None]


def _is_unseen(gap: Gap, looked_at: datetime | None) -> bool:
    return gap.until is not None and (looked_at is None or looked_at < gap.until)


def waits(standing: Standing) -> bool:
    """Tell whether customs owes an answer."""
    return (
        standing.transmitted_at is not None
        and not standing.is_answered
        and standing.customs not in {Customs.ARRIVED, Customs.RELEASED, Customs.CANCELLED}
    )


def _is_out(standing: Standing) -> bool:
    """Tell whether a trip that should be with customs is not: never sent, or refused on the way."""
    return standing.customs is Customs.NONE and standing.delivery in _NOT_OUT


def _moments(standing: Standing) -> Iterator[datetime]:
    if waits(standing) and standing.transmitted_at is not None:
        yield standing.transmitted_at + ANSWER_WITHIN
    if standing.booth_from is not None:
        yield standing.booth_from
    if standing.eta is not None:
        yield standing.eta - BROKER_WITHIN
        yield standing.eta - standing.review - SPARE
        yield standing.eta
        yield standing.eta + OVER
