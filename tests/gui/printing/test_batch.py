"""The sheets of a day: chosen by day, made off the window's thread, stopped at will, with what failed at the end."""

from __future__ import annotations

import asyncio
import threading

import pypdfium2
import pytest
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.errors import UsageError
from desktop.printing.sheet import Paper
from desktop.ui import paper
from desktop.ui.place import Place
from desktop.ui.printing import batch as batches
from desktop.ui.printing.batch import OFFICER, Batch
from desktop.ui.printing.batch_dialog import EACH, JOINED, BatchDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


async def shown(kind):
    await until(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


async def begun(it):
    """The dialog, from the list's menu."""
    it.shell.window.go_to(Place.TRIPS)
    await until(it.shell.trips.model.rowCount)
    it.shell.trips.tools_menu.findChild(object, "print_day").trigger()
    return await shown(BatchDialog)


def choose(box, value):
    box.setCurrentIndex(next(place for place in range(box.count()) if box.itemData(place) == value))


async def go(dialog, path):
    dialog.begin.click()
    asked = await shown(QFileDialog)
    asked.fileSelected.emit(str(path))
    asked.reject()


async def ended(dialog):
    await until(lambda: dialog.stack.currentIndex() == 1 and not dialog.is_running)


def texts_of(path):
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_trips_of_a_day_are_ticked_and_can_be_left_out_by_keyboard(run_qt):
    async def main():
        async with opened() as it:
            dialog = await begun(it)
            assert "24 Nov" in dialog.days.currentText(), "today"
            today = [row.number for row in dialog.chosen]
            assert 1 < len(today) < it.shell.trips.model.rowCount()
            dialog.list.setFocus()
            dialog.list.setCurrentIndex(dialog.model.index(0, 0))
            QTest.keyClick(dialog.list, Qt.Key.Key_Space)
            assert [row.number for row in dialog.chosen] == today[1:]
            choose(dialog.days, None)
            assert len(dialog.chosen) == it.shell.trips.model.rowCount()
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)
            assert it.desk.printed.noted == []

    run_qt(main())


def test_one_pdf_holds_all_trips_and_what_failed_is_told(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            dialog = await begun(it)
            rows = dialog.chosen
            bad, make, threads = rows[1], it.desk.sheets.make, set()

            async def failing(kind, trip_id, *more):
                if trip_id == bad.id:
                    raise UsageError("print.no_numbers")
                return await make(kind, trip_id, *more)

            it.desk.sheets.make = failing
            real = batches.lay_out

            def watched(*arguments):
                threads.add(threading.current_thread())
                return real(*arguments)

            batches.lay_out = watched
            try:
                await go(dialog, tmp_path / "day.pdf")
                await ended(dialog)
            finally:
                batches.lay_out = real
            assert threads
            assert threading.main_thread() not in threads
            assert f"{len(rows) - 1} trips printed" in dialog.progress_words.text()
            assert bad.number in dialog.problems.text()
            pages = texts_of(tmp_path / "day.pdf")
            assert all(any(row.number in page for page in pages) for row in rows if row is not bad)
            assert not any(bad.number in page for page in pages)
            assert {trip for trip, _, _ in it.desk.printed.noted} == {row.id for row in rows} - {bad.id}
            dialog.reject()
            await until(lambda: QApplication.activeModalWidget() is None)

    run_qt(main())


def test_a_pdf_for_each_trip_writes_over_nothing(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            dialog = await begun(it)
            choose(dialog.target_box, EACH)
            rows = dialog.chosen
            (tmp_path / f"{rows[0].number}.pdf").write_text("mine")
            await go(dialog, tmp_path)
            await ended(dialog)
            assert (tmp_path / f"{rows[0].number}.pdf").read_text() == "mine"
            assert rows[0].number in texts_of(tmp_path / f"{rows[0].number} (2).pdf")[0]
            assert len(list(tmp_path.glob("*.pdf"))) == len(rows) + 1
            dialog.reject()
            await until(lambda: QApplication.activeModalWidget() is None)

    run_qt(main())


@pytest.mark.parametrize("target", [JOINED, EACH])
def test_stopping_leaves_whole_files_only(run_qt, tmp_path, target):
    async def main():
        async with opened() as it:
            dialog = await begun(it)
            choose(dialog.target_box, target)
            make, count, going = it.desk.sheets.make, 0, asyncio.Event()

            async def slow(kind, trip_id, *more):
                nonlocal count
                count += 1
                if count == 3:
                    going.set()
                    await asyncio.sleep(0.05)
                return await make(kind, trip_id, *more)

            it.desk.sheets.make = slow
            await go(dialog, tmp_path / "day.pdf" if target == JOINED else tmp_path)
            await going.wait()
            dialog.leave.click()
            assert dialog.isVisible(), "what came of it is said first"
            await ended(dialog)
            written = list(tmp_path.iterdir())
            assert len(written) == (0 if target == JOINED else 3)
            assert len(it.desk.printed.noted) == len(written)
            assert "Stopped" in dialog.progress_words.text()
            dialog.leave.click()
            await until(lambda: QApplication.activeModalWidget() is None)

    run_qt(main())


def test_each_trip_gets_the_sheet_its_officer_reads(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            rows = await it.desk.lookups.trips()
            wanted = Batch(rows[:4], OFFICER, Paper.A4)
            done = []
            await batches.one_each(it.desk, wanted, str(tmp_path), lambda *steps: done.append(steps))
            kinds = {row.id: wanted.kind_for(row.regime).value for row in rows[:4]}
            assert {trip: kind for trip, kind, _ in it.desk.printed.noted} == kinds
            assert done[-1] == (4, 4)
            assert [first for first, _ in done] == sorted(first for first, _ in done)

    run_qt(main())


def test_on_a_printer_each_trip_is_a_job_of_its_own(run_qt, monkeypatch):
    async def main():
        jobs = []
        monkeypatch.setattr(paper, "print_to", lambda sheet, printer: jobs.append((sheet.trip_number, printer)))
        async with opened() as it:
            rows = (await it.desk.lookups.trips())[:3]
            wanted = Batch(rows, "summary", Paper.LETTER)
            await batches.onto_printer(it.desk, wanted, "a printer", lambda *_: None)
            assert jobs == [(row.number, "a printer") for row in rows]
            assert {way for _, _, way in it.desk.printed.noted} == {"printer"}

    run_qt(main())
