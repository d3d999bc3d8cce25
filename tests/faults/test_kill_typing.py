"""The window is killed while somebody types: nothing older than a second is missing, after a pause nothing at all.

The 200 kills of a release: `pytest -m soak tests/faults/test_kill_typing.py`. A failure names its seed; with
`EMANIFEST_KILL_SEED=N` the same keys are typed again (the moments of the machine are its own).
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest
from fakes.process import ROOT, environment

TYPIST = Path(__file__).with_name("typist.py")
AT_MOST_S = 1.0
IDLE_S = 0.1
COMMIT_S = 0.1
"""What is given for the commit after the pause."""
BEAT_S = 0.01
ALIVE_S = 0.6
"""So much of that second the window must have had its turns: what a machine gives nobody, no program can save."""
STARTS_WITHIN_S = 60.0
CHAINS = 2
YOUNG = 0.15
"""So many lives end before anybody can type."""


@dataclass
class Cycle:
    """One life of the program.

    Attributes:
        back: what came back at its start.
        took: what stood after each key, with the moment and the number of beats before it.
        unsaid: what was typed and did not come into the document.
        is_pressing: whether it was killed within a key.
        beats: how often its window was alive, each time at least 10 ms after the last.
        killed: the moment.
    """

    back: Any = None
    took: list[tuple[float, int, dict[str, Any]]] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    is_pressing: bool = False
    beats: int = 0
    killed: float = 0.0

    def must_be(self) -> list[dict[str, Any]]:
        """Return the states of which one must come back: the newest that is old enough, and all after it."""
        first = 0
        for place, (at, beat, _) in enumerate(self.took, start=1):
            alive_s = (self.beats - beat) * BEAT_S
            is_last = place == len(self.took) and not self.is_pressing
            if (at <= self.killed - AT_MOST_S and alive_s >= ALIVE_S) or (is_last and alive_s >= IDLE_S + COMMIT_S):
                first = place
        return [self.back, *(state for _, _, state in self.took)][first:]


def start(folder: Path, home: Path, seed: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the program."""
    return subprocess.Popen(
        [sys.executable, str(TYPIST), str(folder), str(seed)],
        stdout=subprocess.PIPE,
        stderr=log,
        env={**environment(home), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        cwd=home,
    )


def die_young(folder: Path, home: Path, after_s: float) -> None:
    """Start the program and kill it while it comes up: that must change nothing."""
    with (folder.parent / f"{folder.name}.err").open("ab") as log:
        process = start(folder, home, -1, log)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after_s)
        process.kill()
        process.communicate()


def live(folder: Path, home: Path, seed: int) -> Cycle:
    """Start the program, let it type for a while, kill it at some moment."""
    chance = random.Random(seed)
    log = (folder.parent / f"{folder.name}.err").open("ab")
    process = start(folder, home, seed, log)
    cycle = Cycle()
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=_read, args=(process.stdout, lines))
    reader.start()
    try:
        while cycle.back is None and (text := lines.get(timeout=STARTS_WITHIN_S)):
            cycle.back = json.loads(text).get("back")
        if cycle.back is None:
            pytest.fail(f"the program ended with {process.wait()} (seed {seed}): {_said(folder)}")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.choice((chance.uniform(0.0, 0.6), chance.uniform(0.6, 2.6))))
    except queue.Empty:
        pytest.fail(f"the program never came up (seed {seed}): {_said(folder)}")
    finally:
        cycle.killed = time.monotonic()
        process.send_signal(signal.SIGKILL)
        process.wait()
        reader.join()
        process.stdout.close()
        log.close()
    while text := lines.get():
        line = json.loads(text)
        if "beat" in line:
            cycle.beats += 1
            continue
        cycle.is_pressing = "press" in line
        if "took" in line:
            cycle.took.append((line["at"], cycle.beats, line["took"]))
            cycle.unsaid += [line["unsaid"]] if line["unsaid"] else []
    return cycle


def _said(folder: Path) -> str:
    """Return what the program left behind in words: its errors, its log, and what the interpreter said as it fell."""
    left = [folder.parent / f"{folder.name}.err", *folder.glob("logs/*"), *folder.glob("reports/*")]
    return "\n".join(f"{path.name}: {path.read_text(encoding='utf-8', errors='replace')[-3000:]}" for path in left)


def _read(stream: Any, lines: queue.Queue[str]) -> None:
    for line in stream:
        if line.endswith(b"\n"):
            lines.put(line.decode())
    lines.put("")


def judge(before: Cycle, after: Cycle) -> str:
    """Return what is wrong with what came back; empty where nothing is."""
    allowed = before.must_be()
    known = [before.back, *(state for _, _, state in before.took)]
    for part in after.back:
        if before.is_pressing and after.back[part] not in [state[part] for state in known]:
            continue  # killed within a key: what that key did is on the disk, and nobody could say so any more
        if after.back[part] not in [state[part] for state in allowed]:
            keys = [(round(before.killed - at, 3), before.beats - beat, state[part]) for at, beat, state in before.took]
            return f"{part} is wrong in {after.back}; age of each key, beats since, what was due: {keys[-12:]}"
    return ""


def chain(folder: Path, home: Path, seed: int, kills: int) -> tuple[list[str], int]:
    """Kill the program so often on one data folder; return what was wrong, and how many keys were typed."""
    folder.mkdir()
    (folder / "window.json").write_text(json.dumps({"guide.done": "yes"}), encoding="utf-8")
    wrong: list[str] = []
    keys = 0
    before: Cycle | None = None
    chance = random.Random(seed)
    for number in range(kills + 1):
        if before is not None and chance.random() < YOUNG:
            die_young(folder, home, chance.uniform(0.3, 2.0))
        cycle = live(folder, home, seed + number)
        keys += len(cycle.took)
        if before is not None:
            said = judge(before, cycle)
            wrong += [f"after kill {number}: {said}"] if said else []
        wrong += [f"typed and not in the document: {said}" for said in cycle.unsaid]
        before = cycle
    return wrong, keys


IN_EACH_RUN = 25
SEED = 20_261_122
"""What is typed in each test run; the long run draws other keys every time."""


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [IN_EACH_RUN, pytest.param(200, marks=pytest.mark.soak)])
def test_what_was_typed_survives_a_kill(kills: int, tmp_path: Path, home: Path) -> None:
    usual = SEED if kills == IN_EACH_RUN else secrets.randbelow(1_000_000)
    seed = int(os.environ.get("EMANIFEST_KILL_SEED") or usual)
    shares = [kills // CHAINS + (number < kills % CHAINS) for number in range(CHAINS)]
    with ThreadPoolExecutor(CHAINS) as pool:
        running = [
            pool.submit(chain, tmp_path / f"data {number}", home, seed + 10_000 * number, share)
            for number, share in enumerate(shares)
        ]
        results = [one.result() for one in running]
    wrong = [line for lines, _ in results for line in lines]
    keys = sum(count for _, count in results)
    print(f"seed {seed}: {kills} kills, {keys} keys")  # noqa: T201 - shown where the test fails
    assert keys > kills
    assert not wrong, "\n".join([f"EMANIFEST_KILL_SEED={seed}", *wrong])
