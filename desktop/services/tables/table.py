"""What a table is on its way in: its cells, how its columns are understood, what would happen, what did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple

from desktop.domain.lifecycle import Regime
from desktop.services.tables.value import How
from desktop.store.bulk import Packed
from desktop.validation.issue import Severity

KINDS: tuple[str, ...] = ("drivers", "trucks", "trailers", "partners", "shipments")
"""What a table can hold."""


NO_HOW: Final = How()


class Choice(NamedTuple):
    """One thing a column can hold.

    Attributes:
        pointer: JSON Pointer below the record; positions in lists as numbers, `*` for the goods of one line. What
            begins with `#` is about the record and not on the wire. Empty: the column is left out.
        label: how it is called at the head of a column.
    """

    pointer: str
    label: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of a table are understood.

    Attributes:
        kind: one of `KINDS`.
        columns: for each head the pointer of what it holds, as in `Choice`; empty where it is left out.
        how: how numbers and days are written, as far as the table shows it or somebody said so.
        is_remembered: whether it is what was used for such heads before.
    """

    kind: str
    columns: tuple[str, ...]
    how: How = NO_HOW
    is_remembered: bool = False

    def is_private(self, position: int) -> bool:
        """Tell whether a column holds what is private of a person, so that its cells are shown masked."""
        from desktop.services.tables.column import LOCAL, OTHER
        from desktop.services.tables.spreading import is_private

        pointer = self.columns[position]
        if pointer in {LOCAL, OTHER}:
            return self.kind == "drivers"
        return pointer.startswith("/") and is_private(self.kind, pointer)

    def with_column(self, position: int, pointer: str) -> Mapping:
        """Return the mapping with another meaning for one column; another column that had it is left out."""
        columns = ["" if pointer and known == pointer else known for known in self.columns]
        columns[position] = pointer
        return replace(self, columns=tuple(columns), is_remembered=False)


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table as people see them.

    Attributes:
        kind: one of `KINDS`.
        source: file name without its folder; empty for pasted text.
        heads: the heads of the columns, as written.
        rows: the cells of each row that is not empty, as many as there are heads.
        numbers: the number of each row as a spreadsheet counts, the heads being row 1.
        remembered: how a table with such heads was understood before.
        is_typed: whether it came from a spreadsheet file, whose numbers are numbers.
    """

    kind: str
    source: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    remembered: Mapping | None = None
    is_typed: bool = False


class Happens(StrEnum):
    """What would become of a record of the table."""

    NEW = "new"
    CHANGE = "change"  # one that is here takes the values of the table
    SAME = "same"  # it is here already, just so
    CANNOT = "cannot"


class CellIssue(NamedTuple):
    """One thing to say about a cell. Never the value of a private field.

    Attributes:
        row: its row, as `Table.numbers` counts.
        column: position among the heads; -1 where it is about the row as a whole.
        head: the head of that column.
        text: the whole sentence with row and column, as it is shown.
        severity: an ERROR keeps the row out; a WARNING is to be looked at.
    """

    row: int
    column: int
    head: str
    text: str
    severity: Severity


class PreviewRow(NamedTuple):
    """One record of the table.

    Attributes:
        numbers: the rows of the table it comes from; goods of one shipment take several.
        happens: what would become of it.
        title: what it is called by.
        issues: what there is to say, by row and column.
    """

    numbers: tuple[int, ...]
    happens: Happens
    title: str
    issues: tuple[CellIssue, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    Attributes:
        table: what was read.
        mapping: how it was understood.
        regime: whose shipments, where the table does not say.
        company: whose they become.
        trip_id: the trip that shipments go onto; None leaves them by themselves.
        rows: the records, in the order of the table.
        excluded: positions in `rows` that were taken out by hand.
        records: what goes in, one for each of `rows`; None where it cannot.
    """

    table: Table
    mapping: Mapping
    regime: Regime
    company: str
    trip_id: str | None
    rows: tuple[PreviewRow, ...]
    records: tuple[Packed | None, ...] = field(repr=False)
    excluded: frozenset[int] = frozenset()

    @property
    def issues(self) -> tuple[CellIssue, ...]:
        """Everything there is to say about the records that are not taken out."""
        return tuple(
            issue for position, row in enumerate(self.rows) if position not in self.excluded for issue in row.issues
        )

    @property
    def counts(self) -> Counter[Happens]:
        """How many records there are of each kind, without those taken out."""
        return Counter(row.happens for position, row in enumerate(self.rows) if position not in self.excluded)

    @property
    def left_out(self) -> tuple[int, ...]:
        """Positions of columns that hold something and were not understood; none where it came in like that before."""
        if self.mapping.is_remembered:
            return ()
        unknown = [position for position, pointer in enumerate(self.mapping.columns) if not pointer]
        return tuple(position for position in unknown if any(row[position] for row in self.table.rows))

    @property
    def can_bring_in(self) -> bool:
        """Whether there is something to bring in and nothing keeps it out."""
        counts = self.counts
        return not counts[Happens.CANNOT] and counts[Happens.NEW] + counts[Happens.CHANGE] > 0

    def without(self, positions: Iterable[int]) -> Preview:
        """Return the preview with these of its `rows` taken out, and all others in."""
        return replace(self, excluded=frozenset(positions))

    def without_faulty(self) -> Preview:
        """Return the preview with every record taken out that cannot come in."""
        faulty = {position for position, row in enumerate(self.rows) if row.happens is Happens.CANNOT}
        return replace(self, excluded=self.excluded | faulty)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did.

    Attributes:
        added: records that are new.
        changed: records that were here and took new values.
        same: records that were here already, just so.
        ids: the records added or changed; for shipments on a trip, that trip.
        is_cancelled: it was stopped; nothing was kept.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    ids: tuple[str, ...] = ()
    is_cancelled: bool = False
