"""What is done when the Shipments screen asks: every step is told and can be undone; nothing is sent from here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import texts
from desktop.domain.lifecycle import Delivery
from desktop.errors import Bug
from desktop.services.attaching import Attached
from desktop.services.tracked_row import TrackedRow
from desktop.services.tracked_table import write_table
from desktop.services.views import TripRow
from desktop.ui import dialogs
from desktop.ui.place import Place
from desktop.ui.tracker.words import row_words

if TYPE_CHECKING:
    from desktop.ui.shell import Shell
    from desktop.ui.tracker.page import TrackerPage


def page_of(shell: Shell) -> TrackerPage:
    """Return the Shipments screen of a window."""
    from desktop.ui.tracker.page import TrackerPage

    page = shell.window.page(Place.SHIPMENTS)
    if not isinstance(page, TrackerPage):
        raise Bug("the Shipments screen is another one")
    return page


async def perform(shell: Shell, name: str, row: TrackedRow) -> None:
    """Do with a number what an action of its pane is called."""
    if name == "open":
        await shell.act.open(row.trip_id, f"/shipments/{row.position}")
    elif name == "broker":
        from desktop.ui.watch.actions import write_broker

        await write_broker(shell, row.trip_id, row.number)
    elif name == "message":
        card = page_of(shell).newest_card()
        if card:
            shell.window.go_to(Place.INBOX)
            shell.inbox.show_card(card)
    elif name == "create":
        await create(shell, row)
    elif name in {"attach", "move"}:
        await attach(shell, row)


async def create(shell: Shell, row: TrackedRow) -> None:
    """Make a shipment of what a release notice said; the toast takes it back."""
    made = await shell.desk.attaching.create(row)
    shell.window.toast.say(
        texts.text("tracker.created", number=row.number),
        action=texts.text("tracker.undo"),
        on_action=lambda: shell.act.start(shell.desk.attaching.uncreate(made), "uncreate"),
    )


async def attach(shell: Shell, row: TrackedRow) -> None:
    """Ask which trip takes a shipment and put it there; where one of the trips went out, a plan tells customs."""
    from desktop.ui.tracker.choose_dialog import ChooseTrip

    trips = [trip for trip in await shell.desk.attaching.trips_for(row) if trip.id != row.trip_id]
    if not trips:
        words = texts.text("tracker.choose.none.text", number=row.number)
        await dialogs.tell(shell.window, texts.text("tracker.choose.none"), words)
        return
    dialog = ChooseTrip(row, trips, shell.window)
    await dialogs.finished(dialog)
    if not dialog.chosen:
        return
    if row.trip_id and (row.is_sent or _may_be_out(trips, dialog.chosen)):
        await shell.act.sending.move(row.number, row.trip_id, dialog.chosen)
        return
    for trip_id in filter(None, (row.trip_id, dialog.chosen)):
        await shell.act.flush(trip_id)
    done = await shell.desk.attaching.attach(row, dialog.chosen)
    shell.window.toast.say(
        texts.text("tracker.attached", number=row.number, trip=done.trip or texts.text("window.no_number")),
        action=texts.text("tracker.undo"),
        on_action=partial(_take_back, shell, row.number, done),
    )


def _may_be_out(trips: Sequence[TripRow], trip_id: str) -> bool:
    return any(trip.id == trip_id and trip.delivery is not Delivery.NOT_SENT for trip in trips)


def _take_back(shell: Shell, number: str, done: Attached) -> None:
    shell.act.start(_detach(shell, number, done), "detach")


async def _detach(shell: Shell, number: str, done: Attached) -> None:
    await shell.desk.attaching.detach(done)
    shell.window.toast.say(texts.text("tracker.undone", number=number))


async def export(shell: Shell) -> None:
    """Write the rows on show to a table."""
    from desktop.ui.intake.messages import choose_target

    rows = page_of(shell).shown()
    title = texts.text("tracker.export.title")
    name = await choose_target(shell, title, texts.text("tracker.export.file"), texts.text("tracker.export.kind"))
    if not name:
        return
    now = shell.desk.clock.now()
    cells = []
    for row in rows:
        words = row_words(row, now)
        service = " ".join(part for part in (row.service, row.service_name) if part)
        eta = "" if row.eta is None else row.eta.local
        named = (words.headline, words.detail, row.number, row.broker, row.entry, service)
        cells.append([*named, row.trip, row.driver, row.office, row.port, eta])
    heads = [texts.text(f"tracker.export.{column}") for column in _COLUMNS]
    await write_table(name, heads, cells)
    shell.window.toast.say(texts.text("tracker.export.done", count=len(rows), file=Path(name).name))


_COLUMNS = (
    *("cleared", "from", "number", "broker", "transaction", "service"),
    *("trip", "driver", "office", "port", "eta"),
)
