"""Derives where a trip stands from everything that was heard of it, in any order (reliability 4.4).

Nothing here is stored: the state is recomputed from the frames. Equal messages count once, the order comes from the
messages themselves, and a code that is not understood never moves a known state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.crossing.news import CANCEL_REQUESTS, FIRST_REQUESTS, Fact, News, Objection, What, Who, canonical, read
from desktop.crossing.objection import CrossingError, located
from desktop.crossing.shipment import CLEARED, RELEASED, Gathering, ShipmentState
from desktop.domain.documents import JSON
from desktop.domain.lifecycle import Customs, Regime


@dataclass(frozen=True, slots=True)
class Heard:
    """One received message.

    Attributes:
        frame_id: the stored frame.
        received_at: our own receipt (UTC).
        value: its JSON value.
    """

    frame_id: str
    received_at: datetime
    value: JSON


@dataclass(frozen=True, slots=True)
class CrossingEvent:
    """One thing that happened, for the history."""

    frame_id: str
    at: datetime
    what: str
    number: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a trip stands with customs.

    Attributes:
        regime: whose customs.
        customs: how far it got.
        shipments: by control number, in the order asked for.
        errors: what customs and the gateway object to and have not taken since.
        events: what happened, in order.
        on_file_at: our receipt (UTC) of the acceptance that put it on file; None while it is not.
        transmitted_at: when it was handed over for customs (UTC), as given.
        heard_at: our latest receipt of a word of customs (UTC).
        is_filed: whether customs accepted it and has not cancelled it.
        trip_holds: holds on the trip itself.
        has_short_review: CBSA warned that the time for its review is too short.
        unknown: codes and types that came and are not understood.
    """

    regime: Regime
    customs: Customs = Customs.NONE
    shipments: dict[str, ShipmentState] = field(default_factory=dict)
    errors: tuple[CrossingError, ...] = ()
    events: tuple[CrossingEvent, ...] = ()
    on_file_at: datetime | None = None
    transmitted_at: datetime | None = None
    heard_at: datetime | None = None
    is_filed: bool = False
    trip_holds: int = 0
    has_short_review: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def holds(self) -> int:
        """All holds, on the trip and on its shipments."""
        return self.trip_holds + sum(shipment.holds for shipment in self.shipments.values())

    @property
    def cleared(self) -> int:
        """How many shipments are cleared."""
        return sum(shipment.clearance in CLEARED for shipment in self.shipments.values())


def fold(
    regime: Regime,
    heard: Sequence[Heard],
    shipments: Sequence[str],
    transmitted_at: datetime | None = None,
    *,
    trip: str = "",
) -> Crossing:
    """Return where a trip stands.

    Args:
        regime: whose customs.
        heard: every message that names the trip or one of its shipments, in any order, repeats included.
        shipments: the trip's control numbers, in the document's order.
        transmitted_at: when the trip was last handed over for customs (UTC); None while it was not.
        trip: the trip's number: what a message says of another trip is not applied, only what it says of a shipment.
    """
    gathering = _Gathering(regime, shipments, transmitted_at)
    for news, first in _in_order(heard):
        gathering.take(news, first, is_other=bool(trip and news.trip and news.trip != trip))
    return gathering.crossing()


def _in_order(heard: Iterable[Heard]) -> list[tuple[News, Heard]]:
    """Return each different message once, with its earliest receipt, in the order its content gives."""
    first: dict[str, Heard] = {}
    for one in heard:
        key = canonical(one.value)
        kept = first.get(key)
        if kept is None or (one.received_at, one.frame_id) < (kept.received_at, kept.frame_id):
            first[key] = one
    pairs = [(news, one) for one in first.values() if (news := read(one.value)) is not None]
    return sorted(pairs, key=lambda pair: pair[0].order)


class _Gathering:
    """A trip while its messages are taken in."""

    def __init__(self, regime: Regime, shipments: Sequence[str], transmitted_at: datetime | None) -> None:
        self.regime = regime
        self.numbers = list(shipments)
        self.shipments = {number: Gathering(regime) for number in shipments}
        self.transmitted_at = transmitted_at
        self.events: list[CrossingEvent] = []
        self.customs_errors: list[CrossingError] = []
        self.gateway_errors: list[CrossingError] = []
        self.unknown: list[str] = []
        self.on_file_at: datetime | None = None
        self.heard_at: datetime | None = None
        self.refused_at: datetime | None = None
        self.cancelled_at: datetime | None = None
        self.is_filed = False
        self.is_arrived = False
        self.is_released = False
        self.trip_holds = 0
        self.has_short_review = False
        self.is_understood = False

    def take(self, news: News, first: Heard, *, is_other: bool) -> None:
        """Take in one message; `is_other`: it names another trip."""
        if news.is_from_customs:
            self.heard_at = max(self.heard_at or first.received_at, first.received_at)
        for fact in news.facts:
            if self._concerns(fact, news, is_other=is_other):
                self._take(fact, first)
                self.events.append(CrossingEvent(first.frame_id, first.received_at, fact.what, fact.number, fact.code))
        if not is_other:
            self._object(news.objections, first)

    def _concerns(self, fact: Fact, news: News, *, is_other: bool) -> bool:
        if is_other and (
            not fact.number or fact.what in {What.ACCEPTED, What.ACCEPTED_NONE, What.REFUSED, What.ARRIVED}
        ):
            return False
        if not fact.number or fact.number in self.shipments:
            return True
        return fact.what is What.ARRIVED and bool(news.trip)  # else a shipment that is no longer on this trip

    def _take(self, fact: Fact, first: Heard) -> None:
        what = fact.what
        if what is What.ACCEPTED_NONE:
            what = What.NOT_UNDERSTOOD if self.numbers else What.ACCEPTED
            fact = replace(fact, what=what)
        if what is What.NOT_UNDERSTOOD:
            self.unknown.append(fact.code or fact.request)
        elif what not in {What.GATEWAY_TOOK, What.GATEWAY_REFUSED}:
            self.is_understood = True
        if what is What.GATEWAY_TOOK:
            self.gateway_errors.clear()
        elif what is What.ARRIVED:
            self.is_arrived, self.refused_at = True, None
        elif fact.number:
            self.shipments[fact.number].take(fact)
        elif what in {What.ACCEPTED, What.REFUSED}:
            self._answered(fact, first)
        elif what is What.TRIP_RELEASED:
            self.is_arrived = self.is_released = True
            self.trip_holds, self.refused_at = 0, None
        elif what is What.TRIP_HELD:
            self.trip_holds = 1
        self.has_short_review |= what is What.SHORT_REVIEW

    def _answered(self, fact: Fact, first: Heard) -> None:
        is_cancel = fact.request in CANCEL_REQUESTS
        if fact.what is What.REFUSED:
            if not is_cancel:  # a refused cancellation leaves the trip as it was
                self.refused_at = first.received_at
            return
        self.customs_errors.clear()
        self.refused_at = None
        if is_cancel:
            self._cancelled(first)
            return
        if fact.request in FIRST_REQUESTS and self.cancelled_at is not None:
            self.is_arrived = self.is_released = False
        self.cancelled_at = None
        if not self.is_filed:
            self.on_file_at = first.received_at
        self.is_filed = True
        for shipment in self.shipments.values():
            shipment.is_refused = False

    def _cancelled(self, first: Heard) -> None:
        self.cancelled_at = first.received_at
        self.on_file_at = None
        self.is_filed = self.is_arrived = self.is_released = False
        self.trip_holds, self.has_short_review = 0, False

    def _object(self, objections: Iterable[Objection], first: Heard) -> None:
        for one in objections:
            errors = self.gateway_errors if one.who is Who.GATEWAY else self.customs_errors
            errors.append(located(one, self.regime, self.numbers, first.received_at, first.frame_id))

    def crossing(self) -> Crossing:
        """Return where the trip stands after all of it."""
        states = {number: shipment.state() for number, shipment in self.shipments.items()}
        customs = self._customs(states)
        is_answered = customs is not Customs.TRANSMITTED
        return Crossing(
            regime=self.regime,
            customs=customs,
            shipments=states,
            errors=(*(self.customs_errors if is_answered else ()), *self.gateway_errors),
            events=tuple(self.events),
            on_file_at=self.on_file_at,
            transmitted_at=self.transmitted_at,
            heard_at=self.heard_at,
            is_filed=self.is_filed,
            trip_holds=self.trip_holds,
            has_short_review=self.has_short_review,
            unknown=tuple(self.unknown),
        )

    def _customs(self, states: dict[str, ShipmentState]) -> Customs:
        if self.cancelled_at is not None:
            return Customs.TRANSMITTED if self._is_sent_since(self.cancelled_at) else Customs.CANCELLED
        if self.refused_at is not None:
            return Customs.TRANSMITTED if self._is_sent_since(self.refused_at) else Customs.REFUSED
        if self.is_released:
            return Customs.RELEASED
        words = {state.clearance for state in states.values()}
        if self.is_filed and words and words <= RELEASED and self.regime is Regime.ACI:
            return Customs.RELEASED  # CBSA has no word for the trip; its shipments speak for it
        if self.is_arrived:
            return Customs.ARRIVED
        if self.is_filed:
            return Customs.CLEARED if words and words <= CLEARED else Customs.ON_FILE
        if self.unknown and not self.is_understood:
            return Customs.UNKNOWN
        return Customs.TRANSMITTED if self.transmitted_at is not None else Customs.NONE

    def _is_sent_since(self, moment: datetime) -> bool:
        return self.transmitted_at is not None and self.transmitted_at > moment
