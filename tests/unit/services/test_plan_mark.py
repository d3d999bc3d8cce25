"""What a list says of a plan that waits for customs, or stopped; nothing where the trip's state says all of it."""

from __future__ import annotations

from unit.services.customs import Customs, edit, filed
from unit.services.world import World, imported


def test_a_plan_that_waits_for_customs_says_for_which_answer(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        assert (await world.lookups.trip(trip.id)).row.plan is None
        world.socket.script = lambda message: [imported(message)]  # the gateway takes it, customs says nothing
        await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-26 14:00:00")
        await world.submit.send(trip.id)
        await world.deliver()
        mark = (await world.lookups.trip(trip.id)).row.plan
        assert mark is not None
        assert (mark.step, mark.count, mark.what, mark.is_stopped) == (1, 3, "cancel", False)

    run(main())


def test_a_plan_that_customs_stopped_says_which_step_did_not_go_out(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        customs.refuses.add("CANCEL_TRIP_AND_SHIPMENTS")
        await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-26 14:00:00")
        await world.submit.send(trip.id)
        await world.deliver()
        mark = (await world.lookups.trip(trip.id)).row.plan
        assert mark is not None
        assert (mark.step, mark.count, mark.what, mark.is_stopped) == (2, 3, "upload", True)

    run(main())
