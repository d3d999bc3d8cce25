"""May the truck drive up? In this release the answer is never yes: wait, stop or not known, each with its reasons.

Sources: product ("The promise"), domain 1, 3.3 (T01), 4.5, 4.7, 5.4; reliability 3.1.9 and 4.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from desktop.crossing.fold import Crossing
from desktop.crossing.gap import Gap
from desktop.crossing.shipment import CLEARED, ShipmentState
from desktop.domain.lifecycle import Clearance, Customs, Delivery, Regime, Verdict
from desktop.texts import text

REVIEW: Final = timedelta(minutes=60)
"""How long before arrival customs wants the manifest, counted from acceptance (domain 1.2)."""

SLOW: Final = timedelta(minutes=5)
"""Without an answer for so long, nobody knows where a filing stands (domain 4.7)."""

_NEAR: Final = timedelta(minutes=90)
"""So near to arrival a missing entry needs a person (domain 8)."""


ACTIONS: Final = (
    "open_trip",
    "send",
    "look_at_customs",
    "write_broker",
    "call_broker",
    "keep_back",
    "print",
    "new_eta",
    "check_connection",
    "check_clock",
)
"""Names of what a reason may ask a person to do next."""


@dataclass(frozen=True, slots=True)
class ReadinessReason:
    """Why a verdict is what it is.

    Attributes:
        code: for scripts.
        verdict: what this reason alone would mean.
        params: the values its sentence names.
        must_act: whether it does not pass by itself.
        action: one of `ACTIONS`; empty where there is nothing to do but wait.
        number: the shipment it is about; empty for the trip.
        frame: the stored frame it comes from; empty where it comes from none.
        at: the moment it counts from (UTC), our own receipt; None where there is none.
    """

    code: str
    verdict: Verdict
    params: Mapping[str, object] = field(default_factory=dict)
    must_act: bool = False
    action: str = ""
    number: str = ""
    frame: str = ""
    at: datetime | None = None

    @property
    def headline(self) -> str:
        """The same in at most 34 characters, to stand after the verdict's word."""
        return text(f"crossing.headline.{self.code}", **self.params)

    @property
    def text_key(self) -> str:
        """Key of its sentence."""
        return f"crossing.reason.{self.code}"

    @property
    def text(self) -> str:
        """Its sentence."""
        return text(self.text_key, **self.params)


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


_WORST_FIRST: Final = {Verdict.STOP: 0, Verdict.UNKNOWN: 1, Verdict.WAIT: 2}


def readiness(
    crossing: Crossing,
    delivery: Delivery,
    now: datetime,
    *,
    eta: datetime | None = None,
    port: str = "",
    review: timedelta = REVIEW,
    is_changed: bool = False,
    gaps: Sequence[Gap] = (),
    looked_at: datetime | None = None,
    is_listening: bool = True,
    time_trusted: bool = True,
    is_fast: bool = False,
) -> Readiness:
    """Return what the driver may be told.

    Args:
        crossing: where the trip stands with customs.
        delivery: the user's word for the way to the gateway.
        now: the moment of asking (UTC).
        eta: arrival (UTC), where its zone is known.
        port: the trip's port of entry, to compare with the office brokers named; empty leaves that out.
        review: how long before arrival customs wants the manifest.
        is_changed: the trip was changed since customs was last asked to take it.
        gaps: times in which nobody listened.
        looked_at: when a person last looked at customs' own site and found nothing new (UTC).
        is_listening: whether messages can arrive now.
        time_trusted: whether this computer's clock is known to be right.
        is_fast: a person says that this is a qualifying FAST movement.
    """
    del is_changed, gaps, looked_at, is_listening, time_trusted, is_fast
    reasons = [
        *_delivery(delivery, crossing),
        *_trip(crossing, now),
        *_shipments(crossing, now, eta),
        *_offices(crossing, port),
    ]
    booth_from = crossing.on_file_at + review if crossing.on_file_at is not None else None
    if booth_from is not None and now < booth_from and crossing.customs in _BEFORE_ARRIVAL:
        reasons.append(ReadinessReason("hour", Verdict.WAIT))
    reasons.append(ReadinessReason("no_go_yet", Verdict.WAIT))
    ordered = sorted(reasons, key=lambda reason: _WORST_FIRST[reason.verdict])
    return Readiness(ordered[0].verdict, booth_from, tuple(ordered))


_BEFORE_ARRIVAL: Final = frozenset({Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED})


def _delivery(delivery: Delivery, crossing: Crossing) -> list[ReadinessReason]:
    if delivery is Delivery.NOT_SURE:
        return [ReadinessReason("not_sure", Verdict.UNKNOWN, must_act=True)]
    if delivery is Delivery.REFUSED:
        return [ReadinessReason("gateway_refused", Verdict.STOP, must_act=True)]
    if delivery is Delivery.DELIVERED_WITH_PROBLEMS:
        return [ReadinessReason("problems", Verdict.STOP, must_act=True)]
    if delivery is Delivery.SENDING:
        return [ReadinessReason("sending", Verdict.WAIT)]
    if delivery is Delivery.NOT_SENT and crossing.customs in {Customs.NONE, Customs.TRANSMITTED}:
        return [ReadinessReason("not_sent", Verdict.WAIT, must_act=True)]
    if delivery is Delivery.NOT_SENT:
        return [ReadinessReason("change_not_sent", Verdict.WAIT, must_act=True)]
    return [ReadinessReason("not_filed", Verdict.WAIT, must_act=True)] if crossing.customs is Customs.NONE else []


def _who(crossing: Crossing) -> str:
    return text("crossing.who.cbp" if crossing.regime is Regime.ACE else "crossing.who.cbsa")


def _trip(crossing: Crossing, now: datetime) -> list[ReadinessReason]:
    who = {"who": _who(crossing)}
    reasons = []
    if crossing.customs is Customs.REFUSED:
        reasons.append(ReadinessReason("customs_refused", Verdict.STOP, who, must_act=True))
    if crossing.customs is Customs.CANCELLED:
        reasons.append(ReadinessReason("cancelled", Verdict.STOP, who, must_act=True))
    if crossing.trip_holds:
        reasons.append(ReadinessReason("trip_hold", Verdict.STOP, who, must_act=True))
    if crossing.customs is Customs.UNKNOWN:
        reasons.append(ReadinessReason("customs_unknown", Verdict.UNKNOWN, who, must_act=True))
    if crossing.customs is Customs.TRANSMITTED:
        is_slow = crossing.transmitted_at is not None and now - crossing.transmitted_at >= SLOW
        late = ReadinessReason("no_answer", Verdict.UNKNOWN, who, must_act=True)
        reasons.append(late if is_slow else ReadinessReason("waiting", Verdict.WAIT, who))
    if crossing.customs is Customs.PRELIMINARY:
        reasons.append(ReadinessReason("preliminary", Verdict.WAIT, who))
    if crossing.customs is Customs.ARRIVED:
        reasons.append(ReadinessReason("arrived", Verdict.WAIT, who))
    if crossing.customs is Customs.RELEASED:
        reasons.append(ReadinessReason("released", Verdict.WAIT, who))
    if crossing.has_short_review and crossing.customs in _BEFORE_ARRIVAL:
        reasons.append(ReadinessReason("short_review", Verdict.WAIT, who, must_act=True))
    return reasons


def _shipments(crossing: Crossing, now: datetime, eta: datetime | None) -> list[ReadinessReason]:
    who = _who(crossing)
    reasons = []
    for number, shipment in crossing.shipments.items():
        found = _one(shipment)
        if found is not None:
            reasons.append(
                ReadinessReason(found[0], found[1], {"who": who, "number": number}, must_act=found[2]),
            )
    open_ones = [one for one in crossing.shipments.values() if one.clearance not in CLEARED]
    if open_ones and crossing.is_filed:
        is_near = eta is not None and eta - now <= _NEAR
        params = {"count": len(open_ones), "total": len(crossing.shipments)}
        code = "not_cleared_ace" if crossing.regime is Regime.ACE else "not_cleared_aci"
        reasons.append(ReadinessReason(code, Verdict.WAIT, params, must_act=is_near))
    return reasons


def _one(shipment: ShipmentState) -> tuple[str, Verdict, bool] | None:
    if shipment.clearance is Clearance.HOLD:
        return "hold", Verdict.STOP, True
    if shipment.clearance is Clearance.EXAM:
        return "exam", Verdict.STOP, True
    if shipment.clearance is Clearance.REFUSED:
        return "shipment_refused", Verdict.STOP, True
    if shipment.has_stray_removal:
        return "hold_missing", Verdict.UNKNOWN, True
    if shipment.clearance is Clearance.UNKNOWN:
        return "shipment_unknown", Verdict.UNKNOWN, True
    if shipment.clearance is Clearance.RELEASED_CFIA:
        return "cfia", Verdict.WAIT, True
    return ("not_matched", Verdict.WAIT, False) if shipment.clearance is Clearance.NOT_MATCHED else None


def _offices(crossing: Crossing, port: str) -> list[ReadinessReason]:
    return [
        ReadinessReason(
            "other_office", Verdict.WAIT, {"number": number, "office": shipment.office, "port": port}, must_act=True
        )
        for number, shipment in crossing.shipments.items()
        if port and shipment.office and shipment.office != port
    ]
