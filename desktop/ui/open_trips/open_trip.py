"""One open trip: its tab in words, its editor, and the caret in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.errors import Bug
from desktop.ui.open_trips.asks import HasPlace

if TYPE_CHECKING:
    from desktop.services.edit_session import EditSession
    from desktop.services.open_trips import OpenTripRow
    from desktop.ui.open_trips.own_window import OwnWindow
    from desktop.ui.open_trips.strip import Tab


@dataclass(eq=False, slots=True)
class OpenTrip:
    """One open trip; without a session it is a tab that has not been looked at since the start.

    Attributes:
        kept_number: its number as it was read before there was a session.
        place: the frame of its own window, as it is kept; empty for a tab.
        pointer: JSON Pointer of the field that has the caret, or had it last; empty where none had it.
        caret: how many letters stand before it.
        told: which versions that were saved elsewhere the user was told of last.
        leave: ends what was subscribed to.
    """

    trip_id: str
    regime: Regime
    kept_number: str = ""
    place: str = ""
    pointer: str = ""
    caret: int = 0
    session: EditSession | None = None
    editor: QWidget | None = None
    window: OwnWindow | None = None
    told: tuple[int | None, int | None] = (None, None)
    leave: Callable[[], None] = field(default=lambda: None)

    @property
    def shown_editor(self) -> QWidget:
        """Its editor, which it has.

        Raises:
            Bug: it has none yet.
        """
        if self.editor is None:
            raise Bug("an open trip without an editor")
        return self.editor

    # Words

    @property
    def number(self) -> str:
        """Its number, or that it is new."""
        number = self.session.value("/tripNumber") if self.session is not None else self.kept_number
        return number if isinstance(number, str) and number else texts.text("window.new_trip")

    @property
    def words_to_go(self) -> str:
        """What leads to it."""
        if self.number == texts.text("window.new_trip"):
            return texts.text("open.offer.go_new", direction=self.direction)
        return texts.text("open.offer.go", number=self.number)

    @property
    def direction(self) -> str:
        """Where it goes."""
        return texts.text("window.to_usa" if self.regime is Regime.ACE else "window.to_canada")

    def tab(self) -> Tab:
        """Return its tab."""
        from desktop.ui.open_trips.strip import Tab
        from desktop.ui.signs import Sign
        from desktop.validation.issue import Severity

        arrow = texts.text("open.arrow.usa" if self.regime is Regime.ACE else "open.arrow.canada")
        words = texts.text("open.tab", arrow=arrow, number=self.number)
        found = [issue.severity for issue in self.session.issues] if self.session is not None else []
        errors = found.count(Severity.ERROR) + (len(self.session.server_errors) if self.session is not None else 0)
        warnings = found.count(Severity.WARNING)
        said = {"number": self.number, "direction": self.direction}
        if not errors and not warnings:
            return Tab(self.trip_id, self.number, words, texts.text("open.tab.spoken", **said))
        problems = (
            texts.text("window.problems", count=errors) if errors else texts.text("window.to_look_at", count=warnings)
        )
        spoken = texts.text("open.tab.spoken.problems", problems=problems, **said)
        return Tab(self.trip_id, self.number, words, spoken, Sign.ERROR if errors else Sign.ASK)

    # Caret

    def read_caret(self) -> None:
        """Note where the caret is; where none ever was, what was noted stays."""
        editor: object = self.editor
        if isinstance(editor, HasPlace) and shiboken6.isValid(editor):
            pointer, caret = editor.place()
            if pointer:
                self.pointer, self.caret = pointer, caret

    def put_caret(self) -> None:
        """Put the caret where it was noted, once what is under way has been laid out."""
        editor: object = self.editor
        pointer, caret = self.pointer, self.caret
        if self.editor is not None and isinstance(editor, HasPlace) and pointer:
            QTimer.singleShot(0, self.editor, partial(editor.return_to, pointer, caret))

    def focus(self) -> None:
        """Give the focus back to the field that had it in the editor."""
        if self.editor is not None:
            (self.editor.focusWidget() or self.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def row(self, *, is_current: bool) -> OpenTripRow:
        """Return it as it is remembered."""
        from desktop.services.open_trips import OpenTripRow

        return OpenTripRow(self.trip_id, self.place, self.pointer, self.caret, is_current)
