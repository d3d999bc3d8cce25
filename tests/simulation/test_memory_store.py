"""The store of the simulation does what the real one does: the same worlds over both leave the same log and the same rows."""

from __future__ import annotations

import os

import pytest
from simulation.world import play

WORLDS = int(os.environ.get("EMANIFEST_SIM_COMPARED", "4"))


@pytest.mark.parametrize("place", range(WORLDS))
def test_a_world_is_the_same_over_the_real_store(place: int) -> None:
    fast = play(f"compared:{place}", uploads=40, may_copy=False)
    real = play(f"compared:{place}", uploads=40, may_copy=False, is_real=True)
    assert real.violations == fast.violations == []
    assert real.digest == fast.digest
    assert (real.histogram, real.states, real.uploads) == (fast.histogram, fast.states, fast.uploads)
