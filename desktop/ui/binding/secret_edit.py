"""A line for private values: masked but for its last four characters, shown only on demand (ui design 5)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.domain.fields import Kind
from desktop.texts import text
from desktop.ui import theme

DOT = "•"
_SHOWN_LETTERS = 4
CLIPBOARD_MS = 60_000


def masked(value: str, kind: Kind) -> str:
    """Return a private value with its last four characters legible; of a date nothing is."""
    if kind is Kind.DATE:
        return "".join(letter if letter == "-" else DOT for letter in value)
    if len(value) <= _SHOWN_LETTERS:
        return DOT * len(value)
    return DOT * (len(value) - _SHOWN_LETTERS) + value[-_SHOWN_LETTERS:]


class SecretEdit(QLineEdit):
    """Shows dots; typing starts a new value in the clear until the field is left.

    Ctrl+Shift+R shows the value to edit it, holding the eye shows it while held. What is copied leaves the clipboard
    after a minute.

    Signals:
        edited: the user changed the value.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, kind: Kind = Kind.TEXT) -> None:
        super().__init__(parent)
        self._kind = kind
        self._value = ""
        self._is_clear = False
        self._copied = ""
        self._clearing = QTimer(self)
        self._clearing.setSingleShot(True)
        self._clearing.setInterval(CLIPBOARD_MS)
        self._clearing.timeout.connect(self._clear_clipboard)
        self._eye = QAction(text("editor.secret.reveal"), self)
        self._eye.setToolTip(text("editor.secret.reveal_help"))
        theme.set_icon(self._eye, "reveal")
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(text("editor.secret.reveal"))
            button.installEventFilter(self)
        self.textEdited.connect(self._on_text_edited)
        self._show()

    def value(self) -> str:
        """Return the value itself."""
        return self._value

    def set_value(self, value: str) -> None:
        """Keep a value and show its mask, or the value where it is shown in the clear."""
        self._value = value
        self._show()

    def settle(self) -> bool:
        """Mask again (on leaving)."""
        self.set_clear(False)
        return False

    @property
    def has_eye(self) -> bool:
        """Whether there is something to show."""
        return self._eye.isVisible()

    def set_clear(self, is_clear: bool) -> None:
        """Show or mask the value."""
        self._is_clear = is_clear
        theme.set_icon(self._eye, "hide" if is_clear else "reveal")
        self._show()

    def _show(self) -> None:
        self.setText(self._value if self._is_clear else masked(self._value, self._kind))
        self._eye.setVisible(bool(self._value))

    def _on_text_edited(self, typed: str) -> None:
        if not self._is_clear:  # a paste or an input method got round keyPressEvent
            typed = typed.replace(DOT, "")
            self._is_clear = True
            self.setText(typed)
        if typed != self._value:
            self._value = typed
            self._eye.setVisible(bool(typed))
            self.edited.emit()

    def event(self, event: QEvent) -> bool:
        """Claim the key that reveals before a shortcut of the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_reveal(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reveal with Ctrl+Shift+R; the first letter typed over the mask starts a new value."""
        if _is_reveal(event):
            self.set_clear(not self._is_clear)
            return
        if self._is_clear:
            is_copy = event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut)
            super().keyPressEvent(event)
            if is_copy:
                self._copied = QGuiApplication.clipboard().text()
                self._clearing.start()
            return
        modifiers = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        is_command = modifiers == Qt.KeyboardModifier.ControlModifier  # with Alt too it is AltGr, which types
        is_typing = bool(event.text()) and event.text().isprintable() and not is_command
        is_erasing = event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
        if (is_typing or is_erasing or event.matches(QKeySequence.StandardKey.Paste)) and not self.isReadOnly():
            self._is_clear = True
            self.clear()
            if is_erasing:
                self._on_text_edited("")
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mask again when the caret leaves."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.set_clear(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the value while the eye is held."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.set_clear(True)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self.set_clear(False)
        return super().eventFilter(watched, event)

    def _clear_clipboard(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""


def _is_reveal(event: QKeyEvent) -> bool:
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_R and event.modifiers() == wanted
