"""What comes in through the window, in memory: messages, tables and the watched folder."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError, UsageError
from desktop.services.files import read_messages
from desktop.services.import_preview import Fate, Foreseen, Preview
from desktop.services.importing import TRIPS, Imported
from desktop.services.tables.table import (
    Brought,
    CellIssue,
    Choice,
    Happens,
    Mapping,
    PreviewRow,
    Table,
)
from desktop.services.tables.table import Preview as TablePreview
from desktop.services.watched import News
from desktop.validation.issue import Severity

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeImportPreview:
    """Every trip is new; `brought` holds what came in."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.brought: list[Foreseen] = []
        self.fates: dict[str, Fate] = {}
        self.holds: asyncio.Event | None = None

    def _foreseen(self, name: str, position: int, message: Any) -> Foreseen:
        data = message.get("data") if isinstance(message, dict) else None
        if data not in TRIPS:
            reason = UsageError("import.not_a_draft", exit_code=1, data=str(data))
            return Foreseen(name, position, message, Fate.REFUSED, reason=reason)
        number = str(message.get("tripNumber", ""))
        fate = self.fates.get(number, Fate.NEW)
        reason = UsageError("import.number_used", exit_code=1, number=number) if fate is Fate.REFUSED else None
        problems = {} if message.get("drivers") else {"errors": 2, "warnings": 1}
        return Foreseen(name, position, message, fate, True, TRIPS[data], number, reason, **problems)

    async def files(self, names: Sequence[str], company: str = "") -> Preview:
        self._desk.calls.append(("preview", tuple(names), company))
        if self.holds is not None:
            await self.holds.wait()
        items: list[Foreseen] = []
        unreadable: list[tuple[str, DesktopError]] = []
        for name in names:
            try:
                messages = read_messages(name)
            except DesktopError as error:
                unreadable.append((name, error))
                continue
            items += [self._foreseen(name, place, message) for place, message in enumerate(messages, start=1)]
        return Preview(tuple(items), tuple(unreadable), company)

    async def text(self, text: str, name: str, company: str = "") -> Preview:
        from desktop.protocol.documents_in_file import messages_in

        try:
            messages = messages_in(text.encode())
        except DesktopError as error:
            return Preview((), ((name, error),), company)
        items = tuple(self._foreseen(name, place, message) for place, message in enumerate(messages, start=1))
        return Preview(items, (), company)

    async def bring_in(self, preview: Preview) -> Imported:
        coming = [item for item in preview.items if item.comes_in]
        self.brought += coming
        ids = [trip.id for trip in self._desk.stored]
        return Imported(
            [
                {"file": item.file, "what": "trip", "number": item.number, "id": (ids * 1_000)[place]}
                for place, item in enumerate(coming)
            ]
        )


class FakeWatched:
    """A folder that a test speaks for."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.folder = ""
        self.trouble: DesktopError | None = None
        self.last: News | None = None
        self.refused: DesktopError | None = None
        self.watches: list[str] = []
        self._listeners: list[Callable[[News], None]] = []

    def watch(self, folder: str) -> None:
        self.watches.append(folder)
        self.folder = folder

    def subscribe(self, listener: Callable[[News], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    async def check_folder(self, folder: str) -> None:
        self._desk.calls.append(("check_folder", folder))
        if self.refused is not None:
            raise self.refused

    def tell(self, **news: Any) -> None:
        """Something came."""
        self.last = News(self._desk.clock.now(), **news)
        self.trouble = self.last.trouble
        for listener in tuple(self._listeners):
            listener(self.last)


_LABELS = {
    "drivers": (("/firstName", "First name"), ("/lastName", "Last name"), ("/dateOfBirth", "Date of birth")),
    "trucks": (("/number", "Number"), ("/vinNumber", "VIN")),
    "trailers": (("/number", "Number"), ("/type", "Type")),
    "partners": (("/name", "Name"), ("/address/city", "City")),
    "shipments": (("#trip", "Trip"), ("/shipmentControlNumber", "Control number"), ("/shipper/name", "Shipper")),
}


class FakeTables:
    """Tables by Python's own csv; a cell `bad` is an error, `odd` something to look at."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.brought: list[TablePreview] = []
        self.exported: list[tuple[Any, ...]] = []
        self.remembers = False
        self.gate: asyncio.Event | None = None

    async def read(self, path_or_text: Path | str, *, kind: str) -> Table:
        is_text = isinstance(path_or_text, str)
        text = path_or_text if is_text else await asyncio.to_thread(path_or_text.read_text, encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ","))
        if not rows:
            raise UsageError("files.not_found", file="" if is_text else path_or_text.name)
        source = "" if is_text else path_or_text.name
        body = tuple(tuple((*row, *[""] * len(rows[0]))[: len(rows[0])]) for row in rows[1:])
        numbers = tuple(range(2, 2 + len(body)))
        return Table(kind, source, tuple(rows[0]), body, numbers)

    def guess(self, table: Table, kind: str) -> Mapping:
        known = {label.casefold(): pointer for pointer, label in _LABELS[kind]}
        columns = tuple(known.get(head.casefold(), "") for head in table.heads)
        return Mapping(kind, columns, is_remembered=self.remembers)

    def choices(self, kind: str, regime: Regime) -> tuple[Choice, ...]:
        return tuple(Choice(pointer, label) for pointer, label in _LABELS[kind])

    async def preview(
        self, table: Table, mapping: Mapping, *, regime: Regime, company: str, trip_id: str | None = None,
        progress: Callable[[int, int], None], cancelled: Callable[[], bool],
    ) -> TablePreview:  # fmt: skip
        self._desk.calls.append(("table_preview", mapping, regime, company, trip_id))
        rows = []
        for number, cells in zip(table.numbers, table.rows, strict=True):
            issues = tuple(
                CellIssue(
                    number, place, table.heads[place], f"Row {number}, {table.heads[place]}: not as it should be",
                    Severity.ERROR if cell == "bad" else Severity.WARNING,
                )
                for place, cell in enumerate(cells)
                if cell in {"bad", "odd"}
            )  # fmt: skip
            happens = Happens.CANNOT if any(issue.severity is Severity.ERROR for issue in issues) else Happens.NEW
            happens = Happens.SAME if "same" in cells else happens
            rows.append(PreviewRow((number,), happens, cells[0], issues))
        return TablePreview(table, mapping, regime, company, trip_id, tuple(rows), (None,) * len(rows))

    async def bring_in(
        self, preview: TablePreview, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Brought:
        count = len(preview.rows) - len(preview.excluded)
        for done in range(count):
            progress(done, count)
            if self.gate is not None:
                await self.gate.wait()
            if cancelled():
                return Brought(is_cancelled=True)
        self.brought.append(preview)
        return Brought(preview.counts[Happens.NEW], preview.counts[Happens.CHANGE], preview.counts[Happens.SAME])

    async def export(
        self, kind: str, path: Path, *, company: str | None = None, with_private: bool = False,
        progress: Callable[[int, int], None], cancelled: Callable[[], bool],
    ) -> int:  # fmt: skip
        self.exported.append((kind, path, company, with_private))
        return 3
