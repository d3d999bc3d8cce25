"""The watched folder is set by keyboard, and what keeps it from being watched stands beside the field."""

import pytest
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.errors import EnvironmentFailure
from desktop.ui.intake.folder_section import FolderSection
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def section(it) -> FolderSection:
    it.window.go_to(Place.SETTINGS)
    return it.shell.preferences.folder


def test_a_folder_typed_is_looked_at_kept_and_watched(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            assert it.desk.watched.watches == [""], "nothing is watched before it is asked for"
            here = section(it)
            here.field.setFocus()
            it.type(str(tmp_path))
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.desk.watched.folder)
            assert it.desk.watched.folder == it.shell.choices.watched_folder == str(tmp_path)
            assert here.leave.isVisible()
            here.leave.click()
            await until(lambda: not it.desk.watched.folder)
            assert it.shell.choices.watched_folder == ""
            assert here.last.text() == "Nothing is watched."

    run_qt(main())


def test_a_folder_that_cannot_be_watched_is_said_beside_the_field(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            here = section(it)
            it.desk.watched.refused = EnvironmentFailure("watched.gone")
            here.field.setText("/nowhere")
            here.watch.click()
            await it.settle()
            assert "drive is not connected" in here.message.words
            assert here.field.hasFocus()
            assert it.shell.choices.watched_folder == ""
            assert it.desk.watched.watches == [""]
            it.type("x")
            assert here.message.words == ""

    run_qt(main())


def test_a_folder_can_be_chosen(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            here = section(it)
            here.choose.click()
            await until(
                lambda: any(isinstance(one, QFileDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
            )
            dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
            dialog.fileSelected.emit(str(tmp_path))
            dialog.done(1)
            await until(lambda: it.desk.watched.folder)
            assert it.desk.watched.folder == str(tmp_path)

    run_qt(main())


def test_the_last_result_and_trouble_are_there_to_read(run_qt):
    async def main():
        async with opened() as it:
            here = section(it)
            it.desk.watched.folder = "/somewhere"
            it.desk.watched.tell(trips=("1", "2"), same=1, failed=("a.json",))
            assert here.last.text().endswith("2 trips. 1 was here already. 1 file refused.")
            it.desk.watched.tell(trouble=EnvironmentFailure("watched.gone"))
            assert "drive is not connected" in here.message.words

    run_qt(main())
