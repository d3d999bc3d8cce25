"""Trucks that are late: a new arrival for a trip and all its shipments at once (domain 8, "Late truck").

Nothing is sent from here. Where customs has the trip already, the change must be sent, and that is said. CBP takes no
other day of arrival for a trip that is on file: that is cancel and send again (domain 4.8), and is said before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.clock import Clock
from desktop.domain.arrival import ETA, PORTS, answers_in, arrival_of, zone_for
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Customs, Regime
from desktop.domain.times import Doubt, moment_of, parse_wall, wall_at, wall_text
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.edit_session import EditSession
from desktop.services.editing import Editing
from desktop.services.importing import eta_of
from desktop.services.standing import may_be_out
from desktop.services.views import Subject
from desktop.store import Conflict, Store
from desktop.store.records import Trip, UndoStep, UndoTail

SHIPMENT_ETA: Final = "estimatedArrivalDate"
_OVER: Final = frozenset({Customs.ARRIVED, Customs.RELEASED, Customs.CANCELLED})
_AT_CUSTOMS: Final = frozenset(
    {Customs.TRANSMITTED, Customs.PRELIMINARY, Customs.ON_FILE, Customs.CLEARED, Customs.UNKNOWN}
)


class LeftOut(StrEnum):
    """Why a trip keeps its arrival."""

    NO_ETA = "no_eta"
    DOUBTFUL = "doubtful"  # the clock skips or doubles the time it has now
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    DELETED = "deleted"
    CALENDAR = "calendar"  # beyond the last day there is


@dataclass(frozen=True, slots=True)
class LateLine:
    """What would become of one trip.

    Attributes:
        trip_id: which trip.
        trip: its number; empty where it has none.
        regime: whose customs.
        before: arrival as it stands, wall time at the port as written.
        after: the new one; empty where it is left out.
        zone: the port's zone (IANA); empty where nobody knows it: the hours are then counted on the written clock.
        left_out: why nothing changes; None where something does.
        is_sent: whether customs or the gateway has it, so that the change must be sent.
        is_other_day: whether the day changes.
        must_refile: ACE on file and another day: cancel and send again.
        is_past: whether the new arrival has passed already.
        is_repeated_hour: whether the port's clock shows the new time twice that night.
        shipments: how many shipments get the new time too.
    """

    trip_id: str
    trip: str
    regime: Regime
    before: str
    after: str = ""
    zone: str = ""
    left_out: LeftOut | None = None
    is_sent: bool = False
    is_other_day: bool = False
    must_refile: bool = False
    is_past: bool = False
    is_repeated_hour: bool = False
    shipments: int = 0


@dataclass(frozen=True, slots=True)
class Shifted:
    """A trip that got a new arrival, with what is needed to take that back."""

    line: LateLine
    version: int
    before: JSONObject
    after: JSONObject


class Late:
    """Moves the arrival of trips."""

    def __init__(self, store: Store, border: Border, editing: Editing, changes: Changes, clock: Clock) -> None:
        self._store = store
        self._border = border
        self._editing = editing
        self._changes = changes
        self._clock = clock

    async def preview(self, trip_ids: Sequence[str], minutes: int) -> list[LateLine]:
        """Return what would become of each trip; nothing is changed. Negative minutes are earlier."""
        return [(await self._look(trip_id, minutes))[0] for trip_id in trip_ids]

    async def shift(self, trip_ids: Sequence[str], minutes: int) -> list[Shifted]:
        """Give the trips their new arrival, each as one edit that can be undone; return those that changed.

        Those that `preview` leaves out keep theirs. What is typed in an open trip at that moment stays.
        """
        done = []
        for trip_id in trip_ids:
            shifted = await self._shift(trip_id, minutes)
            if shifted is not None:
                done.append(shifted)
        return done

    async def take_back(self, shifted: Sequence[Shifted]) -> list[str]:
        """Undo; return the trips that were changed since and keep what they have."""
        return [one.line.trip_id for one in shifted if not await self._take_back(one)]

    async def _look(self, trip_id: str, minutes: int) -> tuple[LateLine, JSONObject, dict[str, JSON]]:
        trip = await self._store.trips.get(trip_id)
        document, local = trip.document, trip.local
        if self._editing.is_open(trip_id):
            session = await self._editing.open(trip_id)
            if is_object(session.document):
                document, local = session.document, session.local
        rows = await self._store.outbox.for_trip(trip_id)
        crossing = await self._border.of_trip(trip)
        is_out = any(may_be_out(row) for row in rows)
        line, after, answers = shifted_document(trip, document, local, minutes)
        if trip.deleted_at is not None:
            line = _left(line, LeftOut.DELETED)
        elif crossing.customs in _OVER:
            is_gone = crossing.customs is Customs.CANCELLED
            line = _left(line, LeftOut.CANCELLED if is_gone else LeftOut.ARRIVED)
        if line.left_out is not None:
            return line, document, {}
        now = self._clock.now()
        moment = eta_of(trip.regime, after, {**local, **answers})
        is_on_file = crossing.is_filed or crossing.customs in _AT_CUSTOMS
        line = LateLine(
            trip_id=line.trip_id,
            trip=line.trip,
            regime=line.regime,
            before=line.before,
            after=line.after,
            zone=line.zone,
            is_sent=is_out,
            is_other_day=line.before[:10] != line.after[:10],
            must_refile=trip.regime is Regime.ACE and is_on_file and line.before[:10] != line.after[:10],
            is_past=moment is not None and moment < now,
            is_repeated_hour=bool(answers),
            shipments=line.shipments,
        )
        return line, after, answers

    async def _shift(self, trip_id: str, minutes: int) -> Shifted | None:
        while True:
            is_open = self._editing.is_open(trip_id)
            line, after, answers = await self._look(trip_id, minutes)
            if line.left_out is not None:
                return None
            if is_open:
                session = await self._editing.open(trip_id)
                before = session.document
                again = shifted_document(await self._store.trips.get(trip_id), before, session.local, minutes)
                if not is_object(before) or again[0].left_out is not None:
                    return None
                _put(session, again[1], {**session.local, **again[2]})
                await session.flush()
                return Shifted(again[0] if again[0].after != line.after else line, session.version, before, again[1])
            trip = await self._store.trips.get(trip_id)
            step = UndoStep("", trip.document, after, self._clock.now())
            keep = trip.undo_position
            local = {**trip.local, **answers}
            saved = await self._save(trip, after, local, UndoTail(keep, [step], keep + 1))
            if saved is not None:
                return Shifted(line, saved.version, trip.document, after)

    async def _take_back(self, shifted: Shifted) -> bool:
        trip_id = shifted.line.trip_id
        while True:
            if self._editing.is_open(trip_id):
                session = await self._editing.open(trip_id)
                if session.document != shifted.after:
                    return False
                session.undo()
                await session.flush()
                return True
            trip = await self._store.trips.get(trip_id)
            if trip.document != shifted.after or trip.undo_position < 1:
                return False
            tail = UndoTail(trip.undo_position, [], trip.undo_position - 1)
            if await self._save(trip, shifted.before, trip.local, tail) is not None:
                return True

    async def _save(self, trip: Trip, document: JSONObject, local: JSONObject, undo: UndoTail) -> Trip | None:
        """Save a trip that nobody has open; None where somebody saved it in between."""
        try:
            saved = await self._store.trips.save(
                trip.id,
                document,
                local,
                version=trip.version,
                eta_utc=eta_of(trip.regime, document, local),
                undo=undo,
            )
        except Conflict:
            return None
        self._changes.announce(Subject.TRIP, [trip.id])
        return saved


def _put(session: EditSession, document: JSONObject, local: dict[str, JSON]) -> None:
    """Change everything in one step that Ctrl+Z takes back."""
    session.adopt(document, local, session.version)
    session.taken_over = None  # nobody else did it


def _left(line: LateLine, why: LeftOut) -> LateLine:
    return LateLine(line.trip_id, line.trip, line.regime, line.before, zone=line.zone, left_out=why)


def shifted_document(
    trip: Trip, document: JSON, local: Mapping[str, JSON], minutes: int
) -> tuple[LateLine, JSONObject, dict[str, JSON]]:
    """Return what a document becomes with its arrival moved, and the answer to keep about a doubled hour.

    Minutes pass on the real clock: over a night in which the port's clock is set, the written time moves by an hour
    more or less. A new time that the clock shows twice needs no question: which of the two is known.
    """
    whole = document if is_object(document) else {}
    written = whole.get(ETA)
    wall = parse_wall(written)
    answers = answers_in(local)
    zone = zone_for(trip.regime, whole.get(PORTS[trip.regime]), answers) or ""
    line = LateLine(trip.id, trip.number, trip.regime, written if isinstance(written, str) else "", zone=zone)
    if wall is None:
        return _left(line, LeftOut.NO_ETA), whole, {}
    arrival = arrival_of(trip.regime, whole, answers)
    if zone and (arrival is None or arrival.moment is None):
        is_odd = arrival is None or arrival.doubt is Doubt.NO_ZONE  # the first and last days of the calendar
        return _left(line, LeftOut.CALENDAR if is_odd else LeftOut.DOUBTFUL), whole, {}
    try:
        moment = arrival.moment + timedelta(minutes=minutes) if arrival is not None and arrival.moment else None
        after = wall_at(moment, zone) if moment is not None else wall + timedelta(minutes=minutes)
    except OverflowError:
        return _left(line, LeftOut.CALENDAR), whole, {}
    new = wall_text(after.replace(microsecond=0))
    made, count = _with_eta(trip.regime, whole, new)
    line = LateLine(trip.id, trip.number, trip.regime, line.before, new, zone, shipments=count)
    return line, made, _answer(after, moment, zone, new)


def _answer(wall: datetime, moment: datetime | None, zone: str, written: str) -> dict[str, JSON]:
    if not zone or moment is None:
        return {}
    found = moment_of(wall, zone)
    if found.doubt is not Doubt.DOUBLED:
        return {}
    return {"doubled": {"eta": written, "is_later": moment == found.choices[1]}}


def _with_eta(regime: Regime, document: JSONObject, eta: str) -> tuple[JSONObject, int]:
    """Return the document with a new arrival, on the trip and (ACI) on each shipment, and how many those are."""
    made: JSONObject = {**document, ETA: eta}
    shipments = document.get("shipments")
    if regime is not Regime.ACI or not isinstance(shipments, list):
        return made, 0
    made["shipments"] = [{**one, SHIPMENT_ETA: eta} if is_object(one) else one for one in shipments]
    return made, sum(is_object(one) for one in shipments)
