"""Many processes come to one data folder at once, and owners die at any moment: one owner at a time, work done once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from fakes.process import LIMIT_S, ROOT, environment

RACER = ROOT / "tests" / "faults" / "racer.py"
RACERS = 20
DEAD = 9  # how a racer that dies as the owner ends
RACES = int(os.environ.get("EMANIFEST_RACES", "1"))


def race(folder: Path, seed: int, *, may_die: bool) -> tuple[dict[str, str], Counter[str]]:
    """Run a race; return what each racer said, and how often the work of each was done."""
    folder.mkdir(parents=True)
    names = [f"racer{number}" for number in range(RACERS)]
    started = {
        name: subprocess.Popen(
            [sys.executable, str(RACER), str(folder), name, str(seed), "yes" if may_die else "no"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(folder.parent),
        )
        for name in names
    }
    try:
        for name in random.Random(seed).sample(names, RACERS):
            stdin = started[name].stdin
            assert stdin is not None
            stdin.write("\n")
            stdin.flush()
        said = {}
        for name, process in started.items():
            out, err = process.communicate(timeout=LIMIT_S)
            assert process.returncode in {0, DEAD}, err
            said[name] = out.strip() if process.returncode == 0 else "died"
    finally:
        for process in started.values():
            process.kill()
            process.communicate()
    ledger = folder / "ledger"
    return said, Counter(ledger.read_text().split() if ledger.exists() else ())


@pytest.mark.skipif(sys.platform == "win32", reason="the witness is a lock of POSIX")
@pytest.mark.timeout(120 * RACES)
@pytest.mark.parametrize("may_die", [False, True], ids=["all live", "owners die"])
def test_row_20_of_twenty_programs_at_once_one_owns_and_all_others_are_answered(tmp_path: Path, may_die: bool) -> None:
    """The seed is printed; EMANIFEST_RACES=N runs N races instead of one."""
    first = random.SystemRandom().randrange(2**32)
    for seed in range(first, first + RACES):
        said, done = race(tmp_path / f"data-{seed}", seed, may_die=may_die)
        told = f"seed {seed}: {said} {done}"
        assert set(said.values()) <= {"owned", "answered", "died", "owner.fell_silent"}, told
        assert "owned" in said.values() or may_die, told
        for name, what in said.items():
            if what in {"owned", "answered"}:
                assert done[name] == 1, told
            else:
                assert done[name] <= 1, told
                assert may_die, told
        assert sum(done.values()) == len(done), told
