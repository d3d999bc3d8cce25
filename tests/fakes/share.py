"""The share of many cases that each test run tries; all of them where they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

IS_ALL = os.environ.get("EMANIFEST_ALL_CASES", "") not in {"", "0"}
"""Every case instead of a share of them."""


def share(cases: Iterable[T], count: int) -> list[T]:
    """Return `count` of the cases, evenly spread, first and last among them; all with `EMANIFEST_ALL_CASES=1`."""
    every = list(cases)
    if IS_ALL or count >= len(every):
        return every
    step = (len(every) - 1) / (count - 1)
    return [every[round(place * step)] for place in range(count)]
