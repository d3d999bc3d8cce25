"""Which trip a message belongs to: by its number, by its shipments, or none where that is not certain."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.store import Store
from desktop.store.records import Trip


async def trip_of_number(store: Store, company: str, regime: Regime | None, number: str) -> Trip | None:
    """Return the trip of a company that others know by a number.

    That is the only one that ever went out with it, whatever number it bears now; where none did, the only draft.
    """
    drafts = await store.trips.by_number(number, company=company, regime=regime)
    uses = [
        (await store.numbers_used.find(company, one, "trip", [number])).get(number)
        for one in Regime
        if regime in {None, one}
    ]
    ids = {trip.id for trip in drafts} | {use.trip for use in uses if use is not None and use.trip}
    rows = await store.outbox.for_trips(sorted(ids))
    name = number.casefold()
    sent = [one for one in rows if any(row.attempts and row.number.casefold() == name for row in rows[one])]
    if sent:
        return await store.trips.get(sent[0]) if len(sent) == 1 else None
    return drafts[0] if len(drafts) == 1 else None


async def trip_of_shipments(store: Store, company: str, regime: Regime | None, numbers: Iterable[str]) -> str | None:
    """Return the id of the one trip these shipments are on; None where they are on none or on several."""
    trips: set[str] = set()
    for number in numbers:
        trips.update(await store.shipments.trips_bearing(number, company=company, regime=regime))
    return trips.pop() if len(trips) == 1 else None


async def link_earlier(store: Store, trip: Trip) -> None:
    """Give a trip the messages that came before it was known here, where it is certain that they are its own."""
    if not trip.company:
        return
    mine = [
        number
        for number in control_numbers(trip.document)
        if await trip_of_shipments(store, trip.company, trip.regime, [number]) == trip.id
    ]
    named = await trip_of_number(store, trip.company, trip.regime, trip.number) if trip.number else None
    await store.inbox.link(
        trip.id,
        company=trip.company,
        regime=trip.regime,
        trip_number=trip.number if named is not None and named.id == trip.id else "",
        control_numbers=mine,
    )


def control_number(shipment: JSONObject) -> str:
    """Return the control number of a shipment of either regime; empty where there is none."""
    number = shipment.get("shipmentControlNumber", shipment.get("cargoControlNumber"))
    return number if isinstance(number, str) else ""


def control_numbers(document: JSONObject) -> list[str]:
    """Return the control numbers of a trip's shipments."""
    shipments = document.get("shipments")
    numbers = [control_number(one) for one in shipments if is_object(one)] if isinstance(shipments, list) else []
    return [number for number in numbers if number]
