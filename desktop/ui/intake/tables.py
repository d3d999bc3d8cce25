"""Tables through the window: import from a file or the clipboard, export to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from desktop import texts
from desktop.errors import DesktopError
from desktop.services.tables.table import Brought
from desktop.services.words import error_words
from desktop.ui import dialogs
from desktop.ui.intake.messages import choose_files, choose_target, flush, import_text
from desktop.ui.intake.table_source import OpenTrip
from desktop.ui.legible import legible
from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.ui.intake.table_export import ExportDialog
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


async def _open_trip(shell: Shell, trip_id: str) -> OpenTrip | None:
    """Return the trip that shipments can go onto: the one named, or that of the editor in front."""
    window = shell.window
    is_front = shell.act.trips.own.front is not None or window.stack.currentWidget() is window.editor
    trip_id = trip_id or (shell.act.trip_id if is_front else "")
    if not trip_id:
        return None
    await flush(shell, trip_id)
    row = (await shell.desk.lookups.trip(trip_id)).row
    return OpenTrip(row.id, row.number, row.regime)


async def import_table(
    shell: Shell, *, kind: str = "", source: Path | str | None = None, name: str = "", trip_id: str = ""
) -> None:
    """Lead a table in; nothing is kept before the user's last word."""
    from desktop.ui.intake.table_dialog import TableDialog

    trip = await _open_trip(shell, trip_id)
    company = await shell.carriers.whose()
    if company is None and shell.carriers.rows:
        return
    owner = "" if company is None else company.id
    dialog = TableDialog(shell.desk, kind or kind_here(shell), owner, trip, shell.act.trips.front)

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
    shell.act.trips.front.toast.say(
        texts.text("intake.table.came_in", count=changed),
        action=texts.text("intake.show") if place is not None and shell.window.place is not place else "",
        on_action=None if place is None else lambda: shell.window.go_to(place),
    )


async def paste(shell: Shell) -> None:
    """Take the text of the clipboard as messages or as a table, whichever it is, and show what would happen."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        shell.act.trips.front.toast.say(texts.text("intake.paste.nothing"))
    elif len(text) > _MOST_PASTED:
        shell.act.trips.front.toast.say(texts.text("intake.paste.too_much"), is_failure=True)
    elif text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        await import_text(shell, text)
    else:
        lines = text.strip().count("\n") + 1
        await import_table(shell, source=text, name=texts.text("intake.paste.source", count=lines))


async def export_table(shell: Shell) -> None:
    """Write drivers, equipment, partners or shipments to a file the user names."""
    from desktop.ui.intake.table_export import ExportDialog

    dialog = ExportDialog(kind_here(shell), shell.act.trips.front)
    names: list[str] = []

    async def write() -> None:
        name = texts.text(
            "intake.export.name", kind=texts.text(f"intake.table.kind.{dialog.kind}").lower(), ending=dialog.ending
        )
        filters = texts.text(f"intake.export.filter.{dialog.ending}")
        chosen = await choose_target(shell, texts.text("intake.export.title"), name, filters, parent=dialog)
        if chosen:
            names.append(Path(chosen).name)
            await _write(shell, dialog, Path(chosen))

    dialog.file_asked.connect(lambda: shell.act.start(write(), "export_table"))
    try:
        answer = await dialogs.finished(dialog)
    finally:
        dialog.run.is_stopped = True
    if answer == QDialog.DialogCode.Accepted and dialog.written is not None:
        shell.act.trips.front.toast.say(texts.text("intake.export.done", count=dialog.written, name=names[-1]))


async def _write(shell: Shell, dialog: ExportDialog, path: Path) -> None:
    company = shell.carriers.chosen
    dialog.begin()
    try:
        dialog.written = await shell.desk.tables.export(
            dialog.kind,
            path,
            company=None if company is None else company.id,
            with_private=dialog.with_private,
            progress=dialog.run.on_progress,
            cancelled=lambda: dialog.run.is_stopped,
        )
    except DesktopError as error:
        words = error_words(error)
        stopped = texts.text("intake.export.stopped")
        dialog.ask_again(stopped if dialog.run.is_stopped else legible(f"{words.text} {words.remedy}"))
        return
    dialog.accept()
