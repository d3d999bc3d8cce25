"""What plans are made of, and which parts of a trip differ as far as they decide the way of a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.delivery.attempt import Way
from desktop.domain.documents import JSON, JSONObject
from desktop.domain.left_out import sent_form
from desktop.domain.lifecycle import Delivery, Regime
from desktop.domain.shipment import NUMBER
from desktop.protocol import kinds

ENVELOPE: Final = frozenset({"data", "sendId", "companyKey", "operation", "autoSend"})
"""Members that are set anew for each send and are no change of the document."""

CUSTOMS: Final = "customs"
"""What a step may wait for beyond the gateway: that customs accepted what the step before asked."""


class Intent(StrEnum):
    """What a user wants of a trip."""

    SEND = "send"
    CANCEL = "cancel"
    MOVE = "move"


class Reason(StrEnum):
    """Which of CBSA's two reason codes a request carries (protocol 7)."""

    TRIP = "trip"
    SHIPMENT = "shipment"


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out for a trip before.

    Attributes:
        document: what the gateway holds: the newest document it took; None where it has none of this trip.
        delivery: the user's word for the newest version's rows.
        is_filed: whether customs ever accepted this trip, whatever it said of later requests.
        refused: what customs refused, where it refused last: the document of then; else None.
        filed: what customs has: the document of the last request it accepted; None where that is not known apart.
        number: the number the gateway and customs know the trip by; empty: as in the document.
        is_given_up: a person has given up asking what became of a message nobody is sure of.
        is_cancelling: customs was asked to cancel, and nobody knows its answer.
        is_asking: customs was asked for something a moment ago, and its answer is due.
        is_other_way: customs refused the last filing because it has the trip already, or the last change because it has
            not.
        may_cancel_again: that was given up, or so long ago that a person may ask once more: cancelling twice cancels.
    """

    document: JSONObject | None = None
    delivery: Delivery = Delivery.NOT_SENT
    is_filed: bool = False
    refused: JSONObject | None = None
    filed: JSONObject | None = None
    number: str = ""
    is_given_up: bool = False
    is_cancelling: bool = False
    is_asking: bool = False
    is_other_way: bool = False
    may_cancel_again: bool = False


NOTHING_SENT: Final = Sent()
"""Of a trip of which nothing ever went out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a plan.

    Attributes:
        way: upload or send request.
        operation: CREATE or UPDATE of an upload; empty for a send request.
        type: type of a send request; empty for an upload.
        data: wire type of the message.
        text_key: key of the line that says what it does.
        number: the trip it names; empty: the number in the document.
        waits_for: `CUSTOMS`: it goes only after customs accepted what the step before asked; empty: after the gateway
            took that step.
        is_other: it is about the other trip of a move: the one the shipment leaves.
        stored: shipments the gateway already has under another trip number: in a CREATE they go as UPDATE.
        reasons: which reason codes it carries.
    """

    way: Way
    operation: str
    type: str
    data: str
    text_key: str
    number: str = ""
    waits_for: str = ""
    is_other: bool = False
    stored: frozenset[str] = frozenset()
    reasons: frozenset[Reason] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a Send would do.

    Attributes:
        steps: messages in their order; each waits until the one before was taken. Empty where it is blocked.
        blocked: key of the sentence that says why nothing can go; empty where something can.
        consequences: keys of sentences that say what it means.
        is_other_blocked: the sentence is about the other trip of a move.
    """

    steps: tuple[Step, ...] = ()
    blocked: str = ""
    consequences: tuple[str, ...] = ()
    is_other_blocked: bool = False

    @property
    def reasons(self) -> frozenset[Reason]:
        """Which reason codes have to be chosen before it can go."""
        return frozenset().union(*(step.reasons for step in self.steps))


def upload(regime: Regime, operation: str, *, stored: frozenset[str] = frozenset()) -> Step:
    """Return the step that hands a trip to the gateway."""
    data = kinds.ACE_TRIP if regime is Regime.ACE else kinds.ACI_TRIP
    return Step(Way.UPLOAD, operation, "", data, f"delivery.step.upload_{operation.lower()}", stored=stored)


def request(
    regime: Regime, kind: str, name: str, *, number: str = "", reasons: frozenset[Reason] = frozenset()
) -> Step:
    """Return the step that asks customs for something.

    Args:
        regime: whose customs.
        kind: the wire's type of request.
        name: how its line is called: file, amend or cancel.
        number: the trip it names; empty: the number in the document.
        reasons: which reason codes it carries.
    """
    data = kinds.ACE_SEND_REQUEST if regime is Regime.ACE else kinds.ACI_SEND_REQUEST
    key = f"delivery.step.{name}_{regime.lower()}"
    return Step(Way.SEND_REQUEST, "", kind, data, key, number=number, reasons=reasons)


def changed_parts(regime: Regime, before: JSONObject, after: JSONObject) -> frozenset[str]:
    """Return which parts differ, as far as they decide the way of a change.

    `trip_number`, `arrival_date` (the day, not the hour), `shipments` (another set of control numbers); where none of
    these differs but something else does, `other`.
    """
    parts = set()
    old, new = without_envelope(before), without_envelope(after)
    if old == new:
        return frozenset()
    if old.get("tripNumber") != new.get("tripNumber"):
        parts.add("trip_number")
    if _day(old) != _day(new):
        parts.add("arrival_date")
    if numbers_in(regime, old) != numbers_in(regime, new):
        parts.add("shipments")
    return frozenset(parts or {"other"})


def changed_reasons(regime: Regime, before: JSONObject, after: JSONObject) -> frozenset[Reason]:
    """Return which reason codes a change of what is on file needs: CBSA's, by what changed; CBP has none."""
    if regime is Regime.ACE:
        return frozenset()
    old, new = without_envelope(before), without_envelope(after)
    found = set()
    if old.get("shipments") != new.get("shipments"):
        found.add(Reason.SHIPMENT)
    if {**old, "shipments": None} != {**new, "shipments": None}:
        found.add(Reason.TRIP)
    return frozenset(found)


def has_csa_changed(before: JSONObject, after: JSONObject) -> bool:
    """Tell whether a shipment became CSA, or is none any more (domain 5.6: after arrival only by form BSF673)."""
    return _csa(before) != _csa(after)


def _csa(document: JSONObject) -> list[tuple[str, bool, str]]:
    return sorted(
        (
            kinds.text_at(one, NUMBER[Regime.ACI]),
            kinds.text_at(one, "shipmentType") == "CSA",
            kinds.text_at(one, "importerCsaBusinessNumber"),
        )
        for one in _shipments(document)
    )


def numbers_in(regime: Regime, document: JSONObject) -> list[str]:
    """Return the control numbers of a trip's shipments, sorted."""
    return sorted(kinds.text_at(one, NUMBER[regime]) for one in _shipments(document))


def _shipments(document: JSONObject) -> list[JSONObject]:
    shipments = document.get("shipments")
    return [one for one in shipments if isinstance(one, dict)] if isinstance(shipments, list) else []


def is_same(one: JSONObject, other: JSONObject) -> bool:
    """Tell whether two documents say the same to the gateway, the envelope aside."""
    return without_envelope(one) == without_envelope(other)


def without_envelope(document: JSONObject) -> JSONObject:
    """Return the document as it goes out, without what is set anew for each send."""
    bare: JSONObject = {name: value for name, value in sent_form(document).items() if name not in ENVELOPE}
    shipments: JSON = bare.get("shipments")
    if isinstance(shipments, list):
        bare["shipments"] = [
            {name: value for name, value in one.items() if name not in ENVELOPE} if isinstance(one, dict) else one
            for one in shipments
        ]
    return bare


def _day(document: JSONObject) -> str:
    return kinds.text_at(document, "estimatedArrivalDateTime")[:10]
