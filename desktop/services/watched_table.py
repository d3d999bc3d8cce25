"""Shipments that come through the watched folder as a table: whole or not at all, and only as drafts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.import_preview import carrier_by_numbers
from desktop.services.watched_report import lines_of
from desktop.store.records import Company
from desktop.texts import text
from desktop.validation.issue import Severity

if TYPE_CHECKING:
    from desktop.services.tables import Tables
    from desktop.services.tables.table import CellIssue, Preview

ENDINGS = (".csv", ".tsv", ".xlsx")
_NUMBERS = {"/shipmentControlNumber": Regime.ACE, "/cargoControlNumber": Regime.ACI}
_MOST = 500  # cells a report names
_LETTERS = 26


async def foresee(tables: Tables, path: Path, data: bytes, companies: Sequence[Company]) -> Preview:
    """Return what bringing in a table of shipments would do.

    Args:
        tables: what reads it.
        path: where it lies, for its name alone: what stands there may be another file by now.
        data: its bytes.
        companies: the carriers it may belong to.

    Raises:
        DesktopError: it cannot be read, or holds something else than shipments.
    """
    table = await tables.read(path, data=data)
    if table.kind != "shipments":
        raise UsageError("watched.not_shipments")
    mapping = tables.guess(table, table.kind)
    column, regime = next(
        ((place, _NUMBERS[pointer]) for place, pointer in enumerate(mapping.columns) if pointer in _NUMBERS),
        (-1, Regime.ACE),
    )
    numbers = [row[column] for row in table.rows] if column >= 0 else []
    company = carrier_by_numbers(numbers, companies)
    return await tables.preview(table, mapping, regime=regime, company=company)


def has_nameless(preview: Preview) -> bool:
    """Tell whether shipments without a number would come in: of those nobody can tell whether they are here."""
    places = [place for place, pointer in enumerate(preview.mapping.columns) if pointer in _NUMBERS]
    return any(not any(row[place].strip() for place in places) for row in preview.table.rows)


def report(outcome: str, at: datetime, preview: Preview) -> str:
    """Return the report of a table: counts, and rows and columns by their place; never what is in them."""
    from desktop.services.tables.table import Happens

    lines = lines_of(outcome, at)
    counts = preview.counts
    lines += ["", text("watched.report.rows", count=sum(counts.values()))]
    lines += [f"- {text(f'watched.report.table.{one.value}', count=counts[one])}" for one in Happens if counts[one]]
    lines += [f"- {text('watched.report.left_out', column=letters(column))}" for column in preview.left_out[:_MOST]]
    wrong = [issue for issue in preview.issues if issue.severity is Severity.ERROR]
    lines += [f"- {_place(issue)}" for issue in wrong[:_MOST]]
    if len(wrong) > _MOST:
        lines.append(text("watched.report.more", count=len(wrong) - _MOST))
    return "\n".join(lines) + "\n"


def _place(issue: CellIssue) -> str:
    if issue.column < 0:
        return text("watched.report.wrong_row", row=issue.row)
    return text("watched.report.wrong_cell", row=issue.row, column=letters(issue.column))


def letters(column: int) -> str:
    """Return the name of a column as spreadsheets count: A, B, … Z, AA."""
    name = ""
    while column >= 0:
        column, rest = divmod(column, _LETTERS)
        name = chr(ord("A") + rest) + name
        column -= 1
    return name
