"""Sheets in the settings: language, the carrier's look, what stands on them, the labels they are printed on."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.errors import DesktopError
from desktop.services.words import error_words
from desktop.ui import dialogs, pieces, theme
from desktop.ui.choices import Choices
from desktop.ui.company_dialog import MessageLine
from desktop.ui.legible import legible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.ui.desk import Desk

_FIELD_WIDTH = 320
_DELIMITERS = "/*-.:+$% "
_LOGO_BYTES = 4 * 1024 * 1024


class SheetsSection(QWidget):
    """Everything is kept as soon as it is chosen, or its field left.

    Signals: `changed` after any choice.
    """

    changed = Signal()

    def __init__(self, desk: Desk, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheets_section")
        self._desk = desk
        self._choices = choices
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.STEP_8)
        languages = [(name, texts.text(f"sheet_settings.language.{name}")) for name in ("system", "en", "fr")]
        self.language = self._box("language", languages)
        self._why("language")
        self.message = MessageLine()
        self._make_logo()
        self.phone = self._line("phone")
        self.foot = self._line("foot")
        self.has_driver_name = self._switch("has_driver_name")
        self._why("has_driver_name")
        bars = [(name, texts.text(f"sheet_settings.lead_bars.{name}")) for name in ("crn", "ccns")]
        self.lead_bars = self._box("lead_bars", bars)
        self.label_stock = self._box("label_stock", _stocks())
        self.has_cover_list = self._switch("has_cover_list")
        self.has_qr = self._switch("has_qr")
        for name in ("has_qr", "has_qr_unknown", "has_qr_plates"):
            self._why(name)
        self._make_qr()

    def _make_logo(self) -> None:
        self.logo = pieces.prose("")
        self.choose = pieces.button(texts.text("sheet_settings.logo.choose"), "folder", name="logo_choose")
        self.choose.clicked.connect(lambda: self._start(self._choose(), "logo"))
        self.remove = pieces.button(texts.text("sheet_settings.logo.remove"), name="logo_remove")
        self.remove.clicked.connect(self._on_remove)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.logo, 1)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        self._column.addWidget(pieces.label(texts.text("sheet_settings.logo"), "caption", look="muted"))
        self._column.addLayout(row)
        self._column.addWidget(self.message)
        self._why("logo")
        self._show_logo()

    def _make_qr(self) -> None:
        self.qr_version = self._line("qr_version", self._version_words)
        self.qr_version.setMaxLength(3)
        self.qr_message = MessageLine()
        self._column.addWidget(self.qr_message)
        shown = [(letter, letter.strip() or texts.text("sheet_settings.qr_delimiter.blank")) for letter in _DELIMITERS]
        self.qr_delimiter = self._box("qr_delimiter", shown)
        self._on_qr(self.has_qr.isChecked())
        self.has_qr.toggled.connect(self._on_qr)

    # Pieces

    def _why(self, name: str) -> None:
        self._column.addWidget(pieces.prose(texts.text(f"sheet_settings.{name}.why"), "caption", look="muted"))

    def _named(self, name: str, widget: QWidget) -> None:
        widget.setObjectName(f"sheets_{name}")
        widget.setAccessibleName(texts.text(f"sheet_settings.{name}"))
        widget.setMinimumHeight(theme.FIELD_HEIGHT)
        label = pieces.label(texts.text(f"sheet_settings.{name}"), "caption", look="muted")
        label.setBuddy(widget)
        self._column.addWidget(label)
        self._column.addWidget(widget)

    def _box(self, name: str, shown: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        for value, words in shown:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(self._choices.of_sheets(name))))
        box.setMaximumWidth(_FIELD_WIDTH)
        box.currentIndexChanged.connect(lambda: self._keep(name, box.currentData()))
        self._named(name, box)
        return box

    def _switch(self, name: str) -> QCheckBox:
        box = QCheckBox(texts.text(f"sheet_settings.{name}"))
        box.setObjectName(f"sheets_{name}")
        box.setMinimumHeight(theme.TARGET_HEIGHT)
        box.setChecked(bool(self._choices.of_sheets(name)))
        box.toggled.connect(partial(self._keep, name))
        self._column.addWidget(box)
        return box

    def _line(self, name: str, refused: Callable[[], None] | None = None) -> QLineEdit:
        field = QLineEdit(str(self._choices.of_sheets(name)))
        field.setMaximumWidth(_FIELD_WIDTH)
        field.editingFinished.connect(lambda: self._on_typed(name, field, refused))
        self._named(name, field)
        return field

    # What the user does

    def _on_typed(self, name: str, field: QLineEdit, refused: Callable[[], None] | None) -> None:
        typed = field.text().strip()
        if typed == self._choices.of_sheets(name):
            return
        if refused is None:
            self._keep(name, typed)
            return
        try:
            self._choices.set_of_sheets(name, typed.upper())
        except DesktopError:
            refused()
            return
        field.setText(typed.upper())
        self.qr_message.say("")
        self.changed.emit()

    def _version_words(self) -> None:
        self.qr_message.say(texts.text("sheet_settings.qr_version.bad"))

    def _on_qr(self, is_on: bool) -> None:
        self.qr_version.setEnabled(is_on)
        self.qr_delimiter.setEnabled(is_on)

    def _keep(self, name: str, value: object) -> None:
        try:
            self._choices.set_of_sheets(name, value)
        except DesktopError as error:
            words = error_words(error)
            self.message.say(legible(f"{words.text} {words.remedy}"))
            return
        self.changed.emit()

    def _start(self, work: Any, name: str) -> None:
        self._desk.keeper.start(dialogs.told(self.window(), work), name=f"sheets_section.{name}")

    async def _choose(self) -> None:
        dialog = QFileDialog(self.window(), texts.text("sheet_settings.logo.choose_title"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(texts.text("sheet_settings.logo.files"))
        chosen: list[str] = []
        dialog.fileSelected.connect(chosen.append)
        await dialogs.finished(dialog)
        if chosen:
            await self.take_logo(Path(chosen[0]))

    async def take_logo(self, path: Path) -> None:
        """Use a picture as the logo; one that cannot be read is told of, and all stays as it was."""
        if not await asyncio.to_thread(_is_picture, path):
            self.message.say(legible(texts.text("sheet_settings.logo.unreadable", name=path.name)))
            return
        self.message.say("")
        self._keep("logo", str(path))
        self._show_logo()

    def _on_remove(self) -> None:
        self.message.say("")
        self._keep("logo", "")
        self._show_logo()
        self.choose.setFocus()

    def _show_logo(self) -> None:
        path = str(self._choices.of_sheets("logo"))
        self.logo.setText(legible(Path(path).name) if path else texts.text("sheet_settings.logo.none"))
        self.logo.setToolTip(legible(path))
        self.remove.setVisible(bool(path))


def _stocks() -> list[tuple[str, str]]:
    from desktop.printing.label import stocks

    return [(stock.name, stock.title) for stock in stocks().values()]


def _is_picture(path: Path) -> bool:
    """Tell whether a file is a picture that can be drawn. Blocks while it is read."""
    from desktop.ui.sheets.logo import logo_of

    try:
        return path.stat().st_size <= _LOGO_BYTES and logo_of(path.read_bytes()) is not None
    except (OSError, ValueError):
        return False
