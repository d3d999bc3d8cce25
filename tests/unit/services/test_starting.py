"""New trips on the real store: numbers from ranges, copies, the way back, the same again, templates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from unit.services.world import World

from desktop.domain.lifecycle import Regime
from desktop.domain.mirroring import Load
from desktop.domain.number_range import Series
from desktop.errors import NotFound, UsageError
from desktop.services.views import Subject
from desktop.store.number_range import NewRange
from desktop.validation import Severity


async def ranges(world) -> None:
    """Number ranges for both directions and kinds."""
    for regime, kind, prefix in (
        (Regime.ACE, "trip", "SMPL9"),
        (Regime.ACE, "control", "SMPL8"),
        (Regime.ACI, "trip", "9SMP9"),
        (Regime.ACI, "control", "9SMP8"),
    ):
        series = Series(prefix, "", 5, 1, 99999)
        await world.store.number_ranges.add(NewRange(world.company.id, regime, kind, series))


def marked(session):
    return [issue.path for issue in session.issues if issue.code == "K01"]


def test_a_copy_has_new_numbers_and_asks_what_may_have_changed(world, run) -> None:
    async def main() -> None:
        await ranges(world)
        trip = await world.trip(autoSend=False, sendId="001")
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T5")
        session.set("/truck/sealNumbers", ["S1"])
        copied = await world.starting.copy(trip.id)
        document = copied.document
        assert document["truck"]["number"] == "T5", "what was typed a moment ago is copied too"
        assert document["tripNumber"] == "SMPL900001"
        assert document["shipments"][0]["shipmentControlNumber"] == "SMPL800001"
        assert "sealNumbers" not in document["truck"]
        assert copied.local["started_from"] == f"Copied from {trip.number}"
        marks = marked(copied)
        assert "/shipments/0/commodities/0/quantity" in marks
        assert all(issue.severity is Severity.WARNING for issue in copied.issues if issue.code == "K01")
        copied.set("/shipments/0/commodities/0/quantity", 99)
        assert "/shipments/0/commodities/0/quantity" not in marked(copied)
        assert len(marked(copied)) == len(marks) - 1
        copied.set_local("to_confirm", [])
        assert marked(copied) == []
        await copied.flush()
        assert (await world.store.trips.get(copied.trip_id)).number == "SMPL900001"

    run(main())


def test_marks_survive_a_restart(world, run, clock) -> None:
    async def main() -> None:
        trip = await world.trip()
        copied = await world.starting.copy(trip.id)
        copied.set("/shipments/0/commodities/0/quantity", 99)
        await copied.flush()
        before = marked(copied)
        again = await World(world.store, clock).editing.open(copied.trip_id)
        assert marked(again) == before != []

    run(main())


def test_without_a_range_numbers_stay_empty(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        copied = await world.starting.copy(trip.id)
        assert "tripNumber" not in copied.document
        assert all("shipmentControlNumber" not in one for one in copied.document["shipments"])

    run(main())


def test_the_drivers_own_range_comes_first(world, run) -> None:
    async def main() -> None:
        await ranges(world)
        trip = await world.trip()
        number = trip.document["drivers"][0]["driverNumber"]
        driver = await world.library.save("driver", trip.document["drivers"][0], {}, company=world.company.id)
        own = NewRange(world.company.id, Regime.ACE, "control", Series("SMPL7", "", 4, 5, 9), driver.id)
        await world.store.number_ranges.add(own)
        copied = await world.starting.copy(trip.id)
        assert number
        assert copied.document["shipments"][0]["shipmentControlNumber"] == "SMPL70005"
        assert copied.document["tripNumber"].startswith("SMPL9")

    run(main())


def test_yesterdays_trip_goes_again_today_at_the_same_hour(world, run, clock) -> None:
    async def main() -> None:
        await ranges(world)
        for regime in Regime:
            trip = await world.trip(regime)
            wall = trip.document["estimatedArrivalDateTime"]
            repeated = await world.starting.repeat(trip.id)
            again = repeated.document["estimatedArrivalDateTime"]
            assert again[10:] == wall[10:]
            assert again > wall
            stored = await world.store.trips.get(repeated.trip_id)
            assert stored.eta_utc > clock.now() + timedelta(hours=1)
            if regime is Regime.ACI:
                assert repeated.document["shipments"][0]["estimatedArrivalDate"] == again
            assert not [issue for issue in repeated.issues if issue.severity is Severity.ERROR]

    run(main())


def test_the_ports_clock_as_the_user_gave_it_goes_along(world, run, clock) -> None:
    async def main() -> None:
        trip = await world.trip(usPortOfArrival="9998", estimatedArrivalDateTime="2026-11-23 20:00:00")
        session = await world.editing.open(trip.id)
        session.set_local("zone", {"port": "9998", "zone": "America/Los_Angeles"})
        repeated = await world.starting.repeat(trip.id)
        assert repeated.document["estimatedArrivalDateTime"] == "2026-11-24 20:00:00"
        stored = await world.store.trips.get(repeated.trip_id)
        assert stored.eta_utc.isoformat() == "2026-11-25T04:00:00+00:00"
        assert repeated.local["zone"] == session.local["zone"]

    run(main())


def test_the_list_says_where_a_trip_comes_from_and_what_is_to_be_looked_at(world, run) -> None:
    async def main() -> None:
        await ranges(world)
        trip = await world.trip()
        copied = await world.starting.copy(trip.id)
        row = (await world.lookups.trip(copied.trip_id)).row
        assert row.started_from == f"Copied from {trip.number}"
        assert row.to_confirm == len(marked(copied)) > 0

    run(main())


def test_the_way_back_with_nothing_keeps_crew_and_units(world, run) -> None:
    async def main() -> None:
        await ranges(world)
        trip = await world.trip(Regime.ACE)
        back = await world.starting.mirror(trip.id)
        assert back.regime is Regime.ACI
        assert back.document["tripNumber"] == "9SMP900001"
        assert back.document["drivers"] == trip.document["drivers"]
        assert back.document["truck"]["number"] == trip.document["truck"]["number"]
        assert back.document["shipments"] == []
        assert (back.local["is_empty_trip"], back.local["nature"]) == (True, "empty")
        assert back.company == trip.company

    run(main())


def test_a_truck_without_a_trailer_is_a_bobtail_on_its_way_back_too(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        session.set("/trailers", [])
        session.set("/shipments", [])
        session.set_local("nature", "bobtail")
        back = await world.starting.mirror(trip.id)
        assert back.local["nature"] == "bobtail"
        assert back.local["is_empty_trip"] is True

    run(main())


def test_the_way_there_and_back_again_finds_the_same_port(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI, portOfEntry="0452")
        south = await world.starting.mirror(trip.id, Load.SWAPPED)
        assert south.document["usPortOfArrival"] == "3801"
        north = await world.starting.mirror(south.trip_id, Load.SWAPPED)
        assert north.document["portOfEntry"] == "0452", "of bridge and tunnel, the one it came by"

    run(main())


def test_the_carriers_own_custom_decides_between_bridge_and_tunnel(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACE, usPortOfArrival="3801")
        nobody_knows = await world.starting.mirror(trip.id)
        assert "portOfEntry" not in nobody_knows.document
        await world.trip(Regime.ACI, portOfEntry="0453")
        back = await world.starting.mirror(trip.id)
        assert back.document["portOfEntry"] == "0453"
        assert "/portOfEntry" in marked(back)

    run(main())


def test_the_library_adds_what_the_other_customs_ask_of_the_driver(world, run) -> None:
    async def main() -> None:
        full = (await world.trip(Regime.ACE)).document["drivers"][0]
        await world.library.save("driver", full, {}, company=world.company.id)
        bare = {name: full[name] for name in ("driverNumber", "firstName", "lastName")}
        trip = await world.trip(Regime.ACI, drivers=[bare])
        back = await world.starting.mirror(trip.id)
        assert back.document["drivers"] == [full]
        other = await world.trip(Regime.ACI, drivers=[{**bare, "lastName": "Somebody Else"}])
        back = await world.starting.mirror(other.id)
        assert "dateOfBirth" not in back.document["drivers"][0], "the number alone does not say who it is"

    run(main())


def test_a_template_outlives_a_restart_and_its_trip(world, run, clock) -> None:
    async def main() -> None:
        await ranges(world)
        trip = await world.trip()
        told = []
        world.changes.subscribe(told.append)
        kept = await world.starting.keep_template(trip.id, "  Sample   Monday run ")
        assert [one.subject for one in told] == [Subject.TEMPLATE]
        assert kept.name == "Sample Monday run"
        await world.editing.delete(trip.id)
        again = World(world.store, clock)
        assert await again.starting.templates() == [kept]
        session = await again.starting.from_template(kept.id)
        assert session.document["tripNumber"] == "SMPL900001"
        assert session.document["truck"] == trip.document["truck"]
        assert "estimatedArrivalDateTime" not in session.document
        assert marked(session)
        assert session.local["started_from"] == "From the template Sample Monday run"

    run(main())


def test_a_template_belongs_to_its_carrier(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        kept = await world.starting.keep_template(trip.id, "Sample run")
        second = await world.add_company("Second Sample")
        assert await world.starting.templates(second.id) == []
        assert await world.starting.templates(world.companies[0].id) == [kept]
        session = await world.starting.from_template(kept.id)
        assert session.company == trip.company != second.id

    run(main())


def test_names_of_templates_are_told_apart(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        first = await world.starting.keep_template(trip.id, "Sample run")
        with pytest.raises(UsageError, match="name_taken"):
            await world.starting.keep_template(trip.id, "sample RUN")
        with pytest.raises(UsageError, match="no_name"):
            await world.starting.keep_template(trip.id, "  ")
        second = await world.starting.keep_template(trip.id, "Other run")
        with pytest.raises(UsageError, match="name_taken"):
            await world.starting.rename_template(second.id, "SAMPLE run")
        await world.starting.rename_template(second.id, "Another run")
        await world.starting.remove_template(first.id)
        assert [row.name for row in await world.starting.templates()] == ["Another run"]
        with pytest.raises(NotFound):
            await world.starting.from_template(first.id)
        await world.starting.bring_template_back(first.id)
        assert [row.name for row in await world.starting.templates()] == ["Another run", "Sample run"]

    run(main())


def test_a_trip_that_is_gone_starts_nothing(world, run) -> None:
    async def main() -> None:
        for start in (world.starting.copy, world.starting.mirror, world.starting.repeat):
            with pytest.raises(NotFound):
                await start("no such trip")
        assert await world.lookups.trips() == []

    run(main())
