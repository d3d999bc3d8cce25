"""What is painted on and round a field's editor: the sign inside its edge, the outline round it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.pieces import plain_tip

SIGN_SIZE = 14


class Grade(StrEnum):
    """How serious the worst thing said about a field is."""

    NONE = "none"
    HINT = "hint"
    ASK = "ask"
    ERROR = "error"


class Remark(NamedTuple):
    """One sentence about a field.

    Attributes:
        grade: how serious it is.
        text: the sentence.
        way: what a click would do about it, in words; empty where nothing is offered.
        fix: what is handed on with that click.
    """

    grade: Grade
    text: str
    way: str = ""
    fix: object = None


SIGNS = {Grade.ERROR: signs.Sign.ERROR, Grade.ASK: signs.Sign.ASK, Grade.HINT: signs.Sign.HINT}
TONES = {Grade.ERROR: "stop", Grade.ASK: "attention", Grade.HINT: "slate"}
ORDER = (Grade.ERROR, Grade.ASK, Grade.HINT)


class MessageLabel(QLabel):
    """The line below a field: it wraps, and asks for one line until it knows its width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(theme.font("caption"))
        self.setMinimumHeight(theme.line_height("caption"))
        self.setProperty("look", "words")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def minimumSizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(0, theme.line_height("caption"))

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return self.minimumSizeHint()


class FixButton(QPushButton):
    """What mends a field in one click, beside what is wrong with it; by keyboard Alt+Enter in the field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setFont(theme.font("caption"))
        self.setFixedHeight(theme.line_height("caption") + 2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field; the list has it too
        self.show_way("")

    def show_way(self, words: str) -> None:
        """Offer it by these words; none hide it."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words or text("trip_editor.fix"))
        self.setToolTip(plain_tip(f"{words}. {text('trip_editor.fix.help')}") if words else "")
        self.setVisible(bool(words))
        made = QPalette()
        made.setColor(QPalette.ColorRole.ButtonText, theme.colours().accent)
        self.setPalette(made)

    def sizeHint(self) -> QSize:
        """Ask for the words."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 8, theme.line_height("caption") + 2)

    def minimumSizeHint(self) -> QSize:
        """Be no narrower than the words."""
        return self.sizeHint()


class Foot(QBoxLayout):
    """What stands below an editor: the message, and the mend beside it, or below it where both have no room."""

    def __init__(self, message: MessageLabel, fix: FixButton) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._message = message
        self._fix = fix
        self.setSpacing(theme.STEP_4)
        self.addWidget(message, 1)
        self.addWidget(fix, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def fit(self, width: int) -> None:
        """Choose the shape for a field `width` pixels wide."""
        words = self._message.fontMetrics().horizontalAdvance(self._message.text())
        is_low = not self._fix.isHidden() and words + self._fix.sizeHint().width() + 3 * theme.STEP_4 > width
        wanted = QBoxLayout.Direction.TopToBottom if is_low else QBoxLayout.Direction.LeftToRight
        if self.direction() != wanted:
            self.setSpacing(0 if is_low else theme.STEP_4)
            self.setDirection(wanted)


class Badge(QWidget):
    """The sign inside a field's right edge; mouse and keyboard pass through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: signs.Sign | None = None
        self.setFixedSize(SIGN_SIZE, SIGN_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_sign(self, sign: signs.Sign | None, words: str) -> None:
        """Show a sign, or none."""
        self._shown = sign
        self.setAccessibleName(words)
        self.setVisible(sign is not None)
        self.update()

    def place(self, editor: QWidget, line: QLineEdit | None, *, has_button: bool) -> None:
        """Stand inside the right edge of an editor; `has_button`: left of a button inside its line."""
        top = editor.y() + (editor.height() - SIGN_SIZE) // 2
        room = self.parentWidget()
        if room is None:
            return
        if line is None:
            self.move(room.width() - SIGN_SIZE - 6, top)
        else:
            right = line.mapTo(room, line.rect().topRight()).x() - (26 if has_button else 2)
            self.move(right - SIGN_SIZE - 4, top)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the sign."""
        if self._shown is None:
            return
        painter = QPainter(self)
        signs.paint_sign(painter, self.rect(), self._shown, theme.colours())
        painter.end()


def paint_frame(painter: QPainter, room: QRectF, grade: Grade, *, has_focus: bool) -> None:
    """Paint the edge of an editor, the outline of what is wrong with it, and the frame of the focus."""
    colours = theme.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.strong, 1.0))
    painter.drawLine(QLineF(room.left() + 3, room.bottom() + 0.5, room.right() - 3, room.bottom() + 0.5))
    outline = {Grade.ERROR: colours.stop, Grade.ASK: colours.attention_glyph}.get(grade)
    if outline is not None:
        _outline(painter, room.adjusted(-0.75, -0.75, 0.75, 0.75), outline, 1.5)
    if has_focus and outline is None:
        _outline(painter, room.adjusted(-1, -1, 1, 1), colours.accent, theme.FOCUS_WIDTH)
    elif has_focus:
        painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH))
        painter.drawLine(QLineF(room.left() + 2, room.bottom() + 1, room.right() - 2, room.bottom() + 1))


def _outline(painter: QPainter, room: QRectF, colour: QColor, width: float) -> None:
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(room, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
