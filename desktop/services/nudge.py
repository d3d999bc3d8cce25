"""A letter to the broker whose entry is missing: a draft that the user's mail program opens, never sent from here.

It names what the broker needs (control numbers, trip, port, arrival, carrier) and nobody: no driver, no plate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop import texts
from desktop.clock import Clock
from desktop.crossing.alert import missing
from desktop.domain.arrival import answers_in, zone_for
from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.shipment import filer_code, place_of, shipments_of
from desktop.domain.times import parse_wall
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.mailing import Mailing, Note, clean_address
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.alert import NewAlert
from desktop.store.records import LibraryItem, Trip
from desktop.texts import text

_CUSTOMS_BROKERS: Final = frozenset({"XR", "XU"})
"""Types of third parties that are customs brokers (Mexican, United States)."""


@dataclass(frozen=True, slots=True)
class Broker:
    """Who is thought to be the broker.

    Attributes:
        name: as in the library, or of the filer code; empty where nobody knows.
        address: e-mail; empty where none is known.
        phone: telephone; empty where none is known.
        is_sure: whether the shipment names this broker; else it is the only one in the library.
    """

    name: str = ""
    address: str = ""
    phone: str = ""
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Nudge:
    """A letter that was drafted; nothing is sent.

    Attributes:
        path: the e-mail as a file.
        mailto: the same as an address.
        to: whom to; empty leaves it to the user.
        broker: who is thought to be the broker.
        numbers: the shipments it is about.
        subject: its head.
        body: its words.
    """

    path: Path
    mailto: str
    to: str
    broker: Broker
    numbers: tuple[str, ...]
    subject: str
    body: str


class Nudges:
    """Writes to brokers."""

    def __init__(self, store: Store, border: Border, mailing: Mailing, changes: Changes, clock: Clock) -> None:
        self._store = store
        self._border = border
        self._mailing = mailing
        self._changes = changes
        self._clock = clock

    async def broker(self, trip_id: str, number: str = "") -> Broker:
        """Return who is thought to be the broker of a shipment, or of the first missing one of a trip."""
        trip = await self._store.trips.get(trip_id)
        numbers = [number] if number else await self._missing(trip)
        return await self._broker(trip, numbers[0] if numbers else "")

    async def draft(self, trip_id: str, number: str = "", language: str = "") -> Nudge:
        """Write to the broker of a shipment; without `number`, of all missing ones of that broker on the trip.

        Args:
            trip_id: which trip.
            number: the shipment; empty takes the first missing one and those of the same broker.
            language: `en` or `fr`; empty for the program's.

        Raises:
            EnvironmentFailure: the folder or the disk does not take the file.
        """
        trip = await self._store.trips.get(trip_id)
        open_ones = await self._missing(trip)
        first = number or (open_ones[0] if open_ones else "")
        broker = await self._broker(trip, first)
        numbers = [number] if number else [one for one in open_ones if await self._broker(trip, one) == broker]
        with texts.speaking(language or texts.language()):
            subject, body = await self._words(trip, numbers)
        note = Note(subject, body, broker.address, numbers[0] if len(numbers) == 1 else trip.number)
        draft = await self._mailing.note(note)
        now = self._clock.now()
        await self._store.alerts.note(
            [NewAlert(trip.id, "drafted", one, now, {"broker": broker.name}) for one in numbers or [""]]
        )
        self._changes.announce(Subject.ALERT, [trip.id])
        return Nudge(draft.path, draft.mailto, broker.address, broker, tuple(numbers), subject, body)

    async def _missing(self, trip: Trip) -> list[str]:
        return list(missing(await self._border.of_trip(trip), trip.document))

    async def _broker(self, trip: Trip, number: str) -> Broker:
        shipment = _shipment(trip, number)
        known = [item for item in await self._store.library.items("partner") if _is_broker(item, trip.company)]
        names = _named(shipment)
        for item in known:
            if _name(item).casefold() in {name.casefold() for name in names}:
                return _as_broker(item, is_sure=True)
        if names:
            return Broker(name=names[0], is_sure=True)
        return _as_broker(known[0], is_sure=False) if len(known) == 1 else Broker()

    async def _words(self, trip: Trip, numbers: Sequence[str]) -> tuple[str, str]:
        from desktop.services.lookups import port_name

        company = await self._store.companies.by_id(trip.company) if trip.company else None
        way = trip.regime.value.lower()
        listed = ", ".join(numbers) or text("nudge.no_number")
        subject = text(f"nudge.subject.{way}", numbers=listed, trip=trip.number or text("nudge.no_number"))
        place = port_name(trip.regime, trip.port)
        port = f"{place} ({trip.port})" if place and trip.port else place or trip.port or text("nudge.not_known")
        lines = [
            text("nudge.greeting"),
            "",
            text(f"nudge.missing.{way}", count=max(1, len(numbers))),
            *(f"    {number}" for number in numbers),
            "",
            text(f"nudge.trip.{way}", trip=trip.number or text("nudge.no_number")),
            text("nudge.port", port=port),
            text("nudge.eta", eta=_eta(trip)),
            text("nudge.carrier", carrier=company.name if company is not None else text("nudge.not_known")),
            *([text("nudge.phone", phone=company.phone)] if company is not None and company.phone else []),
            "",
            text(f"nudge.ask.{way}"),
        ]
        return " ".join(subject.split()), "\n".join(lines) + "\n"


def _eta(trip: Trip) -> str:
    wall = parse_wall(trip.eta_local)
    if wall is None:
        return text("nudge.not_known")
    zone = zone_for(trip.regime, trip.port, answers_in(trip.local))
    written = wall.strftime("%Y-%m-%d %H:%M")
    if not zone:
        return text("nudge.eta.no_zone", eta=written)
    if trip.eta_utc is None:
        return text("nudge.eta.zone", eta=written, zone=zone)
    from zoneinfo import ZoneInfo

    return text("nudge.eta.zone", eta=written, zone=trip.eta_utc.astimezone(ZoneInfo(zone)).strftime("%Z"))


def _shipment(trip: Trip, number: str) -> JSONObject:
    place = place_of(trip.document, number, trip.regime)
    found = None if place is None else shipments_of(trip.document)[place]
    return found if is_object(found) else {}


def _named(shipment: JSONObject) -> list[str]:
    """Return the names under which a shipment names its broker: of the filer code, or a party that is one."""
    found = []
    if code := filer_code(shipment):
        found.append(code_list("us-broker-filers").label(code) or "")
    rows = shipment.get("thirdParties")
    parties = rows if isinstance(rows, list) else []
    found += [_text(row, "name") for row in parties if _text(row, "type") in _CUSTOMS_BROKERS]
    return [name for name in found if name]


def _is_broker(item: LibraryItem, company: str) -> bool:
    roles = item.local.get("roles")
    return isinstance(roles, list) and "broker" in roles and item.company in {"", company}


def _name(item: LibraryItem) -> str:
    return _text(item.document, "name")


def _text(value: JSON, member: str) -> str:
    found = value.get(member) if is_object(value) else None
    return found.strip() if isinstance(found, str) else ""


def _as_broker(item: LibraryItem, *, is_sure: bool) -> Broker:
    return Broker(_name(item), clean_address(item.local.get("email")), _text(item.local, "phone"), is_sure)
