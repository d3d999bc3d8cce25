"""When somebody listened is known to a minute, also after a crash, a sleep, or a clock that was set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from unit.services.world import World

from desktop.crossing.gap import Gap
from desktop.services.listening import BEAT_S, Listening, gaps_in
from desktop.store.listening import Heard, Turn

MINUTE = timedelta(minutes=1)


class Owner:
    """A listening owner whose beat the test turns."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.listening = Listening(world.store, world.clock, keeper=world.keeper)
        self.name = world.company.id

    async def up(self) -> None:
        await self.listening.began([self.name])

    async def down(self) -> None:
        await self.listening.ended([self.name], "closed")

    async def hours(self, beats: int) -> None:
        for _ in range(beats):
            self.world.clock.advance(BEAT_S)
            await self.listening.beat()

    async def gaps(self, since):
        return await self.listening.gaps(self.name, since)


@pytest.fixture
def owner(world: World) -> Owner:
    return Owner(world)


def test_nobody_listens_before_the_first_connection(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        start = world.clock.now()
        world.clock.advance(600)
        assert await owner.gaps(start) == (Gap(start, None),)
        assert not await owner.listening.is_listening(owner.name)
        await owner.up()
        assert await owner.listening.is_listening(owner.name)
        assert await owner.gaps(start) == (Gap(start, start + 10 * MINUTE),)
        assert await owner.gaps(world.clock.now()) == ()

    run(main())


def test_a_line_that_comes_and_goes_leaves_the_time_between(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        await owner.up()
        start = world.clock.advance(300)
        await owner.down()
        left = world.clock.now()
        world.clock.advance(59)
        assert await owner.gaps(start) == ()  # shorter than a minute does not count
        world.clock.advance(1)
        assert await owner.gaps(start) == (Gap(left, None),)
        back = world.clock.advance(600)
        await owner.up()
        await owner.hours(20)
        assert await owner.gaps(start - 5 * MINUTE) == (Gap(left, back),)
        assert await owner.gaps(back) == ()
        assert await owner.gaps(left + MINUTE) == (Gap(left + MINUTE, back),)  # from the asked moment on

    run(main())


def test_short_interruptions_do_not_count_but_flapping_does(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        start = world.clock.now()
        await owner.up()
        await owner.hours(4)
        await owner.down()
        world.clock.advance(40)
        await owner.up()
        await owner.hours(10)
        assert await owner.gaps(start) == ()
        left = world.clock.now()
        for _ in range(3):
            await owner.down()
            world.clock.advance(30)
            await owner.up()
            world.clock.advance(5)  # too short to be known alive
        world.clock.advance(60)
        assert await owner.gaps(start) == (Gap(left, left + timedelta(seconds=100)),)

    run(main())


@pytest.mark.parametrize("beats", [0, 1, 2, 7])
def test_after_a_kill_the_gap_is_known_to_a_minute(owner: Owner, world: World, run, beats: int) -> None:
    async def main() -> None:
        start = world.clock.now()
        await owner.up()
        await owner.hours(beats)
        died = world.clock.advance(20)
        world.clock.advance(3600)
        after = Owner(world)  # nothing was said
        (gap,) = await after.gaps(start)
        assert gap.until is None
        assert died - gap.since <= timedelta(seconds=80)
        back = world.clock.now()
        await after.up()
        (gap,) = await after.gaps(start)
        assert gap.until == back
        assert timedelta() <= died - gap.since <= timedelta(seconds=80)

    run(main())


def test_a_sleeping_computer_leaves_a_gap_though_the_line_says_it_is_up(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        heard = []
        owner.listening.on_missed = heard.append
        start = world.clock.now()
        await owner.up()
        await owner.hours(4)
        slept = world.clock.now()
        world.clock.jump(8 * 3600)  # the wall clock goes on, the monotonic one stood still
        assert not await owner.listening.is_listening(owner.name)  # known before the beat comes
        assert await owner.gaps(start) == (Gap(slept, None),)
        world.clock.advance(BEAT_S)
        assert await owner.listening.beat()
        woke = world.clock.now()
        assert heard == [[owner.name]]
        await owner.hours(4)
        assert await owner.gaps(start) == (Gap(slept, woke),)

    run(main())


def test_a_beat_that_is_a_little_late_is_no_gap(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        start = world.clock.now()
        await owner.up()
        world.clock.advance(89)
        assert not await owner.listening.beat()
        world.clock.advance(90)
        assert await owner.listening.beat()
        assert len(await owner.gaps(start)) == 1

    run(main())


def test_a_clock_set_back_makes_no_gap_and_the_beat_goes_on(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        await owner.up()
        await owner.hours(10)
        world.clock.jump(-86_400)
        back = world.clock.now()
        await owner.hours(4)
        assert await owner.gaps(back) == ()

    run(main())


def test_beats_are_written_once_a_minute_and_only_while_connected(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        written = []
        original = world.store.listening.beat

        async def counted(names) -> None:
            written.append(names)
            await original(names)

        world.store.listening.beat = counted
        assert not await owner.listening.beat()
        await owner.up()
        await owner.hours(120)
        assert len(written) == 60  # an hour
        await owner.down()
        await owner.hours(120)
        assert len(written) == 60

    run(main())


def test_a_reader_beside_the_owner_goes_by_the_beat(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        start = world.clock.now()
        beside = Listening(world.store, world.clock)
        alone = Listening(world.store, world.clock, is_owned=False)
        await owner.up()
        await owner.hours(6)
        assert await beside.is_listening(owner.name)
        assert await beside.gaps(owner.name, start) == ()
        assert not await alone.is_listening(owner.name)
        world.clock.advance(151)  # no beat any more
        assert not await beside.is_listening(owner.name)
        (gap,) = await beside.gaps(owner.name, start)
        assert gap.until is None
        await owner.down()
        assert not await beside.is_listening(owner.name)

    run(main())


def test_nobody_is_said_to_listen_before_the_gap_is_written(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        original = world.store.listening.began
        said = []

        async def slow(names) -> None:
            said.append(await owner.listening.is_listening(owner.name))
            await original(names)
            said.append(await owner.listening.is_listening(owner.name))

        world.store.listening.began = slow
        await owner.up()
        assert said == [False, False]
        assert await owner.listening.is_listening(owner.name)

        async def gone(names) -> None:
            await original(names)
            owner.listening.hush([owner.name])

        await owner.down()
        world.store.listening.began = gone
        await owner.up()
        assert not await owner.listening.is_listening(owner.name)

    run(main())


def test_a_full_disk_does_not_end_the_beat(owner: Owner, world: World, run, expected_logs) -> None:
    from desktop.errors import EnvironmentFailure

    expected_logs("beat not written")

    async def main() -> None:
        await owner.up()

        async def full(_names) -> None:
            raise EnvironmentFailure("store.disk_full")

        original, world.store.listening.beat = world.store.listening.beat, full
        await owner.hours(4)
        world.store.listening.beat = original
        await owner.hours(2)
        assert await Listening(world.store, world.clock).is_listening(owner.name)

    run(main())


def test_a_line_that_came_up_twice_is_known_of_neither_time_between(world: World) -> None:
    start = world.clock.now()
    ups = Heard((Turn(start, is_up=True), Turn(start + 5 * MINUTE, is_up=True)), None)
    found = gaps_in(ups, start, start + 10 * MINUTE, is_up=True)
    assert found == (Gap(start, start + 5 * MINUTE),)


def test_data_of_an_older_version_end_at_the_last_frame(owner: Owner, world: World, run) -> None:
    async def main() -> None:
        await world.store.link_log.add(owner.name, "up")  # an older version kept no beat
        start = world.clock.advance(600)
        await world.hear({"data": "ACE_RESPONSE"})
        world.clock.advance(7200)
        back = world.clock.now()
        await owner.up()
        assert await owner.gaps(start - 5 * MINUTE) == (Gap(start, back),)

    run(main())
