"""What the program shows when its data are damaged: what can be done, the safest first. Nothing is thrown away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.errors import DesktopError
from desktop.services.words import error_words
from desktop.ui import dialogs, pieces, theme, times
from desktop.ui.legible import legible
from desktop.ui.numbers.frame import put_up

if TYPE_CHECKING:
    from desktop.services.recovery import Choice, Recovered, Recovery

_SIZE = (600, 420)


class RecoveryDialog(QDialog):
    """Offers the good backups and what can still be read.

    Attributes:
        chosen: called once for what the user decided; None for doing nothing.
    """

    def __init__(
        self, choices: Sequence[Choice], clock: Clock, error: DesktopError, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = texts.text("recovery.title")
        pieces.dress(self, title, "recovery_dialog")
        words = error_words(error)
        self.setAccessibleDescription(legible(words.text))
        self._choices = list(choices)
        self._group = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(theme.STEP_12)
        column.addWidget(pieces.prose(legible(words.text)))
        column.addWidget(pieces.prose(texts.text("recovery.about")))
        now = clock.now().astimezone()
        for place, choice in enumerate(self._choices):
            made = times.happened(choice.made_at.astimezone(), now)
            self._add(column, place, "recovery_backup", _words("recovery.backup", choice, made=made))
        self._add(column, len(self._choices), "recovery_salvage", texts.text("recovery.salvage"))
        column.addWidget(pieces.prose(texts.text("recovery.held"), "caption", look="muted"))
        column.addStretch(1)
        self.quit = pieces.button(texts.text("recovery.quit"), name="recovery_quit")
        self.quit.clicked.connect(self.reject)
        self.go = pieces.button(texts.text("recovery.go"), is_primary=True, name="recovery_go")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.go)
        put_up(self, pieces.label(title, "title"), column, row, _SIZE)
        first = self._group.button(0)
        first.setChecked(True)
        first.setFocus()

    def _add(self, column: QVBoxLayout, place: int, name: str, words: str) -> None:
        made = QRadioButton(words)
        made.setObjectName(name)
        made.setAccessibleName(words)
        self._group.addButton(made, place)
        column.addWidget(made)

    @property
    def choice(self) -> Choice | None:
        """The backup that is chosen; None for what can still be read."""
        place = self._group.checkedId()
        return self._choices[place] if place < len(self._choices) else None


def _words(key: str, found: Choice | Recovered, **more: str) -> str:
    return texts.text(
        key,
        trips=texts.text("backup.trips", count=found.trips),
        messages=texts.text("backup.messages", count=found.messages),
        **more,
    )


async def recover(
    recovery: Recovery, clock: Clock, error: DesktopError, said: Callable[[str], None] = lambda _: None
) -> bool:
    """Ask what to do with damaged data and do it; tell whether opening them is worth another try.

    Args:
        recovery: what can be done.
        clock: the time.
        error: why the data could not be opened.
        said: is told in words what was done.
    """
    while True:
        dialog = RecoveryDialog(await asyncio.to_thread(recovery.choices), clock, error)
        if await dialogs.finished(dialog) != QDialog.DialogCode.Accepted:
            return False
        choice = dialog.choice
        try:
            done = await asyncio.to_thread(recovery.recover, choice)
        except DesktopError as failure:
            await dialogs.tell_error(None, failure)
            continue
        words = _words("recovery.part" if done.is_part else "recovery.done", done)
        if done.kept is not None:
            words = f"{words}\n{texts.text('recovery.kept', path=str(done.kept))}"
        said(words)
        await dialogs.tell(None, texts.text("recovery.title"), words)
        return True
