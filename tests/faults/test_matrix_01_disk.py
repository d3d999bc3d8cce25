"""Rows 1, 2, 4 and 5 of the fault matrix: sudden death, a disk that takes no more, a database that was damaged.

What is tried in breadth elsewhere has its decisive cases here, by a seed (`EMANIFEST_MATRIX_SEED=N` for another one):
deaths by tests/faults/test_kill_points.py, every failing call by tests/faults/test_every_call.py, salvage by
tests/unit/store/test_salvage.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from fakes.dice import dice, some
from fakes.far_end import far_end, fast
from fakes.office import Office, connected
from fakes.oracle import judge
from fakes.process import ROOT, environment

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Regime
from desktop.errors import DataFolderUnusable, EnvironmentFailure
from desktop.store import DATABASE, open_store
from desktop.store.salvage import salvage

__all__ = ["dice", "fast"]

pytestmark = pytest.mark.usefixtures("fast")

KILLER = Path(__file__).with_name("killer.py")
DEATHS = 20
"""Some while the owner works, and one at each point of an upgrade and of a restore."""


NEEDS_LIMITS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on what a process writes")


@pytest.fixture
def limit_s() -> float:
    return 600.0


# --- rows 1 and 2 ---------------------------------------------------------------------------------------------------


@pytest.mark.timeout(600)
def test_row_01_and_row_02_killed_at_work_and_while_data_are_replaced(tmp_path: Path, home: Path, dice: Random) -> None:
    """The oracle holds after each; of an upgrade and a restore there is the old or the new, never half."""
    done = subprocess.run(
        [sys.executable, str(KILLER), str(tmp_path), str(dice.randrange(10**6)), str(DEATHS)],
        env={**environment(home), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [death for death in deaths if death["wrong"]]
    assert not wrong, json.dumps(wrong[0], indent=1)
    replaced = [death["scenario"] for death in deaths if death["scenario"] in {"upgrade", "restore"}]
    assert set(replaced) == {"upgrade", "restore"}
    assert len(deaths) - len(replaced) >= 3


# --- row 4 ----------------------------------------------------------------------------------------------------------


@contextmanager
def failing_disk() -> Iterator[None]:
    """Nothing can be written any more by this process."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@NEEDS_LIMITS
def test_row_04_a_failing_disk_keeps_what_is_typed_and_goes_on_when_it_can(run, tmp_path: Path, expected_logs) -> None:
    expected_logs("not saved: store.disk_error")

    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            session = await office.desk.editing.open(trip)
            await connected(office)
            await office.settle()
            told: list[str] = []
            with failing_disk():
                session.set("/truck/number", "T7702")
                try:
                    await session.flush()
                except EnvironmentFailure as error:
                    told.append(error.code)
            assert session.document["truck"]["number"] == "T7702"
            assert told == ["store.disk_error"]
            await session.flush()
            await session.close()
            document = (await office.desk.store.trips.get(trip)).document
            assert document["truck"]["number"] == "T7702"
            assert (await office.send(trip, 8)).outcome == "delivered"
            await judge(office)

    run(main())


@NEEDS_LIMITS
def test_row_04_a_failing_disk_loses_no_message(run, tmp_path: Path, expected_logs) -> None:
    """What cannot be stored waits, and nothing is made of it; it is stored as soon as that is possible."""
    expected_logs("messages wait to be stored: store.disk_error")

    async def main() -> None:
        async with far_end("silent") as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            await office.settle()
            kept = await office.desk.store.frames.count()
            upload = json.loads(far.taken[0])
            with failing_disk():
                answer = {"status": "DATA_ERROR", "sendId": upload["sendId"], "errors": [{"note": "Practice refusal"}]}
                await far.service.announce({"data": "API_RESPONSE", **answer})
                await office.settle()
                assert await office.states(trip) == ["IN_FLIGHT", "READY"]
            await office.until_states(trip, "REJECTED", "CANCELLED")
            assert await office.desk.store.frames.count() == kept + 1
            await judge(office)

    run(main())


# --- row 5 ----------------------------------------------------------------------------------------------------------


def _damage(folder: Path, dice: Random) -> str:
    """Do one thing to the files of a folder that no program should; return what."""
    file, log = folder / DATABASE, folder / f"{DATABASE}-wal"
    way = dice.choice(("bits", "end", "page", "log gone", "log of before", "log cut", "log bits"))
    target = log if way.startswith("log") else file
    data = bytearray(target.read_bytes())
    if way == "log gone":
        log.unlink()
        return way
    if way == "log of before":
        log.write_bytes((folder / "before.wal").read_bytes())
        return way
    if way.endswith("bits"):
        for _ in range(dice.randint(1, 60)):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    elif way == "page":
        page = dice.randrange(len(data) // 4096)
        data[page * 4096 : (page + 1) * 4096] = dice.randbytes(4096)
    else:
        del data[dice.randrange(len(data)) :]
    target.write_bytes(data)
    return way


@pytest.mark.timeout(1800)
def test_row_05_a_damaged_database_is_told_kept_and_salvaged(run, tmp_path: Path, dice: Random) -> None:
    """Either it opens sound, or it is said to be damaged and stays as it is; and what can be read comes out sound."""

    async def made() -> None:
        async with far_end() as far:
            office = Office(tmp_path / "whole", far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            shutil.copyfile(tmp_path / "whole" / f"{DATABASE}-wal", tmp_path / "before.wal")
            await office.send(trip, 8)
            await office.settle()
            shutil.copytree(tmp_path / "whole", tmp_path / "left", ignore=shutil.ignore_patterns("owner.*"))
            await office.close()
        shutil.copyfile(tmp_path / "before.wal", tmp_path / "left" / "before.wal")

    async def tried(folder: Path) -> str:
        way = _damage(folder, dice)
        before = (folder / DATABASE).read_bytes()
        try:
            store = open_store(folder, kind=None, clock=SystemClock())
        except DataFolderUnusable as error:
            told.add((way, error.code))
            assert (folder / DATABASE).read_bytes() == before, "the damaged file stays as it is"
            try:
                salvage(folder / DATABASE, folder / "out" / DATABASE, SystemClock())
            except DataFolderUnusable:
                return "lost"  # a backup must serve
            store = open_store(folder / "out", kind=None, clock=SystemClock())
            assert await store.problems() == []
            await store.close()
            return "salvaged"
        try:
            return "sound" if not await store.problems() else "found by the check"
        except EnvironmentFailure as error:
            told.add((way, error.code))
            return "found at use"
        finally:
            store.close_now()

    run(made())
    told: set[tuple[str, str]] = set()
    came_to: list[str] = []
    for number in range(some(25, 1000)):
        folder = tmp_path / f"damaged {number}"
        shutil.copytree(tmp_path / "left", folder)
        (folder / "out").mkdir()
        came_to.append(run(tried(folder)))
        shutil.rmtree(folder)
    print({what: came_to.count(what) for what in sorted(set(came_to))})  # noqa: T201 - shown with a failure
    assert {code for _, code in told} <= {"store.damaged", "store.foreign", "store.newer"}, told
    assert set(came_to) - {"lost"}
