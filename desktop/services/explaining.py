"""Explains one stored message: what it says, and what that means for the trip it is about, as that stands now."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.domain.lifecycle import Regime
from desktop.services.views import Concern, InboxMessage, MessageStep
from desktop.store import Store
from desktop.store.records import InboxItem, Trip
from desktop.texts import text

if TYPE_CHECKING:
    from desktop.crossing.explain import Explanation
    from desktop.crossing.news import Objection
    from desktop.crossing.step import Step
    from desktop.services.lookups import Lookups
    from desktop.services.views import TripRow

_NUMBER: Final = re.compile(r"[A-Z0-9]{5,25}")
_SHIPMENT: Final = re.compile(r"/shipments/(\d+)")
_ELSEWHERE: Final = re.compile(r"linked to another|already on file|duplicate", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known here beside the message.

    Attributes:
        trip: the trip it is about; None where it is about none here.
        row: how that trip stands now.
        paths: the field of each objection; empty where only the trip is known.
        other: a trip of ours that the message names beside its own, or that bears the same shipment.
        candidates: the trips it fits, where it fits several.
    """

    trip: Trip | None = None
    row: TripRow | None = None
    paths: tuple[str, ...] = ()
    other: Trip | None = None
    candidates: tuple[Trip, ...] = ()


class Explaining:
    """Puts a message and what is known here into words. Only reads."""

    def __init__(self, store: Store, lookups: Callable[[], Lookups] | None = None) -> None:
        self._store = store
        self._lookups = lookups

    async def message(self, card_id: str) -> InboxMessage:
        """Return one message explained.

        Raises:
            NotFound: there is no such message.
        """
        from desktop.crossing.explain import explain
        from desktop.services.inbox import card_of, value_of

        item = await self._store.inbox.get(card_id)
        frame = await self._store.frames.get(item.frame)
        explained = explain(value_of(frame.body))
        scene = await self._scene(item, explained)
        frames = await self._store.inbox.frames_of(item.id) if item.repeats else []
        return InboxMessage(
            card=card_of(item),
            happened="\n".join(explained.happened),
            concerns=_concerns(scene),
            steps=_steps(item, explained, scene),
            times=explained.times,
            raw=frame.body.decode("utf-8", "backslashreplace"),
            raw_size=frame.size,
            now=_now(item, scene),
            verdict=None if scene.row is None else scene.row.readiness.verdict,
            said=explained.said,
            place=_place(scene.row),
            eta=None if scene.row is None else scene.row.eta,
            received=tuple(one.received_at for one in frames) or (item.received_at,),
        )

    async def _scene(self, item: InboxItem, explained: Explanation) -> _Scene:
        if item.trip is None:
            from desktop.services.belonging import candidates_of

            return _Scene(candidates=await candidates_of(self._store, item.id))
        from desktop.crossing.objection import located
        from desktop.domain.shipment import numbers_by_place

        trip = await self._store.trips.get(item.trip)
        numbers = numbers_by_place(trip.document)
        row = (await self._lookups().rows_of([trip]))[0] if self._lookups is not None else None
        found = [located(one, trip.regime, numbers, item.received_at, str(item.frame)) for one in explained.objections]
        paths = tuple(one.path for one in found)
        other = await self._other(trip, explained.objections, numbers, paths)
        return _Scene(trip, row, paths, other)

    async def _other(
        self, trip: Trip, objections: Sequence[Objection], numbers: Sequence[str], paths: Sequence[str]
    ) -> Trip | None:
        """Return the other trip that stands in the way: one the words name, else one that bears the same shipment."""
        said = [one for one in objections if _ELSEWHERE.search(one.said)]
        for one in said:
            for number in _NUMBER.findall(f"{one.said} {one.identifier}".upper()):
                found = await self._store.trips.by_number(number, company=trip.company, regime=trip.regime)
                others = [named for named in found if named.id != trip.id]
                if number != trip.number and len(others) == 1:
                    return others[0]
        named = [
            number for number in numbers if number and any(number in f"{one.said} {one.identifier}" for one in said)
        ]
        at = [numbers[int(found[1])] for found in map(_SHIPMENT.match, paths) if found and int(found[1]) < len(numbers)]
        bearing = [
            other
            for number in (named or at or numbers if said and trip.company else ())
            if number
            for other in await self._store.shipments.trips_bearing(
                number, company=trip.company or "", regime=trip.regime
            )
            if other != trip.id
        ]
        ids = list(dict.fromkeys(bearing))
        return await self._store.trips.get(ids[0]) if len(ids) == 1 else None


def _place(row: TripRow | None) -> str:
    return "" if row is None else row.port_name or row.port


def _now(item: InboxItem, scene: _Scene) -> str:
    """Return what is known now of the trip: what the verdict says, never what the message alone would suggest."""
    if scene.candidates:
        trips = ", ".join(trip.number for trip in scene.candidates)
        return text("reader.several_trips", trips=trips)
    if scene.row is None:
        subject = item.trip_number or item.control_number
        return text("reader.no_trip", number=subject) if subject else ""
    readiness = scene.row.readiness
    reason = readiness.reasons[0].text if readiness.reasons else ""
    return text(f"reader.now.{readiness.verdict}", trip=scene.row.number, reason=reason).strip()


def _concerns(scene: _Scene) -> tuple[Concern, ...]:
    from desktop.validation import place

    trip = scene.trip
    if trip is None:
        return tuple(Concern(one.number, "", one.id, "") for one in scene.candidates)
    found = [
        Concern(trip.number, place(trip.document, path, trip.regime), trip.id, path)
        for path in dict.fromkeys(scene.paths)
        if path
    ] or [Concern(trip.number, "", trip.id, "")]
    if scene.other is not None:
        found.append(Concern(scene.other.number, "", scene.other.id, ""))
    return tuple(found)


def _steps(item: InboxItem, explained: Explanation, scene: _Scene) -> tuple[MessageStep, ...]:
    from desktop.crossing.step import Does, Step

    steps = list(explained.steps)
    row = scene.row
    if row is not None and explained.office and row.port and explained.office != row.port:
        steps.insert(0, Step("other_office", Does.WRITE_BROKER, number=item.control_number))
    is_news_of_nobody = scene.trip is None and not scene.candidates and item.kind == "RNS_SHIPMENT"
    if is_news_of_nobody and item.control_number:
        steps.insert(0, Step("create", Does.CREATE, number=item.control_number))
    choices = [
        MessageStep(
            text("told.step.assign", trip=trip.number),
            does=Does.ASSIGN,
            button=text("told.does.assign"),
            trip_id=trip.id,
            number=item.control_number,
        )
        for trip in scene.candidates
    ]
    return (*choices, *(_step(one, item, explained, scene) for one in steps))


def _step(one: Step, item: InboxItem, explained: Explanation, scene: _Scene) -> MessageStep:
    """Return a step in words; its button is left out where there is nothing here it could open."""
    number = one.number or item.control_number
    other = text("told.older_trip") if scene.other is None else text("told.about.trip", number=scene.other.number)
    words = text(
        one.key,
        trip=item.trip_number or text("told.the_trip"),
        number=_shipment(one, explained, scene) or number or text("told.the_shipment"),
        other=other,
        port=_place(scene.row),
        office=explained.office,
    )
    head, _, why = words.partition(". ")
    does, trip_id, path = _aim(one, scene)
    regime = item.regime
    takes = text("told.time.ace" if regime is Regime.ACE else "told.time.aci") if one.is_answered and regime else ""
    return MessageStep(
        text=head,
        why=why,
        does=does,
        button=text(f"told.does.{does}") if does else "",
        takes=takes,
        trip_id=trip_id,
        path=path,
        number=(_shipment(one, explained, scene) or number) if does == "move" else number,
        other_id=None if scene.other is None else scene.other.id,
    )


def _shipment(one: Step, explained: Explanation, scene: _Scene) -> str:
    """Return the shipment an objection is about, by the field it was found at."""
    if scene.trip is None or not 0 <= one.objection < len(scene.paths):
        return ""
    found = _SHIPMENT.match(scene.paths[one.objection])
    if found is None:
        return explained.objections[one.objection].identifier
    from desktop.domain.shipment import control_number, shipments_of

    shipments, place = shipments_of(scene.trip.document), int(found[1])
    return control_number(shipments[place]) if place < len(shipments) else ""


def _aim(one: Step, scene: _Scene) -> tuple[str, str | None, str]:
    """Return what a step's button does here, with the trip and the field it does it to."""
    from desktop.crossing.step import Does

    trip_id = None if scene.trip is None else scene.trip.id
    path = scene.paths[one.objection] if 0 <= one.objection < len(scene.paths) else ""
    match one.does:
        case Does.SETTINGS | Does.CREATE:
            return one.does, trip_id, path
        case Does.NOTHING:
            return "", trip_id, path
        case Does.MOVE | Does.CANCEL_OTHER if scene.other is None:
            does = Does.OPEN_FIELD if path else Does.OPEN_TRIP
            return ("", None, "") if trip_id is None or one.does is Does.MOVE else (does, trip_id, path)
        case Does.OPEN_FIELD | Does.NEXT_NUMBER if trip_id is not None and not path:
            return Does.OPEN_TRIP, trip_id, ""
        case _:
            return (one.does, trip_id, path) if trip_id is not None else ("", None, "")
