"""The HTTP way end to end: the desk and the far end agree whatever the twin is like and whatever breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.chaos import ChaosProxy
from fakes.far_end import far_end, fast, scenario
from fakes.office import Office, connected, state
from fakes.oracle import judge

from desktop.domain.lifecycle import LinkState, Regime

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")

PERSONALITIES = [
    {},
    {"http_answer": "response"},
    {"http_answer": "empty"},
    {"http_body": "object"},
    {"http_body": "messages"},
    {"http_body": "empty"},
    {"http_queue": "own"},
    {"upload_answer": "queued_first", "http_answer": "response"},
    {"error_send_id": "none"},
    {"key_type": "provider"},
]


@pytest.mark.parametrize(
    "personality", PERSONALITIES, ids=lambda one: "-".join(f"{a}={b}" for a, b in one.items()) or "-"
)
def test_each_way_the_twin_may_be_comes_to_the_same(run, tmp_path: Path, personality: dict) -> None:
    async def main() -> None:
        async with far_end(scenario(**personality)) as far:
            office = Office(tmp_path, far)
            await office.open(way="http")
            await connected(office)
            trips = [await office.trip(regime) for regime in Regime]
            for trip in trips:
                await office.send(trip, None)
            for trip in trips:
                await office.until_states(trip, "ACKED", "ACKED")
            assert far.service._opened == 0  # never a socket beside it
            assert far.service.http.sent == 4
            await judge(office)

    run(main())
