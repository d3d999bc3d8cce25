"""What a person does about a trip that waits, is late, or was not watched: called by the board, the tracker, cards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from desktop import texts
from desktop.domain.shipment import number_pointer, place_of
from desktop.ui import dialogs

if TYPE_CHECKING:
    from desktop.services.late import Shifted
    from desktop.services.views import Reason
    from desktop.ui.shell import Shell

GATEWAY: Final = "https://borderconnect.com/"
"""Where a person can look for himself."""


async def late(shell: Shell, trip_ids: Sequence[str]) -> None:
    """Ask how late these trips are, give them their new arrival, and offer to send what customs has otherwise."""
    from desktop.ui.watch.late_dialog import LateDialog

    if not trip_ids:
        return
    for trip_id in trip_ids:
        await shell.act.flush(trip_id)
    over = shell.act.trips.front
    dialog = LateDialog(shell.desk, trip_ids, shell.act.start, over)
    await dialog.read()
    if await dialogs.finished(dialog) != QDialog.DialogCode.Accepted:
        return
    shifted = await shell.desk.late.shift(trip_ids, dialog.minutes)
    if not shifted:
        return
    shell.act.trips.front.toast.say(
        texts.text("watch.late.done", count=len(shifted)),
        action=texts.text("window.undo"),
        on_action=lambda: shell.act.start(_take_back(shell, shifted), "not_late"),
    )
    await _offer_to_send(shell, [one for one in shifted if one.line.is_sent])


async def _offer_to_send(shell: Shell, sent: Sequence[Shifted]) -> None:
    """Show the send plan of each trip that went out before, one after the other; each can be left.

    One trip needs no question before its plan.
    """
    if len(sent) == 1:
        await shell.act.send(sent[0].line.trip_id)
    if len(sent) <= 1:
        return
    names = ", ".join(one.line.trip or texts.text("window.no_number") for one in sent)
    if await dialogs.ask(
        shell.act.trips.front,
        texts.text("watch.late.send", count=len(sent)),
        texts.text("watch.late.send.text", trips=names),
        accept=texts.text("watch.late.send.yes"),
        reject=texts.text("watch.late.send.no"),
    ):
        for one in sent:
            await shell.act.send(one.line.trip_id)


async def _take_back(shell: Shell, shifted: Sequence[Shifted]) -> None:
    kept = await shell.desk.late.take_back(shifted)
    if kept:
        shell.act.trips.front.toast.say(texts.text("watch.late.kept", count=len(kept)), is_failure=True)


async def write_broker(shell: Shell, trip_id: str, number: str = "") -> None:
    """Draft an e-mail to the broker and open it in the mail program; nothing is sent from here."""
    from desktop.ui.watch.unopened import Unopened

    nudge = await shell.desk.nudge.draft(trip_id, number)
    is_there = await asyncio.to_thread(Path(nudge.path).is_file)
    if is_there and QDesktopServices.openUrl(QUrl.fromLocalFile(str(nudge.path))):
        words = texts.text("watch.broker.opened") if nudge.to else texts.text("watch.broker.opened_no_address")
        shell.act.trips.front.toast.say(words)
        return
    await dialogs.finished(Unopened(nudge, shell.act.trips.front))


async def call_broker(shell: Shell, trip_id: str, number: str = "") -> None:
    """Say whom to phone, as far as the library knows."""
    broker = await shell.desk.nudge.broker(trip_id, number)
    title = texts.text("watch.call", name=broker.name) if broker.name else texts.text("watch.call.nobody")
    if broker.phone:
        sure = "" if broker.is_sure else "\n\n" + texts.text("watch.call.only_one")
        words = texts.text("watch.call.phone", phone=broker.phone) + sure
    else:
        words = texts.text("watch.call.no_phone")
    await dialogs.tell(shell.act.trips.front, title, words)


async def looked(shell: Shell, trip_ids: Sequence[str]) -> None:
    """Keep that a person looked at BorderConnect's own site for these trips and found nothing new."""
    if not trip_ids:
        return
    before = await shell.desk.watching.looked(trip_ids)
    shell.act.trips.front.toast.say(
        texts.text("watch.looked.done", count=len(trip_ids)),
        action=texts.text("window.undo"),
        on_action=lambda: shell.act.start(shell.desk.watching.take_back(before), "not_looked"),
    )


async def look_at_customs(shell: Shell, trip_id: str) -> None:
    """Open BorderConnect's own site, and ask whether there was anything new."""
    if not shell.desk.is_practice and not QDesktopServices.openUrl(QUrl(GATEWAY)):
        await dialogs.tell(shell.act.trips.front, texts.text("watch.look.not_opened"), GATEWAY, is_problem=True)
    detail = await shell.desk.lookups.trip(trip_id)
    if await dialogs.ask(
        shell.act.trips.front,
        texts.text("watch.look", trip=detail.row.number or texts.text("window.no_number")),
        texts.text("watch.look.text"),
        accept=texts.text("watch.look.nothing_new"),
        reject=texts.text("watch.look.not_yet"),
        is_grave=True,
    ):
        await looked(shell, [trip_id])


async def keep_back(shell: Shell, trip_id: str) -> None:
    """Say what to tell the driver; this computer cannot reach the truck."""
    detail = await shell.desk.lookups.trip(trip_id)
    words = [reason.text for reason in detail.row.readiness.reasons if reason.must_act] or [
        texts.text("watch.keep.why")
    ]
    await dialogs.tell(
        shell.act.trips.front,
        texts.text("watch.keep", trip=detail.row.number or texts.text("window.no_number")),
        "\n".join([*words, "", texts.text("watch.keep.text")]),
    )


async def check_clock(shell: Shell, _trip_id: str = "") -> None:
    """Say how this computer's clock is checked."""
    await dialogs.tell(shell.act.trips.front, texts.text("watch.clock"), texts.text("watch.clock.text"))


def perform(shell: Shell, reason: Reason, trip_id: str) -> None:
    """Begin what a reason asks for next; nothing where there is nothing to do but wait."""
    if reason.action:
        shell.act.start(_do(shell, reason, trip_id), reason.action)


async def _pointer(shell: Shell, reason: Reason, trip_id: str) -> str:
    """Return where in the document the shipment of a reason stands; empty for the whole trip."""
    if not reason.number:
        return ""
    trip = await shell.desk.lookups.trip(trip_id)
    place = place_of(trip.document, reason.number, trip.row.regime)
    return "" if place is None else number_pointer(trip.row.regime, place)


async def _check_connection(shell: Shell) -> None:
    if shell.desk.link.is_offline:
        await shell.desk.link.go_online()
    else:
        shell.setting_up.on_connection_asked()


async def _do(shell: Shell, reason: Reason, trip_id: str) -> None:
    """Do what a reason asks for."""
    own = _OF_A_TRIP.get(reason.action)
    if own is not None:
        await own(shell, trip_id)
        return
    match reason.action:
        case "open_trip":
            await shell.act.open(trip_id, await _pointer(shell, reason, trip_id))
        case "send":
            await shell.act.send(trip_id)
        case "print":
            await shell.act.print_sheet(trip_id)
        case "write_broker":
            await write_broker(shell, trip_id, reason.number)
        case "call_broker":
            await call_broker(shell, trip_id, reason.number)
        case "new_eta":
            await late(shell, [trip_id])
        case "check_connection":
            await _check_connection(shell)


_OF_A_TRIP: Final[dict[str, Callable[[Shell, str], Coroutine[Any, Any, None]]]] = {
    "look_at_customs": look_at_customs,
    "keep_back": keep_back,
    "check_clock": check_clock,
}
