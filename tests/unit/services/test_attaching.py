"""Shipments of numbers that only messages knew, and onto which trip they go; all of it can be undone."""

from __future__ import annotations

import pytest
from unit.services.test_tracker import NUMBER, accepted, only, rns

from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.attaching import Attaching
from desktop.services.tracker import Tracker


@pytest.fixture
def tracker(world) -> Tracker:
    return Tracker(world.store, world.clock)


@pytest.fixture
def attaching(world) -> Attaching:
    return Attaching(world.store, world.editing, world.lookups, world.changes)


async def numbers_on(world, trip_id: str) -> list[str]:
    await world.editing.flush()
    trip = await world.store.trips.get(trip_id)
    return [one.get("cargoControlNumber") for one in trip.document["shipments"]]


def test_a_shipment_is_made_of_what_the_notice_said_and_nothing_else(world, run, tracker, attaching) -> None:
    async def main() -> None:
        await world.hear(rns("9"))
        made = await attaching.create(await only(tracker))
        kept = await world.store.shipments.get(made)
        assert kept.document == {"data": "ACI_SHIPMENT", "cargoControlNumber": NUMBER, "releaseOffice": "0453"}
        row = await only(tracker)
        assert (row.is_known, row.trip_id, row.stand) == (True, "", "set")
        with pytest.raises(UsageError):
            await attaching.create(row)
        await attaching.uncreate(made)
        assert not (await only(tracker)).is_known

    run(main())


def test_a_number_nobody_knew_goes_onto_a_trip_and_off_again(world, run, tracker, attaching) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        before = await numbers_on(world, trip.id)
        await world.hear(rns("9"))
        row = await only(tracker)
        assert trip.id in {one.id for one in await attaching.trips_for(row)}
        done = await attaching.attach(row, trip.id)
        assert await numbers_on(world, trip.id) == [*before, NUMBER]
        row = await only(tracker)
        assert (row.trip_id, row.position, row.stand) == (trip.id, len(before), "set")
        session = await world.editing.open(trip.id)
        assert session.can_undo
        await attaching.detach(done)
        assert await numbers_on(world, trip.id) == before
        assert not (await only(tracker)).is_known

    run(main())


def test_a_shipment_by_itself_goes_onto_a_trip_and_stands_by_itself_again(world, run, tracker, attaching) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        document = {"cargoControlNumber": NUMBER, "shipmentType": "PARS", "consignee": {"name": "Sample Buyer"}}
        await world.store.shipments.save_lone(Regime.ACI, document, company=world.company.id)
        done = await attaching.attach(await only(tracker), trip.id)
        found = await world.store.shipments.by_number(NUMBER)
        assert [(one.trip, one.document) for one in found] == [(trip.id, document)]
        await attaching.detach(done)
        found = await world.store.shipments.by_number(NUMBER)
        assert [(one.trip, one.document) for one in found] == [(None, document)]

    run(main())


def test_a_shipment_moves_between_trips_that_were_never_sent(world, run, tracker, attaching) -> None:
    async def main() -> None:
        one = await world.trip(Regime.ACI)
        two = await world.trip(Regime.ACI, tripNumber=f"{one.number[:-1]}Z", shipments=[])
        number = one.document["shipments"][0]["cargoControlNumber"]
        before = await numbers_on(world, one.id)
        done = await attaching.attach(await only(tracker, number), two.id)
        assert await numbers_on(world, one.id) == before[1:]
        assert await numbers_on(world, two.id) == [number]
        await attaching.detach(done)
        assert await numbers_on(world, one.id) == before
        assert await numbers_on(world, two.id) == []

    run(main())


def test_a_shipment_of_a_trip_that_customs_has_stays_where_it_is(world, run, tracker, attaching) -> None:
    async def main() -> None:
        one = await world.trip(Regime.ACI)
        two = await world.trip(Regime.ACI, tripNumber=f"{one.number[:-1]}Z", shipments=[])
        number = one.document["shipments"][0]["cargoControlNumber"]
        await world.hear(accepted(one.number))
        row = await only(tracker, number)
        assert row.is_sent
        with pytest.raises(UsageError) as told:
            await attaching.attach(row, two.id)
        assert told.value.code == "tracker.is_with_customs"
        assert number in await numbers_on(world, one.id)
        assert await numbers_on(world, two.id) == []

    run(main())


def test_only_trips_of_the_same_carrier_and_direction_can_take_it(world, run, tracker, attaching) -> None:
    async def main() -> None:
        mine = await world.trip(Regime.ACI)
        await world.trip(Regime.ACE)
        other = await world.add_company("Sample Carrier Two", scacs=("SMPM",), codes=("9SMQ",), key="c-2")
        await world.trip(Regime.ACI, other, tripNumber="9SMQ00000001", shipments=[])
        await world.hear(rns("9"), companies=[world.company])
        assert [one.id for one in await attaching.trips_for(await only(tracker))] == [mine.id]

    run(main())


def test_a_number_goes_onto_one_trip_however_often_it_is_asked(world, run, tracker, attaching) -> None:
    async def main() -> None:
        one = await world.trip(Regime.ACI)
        two = await world.trip(Regime.ACI, tripNumber=f"{one.number[:-1]}Z", shipments=[])
        before = await numbers_on(world, one.id)
        await world.hear(rns("9"))
        row = await only(tracker)
        await attaching.attach(row, one.id)
        for trip in (one, two):
            with pytest.raises(UsageError):
                await attaching.attach(row, trip.id)
        assert await numbers_on(world, one.id) == [*before, NUMBER]
        assert await numbers_on(world, two.id) == []

    run(main())


def test_undo_takes_nothing_back_that_was_taken_off_meanwhile(world, run, tracker, attaching) -> None:
    async def main() -> None:
        one = await world.trip(Regime.ACI)
        two = await world.trip(Regime.ACI, tripNumber=f"{one.number[:-1]}Z", shipments=[])
        three = await world.trip(Regime.ACI, tripNumber=f"{one.number[:-1]}Y", shipments=[])
        number = one.document["shipments"][0]["cargoControlNumber"]
        before = await numbers_on(world, one.id)
        done = await attaching.attach(await only(tracker, number), two.id)
        await world.editing.flush()
        await attaching.attach(await only(tracker, number), three.id)
        with pytest.raises(UsageError):
            await attaching.detach(done)
        assert await numbers_on(world, one.id) == before[1:]
        assert await numbers_on(world, three.id) == [number]

    run(main())


def test_undo_keeps_what_was_written_into_the_shipment_meanwhile(world, run, tracker, attaching) -> None:
    async def main() -> None:
        one = await world.trip(Regime.ACI)
        two = await world.trip(Regime.ACI, tripNumber=f"{one.number[:-1]}Z", shipments=[])
        number = one.document["shipments"][0]["cargoControlNumber"]
        done = await attaching.attach(await only(tracker, number), two.id)
        session = await world.editing.open(two.id)
        session.set("/shipments/0/releaseOffice", "0453")
        await attaching.detach(done)
        await world.editing.flush()
        assert (await world.store.trips.get(one.id)).document["shipments"][0]["releaseOffice"] == "0453"

    run(main())
