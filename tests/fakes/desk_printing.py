"""What printing remembers and writes, in memory: `marks` are what rows say of their paper."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.printing.sheet import Sheet
from desktop.services.mailing import Draft, Letter, Recipient, eml, file_name, mailto
from desktop.services.printed import Seen
from desktop.services.views import PaperMark, Subject

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakePrinted:
    """`noted` holds what left: trip, sheet, way."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.noted: list[tuple[str, str, str]] = []
        self.marks: dict[str, PaperMark] = {}

    async def look(self, trip_id: str) -> Seen:
        trip = self._desk.find(trip_id)
        return Seen(trip.id, trip.regime, trip.version, trip.document)

    async def note_all(self, sheets: Sequence[tuple[Seen, Sheet]], way: str) -> None:
        for seen, sheet in sheets:
            await self.note(seen, sheet, way)

    async def note(self, seen: Seen, sheet: Sheet, way: str) -> None:
        self.noted.append((seen.trip, sheet.kind.value, way))
        self.marks.pop(seen.trip, None)
        self._desk.say(Subject.TRIP, seen.trip)


class FakeMailing:
    """Writes into `folder`, a temporary one where a test gives none; `letters` holds what was written."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.folder: Path | None = None
        self.known: list[Recipient] = []
        self.letters: list[Letter] = []
        self.cleared = 0

    async def recipients(self) -> list[Recipient]:
        return list(self.known)

    async def draft(self, letter: Letter) -> Draft:
        self.letters.append(letter)
        folder = self.folder or Path(tempfile.mkdtemp())
        pdf = folder / file_name(letter)
        pdf.write_bytes(letter.pdf)
        path = pdf.with_suffix(".eml")
        path.write_bytes(eml(letter, self._desk.clock.now()))
        return Draft(path, pdf, mailto(letter))

    async def clear_old(self) -> int:
        self.cleared += 1
        return 0
