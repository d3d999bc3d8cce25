"""A computer that slept is noticed by its clocks; a beat a little late is no sleep."""

import pytest
from fakes.clock import ManualClock

from desktop.services.awake import BEAT_S, SLEPT_S, Awake


@pytest.mark.parametrize(
    ("ran_s", "jump_s", "is_noticed"),
    [
        (BEAT_S, 0.0, False),
        (BEAT_S + 3.0, 0.0, False),
        (BEAT_S, SLEPT_S, True),
        (BEAT_S, 8 * 3600.0, True),
        (BEAT_S + SLEPT_S, 0.0, True),  # systems whose other clock runs on while they sleep
        (BEAT_S, -3600.0, False),
    ],
)
def test_sleep_is_told_by_the_clocks(run, ran_s, jump_s, is_noticed):
    async def main():
        woken = []
        clock = ManualClock()

        async def on_woken():
            woken.append(clock.now())

        awake = Awake(clock, on_woken, lambda: "the same")
        clock.advance(ran_s)
        clock.jump(jump_s)
        assert await awake.look() is is_noticed
        assert len(woken) == is_noticed
        clock.advance(BEAT_S)
        assert not await awake.look()  # told once

    run(main())


def test_another_network_is_noticed_once(run):
    async def main():
        woken, networks = [], ["eth0/1", "eth0/1", "wlan0/2", "wlan0/2", "", ""]
        clock = ManualClock()

        async def on_woken():
            woken.append(len(networks))

        awake = Awake(clock, on_woken, lambda: networks.pop(0))
        found = [await awake.look() for _ in range(6)]
        assert found == [False, False, True, False, True, False]
        assert len(woken) == 2

    run(main())
