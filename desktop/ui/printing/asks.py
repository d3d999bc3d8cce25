"""What printing asks of the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from desktop.domain.lifecycle import Way
from desktop.printing.sheet import Sheet, SheetKind

if TYPE_CHECKING:
    from desktop.printing.summary import TripSheet
    from desktop.services.mailing import Draft, Letter, Recipient
    from desktop.services.printed import Seen
    from desktop.services.sheets import SheetOptions


class MakesSheets(Protocol):
    """Who makes sheets of trips."""

    async def summary(self, trip_id: str) -> TripSheet:
        """Return the driver's sheet of a trip."""
        ...

    async def make(self, kind: SheetKind, trip_id: str, options: SheetOptions = ...) -> Sheet:
        """Return a sheet of a trip, of any kind."""
        ...


class KnowsPrinted(Protocol):
    """Who remembers what was printed."""

    async def look(self, trip_id: str) -> Seen:
        """Return what the trip is now; taken before a sheet is made of it."""
        ...

    async def note(self, seen: Seen, sheet: Sheet, way: Way) -> None:
        """Remember that a sheet left the program."""
        ...

    async def note_all(self, sheets: Sequence[tuple[Seen, Sheet]], way: Way) -> None:
        """Remember several."""
        ...


class Mails(Protocol):
    """Who writes e-mails for the user's own program to send."""

    async def recipients(self) -> list[Recipient]:
        """Return who can be written to."""
        ...

    async def draft(self, letter: Letter) -> Draft:
        """Write an e-mail as a file."""
        ...

    async def clear_old(self) -> int:
        """Take away the files of former days."""
        ...
