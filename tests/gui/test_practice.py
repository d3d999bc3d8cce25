"""Practice in the window: said everywhere, the scenario chosen by the trainee, left without losing anything."""

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.ui import dialogs
from desktop.ui.place import Place
from desktop.ui.room import cramped
from desktop.ui.shell import Stop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL = Qt.KeyboardModifier.ControlModifier


def practice():
    return FakeDesk(is_practice=True)


def test_banner_names_the_scenario_and_the_trainee_chooses_another_by_keyboard(run_qt):
    async def main():
        desk = practice()
        async with opened(desk) as it:
            banner = it.window.banner
            assert banner.second.text() == "Scenario: Accept…"
            banner.second.setFocus()
            it.press(Qt.Key.Key_Space)
            await until(QApplication.activeModalWidget)
            dialog = it.dialog("scenario_dialog")
            await until(dialog.list.hasFocus)
            assert dialog.windowTitle().endswith("– PRACTICE")
            assert cramped(dialog) == []
            assert dialog.about.text() == "Every correct trip is accepted."
            dialog.search.setText("places a hold")
            assert dialog.about.text() == "Accepted, then customs places a hold."
            dialog.search.setText("nothing like it")
            assert not dialog.take.isEnabled()
            dialog.search.clear()
            dialog.list.setFocus()
            it.press(Qt.Key.Key_Down)
            it.press(Qt.Key.Key_Return)
            await until(lambda: ("play", "hold") in desk.calls)
            await until(it.window.toast.isVisible)
            assert it.window.toast.words.startswith("From now on: Hold.")
            assert banner.second.text() == "Scenario: Hold…"
            await until(banner.second.hasFocus)  # the focus is back where it was

    run_qt(main())


def test_esc_leaves_the_scenario_as_it_is(run_qt):
    async def main():
        desk = practice()
        async with opened(desk) as it:
            it.window.banner.second.click()
            await until(QApplication.activeModalWidget)
            it.press(Qt.Key.Key_Escape)
            await it.settle()
            assert not any(call[0] == "play" for call in desk.calls)

    run_qt(main())


def test_questions_say_practice_in_their_title(run_qt):
    async def main():
        async with opened(practice()) as it:
            task = it.desk.keeper.start(dialogs.tell(it.window, "Said", "x"), name="tell")
            await until(QApplication.activeModalWidget)
            assert it.dialog().windowTitle() == "eManifest Desk – PRACTICE"
            it.press(Qt.Key.Key_Escape)
            await task
        async with opened() as it:
            task = it.desk.keeper.start(dialogs.tell(it.window, "Said", "x"), name="tell")
            await until(QApplication.activeModalWidget)
            assert "PRACTICE" not in it.dialog().windowTitle()
            it.press(Qt.Key.Key_Escape)
            await task

    run_qt(main())


@pytest.mark.parametrize(("is_practice", "stop"), [(True, Stop.TO_REAL), (False, Stop.TO_PRACTICE)])
def test_the_settings_switch_between_practice_and_work(run_qt, is_practice, stop):
    async def main():
        async with opened(FakeDesk(is_practice=is_practice)) as it:
            it.window.go_to(Place.SETTINGS)
            await it.settle()
            it.shell.preferences.switch.click()
            assert it.stops == [stop]

    run_qt(main())


def test_work_has_no_scenario(run_qt):
    async def main():
        async with opened() as it:
            assert it.window.banner.second.text() == ""
            it.window.go_to(Place.SETTINGS)
            assert not hasattr(it.shell.preferences, "scenario")

    run_qt(main())
