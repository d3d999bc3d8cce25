"""The owner without a window is killed at named points and at any moment; no death loses, doubles or bends anything.

After each death the folder is opened as the next owner does and held against the far end's books (reliability 5, a to
f): nothing imported twice, nothing missing that was acknowledged or saved, what is said of each message is so, the file
is sound, the key stands nowhere. 100 deaths in each run; `EMANIFEST_KILLS=1000` for more, `EMANIFEST_KILL_SEED=N` to
repeat them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from fakes.process import ROOT, environment

KILLER = Path(__file__).with_name("killer.py")
KILLS = int(os.environ.get("EMANIFEST_KILLS", "100"))
SEED = int(os.environ.get("EMANIFEST_KILL_SEED", "20261122"))
FAR_TOO_LONG_S = 60.0
"""Five seconds are promised; a loaded machine is slow, so only what is far above them fails here."""


@pytest.mark.timeout(600 + 10 * KILLS)
def test_no_death_of_the_owner_loses_doubles_or_bends_anything(tmp_path: Path, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(KILLER), str(tmp_path), str(SEED), str(KILLS)],
        env={**environment(home), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"EMANIFEST_KILL_SEED={SEED} after {len(deaths)} deaths: {done.stderr}"
    points = Counter(death["point"] for death in deaths)
    usable = sorted(death.get("usable_s", 0.0) for death in deaths)
    print(f"seed {SEED}: {len(deaths)} deaths; usable after {usable[len(usable) // 2]} s, at most {usable[-1]} s")  # noqa: T201 - shown where the test fails
    print("\n".join(f"{times:4} {point}" for point, times in sorted(points.items())))  # noqa: T201 - shown where the test fails
    wrong = [f"EMANIFEST_KILL_SEED={SEED}: {death}" for death in deaths if death["wrong"]]
    assert not wrong, "\n".join(wrong)
    assert len(deaths) >= KILLS
    assert usable[-1] < FAR_TOO_LONG_S
    missed = sum(times for point, times in points.items() if point.startswith("never came"))
    assert missed <= KILLS // 20, f"{missed} points were never reached"
    assert KILLS < 100 or len(points) > 45
