"""Equipment swap: another truck or trailer for a trip, its load moved along (domain 8, "Equipment swap").

Nothing is sent from here. Where customs has the trip already, the change must be sent, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.clock import Clock
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Customs, Regime
from desktop.domain.swapping import Part, loaded_on, swapped
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.editing import Editing
from desktop.services.mending import Mending
from desktop.services.one_step import Done, OneStep
from desktop.services.standing import may_be_out
from desktop.store import Store

_OVER: Final = {Customs.ARRIVED: "arrived", Customs.RELEASED: "arrived", Customs.CANCELLED: "cancelled"}


class NoSwap(StrEnum):
    """Why a trip keeps its equipment."""

    ARRIVED = "arrived"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Unit:
    """A truck or trailer of a trip.

    Attributes:
        part: what it is.
        place: which trailer; 0 for the truck.
        number: its unit number.
        plate: its plate as it is read out, as in `ON JV2012`.
        kind: its type code.
        seals: the seals on it.
        loads: how many places of the trip are loaded on it.
    """

    part: Part
    place: int
    number: str
    plate: str
    kind: str
    seals: tuple[str, ...]
    loads: int


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a trip drives with.

    Attributes:
        is_sent: whether the gateway or customs may have it, so that a change must be sent.
        why_not: why nothing can be swapped any more; None where it can.
    """

    trip_id: str
    trip: str
    regime: Regime
    units: tuple[Unit, ...]
    is_sent: bool
    why_not: NoSwap | None = None


class Swapping:
    """Replaces equipment.

    Attributes:
        mending: changes trips in the same way so that a refusal does not come again.
    """

    def __init__(self, store: Store, border: Border, editing: Editing, changes: Changes, clock: Clock) -> None:
        self._store = store
        self._border = border
        self._one_step = OneStep(store, editing, changes, clock)
        self.mending = Mending(self._one_step)

    async def of_trip(self, trip_id: str) -> Equipment:
        """Return the equipment of a trip, with what is typed and not yet saved.

        Raises:
            NotFound: there is no such trip.
        """
        trip = await self._store.trips.get(trip_id)
        rows = await self._store.outbox.for_trip(trip_id)
        over = _OVER.get((await self._border.of_trip(trip)).customs)
        return Equipment(
            trip_id=trip_id,
            trip=trip.number,
            regime=trip.regime,
            units=units_of(await self._one_step.document(trip_id)),
            is_sent=any(may_be_out(row) for row in rows),
            why_not=None if over is None else NoSwap(over),
        )

    async def swap(self, trip_id: str, unit: Unit, new: JSONObject) -> Done | None:
        """Put another unit in the place of one, as one edit that can be undone; None where that one is gone meanwhile.

        Args:
            trip_id: the trip.
            unit: the one that stays behind.
            new: the other one in the shape of the trip's regime, with the seals on it.

        Raises:
            NotFound: there is no such trip.
            DesktopError: it could not be written.
        """

        def edit(document: JSONObject) -> JSONObject | None:
            if unit.number not in {one.number for one in units_of(document) if (one.part, one.place) == _key(unit)}:
                return None
            return swapped(document, unit.part, unit.place, new)

        return await self._one_step.change(trip_id, edit)

    async def take_back(self, done: Done) -> bool:
        """Undo; False where the trip was changed since."""
        return await self._one_step.take_back(done)


def _key(unit: Unit) -> tuple[Part, int]:
    return unit.part, unit.place


def units_of(document: JSONObject) -> tuple[Unit, ...]:
    """Return truck and trailers of a document."""
    trailers = document.get("trailers")
    found: Sequence[JSON] = trailers if isinstance(trailers, list) else []
    made = [_unit(document, Part.TRUCK, 0, document.get("truck"))]
    made += [_unit(document, Part.TRAILER, place, one) for place, one in enumerate(found)]
    return tuple(one for one in made if one is not None)


def _unit(document: JSONObject, part: Part, place: int, value: JSON) -> Unit | None:
    if not is_object(value):
        return None
    number = _text(value.get("number"))
    seals = value.get("sealNumbers")
    return Unit(
        part=part,
        place=place,
        number=number,
        plate=plate_of(value),
        kind=_text(value.get("type")),
        seals=tuple(one for one in seals if isinstance(one, str)) if isinstance(seals, list) else (),
        loads=loaded_on(document, part, number) if number else 0,
    )


def plate_of(unit: JSONObject) -> str:
    """Return the first plate of a unit as it is read out: state, then number."""
    many = unit.get("licensePlates")
    one = unit.get("licensePlate") if not isinstance(many, list) or not many else many[0]
    if not is_object(one):
        return ""
    return " ".join(part for part in (_text(one.get("stateProvince")), _text(one.get("number"))) if part)


def typed_unit(regime: Regime, old: Unit, number: str, plate: str, state: str) -> JSONObject:
    """Return a unit that is in no library, of the type of the one it replaces."""
    made: JSONObject = {"number": number}
    if old.kind:
        made["type"] = old.kind
    if plate:
        own: JSONObject = {"number": plate, **({"stateProvince": state} if state else {})}
        made |= {"licensePlate": own} if regime is Regime.ACI else {"licensePlates": [own]}
    return made


def _text(value: JSON) -> str:
    return value if isinstance(value, str) else ""
