"""Brings tables in, all or nothing, and writes them out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from desktop.clock import Clock
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.changes import Changes
from desktop.services.files import read_input, write_output
from desktop.services.tables.column import layout
from desktop.services.tables.table import Brought, Choice, Happens, Mapping, Preview, PreviewRow, Table
from desktop.services.views import Subject
from desktop.store import Conflict, Store
from desktop.store.bulk import Packed, Stopped
from desktop.store.column import packed
from desktop.store.records import LibraryKind

if TYPE_CHECKING:
    from desktop.services.editing import Editing
    from desktop.services.tables.previewing import Known

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Hears how many are done of how many; called in the loop's thread."""
Cancelled = Callable[[], bool]
"""Asked now and then, in any thread, whether to stop."""

SINGLE: Final[dict[str, LibraryKind]] = {
    "drivers": "driver",
    "trucks": "truck",
    "trailers": "trailer",
    "partners": "partner",
}
"""What one record of a table is in the library."""


def nobody_looks(_done: int, _all: int) -> None:
    """Take progress that nobody watches."""


def never() -> bool:
    """Say that nobody stops it."""
    return False


class Tables:
    """Library and shipments as tables."""

    def __init__(
        self, store: Store, changes: Changes, clock: Clock, editing: Callable[[], Editing] | None = None
    ) -> None:
        self._store = store
        self._changes = changes
        self._clock = clock
        self._editing = editing

    async def read(self, path_or_text: Path | str, *, kind: str = "", data: bytes | None = None) -> Table:
        """Read a table: a `Path` to a CSV, TSV or XLSX file, or pasted text.

        Args:
            path_or_text: the file, or the text itself.
            kind: what it holds; empty leaves it to the heads.
            data: the bytes of the file, where they are read already: it is not opened again.

        Raises:
            UsageError: not readable as a table, too large, or empty, or not clear what it holds; the words say what to
                do.
        """
        from desktop.services.tables import reading
        from desktop.services.tables.guessing import from_json, kind_for

        if isinstance(path_or_text, Path):
            name = path_or_text.name
            path = str(path_or_text)
            cells = await asyncio.to_thread(lambda: reading.cells_in(read_input(path) if data is None else data, name))
        else:
            name, text = "", path_or_text
            cells = await asyncio.to_thread(lambda: reading.cells_of_text(text, name))
        kind = kind or await asyncio.to_thread(lambda: kind_for(cells.heads))
        if not kind:
            raise UsageError("tables.kind_unknown", file=name)
        known = await self._store.import_mappings.find(kind, cells.heads)
        remembered = from_json(kind, cells.heads, known) if known is not None else None
        return Table(kind, name, cells.heads, cells.rows, cells.numbers, remembered, cells.is_typed)

    def guess(self, table: Table, kind: str) -> Mapping:
        """Return how the columns were understood before, else what their heads suggest."""
        from desktop.services.tables.guessing import mapping_for

        return mapping_for(table, kind)

    def choices(self, kind: str, regime: Regime | None = None) -> tuple[Choice, ...]:
        """Return everything a column can hold, in the order of the field table; of shipments those of a regime."""
        place = layout(kind)
        regimes = Regime if regime is None or kind != "shipments" else (regime,)
        return tuple(Choice(pointer, place.label(pointer)) for pointer in place.choices(regimes))

    async def preview(
        self,
        table: Table,
        mapping: Mapping,
        *,
        regime: Regime = Regime.ACE,
        company: str = "",
        trip_id: str | None = None,
        progress: Progress = nobody_looks,
        cancelled: Cancelled = never,
    ) -> Preview:
        """Return what would happen, record by record and cell by cell. Nothing is kept.

        Args:
            table: what was read.
            mapping: what its columns hold.
            regime: of shipments, where the table does not say; a trip's own counts before it.
            company: whose the records become; empty: everybody's.
            trip_id: the trip that shipments go onto; None leaves them by themselves.
            progress: hears how far it is.
            cancelled: asked whether to stop.

        Raises:
            UsageError: no column holds anything known; or it was stopped.
            NotFound: there is no such trip.
        """
        from desktop.services.tables.previewing import Previewer

        if not any(pointer and not pointer.startswith("#") for pointer in mapping.columns):
            raise UsageError("tables.nothing_mapped", exit_code=1)
        known = await self._known(mapping.kind, company, trip_id)
        if mapping.kind == "shipments" and trip_id is None:
            known.of_trips = await self._of_trips(table, mapping)
        regime = known.regime or regime
        tick = self._ticking(progress, cancelled)

        def work() -> tuple[tuple[PreviewRow, ...], tuple[Packed | None, ...]]:
            rows: list[PreviewRow] = []
            records: list[Packed | None] = []
            for row, record in Previewer(table, mapping, regime, company, known).rows(tick):
                rows.append(row)
                records.append(record)
            return tuple(rows), tuple(records)

        rows, records = await _stoppable(work)
        return Preview(table, mapping, regime, company, trip_id, rows, records)

    async def _known(self, kind: str, company: str, trip_id: str | None) -> Known:
        from desktop.services.tables.previewing import Known

        if kind != "shipments":
            return Known(await self._store.bulk.library(SINGLE[kind], company=company or None))
        if trip_id is None:
            lone = await self._store.bulk.lone_shipments(company=company or None)
            return Known(lone, await self._store.bulk.numbers_on_trips(company=company))
        if self._editing is not None:
            await self._editing().flush(trip_id)
        trip = await self._store.trips.get(trip_id)
        found = await self._store.shipments.of_trips([trip_id])
        records = [
            Packed(packed(one.document), key=one.number, regime=trip.regime, id=one.id, trip=trip.number)
            for one in found[trip_id]
        ]
        return Known(records, regime=trip.regime)

    async def _of_trips(self, table: Table, mapping: Mapping) -> dict[str, Packed]:
        """Return the shipments on trips that a table names by their ids, as one that was exported does."""
        from desktop.services.tables.column import ID
        from desktop.services.tables.exporting import shipments_of

        column = mapping.columns.index(ID) if ID in mapping.columns else -1
        named = {row[column] for row in table.rows} - {""} if column >= 0 else set()
        if not named:
            return {}
        trips = [trip for trip in await self._store.bulk.trips() if not named.isdisjoint(trip.shipments)]
        found = await asyncio.to_thread(lambda: list(shipments_of(trips)))
        return {shipment.id: shipment for shipment in found if shipment.id in named}

    async def bring_in(
        self, preview: Preview, *, progress: Progress = nobody_looks, cancelled: Cancelled = never
    ) -> Brought:
        """Keep what the preview shows, in one transaction: all of it, or nothing.

        Raises:
            UsageError: the preview has a record that cannot come in.
            Conflict: something it changes was changed since the preview; nothing was kept.
        """
        counts = preview.counts
        if counts[Happens.CANNOT]:
            raise UsageError("tables.faulty", exit_code=1, count=counts[Happens.CANNOT])
        kind = preview.mapping.kind
        records = [
            record
            for position, (row, record) in enumerate(zip(preview.rows, preview.records, strict=True))
            if record is not None and row.happens is not Happens.SAME and position not in preview.excluded
        ]
        tick = self._ticking(progress, cancelled)
        try:
            if not records:
                ids = []
            elif kind != "shipments":
                ids = await self._store.bulk.keep_library(
                    SINGLE[kind], records, tick=lambda done: tick(done, len(records)), cancelled=cancelled
                )
            elif preview.trip_id is None:
                ids = await self._store.bulk.keep_shipments(
                    records, tick=lambda done: tick(done, len(records)), cancelled=cancelled
                )
            else:
                ids = await self._onto_trip(preview.trip_id, records, tick)
        except Stopped:
            return Brought(is_cancelled=True)
        from desktop.services.tables.guessing import to_json

        await self._store.import_mappings.keep(kind, preview.table.heads, to_json(preview.mapping))
        if ids and preview.trip_id is None:
            self._changes.announce(Subject.TRIP if kind == "shipments" else Subject.LIBRARY, ids)
        return Brought(counts[Happens.NEW], counts[Happens.CHANGE], counts[Happens.SAME], tuple(ids))

    async def _onto_trip(self, trip_id: str, records: list[Packed], tick: Progress) -> list[str]:
        """Put shipments on a trip, as one step that undo takes back."""
        if self._editing is None:
            raise UsageError("tables.nothing_mapped")
        tick(0, len(records))
        editing = self._editing()
        is_open = editing.is_open(trip_id)
        session = await editing.open(trip_id)
        try:
            document = session.document
            if is_object(document):
                after: JSONObject = {**document, "shipments": _with(document, records)}
                tick(len(records), len(records))
                session.adopt(after, session.local, session.version)
                await session.flush()
        finally:
            if not is_open:
                await editing.release(trip_id)
        return [trip_id]

    async def export(
        self,
        kind: str,
        path: Path,
        *,
        company: str | None = None,
        with_private: bool = False,
        progress: Progress = nobody_looks,
        cancelled: Cancelled = never,
    ) -> int:
        """Write everything of a kind to a `.csv`, `.tsv` or `.xlsx` file, whole or not at all; returns how many.

        Birth dates, document numbers and what nobody knows of a person are only in it `with_private`.

        Raises:
            UsageError: no name of a table; or it was stopped.
            EnvironmentFailure: it could not be written.
        """
        from desktop.services.tables import exporting, writing

        suffix = path.suffix.lower()
        if suffix not in writing.SUFFIXES:
            raise UsageError("tables.file_kind", file=path.name)
        if kind == "shipments":
            trips = await self._store.bulk.trips(company=company)
            lone = await self._store.bulk.lone_shipments(company=company)
        else:
            trips, lone = [], await self._store.bulk.library(SINGLE[kind], company=company)
        tick = self._ticking(progress, cancelled)

        def work() -> int:
            records = [*exporting.shipments_of(trips), *lone]
            sheet = exporting.sheet_of(
                kind, records, with_private=with_private, tick=lambda done, of: tick(done // 2, of)
            )
            half, lines = sheet.records // 2, max(1, len(sheet.rows))
            data = writing.table_bytes(
                suffix,
                kind,
                sheet.columns,
                sheet.cells(),
                lambda done: tick(half + done * (sheet.records - half) // lines, sheet.records),
            )
            write_output(str(path), data)
            tick(sheet.records, sheet.records)
            return sheet.records

        return await _stoppable(work)

    def _ticking(self, progress: Progress, cancelled: Cancelled) -> Progress:
        """Return what work in another thread tells how far it is; it raises Stopped where it shall end."""
        loop = asyncio.get_running_loop()

        def tick(done: int, of: int) -> None:
            if cancelled():
                raise Stopped
            loop.call_soon_threadsafe(progress, done, of)

        return tick


async def _stoppable(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except Stopped as stopped:
        raise UsageError("tables.stopped", exit_code=1) from stopped


def _with(document: JSONObject, records: list[Packed]) -> JSON:
    """Return a trip's shipments with those of a table in them.

    Raises:
        Conflict: one that the table changes is not any more what it was.
    """
    found = document.get("shipments")
    shipments: list[JSON] = list(found) if isinstance(found, list) else []
    places = {packed(shipment): position for position, shipment in reversed(list(enumerate(shipments)))}
    for record in records:
        if not record.before:
            shipments.append(json.loads(record.document))
        elif record.before in places:
            shipments[places[record.before]] = json.loads(record.document)
        else:
            raise Conflict("shipment", 0)
    return shipments
