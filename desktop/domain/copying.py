"""A trip to start another one from: what belongs to one crossing alone is taken out, the rest stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Final

from desktop.domain.documents import JSON, JSONObject, Missing, get, is_object, join, put, split
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import NUMBER
from desktop.domain.times import Doubt, moment_of, parse_wall, wall_text

ENVELOPE: Final = frozenset({"sendId", "companyKey", "operation", "autoSend"})
"""What belongs to one message, not to the trip (protocol 2)."""

MARKS: Final = "to_confirm"
"""Where a trip's local facts keep the places that are to be looked at again."""

ETA: Final = "estimatedArrivalDateTime"
SHIPMENT_ETA: Final = "estimatedArrivalDate"
LEAD: Final = timedelta(minutes=60)
"""How long before arrival both customs want to know of a truck (domain 1)."""

_DAY = timedelta(days=1)
_DAYS_LEFT = timedelta(days=7)

_ONE_TRIP = ENVELOPE | {"tripNumber", ETA}
_ONE_SHIPMENT = ENVELOPE | {
    *NUMBER.values(),
    SHIPMENT_ETA,
    "goodsAstrayDateOfExit",
    "uniqueConsignmentReferenceNumber",
}
_ONE_BOND = frozenset({"paperInBondNumber", "estimatedDepartureDate"})
_UNITS = ("truck", "trailers", "containers")
_MAY_CHANGE = ("quantity", "weight", "value")
_ON_BOARD = (
    ("drivers", ("driverNumber", "firstName")),
    ("passengers", ("firstName", "lastName")),
    ("trailers", ("number",)),
    ("containers", ("number",)),
)
"""What comes along on one trip and not on the next, and the members it is known by."""


def copied(document: JSONObject) -> JSONObject:
    """Return the trip without what belongs to one crossing: numbers, arrival, seals, in-bond papers, envelope.

    What is not of the expected shape stays as it is: a half-finished trip is copied half-finished.
    """
    made = without(document, _ONE_TRIP)
    for name in _UNITS:
        if name in made:
            made[name] = each(made[name], lambda unit: without(unit, {"sealNumbers"}))
    if "shipments" in made:
        made["shipments"] = each(made["shipments"], _copied_shipment)
    made["operation"] = "CREATE"
    return made


def _copied_shipment(shipment: JSONObject) -> JSONObject:
    made = without(shipment, _ONE_SHIPMENT)
    bond = made.get("inBondDetails")
    if is_object(bond):
        made["inBondDetails"] = without(bond, _ONE_BOND)
    return made


def without(value: JSONObject, names: Iterable[str]) -> JSONObject:
    """Return an object without some of its members."""
    gone = frozenset(names)
    return {name: member for name, member in value.items() if name not in gone}


def each(value: JSON, change: Callable[[JSONObject], JSONObject]) -> JSON:
    """Return an object, or the objects of an array, changed; what is neither stays as it is."""
    if isinstance(value, list):
        return [change(row) if is_object(row) else row for row in value]
    return change(value) if is_object(value) else value


def objects(value: JSON, name: str) -> Iterator[tuple[int, JSONObject]]:
    """Yield the objects in the array `name`, each with its position."""
    rows = value.get(name) if is_object(value) else None
    for position, row in enumerate(rows if isinstance(rows, list) else []):
        if is_object(row):
            yield position, row


# What to look at again


def to_confirm(document: JSONObject) -> list[str]:
    """Return the places of a copy that may differ this time: people, trailers, containers, how much of what."""
    found: list[str] = []
    for name, known_by in _ON_BOARD:
        for position, row in objects(document, name):
            found.extend(join(name, position, member) for member in _first_of(row, known_by))
    for position, shipment in objects(document, "shipments"):
        if shipment.get("referenceOnlyShipment") is True:
            continue
        for place, commodity in objects(shipment, "commodities"):
            base = join("shipments", position, "commodities", place)
            found.extend(f"{base}/{name}" for name in _MAY_CHANGE if commodity.get(name) not in (None, ""))
    return found


def _first_of(value: JSONObject, names: Sequence[str]) -> list[str]:
    return [name for name in names if value.get(name)][:1]


def local_after(local: JSONObject, before: JSON, after: JSON) -> JSONObject:
    """Return the local facts of a trip after an edit: its marks follow their rows, and go where something changed."""
    marks = local.get(MARKS)
    if not isinstance(marks, list) or not marks:
        return local
    kept: list[JSON] = [*still_to_confirm(map(str, marks), before, after)]
    return {**local, MARKS: kept}


def still_to_confirm(pointers: Iterable[str], before: JSON, after: JSON) -> list[str]:
    """Return the places that are still to be looked at after an edit: none that was changed, and none that is gone.

    A place follows its row when others come or go before it.
    """
    followed = (_followed(pointer, before, after) for pointer in pointers)
    return [pointer for pointer in followed if pointer is not None]


def _followed(pointer: str, before: JSON, after: JSON) -> str | None:
    if before is after:
        return pointer
    found: list[str | int] = []
    for step in split(pointer):
        if before is after or not isinstance(before, (list, dict)) or type(before) is not type(after):
            found.append(step)
            continue
        old = get(before, join(step))
        if isinstance(old, Missing):
            return None
        here: str | int = step
        if isinstance(before, list) and isinstance(after, list):
            place = _place_of(old, int(step), before, after)
            if place is None:
                return None
            here = place
        new = get(after, join(here))
        if isinstance(new, Missing):
            return None
        found.append(here)
        before, after = old, new
    return join(*found) if before is after or before == after else None


def _place_of(row: JSON, place: int, before: list[JSON], after: list[JSON]) -> int | None:
    """Return where a row stands after an edit of its array; None where it is gone."""
    if len(before) == len(after):
        return place
    same = [number for number, one in enumerate(after) if one is row]
    if not same:
        others = set(map(id, before))  # read from the store, a step back is equal and not the same
        same = [number for number, one in enumerate(after) if id(one) not in others and one == row]
    return min(same, key=lambda number: abs(number - place)) if same else None


# When it goes again


def next_arrival(wall: datetime, zone: str | None, now: datetime) -> datetime:
    """Return the next day's arrival at the same hour: after the day of `wall`, and far enough ahead for customs.

    Args:
        wall: when the trip before arrived, wall time at the port.
        zone: IANA zone of the port; None where it is not known: then it is tomorrow at the earliest.
        now: the present moment.
    """
    if date.max - wall.date() < _DAYS_LEFT:
        return wall  # the calendar ends here; whoever typed that will see it
    day = max(wall.date() + _DAY, now.astimezone(UTC).date() - _DAY)
    while not _is_far_enough(datetime.combine(day, wall.time()), zone, now):
        day += _DAY
    return datetime.combine(day, wall.time())


def _is_far_enough(wall: datetime, zone: str | None, now: datetime) -> bool:
    found = moment_of(wall, zone)
    if found.doubt is Doubt.SKIPPED:  # there is no such hour on that day
        return False
    moment = found.moment or (found.choices[0] if found.choices else None)
    if moment is None:  # no zone: a day is more than any doubt about it
        return wall.replace(tzinfo=UTC) - now > _DAY
    return moment - now > LEAD


def with_arrival(regime: Regime, document: JSONObject, before: JSONObject, arrival: datetime) -> JSONObject:
    """Return a copy of `before` with an arrival; shipments into Canada keep their distance to it.

    A shipment so far away that the calendar ends before it is left without one.

    Args:
        regime: whose trip it is.
        document: the copy.
        before: the trip it was made from.
        arrival: wall time at the port.
    """
    made: JSON = put(document, f"/{ETA}", wall_text(arrival))
    was = parse_wall(before.get(ETA))
    if regime is Regime.ACI:
        for position, shipment in objects(before, "shipments"):
            own = parse_wall(shipment.get(SHIPMENT_ETA))
            if own is not None:
                with suppress(OverflowError):
                    moved = arrival if was is None else arrival + (own - was)
                    made = put(made, join("shipments", position, SHIPMENT_ETA), wall_text(moved))
    return made if is_object(made) else document


# Numbers


def numberless(regime: Regime, document: JSONObject) -> list[str]:
    """Return the places of control numbers that are ours to give and stand empty."""
    name = NUMBER[regime]
    return [
        join("shipments", position, name)
        for position, shipment in objects(document, "shipments")
        if not shipment.get(name) and shipment.get("referenceOnlyShipment") is not True
    ]


def numbered(document: JSONObject, places: Sequence[str], numbers: Sequence[str]) -> JSONObject:
    """Return the document with numbers at these places, as far as there are any, as the first member there."""
    made: JSON = document
    for place, number in zip(places, numbers, strict=False):
        steps = split(place)
        parent = join(*steps[:-1])
        holder = get(made, parent) if parent else made
        if is_object(holder):
            fields: JSONObject = {"data": holder["data"]} if "data" in holder else {}
            filled: JSONObject = {**fields, steps[-1]: number, **without(holder, {"data", steps[-1]})}
            made = put(made, parent, filled) if parent else filled
    return made if is_object(made) else document
