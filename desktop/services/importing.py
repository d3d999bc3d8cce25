"""Brings BorderConnect messages in: trips and lone shipments become drafts, exactly as they are."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.arrival import answers_in, arrival_of
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import OutboxState, Regime
from desktop.domain.shipment import control_number, control_numbers
from desktop.errors import DesktopError, EnvironmentFailure, UsageError
from desktop.services.belonging import link_again
from desktop.services.changes import Changes
from desktop.services.files import read_messages
from desktop.services.views import Subject
from desktop.services.words import error_words
from desktop.store import Conflict, Store
from desktop.store.records import Company, NewTrip, Shipment, Trip, UndoStep, UndoTail

TRIPS = {"ACE_TRIP": Regime.ACE, "ACI_TRIP": Regime.ACI}
SHIPMENTS = {"ACE_SHIPMENT": Regime.ACE, "ACI_SHIPMENT": Regime.ACI}
_TOGETHER = 200
"""How many new trips are kept in one transaction."""
_GONE_OUT = frozenset(OutboxState) - {OutboxState.DRAFT, OutboxState.READY, OutboxState.HELD, OutboxState.CANCELLED}


@dataclass(slots=True)
class Imported:
    """What an import did."""

    items: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a trip message stands to what is here.

    Attributes:
        trip: the trip it belongs to; None where it is a new one.
        is_same: that trip says exactly this already.
        has_gone_out: that trip was sent, or may have been.
    """

    trip: Trip | None = None
    is_same: bool = False
    has_gone_out: bool = False


class Importing:
    """Stores messages of files as drafts."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes

    async def files(self, names: list[str], company: Company | None, *, dry_run: bool = False) -> Imported:
        """Bring in every trip and shipment of the files; what cannot be is named and the rest still comes in."""
        done = Imported()
        for name in names:
            try:
                messages = await asyncio.to_thread(read_messages, name)
            except DesktopError as error:
                done.problems.append(_problem(name, error))
                done.is_unreadable = True
                continue
            if dry_run:
                await self._each(name, messages, company, done, dry_run=True)
            else:
                await self._all(name, messages, company, done)
        return done

    async def messages(self, name: str, messages: list[JSON], company: Company | None) -> Imported:
        """Bring in messages that were read already; `name` is where they came from."""
        done = Imported()
        await self._all(name, messages, company, done)
        return done

    async def _all(self, name: str, messages: list[JSON], company: Company | None, done: Imported) -> None:
        """Keep messages in their order, new trips many at a time: a transaction for each would take minutes."""
        new: list[NewTrip] = []
        numbers: set[str] = set()
        for message in messages:
            trip = await self._as_new_trip(message, company, numbers)
            if trip is None or len(new) == _TOGETHER:
                await self._add(name, new, done)
                new, numbers = [], set()
            if trip is None:
                await self._each(name, [message], company, done, dry_run=False)
            else:
                new.append(trip)
                numbers.add(str(trip.document["tripNumber"]).casefold())
        await self._add(name, new, done)

    async def _as_new_trip(self, message: JSON, company: Company | None, numbers: set[str]) -> NewTrip | None:
        """Return a trip message nothing here or just before it has to do with; None for every other."""
        if not is_object(message) or type_of(message) not in TRIPS:
            return None
        number = message.get("tripNumber")
        if not isinstance(number, str) or not number or number.casefold() in numbers:
            return None
        regime = TRIPS[str(message["data"])]
        if await self._store.trips.by_number(number, regime=regime):
            return None
        return NewTrip(regime, message, "" if company is None else company.id, eta_of(regime, message))

    async def _add(self, name: str, new: list[NewTrip], done: Imported) -> None:
        if not new:
            return
        trips = await self._store.trips.add_all(new)
        for trip in trips:
            await link_again(self._store, trip)
            done.items.append({"file": name, "what": "trip", "number": trip.number, "id": trip.id})
        self._changes.announce(Subject.TRIP, [trip.id for trip in trips])

    async def _each(
        self, name: str, messages: list[JSON], company: Company | None, done: Imported, *, dry_run: bool
    ) -> None:
        for message in messages:
            try:
                await self._one(name, message, company, done, dry_run=dry_run)
            except EnvironmentFailure:
                raise  # a full disk or a damaged file meets the next message too
            except DesktopError as error:
                done.problems.append(_problem(name, error))

    async def _one(self, name: str, message: JSON, company: Company | None, done: Imported, *, dry_run: bool) -> None:
        if not is_object(message) or type_of(message) not in {*TRIPS, *SHIPMENTS}:
            raise UsageError("import.not_a_draft", exit_code=1, data=type_of(message) or "?")
        if dry_run:
            what = "trip" if message["data"] in TRIPS else "shipment"
            number = message.get("tripNumber") if what == "trip" else control_number(message)
            done.items.append(
                {"file": name, "what": what, "number": number if isinstance(number, str) else "", "id": ""}
            )
            return
        if message["data"] in TRIPS:
            trip, what = await self.trip(message, company)
            done.items.append({"file": name, "what": what, "number": trip.number, "id": trip.id})
        else:
            shipment = await self.shipment(message, company)
            done.items.append({"file": name, "what": "shipment", "number": shipment.number, "id": shipment.id})

    async def trip(self, message: JSONObject, company: Company | None) -> tuple[Trip, str]:
        """Store a trip message as a draft; returns it and `trip`, or `same` where it was here already, unchanged.

        A draft of that number that never went out takes the new content, and its old content stays among its
        versions; who opens it later takes that back by one step of undo. A trip that went out takes it as its next
        version where the message is an UPDATE.

        Raises:
            UsageError: a CREATE of a trip that has already gone out.
        """
        regime = TRIPS[str(message["data"])]
        owner = company.id if company is not None else ""
        standing = await self.standing(message, company)
        trip = standing.trip
        if trip is None:
            trip = await self._store.trips.add(regime, message, company=owner, eta_utc=eta_of(regime, message))
            await link_again(self._store, trip)
            self._changes.announce(Subject.TRIP, [trip.id])
            return trip, "trip"
        if standing.is_same:
            return trip, "same"
        if standing.has_gone_out and message.get("operation") != "UPDATE":
            raise UsageError("import.number_used", exit_code=1, number=trip.number)
        await self._store.trips.freeze_version(trip.id)
        try:
            saved = await self._store.trips.save(
                trip.id,
                message,
                trip.local,
                version=trip.version,
                eta_utc=eta_of(regime, message, trip.local),
                undo=_as_one_step(trip, message),
                company=owner,
            )
        except Conflict:  # somebody types in it: again, upon what stands there now
            return await self.trip(message, company)
        await link_again(self._store, saved, [trip.number, *control_numbers(trip.document)])
        self._changes.announce(Subject.TRIP, [trip.id])
        return saved, "trip"

    async def standing(self, message: JSONObject, company: Company | None) -> Standing:
        """Return how a trip message stands to what is here, by its number; nothing is changed."""
        owner = company.id if company is not None else ""
        number = message.get("tripNumber")
        if not isinstance(number, str) or not number:
            return Standing()
        for trip in await self._store.trips.by_number(number, regime=TRIPS[str(message["data"])]):
            if trip.company in {owner, ""} and trip.number == number:
                if is_same(trip.document, message):
                    return Standing(trip, is_same=True)
                rows = await self._store.outbox.for_trip(trip.id)
                has_gone_out = any(row.state in _GONE_OUT or row.written_at is not None for row in rows)
                return Standing(trip, has_gone_out=has_gone_out)
        return Standing()

    async def lone(self, message: JSONObject, company: Company | None) -> Shipment | None:
        """Return the shipment without a trip that bears this message's number, if there is one."""
        owner = company.id if company is not None else ""
        number = control_number(message)
        for one in await self._store.shipments.by_number(number) if number else ():
            if one.trip is None and one.company in {owner, ""} and one.regime is SHIPMENTS[str(message["data"])]:
                return one
        return None

    async def shipment(self, message: JSONObject, company: Company | None) -> Shipment:
        """Store a shipment message that stands alone."""
        regime = SHIPMENTS[str(message["data"])]
        owner = company.id if company is not None else ""
        one = await self.lone(message, company)
        if one is None:
            return await self._store.shipments.save_lone(regime, message, company=owner)
        return await self._store.shipments.save_lone(
            regime, message, company=owner, shipment=one.id, version=one.version
        )


def _as_one_step(trip: Trip, message: JSONObject) -> UndoTail:
    """Return what undo needs to know of new content: without it, older steps would be taken back in the wrong text."""
    step = UndoStep("", trip.document, message, trip.updated_at)
    return UndoTail(trip.undo_position, [step], trip.undo_position + 1)


def eta_of(regime: Regime, document: JSONObject, local: Mapping[str, JSON] | None = None) -> Any:
    """Return the moment of arrival where the port's zone is known and the wall time means one (domain T02).

    What the user answered about the port's clock stands among the trip's `local` facts.
    """
    arrival = arrival_of(regime, document, answers_in(local or {}))
    return None if arrival is None else arrival.moment


def is_same(one: JSON, other: JSON) -> bool:
    """Tell whether two documents are the same, with the order of their members."""
    return one == other and json.dumps(one) == json.dumps(other)


def type_of(message: JSON) -> str:
    """Return what a message says it is, its `data`; empty for anything but text, since a file may hold any JSON."""
    data = message.get("data") if is_object(message) else None
    return data if isinstance(data, str) else ""


def _problem(name: str, error: DesktopError) -> dict[str, Any]:
    words = error_words(error)
    return {"file": name, "code": words.code, "text": words.text, "remedy": words.remedy}
