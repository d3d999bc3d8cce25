"""What is said of the disk: when it fails, when it fails otherwise, and when it is well again, whoever notices."""

from __future__ import annotations

import sqlite3

import pytest

from desktop.errors import EnvironmentFailure
from desktop.services import disk as disk_module
from desktop.services.disk import Disk


def failing(name: str):
    """Work that meets a failing disk."""

    def work(_db: sqlite3.Connection) -> None:
        error = sqlite3.OperationalError(name)
        error.sqlite_errorname = name
        raise error

    return work


@pytest.fixture
def disk(world, keeper, monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(disk_module, "AGAIN_S", 0.0)
    return Disk(world.store, keeper)


def test_it_is_well_until_a_write_fails_and_says_so_once_for_each_reason(world, disk, run, monkeypatch) -> None:
    monkeypatch.setattr(disk_module, "AGAIN_S", 3600.0)

    async def main() -> None:
        heard = []
        leave = disk.subscribe(lambda: heard.append(disk.trouble and disk.trouble.code))
        await world.trip()
        assert (disk.trouble, heard) == (None, [])
        for name in ("SQLITE_FULL", "SQLITE_FULL", "SQLITE_READONLY"):
            with pytest.raises(EnvironmentFailure):
                await world.store._writer.write(failing(name))
        assert heard == ["store.disk_full", "store.read_only"]
        await world.store.try_to_write()
        assert heard[-1] is None
        leave()
        with pytest.raises(EnvironmentFailure):
            await world.store._writer.write(failing("SQLITE_FULL"))
        assert heard[-1] is None

    run(main())


def test_it_looks_by_itself_whether_the_disk_is_well_again(world, disk, run, until) -> None:
    async def main() -> None:
        with pytest.raises(EnvironmentFailure):
            await world.store._writer.write(failing("SQLITE_FULL"))
        assert disk.trouble is not None
        await until(lambda: disk.trouble is None)

    run(main())


def test_a_disk_that_fails_now_and_then_is_looked_after_by_one_task(world, disk, keeper, run, monkeypatch) -> None:
    monkeypatch.setattr(disk_module, "AGAIN_S", 3600.0)

    async def main() -> None:
        for _ in range(3):
            with pytest.raises(EnvironmentFailure):
                await world.store._writer.write(failing("SQLITE_FULL"))
            await world.store.try_to_write()
        assert [task.get_name() for task in keeper._running].count("wait for the disk") == 1

    run(main())


def test_a_refusal_is_no_trouble_of_the_disk(world, disk, run) -> None:
    async def main() -> None:
        with pytest.raises(ZeroDivisionError):
            await world.store._writer.write(lambda _: 1 // 0)
        assert disk.trouble is None

    run(main())
