"""A line to type a number into, with its label above and what is to be said of it below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui import pieces, theme
from desktop.ui.binding.field_paint import TONES, Grade, MessageLabel, paint_frame
from desktop.ui.toast import announce


class NumberLine(QWidget):
    """Takes capitals and digits as a sticker bears them; small letters become capitals.

    Signals: `edited` with each key; `left` when the caret has gone elsewhere.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grade = Grade.NONE
        self._note = ""
        self.edit = QLineEdit(self)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(label)
        self.edit.setMinimumHeight(theme.FIELD_HEIGHT)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.installEventFilter(self)
        words = pieces.label(label, "caption", look="muted")
        words.setBuddy(self.edit)
        self.message = MessageLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(0)
        column.addWidget(words)
        column.addSpacing(theme.LABEL_TO_FIELD + 2)
        column.addWidget(self.edit)
        column.addSpacing(theme.FIELD_TO_MESSAGE)
        column.addWidget(self.message)
        column.addStretch(1)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """Return what was typed."""
        return self.edit.text().strip()

    def set_note(self, note: str) -> None:
        """Say something muted below the line while nothing is wrong."""
        self._note = note
        if self._grade is Grade.NONE:
            self.say("", Grade.NONE)

    def say(self, words: str, grade: Grade = Grade.ERROR) -> None:
        """Say what is wrong with the number; an empty text takes it back."""
        self._grade = grade if words else Grade.NONE
        pieces.set_tone(self.message, TONES.get(self._grade, "slate"))
        self.message.setText(words or self._note)
        self.edit.setAccessibleDescription(words or self._note)
        if self._grade is Grade.ERROR:
            announce(self.edit, words, is_grave=True)
        self.update()

    def _on_edited(self, typed: str) -> None:
        capitals = typed.upper()
        if capitals != typed and len(capitals) == len(typed):
            caret = self.edit.cursorPosition()
            self.edit.setText(capitals)
            self.edit.setCursorPosition(caret)
        if self._grade is not Grade.NONE:
            self.say("")
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus with the frame; tell when the line is left."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
            if event.type() is QEvent.Type.FocusOut:
                self.left.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the outline of what is wrong and the frame of the focus."""
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.edit.geometry()), self._grade, has_focus=self.edit.hasFocus())
        painter.end()


class FramedBox(QWidget):
    """A box to paste into, with an edge that can be seen on every ground and the frame of the focus."""

    def __init__(self, box: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = box
        box.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        box.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(box)
        self.setFocusProxy(box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus with the frame."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the edge, and the frame of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus, colours = self._box.hasFocus(), theme.colours()
        painter.setPen(QPen(colours.accent if has_focus else colours.strong, theme.FOCUS_WIDTH if has_focus else 1))
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(room, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.end()


def held(message: QWidget, lines: int) -> QWidget:
    """Return a place for a message of so many lines: nothing moves when it comes and goes."""
    made = QWidget()
    made.setMinimumHeight(lines * theme.line_height("body") + theme.STEP_8)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(message)
    column.addStretch(1)
    return made


def labelled(label: str, box: QComboBox) -> QWidget:
    """Return a box with its label above."""
    made = QWidget()
    words = pieces.label(label, "caption", look="muted")
    words.setBuddy(box)
    box.setAccessibleName(label)
    column = QVBoxLayout(made)
    column.setContentsMargins(2, 0, 2, 0)
    column.setSpacing(0)
    column.addWidget(words)
    column.addSpacing(theme.LABEL_TO_FIELD + 2)
    column.addWidget(box)
    made.setFocusProxy(box)
    return made
