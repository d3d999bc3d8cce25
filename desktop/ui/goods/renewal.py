"""Takes over into a draft what has changed in the library since a record was picked: offered, never done by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.services.views import LibraryRow
from desktop.texts import text
from desktop.ui.binding.session import Editing
from desktop.ui.editors.choosing import OF_THE_TRIP
from desktop.ui.editors.shelf import Shelf
from desktop.ui.editors.trip import TripEditor
from desktop.ui.legible import legible
from desktop.ui.toast import announce

_PARTIES = ("shipper", "consignee")


class Differing(NamedTuple):
    """A place in the draft that is not as the library has it now."""

    pointer: str
    row: LibraryRow


def differing(session: Editing, shelf: Shelf) -> list[Differing]:
    """Return the driver, units and partners of a draft whose record in the library says something else now."""
    found = []
    for kind, name, pointer in _places(session):
        part = session.value(pointer)
        key = part.get(name) if is_object(part) else None
        row = shelf.by_key(kind, key) if isinstance(key, str) and key else None
        if row is not None and is_object(part) and _differs(session, row, part):
            found.append(Differing(pointer, row))
    return found


def _places(session: Editing) -> Iterator[tuple[str, str, str]]:
    yield "truck", "number", "/truck"
    for kind, member, name in (("trailer", "trailers", "number"), ("driver", "drivers", "driverNumber")):
        for position in range(_count(session.value(f"/{member}"))):
            yield kind, name, f"/{member}/{position}"
    for position in range(_count(session.value("/shipments"))):
        for party in _PARTIES:
            yield "partner", "name", f"/shipments/{position}/{party}"


def _count(rows: object) -> int:
    return len(rows) if isinstance(rows, list) else 0


def _differs(session: Editing, row: LibraryRow, part: JSONObject) -> bool:
    from desktop.services.library import wire_object

    wanted = wire_object(row.kind, row.document, session.regime)
    return _bare(wanted) != _bare(part)


def _bare(record: JSONObject) -> JSONObject:
    """Return a record without what belongs to the trip; one plate alone is a list of one."""
    made: JSONObject = {name: value for name, value in record.items() if name not in OF_THE_TRIP}
    plate: JSON = made.pop("licensePlate", None)
    return {**made, "licensePlates": [plate]} if plate is not None and "licensePlates" not in made else made


class Renewal(QObject):
    """The entry of an editor's menu that takes over changes of the library."""

    def __init__(self, editor: TripEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.menu = QMenu(editor)
        editor.add_menu_entry(text("goods.renew"), self.offer, icon="import")

    def offer(self) -> None:
        """Show what differs, to be taken over one by one; each is one step to undo."""
        self.menu.clear()
        found = differing(self._editor.session, self._editor.shelf)
        for one in found:
            words = text(f"goods.renew.{one.row.kind}", name=one.row.title or one.row.key)
            action = self.menu.addAction(legible(words).replace("&", "&&"))
            action.triggered.connect(partial(self._take, one))
        if not found:
            self.menu.addAction(text("goods.renew.nothing")).setEnabled(False)
            announce(self._editor, text("goods.renew.nothing"))
        self.menu.popup(QCursor.pos())

    def _take(self, one: Differing) -> None:
        self._editor.choosing.place(one.pointer, one.row)
        self._editor.go_to(one.pointer)
