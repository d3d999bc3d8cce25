"""Backups in the settings and the banner of data that were put back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from desktop import texts
from desktop.services.backups import Standstill
from desktop.ui.backups.join import Keeping
from desktop.ui.place import Place
from desktop.ui.shell import Stop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def shown(kind):
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def press(box: QMessageBox, words: str) -> None:
    button = next(one for one in box.buttons() if one.text().replace("&", "") == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_backup_is_made_where_the_user_says_and_what_is_in_it_is_told(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.SETTINGS)
            section = it.shell.preferences.backups
            await until(lambda: "No backup yet" in section.about.text())
            QTest.mouseClick(section.make, Qt.MouseButton.LeftButton)
            await until(lambda: shown(QFileDialog) is not None)
            dialog = shown(QFileDialog)
            dialog.fileSelected.emit(str(tmp_path / "mine.db"))
            dialog.reject()
            await until(lambda: it.desk.backups.made == [tmp_path / "mine.db"])
            await until(lambda: "12 trips, 345 messages" in section.message.words)

    run_qt(main())


def test_putting_back_asks_and_closes_the_data(run_qt):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.SETTINGS)
            section = it.shell.preferences.backups
            for words, stops in ((texts.text("backup.section.ask_no"), []), (None, [Stop.PUT_BACK])):
                QTest.mouseClick(section.put_back, Qt.MouseButton.LeftButton)
                await until(lambda: shown(QMessageBox) is not None)
                press(shown(QMessageBox), words or texts.text("backup.section.ask_yes"))
                await until(lambda: shown(QMessageBox) is None)
                await until(lambda stops=stops: it.stops == stops)

    run_qt(main())


def test_held_data_say_so_above_every_page_until_somebody_looked(run_qt):
    async def main():
        async with opened() as it:
            it.desk.backups.why = Standstill("restored", it.desk.clock.now() - timedelta(hours=20))
            await Keeping(it.shell).look()
            notice = it.window.banner.shown
            assert notice is not None
            assert "These data are as of" in notice.sentence
            notice.on_action()
            await until(lambda: shown(QMessageBox) is not None)
            press(shown(QMessageBox), texts.text("backup.banner.ask_no"))
            await until(lambda: shown(QMessageBox) is None)
            assert it.desk.backups.why is not None
            notice.on_action()
            await until(lambda: shown(QMessageBox) is not None)
            press(shown(QMessageBox), texts.text("backup.banner.ask_yes"))
            await until(lambda: it.desk.backups.why is None)
            await until(lambda: it.window.banner.shown is not notice)

    run_qt(main())


@pytest.mark.parametrize("why", ["restored", "copied"])
def test_without_a_date_the_banner_names_none(run_qt, why):
    async def main():
        async with opened() as it:
            it.desk.backups.why = Standstill(why)
            await Keeping(it.shell).look()
            assert "{" not in it.window.banner.shown.sentence

    run_qt(main())
