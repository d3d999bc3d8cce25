"""Measuring on a noisy computer: every figure beside its floor, in turns, medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Case = Callable[[], float]


def in_turns(cases: dict[str, Case], rounds: int) -> dict[str, list[float]]:
    """Return the figures of each case, measured in turns so that a slow minute hits all alike."""
    figures: dict[str, list[float]] = {name: [] for name in cases}
    for case in cases.values():
        case()  # caches, bytecode and the file system are warm for everybody
    for _ in range(rounds):
        for name, case in cases.items():
            figures[name].append(case())
    return figures


def percentile(figures: list[float], share: float) -> float:
    """Return the figure below which `share` (0 to 1) of all lie."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(name: str, figures: list[float], unit: str = "ms", scale: float = 1000.0) -> str:
    """Return one line of a report: median, least, 99 of 100, count."""
    median, p99 = statistics.median(figures) * scale, percentile(figures, 0.99) * scale
    return f"{name:<46} median {median:9.3f}  min {min(figures) * scale:9.3f}  p99 {p99:9.3f} {unit}  n={len(figures)}"
