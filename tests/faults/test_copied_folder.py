"""A data folder that was copied or renamed while it was used holds everything until somebody has looked (row 21)."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from fakes.far_end import far_end, fast
from fakes.office import Office, connected

from desktop.domain.lifecycle import Regime
from desktop.owner.lock import OwnerLock
from desktop.store.holding import Why
from desktop.store.whereabouts import whereabouts

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")


@pytest.fixture(autouse=True)
def _places_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a copy is a copy, not what a killed program left."""
    monkeypatch.setattr("desktop.assembly.desk.whereabouts", whereabouts)


def test_row_21_two_copies_taken_while_a_trip_waits_send_nothing_of_it(run, tmp_path: Path) -> None:
    """Database and WAL are copied under a running owner: the copies open, hold what waits, and the first one sends it."""

    async def main() -> None:
        async with far_end() as far:
            first = Office(tmp_path / "first", far)
            await first.open(link=False)
            trip = await first.trip(Regime.ACE)
            await first.send(trip, None)
            copies = [Office(tmp_path / name, far) for name in ("second", "third")]
            for copy in copies:
                await asyncio.to_thread(shutil.copytree, first.folder, copy.folder)
                assert (copy.folder / "emanifest.db-wal").stat().st_size > 0, "what waits is in the WAL"
                await copy.open()
                held = await copy.desk.store.holding.state()
                assert held is not None
                assert held.why is Why.COPIED
                await connected(copy)
                assert set(await copy.states(trip)) == {"HELD"}
            await first.desk.start_link()
            await first.until_states(trip, "ACKED", "ACKED")
            for copy in copies:
                assert set(await copy.states(trip)) == {"HELD"}
                await copy.close()
            await first.close()
            assert len(far.stored) == 2, "one upload and one request to file, of one folder"

    run(main())


def test_row_21_a_folder_renamed_under_its_owner_has_that_owner_and_is_held_afterwards(run, tmp_path: Path) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path / "data", far)
            lock = OwnerLock(tmp_path / "data")
            assert lock.take()
            await office.open(link=False)
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            (tmp_path / "data").rename(tmp_path / "renamed")
            assert not OwnerLock(tmp_path / "renamed").take(), "one owner, whatever the folder is called"
            await office.close()
            lock.give_back()
            again = Office(tmp_path / "renamed", far)
            await again.open()
            await connected(again)
            assert set(await again.states(trip)) == {"HELD"}
            assert far.stored == set()
            await again.close()

    run(main())
