"""A go is taken away by what these data cannot tell: copies, messages that fit several trips, shipments unnumbered."""

from __future__ import annotations

import pytest
from unit.services.test_may_go import Office, put
from unit.services.world import World

from desktop.domain.lifecycle import Verdict
from desktop.services.belonging import assign
from desktop.services.listening import Listening
from desktop.services.lookups import Lookups


async def going(world: World, **changes: object):
    """Return a desk and a trip that may go."""
    office = Office(world)
    trip = await office.filed(**changes)
    await office.pass_time(60)
    assert await office.verdict(trip) == (Verdict.GO, "go")
    return office, trip


def test_data_that_came_from_another_place_never_say_go(world: World, run) -> None:
    async def main() -> None:
        await world.store.holding.arrive("here")
        office, trip = await going(world)
        await world.store.holding.arrive("there")
        assert await office.verdict(trip) == (Verdict.UNKNOWN, "held_data")
        ready = (await office.row(trip)).readiness
        assert ready.must_act
        assert ready.reasons[0].action == "look_at_customs"
        await world.store.holding.release()
        assert await office.verdict(trip) == (Verdict.GO, "go")

    run(main())


def test_a_reader_of_data_nobody_owns_never_says_go(world: World, run) -> None:
    async def main() -> None:
        _, trip = await going(world)
        parts = world.store, world.border, world.server_errors, world.facts, world.clock, world.changes
        beside = Lookups(*parts, is_owned=False, listening=Listening(world.store, world.clock, is_owned=False))
        (row,) = [one for one in await beside.trips() if one.id == trip.id]
        assert row.readiness.verdict is Verdict.UNKNOWN

    run(main())


def test_news_of_a_number_that_two_trips_bear_is_told_on_both(world: World, run) -> None:
    async def main() -> None:
        office, trip = await going(world)
        number = trip.document["shipments"][0]["shipmentControlNumber"]
        await world.starting_point(
            world.document(tripNumber="SMPLSECOND1", shipments=trip.document["shipments"]), world.company
        )
        hold = {
            "data": "ACE_RESPONSE",
            "cbpDateTime": "2026-11-24 07:40:00",
            "shipmentStatusList": [{"shipmentControlNumber": number, "code": "1H"}],
        }
        await world.hear(hold)
        assert (await office.verdict(trip))[0] in {Verdict.STOP, Verdict.UNKNOWN}

    run(main())


def test_a_message_that_fits_two_trips_takes_go_from_both_until_somebody_says_which(world: World, run) -> None:
    async def main() -> None:
        office, trip = await going(world)
        other = await world.trip(
            tripNumber="SMPLSECOND1",
            shipments=[
                one | {"shipmentControlNumber": f"SMPLSECOND{place}"}
                for place, one in enumerate(trip.document["shipments"])
            ],
        )
        numbers = [one.document["shipments"][0]["shipmentControlNumber"] for one in (trip, other)]
        await world.hear(
            {
                "data": "ACE_RESPONSE",
                "cbpDateTime": "2026-11-24 07:40:00",
                "shipmentStatusList": [{"shipmentControlNumber": one, "code": "1H"} for one in numbers],
            }
        )
        assert await office.verdict(trip) == (Verdict.UNKNOWN, "ambiguous")
        reason = (await office.row(trip)).readiness.reasons[0]
        assert reason.frame
        (item,) = await world.store.bearing.unclear(numbers)
        await assign(world.store, item.item, trip.id)
        assert (await office.verdict(trip))[0] is Verdict.STOP

    run(main())


def test_a_shipment_without_a_number_is_nowhere_known_to_be_cleared(world: World, run) -> None:
    async def main() -> None:
        office = Office(world)
        trip = await office.filed()
        await office.pass_time(60)
        session = await world.editing.open(trip.id)
        session.set("/shipments/1/shipmentControlNumber", "")
        await session.flush()
        await session.close()
        codes = [one.code for one in (await office.row(trip)).readiness.reasons]
        assert "unnumbered" in codes

    run(main())


@pytest.mark.parametrize("number", ["lower", "spaced"])
def test_a_hold_is_heard_however_its_number_is_written(world: World, run, number: str) -> None:
    async def main() -> None:
        office, trip = await going(world)
        bare = trip.document["shipments"][0]["shipmentControlNumber"]
        said = bare.lower() if number == "lower" else f" {bare} "
        for beside in ({"tripNumber": trip.number.lower()}, {"tripNumber": f" {trip.number} "}, {}):
            await world.hear(
                {
                    "data": "ACE_RESPONSE",
                    "cbpDateTime": "2026-11-24 07:40:00",
                    "shipmentStatusList": [{"shipmentControlNumber": said, "code": "1H"}],
                    **beside,
                }
            )
            assert (await office.verdict(trip)) == (Verdict.STOP, "hold"), beside

    run(main())


def test_a_hold_under_the_trip_a_shipment_was_moved_from_is_told_on_the_trip_it_is_on(world: World, run) -> None:
    async def main() -> None:
        office, trip = await going(world)
        await world.starting_point(world.document(tripNumber="SMPLOLDTRIP1", shipments=[]), world.company)
        said = {"data": "ACE_RESPONSE", "tripNumber": "SMPLOLDTRIP1"}
        one = {"shipmentControlNumber": trip.document["shipments"][0]["shipmentControlNumber"]}
        held = [one | {"code": "1H"}]
        await world.hear(said | {"cbpDateTime": "2026-11-24 07:40:00", "shipmentStatusList": held})
        assert await office.verdict(trip) == (Verdict.UNKNOWN, "elsewhere")
        assert (await office.row(trip)).readiness.reasons[0].frame
        free = [one | {"code": "1I"}]
        await world.hear(said | {"cbpDateTime": "2026-11-24 07:50:00", "shipmentStatusList": free})
        assert await office.verdict(trip) == (Verdict.GO, "go")

    run(main())


def test_what_went_out_and_is_not_kept_counts_as_changed(world: World, run) -> None:
    async def main() -> None:
        office, trip = await going(world)
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T9")
        await session.flush()
        session.set("/truck/number", trip.document["truck"]["number"])
        await session.flush()
        await session.close()
        await world.store.trips._writer.write(
            lambda db: db.execute("DELETE FROM trip_versions WHERE trip = ?", (trip.id,))
        )
        assert await office.verdict(trip) == (Verdict.WAIT, "change_not_sent")

    run(main())


@pytest.mark.parametrize("way", ["copy", "repeat"])
def test_a_new_trip_from_a_fast_one_is_not_fast_until_somebody_says_so(world: World, run, way: str) -> None:
    async def main() -> None:
        trip = await world.trip()
        await put(world, trip, "is_fast", value=True)
        session = await getattr(world.starting, way)(trip.id)
        assert "is_fast" not in session.local
        await session.close()

    run(main())
