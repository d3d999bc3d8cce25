"""One field of the form: its label, an untouched native editor, what is wrong with it, and how serious that is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.documents import JSON, MISSING, Missing
from desktop.domain.fields import Field, Kind
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding import value as values
from desktop.ui.binding.choice import Choice, Source
from desktop.ui.binding.datetime_edit import STILL_HERE, DateTimeEdit
from desktop.ui.binding.field_paint import (
    ORDER,
    SIGN_SIZE,
    SIGNS,
    TONES,
    Badge,
    FixButton,
    Foot,
    Grade,
    MessageLabel,
    Remark,
    paint_frame,
)
from desktop.ui.binding.native_editor import is_undo, make_editor
from desktop.ui.binding.picker import Picker
from desktop.ui.binding.secret_edit import SecretEdit
from desktop.ui.binding.session import same_value
from desktop.ui.pieces import ElidedLabel, on_key, set_tone

_EDGE = 2
_EDITOR_ROW = 2  # below the label and its spacing


class FieldBox(QWidget):
    """A field that bears the name of its row in the field table.

    Everything but its place in the layout comes from that row: `dress` makes the editor, label, help, limits and code
    list. The outline and the sign are painted round the native editor. What is wrong is shown once the field has been
    left (`is_checked`) and from then on as it is typed.

    A form may set the dynamic property `source` to name a picker of its own (`driver`, `truck`, `unit` ...).

    Signals:
        edited: the user changed the value.
        left: the caret went elsewhere.
        chosen: a `Choice` with something behind it was picked.
    """

    edited = Signal()
    left = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field: Field | None = None
        self.label = ElidedLabel("caption", look="muted", parent=self)
        self.message = MessageLabel(self)
        self.fix = FixButton(self)
        self.on_fix: Callable[[object], None] | None = None
        self.fix.clicked.connect(self._on_fix)
        on_key(self, "Alt+Return", self._on_fix)
        self.editor: QWidget = QWidget(self)  # until the box is told its field
        self.is_checked = False
        self._value: JSON | Missing = MISSING
        self._remarks: tuple[Remark, ...] = ()
        self._note = ""
        self._help = ""
        self._now: Callable[[], datetime] = datetime.now
        self._sign = Badge(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_EDGE, 0, _EDGE, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.label)
        self._column.addSpacing(theme.LABEL_TO_FIELD + _EDGE)
        self._column.addSpacing(theme.FIELD_TO_MESSAGE)
        self._foot = Foot(self.message, self.fix)
        self._column.addLayout(self._foot)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setMinimumWidth(56)
        self._show_remarks()

    # Making

    def dress(
        self,
        field: Field,
        *,
        source: Source | None = None,
        now: Callable[[], datetime] | None = None,
        zone: Callable[[], str] | None = None,
        spoken: str = "",
    ) -> None:
        """Become the field of one row.

        Args:
            field: the row of the field table.
            source: what a picker offers; None for a plain line.
            now: wall time at the port, for words like `today`.
            zone: gives the short name of that clock's zone.
            spoken: what a screen reader says before the label, where labels repeat ("Shipper").
        """
        self.field = field
        self._now = now or datetime.now
        label, helping = text(f"fields.{field.name}"), text(f"fields.{field.name}.help")
        self._help = "" if helping == label else helping
        editor = make_editor(self, field, source, self._now, zone)
        editor.installEventFilter(self)
        if isinstance(editor, QCheckBox):
            editor.clicked.connect(self._on_editor_edited)
        elif isinstance(editor, Picker):
            editor.edited.connect(self._on_editor_edited)
            editor.chosen.connect(self._on_picker_chosen)
            editor.line.installEventFilter(self)
        elif isinstance(editor, SecretEdit | DateTimeEdit):
            editor.edited.connect(self._on_editor_edited)
        elif isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._on_line_edited)
        self._column.insertWidget(_EDITOR_ROW, editor)
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = editor
        self.label.setText(label if field.kind is not Kind.BOOLEAN else "")
        self.label.setFixedHeight(theme.line_height("caption"))
        self.label.setVisible(field.kind is not Kind.BOOLEAN)
        self.label.setBuddy(editor)
        self.message.setObjectName(f"{field.name}_error")
        for heard in self._heard():
            heard.setAccessibleName(f"{spoken}, {label}" if spoken else label)
        editor.setToolTip(self._help if field.kind is not Kind.BOOLEAN else f"{label}. {self._help}")
        editor.setWhatsThis(self._help or label)
        self._sign.raise_()
        self._show_remarks()

    @property
    def line(self) -> QLineEdit | None:
        """The line that is typed in; None for a check box."""
        if isinstance(self.editor, Picker):
            return self.editor.line
        return self.editor if isinstance(self.editor, QLineEdit) else None

    def _heard(self) -> tuple[QWidget, ...]:
        """What a screen reader may come to: the editor, and the line inside a picker."""
        return (self.editor, self.editor.line) if isinstance(self.editor, Picker) else (self.editor,)

    @property
    def picker(self) -> Picker | None:
        """The picker, where the field is one."""
        return self.editor if isinstance(self.editor, Picker) else None

    @property
    def maximum(self) -> int | None:
        """Most characters the field should hold; more can be typed and is found fault with, never cut off."""
        return self.field.maximum if self.field is not None and self.field.kind is not Kind.TEXT_ARRAY else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the document here."""
        return isinstance(self._value, Missing)

    # Value

    def value(self) -> JSON | Missing:
        """Return what stands in the field as a value of the document."""
        return self._value

    def set_value(self, value: JSON | Missing) -> None:
        """Show a value of the document. Where it is what the field already says, caret and marking stay."""
        if same_value(value, self._value):
            return
        self._value = value
        self._write()

    def _write(self) -> None:
        if isinstance(self.editor, QCheckBox):
            self.editor.setChecked(self._value is True)
        line = self.line
        caret = line.cursorPosition() if line is not None and line.hasFocus() else 0
        if isinstance(self.editor, DateTimeEdit):
            self.editor.set_value(self._value if isinstance(self._value, str) else self._as_text())
        elif isinstance(self.editor, Picker | SecretEdit):
            self.editor.set_value(self._as_text())
        elif line is not None:
            line.setText(self._as_text())
        if line is not None:
            line.setCursorPosition(caret)

    def _as_text(self) -> str:
        return values.to_text(self.field, self._value) if self.field is not None else ""

    def _on_line_edited(self, typed: str) -> None:
        line = self.line
        if (
            line is not None
            and self.field is not None
            and self.field.kind is Kind.CODE
            and typed != values.upper(typed)
        ):
            caret = line.cursorPosition()
            line.setText(values.upper(typed))
            line.setCursorPosition(caret)
        self._on_editor_edited()

    def _on_editor_edited(self) -> None:
        before, self._value = self._value, self._read()
        if not same_value(before, self._value):
            self.edited.emit()
        self._show_remarks()

    def _read(self) -> JSON | Missing:
        if self.field is None:
            return MISSING
        if isinstance(self.editor, QCheckBox):
            return self.editor.isChecked()
        if isinstance(self.editor, Picker | SecretEdit | DateTimeEdit):
            typed = self.editor.value()
        else:
            line = self.line
            typed = line.text() if line is not None else ""
        if self.field.kind is Kind.CODE:
            typed = values.upper(typed)
        before = self._value if isinstance(self._value, str) else ""
        return values.from_text(self.field, typed, now=self._now(), before=before)

    def _on_picker_chosen(self, choice: Choice) -> None:
        self._value = self._read()
        self.chosen.emit(choice)

    # Remarks

    @property
    def grade(self) -> Grade:
        """How serious the shown remark is."""
        shown = self._shown_remark
        return shown.grade if shown is not None else Grade.NONE

    @property
    def _shown_remark(self) -> Remark | None:
        """The gravest remark; none in a field nobody has left yet, nor while words are typed to find something by."""
        is_searching = isinstance(self.editor, Picker) and self.editor.is_searching
        return self._remarks[0] if self._remarks and self.is_checked and not is_searching else None

    @property
    def shown_message(self) -> str:
        """What stands below the field."""
        return self.message.text()

    def set_remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Take over what is said about the field; the most serious is shown first."""
        ordered = tuple(sorted(remarks, key=lambda remark: ORDER.index(remark.grade)))
        if ordered != self._remarks:
            self._remarks = ordered
            self._show_remarks()

    def set_note(self, note: str) -> None:
        """Show a muted note while nothing is wrong ("Follows the trip"), and in an empty field below what is wrong."""
        self._note = note
        self._show_remarks()

    def check_now(self) -> None:
        """Show from now on what is wrong."""
        self.is_checked = True
        self._show_remarks()

    def _show_remarks(self) -> None:
        shown = self._shown_remark
        preview = self._preview()
        helping = self._note if self.is_empty else ""
        if shown is not None and not (preview and shown.grade is not Grade.ERROR):
            words, tone, grade = f"{shown.text}\n{helping}".rstrip(), TONES[shown.grade], shown.grade
        else:
            words, tone, grade = preview or self._note, "slate", shown.grade if shown else Grade.NONE
        self.fix.show_way(shown.way if shown is not None and self.on_fix is not None else "")
        set_tone(self.message, tone)
        if self.message.text() != words:
            self.message.setText(words)
            self.message.setToolTip(words if len(words) > 60 else "")  # noqa: PLR2004 - what a field's message holds
        said = ". ".join([*(remark.text for remark in self._remarks), *filter(None, [helping])])
        said = said or self._note or self._help
        for heard in self._heard():
            heard.setAccessibleDescription(said)
        self._sign.show_sign(SIGNS.get(grade), words)
        self._make_room_for_sign(grade in SIGNS)
        self._foot.fit(self.width())
        self.update()

    def _on_fix(self) -> None:
        shown = self._shown_remark
        if shown is not None and shown.way and self.on_fix is not None:
            self.on_fix(shown.fix)

    def _preview(self) -> str:
        """A parsed date in words, or how far a text is over its limit, while the field is being typed in."""
        line = self.line
        if line is None or not line.hasFocus():
            return ""
        if isinstance(self.editor, DateTimeEdit):
            return self.editor.in_words()
        maximum = self.maximum
        if maximum and not isinstance(self.editor, Picker | SecretEdit) and len(line.text()) > maximum:
            return text("editor.field.over", count=len(line.text()) - maximum, maximum=maximum)
        return ""

    def _make_room_for_sign(self, has_sign: bool) -> None:
        line = self.line
        if line is not None:
            margins = line.textMargins()
            margins.setRight(SIGN_SIZE + 8 if has_sign else 0)
            line.setTextMargins(margins)
        self._place_sign()

    def _place_sign(self) -> None:
        has_button = isinstance(self.editor, DateTimeEdit) or (
            isinstance(self.editor, SecretEdit) and self.editor.has_eye
        )
        self._sign.place(self.editor, self.line, has_button=has_button)

    # Qt

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to the editor. The box is no focus proxy: Tab would lead back through it to earlier fields."""
        self.editor.setFocus(reason)

    def hasFocus(self) -> bool:
        """Tell whether the editor, or the line inside it, has the focus."""
        return self.editor.hasFocus() or (self.line is not None and self.line.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sign inside the editor's right edge."""
        super().resizeEvent(event)
        self._foot.fit(self.width())
        self._place_sign()

    def event(self, event: QEvent) -> bool:
        """Keep the sign in place when the layout has moved the editor."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_sign()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Check on leaving; repaint the frame of the focus; hold the place of the sign."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_undo(event):
            event.ignore()  # undo is the document's, across all fields, not the line's
            return True
        if kind == QEvent.Type.FocusOut and watched in {self.editor, self.line}:
            if isinstance(event, QFocusEvent) and event.reason() not in STILL_HERE:
                self.settle()
        elif kind == QEvent.Type.FocusIn:
            self.update()
            self._show_remarks()
        elif kind in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place_sign()
        return super().eventFilter(watched, event)

    def settle(self) -> None:
        """Take the field as left: read what was typed to its end, write it in its plain form, check it."""
        if isinstance(self.editor, Picker | SecretEdit | DateTimeEdit) and self.editor.settle():
            self._on_editor_edited()
        elif type(self.editor) is QLineEdit and self.editor.text() != self._as_text():
            self._write()
        if isinstance(self.editor, Picker | SecretEdit | DateTimeEdit):
            kept = self._value if isinstance(self._value, str) else self._as_text()
            if self.editor.value() != kept:  # blanks and what nobody sees were typed
                self._write()
        self.is_checked = True
        self._show_remarks()
        self.left.emit()

    def sizeHint(self) -> QSize:
        """Ask for label, editor and one line below; what wraps adds its height once the width is known."""
        return QSize(120, self.minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the edge, the outline of what is wrong and the focus frame round the native editor."""
        if isinstance(self.editor, QCheckBox) and self.grade is Grade.NONE:
            return
        painter = QPainter(self)
        is_line = not isinstance(self.editor, QCheckBox)
        paint_frame(painter, QRectF(self.editor.geometry()), self.grade, has_focus=self.hasFocus() and is_line)
        painter.end()
