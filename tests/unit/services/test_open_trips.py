"""What is open is durable a moment after it changed, in few writes, and a full disk does no harm."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from desktop.domain.lifecycle import Regime
from desktop.errors import Bug, EnvironmentFailure
from desktop.services import open_trips
from desktop.services.open_trips import OpenTripRow, OpenTrips


class Disk:
    """Counts what is kept."""

    def __init__(self) -> None:
        self.kept: list[list[OpenTripRow]] = []
        self.gate: asyncio.Event | None = None
        self.fails_with: Exception | None = None

    async def keep(self, rows) -> None:
        if self.gate is not None:
            await self.gate.wait()
        if self.fails_with is not None:
            raise self.fails_with
        self.kept.append([OpenTripRow(row.trip, row.place, row.pointer, row.caret, row.is_current) for row in rows])


class Keeping:
    """The service over that disk, and the window's own list."""

    def __init__(self, keeper) -> None:
        self.disk = Disk()
        self.open_trips = self.disk  # as `Store.open_trips`
        self.service = OpenTrips(self, keeper)
        self.rows: list[OpenTripRow] = []
        self.read = 0

    def now(self) -> list[OpenTripRow]:
        self.read += 1
        return list(self.rows)

    def move(self, caret: int) -> None:
        self.rows = [OpenTripRow("one", pointer="/tripNumber", caret=caret)]
        self.service.changed(self.now)


def test_it_comes_back_from_the_real_store(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        service = OpenTrips(world.store, world.keeper)
        row = OpenTripRow(trip.id, "", "/truck/number", 2, is_current=True)
        service.changed(lambda: [row])
        await service.flush()
        found = await OpenTrips(world.store, world.keeper).all()
        assert found == [replace(row, number=trip.number, regime=Regime.ACE)]

    run(main())


def test_many_changes_are_one_write_that_sees_the_last(keeper, run, until) -> None:
    async def main() -> None:
        it = Keeping(keeper)
        for caret in range(50):
            it.move(caret)
        await until(lambda: it.disk.kept)
        assert [rows[0].caret for rows in it.disk.kept] == [49]
        assert it.read == 1, "the window is asked once a write, not once a key"

    run(main())


def test_changes_without_a_pause_are_written_all_the_same(keeper, run, monkeypatch) -> None:
    monkeypatch.setattr(open_trips, "KEEP_AFTER_S", 30.0)
    monkeypatch.setattr(open_trips, "KEEP_AT_LATEST_S", 0.02)

    async def main() -> None:
        it = Keeping(keeper)
        caret = 0
        async with asyncio.timeout(5):
            while not it.disk.kept:
                caret += 1
                it.move(caret)
                await asyncio.sleep(0.001)
        assert it.disk.kept[0][0].caret <= caret

    run(main())


def test_what_changes_during_a_write_is_written_next(keeper, run, until) -> None:
    async def main() -> None:
        it = Keeping(keeper)
        it.disk.gate = asyncio.Event()
        it.move(1)
        await until(lambda: it.read)
        it.move(2)
        it.disk.gate.set()
        await it.service.flush()
        assert [rows[0].caret for rows in it.disk.kept] == [1, 2]

    run(main())


def test_the_same_state_is_not_written_twice(keeper, run) -> None:
    async def main() -> None:
        it = Keeping(keeper)
        for _ in range(3):
            it.move(1)
            await it.service.flush()
        assert len(it.disk.kept) == 1

    run(main())


def test_a_full_disk_is_tried_again_with_the_next_change(keeper, run) -> None:
    async def main() -> None:
        it = Keeping(keeper)
        it.disk.fails_with = EnvironmentFailure("store.disk_full")
        it.move(1)
        await it.service.flush()
        it.disk.fails_with = None
        it.move(1)
        await it.service.flush()
        assert len(it.disk.kept) == 1

    run(main())


def test_a_mistake_of_ours_is_not_swallowed(keeper, run, expected_logs) -> None:
    expected_logs("keep the open trips failed: Bug")

    async def main() -> None:
        it = Keeping(keeper)
        it.disk.fails_with = Bug("whatever")
        it.move(1)
        with pytest.raises(Bug):
            await it.service.flush()

    run(main())
