"""Plans what a Send brings out: which messages, in which order, and what they mean; or why nothing can go.

Sources: domain 4.8 (ACE), 5.6 (ACI) and 8; protocol 2 and 7. What no source documents is blocked with a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.delivery.attempt import Way
from desktop.domain.documents import JSON, JSONObject
from desktop.domain.left_out import sent_form
from desktop.domain.lifecycle import Customs, Delivery, Regime
from desktop.protocol import kinds

ENVELOPE: Final = frozenset({"data", "sendId", "companyKey", "operation", "autoSend"})
"""Members that are set anew for each send and are no change of the document."""

_FIRST: Final = {Regime.ACE: "COMPLETE_TRIP_AND_SHIPMENTS", Regime.ACI: "ORIGINAL"}
_AMEND: Final = {Regime.ACE: "AMEND_TRIP_AND_SHIPMENTS", Regime.ACI: "AMEND"}
_CANCEL: Final = {Regime.ACE: "CANCEL_TRIP_AND_SHIPMENTS", Regime.ACI: "CANCEL"}
_NUMBER: Final = {Regime.ACE: "shipmentControlNumber", Regime.ACI: "cargoControlNumber"}
_ON_FILE: Final = frozenset({Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED})
_ARRIVED: Final = frozenset({Customs.ARRIVED, Customs.RELEASED})


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out for a trip before.

    Attributes:
        document: what the gateway holds: the newest document it took; None where it has none of this trip.
        delivery: the user's word for the newest version's rows.
        is_filed: whether customs ever accepted this trip, whatever it said of later requests.
        refused: what customs refused, where it refused last: the document of then; else None.
    """

    document: JSONObject | None = None
    delivery: Delivery = Delivery.NOT_SENT
    is_filed: bool = False
    refused: JSONObject | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a Send would do.

    Attributes:
        steps: messages in their order; each waits until the one before was taken. Empty where it is blocked.
        blocked: key of the sentence that says why nothing can go; empty where something can.
        consequences: keys of sentences that say what it means.
    """

    steps: tuple[Step, ...] = ()
    blocked: str = ""
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a plan.

    Attributes:
        way: upload or send request.
        operation: CREATE or UPDATE of an upload; empty for a send request.
        type: type of a send request; empty for an upload.
        data: wire type of the message.
        text_key: key of the line that says what it does.
    """

    way: Way
    operation: str
    type: str
    data: str
    text_key: str


def plan(
    regime: Regime,
    document: JSONObject,
    known: Customs,
    sent: Sent = Sent(),
    *,
    hold: bool = False,
    trip_reason: str = "",
    shipment_reason: str = "",
) -> Plan:
    """Return what Send does for a trip.

    Args:
        regime: whose customs.
        document: the trip as it is now.
        known: how far it got with customs.
        sent: what went out before.
        hold: upload only; customs is asked later.
        trip_reason: ACI reason code of the trip's change; without one or the other nothing is amended.
        shipment_reason: the same of its shipments.
    """
    blocked = _blocked_by_state(known, sent)
    if blocked:
        return Plan(blocked=blocked)
    if sent.document is None:
        return _filing(regime, "CREATE", hold=hold)
    changed = _without_envelope(document) != _without_envelope(sent.document)
    if known in _ON_FILE or sent.is_filed:
        return _change(regime, document, sent.document, hold=hold, reasons=bool(trip_reason or shipment_reason))
    if sent.refused is not None and _without_envelope(document) == _without_envelope(sent.refused):
        return Plan(blocked="delivery.blocked.unchanged_after_refusal")
    return _filing(regime, "UPDATE" if changed else "", hold=hold)


def plan_update(regime: Regime, *, hold: bool = False) -> Plan:
    """Return what sends a trip as a change although nobody knows whether its first upload arrived: a user decided so.

    A full replacement comes to the same whether it did or not (reliability 3.2).
    """
    return _filing(regime, "UPDATE", hold=hold)


def _blocked_by_state(known: Customs, sent: Sent) -> str:
    if sent.delivery is Delivery.NOT_SURE:
        return "delivery.blocked.not_sure"
    if sent.delivery is Delivery.SENDING:
        return "delivery.blocked.sending"
    if known is Customs.TRANSMITTED:
        return "delivery.blocked.waiting_for_customs"
    if known is Customs.UNKNOWN:
        return "delivery.blocked.customs_unknown"
    if known is Customs.CANCELLED:
        return "delivery.blocked.cancelled"
    return "delivery.blocked.arrived" if known in _ARRIVED else ""


def _upload(regime: Regime, operation: str) -> Step:
    data = kinds.ACE_TRIP if regime is Regime.ACE else kinds.ACI_TRIP
    return Step(Way.UPLOAD, operation, "", data, f"delivery.step.upload_{operation.lower()}")


def _request(regime: Regime, request: str, name: str) -> Step:
    data = kinds.ACE_SEND_REQUEST if regime is Regime.ACE else kinds.ACI_SEND_REQUEST
    return Step(Way.SEND_REQUEST, "", request, data, f"delivery.step.{name}_{regime.lower()}")


def _filing(regime: Regime, operation: str, *, hold: bool) -> Plan:
    steps = [_upload(regime, operation)] if operation else []
    if hold:
        return (
            Plan(tuple(steps), "", ("delivery.consequence.held",))
            if steps
            else Plan(blocked="delivery.blocked.nothing_changed")
        )
    steps.append(_request(regime, _FIRST[regime], "file"))
    return Plan(tuple(steps), "", ("delivery.consequence.clock_starts",))


def _change(regime: Regime, document: JSONObject, before: JSONObject, *, hold: bool, reasons: bool) -> Plan:
    changes = changed_parts(regime, before, document)
    if not changes:
        return Plan(blocked="delivery.blocked.nothing_changed")
    if "trip_number" in changes:
        return Plan(blocked="delivery.blocked.trip_number")
    if regime is Regime.ACE and "arrival_date" in changes:
        return Plan(blocked="delivery.blocked.ace_date")
    if "shipments" in changes:
        return Plan(blocked=f"delivery.blocked.shipments_{regime.lower()}")
    if regime is Regime.ACI and not reasons:
        return Plan(blocked="delivery.blocked.aci_reason")
    steps = [_upload(regime, "UPDATE")]
    if hold:
        return Plan(tuple(steps), "", ("delivery.consequence.held",))
    steps.append(_request(regime, _AMEND[regime], "amend"))
    return Plan(tuple(steps), "", ("delivery.consequence.amend",))


def plan_cancel(regime: Regime, known: Customs, sent: Sent = Sent()) -> Plan:
    """Return what Cancel does for a trip: asks customs to withdraw it (domain 4.8, 5.6)."""
    if known in _ARRIVED:
        return Plan(blocked=f"delivery.blocked.cancel_arrived_{regime.lower()}")
    blocked = _blocked_by_state(known, sent)
    if blocked:
        return Plan(blocked=blocked)
    if known not in _ON_FILE and not sent.is_filed:
        return Plan(blocked="delivery.blocked.nothing_on_file")
    return Plan((_request(regime, _CANCEL[regime], "cancel"),), "", ("delivery.consequence.cancel",))


def changed_parts(regime: Regime, before: JSONObject, after: JSONObject) -> frozenset[str]:
    """Return which parts differ, as far as they decide the way of a change.

    `trip_number`, `arrival_date` (the day, not the hour), `shipments` (another set of control numbers), `other`.
    """
    parts = set()
    old, new = _without_envelope(before), _without_envelope(after)
    if old == new:
        return frozenset()
    if old.get("tripNumber") != new.get("tripNumber"):
        parts.add("trip_number")
    if _day(old) != _day(new):
        parts.add("arrival_date")
    if _numbers(regime, old) != _numbers(regime, new):
        parts.add("shipments")
    return frozenset(parts or {"other"})


def _day(document: JSONObject) -> str:
    return kinds.text_at(document, "estimatedArrivalDateTime")[:10]


def _numbers(regime: Regime, document: JSONObject) -> list[str]:
    shipments = document.get("shipments")
    found = shipments if isinstance(shipments, list) else []
    return sorted(kinds.text_at(one, _NUMBER[regime]) for one in found if isinstance(one, dict))


def _without_envelope(document: JSONObject) -> JSONObject:
    bare: JSONObject = {name: value for name, value in sent_form(document).items() if name not in ENVELOPE}
    shipments: JSON = bare.get("shipments")
    if isinstance(shipments, list):
        bare["shipments"] = [
            {name: value for name, value in one.items() if name not in ENVELOPE} if isinstance(one, dict) else one
            for one in shipments
        ]
    return bare


_USED_WORDS: Final = ("already used", "must be unique", "already exists")
_ON_FILE_WORDS: Final = ("already on file", "do not resend")


def next_step(delivery: Delivery, objections: Iterable[str]) -> str:
    """Return the key of the sentence that says what to do after a send that did not simply succeed; else empty.

    Args:
        delivery: the user's word for what was sent.
        objections: what the gateway or customs wrote, word for word.
    """
    if delivery is Delivery.NOT_SURE:
        return "delivery.next.decide"
    if delivery is Delivery.SENDING:
        return "delivery.next.wait"
    texts = [text.lower() for text in objections]
    if any(words in text for text in texts for words in _USED_WORDS):
        return "delivery.next.number_used"
    if any(words in text for text in texts for words in _ON_FILE_WORDS):
        return "delivery.next.already_on_file"
    return "delivery.next.correct" if texts or delivery is Delivery.REFUSED else ""
