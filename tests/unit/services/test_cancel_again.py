"""A cancellation nobody knows the end of: a way on by a person, and nothing claimed of it."""

from __future__ import annotations

from unit.services.customs import Customs, edit, filed, imported
from unit.services.world import World

from desktop.delivery.planner import Intent
from desktop.texts import text

CANCEL, FILE = "CANCEL_TRIP_AND_SHIPMENTS", "COMPLETE_TRIP_AND_SHIPMENTS"


def test_a_cancellation_nobody_knows_of_leaves_a_way_on(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        customs.silent = {CANCEL}
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-25 10:30:00")
        assert (await world.submit.preview(trip.id)).blocked == text("delivery.blocked.cancelling")
        world.clock.advance(15 * 60)
        customs.silent, customs.refuses = set(), {CANCEL}
        preview = await world.submit.preview(trip.id)
        assert preview.consequences[0] == text("delivery.consequence.cancel_again")
        result = await world.submit.send(trip.id)
        await world.deliver()
        assert result.outcome == "queued"
        view = await world.progress.of_trip(trip.id)
        assert (view.text, "go_on" in view.actions) == (text("send_progress.unclear", who="CBP"), True)
        await world.progress.go_on(trip.id)
        await world.deliver()
        assert [name for name, _ in customs.names()] == [CANCEL, CANCEL, "UPDATE", FILE]

    run(main())


def test_a_cancellation_whose_answer_may_be_anothers_is_not_said_to_be_delivered(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        customs.silent = {CANCEL}
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        world.clock.advance(15 * 60)
        customs.silent, customs.refuses = set(), {CANCEL}
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.deliver()
        rows = (await world.rows(trip))[-1:]
        result = await world.waiting.result(rows, trip, trip.number, None)
        assert result.outcome == "not_sure"

    run(main())
