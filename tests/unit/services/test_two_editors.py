"""Two who write one trip: what is typed in the window and what an import brings, neither is lost without a word."""

from __future__ import annotations

import pytest
from unit.services.world import World

from desktop.domain.documents import MISSING
from desktop.domain.lifecycle import Regime


@pytest.fixture(autouse=True)
def _nothing_saves_by_itself(monkeypatch) -> None:
    """What is typed waits until the test saves it, however slow the machine is."""
    monkeypatch.setattr("desktop.services.edit_session.SAVE_AFTER_S", 600.0)
    monkeypatch.setattr("desktop.services.edit_session.SAVE_AT_LATEST_S", 600.0)


async def _history(world, trip_id: str) -> list[str]:
    return [line.what for line in (await world.lookups.trip(trip_id)).history]


def _imported(trip, **changes):
    return {**trip.document, **changes}


def test_an_import_while_nothing_is_typed_shows_in_the_editor_and_can_be_taken_back(world, run, until) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "TYPED")
        await session.flush()
        typed = session.document
        await world.importing.trip(_imported(trip, estimatedArrivalDateTime="2027-01-02 03:04:00"), world.company)
        await until(lambda: session.taken_over)
        assert session.value("/estimatedArrivalDateTime") == "2027-01-02 03:04:00"
        session.undo()
        assert session.document == typed
        await session.flush()
        assert (await world.store.trips.get(trip.id)).document == typed
        assert "set_aside" in await _history(world, trip.id)

    run(main())


def test_an_import_into_a_closed_trip_is_one_step_of_its_undo(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "TYPED")
        session.set("/truck/number", MISSING)
        session.undo()
        await world.editing.release(trip.id)
        imported = _imported(trip, truck={**trip.document["truck"], "number": "IMPORTED"})
        await world.importing.trip(imported, world.company)
        session = await world.editing.open(trip.id)
        session.undo()
        assert session.value("/truck/number") == "TYPED"
        assert session.can_redo
        session.redo()
        assert session.document == imported
        while session.can_undo:
            session.undo()
        assert session.document == trip.document
        await session.flush()
        again = await World(world.store, world.clock).editing.open(trip.id)
        while again.can_redo:
            again.redo()
        assert again.document == imported

    run(main())


@pytest.mark.parametrize("regime", list(Regime))
def test_an_import_while_something_is_typed_goes_below_it_and_is_kept(world, run, regime) -> None:
    async def main() -> None:
        trip = await world.trip(regime)
        session = await world.editing.open(trip.id)
        imported = _imported(trip, estimatedArrivalDateTime="2027-01-02 03:04:00")
        session.set("/truck/number", "TYPED")  # not saved yet: it waits for the pause
        await world.importing.trip(imported, world.company)
        await session.flush()
        kept = await world.store.trips.get(trip.id)
        assert kept.document["truck"]["number"] == "TYPED"
        assert kept.document == session.document
        assert session.set_aside is not None
        other = await world.store.trips.version(trip.id, session.set_aside)
        assert other.document == imported
        assert "set_aside" in await _history(world, trip.id)

    run(main())


def test_an_import_comes_in_although_a_save_came_before_it_at_the_last_moment(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        imported = _imported(trip, estimatedArrivalDateTime="2027-01-02 03:04:00")
        freeze = world.store.trips.freeze_version

        async def typed_in_between(trip_id):
            world.store.trips.freeze_version = freeze
            session.set("/truck/number", "TYPED")
            await session.flush()
            return await freeze(trip_id)

        world.store.trips.freeze_version = typed_in_between
        await world.importing.trip(imported, world.company)
        assert (await world.store.trips.get(trip.id)).document == imported
        versions = [
            await world.store.trips.version(trip.id, one) for one, _ in await world.store.trips.set_aside(trip.id)
        ]
        assert "TYPED" in [version.document["truck"]["number"] for version in versions]

    run(main())


def test_two_imports_while_something_is_typed_are_both_kept(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        brought = [_imported(trip, estimatedArrivalDateTime=f"2027-01-0{day} 03:04:00") for day in (2, 3)]
        session.set("/truck/number", "TYPED")
        freeze = world.store.trips.freeze_version

        async def another_comes_in_between(trip_id):
            world.store.trips.freeze_version = freeze
            found = await freeze(trip_id)
            await world.importing.trip(brought[1], world.company)
            return found

        await world.importing.trip(brought[0], world.company)
        world.store.trips.freeze_version = another_comes_in_between
        await session.flush()
        versions = [
            await world.store.trips.version(trip.id, one) for one, _ in await world.store.trips.set_aside(trip.id)
        ]
        assert all(document in [version.document for version in versions] for document in brought)
        assert (await world.store.trips.get(trip.id)).document["truck"]["number"] == "TYPED"

    run(main())


def test_the_other_version_can_be_taken_and_taken_back(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        imported = _imported(trip, estimatedArrivalDateTime="2027-01-02 03:04:00")
        session.set("/truck/number", "TYPED")
        await world.importing.trip(imported, world.company)
        await session.flush()
        typed = session.document
        await world.editing.take_other(trip.id)
        assert session.document == imported
        assert session.taken_over is None
        session.undo()
        assert session.document == typed
        await session.flush()
        assert (await world.store.trips.get(trip.id)).document == typed
        await world.editing.take_other("nobody has this open")

    run(main())


def test_a_sent_version_is_not_among_those_written_over(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        assert await world.store.trips.set_aside(trip.id) == []
        assert "set_aside" not in await _history(world, trip.id)

    run(main())
