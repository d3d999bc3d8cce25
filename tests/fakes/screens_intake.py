"""The dialogs of import and export as they look with something in them, for the registry of screens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.import_preview import Fate, Foreseen, Preview

if TYPE_CHECKING:
    from desktop.ui.intake.table_dialog import Step
    from fakes.window import Opened

TABLE = (
    "First name,Last name,Sample words\nSample,Driver One,1\nSample,bad,2\nodd,Driver <b>Three</b>,3\nSample,same,4\n"
)


def messages(it: Opened) -> QDialog:
    """Return the preview of messages of every fate, and of a file that cannot be read."""
    from desktop.ui.intake.messages_dialog import MessagesDialog

    dialog = MessagesDialog("Sample words", it.window)
    refused = UsageError("import.number_used", exit_code=1, number="AAAA5")
    items = [
        Foreseen(
            "a.json", place, {}, fate, True, Regime.ACE, f"AAAA{place}",
            refused if fate is Fate.REFUSED else None, errors=place % 3, warnings=place % 2,
        )
        for place, fate in enumerate(Fate, start=1)
    ]  # fmt: skip
    unreadable = (("broken.json", UsageError("files.not_found", file="broken.json")),)
    dialog.show_preview(Preview(tuple(items), unreadable))
    return dialog


def table(step: Step) -> Callable[[Opened], Awaitable[QDialog]]:
    """Return what makes the dialog of a table, led to a step."""

    async def make(it: Opened) -> QDialog:
        from desktop.ui.intake.table_dialog import Step, TableDialog
        from desktop.ui.intake.table_source import OpenTrip

        kind = "shipments" if step is Step.SOURCE else "drivers"
        dialog = TableDialog(it.desk, kind, "", OpenTrip("1", "AAAA1", Regime.ACE), it.window)
        if step is Step.SOURCE:
            return dialog
        tables: Any = it.desk.tables
        read = await tables.read(TABLE, kind=kind)
        mapping = tables.guess(read, kind)
        dialog.columns.show_table(read, mapping, tables.choices(kind, Regime.ACE))
        preview = await tables.preview(
            read, mapping, regime=Regime.ACE, company="", progress=dialog.run.on_progress, cancelled=lambda: False
        )
        dialog.rows.show_preview(preview)
        dialog.run.begin("Sample words")
        dialog.run.on_progress(1, 2)
        dialog.outcome.says.setText("Sample words")
        dialog.go(step)
        return dialog

    return make


def export(it: Opened) -> QDialog:
    """Return the dialog of an export with private columns to choose."""
    from desktop.ui.intake.table_export import ExportDialog

    return ExportDialog("drivers", it.window)
