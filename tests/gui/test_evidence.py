"""Evidence of a trip from the menu and the reader: the form is asked, private data are covered unless ticked."""

import pytest
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.printing.sheet import SheetKind
from desktop.ui.evidence.dialog import EvidenceDialog
from desktop.ui.place import Place
from desktop.ui.trips.current import trip_in_front

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def dialog_of(kind):
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


async def asked(it):
    it.window.findChild(QAction, "export_evidence").trigger()
    await until(lambda: dialog_of(EvidenceDialog) is not None)
    return dialog_of(EvidenceDialog)


async def choose(path):
    await until(lambda: dialog_of(QFileDialog) is not None)
    dialog = dialog_of(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.accept()


@pytest.mark.parametrize(("form", "with_private"), [("pdf", False), ("json", True)])
def test_the_trip_in_front_is_written_in_the_form_that_was_asked(run_qt, tmp_path, form, with_private):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.TRIPS)
            await until(lambda: bool(trip_in_front(it.shell)))
            number = it.desk.find(trip_in_front(it.shell)).document["tripNumber"]
            dialog = await asked(it)
            assert number in dialog.windowTitle()
            assert not dialog.private.isChecked(), "never ticked before a person does"
            if form == "json":
                it.press(Qt.Key.Key_Down)
            if with_private:
                dialog.private.setFocus()
                it.press(Qt.Key.Key_Space)
            it.press(Qt.Key.Key_Return)
            path = tmp_path / f"file.{form}"
            await choose(path)
            await until(lambda: it.desk.evidence.written)
            assert it.desk.evidence.written == [(number, f".{form}", with_private)]
            await until(lambda: path.name in it.window.toast.words)

    run_qt(main())


def test_leaving_writes_nothing_and_without_a_trip_a_word_says_so(run_qt):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.TRIPS)
            await until(lambda: bool(trip_in_front(it.shell)))
            dialog = await asked(it)
            it.press(Qt.Key.Key_Escape)
            await until(lambda: dialog_of(EvidenceDialog) is None)
            assert dialog is not None
            assert it.desk.evidence.written == []
            assert dialog_of(QFileDialog) is None
            it.window.go_to(Place.DRIVERS)
            assert trip_in_front(it.shell) == ""

    run_qt(main())


def test_the_reader_offers_it_for_a_message_of_a_trip(run_qt):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.INBOX)
            reader = it.shell.inbox.reader
            await until(lambda: reader.message is not None)
            assert reader.pane.evidence.isEnabled()
            reader.pane.evidence.click()
            await until(lambda: dialog_of(EvidenceDialog) is not None)
            dialog_of(EvidenceDialog).reject()
            await it.settle()

    run_qt(main())


def test_the_desk_can_draw_a_pdf_that_has_pages(run_qt):
    async def main():
        async with opened() as it:
            await until(lambda: it.desk.evidence.draw is not None)
            sheet = await it.desk.sheets.make(SheetKind.SUMMARY, it.desk.stored[0].id)
            data = it.desk.evidence.draw(sheet)
            assert data.startswith(b"%PDF")

    run_qt(main())
