"""Row 21 of the fault matrix: a backup that was put back, a profile that was copied, the same disk in another machine.

A restored backup by commands is played by tests/end_to_end/test_backup.py.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes.far_end import far_end, fast
from fakes.office import Office, connected
from fakes.oracle import judge

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Regime
from desktop.services import backups

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")

WHERE = "desktop.assembly.desk.whereabouts"


@pytest.mark.parametrize("how", ["copied", "other machine", "restored"])
def test_row_21_a_copy_holds_everything_until_somebody_has_looked(run, tmp_path: Path, how: str, monkeypatch) -> None:
    """One trip waits and one is on the line when the copy is made. In the copy neither goes out: one is held, one not
    sure; after the look each is sent once, by a person, and the gateway has one of each."""
    monkeypatch.setattr(WHERE, lambda folder: f"here {folder.name}")

    async def main() -> None:
        async with far_end("lost-answer") as far:
            office = Office(tmp_path / "first", far)
            await office.open()
            await connected(office)
            out = await office.trip(Regime.ACI)
            await office.send(out, None)
            await office.until(lambda: len(far.taken) == 1)
            await office.desk.link.go_offline()
            waiting = await office.trip(Regime.ACE)
            await office.send(waiting, None)
            assert await office.states(waiting) == ["READY", "READY"]
            copy = await _copied(office, tmp_path, how)
            if how == "other machine":
                monkeypatch.setattr(WHERE, lambda folder: f"there {folder.name}")

            await copy.open()
            await copy.settle()
            await copy.pass_time(3600.0)
            assert await copy.desk.backups.held() is not None
            assert await copy.states(waiting) == ["HELD", "HELD"]
            assert (await copy.states(out))[0] in {"UNCERTAIN", "HELD"}
            assert (await copy.send(waiting, 0.05)).outcome == "not_ready"
            assert len(far.taken) == 1

            await copy.desk.backups.release()
            await copy.settle()
            assert len(far.taken) == 1, "a look sends nothing by itself"
            far.play("accept")
            assert (await copy.send(waiting, 8)).outcome == "delivered"
            await judge(copy, may_lose_frames=True)

    run(main())


async def _copied(office: Office, place: Path, how: str) -> Office:
    """End the office and return the one that opens its data: elsewhere, or at the same place in another machine."""
    if how == "restored":
        made = await office.desk.backups.make(place / "sample.db")
        await office.close()
        backups.restore(made.path, office.folder, SystemClock())
        copy = Office(office.folder, office.far)
    elif how == "copied":
        await office.close()
        shutil.copytree(office.folder, place / "second", ignore=shutil.ignore_patterns("owner.*"))
        copy = Office(place / "second", office.far)
    else:
        await office.close()
        copy = Office(office.folder, office.far)
    copy.documents = office.documents
    return copy
