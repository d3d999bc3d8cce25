"""A world for each test: real store, real machine, a clock that stands still, a socket the test plays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import ManualClock
from unit.services.world import World

from desktop.store import Store, open_store
from desktop.tasks import TaskKeeper


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    store = open_store(tmp_path / "data", kind=None, clock=clock)
    yield store
    store.close_now()


@pytest.fixture
def keeper() -> TaskKeeper:
    return TaskKeeper()


@pytest.fixture
def run(run, keeper: TaskKeeper):
    """As everywhere; what refreshes itself in the background is ended with the test's coroutine."""

    async def to_the_end(work):
        try:
            return await work
        finally:
            await keeper.stop()

    return lambda work: run(to_the_end(work))


@pytest.fixture
def bare(store: Store, clock: ManualClock, keeper: TaskKeeper) -> World:
    """Without any company."""
    return World(store, clock, keeper)


@pytest.fixture
def world(bare: World, run) -> World:
    """With the sample carrier."""
    return run(bare.settle())


@pytest.fixture(autouse=True)
def _settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an answer nothing more comes here unless the test says so."""
    monkeypatch.setattr("desktop.services.waiting.SETTLE_S", 0.02)
