"""Chance that can be played again: each test draws by a seed, the usual one or another one, which a failure prints."""

from __future__ import annotations

import os
import random

import pytest

IS_ALL = os.environ.get("EMANIFEST_MATRIX_ALL", "") not in {"", "0"}
"""Every case instead of a sample of them."""


USUAL_SEED = 20261122


def some(cases: int, every: int) -> int:
    """Return how many cases to try: `cases` in each run, `every` where all are asked for (`EMANIFEST_MATRIX_ALL=1`)."""
    return every if IS_ALL else cases


@pytest.fixture
def dice() -> random.Random:
    """Chance of this test's own; `EMANIFEST_MATRIX_SEED=N` throws another way, and the same again."""
    seed = int(os.environ.get("EMANIFEST_MATRIX_SEED") or USUAL_SEED)
    print(f"EMANIFEST_MATRIX_SEED={seed}")  # noqa: T201 - shown with a failure
    return random.Random(seed)
