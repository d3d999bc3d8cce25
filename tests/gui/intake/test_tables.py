"""A table comes in step by step, by keys alone; nothing is kept before the last word, nor after a stop."""

import asyncio
from dataclasses import replace

import pytest
from fakes.window import opened, until
from gui.intake.test_messages import action, choose, dropped
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.tables.table import Happens
from desktop.ui.intake.rows import Look
from desktop.ui.intake.table_dialog import Step
from desktop.ui.place import Place
from desktop.ui.signs import Sign

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
DRIVERS = "First name,Last name,Shoe size\nSample,Driver One,44\nSample,bad,43\nodd,Driver Three,42\nSample,same,41\n"


async def dialog(it):
    await until(
        lambda: any(one.objectName() == "import_table" and one.isVisible() for one in QApplication.topLevelWidgets())
    )
    await it.settle()
    return next(one for one in QApplication.topLevelWidgets() if one.objectName() == "import_table")


async def at_preview(it, tmp_path, text=DRIVERS):
    """Lead drivers to the preview by keys."""
    file = tmp_path / "drivers.csv"
    file.write_text(text, encoding="utf-8")
    it.window.go_to(Place.DRIVERS)
    action(it, "import_table").trigger()
    asked = await dialog(it)
    assert asked.source.kind == "drivers"
    assert asked.source.choose.hasFocus()
    it.press(Qt.Key.Key_Space)
    await choose(it, [str(file)])
    await until(lambda: asked.step is Step.COLUMNS)
    it.press(Qt.Key.Key_Return)
    await until(lambda: asked.step is Step.PREVIEW)
    await it.settle()
    return asked


def test_columns_are_guessed_shown_with_their_values_and_changed(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            asked = await at_preview(it, tmp_path)
            it.press(Qt.Key.Key_Left, ALT)
            assert asked.step is Step.COLUMNS
            assert asked.columns.boxes[0].hasFocus()
            assert [box.currentText() for box in asked.columns.boxes] == ["First name", "Last name", "Left out"]
            assert "1 column is left out" in asked.columns.says.text()
            assert asked.columns.boxes[2].accessibleDescription() == "44 · 43 · 42"
            it.press(Qt.Key.Key_Down)  # the first column holds the last name now, so the second is left out
            await it.settle()
            assert [box.currentText() for box in asked.columns.boxes] == ["Last name", "Left out", "Left out"]
            for _ in range(2):
                it.press(Qt.Key.Key_Up)
            assert not asked.next.isEnabled(), "nothing is understood"
            asked.reject()
            await it.settle()
            assert it.desk.tables.brought == []

    run_qt(main())


def test_cells_are_marked_said_and_rows_left_out(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            asked = await at_preview(it, tmp_path)
            model, view = asked.rows.model, asked.rows.view
            assert view.hasFocus()
            assert view.currentIndex().row() == 1, "the first row that cannot come in"
            assert asked.rows.detail.text() == "Row 3, Last name: not as it should be"
            assert model.index(1, 3).data(Look.SIGN) is Sign.ERROR
            assert model.index(2, 2).data(Look.SIGN) is Sign.ASK
            assert model.index(0, 3).data(Look.SIGN) is None
            assert not asked.next.isEnabled()
            assert "1 cannot come in" in asked.rows.says.text()
            said = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert said == "Row 3, Sample, Cannot come in, Row 3, Last name: not as it should be"
            asked.rows.only_problems.setChecked(True)
            assert model.rowCount() == 2
            view.setFocus()
            it.press(Qt.Key.Key_Space)
            assert asked.next.isEnabled()
            assert asked.next.text() == "Import 2"
            it.press(Qt.Key.Key_Space)
            assert not asked.next.isEnabled()
            asked.rows.all_out.click()
            it.press(Qt.Key.Key_Return)
            await until(lambda: asked.step is Step.RESULT)
            (brought,) = it.desk.tables.brought
            assert brought.excluded == {1}
            assert asked.outcome.says.text() == "2 are new here. 1 was here already."
            it.press(Qt.Key.Key_Return)
            await it.settle()
            assert it.window.toast.words == "2 records came in from the table."

    run_qt(main())


def test_what_is_private_is_masked_while_it_comes_in(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            text = "First name,Last name,Birth date,FAST\nSample,Driver One,1987-06-05,42709876543201\n"
            asked = await at_preview(it, tmp_path, text)
            asked.go(Step.COLUMNS)
            mapping = replace(asked.columns.mapping, columns=("/firstName", "/lastName", "", ""))
            for columns, seen in ((("/dateOfBirth", "/fastCardNumber"), False), (("", ""), True)):
                asked.columns._show(replace(mapping, columns=(*mapping.columns[:2], *columns)))
                said = " ".join(label.text() for label in asked.columns.findChildren(QLabel))
                said += " ".join(box.accessibleDescription() for box in asked.columns.boxes)
                assert ("1987-06-05" in said, "42709876543201" in said) == (seen, seen)
            asked.columns._show(
                replace(mapping, columns=("/firstName", "/lastName", "/dateOfBirth", "/fastCardNumber"))
            )
            told = {"progress": lambda _done, _of: None, "cancelled": lambda: False}
            columns = asked.columns.mapping
            shown = await it.desk.tables.preview(asked._table, columns, regime=Regime.ACE, company="", **told)
            asked.rows.show_preview(shown)
            cells = [
                asked.rows.model.index(0, column).data(role)
                for column in range(asked.rows.model.columnCount())
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            ]
            assert "Sample" in cells
            assert not [cell for cell in cells if "1987" in cell or "3201" in cell]
            asked.reject()
            await it.settle()

    run_qt(main())


def test_stop_keeps_nothing_and_it_can_be_done_again(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            asked = await at_preview(it, tmp_path, "First name,Last name\n" + "Sample,Driver\n" * 50)
            gate = it.desk.tables.gate = asyncio.Event()
            it.press(Qt.Key.Key_Return)
            await until(lambda: asked.step is Step.RUN)
            await it.settle()
            assert asked.leave.text() == "Stop"
            assert asked.leave.hasFocus()
            it.press(Qt.Key.Key_Escape)
            assert asked.isVisible(), "Esc stops the work, it does not leave"
            gate.set()
            await until(lambda: asked.step is Step.PREVIEW)
            assert asked.message.words == "Stopped. Nothing was kept."
            assert it.desk.tables.brought == []
            it.press(Qt.Key.Key_Return)
            await until(lambda: asked.step is Step.RESULT)
            assert len(it.desk.tables.brought) == 1
            asked.accept()
            await it.settle()

    run_qt(main())


def test_shipments_go_onto_the_open_trip_or_stand_alone(run_qt):
    async def main():
        async with opened() as it:
            trip = it.desk.stored[0]
            await it.shell.act.open(trip.id)
            await it.settle()
            QGuiApplication.clipboard().setText("Control number\tShipper\nAAAA1\tSample Shipper\n")
            action(it, "paste_rows").trigger()
            asked = await dialog(it)
            await until(lambda: asked.step is Step.COLUMNS)
            assert asked.source.source.text() == "Clipboard, 2 lines"
            it.press(Qt.Key.Key_Return)
            await until(lambda: asked.step is Step.PREVIEW)
            assert it.desk.calls[-1][2:] == (trip.regime, trip.company, trip.id)
            asked.go(Step.SOURCE)
            asked.source.target_box.setCurrentIndex(2)
            asked.next.click()
            await until(lambda: asked.step is Step.COLUMNS)
            asked.next.click()
            await until(lambda: asked.step is Step.PREVIEW)
            assert it.desk.calls[-1][2:] == (Regime.ACI, trip.company, None)
            asked.reject()
            await it.settle()

    run_qt(main())


def test_ctrl_v_in_a_list_takes_rows_or_messages_never_straight_in(run_qt):
    async def main():
        async with opened() as it:
            it.shell.trips.view.setFocus()
            QGuiApplication.clipboard().setText('[{"data": "ACE_TRIP", "tripNumber": "AAAA1"}]')
            it.press(Qt.Key.Key_V, CTRL)
            await until(lambda: any(one.objectName() == "import_messages" for one in QApplication.topLevelWidgets()))
            await it.settle()
            asked = it.dialog("import_messages")
            assert asked.model.rowCount() == 1
            asked.reject()
            await it.settle()
            it.window.go_to(Place.PARTNERS)
            await it.settle()
            it.window.page(Place.PARTNERS).ui.records.setFocus()
            QGuiApplication.clipboard().setText("Name\tCity\nSample Partner\tWindsor\n")
            it.press(Qt.Key.Key_V, CTRL)
            asked = await dialog(it)
            assert asked.source.kind == "partners"
            asked.reject()
            await it.settle()
            QGuiApplication.clipboard().setText("  ")
            it.press(Qt.Key.Key_V, CTRL)
            await it.settle()
            assert "no text on the clipboard" in it.window.toast.words
            assert it.desk.tables.brought == []
            assert it.desk.import_preview.brought == []

    run_qt(main())


def test_a_table_dropped_on_the_window_opens_its_columns(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            file = tmp_path / "drivers.csv"
            file.write_text(DRIVERS, encoding="utf-8")
            assert dropped(it, [QUrl.fromLocalFile(str(file))])
            asked = await dialog(it)
            await until(lambda: asked.step is Step.COLUMNS)
            asked.reject()
            await it.settle()

    run_qt(main())


def test_a_table_that_cannot_be_read_says_why_on_the_page_it_was_chosen(run_qt):
    async def main():
        async with opened() as it:
            action(it, "import_table").trigger()
            asked = await dialog(it)
            asked.take("", "nothing")
            await it.settle()
            assert asked.step is Step.SOURCE
            assert asked.message.words
            asked.reject()
            await it.settle()

    run_qt(main())


def test_private_columns_go_out_only_when_asked_for(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            for is_private in (False, True):
                it.window.go_to(Place.DRIVERS)
                action(it, "export_table").trigger()
                await until(
                    lambda: any(
                        one.objectName() == "export_table" and one.isVisible() for one in QApplication.topLevelWidgets()
                    )
                )
                asked = it.dialog("export_table")
                assert not asked.private.isChecked()
                assert "dates of birth" in asked.private.accessibleDescription()
                asked.private.setChecked(is_private)
                it.press(Qt.Key.Key_Return)
                await choose(it, [str(tmp_path / "out.xlsx")])
                await until(lambda: it.desk.tables.exported)
                await it.settle()
                assert it.desk.tables.exported.pop()[3] is is_private
                assert it.window.toast.words == "3 records written to out.xlsx"

    run_qt(main())


def test_an_export_can_be_stopped_and_says_that_no_file_was_written(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            action(it, "export_table").trigger()
            await until(lambda: any(one.objectName() == "export_table" for one in QApplication.topLevelWidgets()))
            await it.settle()
            asked = it.dialog("export_table")
            asked.run.begin("")

            async def stopped(*_args, cancelled, **_more):
                await until(cancelled)
                raise UsageError("files.not_found", file="")

            it.desk.tables.export = stopped
            it.press(Qt.Key.Key_Return)
            await choose(it, [str(tmp_path / "out.xlsx")])
            await until(lambda: asked.pages.currentWidget() is asked.run)
            assert asked.back.hasFocus()
            it.press(Qt.Key.Key_Escape)
            assert asked.isVisible()
            await until(lambda: asked.message.words)
            assert asked.message.words == "Stopped. No file was written."
            asked.reject()
            await it.settle()
            assert not it.window.toast.isVisible()

    run_qt(main())


def test_ten_thousand_rows_are_shown_without_a_stall(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            rows = "".join(f"Sample {number},{'bad' if number % 100 == 0 else 'Driver'}\n" for number in range(10_000))
            loop = asyncio.get_running_loop()
            asked = await at_preview(it, tmp_path, "First name,Last name\n" + rows)
            assert asked.rows.model.rowCount() == 10_000
            worst = 0.0
            for step in (
                lambda: asked.rows.only_problems.setChecked(True),
                lambda: asked.rows.only_problems.setChecked(False),
                asked.rows.all_out.click,
                asked.rows.view.scrollToBottom,
                asked.grab,
            ):
                before = loop.time()
                step()
                worst = max(worst, loop.time() - before)
            assert asked.rows.preview.counts[Happens.CANNOT] == 0
            assert worst < 1.0, f"{worst * 1000:.0f} ms"
            asked.reject()
            await it.settle()

    run_qt(main())


def test_no_file_dialog_is_left(qapp):
    assert not any(isinstance(one, QFileDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
