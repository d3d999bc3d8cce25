"""A disk that is really full, a folder that really cannot be written: the program starts or says why, and loses nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fakes.far_end import far_end, fast
from fakes.office import Office, connected
from fakes.oracle import judge
from fakes.process import environment
from fakes.small_disk import Room, room

from desktop.domain.lifecycle import Regime
from desktop.errors import EnvironmentFailure

__all__ = ["fast", "room"]


@pytest.mark.usefixtures("fast")
def test_what_comes_in_waits_for_room_and_nothing_goes_out_meanwhile(
    run, room: Room, expected_logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs("messages wait to be stored: store.disk")
    expected_logs("store.disk")
    for name in ("disk.AGAIN_S", "line._AGAIN_S", "backlog._AGAIN_S"):
        monkeypatch.setattr(f"desktop.services.{name}", 0.05)

    async def main() -> None:
        async with far_end("silent") as far:
            office = Office(room.folder, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            await connected(office)
            await office.settle()
            before = await office.desk.store.frames.count()
            room.fill()
            try:
                for number in range(30):
                    alert = {"data": "SYSTEM_ALERT", "message": f"sample {number} " + "x" * 2000}
                    await far.service.announce(alert)
                await office.until(lambda: office.desk.disk.trouble is not None)
                with pytest.raises(EnvironmentFailure):
                    await office.send(trip, None)
                assert far.taken == []
            finally:
                room.empty()
            await office.until(lambda: office.desk.disk.trouble is None)

            async def all_here() -> bool:
                return await office.desk.store.frames.count() == before + 30

            await office.until(all_here)
            await office.send(trip, None)
            await office.until(lambda: len(far.taken) == 1)
            await judge(office)

    run(main())


def started(folder: Path, home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Start a program on a folder and wait for its end."""
    return subprocess.run(
        [sys.executable, "-m", *command, "--data-dir", str(folder)],
        env=environment(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def test_a_folder_that_cannot_be_written_is_named_and_nothing_breaks(room: Room, home: Path, emanifest) -> None:
    emanifest.folder = room.folder
    assert emanifest("company", "add", "Sample Carrier", "--scac", "AAAA").code == 0
    if not room.lock_up():
        return  # root without the right to mount: no folder is closed to him
    window = started(room.folder, home, "desktop")
    assert window.returncode == 5
    assert str(room.folder) in window.stderr
    assert "Traceback" not in window.stderr
    added = emanifest("company", "add", "Another Carrier", "--scac", "BBBB")
    assert added.code == 5
    assert "Traceback" not in added.err
    listed = emanifest("company", "list")
    assert listed.code == 0, listed.err
    assert "Sample Carrier" in listed.out


def test_a_start_on_a_full_disk_says_why(room: Room, home: Path, emanifest) -> None:
    emanifest.folder = room.folder
    assert emanifest("company", "add", "Sample Carrier", "--scac", "AAAA").code == 0
    room.fill()
    try:
        window = started(room.folder, home, "desktop")
        added = emanifest("company", "add", "Another Carrier", "--scac", "BBBB")
    finally:
        room.empty()
    for code, said in ((window.returncode, window.stderr), (added.code, added.err)):
        assert code != 0
        assert "Traceback" not in said, said
        assert "disk" in said.lower(), said
    assert emanifest("company", "add", "Another Carrier", "--scac", "BBBB").code == 0
