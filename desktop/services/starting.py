"""Starts trips: empty, like another one, back the other way, the same again another day, or from a template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from desktop import texts
from desktop.clock import Clock
from desktop.domain.arrival import answers_in, zone_for
from desktop.domain.copying import (
    ETA,
    copied,
    next_arrival,
    numbered,
    numberless,
    objects,
    to_confirm,
    with_arrival,
)
from desktop.domain.documents import JSON, JSONObject, is_object, join, put
from desktop.domain.lifecycle import Regime
from desktop.domain.mirroring import OTHER, PORTS, Load, mirrored
from desktop.domain.times import parse_wall
from desktop.errors import UsageError
from desktop.services.belonging import link_again
from desktop.services.changes import Changes
from desktop.services.edit_session import EditSession
from desktop.services.importing import eta_of
from desktop.services.library import wire_object
from desktop.services.views import Subject, TemplateRow
from desktop.store import Store
from desktop.store.records import LibraryKind, NumberKind, Trip
from desktop.store.template import Template

EMPTY: Final[dict[Regime, JSONObject]] = {
    Regime.ACE: {"data": "ACE_TRIP", "operation": "CREATE", "truck": {}, "drivers": [{}], "shipments": []},
    Regime.ACI: {"data": "ACI_TRIP", "operation": "CREATE", "truck": {}, "drivers": [{}], "shipments": []},
}
_NATURE = ("is_empty_trip", "nature")
_PLACE = ("zone",)  # whose clock the port goes by, as the user answered
_KEYS: Final[dict[LibraryKind, str]] = {"driver": "driverNumber", "truck": "number", "trailer": "number"}
_LATELY = 200
_LONGEST_NAME = 80


class Opens(Protocol):
    """Who opens trips for editing."""

    async def open(self, trip_id: str) -> EditSession:
        """Open a stored trip."""
        ...

    async def flush(self, trip_id: str | None = None) -> None:
        """Make everything typed durable."""
        ...


class Numbers(Protocol):
    """Who gives numbers out of a carrier's ranges."""

    async def take(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None, count: int = 1
    ) -> list[str]:
        """Take the next numbers for good; fewer or none where there are none."""
        ...

    async def driver_of(self, company: str, document: JSONObject) -> str | None:
        """Return the library id of a trip's first driver."""
        ...


class Starting:
    """Makes new trips. Each has its numbers from the carrier's ranges; without a range they stay empty.

    What it takes over from another trip is that trip's as it is typed now. Every method that starts a trip raises
    NotFound where the trip or template is not there.
    """

    def __init__(self, store: Store, opens: Opens, numbers: Numbers, changes: Changes, clock: Clock) -> None:
        self._store = store
        self._opens = opens
        self._numbers = numbers
        self._changes = changes
        self._clock = clock

    async def new(self, regime: Regime, company: str | None = None) -> EditSession:
        """Start an empty trip of a company; it is in the lists from the first moment.

        Without a company it is the only one's, where there is only one.
        """
        if company is None:
            found = await self._store.companies.all()
            company = found[0].id if len(found) == 1 else ""
        return await self._start(regime, EMPTY[regime], {}, company)

    async def copy(self, trip_id: str) -> EditSession:
        """Start a trip like another one, without what belongs to that one alone: numbers, arrival, seals, envelope."""
        old = await self._as_typed(trip_id)
        made = copied(old.document)
        local = _carried(old.local, "copy", old.number, to_confirm(made), _NATURE + _PLACE)
        return await self._start(old.regime, made, local, old.company)

    async def repeat(self, trip_id: str) -> EditSession:
        """Start the same trip again: a copy that arrives at the same hour of the next day customs can be told of."""
        old = await self._as_typed(trip_id)
        made = copied(old.document)
        wall = parse_wall(old.document.get(ETA))
        if wall is not None:
            zone = zone_for(old.regime, old.port, answers_in(old.local))
            made = with_arrival(old.regime, made, old.document, next_arrival(wall, zone, self._clock.now()))
        local = _carried(old.local, "repeat", old.number, to_confirm(made), _NATURE + _PLACE)
        return await self._start(old.regime, made, local, old.company)

    async def mirror(self, trip_id: str, load: Load = Load.NOTHING) -> EditSession:
        """Start the way back of a trip: with nothing on board, or with its goods from the consignee to the shipper."""
        old = await self._as_typed(trip_id)
        made = mirrored(old.regime, old.document, load, ports=await self._ports(old))
        local = _carried({}, "mirror", old.number, made.to_confirm, ())
        if load is Load.NOTHING:
            local |= {"is_empty_trip": True, "nature": "bobtail" if old.local.get("nature") == "bobtail" else "empty"}
        if old.port:
            local["port_before"] = old.port
        document = await self._completed(made.regime, made.document, old.company)
        return await self._start(made.regime, document, local, old.company)

    async def _completed(self, regime: Regime, document: JSONObject, company: str) -> JSONObject:
        """Return the document with what the library knows of crew and units and the other regime never asked for."""
        made: JSON = document
        for kind, pointer, here in _known_by_number(document):
            key = here.get(_KEYS[kind])
            for item in await self._store.library.by_key(kind, str(key), company=company or None):
                name = item.document.get("lastName", here.get("lastName"))
                if item.is_active and name == here.get("lastName"):
                    known = wire_object(kind, item.document, regime)
                    made = put(made, pointer, {**known, **here})
                    break
        return made if is_object(made) else document

    async def _ports(self, trip: Trip) -> list[str]:
        """Return the ports of the other direction this carrier uses, the likeliest first."""
        before = trip.local.get("port_before")
        found = await self._store.trips.latest(company=trip.company, regime=OTHER[trip.regime], limit=_LATELY)
        ports = [one.document.get(PORTS[one.regime]) for one in reversed(found)]
        return [port for port in (before, *ports) if isinstance(port, str) and port]

    async def _as_typed(self, trip_id: str) -> Trip:
        await self._opens.flush(trip_id)
        return await self._store.trips.get(trip_id)

    # Templates

    async def templates(self, company: str | None = None) -> list[TemplateRow]:
        """Return the templates by name; with `company`, that carrier's only."""
        return [_row(one) for one in await self._store.templates.all(company=company)]

    async def keep_template(self, trip_id: str, name: str) -> TemplateRow:
        """Keep a trip as a template, without numbers, arrival and seals.

        Raises:
            UsageError: the name is empty, or another template of this carrier and direction bears it.
        """
        trip = await self._as_typed(trip_id)
        local: JSONObject = {key: trip.local[key] for key in _NATURE + _PLACE if key in trip.local}
        made = await self._store.templates.add(
            trip.regime, _name(name), copied(trip.document), local, company=trip.company
        )
        self._changes.announce(Subject.TEMPLATE, [made.id])
        return _row(made)

    async def from_template(self, template_id: str) -> EditSession:
        """Start a trip from a template; it is the carrier's whose template it is, whoever is shown."""
        template = await self._store.templates.get(template_id)
        marks = to_confirm(template.document)
        local = _carried(template.local, "template", template.name, marks, _NATURE + _PLACE)
        return await self._start(template.regime, template.document, local, template.company)

    async def rename_template(self, template_id: str, name: str) -> None:
        """Give a template another name.

        Raises:
            UsageError: the name is empty or taken.
            NotFound: there is no such template.
        """
        await self._store.templates.rename(template_id, _name(name))
        self._changes.announce(Subject.TEMPLATE, [template_id])

    async def remove_template(self, template_id: str) -> None:
        """Take a template out of the list; `bring_template_back` undoes that for a month."""
        await self._store.templates.remove(template_id)
        self._changes.announce(Subject.TEMPLATE, [template_id])

    async def bring_template_back(self, template_id: str) -> None:
        """Bring a removed template back.

        Raises:
            UsageError: its name was given to another one meanwhile.
        """
        await self._store.templates.bring_back(template_id)
        self._changes.announce(Subject.TEMPLATE, [template_id])

    # Making

    async def _start(self, regime: Regime, document: JSONObject, local: JSONObject, company: str) -> EditSession:
        driver = await self._numbers.driver_of(company, document) if company else None
        if company:
            document = await self._numbered(regime, document, company, ["/tripNumber"], "trip", driver)
            places = numberless(regime, document)
            document = await self._numbered(regime, document, company, places, "control", driver)
        trip = await self._store.trips.add(
            regime, document, local, company=company, eta_utc=eta_of(regime, document, local)
        )
        if trip.number:
            await link_again(self._store, trip)
        self._changes.announce(Subject.TRIP, [trip.id])
        return await self._opens.open(trip.id)

    async def _numbered(
        self,
        regime: Regime,
        document: JSONObject,
        company: str,
        places: Sequence[str],
        kind: NumberKind,
        driver: str | None,
    ) -> JSONObject:
        if not places:
            return document
        taken = await self._numbers.take(company, regime, kind, driver=driver, count=len(places))
        return numbered(document, places, taken)


def _known_by_number(document: JSONObject) -> list[tuple[LibraryKind, str, JSONObject]]:
    """Return truck, trailers and drivers that bear a number, each with its kind and place."""
    found: list[tuple[LibraryKind, str, JSONObject]] = []
    truck = document.get("truck")
    if is_object(truck):
        found.append(("truck", "/truck", truck))
    found.extend(("trailer", join("trailers", place), row) for place, row in objects(document, "trailers"))
    found.extend(("driver", join("drivers", place), row) for place, row in objects(document, "drivers"))
    return [entry for entry in found if isinstance(entry[2].get(_KEYS[entry[0]]), str) and entry[2][_KEYS[entry[0]]]]


def _carried(local: JSONObject, how: str, name: str, marks: list[str], names: Sequence[str]) -> JSONObject:
    """Return the local facts of a new trip: those of `names`, where it comes from, what to look at again."""
    kept: JSONObject = {key: local[key] for key in names if key in local}
    confirm: JSON = list(marks)
    return {**kept, "started_from": texts.text(f"starting.from.{how}", name=name), "to_confirm": confirm}


def _name(name: str) -> str:
    plain = " ".join(name.split())[:_LONGEST_NAME]
    if not plain:
        raise UsageError("starting.no_name")
    return plain


def _row(template: Template) -> TemplateRow:
    return TemplateRow(template.id, template.company, template.regime, template.name)
