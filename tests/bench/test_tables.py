"""Ten thousand shipments from CSV and XLSX: looked at, stopped half-way, brought in, written out, known again.

Each line says how long it took and the longest time the loop (and so the window) could not go on meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import ManualClock
from house.tree import ROOT

from desktop.domain.lifecycle import Regime
from desktop.services.changes import Changes
from desktop.services.tables import Happens, Tables
from desktop.store import open_store
from desktop.store.bulk import Packed
from desktop.store.column import packed

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROWS = 10_000


async def watched(show: Any, name: str, work: Awaitable[Any]) -> Any:
    """Return what `work` comes to, and show its time and the loop's longest stall."""
    stalls = [0.0]

    async def look() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            stalls.append(time.perf_counter() - before - 0.001)

    looking = asyncio.get_running_loop().create_task(look())
    begun, used = time.perf_counter(), time.process_time()
    try:
        return await work
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        took, cpu = time.perf_counter() - begun, time.process_time() - used
        stalls.sort()
        worst, usual = stalls[-1] * 1000, stalls[int(len(stalls) * 0.99)] * 1000
        show(f"{name}: {took:.2f} s ({cpu:.2f} s of one core), loop stalled {worst:.0f} ms at most, p99 {usual:.0f} ms")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_ten_thousand_shipments(show, tmp_path: Path, suffix: str) -> None:
    clock = ManualClock()
    here = open_store(tmp_path / "here", kind=None, clock=clock)
    there = open_store(tmp_path / "there", kind=None, clock=clock)
    ours, theirs = Tables(here, Changes(), clock), Tables(there, Changes(), clock)
    example = json.loads((ROOT / "tests" / "golden" / "messages" / "ace-trip.json").read_text(encoding="utf-8"))
    (shipment, *_) = example["shipments"]

    async def work() -> None:
        numbers = [f"AAAA{100_000 + row}" for row in range(ROWS)]
        records = [
            Packed(packed({**shipment, "shipmentControlNumber": one}), key=one, regime=Regime.ACE) for one in numbers
        ]
        await here.bulk.keep_shipments(records, tick=lambda _: None, cancelled=lambda: False)
        path = tmp_path / f"shipments{suffix}"
        await watched(show, f"{suffix} nothing at all, the floor", asyncio.sleep(2))
        assert await watched(show, f"{suffix} export", ours.export("shipments", path)) == ROWS
        table = await watched(show, f"{suffix} read", theirs.read(path))
        preview = await watched(show, f"{suffix} preview", theirs.preview(table, theirs.guess(table, "shipments")))
        assert preview.counts == {Happens.NEW: ROWS}
        asked: list[int] = []

        def half_way() -> bool:
            asked.append(1)
            return len(asked) > ROWS // 50

        done = await watched(show, f"{suffix} stopped half-way", theirs.bring_in(preview, cancelled=half_way))
        assert done.is_cancelled
        assert await there.bulk.lone_shipments() == []
        done = await watched(show, f"{suffix} bring in", theirs.bring_in(preview))
        assert done.added == ROWS
        again = await watched(
            show, f"{suffix} preview of the same", theirs.preview(table, theirs.guess(table, "shipments"))
        )
        assert again.counts == {Happens.SAME: ROWS}
        one, other = await here.bulk.lone_shipments(), await there.bulk.lone_shipments()
        assert [json.loads(record.document) for record in one] == [json.loads(record.document) for record in other]

    try:
        asyncio.run(work())
    finally:
        here.close_now()
        there.close_now()
