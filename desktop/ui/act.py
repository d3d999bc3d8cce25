"""What the window does when a page asks: open, copy, delete, send, print. Every error is told, none is swallowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.ui import dialogs
from desktop.ui.carriers import Carriers
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.open_trips.open_trip import OpenTrip
from desktop.ui.open_trips.open_trips import MakeEditor, OpenTrips
from desktop.ui.place import Place
from desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from desktop.services.edit_session import EditSession
    from desktop.ui.printing.printing import Printing
    from desktop.ui.sending.sends import Sends

_HAVE_TRIPS = frozenset({Place.CROSSINGS, Place.TRIPS, Place.SHIPMENTS})
"""Screens one goes back to from a trip."""


@runtime_checkable
class Editor(Protocol):
    """What the window needs of an editor."""

    def go_to(self, path: str, /) -> None:
        """Put the focus into the field at a path of the document."""
        ...


class Act:
    """Carries out what pages ask for, over the window that asked.

    Attributes:
        trips: the trips that are open.
        paper: the paper sheets are shown on first: `letter` or `a4`.
        on_editor: called with each editor of a trip when it has been made.
    """

    def __init__(
        self, desk: Desk, window: MainWindow, carriers: Carriers, state: WindowState, make_editor: MakeEditor
    ) -> None:
        self._desk = desk
        self._carriers = carriers
        self._main = window
        self._state = state
        self.paper = "letter"
        self._under_way: set[tuple[str, str]] = set()
        self.trips = OpenTrips(desk, window, state, self.start, make_editor)
        self.on_editor: list[Callable[[QWidget], None]] = self.trips.on_editor

    @property
    def _window(self) -> QWidget:
        """The window in front: what is asked is asked over it."""
        return self.trips.front

    def start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Do `work` in the background; what a user must be told of it is told."""
        return self._desk.keeper.start(dialogs.told(self._window, work), name=f"act.{name}")

    def start_on(self, trip_id: str, work: Callable[[str], Coroutine[Any, Any, None]], name: str) -> None:
        """Do `work` with a trip in the background; asked for again while it is under way, it is done once."""
        asked = (name, trip_id)
        if asked not in self._under_way:
            self._under_way.add(asked)
            self.start(work(trip_id), name).add_done_callback(lambda _task: self._under_way.discard(asked))

    # Editing

    @property
    def trip_id(self) -> str:
        """The trip in front, or an empty text."""
        trip = self.trips.current
        return "" if trip is None else trip.trip_id

    async def open(self, trip_id: str, pointer: str = "") -> None:
        """Open a trip, at a field where one is named; one that is open comes to the front."""
        async with self.trips.changing:
            trip = self.trips.find(trip_id)
            if trip is None:
                await self.trips.add(await self._desk.editing.open(trip_id))
            else:
                await self.trips.show(trip)
        editor = self._editor(trip_id)
        if pointer and isinstance(editor, Editor):
            editor.go_to(pointer)

    def _editor(self, trip_id: str) -> object:
        trip = self.trips.find(trip_id)
        return None if trip is None else trip.editor

    async def show(self, session: EditSession) -> None:
        """Show the editor of a session that was just made."""
        async with self.trips.changing:
            await self.trips.add(session)

    async def new(self, regime: Regime) -> None:
        """Start an empty trip: of the carrier that is shown, or of the one the user names where there are several."""
        company = await self._carriers.whose()
        if company is None and self._carriers.rows:
            return
        async with self.trips.changing:
            await self.trips.add(await self._desk.starting.new(regime, None if company is None else company.id))

    async def give(self, trip_id: str) -> bool:
        """Give a trip that is nobody's to a carrier; tell whether it has one now."""
        if not self._carriers.rows:
            await dialogs.tell(
                self._window,
                texts.text("window.carriers.no_company"),
                texts.text("window.carriers.no_company.text"),
                is_problem=True,
            )
            return False
        company = await self._carriers.whose(why=texts.text("window.carriers.nobody"))
        if company is None:
            return False
        async with self.trips.changing:
            trip = self.trips.find(trip_id)
            at = None if trip is None else self.trips.trips.index(trip)
            if trip is not None:
                await self.trips.close(trip, goes_on=False)
            session = await self._desk.editing.give_to(trip_id, company.id)
            if trip is not None:
                await self.trips.add(session, at=at, like=trip)
            else:
                await session.close()
        return True

    async def give_open(self, trip_id: str) -> None:
        """Give the trip in the editor to a carrier."""
        await self.give(trip_id)

    async def copy(self, trip_id: str) -> None:
        """Start a trip like another one."""
        async with self.trips.changing:
            await self.trips.add(await self._desk.starting.copy(trip_id))

    async def leave(self) -> None:
        """Save and close every editor for the end of the program; where that fails it comes back, all typing in it.

        Raises:
            DesktopError: the last edits could not be written.
        """
        async with self.trips.changing:
            await self.trips.close_all()

    def back(self) -> None:
        """Close the trip in front and go to the list, with the trip as the current one."""
        trip = self.trips.current
        if trip is not None:
            self.start(self._back(trip), "back")

    async def _back(self, trip: OpenTrip) -> None:
        from desktop.ui.board.page import BoardPage  # on use: an inbox comes up without them
        from desktop.ui.trips.page import TripsPage

        async with self.trips.changing:
            await self.trips.close(trip, goes_on=False)
        place = self._main.place if self._main.place in _HAVE_TRIPS else Place.TRIPS
        self._main.go_to(place)
        self._main.come_forward()
        page = self._main.page(place)
        if isinstance(page, (BoardPage, TripsPage)):
            page.select(trip.trip_id)

    async def delete(self, trip_id: str) -> None:
        """Take a trip out of the list and offer to bring it back; one that went out only after a question."""
        from desktop.services.board_row import is_draft  # on use: the inbox opens without the trips

        detail = await self._desk.lookups.trip(trip_id)
        if not is_draft(detail.row) and not await dialogs.ask(
            self._window,
            texts.text("window.delete.title", trip=detail.row.number or texts.text("window.no_number")),
            texts.text("window.delete.text"),
            accept=texts.text("window.delete.yes"),
            reject=texts.text("window.delete.no"),
            is_grave=True,
        ):
            return
        async with self.trips.changing:
            trip = self.trips.find(trip_id)
            if trip is not None:
                await self.trips.close(trip)
            await self._desk.editing.delete(trip_id)
        self.trips.front.toast.say(
            texts.text("window.deleted", trip=detail.row.number or texts.text("window.no_number")),
            action=texts.text("window.undo"),
            on_action=partial(self._undelete, trip_id),
        )

    def _undelete(self, trip_id: str) -> None:
        self.start(self._desk.editing.undelete(trip_id), "undelete")

    async def flush(self, trip_id: str) -> None:
        """Make durable what is typed in an open trip; nothing where it is not open."""
        trip = self.trips.find(trip_id)
        if trip is not None and trip.session is not None:
            await trip.session.flush()

    # Sending

    @cached_property
    def sending(self) -> Sends:
        """What brings trips to customs; loaded with the plan when something is first sent."""
        from desktop.ui.sending.sends import Sends

        return Sends(self._desk, self)

    async def send(self, trip_id: str) -> None:
        """Show the plan; after the user's word send it and say what came of it."""
        await self.sending.send(trip_id)

    # Printing

    @cached_property
    def printing(self) -> Printing:
        """What makes sheets leave; loaded with everything of paper when something is first printed."""
        from desktop.ui.printing.printing import Printing

        return Printing(self._desk, self, self._state)

    async def print_sheet(self, trip_id: str) -> None:
        """Show the sheets of a trip, to be printed, saved or mailed."""
        await self.printing.print_sheet(trip_id)
