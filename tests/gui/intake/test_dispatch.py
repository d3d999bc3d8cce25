"""What came through the watched folder is said once, shown on a click, and failures stay until they are read."""

import pytest
from fakes.window import opened
from PySide6.QtCore import Qt

from desktop.errors import EnvironmentFailure
from desktop.ui.intake.join import Intake
from desktop.ui.place import Place
from desktop.ui.toast import SHOWN_MS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_trips_from_dispatch_are_counted_and_shown(run_qt):
    async def main():
        async with opened() as it:
            ids = [trip.id for trip in it.desk.stored[:3]]
            it.desk.watched.tell(trips=tuple(ids[:2]))
            assert it.window.toast.words == "2 trips came from dispatch: drafts."
            it.desk.watched.tell(trips=(ids[2],))
            assert it.window.toast.words == "3 trips came from dispatch: drafts."
            it.window.go_to(Place.INBOX)
            it.window.toast.action.click()
            await it.settle()
            assert it.window.place is Place.TRIPS
            assert it.shell.trips.view.current_id() == ids[0]
            it.desk.watched.tell(trips=(ids[1],))
            assert it.window.toast.words == "1 trip came from dispatch: a draft.", "what was shown is not counted again"

    run_qt(main())


def test_what_was_here_already_is_not_worth_a_word(run_qt):
    async def main():
        async with opened() as it:
            it.desk.watched.tell(same=3)
            assert not it.window.toast.isVisible()

    run_qt(main())


def test_failures_stay_until_they_are_read(run_qt):
    async def main():
        async with opened() as it:
            toast = it.window.toast
            it.desk.watched.tell(failed=("a.json", "b (2).json"))
            assert "2 files of dispatch were refused: a.json, b (2).json" in toast.words
            assert not toast._timer.isActive(), "no time limit"
            toast.say("Something else was done.")
            toast.hide()  # as its time does
            await it.settle()
            assert toast.isVisible()
            assert "a.json" in toast.words
            toast.dismiss.click()
            await it.settle()
            assert not toast.isVisible()
            toast.say("Something else was done.")
            toast.hide()
            await it.settle()
            assert not toast.isVisible()

    run_qt(main())


def test_what_came_while_the_window_was_hidden_is_said_when_it_is_shown(run_qt):
    async def main():
        async with opened() as it:
            ids = [trip.id for trip in it.desk.stored[:2]]
            it.window.hide()
            it.desk.watched.tell(trips=(ids[0],))
            it.desk.watched.tell(trips=(ids[1],))
            it.window.toast.hide()  # as its time does, and nobody was there
            it.window.show()
            await it.settle()
            assert it.window.toast.isVisible()
            assert it.window.toast.words == "2 trips came from dispatch: drafts."

    run_qt(main())


def test_trouble_with_the_folder_says_what_to_do(run_qt):
    async def main():
        async with opened() as it:
            it.desk.watched.tell(trouble=EnvironmentFailure("watched.gone"))
            assert "its drive is not connected" in it.window.toast.words
            assert it.window.findChild(Intake).dispatch.unread
            it.press(Qt.Key.Key_F6)
            it.window.toast.dismiss.click()
            assert not it.window.findChild(Intake).dispatch.unread

    run_qt(main())


def test_a_toast_lasts_long_enough_to_count():
    assert SHOWN_MS >= 5_000
