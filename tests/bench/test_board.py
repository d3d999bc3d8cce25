"""The board with 500 trips of today and to come, before 10,000 old ones: reading, painting, scrolling, one change."""

from __future__ import annotations

import asyncio
import copy
import time
from datetime import timedelta

import pytest
from bench.measure import line
from bench.test_list import TOGETHER, TRIPS, Heartbeat, fill
from PySide6.QtWidgets import QApplication

from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import Regime
from desktop.practice import sample
from desktop.services.importing import eta_of
from desktop.store.records import NewTrip
from desktop.ui.board.page import BoardPage
from desktop.ui.bridge import Bridge

pytestmark = pytest.mark.bench

COMING = 500
ROUNDS = 5


async def fill_board(desk, count: int) -> None:
    """Trips of the next two days, one every few minutes."""
    company = (await desk.store.companies.all())[0].id
    now = desk.clock.now()
    models = sample.sample_trips(now)[:2]
    new = []
    for place in range(count):
        document = copy.deepcopy(models[place % 2])
        regime = Regime(document["data"][:3])
        document["tripNumber"] = f"{'SMPL' if regime is Regime.ACE else '9SMP'}C{place:06d}"
        document["estimatedArrivalDateTime"] = f"{now + timedelta(minutes=5 * place + 300):%Y-%m-%d %H:%M:00}"
        new.append(NewTrip(regime, document, company, eta_of(regime, document)))
    for first in range(0, count, TOGETHER):
        await desk.store.trips.add_all(new[first : first + TOGETHER])


async def reading(desk) -> list[float]:
    """Return how long the rows took, each time anew."""
    figures = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        rows = await desk.board.rows(desk.clock.now())
        figures.append(time.perf_counter() - began)
        assert len(rows) >= COMING
    return figures[1:]


async def on_screen(desk, show) -> None:
    bridge = Bridge(desk.changes)
    page = BoardPage(desk, bridge)
    try:
        page.resize(1198, 708)
        page.show()
        heart = Heartbeat(desk.keeper)
        began = time.perf_counter()
        await page.reload.now()
        page.view.repaint()
        opened, stall = time.perf_counter() - began, await heart.stop()
        show(f"board of {COMING}: read and painted in {opened:.2f} s, longest stall {1000 * stall:.0f} ms")
        bar, frames = page.view.verticalScrollBar(), []
        for place in range(0, bar.maximum(), max(1, bar.maximum() // 200)):
            began = time.perf_counter()
            bar.setValue(place)
            page.view.viewport().repaint()
            frames.append(time.perf_counter() - began)
        show(line("scroll frame", frames))
        await one_change(desk, page, show)
    finally:
        bridge.close()
        page.close()
        page.deleteLater()
        QApplication.processEvents()


async def one_change(desk, page, show) -> None:
    trip = page.model.rows()[0].trip
    changed = []
    heart = Heartbeat(desk.keeper)
    for _ in range(ROUNDS):
        before = desk.clock.now()
        session = await desk.editing.open(trip.id)
        session.set("/truck/number", f"T{before.microsecond}")
        await session.close()
        began = time.perf_counter()
        async with asyncio.timeout(10):
            while page.model.row(trip.id).trip.truck != f"T{before.microsecond}":  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.001)
        page.view.viewport().repaint()
        changed.append(time.perf_counter() - began)
    stall = await heart.stop()
    show(line("one trip changed, painted", changed) + f"  longest stall {1000 * stall:.0f} ms")


def test_a_full_board(show, run_qt, tmp_path, qapp):
    async def work(*steps) -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path, is_practice=True))
        try:
            for step in steps:
                await step(desk)
        finally:
            await desk.close()

    async def few(desk) -> None:
        await fill_board(desk, COMING)
        show(line(f"{COMING} rows read", await reading(desk)))

    async def old(desk) -> None:
        await fill(desk, TRIPS)

    async def many(desk) -> None:
        show(line(f"{COMING} rows read before {TRIPS} old trips", await reading(desk)))

    assert qapp is not None
    run_qt(work(few))
    run_qt(work(old))
    run_qt(work(many))
    run_qt(work(lambda desk: on_screen(desk, show)))
