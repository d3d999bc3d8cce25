"""Tables for commands: files in, with everything there is to say as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError, EnvironmentFailure
from desktop.services.tables.service import SINGLE, Tables
from desktop.services.tables.table import CellIssue, Happens, Preview
from desktop.services.words import error_words
from desktop.texts import text
from desktop.validation.issue import Severity
from desktop.validation.rule import shown

SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".xls"})
"""What a file is called that is taken for a table."""


class Wanted(NamedTuple):
    """What a command asks for.

    Attributes:
        kind: what the table holds; empty leaves it to its heads.
        regime: whose shipments, where the table does not say.
        company: id of the carrier they become.
        trip_id: the trip that shipments go onto.
        dry_run: only to be looked at.
    """

    kind: str = ""
    regime: Regime = Regime.ACE
    company: str = ""
    trip_id: str | None = None
    dry_run: bool = False


class TableReply(NamedTuple):
    """What became of one file: its records, what is wrong, what is to be looked at, and the exit code."""

    items: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    exit: int


def is_table(name: str) -> bool:
    """Tell whether a file is taken for a table, by its name."""
    return Path(name).suffix.lower() in SUFFIXES


async def table_in(tables: Tables, name: str, wanted: Wanted) -> TableReply:
    """Bring a table in, all of it or nothing; the columns are understood as before, or guessed.

    Raises:
        EnvironmentFailure: the disk or the data folder failed.
    """
    try:
        table = await tables.read(Path(name), kind=wanted.kind)
        mapping = tables.guess(table, table.kind)
        preview = await tables.preview(
            table, mapping, regime=wanted.regime, company=wanted.company, trip_id=wanted.trip_id
        )
        errors = [issue for issue in preview.issues if issue.severity is Severity.ERROR]
        problems = [_value(name, issue) for issue in errors]
        if not problems and not wanted.dry_run:
            await tables.bring_in(preview)
    except EnvironmentFailure:
        raise
    except DesktopError as error:
        words = error_words(error)
        problem = {"file": name, "code": words.code, "text": words.text, "remedy": words.remedy}
        return TableReply([], [problem], [], error.exit_code)
    warnings = [_left_out(name, preview, position) for position in preview.left_out]
    warnings += [_value(name, issue) for issue in preview.issues if issue.severity is Severity.WARNING]
    items = [] if problems and not wanted.dry_run else _items(name, preview)
    return TableReply(items, problems, warnings, int(bool(problems)))


def _items(name: str, preview: Preview) -> list[dict[str, Any]]:
    what = SINGLE.get(preview.mapping.kind, "shipment")
    return [
        {"file": name, "what": what, "number": row.title, "id": "", "row": row.numbers[0], "happens": row.happens.value}
        for row in preview.rows
        if row.happens is not Happens.CANNOT
    ]


def _left_out(name: str, preview: Preview, position: int) -> dict[str, Any]:
    head = shown(preview.table.heads[position]) or text("tables.column", number=position + 1)
    return {
        "file": name,
        "code": "tables.left_out",
        "row": 1,
        "column": head,
        "text": text("tables.left_out", column=head),
        "remedy": "",
    }


def _value(name: str, issue: CellIssue) -> dict[str, Any]:
    return {
        "file": name,
        "code": "tables.cell",
        "row": issue.row,
        "column": issue.head,
        "text": issue.text,
        "remedy": "",
    }
