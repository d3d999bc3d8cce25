"""Which news deserves a notice outside the window, and in what words: no Qt, no private data (ui design 5 and 7).

What needs a person goes first; good news is grouped. Nothing names a person, a plate or a document: of what came from
outside, a notice repeats trip and control numbers only, and only where they look like numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from desktop import texts
from desktop.domain.lifecycle import Category, LinkState, Regime
from desktop.services.noticed import AlertView
from desktop.services.views import InboxCard, TripRow
from desktop.ui import times

LINE = 64
"""How many letters of the line every desktop shows whole."""

_NUMBER = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9-]{2,24}")


class Urgency(IntEnum):
    """What goes first."""

    NEEDS_YOU = 0
    GOOD = 1


@dataclass(frozen=True, slots=True)
class Target:
    """What a click on the notice opens.

    Attributes:
        card_id: the message.
        trip_id: the trip, where there is no message; the message's trip where there is one.
        is_connection: the company and its key.
        is_several: the trips that need somebody.
        is_window: the window as it is; with nothing set at all, the inbox.
    """

    card_id: str = ""
    trip_id: str = ""
    is_connection: bool = False
    is_several: bool = False
    is_window: bool = False


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
        return self.is_in_front and (card.id == self.card_id or self.covers_trip(card.trip_id))

    def covers_trip(self, trip_id: str | None) -> bool:
        """Tell whether this trip is on the screen in front."""
        return self.is_in_front and bool(trip_id) and trip_id == self.trip_id


_NEEDS_YOU_SIGNS = frozenset({"hold", "exam", "rejected", "rns_error", "shipment_refused", "alert", "released_cfia"})
_GOOD = frozenset({Category.ACCEPTED, Category.RNS})
_GOOD_SIGNS = ("accepted", "set", "released")


def needs_you(card: InboxCard) -> bool:
    """Tell whether a message needs a person: a hold, an exam, a reject."""
    return card.category in {Category.REJECTED, Category.ALERT} or card.sign in _NEEDS_YOU_SIGNS


def is_good(card: InboxCard) -> bool:
    """Tell whether a message is told among others that need nobody."""
    return not needs_you(card) and card.category in _GOOD


def plain_number(number: str) -> str:
    """Return a trip or control number as a notice may show it; empty where it is none.

    What a message puts in its place may be anything: a name, or markup that some desktops would follow.
    """
    return number if _NUMBER.fullmatch(number) else ""


def urgent_notice(
    cards: Sequence[InboxCard],
    alerts: Sequence[AlertView],
    rows: Mapping[str, TripRow] | None = None,
    now: datetime | None = None,
) -> Notice | None:
    """Return the one notice for what needs a person; None where nothing does.

    Args:
        cards: messages that need a person, oldest first.
        alerts: what did not happen and should have.
        rows: what is known of the trips, by their ids, for the line.
        now: the moment, to say an arrival of another day as such.
    """
    groups = by_subject(cards)
    names = [name_of(group[0]) for group in groups]
    others = [alert for alert in alerts if plain_number(alert.trip) not in names]
    if len(groups) + len(others) > 1:
        return several([*names, *(plain_number(one.trip) or texts.text("tray.no_number") for one in others)])
    rows = rows or {}
    if groups:
        return _card_notice(groups[0], rows, now)
    return _alert_notice(others[0], rows.get(others[0].trip_id), now) if others else None


def _card_notice(cards: Sequence[InboxCard], rows: Mapping[str, TripRow], now: datetime | None) -> Notice:
    newest = max(cards, key=lambda card: card.id)
    kind = newest.sign if texts.has(f"tray.title.{newest.sign}") else newest.category.value
    if kind == "alert" and not (newest.trip or newest.shipment):
        kind = "message"  # of the gateway, to everybody
    key = f"tray.title.{kind}" if texts.has(f"tray.title.{kind}") else "tray.title.alert"
    line_key = f"tray.line.{kind}"
    line = texts.text(line_key) if texts.has(line_key) else texts.text("tray.line.open")
    if len(cards) > 1:
        line = texts.text("tray.line.and_more", line=line, count=len(cards) - 1)
    row = rows.get(newest.trip_id or "")
    target = Target(card_id=newest.id, trip_id=newest.trip_id or "")
    who = _who(newest.regime)
    title = texts.text(key, name=name_of(newest), who=who)
    return Notice(Urgency.NEEDS_YOU, title, with_place(line, row, now, has_who=title.startswith(who)), target)


def _alert_notice(alert: AlertView, row: TripRow | None, now: datetime | None) -> Notice:
    kind = alert.what if texts.has(f"tray.alert.{alert.what}.title") else "other"
    name = plain_number(alert.trip) or texts.text("tray.no_number")
    title = texts.text(f"tray.alert.{kind}.title", name=name, count=max(1, len(alert.numbers)))
    line = texts.text(f"tray.alert.{kind}.line", at=times.clock(alert.at.astimezone()))
    return Notice(Urgency.NEEDS_YOU, title, with_place(line, row, now), Target(trip_id=alert.trip_id))


def several(names: Sequence[str]) -> Notice:
    """Return the one notice for several trips that need somebody; two are named."""
    line = texts.text("tray.needs.trips", first=names[0], second=names[1])
    if len(names) > 2:  # noqa: PLR2004 - two are named
        line = texts.text("tray.needs.more", line=line, count=len(names) - 2)
    title = texts.text("tray.needs.title", count=len(names))
    return Notice(Urgency.NEEDS_YOU, title, line, Target(is_several=True))


def _who(regime: Regime | None) -> str:
    if regime is None:
        return texts.text("tray.who.customs")
    return texts.text(f"tray.who.{regime.value.lower()}")


def name_of(card: InboxCard) -> str:
    """Return the number a message is about, as a notice may show it."""
    return plain_number(card.trip) or plain_number(card.shipment) or texts.text("tray.no_number")


def with_place(line: str, row: TripRow | None, now: datetime | None, *, has_who: bool = False) -> str:
    """Return what to do, with who, where and when before it as far as a line holds it.

    Args:
        line: what to do.
        row: the trip; None where it is not known.
        now: the moment, to say an arrival of another day as such.
        has_who: the title says already whose customs.
    """
    if row is None:
        return line
    who = "" if has_who else _who(row.regime)
    place = texts.text("tray.place", place=", ".join(part for part in (who, row.port_name) if part))
    alone = texts.text("tray.place", place=who) if who else ""
    eta = _eta(row, now)
    for parts in ((place if row.port_name else alone, eta, line), (alone, eta, line), (eta, line)):
        said = " ".join(part for part in parts if part)
        if len(said) <= LINE:
            return said
    return line


def _eta(row: TripRow, now: datetime | None) -> str:
    zone = times.zone(row.eta.zone)
    if row.eta.moment is None or zone is None or now is None:
        return ""
    return texts.text("tray.eta", eta=times.happened(row.eta.moment.astimezone(zone), now.astimezone(zone)))


def good_notice(cards: Sequence[InboxCard]) -> Notice:
    """Return the one notice for good news."""
    counts = dict.fromkeys((*_GOOD_SIGNS, "other"), 0)
    for card in cards:
        kind = card.sign if card.sign in counts else "other"
        counts["accepted" if card.category is Category.ACCEPTED else kind] += 1
    parts = [texts.text(f"tray.good.{kind}", count=count) for kind, count in counts.items() if count]
    title = ", ".join(parts)
    if len(cards) == 1:
        only = cards[0]
        number = plain_number(only.trip) or plain_number(only.shipment)
        line = texts.text("tray.good.one", name=number) if number else texts.text("tray.good.line")
        return Notice(Urgency.GOOD, title, line, Target(card_id=only.id, trip_id=only.trip_id or ""))
    since = min(card.received_at for card in cards).astimezone()
    return Notice(Urgency.GOOD, title, texts.text("tray.good.since", at=times.clock(since)), Target())


def by_subject(cards: Iterable[InboxCard]) -> list[list[InboxCard]]:
    """Return messages grouped by what they are about, in the order given."""
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
    """Keeps what came until it is told; knows which messages it has already told of."""

    def __init__(self) -> None:
        self._urgent: dict[str, InboxCard] = {}
        self._good: dict[str, InboxCard] = {}
        self._known: set[str] = set()
        self._newest_at_start = ""

    def start_after(self, newest_id: str) -> None:
        """What was there at the start is no news."""
        self._newest_at_start = newest_id

    def add(self, cards: Iterable[InboxCard]) -> bool:
        """Take in cards just read from the store; tell whether any of them is new here."""
        fresh = [card for card in cards if self._is_new(card)]
        for card in fresh:
            self._known.add(card.id)
            if card.is_unread and needs_you(card):
                self._urgent[card.id] = card
            elif card.is_unread and is_good(card):
                self._good[card.id] = card
        return bool(fresh)

    def has_new(self, cards: Iterable[InboxCard]) -> bool:
        """Tell whether any of these cards has not been seen here."""
        return any(self._is_new(card) for card in cards)

    def _is_new(self, card: InboxCard) -> bool:
        return card.id > self._newest_at_start and card.id not in self._known

    @property
    def has_urgent(self) -> bool:
        """Whether anything waits that needs a person."""
        return bool(self._urgent)

    @property
    def has_good(self) -> bool:
        """Whether good news waits."""
        return bool(self._good)

    def drop_read(self, oldest: str, unread: Iterable[str]) -> None:
        """Forget what was read meanwhile: all cards from `oldest` on that are not among the `unread`."""
        kept = set(unread)
        for waiting in (self._urgent, self._good):
            for card_id in [one for one in waiting if one >= oldest and one not in kept]:
                del waiting[card_id]

    def take_urgent(self) -> list[InboxCard]:
        """Return what needs a person and has not been told, and count it as told."""
        taken = list(self._urgent.values())
        self._urgent.clear()
        return taken

    def take_good(self) -> list[InboxCard]:
        """Return the good news that has not been told, and count it as told."""
        taken = list(self._good.values())
        self._good.clear()
        return taken
