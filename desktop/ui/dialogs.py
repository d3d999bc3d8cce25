"""Questions and messages that a coroutine can wait for. Nothing here runs a loop of its own.

A modal `exec` inside a coroutine stops every other task for good (tech notes 2.5), so dialogs are opened and a
future is awaited. A task that is cancelled while it waits closes its dialog.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from desktop import texts
from desktop.errors import DesktopError
from desktop.services.words import error_words
from desktop.ui import pieces
from desktop.ui.legible import legible


async def finished(dialog: QDialog) -> int:
    """Open `dialog` over its window and return its result once it is answered. Focus returns to where it was."""
    before = QApplication.focusWidget()
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_finished(result: int) -> None:
        if not answer.done():
            answer.set_result(result)

    dialog.finished.connect(on_finished)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    QDialog.open(dialog)  # the system's print dialog has an `open` of its own, with a slot
    try:
        return await answer
    finally:
        dialog.finished.disconnect(on_finished)
        dialog.close()
        dialog.deleteLater()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.window().activateWindow()
            before.setFocus(Qt.FocusReason.PopupFocusReason)


def _box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    title, text = legible(title), legible(text)
    product = pieces.practice_title(texts.text("window.title.product"), parent)
    box = QMessageBox(icon, product, title, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(text)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    box.setAccessibleName(title)
    box.setAccessibleDescription(text)
    return box


async def ask(
    parent: QWidget | None, title: str, text: str, *, accept: str, reject: str, is_grave: bool = False
) -> bool:
    """Ask one question; True where the user chose `accept`.

    Args:
        parent: the window it belongs to.
        title: the question itself, as a sentence.
        text: what follows from it.
        accept: the button that does it, as a verb.
        reject: the button that leaves everything as it is; Esc is the same.
        is_grave: the harmless button is the default one.
    """
    box = _box(parent, QMessageBox.Icon.Question, title, text)
    yes = box.addButton(accept, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(reject, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no if is_grave else yes)
    box.setEscapeButton(no)
    await finished(box)
    return box.clickedButton() is yes


async def tell(parent: QWidget | None, title: str, text: str, *, is_problem: bool = False) -> None:
    """Say something that must be read before going on."""
    icon = QMessageBox.Icon.Warning if is_problem else QMessageBox.Icon.Information
    box = _box(parent, icon, title, text)
    close = box.addButton(texts.text("window.dialog.close"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    await finished(box)


async def told(parent: QWidget | None, work: Coroutine[Any, Any, None]) -> None:
    """Do `work`; what a user must be told of it is told, not reported as a mistake of the program."""
    try:
        await work
    except DesktopError as error:
        await tell_error(parent, error)


async def tell_error(parent: QWidget | None, error: DesktopError) -> None:
    """Say what happened and how to mend it, in the words of the catalogue."""
    words = error_words(error)
    text = "\n\n".join(part for part in (words.text, words.remedy) if part)
    await tell(parent, words.title, text, is_problem=True)
