"""Brings tables in, all or nothing, and writes them out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.lifecycle import Regime
from desktop.services.changes import Changes
from desktop.services.editing import Editing
from desktop.services.tables.table import Brought, Choice, Mapping, Preview, Table
from desktop.store import Store

Progress = Callable[[int, int], None]
"""Hears how many are done of how many; called in the loop's thread."""
Cancelled = Callable[[], bool]
"""Asked now and then, in any thread, whether to stop."""


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

    async def read(self, path_or_text: Path | str, *, kind: str) -> Table:
        """Read a table: a `Path` to a CSV, TSV or XLSX file, or pasted text.

        Raises:
            UsageError: not readable as a table, too large, or empty; the words say what to do.
        """
        raise NotImplementedError

    def guess(self, table: Table, kind: str) -> Mapping:
        """Return how the columns were understood before, else what their heads suggest."""
        raise NotImplementedError

    def choices(self, kind: str, regime: Regime) -> tuple[Choice, ...]:
        """Return everything a column can hold, in the order of the field table."""
        raise NotImplementedError

    async def preview(
        self,
        table: Table,
        mapping: Mapping,
        *,
        regime: Regime,
        company: str,
        trip_id: str | None = None,
        progress: Progress = nobody_looks,
        cancelled: Cancelled = never,
    ) -> Preview:
        """Return what would happen, record by record and cell by cell. Nothing is kept.

        Raises:
            UsageError: nothing in the mapping says what is in the table; or it was stopped.
        """
        raise NotImplementedError

    async def bring_in(
        self, preview: Preview, *, progress: Progress = nobody_looks, cancelled: Cancelled = never
    ) -> Brought:
        """Keep what the preview shows, in one transaction: all of it, or nothing.

        Raises:
            UsageError: the preview has a record that cannot come in.
            Conflict: something it changes was changed since the preview.
        """
        raise NotImplementedError

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

        Raises:
            UsageError: no name of a table.
            EnvironmentFailure: it could not be written.
        """
        raise NotImplementedError
