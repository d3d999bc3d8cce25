"""The list of messages: a page at a time by keyset, safe against being asked again while it reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from desktop import texts
from desktop.clock import Clock
from desktop.services.views import InboxCard
from desktop.ui import times
from desktop.ui.legible import legible
from desktop.ui.models.role import Index, Role

PAGE = 100
_NO_PARENT = QModelIndex()


class InboxModel(QAbstractListModel):
    """Cards, newest first.

    Signals: `more_asked(str)`: cards older than this id are wanted.
    """

    more_asked = Signal(str)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cards: list[InboxCard] = []
        self._has_more = False
        self._is_reading = False

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many cards have been read so far."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a card."""
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Role.ID:
            return card.id
        if role == Role.OBJECT:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return legible(card.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = texts.text("inbox.unread_word" if card.is_unread else "inbox.read_word")
            body = ". ".join(card.text.splitlines())
            at = self.time_of(card)
            return legible(texts.text("inbox.card.sentence", state=state, title=card.title, text=body, at=at))
        return None

    def time_of(self, card: InboxCard) -> str:
        """Return when the card came, in words."""
        return times.received(card.received_at.astimezone(), self._clock.now().astimezone())

    def canFetchMore(self, parent: Index = _NO_PARENT) -> bool:
        """Tell whether older cards may be asked for; not while some are being read."""
        return not parent.isValid() and self._has_more and not self._is_reading and bool(self._cards)

    def fetchMore(self, parent: Index = _NO_PARENT) -> None:
        """Ask for the next page; asked again before it came, nothing happens."""
        if self.canFetchMore(parent):
            self._is_reading = True
            self.more_asked.emit(self._cards[-1].id)

    def add_older(self, before: str, cards: Sequence[InboxCard], *, has_more: bool) -> None:
        """Put a page below; one that no longer fits (the list changed meanwhile) is dropped."""
        self._is_reading = False
        if not self._cards or self._cards[-1].id != before:
            return
        self._has_more = has_more
        fresh = [card for card in cards if card.id < before]
        if fresh:
            first = len(self._cards)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._cards.extend(fresh)
            self.endInsertRows()

    def reading_failed(self) -> None:
        """Older cards could not be read: they may be asked for again."""
        self._is_reading = False

    def show(self, cards: Sequence[InboxCard], *, has_more: bool) -> None:
        """Show these cards; new ones on top come in without moving the rest."""
        old = [card.id for card in self._cards]
        new = [card.id for card in cards]
        added = next((place for place, card_id in enumerate(new) if old and card_id == old[0]), -1)
        is_same_below = added >= 0 and new[added:] == old[: len(new) - added] and len(new) - added <= len(old)
        if not is_same_below:
            self.beginResetModel()
            self._cards = list(cards)
            self._has_more = has_more
            self.endResetModel()
            return
        if added:
            self.beginInsertRows(QModelIndex(), 0, added - 1)
            self._cards[:0] = cards[:added]
            self.endInsertRows()
        for place, card in enumerate(cards):
            if self._cards[place] != card:
                self._cards[place] = card
                where = self.index(place)
                self.dataChanged.emit(where, where)
        if len(self._cards) == len(cards):
            self._has_more = has_more

    def position(self, card_id: str) -> int:
        """Return the row of a card, or -1."""
        return next((place for place, card in enumerate(self._cards) if card.id == card_id), -1)

    def first_unread(self) -> int:
        """Return the row of the newest unread card, or 0."""
        return next((place for place, card in enumerate(self._cards) if card.is_unread), 0)
