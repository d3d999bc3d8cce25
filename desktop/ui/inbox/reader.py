"""One message explained: what happened, the fields it concerns, what to do, and the raw frame on demand."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.services.views import Concern, InboxMessage, MessageStep
from desktop.ui import pieces
from desktop.ui.inbox.reader_body import ReaderBody
from desktop.ui.inbox.reader_head import ReaderHead
from desktop.ui.inbox.reader_raw import RAW_SHOWN, RawPane
from desktop.ui.inbox.reader_words import as_text

__all__ = ["RAW_SHOWN", "Reader"]


class Reader(QStackedWidget):
    """Shows one message.

    Signals: `field_asked(trip_id, path)`, `trip_asked(trip_id)`, `step_asked(MessageStep)`, `unread_asked`,
    `pin_asked`, `snooze_asked`, `print_asked`, `export_asked`, `evidence_asked`, `copied(text)`, `back_asked`.
    """

    field_asked = Signal(str, str)
    trip_asked = Signal(str)
    step_asked = Signal(object)
    unread_asked = Signal()
    pin_asked = Signal()
    snooze_asked = Signal()
    print_asked = Signal()
    export_asked = Signal()
    evidence_asked = Signal()
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
        self.head = ReaderHead()
        self.pane = RawPane()
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.pane)
        self.addWidget(self._page)
        self.back, self.unread = self.head.back, self.head.unread
        self.raw_button, self.raw = self.pane.button, self.pane.raw
        self.copy, self.export = self.pane.copy, self.pane.export
        self._connect()

    def _connect(self) -> None:
        head, pane = self.head, self.pane
        for asked, told in (
            (head.back_asked, self.back_asked),
            (head.unread_asked, self.unread_asked),
            (head.pin_asked, self.pin_asked),
            (head.snooze_asked, self.snooze_asked),
            (head.print_asked, self.print_asked),
            (pane.export_asked, self.export_asked),
            (pane.evidence_asked, self.evidence_asked),
            (pane.copied, self.copied),
        ):
            asked.connect(told)
        head.copy_asked.connect(self._on_copy)

    def show_message(self, message: InboxMessage | None) -> None:
        """Show a message, or that none is chosen; the one shown keeps its place, its words follow."""
        before, self.message = self.message, message
        if message is None:
            self.setCurrentWidget(self._none)
            return
        self.head.show_message(message, self._clock.now().astimezone())
        is_same = before is not None and before.card.id == message.card.id
        if not is_same or before is None or _told(before) != _told(message):
            self._show_body(message, keeps_place=is_same)
        if not is_same:
            self.pane.show_message(message)
        self.setCurrentWidget(self._page)

    def _show_body(self, message: InboxMessage, *, keeps_place: bool) -> None:
        place = self._scroll.verticalScrollBar().value() if keeps_place else 0
        focused = self.focusWidget()
        had = focused.objectName() if focused is not None and focused in self._buttons() else ""
        self._scroll.setWidget(ReaderBody(message, self.step_asked.emit, self._on_concern))
        self._chain()
        self._scroll.verticalScrollBar().setValue(place)
        again = next((one for one in self._buttons() if had and one.objectName() == had), None)
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _body(self) -> ReaderBody | None:
        body = self._scroll.widget()
        return body if isinstance(body, ReaderBody) else None

    def _buttons(self) -> list[QPushButton]:
        body = self._body()
        return [] if body is None else [*body.concern_buttons, *body.step_buttons]

    def _chain(self) -> None:
        """Tab goes through the buttons in the order shown, then to the raw message."""
        pane = self.pane
        chain: list[QWidget] = [*self.head.buttons(), *self._buttons(), pane.button, pane.exact, pane.copy, pane.export]
        for before, after in pairwise([*chain, pane.evidence, pane.raw]):
            QWidget.setTabOrder(before, after)

    def focus_first(self) -> None:
        """Put the focus onto the safe next step, else onto what it concerns, else onto the raw message."""
        if self.message is None:
            return
        body = self._body()
        steps: list[QWidget] = [] if body is None else [*body.step_buttons, *body.concern_buttons]
        [*steps, self.raw_button][0].setFocus(Qt.FocusReason.TabFocusReason)

    def toggle_raw(self) -> None:
        """Show the raw message with the focus in it, or hide it."""
        if self.message is not None:
            self.pane.toggle()

    def _on_concern(self, concern: Concern) -> None:
        if concern.trip_id is None:
            return
        if concern.path:
            self.field_asked.emit(concern.trip_id, concern.path)
        else:
            self.trip_asked.emit(concern.trip_id)

    def _on_copy(self) -> None:
        if self.message is not None:
            self.copied.emit(as_text(self.message))


def _told(message: InboxMessage) -> tuple[object, ...]:
    """Return what the body shows: what else changes needs no new one."""
    steps: tuple[MessageStep, ...] = message.steps
    return message.happened, message.now, message.verdict, message.concerns, steps, message.said, message.received
