"""Where the caret of an editor stands, or stood last: what a restart brings back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.binding.field_box import FieldBox


class Caret(QObject):
    """Follows the focus inside one editor.

    Args:
        editor: the widget that is watched.
        boxes: gives the field boxes that are shown, with their pointers.
        grid: the grid of goods.
        pointer_of_cell: gives the pointer of the grid's current cell.
    """

    def __init__(
        self,
        editor: QWidget,
        boxes: Callable[[], Iterable[tuple[str, FieldBox]]],
        grid: QWidget,
        pointer_of_cell: Callable[[], str],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._boxes = boxes
        self._grid = grid
        self._pointer_of_cell = pointer_of_cell
        self._place: tuple[str, int] = ("", 0)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def place(self) -> tuple[str, int]:
        """Return the JSON Pointer of the field that has the caret, or had it last, and where the caret stands."""
        self._note(QApplication.focusWidget())
        return self._place

    def box_of(self, widget: QWidget | None) -> FieldBox | None:
        """Return the field of this editor that a widget belongs to."""
        found: FieldBox | None = None
        while widget is not None and widget is not self._editor:
            if found is None and isinstance(widget, FieldBox):
                found = widget
            widget = widget.parentWidget()
        return found if widget is self._editor else None

    def current_box(self) -> FieldBox | None:
        """Return the field of this editor that has the focus."""
        return self.box_of(QApplication.focusWidget())

    def stop(self) -> None:
        """Follow no more."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus_changed)

    def _note(self, widget: QWidget | None) -> None:
        box = self.box_of(widget)
        if box is not None:
            pointer = next((pointer for pointer, one in self._boxes() if one is box), "")
            if pointer:
                self._place = (pointer, box.line.cursorPosition() if box.line is not None else 0)
        elif widget is self._grid:
            self._place = (self._pointer_of_cell(), 0)

    def _on_focus_changed(self, before: QWidget | None, _now: QWidget | None) -> None:
        if before is not None and shiboken6.isValid(before) and shiboken6.isValid(self):
            self._note(before)
