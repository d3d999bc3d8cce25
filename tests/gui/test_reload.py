"""A list is read once at a time, rests where reading it takes long, and never misses the last change."""

from __future__ import annotations

import asyncio

import pytest
from fakes.window import until

from desktop.tasks import TaskKeeper
from desktop.ui import reload
from desktop.ui.reload import Reload


@pytest.fixture
def readings():
    return []


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def reading(readings: list[str], keeper: TaskKeeper) -> Reload:
    async def work() -> None:
        readings.append("begun")
        if len(readings) == 1:
            made.ask()  # something changed while it was read
        await turns(3)

    made = Reload(keeper, work, "test")
    return made


def test_a_short_reading_is_followed_at_once_by_the_one_for_what_changed_meanwhile(run_qt, readings):
    async def main():
        keeper = TaskKeeper(lambda _: None)
        await reading(readings, keeper).now()
        assert len(readings) == 2
        await keeper.stop()

    run_qt(main())


def test_a_long_reading_rests_before_the_next_and_who_waits_for_it_does_not(run_qt, readings, monkeypatch):
    monkeypatch.setattr(reload, "_LONG_S", -1.0)  # every reading is long
    monkeypatch.setattr(reload, "_REST", 1e9)
    monkeypatch.setattr(reload, "_MOST_REST_S", 1e6)

    async def main():
        keeper = TaskKeeper(lambda _: None)
        made = reading(readings, keeper)
        made.ask()
        await turns(60)
        assert len(readings) == 1  # it rests
        await made.now()
        assert len(readings) == 2
        await keeper.stop()

    run_qt(main())


def test_after_a_rest_it_is_read_without_being_asked_again(run_qt, readings, monkeypatch):
    monkeypatch.setattr(reload, "_LONG_S", -1.0)
    monkeypatch.setattr(reload, "_REST", 0.0)

    async def main():
        keeper = TaskKeeper(lambda _: None)
        made = reading(readings, keeper)
        made.ask()
        await until(lambda: len(readings) == 2)
        await keeper.stop()

    run_qt(main())
