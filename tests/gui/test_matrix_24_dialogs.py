"""Row 24 of the fault matrix: a question or a file picker is open while messages pour in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fakes.far_end import far_end, fast
from fakes.office import Office, connected
from fakes.oracle import judge
from fakes.window import until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from desktop.domain.lifecycle import Regime
from desktop.ui import dialogs

__all__ = ["fast"]

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.qt_log_ignore("This plugin does not support")]

BURST = 250


def _question(parent: QWidget) -> QDialog:
    return QMessageBox(QMessageBox.Icon.Question, "Sample", "Go on?", QMessageBox.StandardButton.Ok, parent)


def _picker(parent: QWidget) -> QDialog:
    picker = QFileDialog(parent)
    picker.setOption(QFileDialog.Option.DontUseNativeDialog)
    return picker


@pytest.mark.parametrize("make", [_question, _picker])
def test_row_24_behind_an_open_dialog_messages_are_kept_and_a_trip_is_delivered(
    run_qt, qtbot, tmp_path: Path, make
) -> None:
    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            await connected(office)
            parent = QWidget()
            qtbot.addWidget(parent)
            parent.show()
            dialog = make(parent)
            asking = asyncio.get_running_loop().create_task(dialogs.finished(dialog))
            await until(lambda: QApplication.activeModalWidget() is dialog)
            trip = await office.trip(Regime.ACE)
            sending = asyncio.get_running_loop().create_task(office.send(trip, 20))
            for number in range(BURST):
                await far.service.announce({"data": "SYSTEM_ALERT", "message": f"sample {number}"})

            async def are_kept() -> bool:
                return await office.desk.store.frames.count() >= BURST + 3

            await office.until(are_kept, 30)
            assert (await sending).outcome == "delivered"
            assert not asking.done()
            assert QApplication.activeModalWidget() is dialog
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            await asking
            await judge(office)

    run_qt(main())
