"""Beside the list: what happened to one number, what is in its shipment, what can be done (ui design 6)."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.domain.lifecycle import Regime
from desktop.services.tracked_row import Stand, Story, StoryKind, StoryLine, TrackedRow
from desktop.ui import pieces, theme, times
from desktop.ui.legible import legible
from desktop.ui.signs import Sign, SignLabel, sign_named
from desktop.ui.tracker.words import SIGNS, headline_of, office_words

WIDTH: Final = 286
WIDE: Final = 400
"""Where there is room, the pane also says what customs wrote, word by word."""

_SHOWN = 12
_WIDEST_LETTERS = 1.4
"""Larger letters take no more of the list's room than this."""

_ICONS: Final = {
    "open": "trips",
    "broker": "mail",
    "sticker": "barcode",
    "message": "inbox",
    "create": "plus",
    "attach": "link",
    "move": "mirror",
}
_FIRSTS: Final = frozenset({"open", "broker", "attach", "message"})
_ALERTS: Final = frozenset({"not_cleared", "drafted"})
_CALM: Final = frozenset({Stand.SET, Stand.ENTRY, Stand.IN_BOND, Stand.RELEASED, Stand.AUTHORISED})


def letters() -> float:
    """Return how much wider than drawn the pane is for larger letters."""
    return max(1.0, min(_WIDEST_LETTERS, theme.line_height("body") / 18))


def actions_for(row: TrackedRow, *, has_message: bool = True) -> list[str]:
    """Return what can be done with a number, the safe next step first."""
    found: list[str] = []
    if row.trip_id:
        talks = row.stand not in _CALM
        found += ["broker", "sticker", "open", "move"] if talks else ["open", "sticker", "broker", "move"]
    elif row.is_known:
        found.append("attach")
    elif row.regime is Regime.ACI:
        found += ["attach", "create"]
    return [*found, "message"] if has_message else found


class SidePane(QFrame):
    """What is known of the current number.

    Signals: `asked(str)` with the name of an action.
    """

    asked = Signal(str)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tracker_side")
        self.setProperty("look", "side")
        self.setAccessibleName(texts.text("tracker.side"))
        self._clock = clock
        self._is_wide = False
        self.row: TrackedRow | None = None
        self._story = Story(())
        self._sign = SignLabel(Sign.NOT_ON_FILE, 26)
        self._number = pieces.ElidedLabel("reader")
        self._headline = pieces.label(size="caption", look="words")
        self._parties = pieces.prose(size="strong", look="muted")
        self._goods = pieces.prose(size="caption", look="muted")
        self._facts = pieces.prose(size="caption", look="muted")
        self._none = pieces.prose(texts.text("tracker.side.none"), look="muted")
        self._note = pieces.prose(size="caption", look="muted")
        self._buttons: dict[tuple[str, bool], QPushButton] = {}
        self._lay_out()
        self.show_row(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.STEP_12)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._number)
        names.addWidget(self._headline)
        head.addWidget(self._sign)
        head.addLayout(names, 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.STEP_8)
        self._told = QWidget()
        self._told.setLayout(self._lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._do = QVBoxLayout()
        self._do.setSpacing(theme.STEP_8)
        for name, icon in _ICONS.items():
            self._buttons[name, False] = self._button(name, icon, is_first=False)
            if name in _FIRSTS:
                self._buttons[name, True] = self._button(name, icon, is_first=True)
        self._head = QWidget()
        self._head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self._title = pieces.label(texts.text("tracker.side.story"), "strong", look="muted")
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(theme.STEP_12, theme.STEP_12, theme.STEP_12, theme.STEP_12)
        inner.setSpacing(theme.STEP_8)
        self._rules = [pieces.frame("line"), pieces.frame("line")]
        for part in (self._none, self._head, self._rules[0], self._parties, self._goods, self._facts, self._rules[1]):
            inner.addWidget(part)
        inner.addWidget(self._title)
        inner.addWidget(self._told)
        inner.addLayout(self._do)
        inner.addStretch(1)
        area = pieces.scrolling(content)
        for part in (area.viewport(), content):
            part.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.STEP_12, theme.STEP_8, theme.STEP_12, theme.STEP_12)
        foot.addWidget(self._note)
        column.addWidget(pieces.frame("line"))
        column.addLayout(foot)

    def _button(self, name: str, icon: str, *, is_first: bool) -> QPushButton:
        object_name = f"tracker_{name}_first" if is_first else f"tracker_{name}"
        made = pieces.button(texts.text(f"tracker.do.{name}"), icon, is_primary=is_first, name=object_name)
        made.clicked.connect(partial(self._on_clicked, name))
        made.setParent(self)
        made.hide()
        return made

    def set_wide(self, *, is_wide: bool) -> None:
        """Take the room of a wide window."""
        self._is_wide = is_wide
        self.setFixedWidth(round((WIDE if is_wide else WIDTH) * letters()))
        self._say_facts()

    def buttons(self) -> list[QPushButton]:
        """Return what can be pressed now, from top to bottom."""
        items = (self._do.itemAt(place) for place in range(self._do.count()))
        found = [item.widget() for item in items if item is not None]
        return [one for one in found if isinstance(one, QPushButton)]

    def show_row(self, row: TrackedRow | None, story: Story | None = None) -> None:
        """Show a number; its story is added when it has been read."""
        is_same = self.row is not None and row is not None and self.row.key == row.key
        self.row = row
        if story is not None or not is_same:
            self._story = story or Story(())
        for part in (self._head, self._parties, self._goods, self._title, self._told, *self._rules):
            part.setVisible(row is not None)
        self._none.setVisible(row is None)
        self._note.setText(self._note_for(row))
        if row is None:
            self._facts.hide()
            self._put_buttons([])
            return
        sign = SIGNS[row.stand]
        self._sign.set_sign(sign)
        self._number.setText(row.number)
        self._headline.setText(headline_of(row))
        pieces.set_tone(self._headline, sign.shape.role)
        self._say_goods(row)
        self._say_facts()
        self._say_story()
        has_message = bool(self.newest_card()) if story is not None or is_same else row.heard_at is not None
        self._put_buttons(actions_for(row, has_message=has_message))

    @staticmethod
    def _note_for(row: TrackedRow | None) -> str:
        is_paps = row is not None and row.regime is Regime.ACE
        return texts.text("tracker.side.note_paps" if is_paps else "tracker.side.note")

    def show_broker(self, name: str) -> None:
        """Name the broker on the button that writes to him; empty where nobody knows who it is."""
        words = texts.text("tracker.do.broker_named", name=name.replace("&", "&&")) if name else ""
        for is_first in (True, False):
            self._buttons["broker", is_first].setText(legible(words) or texts.text("tracker.do.broker"))

    def newest_card(self) -> str:
        """Return the newest message of the number in the inbox, or an empty text."""
        return next((line.card for line in reversed(self._story.lines) if line.card), "")

    def _say_goods(self, row: TrackedRow) -> None:
        has_both = bool(row.shipper and row.consignee)
        parties = (
            texts.text("tracker.side.parties", shipper=row.shipper, consignee=row.consignee)
            if has_both
            else row.shipper or row.consignee
        )
        trailer = texts.text("tracker.side.trailer", number=self._story.trailer) if self._story.trailer else ""
        goods = " · ".join(part for part in (self._story.goods, trailer) if part)
        for part, words in ((self._parties, parties), (self._goods, goods)):
            part.setText(words)
            part.setVisible(bool(words))

    def _say_facts(self) -> None:
        row = self.row
        if row is None:
            return
        lines = []
        if row.heard_as:
            lines.append(texts.text("tracker.side.heard_as", number=row.heard_as))
        if row.said and (self._is_wide or row.stand is Stand.UNKNOWN):
            lines.append(texts.text("tracker.side.said", said=row.said))
        if self._is_wide and row.service:
            service = " ".join(part for part in (row.service, row.service_name) if part)
            lines.append(texts.text("tracker.side.service", service=service))
        if self._is_wide and row.office:
            lines.append(texts.text("tracker.side.office", office=office_words(row)))
        self._facts.setText("\n".join(lines))
        self._facts.setVisible(bool(lines))
        self._rules[0].setVisible(bool(lines or self._parties.text() or self._goods.text()))

    def _say_story(self) -> None:
        _empty(self._lines)
        for line in self._story.lines[-_SHOWN:]:
            self._lines.addWidget(self._line(line))
        self._title.setVisible(bool(self._story.lines))

    def _line(self, line: StoryLine) -> QWidget:
        what, text, sign = line.title, self._without_numbers(line.text), Sign.NOT_ON_FILE
        if line.kind is StoryKind.WRITTEN:
            left = self._story.range_left
            what = texts.text("tracker.side.written_here" if left is None else "tracker.side.written")
            text = ""
            if left is not None:
                driver = self._story.range_driver
                text = (
                    texts.text("tracker.side.range", driver=driver, count=left)
                    if driver
                    else texts.text("tracker.side.range_all", count=left)
                )
        elif line.kind is StoryKind.ALERT:
            name = line.title if line.title in _ALERTS else "other"
            sign = Sign.NOTICE if name == "drafted" else Sign.ALERT
            what, text = texts.text(f"tracker.side.alert.{name}"), texts.text(f"tracker.side.alert.{name}.text")
        else:
            sign = sign_named(line.sign)
        moment = times.received(line.at.astimezone(), self._clock.now().astimezone())
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.STEP_12)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(_wrapped(texts.text("tracker.side.line", when=moment, what=what), "strong"))
        if text:
            names.addWidget(_wrapped(text, "caption"))
        glyph = SignLabel(sign, 18)
        row.addWidget(glyph)
        row.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        row.addLayout(names, 1)
        return box

    def _without_numbers(self, words: str) -> str:
        """Leave out of a card's line what stands above it: the number and its trip."""
        known = {"", *((self.row.number.casefold(), self.row.trip.casefold()) if self.row is not None else ())}
        parts = words.replace("\n", " · ").split(" · ")
        return " · ".join(part for part in parts if part.strip().casefold() not in known)

    def _put_buttons(self, names: list[str]) -> None:
        wanted = [self._buttons[name, not place] for place, name in enumerate(names)]
        if wanted == self.buttons():
            return
        for button in self._buttons.values():
            self._do.removeWidget(button)
            button.setVisible(button in wanted)
        for button in wanted:
            self._do.addWidget(button)

    def _on_clicked(self, name: str, _is_checked: bool = False) -> None:
        self.asked.emit(name)


def _wrapped(words: str, size: theme.Token) -> QWidget:
    made = pieces.label(words, size, look="muted" if size == "caption" else "")
    made.setWordWrap(True)
    return made


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
