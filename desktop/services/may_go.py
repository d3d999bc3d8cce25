"""Gathers what the answer "may it go?" rests on beside the messages: changes, listening, the user's own word."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from desktop.clock import Clock
from desktop.crossing.fold import Crossing
from desktop.crossing.gap import Gap
from desktop.crossing.proof import Proof
from desktop.crossing.readiness import Readiness, readiness
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Customs, Regime, Verdict
from desktop.domain.shipment import control_number, control_numbers, shipments_of
from desktop.domain.times import zone_named
from desktop.services.belonging import unclear_of
from desktop.services.elsewhere import said_elsewhere
from desktop.services.standing import delivery_of, filing_of, held_version
from desktop.services.views import ReadinessView, Reason
from desktop.store import Store
from desktop.store.records import OutboxRow, Trip

if TYPE_CHECKING:
    from desktop.services.listening import Listening

IS_FAST: Final = "is_fast"
"""Local fact of a trip: a person says that this is a qualifying FAST movement."""

LOOKED_AT: Final = "looked_at"
"""Local fact of a trip: when a person looked at customs' own site and found nothing new (UTC text)."""

_WITH_CUSTOMS: Final = frozenset({Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED})


@dataclass(frozen=True, slots=True)
class Beyond:
    """What these data do not tell.

    Attributes:
        is_held: they were put back or copied, and nobody has looked since what was done elsewhere.
        unclear: by trip, a message that may be about it and fits others too; its code is what it names.
        elsewhere: by trip, bad news of one of its shipments under another trip; its code is the shipment's number.
    """

    is_held: bool
    unclear: Mapping[str, Proof]
    elsewhere: Mapping[str, Proof]


async def beyond(store: Store, trips: Sequence[Trip], now: datetime) -> Beyond:
    """Return what is not told of these trips."""
    found = await unclear_of(store, trips)
    frames = {frame: (await store.frames.get(frame)).received_at for frame, _ in found.values()}
    unclear = {trip: Proof(str(frame), frames[frame], named) for trip, (frame, named) in found.items()}
    return Beyond(await store.holding.state() is not None, unclear, await said_elsewhere(store, trips, now))


class MayGo:
    """Answers whether the truck of a trip may drive up."""

    def __init__(self, clock: Clock, listening: Listening | None = None) -> None:
        """Make it.

        Args:
            clock: the time.
            listening: when somebody listened; without it nobody is known to listen, and nothing goes.
        """
        self._clock = clock
        self._listening = listening

    async def of(
        self,
        trip: Trip,
        crossing: Crossing,
        rows: Sequence[OutboxRow],
        is_other_version: Callable[[Trip, int], Awaitable[bool]],
        beyond: Beyond,
    ) -> ReadinessView:
        """Return the answer for one trip.

        Args:
            trip: the trip as it is now.
            crossing: where it stands with customs.
            rows: its rows of the outbox.
            is_other_version: tells whether the trip differs from an earlier version of it.
            beyond: what these data do not tell.
        """
        now = self._clock.now()
        is_listening, gaps = await self._heard(trip, crossing)
        found = readiness(
            crossing,
            delivery_of(rows),
            now,
            eta=trip.eta_utc,
            port=trip.port if trip.regime is Regime.ACI else "",
            zone=zone_named(zone_of(trip.regime, trip.port) if trip.port else None),
            is_changed=await _is_changed(trip, rows, is_other_version),
            gaps=gaps,
            looked_at=_moment(trip.local.get(LOOKED_AT)),
            is_listening=is_listening,
            is_fast=is_fast(trip),
            nature=nature_of(trip),
            kinds=_kinds(trip.document),
            is_held_data=beyond.is_held,
            unclear=beyond.unclear.get(trip.id),
            elsewhere=beyond.elsewhere.get(trip.id),
            unnumbered=_unnumbered(trip.document),
        )
        return _view(found)

    async def _heard(self, trip: Trip, crossing: Crossing) -> tuple[bool, Sequence[Gap]]:
        """Return whether somebody listens and the times in which nobody did; asked only where it counts.

        A line that broke less than a minute ago counts as listening: so short a gap is none (reliability 4.5).
        """
        is_with_customs = crossing.customs in _WITH_CUSTOMS or crossing.is_before_arrival
        if not is_with_customs or crossing.first_at is None:
            return True, ()
        if self._listening is None:
            return False, ()
        gaps = await self._listening.gaps(trip.company, crossing.first_at)
        is_open = not self._listening.has_owner or any(gap.until is None for gap in gaps)
        return not is_open, gaps


async def _is_changed(
    trip: Trip, rows: Sequence[OutboxRow], is_other_version: Callable[[Trip, int], Awaitable[bool]]
) -> bool:
    """Tell whether the trip differs from what the gateway holds, or from what customs was last asked to take."""
    filing = filing_of(rows)
    versions = {held_version(rows), filing.version if filing is not None else None} - {None}
    return any([await is_other_version(trip, version) for version in versions if version is not None])


def is_fast(trip: Trip) -> bool:
    """Tell whether a trip counts as a FAST movement: a person says so, and every driver has a FAST card on it.

    A card alone qualifies nobody (domain 1.2 names no test), and without one nothing does.
    """
    drivers = trip.document.get("drivers")
    cards = [bool(one.get("fastCardNumber")) for one in drivers if is_object(one)] if isinstance(drivers, list) else []
    return trip.regime is Regime.ACE and trip.local.get(IS_FAST) is True and bool(cards) and all(cards)


def nature_of(trip: Trip) -> str:
    """Return the user's word for a trip without shipments; empty for a loaded one."""
    said = trip.local.get("nature")
    if isinstance(said, str) and said:
        return said
    return "empty" if trip.local.get("is_empty_trip") is True else ""


def _kinds(document: JSONObject) -> Mapping[str, str]:
    found = {}
    for one in shipments_of(document):
        kind = one.get("type", one.get("shipmentType")) if is_object(one) else None
        if is_object(one) and isinstance(kind, str):
            found[control_number(one)] = kind
    return found


def _unnumbered(document: JSONObject) -> int:
    return len(shipments_of(document)) - len(control_numbers(document))


def _moment(words: JSON) -> datetime | None:
    """Return a stored moment; None for anything that is none with a zone: then nobody looked."""
    try:
        moment = datetime.fromisoformat(words) if isinstance(words, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _view(found: Readiness) -> ReadinessView:
    return ReadinessView(
        found.verdict,
        found.booth_from if found.verdict is not Verdict.STOP else None,
        tuple(
            Reason(
                code=one.code,
                text=one.text,
                must_act=one.must_act,
                action=one.action,
                number=one.number,
                frame=one.frame,
                at=one.at,
                headline=one.headline,
                detail=one.detail,
            )
            for one in found.reasons
        ),
    )
