"""The head of the reader: sign, title, whose customs, port, receipt, and what can be done with a message."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.views import InboxMessage
from desktop.ui import pieces, signs, theme, times
from desktop.ui.legible import legible
from desktop.ui.signs import Sign, SignLabel

_TITLE_SHOWN = 400


class ReaderHead(QFrame):
    """Says which message it is. Its buttons say what they were pressed for.

    Signals: `back_asked`, `unread_asked`, `pin_asked`, `snooze_asked`, `copy_asked`, `print_asked`.
    """

    back_asked = Signal()
    unread_asked = Signal()
    pin_asked = Signal()
    snooze_asked = Signal()
    copy_asked = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.back = self._button("back", "back", "Esc", "reader_back")
        self.back.clicked.connect(self.back_asked)
        self.back.hide()
        self._sign = SignLabel(Sign.NOTICE, 30)
        self._title = pieces.prose("", "reader")
        self._chip = pieces.label("", "caption", look="tag")
        self._chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._line = pieces.prose("", "caption", look="muted")
        self.pin = self._button("pin", "pin", "P", "reader_pin")
        self.pin.clicked.connect(self.pin_asked)
        self.snooze = self._button("snooze", "snooze", "H", "reader_snooze")
        self.snooze.clicked.connect(self.snooze_asked)
        self.unread = self._button("mark-read", "mark_unread", "U", "mark_unread")
        self.unread.clicked.connect(self.unread_asked)
        self.copy = self._button("copy", "copy_text", "", "reader_copy")
        self.copy.clicked.connect(self.copy_asked)
        self.print = self._button("print", "print", "", "reader_print")
        self.print.clicked.connect(self.print_asked)
        self._lay()

    def _button(self, icon: str, words: str, shortcut: str, name: str) -> QToolButton:
        return pieces.tool_button(icon, texts.text(f"inbox.reader.{words}"), shortcut, name=name)

    def _lay(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(theme.STEP_8)
        second.addWidget(self._chip, alignment=Qt.AlignmentFlag.AlignTop)
        second.addWidget(self._line, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addLayout(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.STEP_24 - 2, theme.STEP_12, theme.STEP_16, theme.STEP_12)
        row.setSpacing(theme.STEP_4)
        row.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addSpacing(theme.STEP_8)
        row.addLayout(words, 1)
        for button in self.buttons():
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)

    def buttons(self) -> list[QToolButton]:
        """Return the buttons in the order shown."""
        return [self.pin, self.snooze, self.unread, self.copy, self.print]

    def show_message(self, message: InboxMessage, now: datetime) -> None:
        """Say which message is shown; `now` is here, for what is said of today."""
        card = message.card
        self._sign.set_sign(signs.sign_named(card.sign))
        title = legible(card.title)
        self._title.setText(title if len(title) <= _TITLE_SHOWN else f"{title[:_TITLE_SHOWN]}…")
        self._chip.setVisible(card.regime is not None)
        if card.regime is not None:
            self._chip.setText(texts.text("window.chip.usa" if card.regime is Regime.ACE else "window.chip.canada"))
        came = texts.text("inbox.reader.received", at=_came(card.received_at.astimezone(), now))
        parts = [card.shipment or card.trip, message.place, _arrival(message, now), came]
        self._line.setText(legible(" · ".join(part for part in parts if part)))
        name = texts.text("inbox.reader.unpin" if card.is_pinned else "inbox.reader.pin")
        self.pin.setAccessibleName(name)
        self.pin.setToolTip(f"{name} (P)")
        theme.set_icon(self.pin, "pin-filled" if card.is_pinned else "pin")
        unread = texts.text("inbox.reader.mark_read" if card.is_unread else "inbox.reader.mark_unread")
        self.unread.setAccessibleName(unread)
        self.unread.setToolTip(f"{unread} (U)")


def _came(at: datetime, now: datetime) -> str:
    clock = times.clock(at, with_seconds=True)
    return clock if at.date() == now.date() else f"{times.day(at)} {clock}"


def _arrival(message: InboxMessage, now: datetime) -> str:
    """Return the trip's arrival at the port and how far off it is; empty where it is not known."""
    eta = message.eta
    if eta is None or eta.moment is None:
        return ""
    there = eta.moment.astimezone(times.zone(eta.zone) or now.tzinfo)
    return texts.text("inbox.reader.eta", at=times.arrival(there, now), span=times.distance(eta.moment - now))
