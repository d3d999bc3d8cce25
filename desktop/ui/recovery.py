"""What the program shows when its data are damaged: what can be done, the safest first. Nothing is thrown away."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.errors import DesktopError
from desktop.services.words import error_words
from desktop.ui import dialogs, pieces, theme, times
from desktop.ui.legible import legible
from desktop.ui.numbers.frame import put_up

if TYPE_CHECKING:
    from desktop.services.recovery import Choice, Recovered, Recovery

_SIZE = (600, 440)
_OTHER, _SALVAGE = 1_000, 1_001


class RecoveryDialog(QDialog):
    """Offers the good backups, another file, and of damaged data what can still be read."""

    def __init__(
        self, choices: Sequence[Choice], clock: Clock, error: DesktopError | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = texts.text(_key("title", error))
        pieces.dress(self, title, "recovery_dialog")
        why = texts.text("recovery.none") if not choices else ""
        words = legible(error_words(error).text if error is not None else why)
        self.setAccessibleDescription(words)
        self._choices = list(choices)
        self._group = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(theme.STEP_12)
        if words:
            column.addWidget(pieces.prose(words))
        column.addWidget(pieces.prose(texts.text(_key("about", error))))
        now = clock.now().astimezone()
        for place, choice in enumerate(self._choices):
            made = times.happened(choice.made_at.astimezone(), now)
            self._add(column, place, "recovery_backup", _words("recovery.backup", choice, made=made))
        self._add(column, _OTHER, "recovery_other", texts.text("recovery.other"))
        if error is not None:
            self._add(column, _SALVAGE, "recovery_salvage", texts.text("recovery.salvage"))
        column.addWidget(pieces.prose(texts.text("recovery.held"), "caption", look="muted"))
        column.addStretch(1)
        self.quit = pieces.button(texts.text(_key("quit", error)), name="recovery_quit")
        self.quit.clicked.connect(self.reject)
        self.go = pieces.button(texts.text("recovery.go"), is_primary=True, name="recovery_go")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.go)
        put_up(self, pieces.label(title, "title"), column, row, _SIZE)
        first = self._group.button(0 if choices else _SALVAGE if error is not None else _OTHER)
        first.setChecked(True)
        first.setFocus()

    def _add(self, column: QVBoxLayout, place: int, name: str, words: str) -> None:
        made = QRadioButton(words)
        made.setObjectName(name)
        made.setAccessibleName(words)
        self._group.addButton(made, place)
        column.addWidget(made)

    async def chosen(self) -> Path | None:
        """Return the backup that is chosen, asked for where it is another file; None for what can still be read.

        Raises:
            NotChosenError: no other file was named.
        """
        place = self._group.checkedId()
        if place == _SALVAGE:
            return None
        if place != _OTHER:
            return self._choices[place].path
        dialog = QFileDialog(self, texts.text("recovery.put_back.title"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        if not chosen:
            raise NotChosenError
        return Path(chosen[0])


class NotChosenError(Exception):
    """Another file was to be put back, and none was named."""


def _key(name: str, error: DesktopError | None) -> str:
    return f"recovery.{name}" if error is not None else f"recovery.put_back.{name}"


def _words(key: str, found: Choice | Recovered, **more: str) -> str:
    return texts.text(
        key,
        trips=texts.text("backup.trips", count=found.trips),
        messages=texts.text("backup.messages", count=found.messages),
        **more,
    )


async def recover(recovery: Recovery, clock: Clock, error: DesktopError | None) -> bool:
    """Ask what to do with damaged data and do it; tell whether opening them is worth another try.

    Args:
        recovery: what can be done.
        clock: the time.
        error: why the data could not be opened; None where they are sound and somebody wants a backup.
    """
    while True:
        dialog = RecoveryDialog(await asyncio.to_thread(recovery.choices), clock, error)
        if await dialogs.finished(dialog) != QDialog.DialogCode.Accepted:
            return False
        try:
            done = await asyncio.to_thread(recovery.recover, await dialog.chosen())
        except NotChosenError:
            continue
        except DesktopError as failure:
            await dialogs.tell_error(None, failure)
            continue
        words = _words("recovery.part" if done.is_part else "recovery.done", done)
        if done.kept is not None:
            words = f"{words}\n{texts.text('recovery.kept', path=str(done.kept))}"
        await dialogs.tell(None, texts.text(_key("title", error)), words)
        return True
