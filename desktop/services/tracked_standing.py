"""Where a control number stands, and what follows for the list: read from the fold, never from codes.

Pure, so that every case is a test. Sources: ui design 3, domain 1.3, 5.4 and 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.crossing.fold import Crossing, CrossingEvent
from desktop.crossing.news import What
from desktop.crossing.shipment import ShipmentState
from desktop.domain.lifecycle import Clearance, Customs, Regime
from desktop.services.tracked_row import Group, Stand

NEAR: Final = timedelta(minutes=90)
"""So near to arrival a broker who has not filed needs a person (domain 8)."""

OVERDUE: Final = timedelta(hours=12)
"""A trip so long past its arrival with nothing heard of it waits for nobody any more."""

RECENT: Final = timedelta(days=7)
"""What was neither heard of nor written for so long, and arrives on no trip, is history."""

_ERROR: Final = What.RNS_ERROR
_BY_CLEARANCE: Final = {
    Clearance.HOLD: Stand.HOLD,
    Clearance.EXAM: Stand.EXAM,
    Clearance.REFUSED: Stand.REFUSED,
    Clearance.UNKNOWN: Stand.UNKNOWN,
    Clearance.RELEASED: Stand.RELEASED,
    Clearance.RELEASED_CFIA: Stand.RELEASED_CFIA,
    Clearance.SET: Stand.SET,
    Clearance.ENTRY_ON_FILE: Stand.ENTRY,
    Clearance.MATCHED: Stand.MATCHED,
    Clearance.NOT_MATCHED: Stand.NOT_MATCHED,
}
_NEEDS: Final = frozenset(
    {
        *(Stand.HOLD, Stand.EXAM, Stand.RNS_ERROR, Stand.REFUSED, Stand.UNKNOWN, Stand.OTHER_OFFICE),
        *(Stand.NOT_FILED, Stand.NOTHING_YET, Stand.NOT_SET, Stand.RELEASED_CFIA),
    }
)
_SET: Final = frozenset({Stand.SET, Stand.IN_BOND, Stand.ENTRY})
_RELEASED: Final = frozenset({Stand.RELEASED, Stand.AUTHORISED})
_OPEN: Final = frozenset({Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a number stands.

    Attributes:
        stand: its state.
        before: what was known before a code came that is not understood; None where nothing was.
        event: what it comes from; None where nothing was heard.
    """

    stand: Stand
    before: Stand | None = None
    event: CrossingEvent | None = None


def standing_of(
    number: str,
    crossing: Crossing,
    now: datetime,
    *,
    eta: datetime | None = None,
    is_other_office: bool = False,
    is_on_trip: bool = False,
) -> Standing:
    """Return where a number stands.

    Args:
        number: as the fold knows it.
        crossing: the fold of its trip, or of what was heard of the number alone.
        now: the moment of asking (UTC).
        eta: arrival (UTC) of its trip, where it is known.
        is_other_office: the broker keyed another office than the trip's port.
        is_on_trip: whether it is on a trip at all.
    """
    state = crossing.shipments.get(number) or ShipmentState(regime=crossing.regime)
    events = [event for event in crossing.events if event.number == number]
    known = _known(state, events, crossing)
    if events and events[-1].what == What.NOT_UNDERSTOOD:
        has_been = known not in {Stand.UNKNOWN, Stand.NOT_ON_FILE, Stand.ON_FILE}
        return Standing(Stand.UNKNOWN, known if has_been else None, events[-1])
    event = _event(known, state, events, crossing)
    is_waiting = is_on_trip and crossing.customs in _OPEN and eta is not None and eta > now - OVERDUE
    if known in _SET and is_other_office and crossing.customs not in {Customs.ARRIVED, Customs.RELEASED}:
        return Standing(Stand.OTHER_OFFICE, None, event)
    if is_waiting and eta is not None and eta - now <= NEAR:
        if known is Stand.NOT_MATCHED:
            return Standing(Stand.NOT_FILED, None, event)
        if known in {Stand.ON_FILE, Stand.MATCHED, Stand.ACKNOWLEDGED}:
            return Standing(Stand.NOTHING_YET, known if known is not Stand.ON_FILE else None, event)
    return Standing(known, None, event)


def _known(state: ShipmentState, events: Sequence[CrossingEvent], crossing: Crossing) -> Stand:
    found = _BY_CLEARANCE.get(state.clearance)
    if found is Stand.REFUSED and _last(events, {_ERROR, What.REFUSED, What.ACCEPTED}) == _ERROR:
        return Stand.RNS_ERROR
    if found is Stand.SET and crossing.regime is Regime.ACE:
        return Stand.IN_BOND
    if found is Stand.RELEASED and state.is_authorised_delivery:
        return Stand.AUTHORISED
    if found is not None:
        return found
    newest = _last(events, {What.NOT_SET, What.ACKNOWLEDGED})
    if newest == What.NOT_SET:
        return Stand.NOT_SET
    if newest == What.ACKNOWLEDGED:
        return Stand.ACKNOWLEDGED
    is_filed = crossing.is_filed or _last(events, {What.ACCEPTED, What.REFUSED}) == What.ACCEPTED
    return Stand.ON_FILE if is_filed else Stand.NOT_ON_FILE


def _last(events: Sequence[CrossingEvent], wanted: set[What]) -> str:
    return next((event.what for event in reversed(events) if event.what in wanted), "")


_FROM: Final[dict[Stand, frozenset[What]]] = {
    Stand.HOLD: frozenset({What.HOLD}),
    Stand.EXAM: frozenset({What.EXAM}),
    Stand.RNS_ERROR: frozenset({What.RNS_ERROR}),
    Stand.REFUSED: frozenset({What.REFUSED, What.RNS_ERROR}),
    Stand.UNKNOWN: frozenset({What.NOT_UNDERSTOOD}),
    Stand.NOT_SET: frozenset({What.NOT_SET}),
    Stand.RELEASED_CFIA: frozenset({What.RELEASED_CFIA}),
    Stand.SET: frozenset({What.SET}),
    Stand.IN_BOND: frozenset({What.SET}),
    Stand.ENTRY: frozenset({What.ENTRY}),
    Stand.NOT_MATCHED: frozenset({What.NOT_MATCHED}),
    Stand.MATCHED: frozenset({What.MATCHED}),
    Stand.ON_FILE: frozenset({What.ACCEPTED, What.ACCEPTED_NONE}),
    Stand.ACKNOWLEDGED: frozenset({What.ACKNOWLEDGED}),
    Stand.AUTHORISED: frozenset({What.RELEASED}),
    Stand.RELEASED: frozenset({What.RELEASED}),
}


def _event(
    stand: Stand, state: ShipmentState, events: Sequence[CrossingEvent], crossing: Crossing
) -> CrossingEvent | None:
    wanted = _FROM.get(stand, frozenset())
    fitting = [event for event in events if event.what in wanted]
    coded = [event for event in fitting if state.code and event.code == state.code]
    if coded or fitting:
        return (coded or fitting)[-1]
    return next((one for one in reversed(crossing.events) if not one.number and one.what in wanted), None)


def group_of(
    standing: Standing, now: datetime, *, at: datetime, eta: datetime | None = None, customs: Customs = Customs.NONE
) -> Group:
    """Return which group of the list a number belongs to.

    Args:
        standing: where it stands.
        now: the moment of asking (UTC); the day is that of this computer.
        at: when it was last heard of or written here (UTC).
        eta: arrival of its trip (UTC).
        customs: how far its trip got.
    """
    stand = standing.stand
    if stand in _RELEASED:
        moment = (standing.event.at if standing.event is not None else at).astimezone()
        return Group.RELEASED if moment.date() == now.astimezone().date() else Group.EARLIER
    is_coming = eta is not None and eta > now - OVERDUE
    if customs is Customs.CANCELLED or (now - at > RECENT and not is_coming):
        return Group.EARLIER
    if stand in _NEEDS:
        return Group.NEEDS
    return Group.SET if stand in _SET else Group.WAITING
