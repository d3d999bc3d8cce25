"""The list of shipments as a table for a spreadsheet."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence

from desktop.services.files import write_output
from desktop.services.tables.reading import guarded


async def write_table(path: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a CSV file as a whole or not at all; no cell in it is taken for a formula.

    Raises:
        EnvironmentFailure: the folder or the disk does not take it; the old file, if any, is untouched.
    """

    def work() -> None:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([guarded(head) for head in heads])
        writer.writerows([guarded(cell) for cell in row] for row in rows)
        write_output(path, b"\xef\xbb\xbf" + text.getvalue().encode())

    await asyncio.to_thread(work)
