"""The palette over 10,000 trips: from the last key to what answers."""

from __future__ import annotations

import time

import pytest
from bench.test_list import TRIPS, Heartbeat, fill

from desktop.assembly import DeskOptions, open_desk
from desktop.ui.palette.records import LIMIT, Records

pytestmark = pytest.mark.bench


def test_ten_thousand_trips_are_found_in(show, run_qt, tmp_path, qapp):
    async def prepare() -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path, is_practice=True))
        await fill(desk, TRIPS)
        await desk.close()

    async def main() -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path, is_practice=True))
        records = Records(desk, print, print, print, print)
        try:
            for typed in ("SMPLB004320", "smplb", "sample", "zzqq"):
                heart = Heartbeat(desk.keeper)
                began = time.perf_counter()
                found = await records.find(typed)
                took = time.perf_counter() - began
                stall = await heart.stop()
                assert len(found) <= LIMIT * 8
                show(
                    f"palette in {TRIPS}: {typed!r} {1000 * took:.0f} ms, {len(found)} rows, stall {1000 * stall:.0f} ms"
                )
            assert (await records.find("SMPLB004320"))[0].number == "SMPLB004320"
        finally:
            await desk.close()

    assert qapp is not None
    run_qt(prepare())
    run_qt(main())
