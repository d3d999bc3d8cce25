"""Fifty thousand uploads under faults: nothing lost, nothing imported twice, nothing said that is not so.

The real line, courier, matching and state machine run in simulated time against a far end that keeps its own book. A
failure names the world's seed; `cd tests && python -m simulation --world SEED` replays it. A million uploads:
`EMANIFEST_SIM_UPLOADS=1000000` for this file, or `python -m simulation --uploads 1000000`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from simulation.__main__ import Total, worlds
from simulation.faults import Fault
from simulation.world import play

UPLOADS = int(os.environ.get("EMANIFEST_SIM_UPLOADS", "50000"))
PARTS = 4  # so that more than one core can work
_EACH_OF_50_000 = 500
_ENOUGH = 20_000  # in fewer the rarest faults vary too much


@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_program_never_lies(part: int, capsys) -> None:
    total = Total()
    for result in worlds(os.environ.get("EMANIFEST_SIM_SEED", f"part-{part}"), UPLOADS // PARTS):
        total.add(result)
        if len(total.bad) > 5:
            break
    with capsys.disabled():
        print(f"\n{total}")  # noqa: T201
    assert not total.bad, str(total)
    assert sum(total.histogram.values()) >= total.uploads, "less than one fault for each upload"
    least = 0 if UPLOADS < _ENOUGH else _EACH_OF_50_000 * total.uploads // 50_000
    assert {str(fault): total.histogram[fault] for fault in Fault if total.histogram[fault] < least} == {}


def test_a_seed_replays_its_world_in_another_process() -> None:
    """Nothing hangs on the order of sets, which differs from process to process."""
    command = "from simulation.world import play; print(play('again:1').digest)"
    folder = Path(__file__).parents[1]
    said = {
        subprocess.run(
            [sys.executable, "-c", command],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{folder}{os.pathsep}{folder.parent}"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_a_seed_replays_its_world() -> None:
    first, second = play("again:1"), play("again:1")
    assert (first.digest, first.histogram, first.states) == (second.digest, second.histogram, second.states)
    assert first.digest
    assert play("again:2").digest != first.digest
