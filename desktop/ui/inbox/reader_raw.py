"""The message as it came, on demand: laid out to be read, or byte for byte, to be copied and exported."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import InboxMessage
from desktop.ui import pieces, theme

RAW_SHOWN = 65_536
"""So many characters of a raw message are shown; more would hold up the window."""
_KIB = 1024


def size_words(size: int) -> str:
    """Return a size in bytes as people say it."""
    if size < _KIB:
        return texts.text("inbox.size.bytes", count=size)
    if size < _KIB * _KIB:
        return texts.text("inbox.size.kib", size=round(size / _KIB))
    return texts.text("inbox.size.mib", size=f"{size / _KIB / _KIB:.1f}")


def laid_out(raw: str) -> str:
    """Return a message with a line for each member; as it came where it is no JSON or too long to be laid out."""
    if len(raw) > RAW_SHOWN:
        return raw[:RAW_SHOWN]
    try:
        made = json.dumps(json.loads(raw), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return raw
    return made if len(made) <= RAW_SHOWN else raw


class RawPane(QFrame):
    """The raw message below the reader, folded away until it is asked for.

    Signals: `copied(text)` with the message exactly as it came; `export_asked`; `evidence_asked`.
    """

    copied = Signal(str)
    export_asked = Signal()
    evidence_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "foot")
        self._message: InboxMessage | None = None
        self.button = QToolButton()
        self.button.setObjectName("raw_button")
        self.button.setText(texts.text("inbox.reader.raw"))
        self.button.setToolTip(texts.text("inbox.reader.raw_tip"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setAutoRaise(True)
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setFont(theme.font("caption"))
        theme.set_icon(self.button, "chevron-right")
        self.button.toggled.connect(self._on_toggled)
        self.size_label = pieces.ElidedLabel("caption", look="muted")
        self.exact = pieces.button(texts.text("inbox.reader.exact"), name="raw_exact")
        self.exact.setCheckable(True)
        self.exact.setToolTip(texts.text("inbox.reader.exact_tip"))
        self.exact.toggled.connect(self._fill)
        self.exact.hide()
        self.copy = pieces.button(texts.text("inbox.reader.copy"), name="raw_copy")
        self.copy.setToolTip(texts.text("inbox.reader.copy_tip"))
        self.copy.clicked.connect(self._on_copy)
        self.export = pieces.button(texts.text("inbox.reader.export"), name="raw_export")
        self.export.clicked.connect(self.export_asked)
        self.evidence = pieces.button(texts.text("evidence.button"), name="reader_evidence")
        self.evidence.setToolTip(texts.text("evidence.tip"))
        self.evidence.clicked.connect(self.evidence_asked)
        self.raw = QPlainTextEdit()
        self.raw.setObjectName("raw")
        self.raw.setAccessibleName(texts.text("inbox.reader.raw_name"))
        self.raw.setReadOnly(True)
        self.raw.setTabChangesFocus(True)
        self.raw.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.font("caption").pointSizeF())
        self.raw.setFont(font)
        self.raw.setMaximumHeight(260)
        self.raw.hide()
        self._lay()

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.button)
        row.addWidget(self.size_label, 1)
        for one in (self.exact, self.copy, self.export, self.evidence):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP_16, theme.STEP_4, theme.STEP_16, theme.STEP_4)
        column.setSpacing(theme.STEP_4)
        column.addLayout(row)
        column.addWidget(self.raw)

    def show_message(self, message: InboxMessage) -> None:
        """Take another message; it is folded away."""
        self._message = message
        self.button.setChecked(False)
        self.exact.setChecked(False)
        self.raw.setPlainText("")
        self.evidence.setEnabled(message.card.trip_id is not None)
        shown = message.raw[:RAW_SHOWN]
        is_cut = len(shown) < len(message.raw) or message.raw_size > len(message.raw.encode("utf-8", "replace"))
        size = size_words(message.raw_size)
        self.size_label.setText(
            texts.text("inbox.reader.raw_cut", shown=size_words(len(shown)), size=size)
            if is_cut
            else texts.text("inbox.reader.raw_size", size=size)
        )

    def _fill(self) -> None:
        if self._message is not None and self.button.isChecked():
            raw = self._message.raw
            self.raw.setPlainText(raw[:RAW_SHOWN] if self.exact.isChecked() else laid_out(raw))

    def _on_toggled(self, is_on: bool) -> None:
        theme.set_icon(self.button, "chevron-down" if is_on else "chevron-right")
        self._fill()
        self.exact.setVisible(is_on)
        self.raw.setVisible(is_on)

    def toggle(self) -> None:
        """Show the raw message with the focus in it, or hide it."""
        self.button.toggle()
        if self.button.isChecked():
            self.raw.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_copy(self) -> None:
        if self._message is not None:
            self.copied.emit(self._message.raw)
