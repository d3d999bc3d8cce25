"""Writes the raw frame of a message into a file the user names."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import texts
from desktop.services.views import InboxMessage
from desktop.ui import dialogs


async def export(message: InboxMessage, parent: QWidget) -> str:
    """Ask where to, write the frame as it came, and return the file's name; empty where nothing was chosen.

    Raises:
        EnvironmentFailure: the file cannot be written.
    """
    dialog = QFileDialog(parent, texts.text("inbox.reader.export"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(texts.text("inbox.reader.export_name", id=message.card.id))
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    await dialogs.finished(dialog)
    if not chosen:
        return ""
    from desktop.services.files import write_output

    await asyncio.to_thread(write_output, chosen[0], message.raw.encode("utf-8", "surrogateescape"))
    return Path(chosen[0]).name
