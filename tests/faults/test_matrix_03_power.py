"""Row 3 of the fault matrix: the power goes at any sync; what was not synced is there, or not, in any order, or torn.

`EMANIFEST_MATRIX_ALL=1` cuts at every sync several times, `EMANIFEST_MATRIX_SEED=N` cuts the same way again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fakes.dice import dice, some
from fakes.power import CALLS, Disk, calls, can_trace
from fakes.process import environment

from desktop.clock import SystemClock
from desktop.errors import DataFolderUnusable
from desktop.store import DATABASE, open_store

__all__ = ["dice"]

WRITING = Path(__file__).with_name("writing.py")

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace is not here, or may not watch a program here")


@pytest.fixture
def trace(tmp_path: Path, home: Path) -> list[tuple[str, str, int]]:
    """Every call of a program that fills a folder from nothing and says after each step what stands there."""
    file, folder = tmp_path / "trace.txt", tmp_path / "data"
    folder.mkdir()
    command = ["strace", "-f", "-xx", "-s", "200000", "-e", f"trace={CALLS}", "-o", str(file)]
    done = subprocess.run(
        [*command, sys.executable, str(WRITING), str(folder)],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return calls(file)


@pytest.mark.timeout(1800)
def test_row_03_after_a_power_loss_what_was_saved_is_there(run, tmp_path: Path, dice: Random, trace) -> None:
    """Once a step has returned, its work is on the disk whole; a step that had not may be there whole, or not at all."""
    from faults.writing import standing

    steps = [json.loads(line) for line in _all_that_was_said(trace, tmp_path).splitlines()]
    assert len(steps) > 20
    disk = Disk(tmp_path / "data")
    cuts = {index for index, (name, _, _) in enumerate(trace) if name in {"fsync", "fdatasync"}}
    places = sorted(dice.sample(sorted(cuts), min(len(cuts), some(40, len(cuts)))))
    number = 0

    async def look(folder: Path) -> dict[str, Any]:
        store = open_store(folder, kind=None, clock=SystemClock())
        try:
            return json.loads(json.dumps(await standing(store)))
        finally:
            await store.close()

    def cut(when: str) -> None:
        nonlocal number
        number += 1
        folder = tmp_path / f"cut {number}"
        folder.mkdir()
        disk.leave(folder, dice)
        done = disk.said.count(b"\n")
        if not done and not (folder / DATABASE).exists():
            return
        try:
            found = run(look(folder))
        except DataFolderUnusable:
            assert not done, f"{when}, after {done} steps"  # nothing was saved yet: a file just begun may be torn
            return
        may_be = [steps[done - 1]] if done else []
        may_be += steps[done : done + 1]
        assert found in may_be or (not done and not found["problems"]), f"{when}, after {done} steps: {found}"

    for index, call in enumerate(trace):
        if index in places:
            for _ in range(some(1, 5)):
                cut(f"before sync {disk.syncs}")
        disk.meet(*call)
        if index in places:
            cut(f"after sync {disk.syncs}")
    assert number >= 60
    assert disk.syncs > 30


def _all_that_was_said(trace: list[tuple[str, str, int]], folder: Path) -> str:
    disk = Disk(folder / "data")
    for call in trace:
        disk.meet(*call)
    return disk.said.decode()
