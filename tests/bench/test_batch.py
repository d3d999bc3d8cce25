"""The sheets of 100 trips at once: how long, and the longest time the window could not go on meanwhile (aim: 50 ms)."""

from __future__ import annotations

import asyncio
import copy
import time
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import ManualClock

from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import Regime
from desktop.practice import sample
from desktop.printing.sheet import Paper
from desktop.services.importing import eta_of
from desktop.store.company import CompanyFields
from desktop.ui.printing import batch as batches
from desktop.ui.printing.batch import Batch

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

TRIPS, SHIPMENTS = 100, 4


async def watched(show: Any, name: str, work: Any) -> Any:
    """Return what `work` comes to, and show its time and the loop's longest stall."""
    stalls = [0.0]

    async def look() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            stalls.append(time.perf_counter() - before - 0.001)

    looking = asyncio.get_running_loop().create_task(look())
    begun = time.perf_counter()
    try:
        return await work
    finally:
        took = time.perf_counter() - begun
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        stalls.sort()
        over = sum(stall > 0.05 for stall in stalls)
        worst, usual = stalls[-1] * 1000, stalls[int(len(stalls) * 0.99)] * 1000
        show(f"{name:<34} {took:6.2f} s, loop stalled {worst:4.0f} ms at most, p99 {usual:3.0f} ms, {over} above 50 ms")


@pytest.mark.parametrize("regime", Regime)
def test_a_hundred_trips(run_qt, show, tmp_path: Path, regime: Regime) -> None:
    async def main() -> None:
        clock = ManualClock()
        desk = await open_desk(DeskOptions(folder=tmp_path / "data", clock=clock))
        try:
            said = sample.company()
            fields = CompanyFields(said["name"], said["scacs"], said["carrierCodes"])
            company = await desk.store.companies.add(fields, is_practice=True)
            place = 0 if regime is Regime.ACE else 1
            document = sample.sample_trips(clock.now())[place]
            name = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
            first = document["shipments"][0]
            for trip in range(TRIPS):
                made = copy.deepcopy(document)
                made["tripNumber"] = f"{made['tripNumber'][:4]}{100_000 + trip}"
                made["shipments"] = [
                    {**first, name: f"{first[name][:8]}{trip:04}{number}"} for number in range(SHIPMENTS)
                ]
                await desk.store.trips.add(regime, made, {}, company=company.id, eta_utc=eta_of(regime, made))
            rows = await desk.lookups.trips()
            assert len(rows) == TRIPS
            await watched(show, f"{regime} nothing at all, the floor", asyncio.sleep(2))

            def quiet(_done: int, _total: int) -> None:
                return None

            one = Batch(rows, "summary", Paper.LETTER)
            target = str(tmp_path / "all.pdf")
            await watched(show, f"{regime} one PDF for all", batches.joined(desk, one, target, quiet))
            assert (one.done, one.problems) == (TRIPS, [])
            folder = tmp_path / "each"
            folder.mkdir()
            each = Batch(rows, "summary", Paper.LETTER)
            await watched(show, f"{regime} one PDF for each", batches.one_each(desk, each, str(folder), quiet))
            assert len(list(folder.iterdir())) == TRIPS

            stopped = Batch(rows, "summary", Paper.LETTER)
            asked = [0.0]

            def stop(done: int, _total: int) -> None:
                if done == TRIPS + TRIPS // 2 and not stopped.is_stopped:
                    stopped.is_stopped, asked[0] = True, time.perf_counter()

            target = str(tmp_path / "none.pdf")
            await watched(show, f"{regime} stopped half-way", batches.joined(desk, stopped, target, stop))
            show(f"{regime} ended {(time.perf_counter() - asked[0]) * 1000:.0f} ms after Stop")
            assert not await asyncio.to_thread(Path(target).exists)
        finally:
            await desk.close()

    run_qt(main())
