"""The window changes its language at once: a trip that is being typed and the connection stay as they are."""

import asyncio

import pytest
from fakes.window import until
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop import app, texts
from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import LinkState, Regime
from desktop.settings.start import Options
from desktop.ui import translation
from desktop.ui.crash import CrashHook
from desktop.ui.editors.trip import TripEditor
from desktop.ui.place import Place
from desktop.ui.shell import Shell, Stop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

LIMIT_S = 10


@pytest.fixture(autouse=True)
def english(qapp):
    yield
    translation.install(qapp, "en")


@pytest.fixture
def shells(monkeypatch):
    """Return every window that was made, the last one in use."""
    made = []

    class Seen(Shell):
        def __init__(self, *arguments, **more):
            super().__init__(*arguments, **more)
            made.append(self)

    monkeypatch.setattr(app, "Shell", Seen)
    return made


def number_field(shell):
    (editor,) = shell.window.findChildren(TripEditor)
    return editor.findChild(QWidget, "trip_number_aci").findChild(QLineEdit)


async def change_language(shells, language):
    """Choose it in Settings, as a person does, and wait for the window that speaks it."""
    before = shells[-1]
    before.window.go_to(Place.SETTINGS)
    box = before.preferences.language
    box.setCurrentIndex(box.findData(language))
    box.activated.emit(box.currentIndex())
    await until(lambda: shells[-1] is not before, LIMIT_S)
    shell = shells[-1]
    await until(lambda: shell.window.place is Place.SETTINGS and shell.preferences.language.hasFocus(), LIMIT_S)
    assert (before.window.isVisible(), shell.window.isVisible()) == (False, True)
    assert shell.preferences.language.currentData() == language == texts.language()
    return shell


async def use(desk, shells):
    """Type a trip, change to French, type on, change back."""
    await until(lambda: desk.link.status.state is LinkState.CONNECTED, LIMIT_S)
    since = desk.link.status.since
    shells[0].new(Regime.ACI)
    await until(lambda: shells[0].act.trip_id and shells[0].window.findChildren(TripEditor), LIMIT_S)
    trip = shells[0].act.trip_id
    number_field(shells[0]).selectAll()
    QTest.keyClicks(number_field(shells[0]), "1234AB77")  # and nobody saves it
    french = await change_language(shells, "fr")
    assert french.window.windowTitle().startswith("Paramètres – ")
    await french.act.open(trip)
    assert number_field(french).text() == "1234AB77"
    number_field(french).end(False)
    QTest.keyClicks(number_field(french), "9")
    english = await change_language(shells, "en")
    assert english.window.windowTitle().startswith("Settings – ")
    await english.act.open(trip)
    assert number_field(english).text() == "1234AB779"
    assert desk.link.status.state is LinkState.CONNECTED
    assert desk.link.status.since == since  # it never went away
    await until(lambda: not any(task.get_name() == "tracker.count" for task in asyncio.all_tasks()), LIMIT_S)


def test_the_language_changes_while_a_trip_is_typed_and_the_connection_is_up(
    run_qt, qapp, tmp_path, monkeypatch, shells
):
    (tmp_path / "window.json").write_text('{"guide.done": "yes", "tray.start_offered": "yes"}', encoding="utf-8")
    using = []

    async def main():
        desk = await open_desk(DeskOptions(folder=tmp_path, is_practice=True))
        start = desk.start_link

        async def start_link():
            task = asyncio.get_running_loop().create_task(use(desk, shells))
            task.add_done_callback(lambda _task: shells[-1].on_stop(Stop.QUIT))
            using.append(task)
            await start()

        monkeypatch.setattr(desk, "start_link", start_link)
        ended = await app._window(qapp, Options(tmp_path, True), desk, tmp_path, CrashHook(None, desk.clock.now))
        await using[0]
        assert ended.stop is Stop.QUIT
        assert len(shells) == 3

    run_qt(main())


def test_qt_s_own_words_come_along_and_go_again(qapp):
    assert translation.install(qapp, "fr")
    assert translation.install(qapp, "fr")
    assert texts.text("window.dialog.close") == "Fermer"
    assert translation.install(qapp, "en")
    assert texts.text("window.dialog.close") == "Close"
