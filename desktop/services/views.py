"""What services hand to a window or a command: plain, frozen, already in words where words are meant.

Nothing here imports pydantic, Qt, the database or the network, so the first window can be painted from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from desktop.domain.lifecycle import (
    Clearance,
    Customs,
    Delivery,
    LinkState,
    Outcome,
    Regime,
    Verdict,
)
from desktop.services.inbox_views import (
    Concern,
    InboxCard,
    InboxFilter,
    InboxMessage,
    MarkedAll,
    MessageStep,
    PutOff,
)
from desktop.services.sending_views import (
    PlanAction,
    PlanMark,
    PlanState,
    PlanStep,
    PlanStepState,
    PlanView,
    ReasonAsked,
    RecoveryView,
    SendLine,
    SendPreview,
)

__all__ = [
    "Changed",
    "CompanyRow",
    "Concern",
    "DoubtView",
    "Eta",
    "HistoryLine",
    "InboxCard",
    "InboxFilter",
    "InboxMessage",
    "LibraryRow",
    "LinkStatus",
    "MarkedAll",
    "MessageStep",
    "PaperMark",
    "PaperTrouble",
    "PlanAction",
    "PlanMark",
    "PlanState",
    "PlanStep",
    "PlanStepState",
    "PlanView",
    "PutOff",
    "ReadinessView",
    "Reason",
    "ReasonAsked",
    "RecoveryView",
    "ScenarioRow",
    "SendLine",
    "SendPreview",
    "SendResult",
    "ServerError",
    "ShipmentRow",
    "Subject",
    "TemplateRow",
    "TripDetail",
    "TripRow",
]


class Subject(StrEnum):
    """What kind of thing changed."""

    TRIP = "trip"
    LIBRARY = "library"
    INBOX = "inbox"
    COMPANY = "company"
    LINK = "link"
    SETTINGS = "settings"
    NUMBERS = "numbers"
    TEMPLATE = "template"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Changed:
    """Something changed: read it again. `initiator` has already shown it and need not."""

    subject: Subject
    ids: frozenset[str] = frozenset()
    initiator: object | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is, with its evidence and what to do about it.

    Attributes:
        code: for scripts.
        text: a sentence for people.
        must_act: whether it does not pass by itself.
        action: name of what to do next (`crossing.readiness.ACTIONS`); empty where there is nothing to do but wait.
        number: the shipment it is about; empty for the trip.
        frame: id of the stored frame it comes from; empty where it comes from none.
        at: the moment it counts from (UTC), our own receipt; None where there is none.
        headline: the same in at most 34 characters, to stand after the verdict's word: line 1 of a row.
        detail: what is left to say on line 2 of a row; empty where that is `text`.
    """

    code: str
    text: str
    must_act: bool = False
    action: str = ""
    number: str = ""
    frame: str = ""
    at: datetime | None = None
    headline: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """May the truck drive up, from when (UTC), and why."""

    verdict: Verdict
    booth_from: datetime | None
    reasons: tuple[Reason, ...]

    @property
    def must_act(self) -> bool:
        """Whether waiting alone will not end the wait."""
        return any(reason.must_act for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Eta:
    """Arrival: wall time at the port as typed, and the moment it means where the zone is known."""

    local: str
    zone: str | None
    moment: datetime | None


class PaperTrouble(StrEnum):
    """Why a printed sheet must not be handed over."""

    VOID = "void"
    NO_GO = "no_go"
    CHANGED = "changed"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class PaperMark:
    """What is wrong with the paper a driver may have in his hand.

    Attributes:
        trouble: the trip was cancelled, may no longer go though the sheet says so, changed since, or was taken by
            customs while the sheet still says DRAFT.
        sheet: name of the kind of sheet.
        printed_at: when it left the program.
        changed_at: when the trip was last changed.
        parts: what changed of what the sheet shows, by name.
    """

    trouble: PaperTrouble
    sheet: str
    printed_at: datetime
    changed_at: datetime
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TripRow:
    """One line of the list of trips.

    Attributes:
        paper: what is wrong with the sheets that were printed of it; None where nothing is.
        plan: what is to be said of a plan of several messages that waits for customs or stopped; None where nothing is.
        is_matched: CBSA linked every shipment with the broker's release request, and none is set yet.
        started_from: how the trip began, in words, where it began with another one.
        to_confirm: how many places it took over nobody has looked at yet.
    """

    id: str
    version: int
    company: str
    number: str
    regime: Regime
    port: str
    port_name: str
    eta: Eta
    driver: str
    truck: str
    trailers: str
    shipments: int
    cleared: int
    delivery: Delivery
    customs: Customs
    holds: int
    readiness: ReadinessView
    errors: int
    warnings: int
    is_changed_since_sent: bool
    updated_at: datetime
    started_from: str = ""
    to_confirm: int = 0
    paper: PaperMark | None = None
    is_matched: bool = False
    plan: PlanMark | None = None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A trip to start others from, by name; `company` is whose, empty for nobody's."""

    id: str
    company: str
    regime: Regime
    name: str


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """One shipment, on a trip or by itself; `entry` is the number of the broker's entry or transaction."""

    id: str
    company: str
    number: str
    regime: Regime
    type: str
    trip_id: str | None
    trip: str
    shipper: str
    consignee: str
    clearance: Clearance
    released: bool | None
    holds: int
    clearance_text: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a trip."""

    at: datetime
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class ServerError:
    """What the gateway or customs objected to: a path where it could be found, else empty for the whole trip."""

    path: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TripDetail:
    """Everything known of one trip."""

    row: TripRow
    shipments: tuple[ShipmentRow, ...]
    history: tuple[HistoryLine, ...]
    server_errors: tuple[ServerError, ...]
    document: dict[str, Any]
    local: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """The connection as it is now.

    Attributes:
        since: when it came up; for one that is not up, since when it is not.
        detail: key below `link.` where there is more to say.
        way: `socket`, or `http` where messages are asked for.
    """

    state: LinkState
    since: datetime
    company: str
    host: str
    is_practice: bool
    retry_at: datetime | None
    last_message_at: datetime | None
    waiting: int
    detail: str = ""
    way: str = "socket"


@dataclass(frozen=True, slots=True)
class SendResult:
    """What a send came to (product, command line)."""

    trip: str
    outcome: Outcome
    customs: Customs
    status: str
    errors: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class DoubtView:
    """An attempt nobody is sure of.

    Attributes:
        trip: the number it went out with.
        what: which message, in words.
        evidence: what is known of it, oldest first.
        choices: what a person may decide (`delivery.attempt.Choice`); doing nothing is always possible.
        goes_on: whether more of the same send follows once it is said to have arrived.
    """

    trip: str
    regime: Regime
    what: str
    evidence: tuple[HistoryLine, ...]
    choices: tuple[str, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One carrier the program works for. The key itself is never here."""

    id: str
    version: int
    name: str
    scacs: tuple[str, ...]
    carrier_codes: tuple[str, ...]
    address: str
    company_key: str
    ca_file: str
    is_practice: bool
    has_key: bool
    phone: str = ""
    way: str = "socket"
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """Something the practice service can play: its name, what it is called, what happens."""

    name: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A driver, truck, trailer or partner in the library.

    `document` is the wire object, `local` what is not on the wire.
    """

    id: str
    version: int
    company: str
    kind: str
    key: str
    title: str
    subtitle: str
    document: dict[str, Any]
    local: dict[str, Any]
    is_active: bool
