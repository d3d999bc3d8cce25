"""What did not happen is noticed, kept, told once also across restarts, and ends by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from unit.services.world import World, ace_accepted, good_gateway, imported

from desktop.clock import to_text
from desktop.domain.lifecycle import Regime
from desktop.domain.times import wall_at, wall_text
from desktop.services.history import history_of
from desktop.services.listening import Listening
from desktop.services.local_fact import LocalFacts
from desktop.services.views import Subject
from desktop.services.watching import LOOKED, Watching
from desktop.store.alert import NEAR

ZONE = "America/Toronto"


class Watch:
    """Watching over a world; the test turns the clock and says when to look."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.listening = Listening(world.store, world.clock, keeper=world.keeper)
        local = LocalFacts(world.store, world.editing, world.changes)
        self.watching = Watching(
            world.store, world.border, self.listening, local, world.changes, world.clock, world.keeper
        )

    async def connected(self) -> None:
        await self.listening.began([self.world.company.id])

    async def trip(self, minutes: int, regime: Regime = Regime.ACE):
        eta = wall_text(wall_at(self.world.clock.now() + timedelta(minutes=minutes), ZONE))
        return await self.world.trip(regime, estimatedArrivalDateTime=eta)

    async def sent(self, minutes: int = 600, script=good_gateway):
        trip = await self.trip(minutes)
        self.world.socket.script = script
        await self.world.submit.send(trip.id)
        await self.world.deliver()
        return trip

    async def whats(self) -> list[str]:
        await self.watching.look()
        opened = {(one.trip, one.what) for one in await self.world.store.alerts.open_ones()}
        return sorted(what for _, what in opened)

    async def pass_minutes(self, minutes: int) -> None:
        """Minutes pass while somebody listens."""
        for _ in range(2 * minutes):
            self.world.clock.advance(30)
            await self.listening.beat()


def no_answer(message: dict) -> list:
    return [] if message["data"].endswith("_SEND_REQUEST") else [imported(message)]


@pytest.fixture
def watch(world: World) -> Watch:
    return Watch(world)


def test_an_answer_that_is_missing_is_told_once_also_after_a_restart(watch: Watch, world: World, run) -> None:
    async def main() -> None:
        await watch.connected()
        trip = await watch.sent(script=no_answer)
        await watch.pass_minutes(14)
        assert await watch.whats() == []
        await watch.pass_minutes(2)
        assert await watch.whats() == ["no_answer"]
        (view,) = await watch.watching.untold()
        assert (view.trip_id, view.trip, view.numbers) == (trip.id, trip.number, ())
        assert "CBP has not answered for 15 min" in view.text
        again = Watch(world)
        assert len(await again.watching.untold()) == 1  # nobody was told before the restart
        await again.watching.mark_told(view.ids)
        assert await Watch(world).watching.untold() == []
        assert len(await world.store.alerts.open_ones()) == 1
        await world.hear(ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": trip.number}))
        assert await watch.whats() == []
        assert [line.what for line in await history_of(world.store, trip) if line.what.startswith("alert")] == [
            "alert.no_answer"
        ]

    run(main())


def test_a_request_in_doubt_is_an_answer_that_is_missing(watch: Watch, world: World, run) -> None:
    async def main() -> None:
        await watch.connected()
        await watch.sent(script=no_answer)
        await world.courier.link_lost()
        await watch.pass_minutes(20)
        assert "no_answer" in await watch.whats()

    run(main())


def test_missing_entries_are_one_notice_that_names_them(watch: Watch, world: World, run) -> None:
    async def main() -> None:
        await watch.connected()
        trip = await watch.sent(150)
        await watch.pass_minutes(50)
        assert await watch.whats() == []
        await watch.pass_minutes(10)
        await watch.watching.look()
        (view,) = await watch.watching.untold()
        numbers = [one["shipmentControlNumber"] for one in trip.document["shipments"]]
        assert (view.what, list(view.numbers)) == ("not_cleared", numbers)
        assert len(view.ids) == len(numbers)
        assert all(number in view.text for number in numbers)

    run(main())


def test_a_trip_that_is_not_sent_in_time_and_one_that_comes_too_early(watch: Watch, world: World, run) -> None:
    async def main() -> None:
        await watch.connected()
        await watch.trip(120)
        await watch.pass_minutes(40)
        assert await watch.whats() == []
        await watch.pass_minutes(10)
        assert await watch.whats() == ["not_sent"]

    run(main())


def test_trips_with_customs_are_named_after_a_gap_until_somebody_looked(watch: Watch, world: World, run) -> None:
    async def main() -> None:
        heard = []
        world.changes.subscribe(lambda changed: heard.append(changed.subject))
        await watch.connected()
        trip = await watch.sent()
        draft = await watch.trip(600)
        await watch.pass_minutes(3)
        left = world.clock.now()
        await watch.listening.ended([world.company.id], "network")
        world.clock.advance(3600)
        assert await watch.watching.missed() is None  # it is not over: the connection itself says so
        await watch.connected()
        assert await watch.whats() == ["gap"]
        assert Subject.ALERT in heard
        missed = await watch.watching.missed()
        assert missed is not None
        assert [one.trip_id for one in missed.trips] == [trip.id]
        assert draft.id not in [one.trip_id for one in missed.trips]
        assert (missed.since, missed.until) == (left, left + timedelta(hours=1))
        before = await watch.watching.looked([trip.id])
        stored = await world.store.trips.get(trip.id)
        assert stored.local[LOOKED] == to_text(world.clock.now())
        assert await watch.watching.missed() is None
        lines = [line.text for line in await history_of(world.store, stored)]
        assert any("Nobody listened" in line for line in lines)
        assert "You looked at BorderConnect: nothing new" in lines
        await watch.watching.take_back(before)
        assert await watch.watching.missed() is not None
        assert LOOKED not in (await world.store.trips.get(trip.id)).local

    run(main())


def test_what_is_typed_in_an_open_trip_stays_when_somebody_looked(watch: Watch, world: World, run) -> None:
    async def main() -> None:
        trip = await watch.trip(600)
        session = await world.editing.open(trip.id)
        session.set("/usPortOfArrival", "0901")
        await watch.watching.looked([trip.id])
        stored = await world.store.trips.get(trip.id)
        assert stored.document["usPortOfArrival"] == "0901"
        assert LOOKED in stored.local
        assert session.set_aside is None
        await session.close()

    run(main())


def test_it_looks_by_itself_at_the_next_moment_and_after_a_change(watch: Watch, world: World, run) -> None:
    async def main() -> None:
        looks = []
        original = watch.watching._look
        done = asyncio.Event()

        async def counted():
            looks.append(world.clock.now())
            found = await original()
            done.set()
            return found

        watch.watching._look = counted
        world.changes.announce(Subject.TRIP)  # not yet started: nobody looks
        watch.watching.start()
        await asyncio.wait_for(done.wait(), 5)
        loop = asyncio.get_running_loop()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert watch.watching._timer.when() - loop.time() > 29
        world.changes.announce(Subject.TRIP)
        assert watch.watching._timer.when() - loop.time() <= 2.1
        world.changes.announce(Subject.LIBRARY)
        world.changes.announce(Subject.ALERT)
        assert len(looks) == 1
        watch.watching.stop()
        world.changes.announce(Subject.TRIP)
        assert watch.watching._timer is None

    run(main())


def test_trips_that_are_near_are_found_by_index(world: World, run) -> None:
    async def main() -> None:
        plan = await world.store._reader.read(
            lambda db: [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + NEAR, ("a", "b", "c"))]
        )
        assert not [line for line in plan if line.startswith("SCAN")], plan
        assert any("trips_eta" in line for line in plan)

    run(main())
