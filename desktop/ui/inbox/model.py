"""The list of messages: a page at a time by keyset, safe against being asked again while it reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from desktop.clock import Clock
from desktop.services.views import InboxCard
from desktop.ui import times
from desktop.ui.inbox.card_words import day_words, sentence, when
from desktop.ui.legible import legible
from desktop.ui.models.role import Index, Role

PAGE = 100
_MOST_STEPS = 40
_NO_PARENT = QModelIndex()


class InboxModel(QAbstractListModel):
    """Cards, newest first, with a head above the first of each day.

    Signals: `more_asked(str)`: cards older than this id are wanted.
    """

    more_asked = Signal(str)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._cards: list[InboxCard] = []
        self._days: list[date] = []
        self._counts: dict[date, int] = {}
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
            head = " ".join(self.head(index.row()))
            said = sentence(card, self.time_of(card), self._clock.now())
            return f"{head}. {said}" if head else said
        return None

    def time_of(self, card: InboxCard) -> str:
        """Return when the card came, in words."""
        return times.received(card.received_at.astimezone(), self._clock.now().astimezone())

    def now(self) -> datetime:
        """Return the moment by the clock of the program."""
        return self._clock.now()

    def head(self, row: int) -> tuple[str, str]:
        """Return the day and the number of its messages to stand above a row; empty where its day goes on.

        The number is left out of the oldest day as long as more of it may come.
        """
        day = self._days[row]
        if row and self._days[row - 1] == day:
            return "", ""
        is_whole = not self._has_more or day != self._days[-1]
        words = day_words(day, self._clock.now().astimezone().date())
        return words, str(self._counts[day]) if is_whole else ""

    @property
    def has_more(self) -> bool:
        """Whether there are older cards than those read."""
        return self._has_more

    def cards(self, rows: Iterable[int]) -> list[InboxCard]:
        """Return the cards of rows, in the order of the list."""
        return [self._cards[row] for row in sorted(rows)]

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
        known = {card.id for card in self._cards}
        fresh = [card for card in cards if card.id not in known]
        if fresh:
            first = len(self._cards)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._cards.extend(fresh)
            self._has_more = has_more
            self._count()
            self.endInsertRows()
        self._has_more = has_more

    def reading_failed(self) -> None:
        """Older cards could not be read: they may be asked for again."""
        self._is_reading = False

    def show(self, cards: Sequence[InboxCard], *, has_more: bool, is_other: bool = False) -> None:
        """Show these as the newest cards; older ones that were read stay below, and what is the same does not move.

        Args:
            cards: the newest.
            has_more: whether there are older ones than these.
            is_other: they are another list, of which nothing was shown before.
        """
        end = self.position(cards[-1].id) + 1 if cards and has_more else len(self._cards)
        if is_other or not self._merge(list(cards), end):
            self.beginResetModel()
            self._cards = list(cards)
            self._has_more = has_more
            self._is_reading = False
            self._count()
            self.endResetModel()
            return
        for place, card in enumerate(cards):
            if self._cards[place] != card:
                self._cards[place] = card
                self._tell(place)
        if len(self._cards) == len(cards):
            self._has_more = has_more
        self._count()

    def _merge(self, cards: list[InboxCard], end: int) -> bool:
        """Take out and put in what differs above row `end`; False where too much does, or the order changed."""
        new = {card.id for card in cards}
        old = {card.id for card in self._cards[:end]}
        kept = [card.id for card in self._cards[:end] if card.id in new]
        gone = _runs(row for row, card in enumerate(self._cards[:end]) if card.id not in new)
        come = _runs(row for row, card in enumerate(cards) if card.id not in old)
        if not kept or kept != [card.id for card in cards if card.id in old] or len(gone) + len(come) > _MOST_STEPS:
            return False
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._cards[first : last + 1]
            self._count()
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            self._cards[first:first] = cards[first : last + 1]
            self._count()
            self.endInsertRows()
        return True

    def change(self, ids: Iterable[str], **changed: Any) -> None:
        """Show at once what was done to cards, wherever in the list they are."""
        wanted = set(ids)
        for place, card in enumerate(self._cards):
            if card.id in wanted:
                self._cards[place] = replace(card, **changed)
                self._tell(place)

    def _tell(self, place: int) -> None:
        where = self.index(place)
        self.dataChanged.emit(where, where)

    def _count(self) -> None:
        now = self._clock.now()
        self._days = [when(card, now).astimezone().date() for card in self._cards]
        self._counts = {}
        for day in self._days:
            self._counts[day] = self._counts.get(day, 0) + 1

    def position(self, card_id: str) -> int:
        """Return the row of a card, or -1."""
        return next((place for place, card in enumerate(self._cards) if card.id == card_id), -1)

    def neighbour(self, card_id: str, cards: Sequence[InboxCard]) -> str:
        """Return the card that takes the place of one that is not among the newest `cards` any more.

        That is the next older one; the card itself where there is none.
        """
        place = self.position(card_id)
        left = {card.id for card in cards}
        later = self._cards[place:] if place >= 0 else []
        return next((card.id for card in later if card.id in left), card_id)

    def first_unread(self) -> int:
        """Return the row of the newest unread card, or 0."""
        return next((place for place, card in enumerate(self._cards) if card.is_unread), 0)


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return rows as runs of neighbours, first and last."""
    found = []
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        part = [row for _, row in run]
        found.append((part[0], part[-1]))
    return found
