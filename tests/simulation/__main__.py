"""Plays simulated worlds and prints what they came to: `python -m simulation --uploads 1000000` from `tests`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulation.faults import Fault, table
from simulation.world import Result, play

_MOST_BAD = 20


@dataclass(slots=True)
class Total:
    """What many worlds came to.

    Attributes:
        bad: worlds in which a promise was broken.
    """

    uploads: int = 0
    requests: int = 0
    worlds: int = 0
    histogram: Counter[Fault] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    bad: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Count a world."""
        self.worlds += 1
        self.uploads += result.uploads
        self.requests += result.requests
        self.histogram += result.histogram
        self.states += result.states
        if result.violations:
            self.bad.append(result)

    def __str__(self) -> str:
        """Return the histogram and what was found, to print."""
        said = [
            f"{self.uploads} uploads and {self.requests} requests in {self.worlds} worlds",
            table(self.histogram, self.uploads),
            "at the end: " + ", ".join(f"{count} {state}" for state, count in self.states.most_common()),
        ]
        for kind in ("lost", "twice", "wrong", "liveness", "line"):
            count = sum(violation.startswith(kind) for result in self.bad for violation in result.violations)
            said.append(f"{count} {kind}")
        for result in self.bad:
            said.append(f"seed {result.seed}: python -m simulation --world {result.seed}")
            said += [f"    {violation}" for violation in result.violations[:5]]
        return "\n".join(said)


def worlds(seed: str, uploads: int) -> Iterator[Result]:
    """Play worlds until so many uploads were made; each has a seed of its own."""
    done, place = 0, 0
    while done < uploads:
        result = play(f"{seed}:{place}")
        yield result
        done += result.uploads
        place += 1


def main() -> int:
    """Run from the command line; return 1 where a promise was broken."""
    parser = argparse.ArgumentParser(prog="simulation", description=__doc__)
    parser.add_argument("--uploads", type=int, default=5000)
    parser.add_argument("--seed", default="1", help="first part of the seeds of all worlds")
    parser.add_argument("--world", help="replay one world by its seed")
    chosen = parser.parse_args()
    total, began, told = Total(), time.monotonic(), time.monotonic()
    for result in [play(chosen.world)] if chosen.world else worlds(chosen.seed, chosen.uploads):
        total.add(result)
        if result.violations:
            print(f"seed {result.seed}: {result.violations[0]}", flush=True)  # noqa: T201
        if len(total.bad) >= _MOST_BAD:
            break
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(f"{total.uploads} uploads, {len(total.bad)} bad worlds, {told - began:.0f} s", flush=True)  # noqa: T201
    print(total)  # noqa: T201
    return 1 if total.bad else 0


if __name__ == "__main__":
    sys.exit(main())
