"""Knows which sheets were printed of which version, and which of them are out of date or void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from desktop import texts
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Customs, Regime, Verdict, Way
from desktop.printing.sheet import Sheet, SheetKind
from desktop.printing.shown import PARTS, changed_parts, shown_of
from desktop.printing.summary import TripSheet
from desktop.services.changes import Changes
from desktop.services.standing import filing_of, held_version
from desktop.services.views import PaperMark, PaperTrouble, Subject, TripRow
from desktop.store import Store
from desktop.store.printed import PrintedSheet
from desktop.store.records import OutboxRow, Trip

ON_FILE: Final = frozenset({Customs.ON_FILE, Customs.CLEARED, Customs.ARRIVED, Customs.RELEASED})
"""Where customs has a trip."""

_ARRIVED: Final = frozenset({Customs.ARRIVED, Customs.RELEASED})
"""Where a sheet that says go has done its work."""

_ORDER = (PaperTrouble.VOID, PaperTrouble.NO_GO, PaperTrouble.CHANGED, PaperTrouble.DRAFT)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a trip was when a sheet was made of it; read before the sheet, so that a doubt makes it look outdated."""

    trip: str
    regime: Regime
    version: int
    document: JSONObject


class Printed:
    """Remembers what was printed."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes

    async def look(self, trip_id: str) -> Seen:
        """Return what the trip is now, to be handed to `note` when the sheet that is made next has left the program.

        Raises:
            NotFound: there is no such trip.
        """
        trip = await self._store.trips.get(trip_id)
        return Seen(trip.id, trip.regime, trip.version, trip.document)

    async def note(self, seen: Seen, sheet: Sheet, way: Way) -> None:
        """Remember that a sheet was printed, saved or mailed.

        Args:
            seen: the trip as it stood when the sheet was made.
            sheet: what left.
            way: where it went.
        """
        await self.note_all([(seen, sheet)], way)

    async def note_all(self, sheets: Sequence[tuple[Seen, Sheet]], way: Way) -> None:
        """Remember several at once, as `note` does each."""
        for seen, sheet in sheets:
            await self._store.printed.add(
                seen.trip,
                sheet.kind,
                way=way,
                version=seen.version,
                is_draft=says_draft(sheet),
                shown=shown_of(seen.document, seen.regime, sheet.kind),
                says_go=isinstance(sheet, TripSheet) and sheet.verdict is Verdict.GO,
            )
        self._changes.announce(Subject.TRIP, [seen.trip for seen, _ in sheets])


def says_draft(sheet: Sheet) -> bool:
    """Tell whether a sheet says that customs has not got the trip."""
    with texts.speaking(sheet.language):
        return texts.text(f"sheet.mark_draft_{sheet.regime.lower()}") in sheet.marks


class Filed(Protocol):
    """Who knows what customs answered to which version."""

    async def has_answered(self, trip: Trip, row: OutboxRow) -> bool:
        """Tell whether customs has answered what a row asked of it."""
        ...

    async def is_other_version(self, trip: Trip, version: int) -> bool:
        """Tell whether the trip differs from an earlier version of it."""
        ...


async def is_on_file(trip: Trip, row: TripRow, rows: Sequence[OutboxRow], filed: Filed) -> bool:
    """Tell whether customs has the trip, and has it as it is now: not what was changed since.

    Args:
        trip: the trip.
        row: where it stands.
        rows: all that was queued of it.
        filed: knows what customs answered.
    """
    if row.customs not in ON_FILE or row.is_changed_since_sent:
        return False
    filing = filing_of(rows)
    if filing is None:  # filed from elsewhere; what went out from here and was never filed is not on file
        return held_version(rows) is None
    is_this = filing.version is not None and not await filed.is_other_version(trip, filing.version)
    return is_this and await filed.has_answered(trip, filing.row)


async def with_paper(
    trip: Trip, row: TripRow, sheets: Sequence[PrintedSheet], rows: Sequence[OutboxRow], filed: Filed
) -> TripRow:
    """Return the row of a trip with what is wrong with the sheets that were printed of it."""
    is_taken = any(sheet.is_draft for sheet in sheets) and await is_on_file(trip, row, rows, filed)
    is_go = row.readiness.verdict is Verdict.GO
    return replace(row, paper=mark_of(sheets, trip, row.customs, is_on_file=is_taken, is_go=is_go))


def mark_of(
    sheets: Sequence[PrintedSheet], trip: Trip, customs: Customs, *, is_on_file: bool, is_go: bool = False
) -> PaperMark | None:
    """Return what is wrong with the paper of a trip, the gravest first; None where all of it still holds.

    Args:
        sheets: the newest of each kind.
        trip: the trip as it is now.
        customs: where it stands with customs.
        is_on_file: whether a sheet printed now would no longer say DRAFT.
        is_go: whether a sheet printed now would tell the driver to go.
    """
    found = [_mark(sheet, trip, customs, is_on_file=is_on_file, is_go=is_go) for sheet in sheets]
    marks = [mark for mark in found if mark is not None]
    return min(marks, key=lambda mark: _ORDER.index(mark.trouble), default=None)


def _mark(sheet: PrintedSheet, trip: Trip, customs: Customs, *, is_on_file: bool, is_go: bool) -> PaperMark | None:
    kind = _kind_of(sheet.sheet)
    if kind is None or not PARTS[kind]:
        return None
    parts: tuple[str, ...] = ()
    if customs is Customs.CANCELLED:
        trouble = PaperTrouble.VOID
    elif sheet.says_go and not is_go and customs not in _ARRIVED:
        trouble = PaperTrouble.NO_GO
    elif sheet.version != trip.version and (
        parts := changed_parts(sheet.shown, shown_of(trip.document, trip.regime, kind))
    ):
        trouble = PaperTrouble.CHANGED
    elif sheet.is_draft and is_on_file and kind is not SheetKind.LABELS:
        trouble = PaperTrouble.DRAFT
    else:
        return None
    return PaperMark(trouble, sheet.sheet, sheet.at, trip.updated_at, parts)


def _kind_of(name: str) -> SheetKind | None:
    try:
        return SheetKind(name)
    except ValueError:  # of a newer version
        return None
