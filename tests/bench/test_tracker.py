"""The Shipments screen over 100,000 control numbers against 1,000: opening it, searching it, and one more message."""

from __future__ import annotations

import asyncio
import hashlib
import json
import statistics
import time
from datetime import timedelta
from pathlib import Path

import pytest
from bench.measure import line, seconds
from PySide6.QtTest import QTest

from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import Category, Regime
from desktop.services.tracker import Tracker
from desktop.store.records import NewFrame, NewInboxItem
from desktop.ui.bridge import Bridge
from desktop.ui.tracker.page import TrackerPage

pytestmark = pytest.mark.bench

FEW, MANY, TOGETHER = 1_000, 100_000, 5_000
ROUNDS = 5
CODES = ("9", "4", "24", "9", "1", "4")


@pytest.fixture
def limit_s() -> float:
    """Filling takes its time."""
    return 300.0


def notice(place: int, at: str, code: str) -> bytes:
    said = {
        "data": "RNS_SHIPMENT",
        "cargoControlNumber": f"9SMPPARS{place:08d}",
        "transactionNumber": f"17889{place:09d}",
        "serviceOption": {"number": "911", "name": "IID"},
        "releaseOffice": {"number": "0453", "name": "WINDSOR"},
        "status": {"dateTime": at, "releaseCode": {"number": code, "shortName": "Said"}},
    }
    return json.dumps(said).encode()


async def fill(desk, count: int) -> None:
    """One release notice for each number, over two years until now."""
    company = (await desk.store.companies.all())[0].id
    now = desk.clock.now()
    for first in range(0, count, TOGETHER):
        places = range(first, min(count, first + TOGETHER))
        moments = [now - timedelta(minutes=10 * (count - place)) for place in places]
        bodies = [
            notice(place, f"{moment:%Y-%m-%d %H:%M:%S}", CODES[place % len(CODES)])
            for place, moment in zip(places, moments, strict=True)
        ]
        frames = await desk.store.frames.append(
            [NewFrame(company, "bench", moment, body) for moment, body in zip(moments, bodies, strict=True)]
        )
        await desk.store.inbox.add(
            [
                NewInboxItem(
                    frame=frame,
                    company=company,
                    received_at=moment,
                    kind="RNS_SHIPMENT",
                    category=Category.RNS,
                    regime=Regime.ACI,
                    digest=hashlib.sha256(body).hexdigest(),
                    title="Release notice",
                    text="As received",
                    sign="rns",
                    control_number=f"9SMPPARS{place:08d}",
                    control_numbers=(f"9SMPPARS{place:08d}",),
                )
                for place, frame, moment, body in zip(places, frames, moments, bodies, strict=True)
            ]
        )


async def end(page: TrackerPage, bridge: Bridge) -> None:
    """Take a screen away when nothing reads for it any more."""
    bridge.close()
    await page.reload.now()
    await page.story.now()
    page.close()
    page.deleteLater()


async def opening(desk) -> float:
    """Make the screen and read it, with nothing kept from before; return how long until the rows are there."""
    desk.tracker = Tracker(desk.store, desk.clock)
    bridge = Bridge(desk.changes)
    page = TrackerPage(desk, bridge)
    try:
        page.resize(1198, 708)
        page.show()
        began = time.perf_counter()
        await page.reload.now()
        page.grab()
        return time.perf_counter() - began
    finally:
        await end(page, bridge)


async def searching(desk, words: str) -> float:
    """Type a tail of a number; return how long from the last key to the one row."""
    bridge = Bridge(desk.changes)
    page = TrackerPage(desk, bridge)
    try:
        page.show()
        await page.reload.now()
        QTest.keyClicks(page.search, words)
        began = time.perf_counter()
        async with asyncio.timeout(30):
            while len(page.shown()) != 1:  # noqa: ASYNC110 - the list has no event to wait for
                await asyncio.sleep(0.002)
        return time.perf_counter() - began
    finally:
        await end(page, bridge)


def test_opening_does_not_grow_with_the_history(show, run_qt, tmp_path: Path, qapp) -> None:
    async def prepare(folder: Path, count: int) -> None:
        desk = await open_desk(DeskOptions(folder=folder, is_practice=True))
        await fill(desk, count)
        await desk.close()

    async def measure() -> None:
        figures: dict[int, list[float]] = {FEW: [], MANY: []}
        again: dict[int, list[float]] = {FEW: [], MANY: []}
        found: dict[int, list[float]] = {FEW: [], MANY: []}
        desks = {
            count: await open_desk(DeskOptions(folder=tmp_path / str(count), is_practice=True)) for count in (FEW, MANY)
        }
        try:
            for count, desk in desks.items():
                await opening(desk)  # code and pages of the file are warm for both
                assert len(await desk.store.tracked.newest(limit=count)) == count
            for _ in range(ROUNDS):
                for count, desk in desks.items():
                    figures[count].append(await opening(desk))
                    began = time.perf_counter()
                    await desk.tracker.rows()
                    again[count].append(time.perf_counter() - began)
                    found[count].append(await searching(desk, f"{count // 2:08d}"))
        finally:
            for desk in desks.values():
                await desk.close()
        for name, kept in (("opened", figures), ("read again", again), ("tail found (150 ms are the pause)", found)):
            for count in (FEW, MANY):
                show(line(f"tracker, {count} numbers: {name}", kept[count]))
        ratio = statistics.median(figures[MANY]) / statistics.median(figures[FEW])
        show(f"tracker: opening {MANY} against {FEW}: {ratio:.2f} times")

    assert qapp is not None
    for count in (FEW, MANY):
        folder = tmp_path / str(count)
        folder.mkdir()
        show(f"tracker: filled {count} in {seconds(lambda: run_qt(prepare(folder, count))):.1f} s")  # noqa: B023 - at once
    run_qt(measure())
