"""The older services the window asks for, by what it uses of each; those of one screen stand beside that screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

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

if TYPE_CHECKING:
    from desktop.delivery.planner import Intent
    from desktop.services.edit_session import EditSession
    from desktop.services.library import TripUse


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

    async def preview(self, trip_id: str, *, intent: Intent = ...) -> SendPreview:
        """Return what Send would do, or Cancel."""
        ...

    async def send(
        self,
        trip_id: str,
        *,
        hold: bool = False,
        intent: Intent = ...,
        trip_reason: str = "",
        shipment_reason: str = "",
        initiator: object | None = None,
    ) -> SendResult:
        """Put what the preview lists into the outbox; with `hold` upload without filing."""
        ...

    async def preview_move(self, number: str, from_trip: str, to_trip: str) -> SendPreview:
        """Return how a shipment comes to another trip."""
        ...

    async def move(
        self, number: str, from_trip: str, to_trip: str, *, trip_reason: str = "", shipment_reason: str = ""
    ) -> SendResult:
        """Bring a shipment to another trip and tell customs."""
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
        way: str = "socket",
        proxy: str = "",
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
