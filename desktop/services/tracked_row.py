"""What the Shipments screen shows of a control number: plain, frozen, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.lifecycle import Regime
from desktop.services.views import Eta


class Stand(StrEnum):
    """Where a number stands, in the order of how much it needs a person (ui design 3).

    Every value comes from the fold of `desktop.crossing`; nothing here reads a code. `NOTHING_YET` stands for a number
    of a trip on file that arrives soon, of which the broker's side is silent.
    """

    HOLD = "hold"
    EXAM = "exam"
    RNS_ERROR = "rns_error"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    OTHER_OFFICE = "other_office"
    NOT_FILED = "not_filed"
    NOTHING_YET = "nothing_yet"
    NOT_SET = "not_set"
    RELEASED_CFIA = "released_cfia"
    SET = "set"
    IN_BOND = "in_bond"
    ENTRY = "entry"
    NOT_MATCHED = "not_matched"
    MATCHED = "matched"
    ON_FILE = "on_file"
    ACKNOWLEDGED = "acknowledged"
    NOT_ON_FILE = "not_on_file"
    AUTHORISED = "authorised"
    RELEASED = "released"


class Group(StrEnum):
    """The groups of the list, from top to bottom."""

    NEEDS = "needs"
    SET = "set"
    WAITING = "waiting"
    RELEASED = "released"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class TrackedRow:
    """One control number and everything known of it.

    Attributes:
        company: whose; empty for a draft that is nobody's yet.
        number: as it stands on the shipment, else as the message wrote it.
        heard_as: how the newest message wrote it, where that differs; empty where it is the same.
        group: where in the list it belongs.
        stand: its newest state, of the fold.
        code: the code that state comes from, as received; empty where there is none.
        said: customs' own words with that code.
        since: our receipt of the message that state comes from (UTC); None where nothing was heard.
        is_rns: whether that was a release notice (RNS).
        before: the state before a code that is not understood; None where there was none.
        entry: transaction or entry number; empty where none came.
        service: number and name of the service option of the newest release notice.
        office: number of the release office the broker keyed, and its name.
        is_other_office: that is not the port of its trip.
        trip_id: the trip it is on; empty where it is on none.
        trips: on how many trips it stands; more than one is a question for a person.
        shipment_id: the shipment here; empty where only messages know the number.
        position: its place on the trip.
        broker: who clears it, where the shipment names that.
        consignee: who gets it.
        driver: the trip's driver; without a trip, the one a release notice names.
        port: the trip's port, and its name.
        eta: the trip's arrival.
        arrived_at: our receipt (UTC) of customs' word that it arrived; None where none came.
        is_sent: its trip left this computer: moving it needs an order of steps.
        at: when it was last heard of or written here (UTC).
        heard_at: when the newest message that names it came (UTC).
    """

    company: str
    regime: Regime
    number: str
    group: Group
    stand: Stand
    at: datetime
    heard_as: str = ""
    code: str = ""
    said: str = ""
    since: datetime | None = None
    is_rns: bool = False
    before: Stand | None = None
    entry: str = ""
    service: str = ""
    service_name: str = ""
    office: str = ""
    office_name: str = ""
    is_other_office: bool = False
    trip_id: str = ""
    trip: str = ""
    trips: int = 0
    shipment_id: str = ""
    position: int = 0
    broker: str = ""
    shipper: str = ""
    consignee: str = ""
    driver: str = ""
    port: str = ""
    port_name: str = ""
    eta: Eta | None = None
    arrived_at: datetime | None = None
    is_sent: bool = False
    heard_at: datetime | None = None

    @property
    def key(self) -> str:
        """What tells it from others in a list."""
        return f"{self.company}/{self.regime}/{self.number.casefold()}"

    @property
    def is_known(self) -> bool:
        """Whether a shipment here bears the number."""
        return bool(self.shipment_id)


@dataclass(frozen=True, slots=True)
class TrackedList:
    """A page of numbers; `has_more` says that older ones were left out."""

    rows: tuple[TrackedRow, ...]
    has_more: bool = False


class StoryKind(StrEnum):
    """What a line of a story is."""

    WRITTEN = "written"
    MESSAGE = "message"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened to a number.

    Attributes:
        at: when, by our own clock (UTC).
        kind: what it is.
        sign: name of the sign of a message's card.
        title: what the card says; of an alert, its name.
        text: the card's second line.
        card: id of the message in the inbox; empty where it is none.
    """

    at: datetime
    kind: StoryKind
    sign: str = ""
    title: str = ""
    text: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to a number, oldest first, and what is in the shipment.

    Attributes:
        goods: how many pieces of what unit, and the weight, where one unit says it all.
        range_driver: whose number range it is from; empty where it is from none, or from one for all.
        range_left: how many numbers of that range are left; None where it is from none.
    """

    lines: tuple[StoryLine, ...]
    goods: str = ""
    trailer: str = ""
    range_driver: str = ""
    range_left: int | None = None
