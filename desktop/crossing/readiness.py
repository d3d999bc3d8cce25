"""May the truck drive up? Go, wait, stop or not known, from when, and why.

Go needs everything: the manifest on file and its hour over, every shipment cleared, nothing held, changed, asked,
missed or not understood, somebody listening, and times that can be trusted. All else has a reason of its own.
Sources: product ("The promise"), domain 1, 2, 3.3 (T01, T02), 4.5, 4.7, 4.8, 5.4, 8; reliability 3.1.9, 4.4 and 4.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from desktop.crossing.fold import Crossing
from desktop.crossing.gap import Gap
from desktop.crossing.proof import Proof
from desktop.crossing.question import Question
from desktop.crossing.reason import ACTIONS, ReadinessReason
from desktop.crossing.shipment import ShipmentState
from desktop.domain.lifecycle import Clearance, Customs, Delivery, Regime, Verdict

__all__ = ["ACTIONS", "FAST_REVIEW", "REVIEW", "SLOW", "Readiness", "ReadinessReason", "readiness"]

REVIEW: Final = timedelta(minutes=60)
"""How long before arrival customs wants the manifest, counted from acceptance (domain 1.2)."""

FAST_REVIEW: Final = timedelta(minutes=30)
"""The same for qualifying FAST movements into the USA (domain 1.2). What qualifies no document says: a person does."""

SLOW: Final = timedelta(minutes=5)
"""Without an answer for so long, nobody knows where a filing stands (domain 4.7)."""

_BEFORE_ARRIVAL: Final = frozenset({Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED})
_NO_ENTRY: Final = "INTANGIBLES"
"""A type of shipment that gets no entry number (domain 4.2): nothing that comes here will ever clear it."""

_OWN_REASON: Final = frozenset({Clearance.EXAM, Clearance.REFUSED})
_WORST_FIRST: Final = {Verdict.STOP: 0, Verdict.UNKNOWN: 1, Verdict.WAIT: 2, Verdict.GO: 3}


@dataclass(frozen=True, slots=True)
class Readiness:
    """The verdict, the earliest booth time known (UTC), and the reasons, the worst first."""

    verdict: Verdict
    booth_from: datetime | None
    reasons: tuple[ReadinessReason, ...]

    @property
    def must_act(self) -> bool:
        """Whether waiting alone will not end the wait."""
        return any(reason.must_act for reason in self.reasons)


def readiness(
    crossing: Crossing,
    delivery: Delivery,
    now: datetime,
    *,
    eta: datetime | None = None,
    port: str = "",
    zone: tzinfo | None = None,
    review: timedelta = REVIEW,
    is_changed: bool = False,
    gaps: Sequence[Gap] = (),
    looked_at: datetime | None = None,
    is_listening: bool = True,
    time_trusted: bool = True,
    is_fast: bool = False,
    nature: str = "",
    kinds: Mapping[str, str] | None = None,
    is_held_data: bool = False,
    unclear: Proof | None = None,
    elsewhere: Proof | None = None,
    unnumbered: int = 0,
) -> Readiness:
    """Return what the driver may be told.

    Args:
        crossing: where the trip stands with customs.
        delivery: the user's word for the way to the gateway.
        now: the moment of asking (UTC).
        eta: arrival (UTC); None where its zone is not known: then no time of the trip can be trusted (T02).
        port: the trip's port of entry, to compare with the office brokers named; empty leaves that out.
        zone: the port's zone, for the words; None tells times in UTC.
        review: how long before arrival customs wants the manifest.
        is_changed: the trip was changed since customs was last asked to take it.
        gaps: times in which nobody listened.
        looked_at: when a person last looked at customs' own site and found nothing new (UTC).
        is_listening: whether messages can arrive now.
        time_trusted: whether this computer's clock is known to be right.
        is_fast: a person says that this is a qualifying FAST movement; counts into the USA only.
        nature: the user's word for a trip without shipments (`empty`, `bobtail`, `iit`); empty for a loaded one.
        kinds: types of the shipments by control number, as far as they are known.
        is_held_data: these data were put back or copied, and nobody has looked since what was done elsewhere.
        unclear: a message that may be about this trip and fits others too; its code is what it names.
        elsewhere: bad news of a shipment of this trip that came under another trip; its code is the shipment's number.
        unnumbered: how many shipments of the trip have no control number.
    """
    if is_fast and crossing.regime is Regime.ACE:
        review = min(review, FAST_REVIEW)
    asked = Question(
        crossing, delivery, now, eta, port, zone or UTC, review, is_changed, tuple(gaps), looked_at, is_listening,
        time_trusted, nature, kinds or {}, is_held_data, unclear, elsewhere, unnumbered,
    )  # fmt: skip
    reasons = [*_of_data(asked), *_of_delivery(asked), *_of_trip(asked), *_of_stage(asked), *_of_shipments(asked)]
    if crossing.is_filed and crossing.customs in _BEFORE_ARRIVAL:
        reasons += [*_of_clock(asked), *_of_eta(asked), *_of_hour(asked)]
        reasons += _of_listening(asked, Verdict.WAIT if reasons else Verdict.UNKNOWN)
    elif crossing.customs is Customs.RELEASED:
        reasons += _of_release(asked)
    reasons += _good_news(asked, is_only=not reasons)
    if not reasons:  # no rule knows this state: nobody may be sent on it
        reasons.append(asked.reason("customs_unknown", Verdict.UNKNOWN, action="look_at_customs"))
    ordered = sorted(reasons, key=lambda one: (_WORST_FIRST[one.verdict], not one.must_act))
    return Readiness(ordered[0].verdict, asked.booth_from, tuple(ordered))


def _of_data(asked: Question) -> Iterator[ReadinessReason]:
    """Yield why what is stored here may not be all of it (reliability 3.1.7; 5, rows 12 and 21)."""
    if asked.is_held_data:
        yield asked.unknown("held_data", "look_at_customs")
    if asked.unclear is not None:
        yield asked.unknown("ambiguous", "", asked.unclear, number=asked.unclear.code)
    if asked.elsewhere is not None and asked.crossing.customs is not Customs.NONE:
        yield asked.unknown("elsewhere", "", asked.elsewhere, number=asked.elsewhere.code)
    if asked.unnumbered and asked.crossing.customs is not Customs.NONE:
        yield asked.unknown("unnumbered", "open_trip", count=asked.unnumbered)


def _of_delivery(asked: Question) -> Iterator[ReadinessReason]:
    """Yield what stands between this computer and the gateway (reliability 3.1.9)."""
    customs = asked.crossing.customs
    if asked.delivery is Delivery.NOT_SURE:
        yield asked.unknown("not_sure", "look_at_customs", at=asked.crossing.transmitted_at)
    elif asked.delivery is Delivery.REFUSED:
        yield asked.stop("gateway_refused", "open_trip")
    elif asked.delivery is Delivery.DELIVERED_WITH_PROBLEMS:
        yield asked.stop("problems", "open_trip")
    elif asked.delivery is Delivery.SENDING:
        yield asked.reason("sending", Verdict.WAIT)
    elif asked.delivery is Delivery.NOT_SENT and customs in {Customs.NONE, Customs.TRANSMITTED}:
        yield asked.reason("not_sent", Verdict.WAIT, must_act=True, action="send")
    elif customs is Customs.NONE:
        yield asked.reason("not_filed", Verdict.WAIT, must_act=True, action="send")
    if customs in {Customs.NONE, Customs.CANCELLED}:
        return
    is_unsent = asked.delivery is Delivery.NOT_SENT and customs is not Customs.TRANSMITTED
    if asked.is_changed or is_unsent or _has_unfiled(asked):
        yield asked.reason("change_not_sent", Verdict.WAIT, must_act=True, action="send")
    if asked.crossing.is_filed and asked.crossing.pending_since is not None and customs is not Customs.TRANSMITTED:
        yield _unanswered(asked, asked.crossing.pending_since, "change_waiting")


def _has_unfiled(asked: Question) -> bool:
    """Tell whether a shipment of a filed trip is itself on file nowhere."""
    return asked.crossing.is_filed and any(one.on_file_at is None for one in asked.crossing.shipments.values())


def _unanswered(asked: Question, since: datetime, code: str) -> ReadinessReason:
    if asked.now - since >= SLOW:
        return asked.unknown("no_answer", "look_at_customs", at=since)
    return asked.reason(code, Verdict.WAIT, at=since)


def _of_trip(asked: Question) -> Iterator[ReadinessReason]:
    """Yield what customs said against the trip, and what of their words is not understood (domain 4.5, 5.4)."""
    crossing, proofs = asked.crossing, asked.crossing.proofs
    if crossing.customs is Customs.REFUSED:
        said = crossing.errors[0].text if crossing.errors else ""
        words = "said" if said else ""
        yield asked.stop("customs_refused", "open_trip", proofs.get("refused"), said=said, words=words)
    if crossing.customs is Customs.CANCELLED:
        yield asked.reason("cancelled", Verdict.STOP, proof=proofs.get("cancelled"))
    if crossing.trip_holds:
        yield asked.stop("trip_hold", "keep_back", proofs.get("trip_hold"))
    if crossing.customs is Customs.UNKNOWN:
        yield asked.unknown("customs_unknown", "look_at_customs", proofs.get("unknown"))
    elif "unknown" in proofs:
        yield asked.unknown("code_unknown", "look_at_customs", proofs["unknown"], raw=proofs["unknown"].code or "?")
    if "other" in proofs:
        yield asked.unknown("other_number", "look_at_customs", proofs["other"], number=proofs["other"].code)
    if "nameless" in proofs:
        yield asked.unknown("nameless", "look_at_customs", proofs["nameless"], raw=proofs["nameless"].code or "?")
    if crossing.accepted is not None:
        values = {"count": crossing.accepted, "total": len(crossing.shipments)}
        yield asked.unknown("fewer_accepted", "look_at_customs", proofs.get("on_file"), **values)


def _of_stage(asked: Question) -> Iterator[ReadinessReason]:
    """Yield what is missing where the trip has got to (domain 2, 4.7, 5.4)."""
    crossing, proofs = asked.crossing, asked.crossing.proofs
    if crossing.customs is Customs.TRANSMITTED:
        yield _unanswered(asked, crossing.transmitted_at or asked.now, "waiting")
    if crossing.customs is Customs.PRELIMINARY or _is_maybe_preliminary(asked):
        yield asked.reason("preliminary", Verdict.WAIT, action="look_at_customs", proof=proofs.get("on_file"))
    if crossing.is_filed and not crossing.shipments and not asked.nature:
        yield asked.reason("no_shipments", Verdict.WAIT, must_act=True, action="open_trip")
    if crossing.has_short_review and crossing.customs in _BEFORE_ARRIVAL:
        proof = proofs.get("short_review")
        yield asked.reason("short_review", Verdict.WAIT, must_act=True, action="keep_back", proof=proof)
    if crossing.customs is Customs.ARRIVED:
        yield asked.reason("arrived", Verdict.WAIT, proof=proofs.get("arrived"))


def _is_maybe_preliminary(asked: Question) -> bool:
    """Tell whether only instruments of traffic are filed: that is preliminary until customs says more (domain 2).

    Which message says more nobody could tell us: a person looks.
    """
    if asked.nature != "iit" or asked.crossing.customs not in _BEFORE_ARRIVAL or asked.crossing.on_file_at is None:
        return False
    return not asked.has_looked_since(asked.crossing.on_file_at)


def _of_shipments(asked: Question) -> Iterator[ReadinessReason]:
    """Yield what stands against each shipment, then how many are not cleared (domain 4.5, 5.4, 8)."""
    crossing = asked.crossing
    for number, shipment in crossing.shipments.items():
        yield from _of_shipment(asked, number, shipment)
    open_ones = [
        number for number, one in crossing.shipments.items() if not one.is_cleared and one.clearance not in _OWN_REASON
    ]
    if open_ones and crossing.is_filed:
        yield asked.reason(
            "not_cleared_ace" if crossing.regime is Regime.ACE else "not_cleared_aci",
            Verdict.WAIT,
            must_act=asked.is_near and crossing.customs is not Customs.RELEASED,
            action="write_broker",
            number=open_ones[0],
            at=crossing.on_file_at,
            words="no_entry" if asked.kinds.get(open_ones[0]) == _NO_ENTRY else "",
            count=len(open_ones),
            total=len(crossing.shipments),
        )


def _of_shipment(asked: Question, number: str, one: ShipmentState) -> Iterator[ReadinessReason]:
    proofs = one.proofs
    if one.holds:
        yield asked.stop("hold", "keep_back", proofs.get("hold"), number=number)
    if one.clearance is Clearance.EXAM:
        yield asked.stop("exam", "call_broker", proofs.get("clearance"), number=number)
    if one.clearance is Clearance.REFUSED:
        is_ours = "refused" in proofs
        action, proof = ("open_trip", proofs["refused"]) if is_ours else ("write_broker", proofs.get("clearance"))
        yield asked.stop("shipment_refused", action, proof, number=number)
    if one.has_stray_removal:
        yield asked.unknown("hold_missing", "look_at_customs", proofs.get("stray"), number=number)
    if one.unknown_codes:
        raw = one.unknown_codes[-1] or "?"
        yield asked.unknown("shipment_unknown", "look_at_customs", proofs.get("unknown"), number=number, raw=raw)
    if one.clearance is Clearance.RELEASED_CFIA:
        proof = proofs.get("clearance")
        yield asked.reason("cfia", Verdict.WAIT, must_act=True, action="call_broker", number=number, proof=proof)
    if one.clearance is Clearance.NOT_MATCHED:
        yield asked.reason(
            "not_matched", Verdict.WAIT, must_act=asked.is_near, action="write_broker", number=number,
            proof=proofs.get("link"),
        )  # fmt: skip
    if _is_other_office(asked, number, one):
        yield asked.reason(
            "other_office", Verdict.WAIT, must_act=True, action="write_broker", number=number,
            proof=proofs.get("office"), office=one.office, port=asked.port,
        )  # fmt: skip


def _is_other_office(asked: Question, number: str, one: ShipmentState) -> bool:
    """Tell whether the broker named another office than the trip's (domain 5.4); goods in bond go on to one."""
    if not asked.port or not one.office or asked.crossing.customs in {Customs.ARRIVED, Customs.RELEASED}:
        return False
    return asked.kinds.get(number) != "BOND" and one.office.zfill(4) != asked.port.zfill(4)


def _of_listening(asked: Question, verdict: Verdict) -> Iterator[ReadinessReason]:
    """Yield the time in which a word of customs may have been missed (reliability 4.5): it takes a go away."""
    missed = [gap for gap in asked.gaps if _is_missed(asked, gap)]
    if not asked.is_listening or any(gap.until is None for gap in missed):
        since = min((gap.since for gap in missed if gap.until is None), default=None)
        words = "" if since is not None else "now"
        must_act = verdict is Verdict.UNKNOWN
        yield asked.reason(
            "not_listening", verdict, must_act=must_act, action="check_connection", at=since, words=words
        )
    ended = [gap for gap in missed if gap.until is not None]
    if ended:
        first, last = min(ended, key=lambda gap: gap.since), max(gap.until for gap in ended if gap.until is not None)
        until = asked.clock(last)
        yield asked.reason("gap", verdict, must_act=True, action="look_at_customs", at=first.since, until=until)


def _is_missed(asked: Question, gap: Gap) -> bool:
    first = asked.crossing.first_at
    if gap.until is None:
        return True
    if first is None or gap.until <= first:
        return False
    return not asked.has_looked_since(gap.until)


def _of_clock(asked: Question) -> Iterator[ReadinessReason]:
    if not asked.is_clock_right:
        yield asked.unknown("clock", "check_clock", at=asked.crossing.latest_at)


def _of_eta(asked: Question) -> Iterator[ReadinessReason]:
    """Yield what is wrong with the announced arrival (domain 3.3, T02; 4.8: another date is another filing)."""
    if asked.eta is None:
        yield asked.unknown("eta_unknown", "open_trip")
    elif asked.is_past_its_day:
        yield asked.reason("eta_past", Verdict.WAIT, must_act=True, action="new_eta", at=asked.eta)


def _of_hour(asked: Question) -> Iterator[ReadinessReason]:
    """Yield the hour while it is not over, counted from our receipt of the acceptance (domain 1.2; 3.3, T01)."""
    booth, shipments = asked.booth_from, asked.crossing.shipments.values()
    if booth is not None and asked.now >= booth:
        return
    words = "only" if shipments else "only_empty"
    yield asked.reason(
        "hour", Verdict.WAIT, at=asked.crossing.on_file_at,
        words=words if all(one.is_cleared for one in shipments) else "",
        booth=asked.clock(booth, with_zone=True), minutes=int(asked.review.total_seconds()) // 60,
    )  # fmt: skip


def _of_release(asked: Question) -> Iterator[ReadinessReason]:
    """Yield what makes a release less than certain.

    CBSA has no release of a trip, and an RNS release may come before the truck does: then its hour counts still, and
    on the day of its arrival worse news may follow.
    """
    if not asked.crossing.is_filed:
        yield asked.unknown("not_seen_filed", "look_at_customs")
    elif asked.crossing.is_before_arrival:
        yield from _of_hour(asked)
        if asked.eta is None:
            yield asked.unknown("eta_unknown", "open_trip")
        elif not asked.is_past_its_day:
            yield from _of_listening(asked, Verdict.UNKNOWN)
    yield from _of_clock(asked)


def _good_news(asked: Question, *, is_only: bool) -> list[ReadinessReason]:
    """Return what speaks for the truck; `is_only`: nothing speaks against it."""
    crossing = asked.crossing
    if crossing.customs is Customs.RELEASED:
        proof = crossing.proofs.get("released") or max(
            (one.proofs["clearance"] for one in crossing.shipments.values() if "clearance" in one.proofs),
            key=lambda one: (one.at, one.frame),
            default=None,
        )
        return [asked.reason("released", Verdict.GO if is_only else Verdict.WAIT, proof=proof)]
    if not is_only or not crossing.is_filed or crossing.customs not in {Customs.ON_FILE, Customs.CLEARED}:
        return []
    count, words = len(crossing.shipments), f"go_{crossing.regime.lower()}"
    return [
        asked.reason(
            "go", Verdict.GO, action="print", proof=crossing.proofs.get("on_file"),
            words=words if count else "go_empty", count=crossing.cleared, total=count,
        )
    ]  # fmt: skip
