"""One attempt to deliver a message, and what can happen to it (reliability 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.lifecycle import OutboxState


class Way(StrEnum):
    """What kind of message an attempt carries."""

    UPLOAD = "upload"
    SEND_REQUEST = "send_request"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row of the outbox, as far as decisions need it.

    Attributes:
        id: the row.
        send_id: our correlation id.
        way: upload or send request.
        state: where it stands.
        since: monotonic second at which it came into this state; for rows of an earlier run, the start of this one.
        operation: CREATE, UPDATE, DELETE; for a send request its type.
        trip_number: the trip; empty for shipments alone.
        numbers: control numbers of the shipments in it.
        company_key: the carrier's key at the gateway; empty for a carrier's own API key.
        tries: how many times its bytes were handed over or may have been.
        was_written: whether any byte may have gone out.
        written_at: when it was last claimed for writing (UTC); None before.
        auto_send: whether the upload asks for transmission.
        eta: arrival (UTC), for the rules of probing.
        is_number_ours: whether the trip number was allocated by this data folder and used by nothing else.
        is_first_create: whether no earlier attempt for this trip was ever taken.
        is_newest: whether the draft was not edited since.
        is_copy: whether the data folder is a restored copy, or the account or key changed since.
        was_quoted: whether the newest answer quoted our `sendId`.
    """

    id: str
    send_id: str
    way: Way
    state: OutboxState
    since: float = 0.0
    operation: str = ""
    trip_number: str = ""
    numbers: tuple[str, ...] = ()
    company_key: str = ""
    tries: int = 0
    was_written: bool = False
    written_at: datetime | None = None
    auto_send: bool = False
    eta: datetime | None = None
    is_number_ours: bool = False
    is_first_create: bool = True
    is_newest: bool = True
    is_copy: bool = False
    was_quoted: bool = True


class Verb(StrEnum):
    """What a gateway status means for a message (reliability 1: an open set)."""

    TAKEN = "taken"
    QUEUED = "queued"
    PROBLEMS = "problems"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Frozen:
    """The document was checked and its bytes are frozen."""


@dataclass(frozen=True, slots=True)
class Held:
    """The user holds it back, or the data folder is a restored copy."""


@dataclass(frozen=True, slots=True)
class Released:
    """The user lets a held message go."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What it was to follow was refused, or a newer version takes its place; no byte of it went out."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """The sender takes the row for writing; commit before the first byte."""


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Proof that no byte went out: the socket was closed before the call."""


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The connection ended."""


@dataclass(frozen=True, slots=True)
class OwnerGone:
    """The process that claimed it is dead (found at start)."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The gateway answered.

    Attributes:
        verb: what its status means.
        status: the status as it came.
        quotes_us: whether the answer quotes our `sendId`.
        says_used: whether it objects that a number is already used.
        names_us: whether the objection names exactly our trip number.
    """

    verb: Verb
    status: str = ""
    quotes_us: bool = False
    says_used: bool = False
    names_us: bool = False


@dataclass(frozen=True, slots=True)
class CustomsAnswered:
    """Customs spoke of this trip after the attempt, and it can only be because of it."""


@dataclass(frozen=True, slots=True)
class Probed:
    """Try again with the very same bytes (reliability 3.2); refused unless that is proved safe.

    The line must be free for it, as for any other message; nothing makes these events unless the user's settings do.

    Attributes:
        wall: the time now (UTC).
        link_up_s: how long the link has been up.
        is_allowed: whether the program may probe by itself at all.
    """

    wall: datetime
    link_up_s: float
    is_allowed: bool = False


class Choice(StrEnum):
    """What a user may decide about an attempt nobody is sure of."""

    IT_ARRIVED = "it_arrived"
    SEND_AS_UPDATE = "send_as_update"
    NEW_NUMBER = "new_number"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class Decided:
    """The user decided."""

    choice: Choice


Event = (
    Frozen
    | Held
    | Released
    | Overtaken
    | Claimed
    | NotWritten
    | LinkLost
    | OwnerGone
    | Ticked
    | Answered
    | CustomsAnswered
    | Probed
    | Decided
)
