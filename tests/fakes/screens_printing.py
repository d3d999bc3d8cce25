"""What makes the dialogs of printing, for pictures, Tab, screen reader and markup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop.services.mailing import Draft, Recipient

if TYPE_CHECKING:
    from fakes.window import Opened

PEOPLE = [
    Recipient("Sample Brokers", "entries@broker.example", is_broker=True),
    Recipient("Sample Shipper", "dock@shipper.example"),
]


async def preview(it: Opened) -> QDialog:
    from desktop.printing.sheet import Paper, SheetKind
    from desktop.ui.printing.laid_out import LaidOut
    from desktop.ui.printing.preview import Made, PrintPreview

    trip = it.desk.stored[0]
    kinds = [one for one in SheetKind if one.serves(trip.regime)]
    made = PrintPreview("AAAA1", kinds, can_print=True, parent=it.window)
    sheet = await it.desk.sheets.summary(trip.id)
    made.show_made(Made(await it.desk.printed.look(trip.id), sheet, LaidOut(sheet, Paper.LETTER)))
    return made


def to(it: Opened) -> QDialog:
    from desktop.ui.printing.mail import ToDialog

    return ToDialog(PEOPLE, it.window)


def unopened(it: Opened) -> QDialog:
    from desktop.ui.printing.mail import UnopenedDialog

    folder = Path("/a/folder/of/the/data/mail/01SAMPLE")
    draft = Draft(folder / "AAAA1 Drivers sheet.eml", folder / "AAAA1 Drivers sheet.pdf", "mailto:")
    return UnopenedDialog(draft, it.window)


async def batch(it: Opened) -> QDialog:
    from desktop.ui.printing.batch_dialog import BatchDialog

    today = it.desk.clock.now().astimezone().date()
    return BatchDialog(await it.desk.lookups.trips(), today, size="letter", can_print=True, parent=it.window)


async def batch_done(it: Opened) -> QDialog:
    made = await batch(it)
    wanted = made.batch()
    wanted.done = len(wanted.rows) - 1
    wanted.problems.append(("1234T11240074", "None of the shipments has a number."))
    made.show_running()
    made.show_progress(3, 14)
    made.show_result(wanted)
    return made
