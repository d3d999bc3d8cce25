"""The list of trips over 10,000 of them: opening it, and typing into its search."""

from __future__ import annotations

import asyncio
import copy
import time
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import Regime
from desktop.practice import sample
from desktop.services.importing import eta_of
from desktop.store.records import NewTrip
from desktop.tasks import TaskKeeper
from desktop.ui.bridge import Bridge
from desktop.ui.trips.page import TripsPage

pytestmark = pytest.mark.bench

TRIPS = 10_000
TOGETHER = 500
PREFIX = {Regime.ACE: "SMPL", Regime.ACI: "9SMP"}
NUMBER = {Regime.ACE: "shipmentControlNumber", Regime.ACI: "cargoControlNumber"}


async def fill(desk, count: int) -> None:
    """Trips of two years with forty drivers and trucks, one every hour and a half."""
    company = (await desk.store.companies.all())[0].id
    now = desk.clock.now()
    models = sample.sample_trips(now)[:2]
    new = []
    for place in range(count):
        document = copy.deepcopy(models[place % 2])
        regime = Regime(document["data"][:3])
        document["tripNumber"] = f"{PREFIX[regime]}B{place:06d}"
        document["estimatedArrivalDateTime"] = f"{now + timedelta(hours=1.5 * (place - count)):%Y-%m-%d %H:00:00}"
        document["truck"]["number"] = f"T{place % 40}"
        document["drivers"][0]["driverNumber"] = f"D{place % 40}"
        for row, shipment in enumerate(document["shipments"]):
            shipment[NUMBER[regime]] = f"{PREFIX[regime]}{place:06d}{row}"
        new.append(NewTrip(regime, document, company, eta_of(regime, document)))
    for first in range(0, count, TOGETHER):
        await desk.store.trips.add_all(new[first : first + TOGETHER])


class Heartbeat:
    """Measures how long the loop was not reached at most."""

    def __init__(self, keeper: TaskKeeper) -> None:
        self.longest = 0.0
        self._task = keeper.start(self._beat(), name="heartbeat")

    async def _beat(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - began - 0.001)

    async def stop(self) -> float:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        return self.longest


async def shown(page: TripsPage, words: str) -> float:
    """Type into the search; return how long until the list shows nothing else."""
    began = time.perf_counter()
    longest = 0.0
    for letter in words:
        pressed = time.perf_counter()
        QTest.keyClicks(page.search, letter)
        longest = max(longest, time.perf_counter() - pressed)
        await asyncio.sleep(0.02)
    async with asyncio.timeout(30):
        while page.model.rowCount() != 1:  # noqa: ASYNC110 - the list has no event to wait for
            await asyncio.sleep(0.002)
    assert longest < 1.0, "a key waits for nothing that is read"
    return time.perf_counter() - began


def test_ten_thousand_trips_open_and_are_searched(show, run_qt, tmp_path, qapp):
    async def prepare() -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path, is_practice=True))
        await fill(desk, TRIPS)
        await desk.close()

    async def main() -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path, is_practice=True))
        page = TripsPage(desk, Bridge(desk.changes))
        try:
            page.resize(1100, 700)
            page.show()
            heart = Heartbeat(desk.keeper)
            began = time.perf_counter()
            await page.reload.now()
            opened = time.perf_counter() - began
            stall = await heart.stop()
            assert page.model.rowCount() == TOGETHER
            show(f"list of {TRIPS}: opened in {opened:.2f} s, longest stall {1000 * stall:.0f} ms")
            heart = Heartbeat(desk.keeper)
            found = await shown(page, "B004321")
            stall = await heart.stop()
            show(f"search in {TRIPS}: {found:.2f} s from the first key to the one row, stall {1000 * stall:.0f} ms")
        finally:
            page.close()
            page.deleteLater()
            await desk.close()

    assert qapp is not None
    run_qt(prepare())
    run_qt(main())
