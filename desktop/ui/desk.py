"""What the window asks of the program below it: the services by name, no more than it uses.

`assembly` hands in the real ones; tests hand in a desk in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from desktop.clock import Clock
from desktop.services.views import (
    Changed,
    CompanyRow,
    DoubtView,
    LibraryRow,
    LinkStatus,
    ScenarioRow,
    SendPreview,
    SendResult,
    ShipmentRow,
    Subject,
    TripDetail,
    TripRow,
)
from desktop.tasks import TaskKeeper

if TYPE_CHECKING:
    from desktop.services.edit_session import EditSession
    from desktop.services.library import TripUse
    from desktop.ui.board.asks import KnowsBoard
    from desktop.ui.backups.asks import KeepsBackups
    from desktop.ui.editors.asks import ComparesTrips, GoodsKnown
    from desktop.ui.evidence.asks import WritesEvidence
    from desktop.ui.inbox.asks import Inbox
    from desktop.ui.intake.asks import PreviewsMessages, TakesTables, WatchedFolder
    from desktop.ui.labels.asks import Labels
    from desktop.ui.numbers.asks import Numbers
    from desktop.ui.open_trips.asks import Remembers
    from desktop.ui.printing.asks import KnowsPrinted, Mails, MakesSheets
    from desktop.ui.tracker.asks import Attaches, Tracks
    from desktop.ui.tray.asks import StartsWithSystem
    from desktop.ui.trips.asks import Starting
    from desktop.ui.watch.asks import MovesArrivals, Watches, WritesToBrokers


class Changes(Protocol):
    """Who hears of changes."""

    def subscribe(self, listener: Callable[[Changed], None], /) -> Callable[[], None]:
        """Call `listener` on every change; the returned function ends that."""
        ...

    def announce(self, subject: Subject, ids: Iterable[str] = (), initiator: object | None = None) -> None:
        """Tell everybody that something changed."""
        ...


class Lookups(Protocol):
    """Lists to show."""

    async def trips(
        self,
        *,
        company: str | None = None,
        search: str = "",
        state: str | None = None,
        limit: int = 500,
        is_deleted: bool = False,
        is_brief: bool = False,
    ) -> list[TripRow]:
        """Return trips by arrival, drafts without one last; with `is_deleted`, those taken out of the list.

        With `is_brief`, errors are counted only where something can still be sent.
        """
        ...

    async def trip(self, trip_id: str) -> TripDetail:
        """Return everything known of one trip."""
        ...

    async def trip_by_number(self, number: str, company: str | None = None) -> TripDetail:
        """Return everything known of the trip of a number."""
        ...

    async def shipments(self, *, search: str = "", company: str | None = None, limit: int = 500) -> list[ShipmentRow]:
        """Return shipments, the newest first."""
        ...


class Editing(Protocol):
    """Trips that are being edited."""

    async def open(self, trip_id: str) -> EditSession:
        """Open a stored trip."""
        ...

    async def give_to(self, trip_id: str, company: str) -> EditSession:
        """Make a trip that is nobody's a carrier's; it is open afterwards."""
        ...

    async def delete(self, trip_id: str) -> None:
        """Take a trip out of the lists."""
        ...

    async def undelete(self, trip_id: str) -> None:
        """Bring it back."""
        ...

    async def take_other(self, trip_id: str) -> None:
        """Take what was saved elsewhere in place of what was typed here meanwhile."""
        ...


class Submit(Protocol):
    """Sending."""

    async def preview(self, trip_id: str) -> SendPreview:
        """Return what Send would do."""
        ...

    async def send(self, trip_id: str, *, hold: bool = False, initiator: object | None = None) -> SendResult:
        """Put the trip into the outbox; with `hold` upload it without filing."""
        ...


class Doubts(Protocol):
    """What nobody is sure of."""

    async def of(self, trip_id: str) -> DoubtView | None:
        """Return what is known, or None where there is nothing to decide."""
        ...

    async def decide(self, trip_id: str, choice: str) -> str:
        """Do what the user decided; return the trip to go on with."""
        ...


class Companies(Protocol):
    """Carriers and their keys."""

    async def all(self) -> list[CompanyRow]:
        """Return the companies of this data folder."""
        ...

    async def add(
        self,
        *,
        name: str,
        scacs: Iterable[str],
        carrier_codes: Iterable[str],
        address: str,
        company_key: str = "",
        ca_file: str = "",
        phone: str = "",
        key: str | None,
    ) -> CompanyRow:
        """Add a company; the key goes to the keystore."""
        ...

    async def edit(self, company_id: str, *, version: int, key: str | None = None, **changes: Any) -> CompanyRow:
        """Change a company; without a key the stored one stays."""
        ...

    async def remove(self, company_id: str) -> None:
        """Take a company away, with its key."""
        ...

    async def test(self, company_id: str, key: str | None = None) -> LinkStatus:
        """Try the connection without sending anything."""
        ...

    async def give_key(self, company_id: str, key: str) -> None:
        """Use a key until the program ends."""
        ...


class Library(Protocol):
    """Drivers, equipment and partners."""

    async def items(self, kind: str, *, search: str = "", active_only: bool = True) -> list[LibraryRow]:
        """Return the items of one kind."""
        ...

    async def save(
        self,
        kind: str,
        document: dict[str, Any],
        local: dict[str, Any],
        *,
        item_id: str | None = None,
        version: int | None = None,
        company: str | None = None,
        initiator: object | None = None,
    ) -> LibraryRow:
        """Keep a new item, or an item again."""
        ...

    async def set_active(self, item_id: str, is_active: bool) -> None:
        """Put an item aside, or take it up again."""
        ...

    async def item(self, item_id: str) -> LibraryRow:
        """Return one item."""
        ...

    async def same(
        self, kind: str, document: dict[str, Any], *, but: str | None = None, company: str | None = None
    ) -> list[LibraryRow]:
        """Return the other items called by the same number or name."""
        ...

    async def uses(self, item_id: str) -> tuple[TripUse, ...]:
        """Return the trips that used an item."""
        ...

    async def remove(self, item_id: str) -> None:
        """Take out an item that no trip used."""
        ...

    async def restore(self, item_id: str) -> None:
        """Bring it back."""
        ...


class Link(Protocol):
    """The connection."""

    @property
    def status(self) -> LinkStatus:
        """The connection as it is now."""
        ...

    @property
    def is_offline(self) -> bool:
        """Whether the user wants no connection."""
        ...

    def retry_now(self) -> None:
        """Try again without waiting."""
        ...

    async def go_offline(self) -> None:
        """Close every connection until `go_online`."""
        ...

    async def go_online(self) -> None:
        """Connect again."""
        ...


class Training(Protocol):
    """What the practice service plays."""

    playing: str

    def rows(self) -> tuple[ScenarioRow, ...]:
        """Return what can be played."""
        ...

    def play(self, name: str) -> None:
        """Play another scenario."""
        ...


class Desk(Protocol):
    """Everything the window may use."""

    @property
    def clock(self) -> Clock:
        """Time."""
        ...

    @property
    def keeper(self) -> TaskKeeper:
        """Who keeps background tasks."""
        ...

    @property
    def changes(self) -> Changes:
        """Who tells of changes."""
        ...

    @property
    def is_practice(self) -> bool:
        """Whether nothing here reaches customs."""
        ...

    @property
    def lookups(self) -> Lookups:
        """Lists."""
        ...

    @property
    def board(self) -> KnowsBoard:
        """What is to cross today."""
        ...

    @property
    def inbox(self) -> Inbox:
        """Messages."""
        ...

    @property
    def editing(self) -> Editing:
        """Edit sessions."""
        ...

    @property
    def open_trips(self) -> Remembers:
        """Which trips are open, beyond the end of the program."""
        ...

    @property
    def tracker(self) -> Tracks:
        """Where control numbers stand."""
        ...

    @property
    def attaching(self) -> Attaches:
        """Shipments onto trips."""
        ...

    @property
    def backups(self) -> KeepsBackups:
        """Backups of the data."""
        ...

    @property
    def starting(self) -> Starting:
        """New trips."""
        ...

    @property
    def submit(self) -> Submit:
        """Sending."""
        ...

    @property
    def doubts(self) -> Doubts:
        """What nobody is sure of."""
        ...

    @property
    def companies(self) -> Companies:
        """Companies."""
        ...

    @property
    def library(self) -> Library:
        """Library."""
        ...

    @property
    def goods(self) -> GoodsKnown:
        """What partners shipped before."""
        ...

    @property
    def link(self) -> Link:
        """Connection."""
        ...

    @property
    def numbering(self) -> Numbers:
        """Number ranges."""
        ...

    @property
    def compared(self) -> ComparesTrips:
        """Trips against what customs has."""
        ...

    @property
    def labels(self) -> Labels:
        """New labels."""
        ...

    @property
    def evidence(self) -> WritesEvidence:
        """The whole history of a trip in a file."""
        ...

    @property
    def sheets(self) -> MakesSheets:
        """Paper."""
        ...

    @property
    def printed(self) -> KnowsPrinted:
        """What was printed."""
        ...

    @property
    def mailing(self) -> Mails:
        """E-mails for the user's mail program."""
        ...

    @property
    def sign_in(self) -> StartsWithSystem:
        """Starting with the system."""
        ...

    @property
    def training(self) -> Training:
        """What the practice service plays."""
        ...

    @property
    def import_preview(self) -> PreviewsMessages:
        """BorderConnect messages, looked at before they come in."""
        ...

    @property
    def tables(self) -> TakesTables:
        """Tables of the library and of shipments."""
        ...

    @property
    def watching(self) -> Watches:
        """What did not happen."""
        ...

    @property
    def late(self) -> MovesArrivals:
        """Trucks that are late."""
        ...

    @property
    def nudge(self) -> WritesToBrokers:
        """Letters to brokers."""
        ...

    @property
    def watched(self) -> WatchedFolder:
        """The folder of dispatch software."""
        ...
