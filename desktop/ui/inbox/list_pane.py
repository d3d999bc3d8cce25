"""The pane of the list: whose messages are shown, the cards or why there are none, how far they reach."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.empty import EmptyState
from desktop.ui.inbox.card_list import CardList
from desktop.ui.inbox.filters import Shelf, Shown
from desktop.ui.inbox.model import InboxModel


class ListPane(QWidget):
    """Head of a trip, list or empty state, foot."""

    def __init__(self, cards: CardList, empty: EmptyState) -> None:
        super().__init__()
        self._cards = cards
        self._empty = empty
        self._stack = QStackedWidget()
        self._stack.addWidget(cards)
        self._stack.addWidget(empty)
        self._head = pieces.frame("foot")
        self._words = pieces.ElidedLabel("strong")
        self.leave = pieces.button(texts.text("inbox_list.leave_trip"), name="inbox_leave_trip")
        self.leave.setAccessibleName(texts.text("inbox.show_all"))
        self.leave.setToolTip(f"{texts.text('inbox.show_all')} (Esc)")
        head = QHBoxLayout(self._head)
        head.setContentsMargins(theme.STEP_12, theme.STEP_4, theme.STEP_8, theme.STEP_4)
        head.addWidget(self._words, 1)
        head.addWidget(self.leave)
        self._head.hide()
        self._foot = pieces.ElidedLabel("caption", look="muted")
        self._foot.setContentsMargins(theme.STEP_12, theme.STEP_4, theme.STEP_12, theme.STEP_4)
        self._foot.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)

    def show_trip(self, number: str, model: InboxModel) -> None:
        """Say whose messages these are, where they are those of one trip, and whether there are older ones."""
        self._head.setVisible(bool(number))
        if number:
            self._words.setText(texts.text("inbox_list.of_trip", number=number, count=model.rowCount()))
        self.say_end(model)

    def say_end(self, model: InboxModel) -> None:
        """Say how many messages were read where there are older ones."""
        self._foot.setVisible(model.has_more)
        self._foot.setText(texts.text("inbox_list.newest", count=model.rowCount()))

    def show_cards(self, has_cards: bool, search: str, is_narrowed: bool, shown: Shown) -> None:
        """Show the cards, or why there are none and how to see more."""
        self._stack.setCurrentWidget(self._cards if has_cards else self._empty)
        every = texts.text("inbox.show_all")
        if search:
            self._empty.say(texts.text("inbox.empty.search", search=search), texts.text("inbox.clear"))
        elif is_narrowed:
            self._empty.say(texts.text("inbox_list.empty.narrowed"), every)
        elif isinstance(shown, Shelf):
            self._empty.say(texts.text(f"inbox_list.empty.{shown.value}"), every)
        elif shown is not None:
            self._empty.say(texts.text("inbox.empty.filter"), every)
        else:
            self._empty.say(texts.text("inbox.empty"), "")
