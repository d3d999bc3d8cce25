"""What makes the dialogs of watching, for pictures, Tab, screen reader and markup."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop.services.noticed import Missed, MissedTrip

if TYPE_CHECKING:
    from fakes.window import Opened


def missed_of(it: Opened, count: int = 4) -> Missed:
    """Return a night in which nobody listened, with some of the stored trips."""
    now = it.desk.clock.now()
    rows = [it.desk.lookups.row(trip) for trip in it.desk.stored[:count]]
    trips = tuple(MissedTrip(row.id, row.number, row.regime, row.port_name, row.eta.local, row.customs) for row in rows)
    return Missed(now - timedelta(hours=11), now - timedelta(hours=4, minutes=20), trips)


async def late(it: Opened) -> QDialog:
    from desktop.ui.watch.late_dialog import LateDialog

    ids = [trip.id for trip in it.desk.stored[:5]]
    dialog = LateDialog(it.desk, ids, it.shell.act.start, it.window)
    await dialog.read()
    return dialog


def missed(it: Opened) -> QDialog:
    from desktop.ui.watch.missed_dialog import MissedDialog

    return MissedDialog(missed_of(it), ("Mon 23 Nov 22:10", "05:40"), "https://gateway.example/", it.window)


async def letter(it: Opened) -> QDialog:
    from desktop.ui.watch.unopened import Unopened

    return Unopened(await it.desk.nudge.draft(it.desk.stored[0].id), it.window)
