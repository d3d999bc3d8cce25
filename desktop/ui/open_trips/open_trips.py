"""The trips that are open: which there are, where each is shown, and what of it comes back with the next start."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.errors import Bug, DesktopError, NotFound
from desktop.ui.open_trips.memory import Memory
from desktop.ui.open_trips.open_trip import OpenTrip
from desktop.ui.open_trips.own_windows import OwnWindows

if TYPE_CHECKING:
    from desktop.services.edit_session import EditSession
    from desktop.ui.desk import Desk
    from desktop.ui.main_window import MainWindow
    from desktop.ui.open_trips.own_window import OwnWindow
    from desktop.ui.open_trips.strip import Strip
    from desktop.ui.window_state import WindowState

log = logging.getLogger(__name__)

Start: TypeAlias = "Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]"
MakeEditor: TypeAlias = "Callable[[EditSession, QWidget], QWidget]"


class OpenTrips(QObject):
    """The open trips of one main window.

    Signals: `changed` (another one is open, closed, in front, or called otherwise).

    Attributes:
        make_editor: makes the editor of a session.
        on_editor: called with each editor when it has been made.
        changing: held while trips are opened and closed.
        trips: them, in the order of their tabs.
        own: those in windows of their own.
    """

    changed = Signal()

    def __init__(self, desk: Desk, window: MainWindow, state: WindowState, start: Start, make: MakeEditor) -> None:
        super().__init__(window)
        self.make_editor = make
        self.on_editor: list[Callable[[QWidget], None]] = []
        self.changing = asyncio.Lock()
        self.trips: list[OpenTrip] = []
        self.own = OwnWindows(window, state, is_practice=desk.is_practice)
        self._desk = desk
        self._window = window
        self._start = start
        self._memory = Memory(desk, self.trips, self._is_current, self)
        self._strip: Strip | None = None
        self._is_back = False
        window.stack.currentChanged.connect(self._sync)
        self.own.changed.connect(self._memory.changed)
        self.own.changed.connect(self._sync)
        self.own.close_asked.connect(lambda trip: self._start(self._close(trip), "close"))

    # Which

    def find(self, trip_id: str) -> OpenTrip | None:
        """Return the open trip of an id."""
        return next((trip for trip in self.trips if trip.trip_id == trip_id), None)

    @property
    def shown(self) -> OpenTrip | None:
        """The trip on show in the main window."""
        editor = self._window.editor
        return next((trip for trip in self.trips if editor is not None and trip.editor is editor), None)

    @property
    def current(self) -> OpenTrip | None:
        """The trip that keys act on: of the window of its own that is in front, else the one on show."""
        return self.own.front or self.shown

    @property
    def front(self) -> MainWindow | OwnWindow:
        """The window to say and ask things over."""
        trip = self.own.front
        return self._window if trip is None or trip.window is None else trip.window

    def _is_current(self, trip: OpenTrip) -> bool:
        return trip is self.shown or trip is self.own.front

    # Opening (the caller holds `changing`)

    async def add(self, session: EditSession, *, at: int | None = None, like: OpenTrip | None = None) -> None:
        """Open a session's editor and show it; a trip that is open already comes to the front.

        Args:
            session: the trip.
            at: where among the tabs; last without it.
            like: the trip it takes the place of, in whichever window that was.
        """
        trip = self.find(session.trip_id)
        if trip is None:
            trip = OpenTrip(session.trip_id, session.regime, place="" if like is None else like.place)
            self.trips.insert(len(self.trips) if at is None else at, trip)
        if trip.editor is None:
            await self._save_others()
            self._make(trip, session)
        await self.show(trip)

    async def show(self, trip: OpenTrip) -> None:
        """Bring an open trip to the front, in whichever window it is; its editor is made where it has none.

        Raises:
            DesktopError: it cannot be read. One that is gone is closed without a word.
        """
        self._memory.is_on = self._is_back
        if trip.editor is None:
            try:
                session = await self._desk.editing.open(trip.trip_id)
            except NotFound:
                self._forget(trip)
                return
            await self._save_others()
            self._make(trip, session)
        if trip.window is not None:
            self.own.come_forward(trip)
        elif trip.place:
            self.own.open(trip)
        else:
            self._bring(trip)
        self._sync()

    def _bring(self, trip: OpenTrip) -> None:
        self.own.front = None
        self._window.show_editor(trip.shown_editor, trip.number)
        self._window.come_forward()
        trip.focus()

    async def _save_others(self) -> None:
        """Save what was just typed, and where: to make an editor takes a moment in which nothing else gets its turn."""
        for trip in self.trips:
            if trip.session is not None and trip.session.is_dirty:
                with suppress(DesktopError):  # the session says it, and tries again
                    await trip.session.flush()
        await self._desk.open_trips.flush()

    def _make(self, trip: OpenTrip, session: EditSession) -> None:
        trip.session = session
        trip.editor = self.make_editor(session, self._window.stack)
        trip.editor.hide()
        trip.told = (session.set_aside, session.taken_over)
        trip.leave = session.subscribe(
            lambda _paths, _structure: self._memory.changed([trip]),
            lambda: self._on_checked(trip),
            lambda: self._on_saved(trip),
        )
        for heard in self.on_editor:
            heard(trip.editor)
        trip.put_caret()

    async def restore(self) -> None:
        """Bring back what was open when the program ended: the trip on show and own windows now, tabs on use."""
        async with self.changing:
            try:
                rows = await self._desk.open_trips.all()
            except DesktopError as error:
                log.info("the trips that were open cannot be read: %s", error.code)
                rows = []
            was_open = {trip.trip_id for trip in self.trips}
            back = [
                OpenTrip(row.trip_id, row.regime, row.number, row.place, row.pointer, row.caret)
                for row in rows
                if row.trip_id not in was_open and row.regime is not None
            ]
            self.trips[:0] = back
            current = {row.trip_id for row in rows if row.is_current}
            wanted = [trip for trip in back if trip.place or trip.trip_id in current]
            wanted.sort(key=lambda trip: (trip.trip_id in current, bool(trip.place)))  # what was used last comes last
            for trip in wanted:
                await self._try_to_show(trip)
            self._is_back = self._memory.is_on = True
            self._sync()

    async def _try_to_show(self, trip: OpenTrip) -> None:
        try:
            await self.show(trip)
        except DesktopError as error:
            if isinstance(error, Bug):
                raise
            log.info("trip %s does not come back: %s", trip.trip_id, error.code)
            self._forget(trip)

    # Closing (the caller holds `changing`)

    async def close(self, trip: OpenTrip, *, goes_on: bool = True) -> None:
        """Save and close a trip; where it was on show, the tab beside it or the page comes up, unless told not to.

        Raises:
            DesktopError: the last edits could not be written; the trip is on show with everything typed.
        """
        was_shown = trip is self.shown
        tabs = [one for one in self.trips if not one.place]
        await self._shut(trip)
        self._forget(trip)
        if was_shown and goes_on:
            beside = tabs.index(trip)
            tabs.remove(trip)
            if tabs:
                await self.show(tabs[min(beside, len(tabs) - 1)])
            else:
                self._window.return_to_page()

    async def close_all(self) -> None:
        """Save and close every trip for the end of the program: they come back with the next start.

        Raises:
            DesktopError: the last edits of one could not be written; it is on show with everything typed.
        """
        if self._memory.is_on:
            await self._memory.flush()
        self._memory.is_on = False
        for trip in list(self.trips):
            await self._shut(trip)

    async def _shut(self, trip: OpenTrip) -> None:
        if trip.session is None or trip.editor is None:
            return
        closes = getattr(trip.editor, "close_session", trip.session.close)
        try:
            await closes()
        except DesktopError:
            await self.show(trip)
            raise
        trip.leave()
        editor, trip.editor, trip.session = trip.editor, None, None
        self.own.close(trip)
        self._window.drop_editor(editor)
        editor.setParent(None)
        editor.deleteLater()

    def _forget(self, trip: OpenTrip) -> None:
        if trip in self.trips:
            self.trips.remove(trip)
        self._sync()

    # What keys, mouse and menus ask

    async def _close(self, trip: OpenTrip) -> None:
        async with self.changing:
            if trip in self.trips:
                await self.close(trip)

    async def _close_others(self, trip: OpenTrip) -> None:
        async with self.changing:
            for one in [one for one in self.trips if one is not trip and not one.place]:
                await self.close(one, goes_on=False)
            await self.show(trip)

    async def _choose(self, trip: OpenTrip) -> None:
        async with self.changing:
            if trip in self.trips:
                await self.show(trip)

    def choose(self, trip: OpenTrip) -> None:
        """Show an open trip: at once where its editor is there."""
        if trip.editor is not None and trip.window is None and not self.changing.locked():
            self._bring(trip)
        else:
            self._start(self._choose(trip), "show")

    def step(self, by: int) -> None:
        """Go to the next open trip (1) or the one before (-1), round and round; from a page to the first or last."""
        if self.trips:
            here = self.current
            at = self.trips.index(here) + by if here in self.trips else min(0, by)
            self.choose(self.trips[at % len(self.trips)])

    def close_current(self) -> None:
        """Close the trip in front."""
        if self.current is not None:
            self._start(self._close(self.current), "close")

    def move_current(self) -> None:
        """Give the trip in front a window of its own, or take it back among the tabs."""
        trip = self.current
        if trip is None:
            return
        if trip.window is not None:
            self.own.take_in(trip)
        else:
            self._out(trip)

    def _out(self, trip: OpenTrip, spot: QPoint | None = None) -> None:
        beside = [one for one in self.trips if one.editor is not None and not one.place and one is not trip]
        if beside:
            self.own.move_out(trip, lambda: self._window.show_editor(beside[-1].shown_editor, beside[-1].number), spot)
        else:
            self.own.move_out(trip, self._window.return_to_page, spot)

    async def _move_out(self, trip: OpenTrip, spot: QPoint | None) -> None:
        async with self.changing:
            await self.show(trip)
            self._out(trip, spot)

    # The tabs

    def _make_strip(self) -> Strip:
        from desktop.ui.open_trips.strip import Strip

        made = Strip(self._window)
        tabs = made.tabs
        self._window.page_column.insertWidget(0, made)
        tabs.chosen.connect(lambda trip_id: self._with(trip_id, self.choose))
        for signal, work, name in (
            (tabs.close_asked, self._close, "close"),
            (tabs.close_others_asked, self._close_others, "close others"),
        ):
            signal.connect(
                lambda trip_id, work=work, name=name: self._with(trip_id, lambda trip: self._start(work(trip), name))
            )
        tabs.out_asked.connect(
            lambda trip_id, spot: self._with(trip_id, lambda trip: self._start(self._move_out(trip, spot), "move out"))
        )
        tabs.reordered.connect(self._on_reordered)
        return made

    def _with(self, trip_id: str, work: Callable[[OpenTrip], object]) -> None:
        trip = self.find(trip_id)
        if trip is not None:
            work(trip)

    def _on_reordered(self) -> None:
        if self._strip is not None:
            order = self._strip.tabs.trip_ids()
            self.trips.sort(key=lambda trip: order.index(trip.trip_id) if trip.trip_id in order else len(order))
            self._memory.changed()

    def _sync(self) -> None:
        """Let tabs, titles and what is remembered follow."""
        if self._strip is None and self.trips:
            self._strip = self._make_strip()
        shown = self.shown
        if self._strip is not None:
            tabs = [trip.tab() for trip in self.trips if not trip.place]
            self._strip.show_tabs(tabs, "" if shown is None else shown.trip_id)
        if shown is not None:
            self._window.set_where(shown.number)
        for trip in self.trips:
            self.own.say(trip)
        self._memory.changed()
        self.changed.emit()

    def _on_checked(self, trip: OpenTrip) -> None:
        if self._strip is None or self._strip.tabs.tab(trip.trip_id) != trip.tab():
            self._sync()

    def _on_saved(self, trip: OpenTrip) -> None:
        """Say that something else was written meanwhile, once for each such version."""
        session = trip.session
        if session is None:
            return
        window = self._window if trip.window is None else trip.window
        told, trip.told = trip.told, (session.set_aside, session.taken_over)
        if session.set_aside not in {None, told[0]}:
            window.toast.say(
                texts.text("open.aside", number=trip.number),
                action=texts.text("open.aside.take"),
                on_action=lambda: self._start(self._take_other(trip), "take the other version"),
            )
        elif session.taken_over not in {None, told[1]}:
            window.toast.say(texts.text("open.taken_over", number=trip.number))

    async def _take_other(self, trip: OpenTrip) -> None:
        await self._desk.editing.take_other(trip.trip_id)
        self.front.toast.say(texts.text("open.aside.taken", number=trip.number))
