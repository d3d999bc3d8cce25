"""Tables through the window: import from a file or the clipboard, export to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from desktop import texts
from desktop.services.tables.table import Brought
from desktop.ui import dialogs
from desktop.ui.intake.messages import choose_files, import_text
from desktop.ui.intake.table_source import OpenTrip
from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_KINDS = {Place.DRIVERS: "drivers", Place.PARTNERS: "partners"}
_PLACES = {
    "drivers": Place.DRIVERS,
    "partners": Place.PARTNERS,
    "trucks": Place.EQUIPMENT,
    "trailers": Place.EQUIPMENT,
}
_MOST_PASTED = 32 * 1024 * 1024


def kind_here(shell: Shell) -> str:
    """Return what a table would hold, by the place that is on show."""
    window = shell.window
    if window.editor is None and window.place is Place.EQUIPMENT:
        from desktop.ui.equipment import EquipmentPage

        page = window.page(Place.EQUIPMENT)
        is_trailers = isinstance(page, EquipmentPage) and page.tabs.currentWidget() is page.trailers
        return "trailers" if is_trailers else "trucks"
    return "shipments" if window.place is None else _KINDS.get(window.place, "shipments")


async def _open_trip(shell: Shell) -> OpenTrip | None:
    window = shell.window
    if window.editor is None or window.stack.currentWidget() is not window.editor or not shell.act.trip_id:
        return None
    await (await shell.desk.editing.open(shell.act.trip_id)).flush()
    row = (await shell.desk.lookups.trip(shell.act.trip_id)).row
    return OpenTrip(row.id, row.number, row.regime)


async def import_table(shell: Shell, *, kind: str = "", source: Path | str | None = None, name: str = "") -> None:
    """Lead a table in; nothing is kept before the user's last word."""
    from desktop.ui.intake.table_dialog import TableDialog

    trip = await _open_trip(shell)
    company = await shell.carriers.whose()
    if company is None and shell.carriers.rows:
        return
    owner = "" if company is None else company.id
    dialog = TableDialog(shell.desk, kind or kind_here(shell), owner, trip, shell.window)

    async def choose() -> None:
        title = texts.text("intake.table.choose")
        names = await choose_files(shell, title, texts.text("intake.table.filter"), parent=dialog, is_single=True)
        if names:
            dialog.take(Path(names[0]), Path(names[0]).name)

    dialog.file_asked.connect(lambda: shell.act.start(choose(), "choose_table"))
    if source is not None:
        dialog.take(source, name)
    try:
        answer = await dialogs.finished(dialog)
    finally:
        dialog.give_up()
    if answer == QDialog.DialogCode.Accepted and dialog.brought is not None:
        _show(shell, dialog.source.kind, dialog.brought)


def _show(shell: Shell, kind: str, brought: Brought) -> None:
    place = _PLACES.get(kind)
    changed = brought.added + brought.changed
    shell.window.toast.say(
        texts.text("intake.table.came_in", count=changed),
        action=texts.text("intake.show") if place is not None and shell.window.place is not place else "",
        on_action=None if place is None else lambda: shell.window.go_to(place),
    )


async def paste(shell: Shell) -> None:
    """Take the text of the clipboard as messages or as a table, whichever it is, and show what would happen."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        shell.window.toast.say(texts.text("intake.paste.nothing"))
    elif len(text) > _MOST_PASTED:
        shell.window.toast.say(texts.text("intake.paste.too_much"), is_failure=True)
    elif text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        await import_text(shell, text)
    else:
        lines = text.strip().count("\n") + 1
        await import_table(shell, source=text, name=texts.text("intake.paste.source", count=lines))


async def export_table(shell: Shell) -> None:
    """Write drivers, equipment, partners or shipments to a file the user names."""
    from desktop.ui.intake.table_export import ExportDialog

    dialog = ExportDialog(kind_here(shell), shell.window)
    if await dialogs.finished(dialog) != QDialog.DialogCode.Accepted:
        return
    kind, with_private, ending = dialog.kind, dialog.with_private, dialog.ending
    from desktop.ui.intake.messages import choose_target

    name = texts.text("intake.export.name", kind=texts.text(f"intake.table.kind.{kind}").lower(), ending=ending)
    chosen = await choose_target(
        shell, texts.text("intake.export.title"), name, texts.text(f"intake.export.filter.{ending}")
    )
    if not chosen:
        return
    company = shell.carriers.chosen
    count = await shell.desk.tables.export(
        kind,
        Path(chosen),
        company=None if company is None else company.id,
        with_private=with_private,
        progress=lambda _done, _total: None,
        cancelled=lambda: False,
    )
    shell.window.toast.say(texts.text("intake.export.done", count=count, name=Path(chosen).name))
