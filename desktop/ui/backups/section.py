"""Backups in the settings: when the last one was made, make one now, put one back."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import dialogs, pieces, theme, times
from desktop.ui.company_dialog import MessageLine
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.reload import Reload
from desktop.ui.signs import Sign


class BackupsSection(QWidget):
    """What was kept, and the two things to do about it.

    Signals: `put_back_asked`: the window is to close its data so that a backup can take their place.
    """

    put_back_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backups_section")
        self._desk = desk
        self.about = pieces.prose("", look="muted")
        self.about.setObjectName("backups_about")
        self.message = MessageLine()
        self.make = pieces.button(texts.text("backup.section.make"), "export", name="backup_make")
        self.make.clicked.connect(lambda: self._start(self._make(), "make"))
        self.put_back = pieces.button(texts.text("backup.section.put_back"), name="backup_put_back")
        self.put_back.clicked.connect(lambda: self._start(self._ask_put_back(), "ask"))
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.make)
        row.addWidget(self.put_back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP_8)
        column.addWidget(self.about)
        column.addLayout(row)
        column.addWidget(self.message)
        self.reload = Reload(desk.keeper, self._read, "backups.read")

    def showEvent(self, event: QShowEvent) -> None:
        """Say what there is now."""
        super().showEvent(event)
        self.reload.ask()

    async def _read(self) -> None:
        found = await self._desk.backups.all()
        if not found:
            self.about.setText(texts.text("backup.section.none"))
            return
        made = await asyncio.to_thread(_made_at, found[0])
        last = times.happened(made.astimezone(), self._desk.clock.now().astimezone())
        self.about.setText(legible(texts.text("backup.section.last", count=len(found), last=last)))

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._desk.keeper.start(dialogs.told(self.window(), work), name=f"backups.{name}")

    async def _make(self) -> None:
        dialog = QFileDialog(self.window(), texts.text("backup.section.make_title"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("db")
        dialog.selectFile(f"emanifest-{self._desk.clock.now().astimezone():%Y-%m-%d}.db")
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        if not chosen:
            return
        self.make.setEnabled(False)
        try:
            made = await self._desk.backups.make(Path(chosen[0]))
        finally:
            self.make.setEnabled(True)
        words = texts.text(
            "backup.section.made",
            name=made.path.name,
            trips=texts.text("backup.trips", count=made.trips),
            messages=texts.text("backup.messages", count=made.messages),
        )
        self.message.say(legible(words), Sign.CONNECTED)

    async def _ask_put_back(self) -> None:
        if await dialogs.ask(
            self.window(),
            texts.text("backup.section.ask"),
            texts.text("backup.section.ask_text"),
            accept=texts.text("backup.section.ask_yes"),
            reject=texts.text("backup.section.ask_no"),
            is_grave=True,
        ):
            self.put_back_asked.emit()


def _made_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except OSError:
        return datetime.fromtimestamp(0, tz=UTC)
