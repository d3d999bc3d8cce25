"""Which trip a message belongs to: by its number, by its shipments, or none where that is not certain.

The answer depends on the message, the trips and what went out, never on what came first: whenever a trip or its numbers
change, what its messages belong to is found anew. Only what a person chose stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.documents import JSON, Missing, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_numbers
from desktop.protocol.kinds import text_at, unwrapped
from desktop.store import Store
from desktop.store.bearing import Bearer, Link, Linked, key
from desktop.store.records import Company, NumberKind, Trip

if TYPE_CHECKING:
    from desktop.crossing.cards import CardText


@dataclass(frozen=True, slots=True)
class Named:
    """The numbers a message names, and in whose name it may speak.

    Attributes:
        companies: ids; several where they share a connection and the message says nothing of a company.
        trip: the trip's number; where it stands, the shipments' do not count.
        controls: every shipment's number.
    """

    companies: tuple[str, ...]
    regime: Regime | None
    trip: str = ""
    controls: tuple[str, ...] = ()


class Bearers:
    """Who bears the numbers of some messages, read once for all of them.

    Attributes:
        trips: one entry of each trip, for its number and company.
    """

    def __init__(self, found: Iterable[Bearer]) -> None:
        self._by_number: dict[tuple[NumberKind, str], list[Bearer]] = {}
        self.trips: dict[str, Bearer] = {}
        for one in found:
            self.trips[one.trip] = one
            self._by_number.setdefault((one.kind, one.number), []).append(one)

    def candidates(self, named: Named) -> tuple[str, ...]:
        """Return the trips a message may be about: one where that is certain, none where it is about none of ours."""
        if named.trip:
            return self._of("trip", named.trip, named)
        found = [trip for number in named.controls for trip in self._of("control", number, named)]
        return tuple(dict.fromkeys(found))

    def _of(self, kind: NumberKind, number: str, named: Named) -> tuple[str, ...]:
        found = [
            one
            for one in self._by_number.get((kind, key(number)), ())
            if one.company in named.companies and named.regime in {None, one.regime}
        ]
        out = [one for one in found if one.went_out]
        now = [one for one in found if one.is_now]
        if kind == "trip":  # others know a trip by the number it went out with, whatever it bears now
            chosen = out or now
        else:  # a shipment that was moved takes its clearance along (domain 8); one taken off belongs to where it was
            chosen = [one for one in now if one.went_out] if len(now) > 1 else now or out
            chosen = chosen or now
        return tuple(sorted({one.trip for one in chosen}))


async def bearers_of(store: Store, messages: Sequence[Named]) -> Bearers:
    """Return who bears the numbers that messages name."""
    trips = {one.trip for one in messages if one.trip}
    controls = {number for one in messages if not one.trip for number in one.controls}
    if not trips and not controls:
        return Bearers(())
    companies = sorted({company for one in messages for company in one.companies})
    return Bearers(await store.bearing.of(companies, trips, controls))


async def trip_of_number(store: Store, company: str, regime: Regime | None, number: str) -> Trip | None:
    """Return the trip of a company that others know by a number.

    That is the only one that ever went out with it, whatever number it bears now; where none did, the only draft.
    """
    named = Named((company,), regime, number)
    found = (await bearers_of(store, [named])).candidates(named)
    return await store.trips.get(found[0]) if len(found) == 1 else None


async def link_again(store: Store, trip: Trip, earlier: Iterable[str] = ()) -> list[str]:
    """Find anew what the messages belong to that a trip has or whose numbers it bears; return the trips concerned.

    To be called whenever a trip came, went, went out for the first time, or changed its numbers or its company.

    Args:
        store: the data folder.
        trip: as it stands now.
        earlier: the numbers it bore before, of itself and of its shipments.
    """
    numbers = [trip.number, *control_numbers(trip.document), *earlier]
    asked = [
        (one, await _named_by(store, one))
        for one in await store.bearing.messages(trip.id, numbers, numbers)
        if not one.is_chosen
    ]
    bearers = await bearers_of(store, [named for _, named in asked])
    changed: list[Link] = []
    concerned: set[str] = set()
    for one, named in asked:
        if not named.trip and not named.controls:
            continue  # it quotes our sendId, which no change of numbers alters
        found = bearers.candidates(named)
        new = found[0] if len(found) == 1 else None
        if new != one.trip:
            number = named.trip or ("" if new is None else (await store.trips.get(new)).number)
            changed.append(Link(one.item, new, number))
            concerned |= {trip_id for trip_id in (new, one.trip) if trip_id is not None}
    if changed:
        await store.bearing.link(changed)
    return sorted(concerned)


async def candidates_of(store: Store, item: str) -> tuple[Trip, ...]:
    """Return the trips a stored message fits, where it fits more than one; none where it is certain or unknown."""
    named = await _named_by(store, await store.bearing.message(item))
    found = (await bearers_of(store, [named])).candidates(named)
    return tuple([await store.trips.get(trip) for trip in found]) if len(found) > 1 else ()


async def unclear_of(store: Store, trips: Sequence[Trip]) -> dict[str, tuple[int, str]]:
    """Return a stored frame that may be about each of these trips, and what it names: it fits others as well.

    Trips that no such message fits are left out.
    """
    numbers = {number for trip in trips for number in (trip.number, *control_numbers(trip.document)) if number}
    found: dict[str, tuple[int, str]] = {}
    asked = [(one, await _named_by(store, one)) for one in await store.bearing.unclear(numbers)] if numbers else []
    bearers = await bearers_of(store, [named for _, named in asked])
    for one, named in asked:
        fitting = bearers.candidates(named)
        for trip_id in fitting if len(fitting) > 1 else ():
            found.setdefault(trip_id, (one.frame, named.trip or ", ".join(named.controls)))
    return found


async def assign(store: Store, item: str, trip: str | None) -> tuple[str | None, list[str]]:
    """Keep which trip a person says a message belongs to; None lets its numbers decide again.

    Returns:
        The trip chosen before (None where nobody had chosen), and the trips that won or lost the message.
    """
    before = await store.bearing.message(item)
    named = await _named_by(store, before)
    chosen = trip
    if trip is None:
        found = (await bearers_of(store, [named])).candidates(named)
        chosen = found[0] if len(found) == 1 else None
    number = named.trip or ("" if chosen is None else (await store.trips.get(chosen)).number)
    await store.bearing.link([Link(item, chosen, number)], is_chosen=trip is not None)
    concerned = sorted({one for one in (before.trip, chosen) if one is not None})
    return (before.trip if before.is_chosen else None), concerned


async def _named_by(store: Store, message: Linked) -> Named:
    """Return the numbers a stored message names, and in whose name it may speak: its frame says it."""
    from desktop.crossing.cards import describe
    from desktop.services.inbox import value_of

    value = value_of((await store.frames.get(message.frame)).body)
    card = describe(value)
    owner = await store.companies.by_id(message.company)
    return named_in(value, card, await sharing(store, owner))


async def sharing(store: Store, owner: Company) -> list[Company]:
    """Return the companies that share a company's connection, itself first."""
    everybody = await store.companies.all() if owner.address else []
    return [owner, *(one for one in everybody if one.address == owner.address and one.id != owner.id)]


def named_in(value: JSON | Missing, card: CardText, companies: Sequence[Company]) -> Named:
    """Return the numbers a message names, and in whose name it may speak: nobody's where its key is a stranger's."""
    plain: JSON = None if isinstance(value, Missing) else unwrapped(value)
    company = named_company(plain, companies)
    if company is not None:
        meant: tuple[str, ...] = (company.id,)
    else:
        meant = () if key_in(plain) else tuple(one.id for one in companies)
    return Named(meant, card.regime, card.trip, card.shipment_numbers)


def key_in(value: JSON) -> str:
    """Return the company key in a message; empty where there is none."""
    return text_at(value, "companyKey") if is_object(value) else ""


def named_company(value: JSON, companies: Sequence[Company]) -> Company | None:
    """Return the company a frame names by its `companyKey`; None where it names another, or none of several.

    A carrier with a key of its own and no company key takes whatever comes over its own connection.
    """
    named = key_in(value)
    if len(companies) == 1 and not (named and companies[0].company_key):
        return companies[0]
    return next((company for company in companies if named and company.company_key == named), None)
