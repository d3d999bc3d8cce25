"""Plans how a shipment comes from one trip to another: two trips in one plan (domain 5.5, "linked to another trip").

CBSA: take it off the old trip, tell customs, wait until that was accepted, then the new trip. No source documents a
shorter way for CBP than to cancel both trips, so that is left to the user.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from desktop.delivery.planner import AMEND, ARRIVED, CANCEL, ON_FILE, blocked_by_state, filing
from desktop.delivery.planner_parts import (
    CUSTOMS,
    NOTHING_SENT,
    Plan,
    Reason,
    Sent,
    Step,
    changed_parts,
    changed_reasons,
    is_same,
    numbers_in,
    request,
    upload,
)
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Customs, Regime

ACI: Final = Regime.ACI


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two trips.

    Attributes:
        document: the trip as it will be once the shipment has changed places.
        known: how far it got with customs.
        sent: what went out for it before.
    """

    document: JSONObject
    known: Customs
    sent: Sent = NOTHING_SENT

    @property
    def is_on_file(self) -> bool:
        """Whether customs has it."""
        return self.known in ON_FILE or (self.sent.is_filed and self.known is not Customs.CANCELLED)

    @property
    def before(self) -> JSONObject:
        """What customs has of it, as far as that is known."""
        return self.sent.filed or self.sent.document or {}


def plan_move(regime: Regime, number: str, old: Side, new: Side) -> Plan:
    """Return what brings a shipment to another trip.

    Args:
        regime: whose customs.
        number: the shipment's control number.
        old: the trip it leaves, without it.
        new: the trip it comes to, with it.
    """
    if regime is Regime.ACE:
        return Plan(blocked="delivery.blocked.move_ace")
    if number in numbers_in(regime, old.document) or number not in numbers_in(regime, new.document):
        return Plan(blocked="delivery.blocked.move_nothing")
    for side, is_other in ((old, True), (new, False)):
        blocked = _blocked(side, number, is_other=is_other)
        if blocked:
            return Plan(blocked=blocked, is_other_blocked=is_other)
    first = [replace(step, is_other=True) for step in _leaving(old)]
    then = _arriving(new, number)
    if not first:
        return Plan(tuple(then), "", ("delivery.consequence.move_plain", *_clock(new)))
    then[0] = replace(then[0], waits_for=CUSTOMS)
    told = ["move"] if first[-1].type == AMEND[ACI] else ["move_cancels"]
    told += ["move_waits", *(["move_amends"] if new.is_on_file else [])]
    return Plan((*first, *then), "", (*(f"delivery.consequence.{name}" for name in told), *_clock(new)))


def _clock(new: Side) -> tuple[str, ...]:
    return ("delivery.consequence.move_clock",) if new.is_on_file else ("delivery.consequence.clock_starts",)


def _blocked(side: Side, number: str, *, is_other: bool) -> str:
    by_state = blocked_by_state(side.known, side.sent)
    if by_state:
        return by_state
    if side.known in ARRIVED:
        return "delivery.blocked.arrived_bsf673"
    if not side.is_on_file:
        return ""
    ours = set(numbers_in(ACI, side.document)) ^ {number}
    if set(numbers_in(ACI, side.before)) != ours or "trip_number" in changed_parts(ACI, side.before, side.document):
        return f"delivery.blocked.move_{'old' if is_other else 'new'}_changed"
    return ""


def _leaving(old: Side) -> list[Step]:
    """Return what takes it off the old trip: nothing where customs has none of that."""
    if not old.is_on_file:
        return []
    if not numbers_in(ACI, old.document):
        return [request(ACI, CANCEL[ACI], "cancel", number=old.sent.number)]
    is_held = old.sent.document is not None and is_same(old.document, old.sent.document)
    uploads = [] if is_held else [upload(ACI, "UPDATE")]
    return [*uploads, request(ACI, AMEND[ACI], "amend", reasons=frozenset({Reason.TRIP}))]


def _arriving(new: Side, number: str) -> list[Step]:
    """Return what brings it to the new trip; the gateway already has it, under the old one."""
    if new.is_on_file:
        reasons = changed_reasons(ACI, new.before, new.document) | {Reason.SHIPMENT}
        return [upload(ACI, "UPDATE"), request(ACI, AMEND[ACI], "amend", reasons=reasons)]
    steps = filing(ACI, new.document, new.sent, hold=False).steps
    return [replace(step, stored=step.stored | {number}) if step.operation == "CREATE" else step for step in steps]
