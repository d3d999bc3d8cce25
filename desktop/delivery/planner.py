"""Plans what a Send brings out: which messages, in which order, and what they mean; or why nothing can go.

Sources: domain 4.8 (ACE), 5.6 (ACI) and 8; protocol 2 and 7. What no source documents is blocked with a sentence; what
is documented in part says in its consequences what is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from desktop.delivery.planner_parts import (
    CUSTOMS,
    ENVELOPE,
    NOTHING_SENT,
    Intent,
    Plan,
    Reason,
    Sent,
    Step,
    changed_parts,
    changed_reasons,
    has_csa_changed,
    is_same,
    numbers_in,
    request,
    upload,
)
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Customs, Delivery, Regime

__all__ = [
    "CUSTOMS",
    "ENVELOPE",
    "Intent",
    "Plan",
    "Reason",
    "Sent",
    "Step",
    "blocked_by_state",
    "changed_parts",
    "filing",
    "next_step",
    "plan",
    "plan_cancel",
    "plan_update",
]

FIRST: Final = {Regime.ACE: "COMPLETE_TRIP_AND_SHIPMENTS", Regime.ACI: "ORIGINAL"}
AMEND: Final = {Regime.ACE: "AMEND_TRIP_AND_SHIPMENTS", Regime.ACI: "AMEND"}
CANCEL: Final = {Regime.ACE: "CANCEL_TRIP_AND_SHIPMENTS", Regime.ACI: "CANCEL"}
ON_FILE: Final = frozenset({Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED})
ARRIVED: Final = frozenset({Customs.ARRIVED, Customs.RELEASED})

_CANCELS_FIRST: Final = {
    Regime.ACE: frozenset({"trip_number", "arrival_date", "shipments"}),
    Regime.ACI: frozenset({"trip_number", "shipments"}),
}
"""What customs takes no change of: it is cancelled, and filed anew once that was accepted (domain 4.8, 5.6)."""


def plan(
    regime: Regime, document: JSONObject, known: Customs, sent: Sent = NOTHING_SENT, *, hold: bool = False
) -> Plan:
    """Return what Send does for a trip.

    Args:
        regime: whose customs.
        document: the trip as it is now.
        known: how far it got with customs.
        sent: what went out before.
        hold: upload only; customs is asked later.
    """
    is_again = sent.is_cancelling and sent.may_cancel_again
    blocked = blocked_by_state(known, replace(sent, is_cancelling=False) if is_again else sent)
    if blocked:
        return Plan(blocked=blocked)
    made = _plan(regime, document, known, sent, hold=hold)
    if is_again and not (made.steps and made.steps[0].type == CANCEL[regime]):
        return Plan(blocked=blocked_by_state(known, sent))  # only what cancels first asks again what is not known
    if is_again:
        made = replace(made, consequences=("delivery.consequence.cancel_again", *made.consequences))
    if sent.delivery is Delivery.NOT_SURE and sent.is_given_up and made.steps:
        return replace(made, consequences=("delivery.consequence.given_up", *made.consequences))
    return made


def _plan(regime: Regime, document: JSONObject, known: Customs, sent: Sent, *, hold: bool) -> Plan:
    if sent.document is None:
        is_there = known in ARRIVED
        return Plan(blocked="delivery.blocked.arrived") if is_there else filing(regime, document, sent, hold=hold)
    if known in ARRIVED:
        return _after_arrival(regime, document, sent, sent.document, hold=hold)
    if known is Customs.CANCELLED:
        made = filing(regime, document, sent, hold=hold)
        return replace(made, consequences=("delivery.consequence.was_cancelled", *made.consequences))
    if known is Customs.REFUSED and sent.is_other_way:
        return _other_way(regime, document, sent, hold=hold)
    if known in ON_FILE or sent.is_filed:
        return _change(regime, document, sent, sent.document, hold=hold)
    if sent.refused is not None and is_same(document, sent.refused):
        return Plan(blocked="delivery.blocked.unchanged_after_refusal")
    return filing(regime, document, sent, hold=hold)


def plan_update(regime: Regime, *, hold: bool = False) -> Plan:
    """Return what sends a trip as a change although nobody knows whether its first upload arrived: a user decided so.

    A full replacement comes to the same whether it did or not (reliability 3.2).
    """
    return _filing([upload(regime, "UPDATE")], regime, hold=hold)


def blocked_by_state(known: Customs, sent: Sent) -> str:
    """Return the key of the sentence that says why nothing goes out for a trip now; empty where something may."""
    if sent.delivery is Delivery.NOT_SURE and not sent.is_given_up:
        return "delivery.blocked.not_sure"
    if sent.delivery is Delivery.SENDING:
        return "delivery.blocked.sending"
    if sent.is_cancelling:
        return "delivery.blocked.cancelling"
    if known is Customs.TRANSMITTED or sent.is_asking:
        return "delivery.blocked.waiting_for_customs"
    return "delivery.blocked.customs_unknown" if known is Customs.UNKNOWN else ""


def _uploads(regime: Regime, document: JSONObject, sent: Sent) -> list[Step]:
    """Return the upload that makes the gateway hold this document; none where it does."""
    held = sent.document
    if held is None:
        return [upload(regime, "CREATE")]
    if is_same(document, held):
        return []
    if document.get("tripNumber") == held.get("tripNumber"):
        return [upload(regime, "UPDATE")]
    return [upload(regime, "CREATE", stored=frozenset(numbers_in(regime, held)) - {""})]


def filing(regime: Regime, document: JSONObject, sent: Sent, *, hold: bool) -> Plan:
    """Return what files a trip that customs does not have: an upload where the gateway needs one, then the request."""
    return _filing(_uploads(regime, document, sent), regime, hold=hold)


def _filing(uploads: list[Step], regime: Regime, *, hold: bool) -> Plan:
    unknown = ("delivery.consequence.other_number",) if any(step.stored for step in uploads) else ()
    if hold:
        if not uploads:
            return Plan(blocked="delivery.blocked.nothing_changed")
        return Plan(tuple(uploads), "", ("delivery.consequence.held", *unknown))
    steps = (*uploads, request(regime, FIRST[regime], "file"))
    return Plan(steps, "", ("delivery.consequence.clock_starts", *unknown))


def _change(regime: Regime, document: JSONObject, sent: Sent, held: JSONObject, *, hold: bool) -> Plan:
    before = sent.filed if sent.filed is not None else held
    parts = changed_parts(regime, before, document)
    uploads = _uploads(regime, document, sent)
    if not parts and not uploads:
        return Plan(blocked="delivery.blocked.nothing_changed")
    if sent.refused is not None and is_same(document, sent.refused):
        return Plan(blocked="delivery.blocked.unchanged_after_refusal")
    if parts & _CANCELS_FIRST[regime]:
        return _refiling(regime, sent, uploads, parts, before, hold=hold)
    if hold or not parts:
        # without parts customs has this very version, and only the gateway has another one
        told = "delivery.consequence.held" if parts else "delivery.consequence.gateway_only"
        return Plan(tuple(uploads), "", (told,)) if uploads else _NOTHING
    amend = request(regime, AMEND[regime], "amend", reasons=changed_reasons(regime, before, document))
    return Plan((*uploads, amend), "", ("delivery.consequence.amend",))


def _other_way(regime: Regime, document: JSONObject, sent: Sent, *, hold: bool) -> Plan:
    """Return the message that customs named: a change of what it has already, or a filing of what it has not.

    Sources: domain 4.6, 5.5. What it has is not known here, so CBSA is told a reason for all of it.
    """
    if sent.is_filed:
        made = filing(regime, document, sent, hold=hold)
        told = (*made.consequences, "delivery.consequence.as_filing")
        return replace(made, consequences=told) if made.steps else made
    uploads = _uploads(regime, document, sent)
    if hold:
        return Plan(tuple(uploads), "", ("delivery.consequence.held",)) if uploads else _NOTHING
    reasons = frozenset(Reason) if regime is Regime.ACI else frozenset()
    steps = (*uploads, request(regime, AMEND[regime], "amend", reasons=reasons))
    return Plan(steps, "", ("delivery.consequence.as_change", "delivery.consequence.amend"))


_NOTHING: Final = Plan(blocked="delivery.blocked.nothing_changed")


def _refiling(
    regime: Regime, sent: Sent, uploads: list[Step], parts: frozenset[str], before: JSONObject, *, hold: bool
) -> Plan:
    """Return the long way: cancel, wait until customs accepted that, upload the new facts, file them."""
    if hold:
        return Plan(blocked="delivery.blocked.hold_refile")
    number = sent.number or str(before.get("tripNumber") or "")
    cancel = request(regime, CANCEL[regime], "cancel", number=number)
    first, *rest = [*uploads, request(regime, FIRST[regime], "file")]
    told = ["refile", "refile_waits", "clock_starts", "refile_broker"]
    if any(step.stored for step in uploads):
        told.append("other_number")
    if "shipments" in parts:
        told.append("numbers_changed")
    return Plan(
        (cancel, replace(first, waits_for=CUSTOMS), *rest), "", tuple(f"delivery.consequence.{name}" for name in told)
    )


def _after_arrival(regime: Regime, document: JSONObject, sent: Sent, held: JSONObject, *, hold: bool) -> Plan:
    """Return what may still be told once the truck is there: CBSA wants corrections, but not of its keys (5.6)."""
    if regime is Regime.ACE:
        return Plan(blocked="delivery.blocked.arrived")
    before = sent.filed if sent.filed is not None else held
    if changed_parts(regime, before, document) & _CANCELS_FIRST[regime] or has_csa_changed(before, document):
        return Plan(blocked="delivery.blocked.arrived_bsf673")
    made = _change(regime, document, sent, held, hold=hold)
    if not made.steps:
        return made
    return replace(made, consequences=(*made.consequences, "delivery.consequence.after_arrival"))


def plan_cancel(regime: Regime, known: Customs, sent: Sent = NOTHING_SENT) -> Plan:
    """Return what Cancel does for a trip: asks customs to withdraw it (domain 4.8, 5.6)."""
    if known in ARRIVED:
        return Plan(blocked=f"delivery.blocked.cancel_arrived_{regime.lower()}")
    is_again = sent.is_cancelling and sent.may_cancel_again
    asked = replace(sent, is_asking=False)  # a change that is not answered yet is no reason to keep the trip
    blocked = blocked_by_state(known, replace(asked, is_cancelling=False) if is_again else asked)
    if blocked:
        return Plan(blocked=blocked)
    if known is Customs.CANCELLED:
        return Plan(blocked="delivery.blocked.already_cancelled")
    if known not in ON_FILE and not sent.is_filed:
        return Plan(blocked="delivery.blocked.nothing_on_file")
    step = request(regime, CANCEL[regime], "cancel", number=sent.number)
    told = ("cancel_again",) if is_again else ()
    return Plan((step,), "", tuple(f"delivery.consequence.{name}" for name in (*told, "cancel", "cancel_kept")))


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
