"""What happens in the document when something with more behind it is picked: a unit, a person, a partner."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.domain.documents import JSONObject, is_object, join, split
from desktop.services.views import LibraryRow
from desktop.ui.binding.binder import Binder
from desktop.ui.binding.choice import Choice
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.binding.session import Editing, put_value
from desktop.ui.editors.surroundings import Unit

OF_THE_TRIP = ("sealNumbers", "cargoExemptions")
"""Members that belong to this trip and not to the unit: picking another unit keeps them."""


class Wanted(NamedTuple):
    """Somebody wants something new in the library: what kind, what was typed, and where it goes then."""

    kind: str
    words: str
    pointer: str


class Choosing(QObject):
    """Puts what was picked into the document.

    Signals:
        add_wanted: a `Wanted`: the last row of a picker was taken.
        placed: the box whose row was filled.
    """

    add_wanted = Signal(object)
    placed = Signal(object)

    def __init__(self, session: Editing, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def listen(self, binder: Binder) -> None:
        """Act on what is picked in the boxes of a binder."""

        def on_chosen(box: FieldBox, choice: Choice) -> None:
            self.take(binder.pointer(box), choice)
            self.placed.emit(box)

        binder.chosen.connect(on_chosen)

    def take(self, pointer: str, choice: Choice) -> None:
        """Act on a choice in the field at `pointer`."""
        whole = join(*split(pointer)[:-1])
        if choice.is_add:
            self.add_wanted.emit(Wanted(str(choice.payload), choice.value, whole))
        elif isinstance(choice.payload, Unit):
            put_value(self._session, whole, {"type": choice.payload.kind, "number": choice.payload.number})
        elif isinstance(choice.payload, LibraryRow):
            self.place(whole, choice.payload)

    def place(self, pointer: str, row: LibraryRow) -> None:
        """Put a library record into the document in the shape of its regime, as one step to undo."""
        from desktop.services.library import wire_object

        made: JSONObject = wire_object(row.kind, row.document, self._session.regime)
        before = self._session.value(pointer)
        if is_object(before):
            made = {**made, **{name: before[name] for name in OF_THE_TRIP if name in before}}
        put_value(self._session, pointer, made)
