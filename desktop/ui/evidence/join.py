"""Joins evidence to the window: File > Export evidence, and the same from the reader and the palette."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from desktop import texts
from desktop.printing.sheet import Paper, Sheet
from desktop.ui import dialogs, theme
from desktop.ui.offer import Offer
from desktop.ui.trips.current import trip_in_front

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Give the window its evidence."""
    Joined(shell)


class Joined(QObject):
    """What evidence adds to the window; it lives with it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        shell.desk.evidence.draw = self._draw
        action = QAction(texts.text("evidence.menu"), shell.window)
        action.setObjectName("export_evidence")
        action.triggered.connect(self._on_export)
        theme.set_icon(action, "export")
        menu = shell.window.menuBar().actions()[0].menu()
        if isinstance(menu, QMenu):
            menu.insertAction(menu.actions()[-1], action)
        shell.window.addAction(action)
        shell.offers.append(self._offers)

    def _draw(self, sheet: Sheet) -> bytes:
        from desktop.ui import paper  # on use: few days need evidence

        return paper.pdf(sheet, Paper(self._shell.act.paper))

    def _offers(self) -> list[Offer]:
        words = texts.text("evidence.menu").replace("&", "")
        return [Offer(words, self._on_export, icon="export", words=texts.text("evidence.words"))]

    def _on_export(self) -> None:
        self._shell.act.start(export(self._shell, trip_in_front(self._shell)), "evidence")


async def export(shell: Shell, trip_id: str) -> None:
    """Ask in which form and where to, and write the whole history of a trip; say where it went.

    Raises:
        DesktopError: it cannot be written.
    """
    from desktop.services.mailing import safe_name
    from desktop.ui.evidence.dialog import EvidenceDialog

    over = shell.act.trips.front
    if not trip_id:
        await dialogs.tell(over, texts.text("evidence.no_trip"), texts.text("evidence.no_trip.text"))
        return
    await shell.act.flush(trip_id)
    number = (await shell.desk.lookups.trip(trip_id)).row.number or texts.text("window.no_number")
    asked = EvidenceDialog(number, over)
    if await dialogs.finished(asked) != QDialog.DialogCode.Accepted:
        return
    where = QFileDialog(over, texts.text("evidence.menu").replace("&", ""))
    where.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    where.setNameFilter(texts.text(f"evidence.files.{asked.form}"))
    where.setDefaultSuffix(asked.form)
    where.selectFile(f"{safe_name(texts.text('evidence.file', trip=number))}.{asked.form}")
    chosen: list[str] = []
    where.fileSelected.connect(chosen.append)
    await dialogs.finished(where)
    if not chosen:
        return
    await shell.desk.evidence.write(trip_id, chosen[0], with_private=asked.with_private)
    done = "evidence.done_open" if asked.with_private else "evidence.done"
    shell.act.trips.front.toast.say(texts.text(done, name=Path(chosen[0]).name))
