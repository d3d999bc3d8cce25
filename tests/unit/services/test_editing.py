"""Open trips on the real store: one session each, kept over a restart, never overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from unit.services.world import World, ace_accepted, data_error

from desktop.domain.lifecycle import Regime
from desktop.errors import NotFound, UsageError
from desktop.services.views import Subject


def test_two_openings_of_a_trip_give_one_session(world, run) -> None:
    async def main() -> None:
        import asyncio

        trip = await world.trip()
        one, other = await asyncio.gather(world.editing.open(trip.id), world.editing.open(trip.id))
        assert one is other is await world.editing.open(trip.id)
        await world.editing.release(trip.id)
        assert await world.editing.open(trip.id) is not one

    run(main())


def test_undo_steps_survive_a_restart(world, run, clock) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T7")
        clock.advance(5)
        session.insert("/trailers/-", {"number": "NEW"})
        session.remove("/drivers/0")
        session.undo()
        await world.editing.flush()

        again = await World(world.store, clock).editing.open(trip.id)
        assert again.document == session.document
        assert again.can_redo
        again.undo()
        again.undo()
        assert again.document == trip.document
        assert not again.can_undo
        for _ in range(3):
            again.redo()
        assert again.document["drivers"] == []
        await again.flush()
        assert (await world.store.trips.get(trip.id)).document == again.document

    run(main())


def test_every_key_is_in_the_store_without_a_button(world, run, until) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        announced = []
        world.changes.subscribe(announced.append)
        session.set("/truck/number", "T9")
        await until(lambda: session.saved_at is not None)
        assert (await world.store.trips.get(trip.id)).document["truck"]["number"] == "T9"
        assert [(one.subject, one.initiator) for one in announced] == [(Subject.TRIP, session)]

    run(main())


def test_a_new_trip_belongs_to_the_only_carrier(world, run) -> None:
    async def main() -> None:
        session = await world.starting.new(Regime.ACI)
        assert session.company == world.company.id
        assert session.document["data"] == "ACI_TRIP"
        assert [row.id for row in await world.lookups.trips()] == [session.trip_id]
        second = await world.add_company("Second Sample")
        nobodys = await world.starting.new(Regime.ACE)
        assert nobodys.company == ""
        given = await world.editing.give_to(nobodys.trip_id, second.id)
        assert (given.company, given is nobodys) == (second.id, False)
        with pytest.raises(UsageError):
            await world.editing.give_to(given.trip_id, world.company.id)

    run(main())


def test_a_copy_has_no_number_and_no_arrival_of_the_old_one(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(autoSend=False, sendId="001")
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T5")
        copied = await world.starting.copy(trip.id)
        document = copied.document
        assert document["truck"]["number"] == "T5", "what was typed a moment ago is copied too"
        assert not {"tripNumber", "estimatedArrivalDateTime", "sendId", "autoSend"} & set(document)
        assert all("shipmentControlNumber" not in one for one in document["shipments"])
        assert document["operation"] == "CREATE"
        assert copied.company == trip.company

    run(main())


def test_a_deleted_trip_can_be_brought_back_with_what_was_typed(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T5")
        await world.editing.delete(trip.id)
        assert await world.lookups.trips() == []
        await world.editing.undelete(trip.id)
        assert [row.truck for row in await world.lookups.trips()] == ["T5"]

    run(main())


def test_there_must_be_a_trip(world, run) -> None:
    with pytest.raises(NotFound):
        run(world.editing.open("nothing"))


def test_an_import_beside_an_open_trip_is_shown_and_can_be_undone(world, run, until) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        await world.trip(truck={"number": "IMPORTED"})
        await until(lambda: session.value("/truck/number") == "IMPORTED")
        await session.flush()
        assert (await world.store.trips.get(trip.id)).version == session.version
        session.undo()
        assert session.document == trip.document
        await session.flush()

    run(main())


def test_typing_is_not_lost_to_an_import_in_between(world, run) -> None:
    """What was typed goes on top; what came in between stays among the versions."""

    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        session.set("/tripNumber", "SMPL00009999")
        stored = await world.store.trips.get(trip.id)
        other = {**trip.document, "truck": {"number": "ELSEWHERE"}}
        between = await world.store.trips.save(trip.id, other, {}, version=stored.version)
        await session.flush()
        saved = await world.store.trips.get(trip.id)
        assert saved.document["tripNumber"] == "SMPL00009999"
        assert (await world.store.trips.version(trip.id, between.version)).document == other
        session.set("/tripNumber", "SMPL00009998")
        await session.flush()

    run(main())


def test_facts_follow_the_library_and_the_others(world, run, until) -> None:
    """A licence that expires becomes an issue in the open trip once the library says so."""

    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        before = {issue.code for issue in session.issues}
        driver = trip.document["drivers"][0]
        await world.library.save("driver", driver, {"expiries": {"fast": "2026-11-01"}}, company=world.company.id)
        await until(lambda: {issue.code for issue in session.issues} - before)

    run(main())


def test_many_changes_are_one_refresh(world, run, until, monkeypatch) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.editing.open(trip.id)
        reads = []
        known = world.facts.known

        async def counted(*args, **more):
            reads.append(args)
            return await known(*args, **more)

        monkeypatch.setattr(world.facts, "known", counted)
        for _ in range(100):
            world.changes.announce(Subject.INBOX, ["x"])
        await until(lambda: reads)
        await until(world.editing._refreshing.done)
        assert len(reads) <= 2

    run(main())


def test_objections_stand_beside_the_fields_until_mended(world, run, until, clock) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        number = trip.document["shipments"][1]["shipmentControlNumber"]
        world.socket.script = lambda message: [data_error(message, f"Shipment [{number}] is no good")]
        await world.submit.send(trip.id)
        await world.deliver()
        await until(lambda: session.server_errors)
        (error,) = session.server_errors
        assert error.path == "/shipments/1"
        session.set("/shipments/1/shipmentControlNumber", "SMPL00008888")
        assert session.server_errors == ()
        world.changes.announce(Subject.INBOX)
        await until(world.editing._refreshing.done)
        assert session.server_errors == (), "a mended one does not come again"
        await session.flush()

    run(main())


def test_messages_that_came_before_are_linked_once_the_number_is_typed(world, run, clock) -> None:
    async def main() -> None:
        document = world.document()
        number = document.pop("tripNumber")
        trip, _ = await world.importing.trip(document, world.company)
        await world.hear(ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": number}))
        assert (await world.lookups.trip(trip.id)).row.customs == "none"
        session = await world.editing.open(trip.id)
        session.set("/tripNumber", number)
        await session.flush()
        assert (await world.lookups.trip(trip.id)).row.customs == "on_file"

    run(main())


def test_the_time_of_day_counts_in_an_open_trip(world, run, clock) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        before = {issue.code for issue in session.issues}
        clock.advance(timedelta(days=2).total_seconds())
        session.recheck()
        assert {issue.code for issue in session.issues} - before

    run(main())
