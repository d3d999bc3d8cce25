"""Nothing is half done when the program dies, and a reader beside the writer never sees half of anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.domain.lifecycle import Regime

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}


def test_killed_at_every_statement_the_data_are_sound_and_nothing_is_half_done(tmp_path) -> None:
    """Faults 1 of reliability 5, for the store alone: every statement of edit, queue, claim, hear and understand."""
    script = Path(__file__).with_name("dying.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    lives = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [life for life in lives if life["wrong"]] == []
    assert len(lives) > 30
    assert [life["is_killed"] for life in lives] == [True] * (len(lives) - 1) + [False]


_READER = """
import asyncio, sys
from pathlib import Path
from desktop.clock import SystemClock
from desktop.store import open_store

async def main():
    store = open_store(Path(sys.argv[1]), kind=None, clock=SystemClock(), read_only=True)
    print("reading", flush=True)
    seen = 0
    while seen < 60:
        [trip] = await store.trips.latest()
        rows = (await store.shipments.of_trips([trip.id]))[trip.id]
        assert trip.version >= seen
        assert len(rows) >= trip.document["count"]
        seen = trip.version
    await store.close()
    print("done", flush=True)

asyncio.run(main())
"""


def test_a_reading_process_beside_the_writer_sees_only_whole_saves(store, run) -> None:
    def document(count: int) -> dict:
        return {"count": count, "shipments": [{"shipmentControlNumber": f"SMPLX{n}"} for n in range(count)]}

    trip = run(store.trips.add(Regime.ACE, document(0)))
    command = [sys.executable, "-c", _READER, str(store.folder)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for version in range(1, 61):
            run(store.trips.save(trip.id, document(version), {}, version=version))
        assert reader.stdout.read() == "done\n"
    assert reader.returncode == 0
