"""Swapping equipment of stored and of open trips: one step, undone in one step, nothing sent."""

from __future__ import annotations

import pytest
from unit.services.world import World, good_gateway

from desktop.domain.lifecycle import Regime
from desktop.domain.swapping import Part
from desktop.services.swapping import NoSwap, Swapping, typed_unit


@pytest.fixture
def swapping(world: World) -> Swapping:
    return Swapping(world.store, world.border, world.editing, world.changes, world.clock)


def test_a_swap_is_one_step_and_is_taken_back_whole(swapping: Swapping, world: World, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACE)
        before = (await world.store.trips.get(trip.id)).document
        equipment = await swapping.of_trip(trip.id)
        unit = next(one for one in equipment.units if one.part is Part.TRAILER)
        assert (equipment.is_sent, equipment.why_not) == (False, None)
        new = typed_unit(Regime.ACE, unit, "SWAP9", "PLATE9", "ON")
        assert new["type"] == unit.kind
        done = await swapping.swap(trip.id, unit, new)
        assert done is not None
        stored = await world.store.trips.get(trip.id)
        assert stored.document["trailers"][0] == new
        assert stored.undo_position == 1
        assert await world.store.outbox.for_trip(trip.id) == []
        assert await swapping.swap(trip.id, unit, new) is None  # that one is gone
        assert await swapping.take_back(done)
        assert (await world.store.trips.get(trip.id)).document == before

    run(main())


def test_what_is_typed_in_an_open_trip_stays(swapping: Swapping, world: World, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        session = await world.editing.open(trip.id)
        session.set("/drivers/0/firstName", "Sample")
        unit = (await swapping.of_trip(trip.id)).units[0]
        done = await swapping.swap(trip.id, unit, typed_unit(Regime.ACI, unit, "T77", "P77", "ON"))
        assert done is not None
        assert session.value("/drivers/0/firstName") == "Sample"
        assert session.value("/truck/number") == "T77"
        assert session.value("/truck/licensePlate/number") == "P77"
        assert (await world.store.trips.get(trip.id)).document == session.document
        session.set("/drivers/0/lastName", "Driver")
        assert not await swapping.take_back(done)  # changed since
        assert session.value("/truck/number") == "T77"
        await session.close()

    run(main())


def test_a_trip_that_went_out_says_so_and_one_that_arrived_keeps_its_truck(
    swapping: Swapping, world: World, run
) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACE)
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        assert (await swapping.of_trip(trip.id)).is_sent
        assert NoSwap("arrived") is NoSwap.ARRIVED

    run(main())
