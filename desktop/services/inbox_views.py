"""What the inbox shows: its cards, one message explained, and what is asked of its lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.lifecycle import Category, Regime, Verdict

if TYPE_CHECKING:
    from desktop.services.views import Eta


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which messages to show.

    Attributes:
        search: words that all stand in a message; a word is found by its beginning, a number also by its end.
        regime: only of this side of the border.
        is_pinned: only pinned ones.
        is_snoozed: True for those put off until later, False for all others; None does not ask.
        since: received at this moment or later.
        until: received before this moment.
        is_grouped: only the newest message of each trip; those of no trip stand by themselves.
    """

    category: Category | None = None
    company: str | None = None
    unread_only: bool = False
    search: str = ""
    trip_id: str | None = None
    regime: Regime | None = None
    is_pinned: bool = False
    is_snoozed: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_grouped: bool = False


@dataclass(frozen=True, slots=True)
class InboxCard:
    """One message in the list, newest first. `text` holds at most two short lines.

    Attributes:
        is_pinned: a person keeps it at hand.
        snoozed_until: when it comes back, or came back, after a person put it off; None where nobody did.
        thread: how many messages its trip has, and `thread_unread` how many of them are unread; 0 where the list is
            not grouped by trip.
    """

    id: str
    received_at: datetime
    kind: str | None
    category: Category
    company: str
    regime: Regime | None
    trip: str
    trip_id: str | None
    shipment: str
    title: str
    text: str
    sign: str
    is_unread: bool
    repeats: int
    is_pinned: bool = False
    snoozed_until: datetime | None = None
    thread: int = 0
    thread_unread: int = 0


@dataclass(frozen=True, slots=True)
class PutOff:
    """How a message stood before it was put off, to bring that back."""

    id: str
    until: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class MarkedAll:
    """How many messages were marked read at once, and the moment that names them."""

    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Concern:
    """A field a message is about; `path` empty where only the trip is known."""

    subject: str
    field: str
    trip_id: str | None
    path: str


@dataclass(frozen=True, slots=True)
class MessageStep:
    """One thing to do about a message.

    Attributes:
        text: what to do.
        why: why, or what more there is to know; may be empty.
        does: what its button does (`crossing.step.Does`); empty where there is none.
        button: the button's words.
        takes: how long customs usually takes over it; empty where nothing says so.
        trip_id: the trip it is about; None where none is known here.
        path: JSON Pointer of the field, for `open_field` and `next_number`.
        number: the shipment it is about.
        other_id: the other trip that stands in the way, for `move` and `cancel_other`; None where none is known here.
    """

    text: str
    why: str = ""
    does: str = ""
    button: str = ""
    takes: str = ""
    trip_id: str | None = None
    path: str = ""
    number: str = ""
    other_id: str | None = None


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """One message explained: what happened, what it concerns, what to do, and the raw frame.

    Attributes:
        now: what is known now of the trip it is about: may the truck go; empty where it is about no trip here.
        said: whose own words it carries, in their language.
        place: port of the trip.
        eta: arrival of the trip; None where it is about none.
        received: our receipt of each of its repeats (UTC), the first one first.
        candidates: the trips it fits where it fits more than one; a person chooses (`Inbox.assign`).
    """

    card: InboxCard
    happened: str
    concerns: tuple[Concern, ...]
    steps: tuple[MessageStep, ...]
    times: tuple[str, ...]
    raw: str
    raw_size: int
    now: str = ""
    verdict: Verdict | None = None
    said: tuple[str, ...] = ()
    place: str = ""
    eta: Eta | None = None
    received: tuple[datetime, ...] = ()
    candidates: tuple[Concern, ...] = ()
