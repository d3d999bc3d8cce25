"""Moves trips from tabs to windows of their own and back, and knows which of them is in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.open_trips.open_trip import OpenTrip

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow
    from desktop.ui.window_state import WindowState

_FRAME = "trip_window.frame"


@contextmanager
def _fonts_kept(editor: QWidget) -> Iterator[None]:
    """Keep the fonts of an editor's labels over a change of its window.

    Workaround: with a style sheet in force, Qt forgets fonts that were set before a widget was first shown.
    """
    labels = editor.findChildren(QLabel)
    fonts = [label.font() for label in labels]
    yield
    for label, font in zip(labels, fonts, strict=True):
        if label.font() != font:
            label.setFont(font)


class OwnWindows(QObject):
    """The windows beside the main one.

    Signals: `changed` (one stands elsewhere, or another is in front), `close_asked(OpenTrip)`.

    Attributes:
        front: the trip whose window was used last; None where that was the main window.
    """

    changed = Signal()
    close_asked = Signal(object)

    def __init__(self, window: MainWindow, state: WindowState, *, is_practice: bool) -> None:
        super().__init__(window)
        self.front: OpenTrip | None = None
        self._window = window
        self._state = state
        self._is_practice = is_practice
        window.used.connect(self._on_main_used)

    def open(self, trip: OpenTrip, spot: QPoint | None = None) -> None:
        """Show a trip's editor in a window of its own, where it stood, or where it was let go."""
        from desktop.ui.open_trips import geometry
        from desktop.ui.open_trips.own_window import OwnWindow

        with _fonts_kept(trip.shown_editor):
            own = OwnWindow(trip.shown_editor, is_practice=self._is_practice)
        trip.window = own
        own.share(self._window.actions())
        own.in_asked.connect(lambda: self.take_in(trip))
        own.close_asked.connect(lambda: self.close_asked.emit(trip))
        own.leave_practice_asked.connect(self._window.leave_practice_asked)
        self.say(trip)
        frame = geometry.from_text(trip.place) or geometry.from_text(self._state.value(_FRAME))
        own.open_at(frame, self._window, spot)
        own.moved.connect(lambda: self._on_moved(trip))
        own.used.connect(lambda: self._on_used(trip))
        self._on_moved(trip)
        self.come_forward(trip)

    def come_forward(self, trip: OpenTrip) -> None:
        """Bring the window of a trip to the front."""
        if trip.window is not None:
            self.front = trip
            trip.window.come_forward()
            self.changed.emit()

    def say(self, trip: OpenTrip) -> None:
        """Name the trip in its window's title."""
        if trip.window is not None:
            trip.window.say(trip.number, trip.direction, self._window.company)

    def move_out(self, trip: OpenTrip, go_on: Callable[[], object], spot: QPoint | None = None) -> None:
        """Take the editor of a tab out of the main window, which goes on with `go_on`; the caret stays in it."""
        if trip.window is None and trip.editor is not None:
            trip.read_caret()
            was_shown = self._window.editor is trip.editor
            self._window.drop_editor(trip.editor)
            self.open(trip, spot)
            if was_shown:
                go_on()
            self.come_forward(trip)
            trip.put_caret()

    def take_in(self, trip: OpenTrip) -> None:
        """Put the editor of a trip back among the tabs, on show."""
        own = trip.window
        if own is None:
            return
        trip.read_caret()
        trip.window, trip.place, self.front = None, "", None
        own.give_up_editor()
        with _fonts_kept(trip.shown_editor):
            self._window.show_editor(trip.shown_editor, trip.number)
        own.dispose()
        self._window.come_forward()
        trip.put_caret()
        self.changed.emit()

    def close(self, trip: OpenTrip) -> None:
        """Take a trip's window away; the editor is saved and of no more use."""
        own, trip.window = trip.window, None
        if own is not None:
            own.dispose()
        if self.front is trip:
            self.front = None

    def _on_moved(self, trip: OpenTrip) -> None:
        from desktop.ui.open_trips import geometry

        if trip.window is not None and trip.window.isVisible():
            trip.place = geometry.frame_of(trip.window).to_text()
            self._state.keep(_FRAME, trip.place)
            self.changed.emit()

    def _on_used(self, trip: OpenTrip) -> None:
        if trip.window is not None:
            self.front = trip
            self.changed.emit()

    def _on_main_used(self) -> None:
        self.front = None
        self.changed.emit()
