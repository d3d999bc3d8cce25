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


def listed_trips(shell: Shell) -> list[TripRow]:
    """Return the trips of the list in front, from top to bottom; those of the crossings where it is another page."""
    if shell.window.place is not Place.TRIPS:
        return shell.board.shown_trips()
    model = shell.trips.model
    return [model.row(place) for place in range(model.rowCount())]
