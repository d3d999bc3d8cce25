"""A shipment moves to another trip: taken off the old one, customs' yes awaited, then the new one; two trips in a plan."""

from __future__ import annotations

import copy

import pytest
from unit.services.customs import Customs, filed, said
from unit.services.world import World

from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError


async def two(world: World, customs: Customs, *, is_new_filed: bool = False):
    """An ACI trip on file with two shipments, another one, and the number to move."""
    document = world.document(Regime.ACI)
    first = document["shipments"][0]
    moved = {**copy.deepcopy(first), "cargoControlNumber": "9SMPPARS000777"}
    other = {**copy.deepcopy(first), "cargoControlNumber": "9SMPPARS000778"}
    old = await filed(world, customs, Regime.ACI, shipments=[first, moved])
    changes = {"tripNumber": "9SMPNEW001", "shipments": [other]}
    new = await (filed(world, customs, Regime.ACI, **changes) if is_new_filed else world.trip(Regime.ACI, **changes))
    return old, new, "9SMPPARS000777"


def numbers(trip) -> list[str]:
    return [one["cargoControlNumber"] for one in trip.document["shipments"]]


@pytest.mark.parametrize("is_new_filed", [False, True])
def test_a_shipment_moves_and_the_new_trip_waits_for_customs(world: World, run, is_new_filed) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs, is_new_filed=is_new_filed)
        preview = await world.submit.preview_move(number, old.id, new.id)
        assert [(line.trip, line.waits_for) for line in preview.lines] == [
            (old.number, ""), (old.number, ""), (new.number, "customs"), (new.number, ""),
        ]  # fmt: skip
        assert (preview.errors, preview.blocked, preview.other_trip) == (0, "", old.number)
        assert [one.what for one in preview.reasons] == (["trip", "shipment"] if is_new_filed else ["trip"])
        assert preview.reasons[0].suggested == "50"
        assert numbers(await world.store.trips.get(new.id)) == numbers(new), "looking changes nothing"
        assert (await world.submit.move(number, old.id, new.id)).outcome == "not_ready"
        result = await world.submit.move(number, old.id, new.id, trip_reason="50", shipment_reason="60")
        assert result.outcome == "queued"
        customs.silent = {"AMEND"}
        await world.deliver()
        assert customs.names() == [("UPDATE", old.number), ("AMEND", old.number)]
        assert number not in [one["cargoControlNumber"] for one in world.socket.sent[0]["shipments"]]
        await world.restart()
        await world.deliver()
        assert len(customs.names()) == 2
        customs.silent = set()
        await world.hear(said(world, customs.unanswered[0]))
        await world.deliver()
        last = [("UPDATE", new.number), ("AMEND", new.number)] if is_new_filed else [
            ("CREATE", new.number), ("ORIGINAL", new.number),
        ]  # fmt: skip
        assert customs.names()[2:] == last
        operations = {one["cargoControlNumber"]: one["operation"] for one in world.socket.sent[2]["shipments"]}
        assert operations[number] == "UPDATE", "BorderConnect has it already, under the old trip"
        for trip in (old, new):
            view = await world.progress.of_trip(trip.id)
            assert (view.state, len(view.steps)) == ("done", 4)
        assert number in numbers(await world.store.trips.get(new.id))
        assert number not in numbers(await world.store.trips.get(old.id))
        assert (await world.submit.preview(new.id)).errors == 0, "its number is no other trip's any more"

    run(main())


@pytest.mark.parametrize(("refused", "out"), [("UPDATE", 1), ("AMEND", 2)])
def test_the_new_trip_stays_here_when_the_old_one_is_refused(world: World, run, refused, out) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs)
        customs.refuses = {refused}
        await world.submit.move(number, old.id, new.id, trip_reason="45")
        await world.deliver()
        assert len(customs.names()) == out
        assert {trip for _, trip in customs.names()} == {old.number}
        for trip in (old, new):
            assert (await world.progress.of_trip(trip.id)).state == "stopped"

    run(main())


def test_an_old_trip_without_other_shipments_is_cancelled(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        old = await filed(world, customs, Regime.ACI)
        (number,) = numbers(old)
        new = await world.trip(Regime.ACI, tripNumber="9SMPNEW001", shipments=[])
        assert (await world.submit.move(number, old.id, new.id)).outcome == "queued"
        await world.deliver()
        assert customs.names() == [("CANCEL", old.number), ("CREATE", new.number), ("ORIGINAL", new.number)]

    run(main())


def test_what_customs_has_nothing_of_only_changes_places(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        old = await world.trip(Regime.ACI)
        new = await world.trip(Regime.ACI, tripNumber="9SMPNEW001", shipments=[])
        (number,) = numbers(old)
        await world.submit.move(number, old.id, new.id)
        await world.deliver()
        assert customs.names() == [("CREATE", new.number), ("ORIGINAL", new.number)]

    run(main())


def test_what_cannot_be_moved_is_said(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs)
        ace = await world.trip(Regime.ACE)
        for source, target, what in ((old, ace, number), (old, old, number), (old, new, "9SMPPARS000000")):
            with pytest.raises(UsageError):
                await world.submit.preview_move(what, source.id, target.id)
        second = await world.trip(Regime.ACE, tripNumber="SMPL99999999")
        blocked = await world.submit.preview_move(
            ace.document["shipments"][0]["shipmentControlNumber"], ace.id, second.id
        )
        assert blocked.blocked
        customs.silent = {"CANCEL"}
        await world.submit.send(old.id, intent=Intent.CANCEL)
        await world.deliver()
        preview = await world.submit.preview_move(number, old.id, new.id)
        assert old.number in preview.blocked
        with pytest.raises(UsageError):
            await world.submit.send(old.id, trip_reason="5x")

    run(main())
