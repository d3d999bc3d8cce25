"""A question or the file picker stands open while messages come: they are stored and shown, and nothing is re-entered."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fakes.far_end import far_end, fast
from fakes.office import Office, connected
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from desktop.domain.lifecycle import Regime
from desktop.store.file import write_file
from desktop.ui import dialogs
from desktop.ui.choices import Choices
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

__all__ = ["fast"]

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.usefixtures("fast")]


@pytest.mark.parametrize("kind", ["question", "file picker"])
def test_row_24_what_comes_while_a_dialog_is_open_is_stored_and_shown(run_qt, until, tmp_path: Path, kind: str) -> None:
    faults: list[dict] = []

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: faults.append(context))
        async with far_end() as far:
            office = Office(tmp_path / "data", far)
            desk = await office.open()
            desk.keeper.report = lambda where, error: faults.append({where: error})
            choices = Choices(tmp_path, desk.clock, write_file)
            shell = Shell(desk, WindowState(tmp_path / "window.json"), choices, lambda _: None)
            await shell.prepare()
            shell.show()
            await shell.start()
            await connected(office)
            trip = await office.trip(Regime.ACE)
            if kind == "question":
                asked = desk.keeper.start(
                    dialogs.ask(shell.window, "Sample question?", "Sample.", accept="Yes", reject="No"), name="ask"
                )
                await until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
            else:
                picker = QFileDialog(shell.window)
                picker.setOption(QFileDialog.Option.DontUseNativeDialog)
                asked = desk.keeper.start(dialogs.finished(picker), name="pick")
                await until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
            sending = desk.keeper.start(office.send(trip, 20.0), name="send")
            await sending
            await office.settle()
            given = len(far.given)
            assert given >= 2, "the gateway and customs have answered"
            assert len(await desk.inbox.cards(_all())) >= 2, "understood while the dialog stands open"
            assert not asked.done()
            assert QApplication.activeModalWidget() is not None
            QApplication.activeModalWidget().reject()
            await asked
            assert len(await desk.inbox.cards(_all())) >= 2
            assert faults == []
            await shell.stop()
            await office.close()
            shell.dispose()

    run_qt(main())


def _all():
    from desktop.services.views import InboxFilter

    return InboxFilter()
