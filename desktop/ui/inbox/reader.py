"""One message explained: what happened, the fields it concerns, what to do, and the raw frame on demand."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.clock import Clock
from desktop.domain.lifecycle import Regime
from desktop.services.views import Concern, InboxMessage
from desktop.ui import pieces, signs, theme, times
from desktop.ui.legible import legible
from desktop.ui.signs import Sign, SignLabel

RAW_SHOWN = 65_536
"""So many characters of a raw message are shown; more would hold up the window."""
_TEXT_SHOWN = 4_000
_TEXT_WIDTH = 600
_KIB = 1024


def size_words(size: int) -> str:
    """Return a size in bytes as people say it."""
    if size < _KIB:
        return texts.text("inbox.size.bytes", count=size)
    if size < _KIB * _KIB:
        return texts.text("inbox.size.kib", size=round(size / _KIB))
    return texts.text("inbox.size.mib", size=f"{size / _KIB / _KIB:.1f}")


class _Number(QLabel):
    """The number of a step in a ring."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.setTextFormat(Qt.TextFormat.PlainText)
        font = theme.font("caption")
        font.setWeight(theme.font("strong").weight())
        self.setFont(font)
        side = theme.fitted(22, "caption", theme.STEP_4)
        self.setFixedSize(side, side)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours().strong, 1))
        painter.drawEllipse(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        super().paintEvent(event)


class Reader(QStackedWidget):
    """Shows one message.

    Signals: `field_asked(trip_id, path)`, `trip_asked(trip_id)`, `unread_asked`, `export_asked`, `back_asked`.
    """

    field_asked = Signal(str, str)
    trip_asked = Signal(str)
    unread_asked = Signal()
    export_asked = Signal()
    copied = Signal(str)
    back_asked = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox_reader")
        self.setAccessibleName(texts.text("inbox.reader.name"))
        self._clock = clock
        self.message: InboxMessage | None = None
        self._none = pieces.label(texts.text("inbox.reader.none"), look="muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setWordWrap(True)
        self.addWidget(self._none)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._make_raw())
        self.addWidget(self._page)

    def _make_head(self) -> QWidget:
        head = pieces.frame("bar")
        self.back = pieces.tool_button("back", texts.text("inbox.reader.back"), "Esc", name="reader_back")
        self.back.clicked.connect(self.back_asked)
        self.back.hide()
        self._sign = SignLabel(Sign.NOTICE, 30)
        self._title = pieces.prose("", "reader")
        self._chip = pieces.label("", "caption")
        self._chip.setProperty("look", "tag")
        self._chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._line = pieces.ElidedLabel("caption", look="muted")
        self.unread = pieces.tool_button("mark-read", texts.text("inbox.reader.mark_unread"), "U", name="mark_unread")
        self.unread.clicked.connect(self.unread_asked)
        second = QHBoxLayout()
        second.setSpacing(theme.STEP_8)
        second.addWidget(self._chip)
        second.addWidget(self._line, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addLayout(second)
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.STEP_24 - 2, theme.STEP_12, theme.STEP_16, theme.STEP_12)
        row.setSpacing(theme.STEP_12)
        row.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.unread, alignment=Qt.AlignmentFlag.AlignTop)
        return head

    def _make_raw(self) -> QWidget:
        box = pieces.frame("foot")
        self.raw_button = QToolButton()
        self.raw_button.setObjectName("raw_button")
        self.raw_button.setText(texts.text("inbox.reader.raw"))
        self.raw_button.setToolTip(texts.text("inbox.reader.raw_tip"))
        self.raw_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.raw_button.setAutoRaise(True)
        self.raw_button.setCheckable(True)
        self.raw_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.raw_button.setFont(theme.font("caption"))
        theme.set_icon(self.raw_button, "chevron-right")
        self.raw_button.toggled.connect(self._on_raw_toggled)
        self._raw_size = pieces.ElidedLabel("caption", look="muted")
        self.copy = pieces.button(texts.text("inbox.reader.copy"), name="raw_copy")
        self.copy.clicked.connect(self._on_copy)
        self.export = pieces.button(texts.text("inbox.reader.export"), name="raw_export")
        self.export.clicked.connect(self.export_asked)
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
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.raw_button)
        row.addWidget(self._raw_size, 1)
        row.addWidget(self.copy)
        row.addWidget(self.export)
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.STEP_16, theme.STEP_4, theme.STEP_16, theme.STEP_4)
        column.setSpacing(theme.STEP_4)
        column.addLayout(row)
        column.addWidget(self.raw)
        return box

    def show_message(self, message: InboxMessage | None) -> None:
        """Show a message, or that none is chosen."""
        is_same = message is not None and self.message is not None and message.card.id == self.message.card.id
        self.message = message
        if message is None:
            self.setCurrentWidget(self._none)
            return
        card = message.card
        self._sign.set_sign(signs.sign_named(card.sign))
        self._title.setText(_cut(card.title))
        self._chip.setVisible(card.regime is not None)
        if card.regime is not None:
            self._chip.setText(texts.text("window.chip.usa" if card.regime is Regime.ACE else "window.chip.canada"))
        at = times.clock(card.received_at.astimezone(), with_seconds=True)
        day = times.day(card.received_at.astimezone())
        parts = [card.trip, card.shipment, texts.text("inbox.reader.received", at=f"{day} {at}")]
        self._line.setText(" · ".join(part for part in parts if part))
        if not is_same:
            self._scroll.setWidget(self._make_body(message))
            self._chain()
            self.raw_button.setChecked(False)
            self._show_raw(message)
        self.setCurrentWidget(self._page)

    def _buttons(self) -> list[QPushButton]:
        body = self._scroll.widget()
        return body.findChildren(QPushButton) if body is not None else []

    def _chain(self) -> None:
        """Tab goes through the buttons in the order shown, then to the raw message."""
        for before, after in pairwise([self.unread, *self._buttons(), self.raw_button]):
            QWidget.setTabOrder(before, after)

    def focus_first(self) -> None:
        """Put the focus onto the first thing to do, else onto the raw message."""
        if self.message is not None:
            stops: list[QWidget] = [*self._buttons(), self.raw_button]
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _make_body(self, message: InboxMessage) -> QWidget:
        body = QWidget()
        body.setBackgroundRole(QPalette.ColorRole.Base)
        body.setAutoFillBackground(True)
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.STEP_24 - 2, theme.STEP_16, theme.STEP_24, theme.STEP_16)
        column.setSpacing(theme.STEP_4)
        inner = QWidget()
        inner.setMaximumWidth(_TEXT_WIDTH)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.STEP_4)
        lines.addWidget(pieces.label(texts.text("inbox.reader.happened"), "heading"))
        lines.addWidget(pieces.prose(_cut(message.happened)))
        if message.concerns:
            lines.addSpacing(theme.STEP_12)
            lines.addWidget(pieces.label(texts.text("inbox.reader.concerns"), "heading"))
            lines.addWidget(self._make_concerns(message.concerns))
        lines.addSpacing(theme.STEP_12)
        lines.addWidget(pieces.label(texts.text("inbox.reader.to_do"), "heading"))
        if message.to_do:
            lines.addLayout(self._make_steps(message.to_do))
        else:
            lines.addWidget(pieces.prose(texts.text("inbox.reader.nothing_to_do")))
        lines.addLayout(self._make_buttons(message))
        if message.times:
            lines.addSpacing(theme.STEP_12)
            lines.addWidget(pieces.label(texts.text("inbox.reader.times"), "heading"))
            for time in message.times:
                lines.addWidget(pieces.prose(texts.text("inbox.reader.zone_not_stated", at=time[:200]), look="muted"))
        column.addWidget(inner)
        column.addStretch(1)
        return body

    def _make_concerns(self, concerns: tuple[Concern, ...]) -> QWidget:
        table = pieces.frame("table")
        grid = QGridLayout(table)
        grid.setContentsMargins(theme.STEP_12, theme.STEP_4, theme.STEP_4, theme.STEP_4)
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, concern in enumerate(concerns[:20]):
            subject = pieces.prose(concern.subject[:200], look="muted")
            subject.setMinimumWidth(110)
            grid.addWidget(subject, row, 0)
            grid.addWidget(pieces.prose(concern.field[:400]), row, 1)
            if concern.trip_id is None:
                continue
            is_field = bool(concern.path)
            made = pieces.button(texts.text("inbox.reader.open_field" if is_field else "inbox.reader.open_trip"))
            made.setObjectName(f"concern_{row}")
            made.setFlat(True)
            if is_field:
                name = texts.text("inbox.reader.open_field_name", field=concern.field, subject=concern.subject)
                made.clicked.connect(partial(self._on_field, concern.trip_id, concern.path))
            else:
                name = texts.text("inbox.reader.open_trip_name", trip=concern.subject)
                made.clicked.connect(partial(self._on_trip, concern.trip_id))
            made.setAccessibleName(legible(name))
            grid.addWidget(made, row, 2)
        return table

    def _make_steps(self, steps: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(theme.STEP_8)
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(steps[:12]):
            grid.addWidget(_Number(row + 1), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(pieces.prose(_cut(step)), row, 1)
        return grid

    def _make_buttons(self, message: InboxMessage) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.STEP_8, 0, 0)
        trip_id = message.card.trip_id
        if trip_id is not None:
            made = pieces.button(texts.text("inbox.reader.open_trip"), name="reader_open_trip")
            made.setAccessibleName(legible(texts.text("inbox.reader.open_trip_name", trip=message.card.trip)))
            made.clicked.connect(partial(self._on_trip, trip_id))
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _show_raw(self, message: InboxMessage) -> None:
        shown = message.raw[:RAW_SHOWN]
        is_cut = len(shown) < len(message.raw) or message.raw_size > len(message.raw.encode("utf-8", "replace"))
        size = size_words(message.raw_size)
        self._raw_size.setText(
            texts.text("inbox.reader.raw_cut", shown=size_words(len(shown)), size=size)
            if is_cut
            else texts.text("inbox.reader.raw_size", size=size)
        )
        self.raw.setPlainText("")

    def _on_field(self, trip_id: str, path: str, _is_checked: bool = False) -> None:
        self.field_asked.emit(trip_id, path)

    def _on_trip(self, trip_id: str, _is_checked: bool = False) -> None:
        self.trip_asked.emit(trip_id)

    def _on_raw_toggled(self, is_on: bool) -> None:
        theme.set_icon(self.raw_button, "chevron-down" if is_on else "chevron-right")
        if is_on and self.message is not None:
            self.raw.setPlainText(self.message.raw[:RAW_SHOWN])
        self.raw.setVisible(is_on)

    def toggle_raw(self) -> None:
        """Show the raw message with the focus in it, or hide it."""
        if self.message is None:
            return
        self.raw_button.toggle()
        if self.raw_button.isChecked():
            self.raw.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.raw_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_copy(self) -> None:
        if self.message is not None:
            self.copied.emit(self.message.raw)


def _cut(text: str) -> str:
    text = legible(text)
    return text if len(text) <= _TEXT_SHOWN else f"{text[:_TEXT_SHOWN]}…"
