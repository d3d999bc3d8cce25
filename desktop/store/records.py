"""What the store gives out and takes: plain frozen values, free of SQL.

`company` is the id of a company, or empty where none is chosen yet (a draft) or all may use it (the library).
Named tuples, not data classes: each start loads all of them, and they are made four times as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from desktop.domain.documents import JSON, JSONObject, Missing
from desktop.domain.lifecycle import Category, OutboxState, Regime

Kind = Literal["practice", "real"]
LibraryKind = Literal["driver", "truck", "trailer", "partner"]
MessageKind = Literal["upload", "send_request"]
NumberKind = Literal["trip", "control"]


class Company(NamedTuple):
    """A carrier the program works for; its API key is in the keystore, never here.

    Attributes:
        way: how it reaches the gateway: `socket`, or `http` where sockets are blocked.
        proxy: empty for the system's, `none`, or `http://host:port`.
    """

    id: str
    version: int
    name: str
    scacs: tuple[str, ...]
    carrier_codes: tuple[str, ...]
    address: str
    company_key: str
    ca_file: str
    phone: str
    is_practice: bool
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None
    way: str = "socket"
    proxy: str = ""


class Trip(NamedTuple):
    """A trip: the document is the truth, `local` what is not on the wire; the rest is derived when it is saved.

    Attributes:
        number: trip number as typed; empty while there is none.
        eta_local: arrival as typed, wall time at the port.
        eta_utc: the moment it means, where the caller knew the port's zone.
        undo_position: how many of the stored undo steps are in force; steps from there on can be redone.
    """

    id: str
    version: int
    company: str
    regime: Regime
    number: str
    port: str
    eta_local: str
    eta_utc: datetime | None
    document: JSONObject
    local: JSONObject
    undo_position: int
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime


class NewTrip(NamedTuple):
    """A trip to be kept: `company`, `eta_utc` and `document` as in `Trip`."""

    regime: Regime
    document: JSONObject
    company: str = ""
    eta_utc: datetime | None = None


class TripVersion(NamedTuple):
    """A trip's document as it was when messages were made from it."""

    trip: str
    version: int
    document: JSONObject
    local: JSONObject
    at: datetime


class UndoStep(NamedTuple):
    """One edit: what stood at the path before and after it (MISSING: nothing)."""

    path: str
    before: JSON | Missing
    after: JSON | Missing
    at: datetime


class UndoTail(NamedTuple):
    """What an edit session changed in its undo steps since it last saved.

    Attributes:
        keep: how many of the stored steps stay; those after them are forgotten.
        steps: the steps that follow them.
        position: how many of all steps are in force.
    """

    keep: int
    steps: Sequence[UndoStep]
    position: int


class Shipment(NamedTuple):
    """A shipment; on a trip, `document` is the trip document's own part and `position` its place in `/shipments`."""

    id: str
    version: int
    company: str
    regime: Regime
    number: str
    trip: str | None
    trip_number: str
    position: int
    document: JSONObject
    created_at: datetime
    updated_at: datetime


class LibraryItem(NamedTuple):
    """A driver, truck, trailer or partner that is used again."""

    id: str
    version: int
    company: str
    kind: LibraryKind
    key: str
    title: str
    subtitle: str
    document: JSONObject
    local: JSONObject
    is_active: bool
    created_at: datetime
    updated_at: datetime


class NewOutboxRow(NamedTuple):
    """One message of a plan, its bytes frozen (reliability 3.1.1).

    Attributes:
        number: trip or control number the message names.
        shipment: the shipment it is about, where it travels without a trip.
        account: address and key account it was made for; a change of it stops a resend.
        eta_utc: arrival the message tells, for the limits of automatic probes.
        state: READY, or HELD where the user must confirm first.
        waits_for: `customs`: it goes only after customs accepted what the step before asked; else empty.
        trip: the trip it is about, where that is not the plan's own; then with its version.
    """

    kind: MessageKind
    data: str
    operation: str
    regime: Regime
    number: str
    send_id: str
    payload: bytes
    shipment: str = ""
    auto_send: bool = False
    account: str = ""
    eta_utc: datetime | None = None
    state: OutboxState = OutboxState.READY
    waits_for: str = ""
    trip: str | None = None
    trip_version: int | None = None


class OutboxRow(NamedTuple):
    """One attempt to deliver, without its bytes (`Outbox.payload`).

    `waits_for` says what it waits for beyond the gateway, `waited_at` since when it need not any more.
    """

    id: str
    company: str
    trip: str | None
    trip_version: int | None
    plan: str
    step: int
    kind: MessageKind
    data: str
    operation: str
    regime: Regime
    number: str
    shipment: str
    auto_send: bool
    account: str
    state: OutboxState
    send_id: str
    sha256: str
    eta_utc: datetime | None
    attempts: int
    epoch: int | None
    owner: str
    created_at: datetime
    claimed_at: datetime | None
    written_at: datetime | None
    answered_at: datetime | None
    error: JSON
    waits_for: str = ""
    waited_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it may not go before customs has accepted what the step before asked for."""
        return bool(self.waits_for) and self.waited_at is None


class DeliveryLogLine(NamedTuple):
    """One transition of one attempt (reliability 3.1.8)."""

    id: int
    at: datetime
    outbox: str
    trip: str | None
    from_state: str
    to_state: OutboxState
    cause: str
    frame: int | None
    attempt: int
    app_version: str


class NewFrame(NamedTuple):
    """What came over a connection, byte for byte."""

    company: str
    connection: str
    received_at: datetime
    body: bytes
    is_text: bool = True


class Frame(NamedTuple):
    """A frame as it was received."""

    id: int
    company: str
    connection: str
    received_at: datetime
    body: bytes
    is_text: bool
    size: int
    sha256: str


class NewInboxItem(NamedTuple):
    """What a frame was understood as.

    Attributes:
        digest: of the canonical value; equal ones of one company are one item with repeats (reliability 4.3).
        control_number: the shipment it names, or the first of several.
        trip: id of the trip it is about, where that is known already.
        control_numbers: every shipment it names.
    """

    frame: int
    company: str
    received_at: datetime
    kind: str | None
    category: Category
    regime: Regime | None
    digest: str
    title: str
    text: str
    sign: str
    trip_number: str = ""
    control_number: str = ""
    trip: str | None = None
    control_numbers: tuple[str, ...] = ()


class InboxItem(NamedTuple):
    """A message in the inbox; `frame` is the first of its equal frames.

    Attributes:
        snoozed_until: when it comes back, or came back; None for one that was never put off.
        thread: how many messages its trip has, where that was asked, and how many of them are unread.
    """

    id: str
    frame: int
    company: str
    received_at: datetime
    kind: str | None
    category: Category
    regime: Regime | None
    trip_number: str
    control_number: str
    trip: str | None
    digest: str
    repeats: int
    title: str
    text: str
    sign: str
    read_at: datetime | None
    pinned_at: datetime | None = None
    snoozed_until: datetime | None = None
    thread: int = 0
    thread_unread: int = 0


class LinkLogLine(NamedTuple):
    """One thing that happened to a connection: up, down, key refused, handshake."""

    id: int
    at: datetime
    company: str
    what: str
    text: str


class NumberUse(NamedTuple):
    """A trip or control number that went out, and with which trip (empty: a shipment by itself)."""

    company: str
    regime: Regime
    kind: NumberKind
    number: str
    trip: str
    used_at: datetime


class NewNumber(NamedTuple):
    """A number a plan uses up."""

    kind: NumberKind
    number: str
