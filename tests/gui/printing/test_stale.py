"""Through the real window: a printed sheet goes out of date with a change, and is void with a cancellation."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager

import pytest
from fakes.clock import ManualClock
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import Customs, Regime
from desktop.practice import sample
from desktop.services.importing import eta_of
from desktop.services.views import PaperMark, PaperTrouble
from desktop.store.company import CompanyFields
from desktop.store.file import write_file
from desktop.ui.choices import Choices
from desktop.ui.place import Place
from desktop.ui.printing.preview import PrintPreview
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL = Qt.KeyboardModifier.ControlModifier


@asynccontextmanager
async def real_window(folder):
    """The window over a real data folder with one trip to Canada in it; nothing is connected."""
    clock = ManualClock()
    desk = await open_desk(DeskOptions(folder=folder, clock=clock))
    said = sample.company()
    company = await desk.store.companies.add(
        CompanyFields(said["name"], said["scacs"], said["carrierCodes"], phone="519-555-0100"), is_practice=True
    )
    document = sample.sample_trips(clock.now())[1]
    eta = eta_of(Regime.ACI, document)
    trip = await desk.store.trips.add(Regime.ACI, document, {}, company=company.id, eta_utc=eta)
    state = WindowState()
    state.keep("guide.done", "yes")
    state.keep("window.place", "trips")
    shell = Shell(desk, state, Choices(folder, clock, write_file), lambda _: None)
    try:
        await shell.prepare()
        shell.window.resize(1366, 736)
        shell.show()
        shell.window.activateWindow()
        await shell.start()
        await until(shell.trips.view.current_id)
        yield shell, desk, clock, company, trip
    finally:
        await shell.stop()
        await desk.close()
        shell.dispose()


async def print_to(path):
    """Ctrl+P, save as PDF, all by keys but the name of the file."""
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, CTRL)
    await until(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview))
    preview = QApplication.activeModalWidget()
    await until(lambda: preview.made is not None and preview.view.hasFocus())
    QTest.keyClick(preview.view, Qt.Key.Key_S, CTRL)
    await until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    await until(lambda: QApplication.activeModalWidget() is None)
    assert path.read_bytes().startswith(b"%PDF")


def line(shell):
    """The second line of the trip's row, with what is wrong with its paper."""
    words = shell.trips.model.words(shell.trips.model.row(0))
    return words.reason if words.has_bad_paper else ""


def test_a_change_after_printing_marks_the_sheet_a_new_print_clears_it_and_a_cancelled_trip_voids_it(run_qt, tmp_path):
    async def main():
        async with real_window(tmp_path / "data") as (shell, desk, clock, company, trip):
            shell.trips.view.setFocus()
            await print_to(tmp_path / "first.pdf")
            assert line(shell) == "", "just printed"
            printed = clock.now().astimezone()
            await shell.act.open(trip.id)
            editor = shell.window.editor
            strip = editor.findChild(object, "paper_strip")
            assert strip.isHidden()
            clock.advance(15 * 60)
            changed = clock.now().astimezone()
            editor.go_to("/trailers/0/number")
            await until(lambda: editor.place()[0] == "/trailers/0/number")
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CTRL)
            QTest.keyClicks(QApplication.focusWidget(), "SAMPLE77")
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            await until(strip.isVisible)
            said = f"Printed sheet is out of date: printed {printed:%H:%M}, changed {changed:%H:%M}. Print again"
            assert said in [label.text() for label in strip.findChildren(type(shell.trips._title))]
            await until(lambda: line(shell).startswith(said))
            await print_to(tmp_path / "second.pdf")
            await until(strip.isHidden)
            await until(lambda: not line(shell))
            assert (tmp_path / "first.pdf").read_bytes() != (tmp_path / "second.pdf").read_bytes()
            history = [one.text for one in (await desk.lookups.trip(trip.id)).history if one.what == "printed.pdf"]
            assert len(history) == 2
            assert history[0] == "Driver's sheet saved as PDF, version 1"

            # CBSA has taken the trip back at the carrier's wish
            number = (await desk.lookups.trip(trip.id)).row.number
            answer = {
                "data": "ACI_RESPONSE", "type": "ACCEPT", "tripNumber": number, "sendRequest": {"type": "CANCEL"},
            }  # fmt: skip
            await desk.receiving.frame(
                json.dumps(answer).encode(), clock.now(), companies=[company], connection="first", is_text=True,
                apply=_nothing,
            )  # fmt: skip
            assert (await desk.lookups.trip(trip.id)).row.customs is Customs.CANCELLED
            await until(strip.isVisible)
            await until(lambda: "is void" in line(shell))
            assert strip.findChild(object, "print_again").isHidden(), "nobody needs another one"
            shell.window.go_to(Place.TRIPS)

    run_qt(main())


def test_print_again_shows_the_sheet_that_is_old(run_qt):
    async def main():
        async with opened() as it:
            trip = next(one for one in it.desk.stored if one.regime is Regime.ACE)
            now = it.desk.clock.now()
            it.desk.printed.marks[trip.id] = PaperMark(PaperTrouble.CHANGED, "ace-cover", now, now, ("eta",))
            await it.shell.act.open(trip.id)
            strip = it.window.editor.findChild(object, "paper_strip")
            await until(strip.isVisible)
            again = strip.findChild(object, "print_again")
            again.setFocus()
            QTest.keyClick(again, Qt.Key.Key_Space)
            await until(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview))
            preview = QApplication.activeModalWidget()
            await until(lambda: preview.made is not None)
            assert preview.made.sheet.kind.value == "ace-cover"
            preview.reject()
            await until(lambda: QApplication.activeModalWidget() is None)
            await it.settle()

    run_qt(main())


def test_emails_of_former_days_are_taken_away_at_the_start(run_qt):
    async def main():
        async with opened() as it:
            await until(lambda: it.desk.mailing.cleared)

    run_qt(main())


async def _nothing(*_arguments):
    return None
