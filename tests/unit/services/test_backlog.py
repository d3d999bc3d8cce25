"""What pours in is stored first, understood second, in order, each once, however it is interrupted."""

from __future__ import annotations

import asyncio
import json

import pytest
from unit.services.world import World, golden

from desktop.errors import EnvironmentFailure
from desktop.services.backlog import FEW, Backlog


class Desk:
    """A backlog over a real store, and what it heard in which order."""

    def __init__(self, world: World, most_bytes: int = 1_000_000) -> None:
        self.world = world
        self.heard: list[int] = []
        self.read_back = 0
        self.ends = 0
        self.fails = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.backlog = Backlog(self.understand, self.catch_up, on_done=self.done, most_bytes=most_bytes)

    def done(self) -> None:
        self.ends += 1

    async def apply(self, _value, frame, _received_at) -> None:
        assert (await self.world.store.frames.get(frame)).id == frame, "stored before it is understood"
        self.heard.append(frame)

    async def understand(self, stored) -> None:
        await self.gate.wait()
        if self.fails:
            self.fails -= 1
            raise EnvironmentFailure("store.disk_full")
        await self.world.receiving.understand(stored, companies=self.world.companies, apply=self.apply)

    async def catch_up(self, after) -> None:
        self.read_back += 1
        await self.world.receiving.catch_up(self.apply, after=after)

    async def come(self, count: int, first: int = 0) -> None:
        """So many frames come together."""
        at = self.world.clock.now()
        bodies = [json.dumps(golden("aci-notice") | {"test": first + place}).encode() for place in range(count)]
        arrivals = [(body, at) for body in bodies]
        stored = await self.world.receiving.keep(arrivals, company=self.world.company.id, connection="c")
        self.backlog.put(stored)

    async def all_understood(self) -> None:
        await self.backlog.settled()
        assert self.backlog.is_empty
        assert self.heard == list(range(1, await self.world.store.frames.count() + 1))
        assert await self.world.store.frames.not_understood() == []


@pytest.fixture
def follow(world, run):
    """Run a scenario beside the task that follows behind."""

    def follow(scenario, **options) -> None:
        async def main() -> None:
            desk = Desk(world, **options)
            task = world.keeper.start(desk.backlog.run(), name="follow")
            try:
                await scenario(desk)
            finally:
                task.cancel()
                await asyncio.wait([task])

        run(main())

    return follow


def test_storing_does_not_wait_for_understanding(follow) -> None:
    async def scenario(desk: Desk) -> None:
        desk.gate.clear()
        for part in range(4):
            await desk.come(FEW, part * FEW)
        assert await desk.world.store.frames.count() == 4 * FEW
        assert desk.heard == []
        assert not desk.backlog.is_empty
        desk.gate.set()
        await desk.all_understood()
        assert desk.ends
        assert not desk.read_back

    follow(scenario)


def test_what_is_too_much_to_keep_is_read_back_in_order_with_what_comes_meanwhile(follow) -> None:
    async def scenario(desk: Desk) -> None:
        desk.gate.clear()
        await desk.come(3)
        await asyncio.sleep(0)  # the first are being understood
        for part in range(1, 5):
            await desk.come(60, part * 60)
        assert not desk.backlog.is_empty
        desk.gate.set()
        await desk.all_understood()
        assert desk.read_back
        await desk.come(5, 1000)
        await desk.all_understood()

    follow(scenario, most_bytes=20_000)


def test_a_failure_is_made_good_from_the_disk_and_holds_nobody_up(follow, expected_logs) -> None:
    expected_logs("stored messages not understood: store.disk_full")

    async def scenario(desk: Desk) -> None:
        desk.fails = 1
        await desk.come(5)
        await desk.backlog.settled()
        assert not desk.backlog.is_empty
        assert desk.heard == []
        await desk.come(5, 5)
        await desk.backlog.catch_up()
        await desk.all_understood()

    follow(scenario)


def test_a_stop_leaves_the_rest_to_the_next_start(world, run) -> None:
    async def main() -> None:
        desk = Desk(world)
        desk.gate.clear()
        task = world.keeper.start(desk.backlog.run(), name="follow")
        await desk.come(3 * FEW)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        await desk.backlog.settled()
        assert len(await world.store.frames.not_understood()) == 3 * FEW
        again = Desk(world)
        await again.backlog.catch_up()
        await again.all_understood()

    run(main())


def test_nothing_is_sent_while_what_came_is_not_known(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id, hold=True)
        assert world.courier._is_free
        world.courier.is_behind = lambda: True
        assert not world.courier._is_free

    run(main())
