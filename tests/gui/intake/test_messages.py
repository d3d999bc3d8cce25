"""Messages come in through the window after a look at what would happen, by keys alone; a trip goes out as a file."""

import asyncio
import json

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.services.import_preview import Fate
from desktop.ui.intake.messages import import_text
from desktop.ui.models.role import Role
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALT = Qt.KeyboardModifier.AltModifier


def trip(number, **more):
    return {"data": "ACE_TRIP", "tripNumber": number, "drivers": [{}], **more}


def write(folder, name, *messages):
    path = folder / name
    path.write_text(json.dumps(list(messages)), encoding="utf-8")
    return str(path)


def action(it, name):
    return next(one for one in it.window.findChildren(object, name) if hasattr(one, "trigger"))


async def choose(it, names):
    """Answer the file dialog as a person does."""
    await until(lambda: any(isinstance(one, QFileDialog) and one.isVisible() for one in QApplication.topLevelWidgets()))
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
    dialog.filesSelected.emit(names)
    dialog.fileSelected.emit(names[0] if names else "")
    dialog.done(1 if names else 0)
    await it.settle()


def cells(dialog):
    model = dialog.model
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def test_nothing_comes_in_before_import_and_then_all_of_it(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            preview = it.desk.import_preview
            preview.fates = {"AAAA2": Fate.SAME, "AAAA3": Fate.CHANGED, "AAAA4": Fate.REFUSED}
            names = [
                write(tmp_path, "a.json", trip("AAAA1"), trip("AAAA2"), trip("AAAA3"), {"data": "RNS"}),
                write(tmp_path, "b.json", trip("AAAA4"), {"data": "ACI_TRIP", "tripNumber": "12345"}),
            ]
            action(it, "import_trips").trigger()
            await choose(it, names)
            dialog = it.dialog("import_messages")
            assert cells(dialog) == [
                ["AAAA1", "↓ USA", "New draft", "None"],
                ["AAAA2", "↓ USA", "The same is here already", "None"],
                ["AAAA3", "↓ USA", "Takes the new content", "None"],
                ["Message 4", "", "Refused", ""],
                ["AAAA4", "↓ USA", "Refused", ""],
                ["12345", "↑ CAN", "New draft", "2 to fix"],
            ]
            assert dialog.take.text() == "Import 3"
            assert dialog.view.hasFocus()
            assert preview.brought == []
            dialog.view.setCurrentIndex(dialog.model.index(4, 0))
            assert "AAAA4 has already been sent" in dialog.detail.text()
            it.press(Qt.Key.Key_Return)
            await until(lambda: preview.brought)
            await it.settle()
            assert [item.number for item in preview.brought] == ["AAAA1", "AAAA3", "12345"]
            assert it.window.toast.words.startswith("3 trips are here as drafts")
            it.window.toast.action.click()
            await it.settle()
            assert it.window.place is Place.TRIPS

    run_qt(main())


def test_esc_leaves_everything_as_it_is_even_while_it_reads(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            it.desk.import_preview.holds = asyncio.Event()
            action(it, "import_trips").trigger()
            await choose(it, [write(tmp_path, "a.json", trip("AAAA1"))])
            dialog = it.dialog("import_messages")
            assert dialog.says.text() == "Reading…"
            assert not dialog.take.isEnabled()
            it.press(Qt.Key.Key_Escape)
            await it.settle()
            assert it.desk.import_preview.brought == []
            assert not it.window.toast.isVisible()

    run_qt(main())


def test_a_file_that_cannot_be_read_is_told_with_line_and_column(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            broken = tmp_path / "broken.json"
            broken.write_text('{"data": "ACE_TRIP",\n "tripNumber": }', encoding="utf-8")
            action(it, "import_trips").trigger()
            await choose(it, [str(broken)])
            dialog = it.dialog("import_messages")
            said = [one.text() for one in dialog.findChildren(type(dialog.says))]
            assert any("broken.json: Line 2, column 16" in words for words in said), said
            assert not dialog.take.isEnabled()
            dialog.reject()
            await it.settle()

    run_qt(main())


def test_rows_are_whole_sentences_for_a_screen_reader(run_qt):
    async def main():
        async with opened() as it:
            it.shell.act.start(import_text(it.shell, json.dumps([trip("AAAA1"), {"data": "<b>bold</b>"}])), "paste")
            await until(lambda: any(one.objectName() == "import_messages" for one in QApplication.topLevelWidgets()))
            await it.settle()
            dialog = it.dialog("import_messages")
            said = dialog.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert said == "AAAA1, ↓ USA, New draft, None"
            dialog.view.setCurrentIndex(dialog.model.index(1, 0))
            assert "<b>bold</b>" in dialog.detail.text()
            assert dialog.detail.textFormat() is Qt.TextFormat.PlainText
            assert isinstance(dialog.model.index(1, 0).data(Role.OBJECT).message, dict)
            dialog.reject()
            await it.settle()

    run_qt(main())


def dropped(it, urls, text=""):
    """Drag over the window and let go; tell whether it was accepted."""
    mime = QMimeData()
    mime.setUrls(urls)
    if text:
        mime.setText(text)
    args = (
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(300, 300), *args)
    QApplication.sendEvent(it.window, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(300, 300), *args)
    QApplication.sendEvent(it.window, drop)
    assert drop.dropAction() is Qt.DropAction.CopyAction, "files stay where they are"
    return drop.isAccepted()


def test_files_dropped_on_the_window_show_the_same_preview(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            name = write(tmp_path, "a.json", trip("AAAA1"))
            assert not dropped(it, [QUrl("https://example.invalid/a.json")])
            assert not dropped(it, [QUrl.fromLocalFile(str(tmp_path / "a.exe"))])
            assert not dropped(it, [QUrl.fromLocalFile(name), QUrl.fromLocalFile(str(tmp_path / "a.exe"))])
            assert not dropped(it, [QUrl.fromLocalFile(name), QUrl("https://example.invalid/a.json")])
            assert dropped(it, [QUrl.fromLocalFile(name)])
            await it.settle()
            dialog = it.dialog("import_messages")
            assert it.desk.import_preview.brought == []
            dialog.reject()
            await it.settle()

    run_qt(main())


def test_the_current_trip_goes_out_exactly_after_a_word_on_what_is_in_it(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            stored = it.desk.stored[0]
            it.shell.trips.view.select(stored.id)
            action(it, "export_trip").trigger()
            await until(QApplication.activeModalWidget)
            await it.settle()
            box = it.dialog()
            assert "dates of birth" in box.informativeText()
            box.defaultButton().click()
            target = tmp_path / "out.json"
            await choose(it, [str(target)])
            await until(target.exists)
            await it.settle()
            assert json.loads(target.read_text(encoding="utf-8")) == stored.document
            assert list(json.loads(target.read_text(encoding="utf-8"))) == list(stored.document)
            assert it.window.toast.words == "Written to out.json"

    run_qt(main())


def test_export_without_a_trip_says_so(run_qt):
    async def main():
        async with opened(FakeDesk(is_empty=True)) as it:
            action(it, "export_trip").trigger()
            await until(QApplication.activeModalWidget)
            box = it.dialog()
            assert "No trip is open" in box.informativeText()
            box.reject()
            await it.settle()

    run_qt(main())
