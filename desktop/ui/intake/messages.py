"""Bringing BorderConnect messages in through the window, and a trip out of it as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop import texts
from desktop.errors import DesktopError, UsageError
from desktop.ui import dialogs
from desktop.ui.place import Place
from desktop.ui.trips.current import listed_trip

if TYPE_CHECKING:
    from desktop.services.import_preview import Preview
    from desktop.ui.shell import Shell

_MANY = 200
"""From so many messages on, the toast says that it works."""


async def choose_files(
    shell: Shell, title: str, filters: str, *, parent: QWidget | None = None, is_single: bool = False
) -> list[str]:
    """Return the files the user chose; none where he went back."""
    dialog = QFileDialog(parent or shell.act.trips.front, title)
    mode = QFileDialog.FileMode
    dialog.setFileMode(mode.ExistingFile if is_single else mode.ExistingFiles)
    dialog.setNameFilter(filters)
    chosen: list[str] = []
    dialog.filesSelected.connect(chosen.extend)
    await dialogs.finished(dialog)
    return list(dict.fromkeys(chosen))


async def choose_target(shell: Shell, title: str, name: str, filters: str, *, parent: QWidget | None = None) -> str:
    """Return the file the user wants written; empty where he went back."""
    dialog = QFileDialog(parent or shell.act.trips.front, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(filters)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    await dialogs.finished(dialog)
    return chosen[0] if chosen else ""


async def import_trips(shell: Shell) -> None:
    """Ask for files, show what would happen, bring in what the user agreed to."""
    title = texts.text("intake.messages.choose")
    names = await choose_files(shell, title, texts.text("intake.messages.filter"))
    if names:
        await import_files(shell, names)


async def import_files(shell: Shell, names: Sequence[str]) -> None:
    """Show what bringing in these files would do, and do it on the user's word."""
    company = await shell.carriers.whose()
    if company is None and shell.carriers.rows:
        return
    owner = "" if company is None else company.id
    await _preview(shell, shell.desk.import_preview.files(names, owner), "" if company is None else company.name)


async def import_text(shell: Shell, text: str) -> None:
    """Show what bringing in a pasted text would do, and do it on the user's word."""
    company = await shell.carriers.whose()
    if company is None and shell.carriers.rows:
        return
    owner = "" if company is None else company.id
    work = shell.desk.import_preview.text(text, texts.text("intake.clipboard"), owner)
    await _preview(shell, work, "" if company is None else company.name)


async def _preview(shell: Shell, work: Awaitable[Preview], carrier: str) -> None:
    from desktop.ui.intake.messages_dialog import MessagesDialog

    dialog = MessagesDialog(carrier, shell.act.trips.front)

    async def read() -> None:
        try:
            dialog.show_preview(await work)
        except DesktopError as error:
            dialog.reject()
            await dialogs.tell_error(shell.act.trips.front, error)

    reading = shell.desk.keeper.start(read(), name="import.preview")
    answer = await dialogs.finished(dialog)
    reading.cancel()
    if answer == QDialog.DialogCode.Accepted and dialog.preview is not None:
        await _bring_in(shell, dialog.preview)


async def _bring_in(shell: Shell, preview: Preview) -> None:
    if preview.coming >= _MANY:
        shell.act.trips.front.toast.say(texts.text("intake.working", number=preview.coming))
    done = await shell.desk.import_preview.bring_in(preview)
    trips = list(dict.fromkeys(item["id"] for item in done.items if item["what"] == "trip"))
    shipments = sum(item["what"] == "shipment" for item in done.items)
    said = [texts.text("intake.done.trips", count=len(trips))] if trips or not shipments else []
    said += [texts.text("intake.done.shipments", count=shipments)] if shipments else []
    shell.act.trips.front.toast.say(
        " ".join(said),
        action=texts.text("intake.show") if trips else "",
        on_action=partial(show_trips, shell, trips),
    )
    if done.problems:
        words = "\n".join(dict.fromkeys(problem["text"] for problem in done.problems))
        await dialogs.tell(shell.act.trips.front, texts.text("intake.not_all"), words, is_problem=True)


def show_trips(shell: Shell, trips: Sequence[str]) -> None:
    """Show the list with these trips marked and the first of them current."""
    shell.window.go_to(Place.TRIPS)
    shell.trips.filter_by(None)
    shell.trips.search.clear()
    if trips:
        shell.trips.select(trips[0])
        shell.trips.model.mark_fresh(frozenset(trips))


def current_trip(shell: Shell) -> str:
    """Return the trip in the editor in front, else the current one of the list; empty where there is neither."""
    trips, window = shell.act.trips, shell.window
    if trips.own.front is not None or (window.editor is not None and window.stack.currentWidget() is window.editor):
        return shell.act.trip_id
    return listed_trip(shell)


async def flush(shell: Shell, trip_id: str) -> None:
    """Make durable what was typed into a trip, where it is open."""
    trip = shell.act.trips.find(trip_id)
    if trip is not None and trip.session is not None:
        await trip.session.flush()


async def export_trip(shell: Shell, trip_id: str = "") -> None:
    """Write a trip's exact document, or the current one's, into a file the user names, after a word on what is in it.

    Raises:
        UsageError: no trip is current.
        EnvironmentFailure: the file cannot be written.
    """
    from desktop.services.files import write_output
    from desktop.services.trip_file import file_name, trip_bytes

    trip_id = trip_id or current_trip(shell)
    if not trip_id:
        raise UsageError("intake.no_trip")
    await flush(shell, trip_id)
    detail = await shell.desk.lookups.trip(trip_id)
    number = detail.row.number or texts.text("window.no_number")
    if not await dialogs.ask(
        shell.act.trips.front,
        texts.text("intake.export_trip.title", trip=number),
        texts.text("intake.export_trip.private"),
        accept=texts.text("intake.choose_file"),
        reject=texts.text("window.dialog.cancel"),
    ):
        return
    name = f"{file_name(detail.row.number) or 'trip'}.json"
    title = texts.text("intake.export_trip.title", trip=number)
    chosen = await choose_target(shell, title, name, texts.text("intake.messages.filter"))
    if chosen:
        await asyncio.to_thread(write_output, chosen, trip_bytes(detail.document))
        shell.act.trips.front.toast.say(texts.text("intake.written", name=Path(chosen).name))
