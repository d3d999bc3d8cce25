"""Which news deserves a notice outside the window, and in what words: no Qt, no private data (ui design 5 and 7).

News is gathered for a short while; out comes at most one notice per batch. What needs a person goes first and alone;
good news is grouped. Nothing names a person, a plate or a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from desktop import texts
from desktop.domain.lifecycle import Category, LinkState
from desktop.services.views import InboxCard


class Urgency(IntEnum):
    """What goes first."""

    NEEDS_YOU = 0
    GOOD = 1


@dataclass(frozen=True, slots=True)
class Target:
    """What a click on the notice opens: a message, a trip, or the connection where both are empty."""

    card_id: str = ""
    trip_id: str = ""
    is_connection: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: title and one line."""

    urgency: Urgency
    title: str
    line: str
    target: Target


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window shows: nothing is notified that somebody is looking at."""

    is_in_front: bool = False
    card_id: str = ""
    trip_id: str = ""

    def covers(self, card: InboxCard) -> bool:
        """Tell whether this card, or its trip, is on the screen in front."""
        return self.is_in_front and (
            card.id == self.card_id or (card.trip_id is not None and card.trip_id == self.trip_id)
        )


_NEEDS_YOU_SIGNS = frozenset({"hold", "exam", "rejected", "rns_error", "shipment_refused", "alert", "released_cfia"})
_GOOD = frozenset({Category.ACCEPTED, Category.RNS})


def _needs_you(card: InboxCard) -> bool:
    return card.category in {Category.REJECTED, Category.ALERT} or card.sign in _NEEDS_YOU_SIGNS


def notices(cards: Sequence[InboxCard], shown: Shown) -> list[Notice]:
    """Return the notices for a batch of new messages, the urgent first; usually one.

    Args:
        cards: what came, in any order; only unread ones count.
        shown: what the user has before his eyes.
    """
    news = [card for card in cards if card.is_unread and not shown.covers(card)]
    urgent = [card for card in news if _needs_you(card)]
    good = [card for card in news if not _needs_you(card) and card.category in _GOOD]
    made = []
    if urgent:
        made.append(_urgent_notice(urgent))
    if good:
        made.append(_good_notice(good))
    return made


def _urgent_notice(cards: Sequence[InboxCard]) -> Notice:
    by_trip = _by_trip(cards)
    first = by_trip[0]
    newest = max(first, key=lambda card: card.id)
    if len(by_trip) > 1:
        nameless = texts.text("tray.no_number")
        names = [group[0].trip or group[0].shipment or nameless for group in by_trip[:2]]
        line = texts.text("tray.needs.trips", first=names[0], second=names[1])
        if len(by_trip) > len(names):
            line = texts.text("tray.needs.more", line=line, count=len(by_trip) - len(names))
        return Notice(Urgency.NEEDS_YOU, texts.text("tray.needs.title", count=len(by_trip)), line, Target())
    name = newest.trip or newest.shipment or texts.text("tray.no_number")
    kind = newest.sign if texts.has(f"tray.title.{newest.sign}") else newest.category.value
    key = f"tray.title.{kind}" if texts.has(f"tray.title.{kind}") else "tray.title.alert"
    line_key = f"tray.line.{kind}"
    line = texts.text(line_key) if texts.has(line_key) else texts.text("tray.line.open")
    if len(first) > 1:
        line = texts.text("tray.line.and_more", line=line, count=len(first) - 1)
    target = Target(card_id=newest.id, trip_id=newest.trip_id or "")
    return Notice(Urgency.NEEDS_YOU, texts.text(key, name=name), line, target)


def _good_notice(cards: Sequence[InboxCard]) -> Notice:
    accepted = sum(1 for card in cards if card.category is Category.ACCEPTED)
    rns = len(cards) - accepted
    parts = []
    if accepted:
        parts.append(texts.text("tray.good.accepted", count=accepted))
    if rns:
        parts.append(texts.text("tray.good.rns", count=rns))
    if len(cards) == 1:
        only = cards[0]
        line = only.trip or only.shipment or texts.text("tray.good.line")
        return Notice(Urgency.GOOD, ", ".join(parts), line, Target(card_id=only.id, trip_id=only.trip_id or ""))
    return Notice(Urgency.GOOD, ", ".join(parts), texts.text("tray.good.line"), Target())


def _by_trip(cards: Iterable[InboxCard]) -> list[list[InboxCard]]:
    groups: dict[str, list[InboxCard]] = {}
    for card in cards:
        groups.setdefault(card.trip or card.shipment or card.id, []).append(card)
    return list(groups.values())


def key_notice(state: LinkState, waiting: int) -> Notice | None:
    """Return the notice for a connection that needs a person, or None."""
    if state not in {LinkState.KEY_REFUSED, LinkState.KEY_NEEDED, LinkState.REFUSED}:
        return None
    line = texts.text("tray.key.waiting", count=waiting) if waiting else texts.text("tray.key.nothing_lost")
    return Notice(Urgency.NEEDS_YOU, texts.text(f"tray.key.{state.value}"), line, Target(is_connection=True))


class Gathering:
    """Keeps what came until it is flushed; knows which messages it has already told of."""

    def __init__(self) -> None:
        self._waiting: dict[str, InboxCard] = {}
        self._told: set[str] = set()
        self._newest_at_start = ""

    def start_after(self, newest_id: str) -> None:
        """Tell only of messages newer than this one: what was there at the start is no news."""
        self._newest_at_start = newest_id

    def add(self, cards: Iterable[InboxCard]) -> bool:
        """Take in cards just read from the store; tell whether any of them is news."""
        for card in cards:
            if card.id > self._newest_at_start and card.id not in self._told and card.is_unread:
                self._waiting[card.id] = card
        return bool(self._waiting)

    def flush(self, shown: Shown) -> list[Notice]:
        """Return the notices of what was gathered and forget it."""
        cards = list(self._waiting.values())
        self._told |= self._waiting.keys()
        self._waiting.clear()
        return notices(cards, shown)
