"""Notices in the settings: what is told, heard, kept beside the clock, and whether it starts with the computer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop import texts
from desktop.errors import DesktopError
from desktop.ui import dialogs, pieces, theme
from desktop.ui.choices import Choices
from desktop.ui.reload import Reload

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

_SWITCHES = ("has_notices", "has_good_news", "has_sound", "stays_in_tray")


class NoticesSection(QWidget):
    """Everything holds as soon as it is chosen.

    Signals: `changed` after any choice.
    """

    changed = Signal()

    def __init__(self, desk: Desk, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices_section")
        self._desk = desk
        self._choices = choices
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.STEP_8)
        self.switches = {name: self._switch(name) for name in _SWITCHES}
        self._why("stays_in_tray")
        self.starts = self._box("starts_with_system")
        self.starts.toggled.connect(self._on_starts)
        self.starts.setEnabled(desk.sign_in.is_possible)
        self._reload = Reload(desk.keeper, self._read_or_tell, "sign_in.read")
        self._why("starts_with_system" if desk.sign_in.is_possible else "starts_not_here")
        self._follow()

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(texts.text(f"tray.settings.{name}"))
        box.setObjectName(name)
        box.setMinimumHeight(theme.TARGET_HEIGHT)
        self._column.addWidget(box)
        return box

    def _switch(self, name: str) -> QCheckBox:
        box = self._box(name)
        box.setChecked(bool(getattr(self._choices, name)))
        box.toggled.connect(partial(self._on_switch, name))
        return box

    def _why(self, name: str) -> None:
        self._column.addWidget(pieces.prose(texts.text(f"tray.settings.{name}.why"), "caption", look="muted"))

    def _follow(self) -> None:
        for name in ("has_good_news", "has_sound"):
            self.switches[name].setEnabled(self._choices.has_notices)

    def _on_switch(self, name: str, is_on: bool) -> None:
        try:
            setattr(self._choices, name, is_on)
        except DesktopError as error:
            self._desk.keeper.start(
                dialogs.told(self.window(), dialogs.tell_error(self.window(), error)), name="settings.not_kept"
            )
            return
        self._follow()
        self.changed.emit()

    # Starting with the computer: the system knows, not the settings

    def showEvent(self, event: QShowEvent) -> None:
        """Ask the system again: its own tools change it too."""
        super().showEvent(event)
        if self._desk.sign_in.is_possible:
            self._reload.ask()

    async def _read_or_tell(self) -> None:
        await dialogs.told(self.window(), self._read())

    async def _read(self) -> None:
        is_on = await self._desk.sign_in.is_on()
        with QSignalBlocker(self.starts):
            self.starts.setChecked(is_on)

    def _on_starts(self, is_on: bool) -> None:
        self._desk.keeper.start(dialogs.told(self.window(), self._start_with_system(is_on)), name="sign_in.change")

    async def _start_with_system(self, is_on: bool) -> None:
        try:
            await self._desk.sign_in.set_on(is_on)
        finally:
            await self._read()
