"""Derives where a trip stands from everything that was heard of it, in any order (reliability 4.4).

Nothing here is stored: the state is recomputed from the frames. Equal messages count once, the order comes from the
messages themselves, and a code that is not understood never moves a known state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from desktop.crossing.meaning import CANCEL_REQUESTS, CHANGE_REQUESTS, FIRST_REQUESTS, What
from desktop.crossing.news import Fact, News, Objection, Who, canonical, read, strange
from desktop.crossing.objection import CrossingError, located
from desktop.crossing.proof import Handed, Proof
from desktop.crossing.shipment import CLEARED, RELEASED, Gathering, ShipmentState
from desktop.domain.documents import JSON
from desktop.domain.lifecycle import Clearance, Customs, Regime


@dataclass(frozen=True)
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

    @cached_property
    def key(self) -> str:
        """The same text for equal messages."""
        return canonical(self.value)

    @cached_property
    def news(self) -> News | None:
        """What it says; None where neither customs nor the gateway speaks of filings in it. Read once, kept with it."""
        return read(self.value) or strange(self.value)


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
        pending_since: when it was handed over for customs (UTC) with no answer since; None where nothing is asked.
        first_at: when its story began here (UTC): handed over, or the first word of it.
        latest_at: our latest receipt of anything about it (UTC).
        accepted: how many shipments customs said it took, where that is less than were handed over; else None.
        proofs: what each statement rests on: `on_file`, `refused`, `cancelled`, `arrived`, `released`, `trip_hold`,
            `short_review`, `unknown` (said of the trip), `other` (said of a number that is not on it) and `nameless`
            (said of a shipment that is not named).
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
    pending_since: datetime | None = None
    first_at: datetime | None = None
    latest_at: datetime | None = None
    accepted: int | None = None
    proofs: Mapping[str, Proof] = field(default_factory=dict)

    @property
    def holds(self) -> int:
        """All holds, on the trip and on its shipments."""
        return self.trip_holds + sum(shipment.holds for shipment in self.shipments.values())

    @property
    def cleared(self) -> int:
        """How many shipments are cleared, whatever holds stand beside that."""
        return sum(shipment.is_cleared for shipment in self.shipments.values())

    @property
    def is_before_arrival(self) -> bool:
        """Whether customs has it and no word says that the truck got there."""
        return self.is_filed and not {"released", "arrived"} & set(self.proofs)

    @property
    def is_matched(self) -> bool:
        """Whether CBSA linked every shipment with the broker's release request, and no more is known."""
        words = {shipment.clearance for shipment in self.shipments.values()}
        return words == {Clearance.MATCHED}


def fold(
    regime: Regime,
    heard: Sequence[Heard],
    shipments: Sequence[str],
    transmitted_at: datetime | None = None,
    *,
    trip: str = "",
    handed: Sequence[Handed] = (),
) -> Crossing:
    """Return where a trip stands.

    Args:
        regime: whose customs.
        heard: every message that names the trip or one of its shipments, in any order, repeats included.
        shipments: the trip's control numbers at their places in the document, empty where one has none.
        transmitted_at: when the trip was last handed over for customs (UTC); None while it was not.
        trip: the trip's number: what a message says of another trip is not applied, only what it says of a shipment.
        handed: each time it was handed over; without them the last time alone is known.
    """
    known = tuple(handed) or ((Handed(transmitted_at),) if transmitted_at is not None else ())
    gathering = _Gathering(regime, shipments, transmitted_at, known)
    for news, first in _in_order(heard):
        gathering.take(news, first, is_other=bool(trip and news.trip and news.trip.casefold() != trip.casefold()))
    return gathering.crossing()


def _in_order(heard: Iterable[Heard]) -> list[tuple[News, Heard]]:
    """Return each different message once, with its earliest receipt, in the order its content gives."""
    first: dict[str, Heard] = {}
    for one in heard:
        kept = first.get(one.key)
        if kept is None or (one.received_at, one.frame_id) < (kept.received_at, kept.frame_id):
            first[one.key] = one
    pairs = [(one.news, one) for one in first.values() if one.news is not None]
    return sorted(pairs, key=lambda pair: pair[0].order)


_ANSWERS: Final = frozenset({What.ACCEPTED, What.ACCEPTED_NONE, What.REFUSED})
_GRAVE: Final = frozenset({What.HOLD, What.HOLD_OFF, What.EXAM, What.REFUSED, What.RNS_ERROR, What.NOT_UNDERSTOOD})
_NEVER_OF_TRIP: Final = frozenset(
    {What.HOLD, What.HOLD_OFF, What.EXAM, What.RNS_ERROR, What.NOT_SET, What.NOT_MATCHED, What.RELEASED_CFIA}
)
"""What is said of a shipment; where none is named, it may be any of the trip's."""


class _Gathering:
    """A trip while its messages are taken in."""

    def __init__(
        self, regime: Regime, shipments: Sequence[str], transmitted_at: datetime | None, handed: Sequence[Handed]
    ) -> None:
        self.regime = regime
        self.places = list(shipments)
        self.numbers = [number for number in self.places if number]
        self.shipments = {number: Gathering(regime) for number in self.numbers}
        self.transmitted_at = transmitted_at
        self.handed = sorted(handed, key=lambda one: one.at)
        self._named = {number.casefold(): number for number in self.numbers}
        self._former = {number.casefold() for one in handed for number in one.numbers or ()}
        self.events: list[CrossingEvent] = []
        self.customs_errors: list[CrossingError] = []
        self.gateway_errors: list[CrossingError] = []
        self.unknown: list[str] = []
        self.proofs: dict[str, Proof] = {}
        self.answers: list[tuple[datetime, str]] = []
        self.receipts: list[datetime] = []
        self.accepted: int | None = None
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
        self.is_customs_unclear = False

    def take(self, news: News, first: Heard, *, is_other: bool) -> None:
        """Take in one message; `is_other`: it names another trip."""
        self.receipts.append(first.received_at)
        if news.is_from_customs:
            self.heard_at = max(self.heard_at or first.received_at, first.received_at)
        for said in news.facts:
            fact = replace(said, number=self._named.get(said.number.casefold(), said.number))
            if self._concerns(fact, news, is_other=is_other):
                self._take(fact, Proof(first.frame_id, first.received_at, fact.code), is_customs=news.is_from_customs)
                self.events.append(CrossingEvent(first.frame_id, first.received_at, fact.what, fact.number, fact.code))
            elif fact.what in _GRAVE and news.trip and not is_other and fact.number.casefold() not in self._former:
                self.proofs.setdefault("other", Proof(first.frame_id, first.received_at, fact.number))
        if not is_other:
            self._object(news.objections, first)

    def _concerns(self, fact: Fact, news: News, *, is_other: bool) -> bool:
        if is_other and (not fact.number or fact.what in _ANSWERS | {What.ARRIVED}):
            return False
        if not fact.number or fact.number in self.shipments:
            return True
        return fact.what is What.ARRIVED and bool(news.trip)  # else a shipment that is no longer on this trip

    def _take(self, fact: Fact, proof: Proof, *, is_customs: bool) -> None:
        if fact.what is What.ACCEPTED_NONE:
            fact = replace(fact, what=What.NOT_UNDERSTOOD if self.numbers else What.ACCEPTED)
        what = fact.what
        if what is What.NOT_UNDERSTOOD:
            self._puzzled(fact, proof, is_customs=is_customs)
        elif what not in {What.GATEWAY_TOOK, What.GATEWAY_REFUSED}:
            self.is_understood = True
        if what is What.GATEWAY_TOOK:
            self.gateway_errors.clear()
        elif what is What.ARRIVED:
            self.is_arrived, self.refused_at = True, None
            self.proofs.setdefault("arrived", proof)
        elif what is What.SHORT_REVIEW:
            self.has_short_review, self.proofs["short_review"] = True, proof
        elif fact.number:
            self.shipments[fact.number].take(fact, proof)
        else:
            self._take_of_trip(fact, proof)

    def _take_of_trip(self, fact: Fact, proof: Proof) -> None:
        if fact.what in {What.ACCEPTED, What.REFUSED}:
            self._answered(fact, proof)
        elif fact.what is What.TRIP_RELEASED:
            self.is_arrived = self.is_released = True
            self.trip_holds, self.refused_at = 0, None
            self.proofs["released"] = proof
        elif fact.what is What.TRIP_HELD:
            self.trip_holds, self.proofs["trip_hold"] = 1, proof
        elif fact.what in _NEVER_OF_TRIP:
            self.proofs.setdefault("nameless", proof)

    def _puzzled(self, fact: Fact, proof: Proof, *, is_customs: bool) -> None:
        """Take note of what is not understood; an answer that is not understood is an answer all the same."""
        self.unknown.append(fact.code or fact.request)
        self.is_customs_unclear |= is_customs
        if not fact.number:
            self.proofs["unknown"] = Proof(proof.frame, proof.at, fact.code or fact.request)
            if is_customs and not fact.code:
                self.answers.append((proof.at, fact.request))

    def _answered(self, fact: Fact, proof: Proof) -> None:
        self.answers.append((proof.at, fact.request))
        is_cancel = fact.request in CANCEL_REQUESTS
        if fact.request in CHANGE_REQUESTS and self._stays_cancelled():
            return  # the late answer to a change that was asked before: nothing of it is on file again
        if fact.what is What.REFUSED:
            if not is_cancel:  # a refused cancellation leaves the trip as it was
                self.refused_at, self.proofs["refused"] = proof.at, proof
            return
        self.customs_errors.clear()
        self.refused_at = None
        if is_cancel:
            self._cancelled(proof)
            return
        if fact.request in FIRST_REQUESTS and self.cancelled_at is not None:
            self._not_at_the_border()
        self.cancelled_at = None
        if not self.is_filed:
            self.on_file_at, self.proofs["on_file"] = proof.at, proof
        self.is_filed = True
        if fact.request in CHANGE_REQUESTS:
            self.has_short_review = False
        self._filed(fact, proof)

    def _stays_cancelled(self) -> bool:
        """Tell whether customs cancelled the trip, and it was not handed over to be filed since."""
        cancelled_at = self.cancelled_at
        if cancelled_at is None or not self.handed:
            return False  # filed elsewhere: an accepted change is all that is heard of a new filing
        return not any(
            one.at >= cancelled_at and (not one.request or one.request in FIRST_REQUESTS) for one in self.handed
        )

    def _filed(self, fact: Fact, proof: Proof) -> None:
        """Take in which shipments came on file: those the trip was handed over with when this was asked."""
        asked = [one for one in self.handed if one.at <= proof.at and (not one.request or one.request == fact.request)]
        numbers = asked[-1].numbers if asked else None
        for number, shipment in self.shipments.items():
            if fact.is_bundle or self.regime is Regime.ACE:
                shipment.taken()
            if shipment.on_file_at is None and (numbers is None or number in numbers):
                shipment.on_file_at = proof.at
        if self.regime is Regime.ACE and fact.request in FIRST_REQUESTS and fact.count is not None:
            expected = len(self.numbers if numbers is None else numbers)
            self.accepted = fact.count if fact.count < expected else None

    def _cancelled(self, proof: Proof) -> None:
        self.cancelled_at, self.proofs["cancelled"] = proof.at, proof
        self.on_file_at = self.accepted = None
        self.is_filed = False
        self._not_at_the_border()
        self.trip_holds, self.has_short_review = 0, False
        for shipment in self.shipments.values():
            shipment.on_file_at = None

    def _not_at_the_border(self) -> None:
        self.is_arrived = self.is_released = False
        self.proofs.pop("arrived", None)
        self.proofs.pop("released", None)

    def _object(self, objections: Iterable[Objection], first: Heard) -> None:
        for one in objections:
            errors = self.gateway_errors if one.who is Who.GATEWAY else self.customs_errors
            errors.append(located(one, self.regime, self.places, first.received_at, first.frame_id))

    def crossing(self) -> Crossing:
        """Return where the trip stands after all of it."""
        states = {number: shipment.state() for number, shipment in self.shipments.items()}
        customs = self._customs(states)
        is_answered = customs is not Customs.TRANSMITTED
        began = [*self.receipts, *(one.at for one in self.handed)]
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
            pending_since=self._pending_since(),
            first_at=min(began, default=None),
            latest_at=max(self.receipts, default=None),
            accepted=self.accepted,
            proofs=dict(self.proofs),
        )

    def _pending_since(self) -> datetime | None:
        """Return since when an answer is due: nothing that came later answers what was asked last."""
        if not self.handed:
            return None
        last = self.handed[-1]
        is_answered = any(
            at >= last.at and (not last.request or not request or request == last.request)
            for at, request in self.answers
        )
        return None if is_answered else last.at

    def _customs(self, states: dict[str, ShipmentState]) -> Customs:
        if self.refused_at is not None:  # also of what was filed again after a cancellation, which takes a refusal back
            return Customs.TRANSMITTED if self._is_sent_since(self.refused_at) else Customs.REFUSED
        if self.cancelled_at is not None:
            return Customs.TRANSMITTED if self._is_sent_since(self.cancelled_at) else Customs.CANCELLED
        if self.is_released:
            return Customs.RELEASED
        words = {state.clearance for state in states.values()}
        if self.is_filed and words and words <= RELEASED and self.regime is Regime.ACI:
            return Customs.RELEASED  # CBSA has no word for the trip; its shipments speak for it
        if self.is_arrived:
            return Customs.ARRIVED
        if self.is_filed:
            return Customs.CLEARED if words and words <= CLEARED else Customs.ON_FILE
        if self.is_customs_unclear and not self.is_understood:
            return Customs.UNKNOWN
        return Customs.TRANSMITTED if self.transmitted_at is not None else Customs.NONE

    def _is_sent_since(self, moment: datetime) -> bool:
        return self.transmitted_at is not None and self.transmitted_at > moment
