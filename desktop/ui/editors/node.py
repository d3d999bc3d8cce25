"""A page or a part of one: its binders, its lists of rows, and what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.documents import MISSING, JSONObject
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding.binder import Binder
from desktop.ui.binding.columns import Columns
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.binding.session import Editing


class Node(QWidget):
    """A widget over one place in a document.

    Attributes:
        binders: the field boxes that stand here.
        lists: rows below it (trailers, documents), each row a `Part`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.binders: list[Binder] = []
        self.lists: list[RowList] = []
        self.columns: list[Columns] = []

    def refresh(self) -> None:
        """Show the document again."""
        for binder in self.binders:
            binder.refresh()
        for rows in self.lists:
            rows.sync()
        self.arrange()

    def arrange(self) -> None:
        """Hide and show what depends on the values; pages with such parts override it."""

    def move_to(self, positions: tuple[int, ...]) -> None:
        """Point everything here at other rows of the document."""
        for binder in self.binders:
            binder.move_to(positions)
        for rows in self.lists:
            rows.move_to(positions)
        self.arrange()

    def boxes(self) -> Iterator[tuple[str, FieldBox]]:
        """Yield every field box that applies, with its pointer, from top to bottom."""
        for binder in self.binders:
            for box, _ in binder.places:
                pointer = binder.pointer(box)
                if pointer:
                    yield pointer, box
        for rows in self.lists:
            for part in rows.parts:
                yield from part.boxes()

    def part_count(self) -> int:
        """Return how many rows stand here, with those inside them."""
        return sum(1 + part.part_count() for rows in self.lists for part in rows.parts)

    def check_all(self) -> None:
        """Show everything that is wrong, also where nobody has been yet."""
        for _, box in self.boxes():
            box.check_now()

    def lay_columns(self, *sections: QWidget) -> None:
        """Let sections of twelve columns follow the width."""
        self.columns += [Columns(section) for section in sections]


class Part(Node):
    """One row of a list, with its heading and a button that takes it out."""

    def set_title(self, title: str) -> None:
        """Say which row this is."""

    def positions(self) -> tuple[int, ...]:
        """Return where it stands."""
        return self.binders[0].positions


Make = Callable[[tuple[int, ...]], Part]


class RowList(QObject):
    """Keeps as many parts in a column as an array of the document has rows.

    Args:
        column: layout the parts stand in.
        session: the document.
        template: pointer of the array, `*` for the positions of what it stands in; called anew at every look.
        make: makes the part of a row from its positions.
        title: catalogue key of a part's heading; `number` counts from 1.
        first: rows before this one are shown elsewhere (the first plate).
        minimum: parts shown although the document has no row yet.
    """

    def __init__(
        self,
        column: QVBoxLayout,
        session: Editing,
        template: Callable[[], str],
        make: Make,
        *,
        title: str,
        first: int = 0,
        minimum: int = 0,
    ) -> None:
        super().__init__(column)
        self._column = column
        self._session = session
        self._template = template
        self._make = make
        self._title = title
        self._first = first
        self._minimum = minimum
        self._positions: tuple[int, ...] = ()
        self.parts: list[Part] = []

    @property
    def pointer(self) -> str:
        """Where the array stands now."""
        pointer = self._template()
        for position in self._positions:
            pointer = pointer.replace("*", str(position), 1)
        return pointer

    @property
    def count(self) -> int:
        """How many rows the document has."""
        rows = self._session.value(self.pointer) if self._template() else MISSING
        return len(rows) if isinstance(rows, list) else 0

    def move_to(self, positions: tuple[int, ...]) -> None:
        """Show the rows of another place."""
        self._positions = positions
        self.sync()

    def sync(self) -> None:
        """Show as many parts as there are rows and what stands in them."""
        wanted = max(self.count - self._first, self._minimum) if self._template() else 0
        while len(self.parts) > max(0, wanted):
            gone = self.parts.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        for row in range(len(self.parts), wanted):
            part = self._make((*self._positions, row + self._first))
            self._column.addWidget(part)
            part.show()
            self.parts.append(part)
        for row, part in enumerate(self.parts):
            part.move_to((*self._positions, row + self._first))
            number = row + self._first + 1
            title = f"{self._title}_first" if number == 1 and texts.has(f"{self._title}_first") else self._title
            part.set_title(text(title, number=number))

    def add_empty(self) -> None:
        """Put a new row at the end and the caret into its first field."""
        empty: JSONObject = {}
        for _ in range(self.count, len(self.parts) + self._first):
            self._session.insert(f"{self.pointer}/-", {})  # rows on screen that the document does not have yet
        self._session.insert(f"{self.pointer}/-", empty)
        if self.parts:
            focus_first(self.parts[-1])

    def remove(self, part: Part) -> None:
        """Take a row out; undo brings it back."""
        row = part.positions()[-1]
        if row < self.count:
            self._session.remove(f"{self.pointer}/{row}")
        else:
            self.sync()


def focus_first(node: Node) -> None:
    """Put the caret into the first field that is shown."""
    for _, box in node.boxes():
        if not box.isHidden():
            box.setFocus()
            return


def set_up(form: Any, widget: QWidget) -> None:
    """Set up a generated form on its widget (uic's code has no types); its labels show plain text only."""
    form.setupUi(widget)
    for area in widget.findChildren(QScrollArea):
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is in it
    for label in widget.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)  # what stands in documents is never markup
        if label.property("look") == "quiet":  # a colour of the palette: the style sheet knows no such look
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        if label.objectName().endswith("_summary"):  # the first to give way in a narrow heading
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def lay_on_surface(area: QScrollArea) -> None:
    """Give a form the colour of a page."""
    for widget in (area.viewport(), area.widget()):
        if widget is not None:
            widget.setBackgroundRole(QPalette.ColorRole.Base)
            widget.setAutoFillBackground(True)


def set_heading(label: QLabel, words: str, size: theme.Token = "heading", *, is_apart: bool = True) -> None:
    """Write a heading of a section, or of a part, which stands off from the message above it (`is_apart`)."""
    label.setFont(theme.font(size))
    label.setContentsMargins(0, theme.STEP_8 if size == "strong" and is_apart else 0, 0, 0)
    label.setText(words)
