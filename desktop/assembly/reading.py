"""What only reads: the services over a store, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.clock import Clock, SystemClock
from desktop.owner.entry import is_owned
from desktop.services.changes import Changes
from desktop.store import Store, open_store

if TYPE_CHECKING:
    from desktop.services.board import Board
    from desktop.services.border import Border
    from desktop.services.compared import Compared
    from desktop.services.evidence import Evidence
    from desktop.services.facts import FactsSource
    from desktop.services.goods import RememberedGoods
    from desktop.services.inbox import Inbox
    from desktop.services.labels import Labels
    from desktop.services.library import Library
    from desktop.services.listening import Listening
    from desktop.services.listings import Listings
    from desktop.services.lookups import Lookups
    from desktop.services.numbering import Numbering
    from desktop.services.printed import Printed
    from desktop.services.sending_views import RecoveryView
    from desktop.services.server_errors import ServerErrors
    from desktop.services.sheets import Sheets
    from desktop.services.tables import Tables
    from desktop.services.tracker import Tracker


class ReadingDesk:
    """What only reads: opened beside a running owner.

    Each service is made, and its module loaded, when it is first asked for: the first window of the inbox needs no
    trips, and that of the trips no library.
    """

    def __init__(self, store: Store, clock: Clock, *, is_owned: bool = True) -> None:
        self._is_owned = is_owned
        self.store = store
        self.clock = clock
        self.changes = Changes()

    @cached_property
    def facts(self) -> FactsSource:
        """What checks may know beside a document."""
        from desktop.services.facts import FactsSource

        return FactsSource(self.store, self.clock)

    @cached_property
    def border(self) -> Border:
        """Where trips stand with customs."""
        from desktop.services.border import Border

        return Border(self.store)

    @cached_property
    def listening(self) -> Listening:
        """When somebody listened."""
        from desktop.services.listening import Listening

        return Listening(self.store, self.clock, is_owned=self._is_owned)

    @cached_property
    def server_errors(self) -> ServerErrors:
        """What the gateway and customs objected to."""
        from desktop.services.server_errors import ServerErrors

        return ServerErrors(self.border)

    async def recovery_of(self, trip_id: str) -> tuple[RecoveryView, ...]:
        """Return what to do about each refusal of a trip that still stands."""
        from desktop.services.recovering import Recovering

        return await Recovering(self.store, self.border).of_trip(trip_id)

    @cached_property
    def lookups(self) -> Lookups:
        """Trips and shipments."""
        from desktop.services.lookups import Lookups

        parts = self.store, self.border, self.server_errors, self.facts, self.clock, self.changes
        return Lookups(*parts, is_owned=self._is_owned, listening=self.listening)

    @cached_property
    def board(self) -> Board:
        """What is to cross today."""
        from desktop.services.board import Board

        return Board(self.store, self.lookups)

    @cached_property
    def tracker(self) -> Tracker:
        """Where control numbers stand."""
        from desktop.services.tracker import Tracker

        return Tracker(self.store, self.clock)

    @cached_property
    def compared(self) -> Compared:
        """Trips against what customs has of them."""
        from desktop.services.compared import Compared

        return Compared(self.store)

    @cached_property
    def inbox(self) -> Inbox:
        """Messages."""
        from desktop.services.inbox import Inbox

        return Inbox(self.store, self.changes, lambda: self.lookups)

    @cached_property
    def library(self) -> Library:
        """Drivers, equipment and partners."""
        from desktop.services.library import Library

        return Library(self.store, self.changes)

    @cached_property
    def goods(self) -> RememberedGoods:
        """What partners shipped before."""
        from desktop.services.goods import RememberedGoods

        return RememberedGoods(self.store, self.changes)

    @cached_property
    def numbering(self) -> Numbering:
        """Numbers given out from ranges."""
        from desktop.services.numbering import Numbering

        return Numbering(self.store, self.changes, self.clock)

    @cached_property
    def listings(self) -> Listings:
        """What commands list."""
        from desktop.services.listings import Listings

        return Listings(self.store, self.lookups, self.inbox, self.library)

    @cached_property
    def tables(self) -> Tables:
        """Library and shipments as tables."""
        from desktop.services.tables import Tables

        return Tables(self.store, self.changes, self.clock)

    @property
    def sheets(self) -> Sheets:
        """What is printed."""
        from desktop.services.sheets import Sheets

        return Sheets(self.store, self.lookups, self.clock)

    @cached_property
    def evidence(self) -> Evidence:
        """The whole history of a trip in a file."""
        from desktop.services.evidence import Evidence

        return Evidence(self.store, self.lookups, self.sheets, self.clock)

    @cached_property
    def labels(self) -> Labels:
        """New labels from the number ranges."""
        from desktop.services.labels import Labels

        return Labels(self.store, self.numbering, self.sheets, self.clock)

    @cached_property
    def printed(self) -> Printed:
        """What was printed of which version."""
        from desktop.services.printed import Printed

        return Printed(self.store, self.changes)

    async def close(self) -> None:
        """Close the data."""
        await self.store.close()


def open_reading(folder: Path, *, is_practice: bool, clock: Clock | None = None) -> ReadingDesk:
    """Open a data folder read-only. Blocks for a few milliseconds.

    Raises:
        DesktopError: there are no data, or they cannot be read.
    """
    clock = clock or SystemClock()
    store = open_store(folder, kind="practice" if is_practice else None, clock=clock, read_only=True)
    return ReadingDesk(store, clock, is_owned=is_owned(folder))
