"""A world for each test: real store, real machine, a clock that stands still, a socket the test plays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.clock import ManualClock
from unit.services.world import World

from desktop.store import Store, open_store


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    store = open_store(tmp_path / "data", kind=None, clock=clock)
    yield store
    store.close_now()


@pytest.fixture
def bare(store: Store, clock: ManualClock) -> World:
    """Without any company."""
    return World(store, clock)


@pytest.fixture
def world(bare: World, run) -> World:
    """With the sample carrier."""
    return run(bare.settle())


@pytest.fixture(autouse=True)
def _settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an answer nothing more comes here unless the test says so."""
    monkeypatch.setattr("desktop.services.waiting.SETTLE_S", 0.02)
