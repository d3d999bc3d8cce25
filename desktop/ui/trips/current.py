"""The trip a person means who points at none: the current one of the list in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.services.views import TripRow
    from desktop.ui.shell import Shell


def listed_trip(shell: Shell) -> str:
    """Return the id of the current trip of the crossings or of the trips; empty elsewhere."""
    if shell.window.place is Place.CROSSINGS:
        return shell.board.view.current_id()
    return shell.trips.view.current_id() if shell.window.place is Place.TRIPS else ""


def trip_in_front(shell: Shell) -> str:
    """Return the id of the trip a person looks at: in the editor, a list, or the reader; empty where there is none."""
    if shell.window.editor is not None:
        return shell.act.trip_id
    if shell.window.place is Place.SHIPMENTS:
        from desktop.ui.tracker.actions import page_of  # on use: this is needed before that screen is

        return page_of(shell).current_trip()[0]
    if shell.window.place is Place.INBOX:
        message = shell.inbox.reader.message
        return "" if message is None or message.card.trip_id is None else message.card.trip_id
    return listed_trip(shell)


def listed_trips(shell: Shell) -> list[TripRow]:
    """Return the trips of the list in front, from top to bottom; those of the crossings where it is another page."""
    if shell.window.place is not Place.TRIPS:
        return shell.board.shown_trips()
    model = shell.trips.model
    return [model.row(place) for place in range(model.rowCount())]
