"""A file left in the watched folder of the real program stands in its list as a draft, and nothing went out."""

import json

import pytest
from fakes.clock import ManualClock
from fakes.window import until
from gui.intake.test_real_table import program

from desktop.practice import sample
from desktop.services import watched
from desktop.ui.choices import Choices
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_trip_left_in_the_folder_is_shown_and_the_program_ends_cleanly(run_qt, tmp_path, monkeypatch):
    monkeypatch.setattr(watched, "EVERY_S", 0.01)
    clock = ManualClock()
    folder, drop = tmp_path / "data", tmp_path / "dispatch"
    drop.mkdir()

    async def main():
        async with program(folder, clock) as (_, shell):
            shell.choices.watched_folder = str(drop)
        async with program(folder, clock) as (desk, shell):  # the choice outlives the program
            assert desk.watched.folder == str(drop)
            trip = {**sample.sample_trips(clock.now())[0], "tripNumber": "SMPL777001", "autoSend": True}
            (drop / "trip.json").write_text(json.dumps(trip), encoding="utf-8")
            await until(lambda: desk.watched._drop._seen)
            clock.advance(2.0)
            await until((drop / "done" / "trip.json").exists)
            await until(shell.window.toast.isVisible)
            assert shell.window.toast.words == "1 trip came from dispatch: a draft."
            shell.window.toast.action.click()
            (stored,) = await desk.store.trips.by_number("SMPL777001")
            await until(lambda: shell.trips.view.current_id() == stored.id)
            assert shell.window.place is Place.TRIPS
            assert await desk.store.outbox.for_trip(stored.id) == []
            assert stored.company == (await desk.store.companies.all())[0].id

    run_qt(main())
    assert Choices(folder, clock, lambda *_: None).watched_folder == str(drop)
