"""What the window asks of the program below it: the services by name, no more than it uses.

`assembly` hands in the real ones; tests hand in a desk in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.clock import Clock
from desktop.tasks import TaskKeeper
from desktop.ui.asks import Changes, Companies, Doubts, Editing, Library, Link, Lookups, Submit, Training

if TYPE_CHECKING:
    from desktop.services.views import RecoveryView
    from desktop.ui.backups.asks import KeepsBackups
    from desktop.ui.board.asks import KnowsBoard
    from desktop.ui.disk import KnowsDisk
    from desktop.ui.editors.asks import ComparesTrips, ErasesPeople, GoodsKnown
    from desktop.ui.evidence.asks import WritesEvidence
    from desktop.ui.inbox.asks import Inbox
    from desktop.ui.intake.asks import PreviewsMessages, TakesTables, WatchedFolder
    from desktop.ui.labels.asks import Labels
    from desktop.ui.numbers.asks import Numbers
    from desktop.ui.open_trips.asks import Remembers
    from desktop.ui.printing.asks import KnowsPrinted, Mails, MakesSheets
    from desktop.ui.sending.asks import KnowsProgress, Swaps
    from desktop.ui.tracker.asks import Attaches, Tracks
    from desktop.ui.tray.asks import StartsWithSystem
    from desktop.ui.trips.asks import Starting
    from desktop.ui.watch.asks import MovesArrivals, Watches, WritesToBrokers


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
    def disk(self) -> KnowsDisk:
        """Whether the data can be written."""
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
    def erasing(self) -> ErasesPeople:
        """Erasing people."""
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
    def progress(self) -> KnowsProgress:
        """How far plans got."""
        ...

    async def recovery_of(self, trip_id: str) -> tuple[RecoveryView, ...]:
        """Return what to do about each refusal of a trip that still stands."""
        ...

    @property
    def swapping(self) -> Swaps:
        """Another truck or trailer."""
        ...

    @property
    def nudge(self) -> WritesToBrokers:
        """Letters to brokers."""
        ...

    @property
    def watched(self) -> WatchedFolder:
        """The folder of dispatch software."""
        ...
