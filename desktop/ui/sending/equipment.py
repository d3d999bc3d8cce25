"""Swap equipment as one action: the document changes, so that it can be undone, and the send plan shows the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop import texts
from desktop.services.swapping import NoSwap
from desktop.ui import dialogs

if TYPE_CHECKING:
    from desktop.services.one_step import Done
    from desktop.ui.shell import Shell


async def swap(shell: Shell, trip_id: str) -> None:
    """Ask for the new unit, put it onto the trip, and show the plan where customs may have the old one."""
    from desktop.ui.sending.swap_dialog import SwapDialog, unit_words

    await shell.act.flush(trip_id)
    equipment = await shell.desk.swapping.of_trip(trip_id)
    name = equipment.trip or texts.text("window.no_number")
    if equipment.why_not is not None or not equipment.units:
        why = "nothing" if equipment.why_not is None else NoSwap(equipment.why_not).value
        title, words = texts.text("sending.swap.none", trip=name), texts.text(f"sending.swap.none.{why}")
        await dialogs.tell(shell.act.trips.front, title, words)
        return
    library = [row for kind in ("truck", "trailer") for row in await shell.desk.library.items(kind)]
    dialog = SwapDialog(equipment, library, shell.act.trips.front)
    if await dialogs.finished(dialog) != QDialog.DialogCode.Accepted:
        return
    unit, new = dialog.unit, dialog.new
    done = await shell.desk.swapping.swap(trip_id, unit, new)
    if done is None:
        shell.act.trips.front.toast.say(texts.text("sending.swap.gone"), is_failure=True)
        return
    part = unit_words(unit).partition(" · ")[0]
    shell.act.trips.front.toast.say(
        texts.text("sending.swap.done", trip=name, unit=f"{part} {new.get('number', '')}"),
        action=texts.text("window.undo"),
        on_action=lambda: shell.act.start(_take_back(shell, done), "not_swapped"),
    )
    if equipment.is_sent:
        await shell.act.send(trip_id)


async def _take_back(shell: Shell, done: Done) -> None:
    if not await shell.desk.swapping.take_back(done):
        shell.act.trips.front.toast.say(texts.text("sending.swap.kept"), is_failure=True)
