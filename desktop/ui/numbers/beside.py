"""In the editor of a trip: the next number of a range beside an empty field, taken by a key; the check of a sticker."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject

from desktop import texts
from desktop.domain.documents import get, is_object
from desktop.domain.shipment import number_pointer
from desktop.services.numbering import RangeRow
from desktop.services.views import Changed, Subject
from desktop.ui import dialogs
from desktop.ui.numbers.kinds import NumbersFor, kind_name
from desktop.ui.numbers.ranges_dialog import show_ranges
from desktop.ui.numbers.sticker import StickerDialog, shipments_of
from desktop.ui.reload import Reload
from desktop.ui.toast import announce

if TYPE_CHECKING:
    from desktop.ui.binding.field_box import FieldBox
    from desktop.ui.desk import Desk
    from desktop.ui.editors.trip import TripEditor

TAKE = "Ctrl+Shift+K"
CHECK = "Ctrl+B"
_TRIP = "/tripNumber"


class Beside(QObject):
    """What numbering adds to one editor; it lives and ends with it."""

    def __init__(self, desk: Desk, editor: TripEditor) -> None:
        super().__init__(editor)
        self._desk = desk
        self._editor = editor
        self._noted: dict[FieldBox, str] = {}
        self.reload = Reload(desk.keeper, self._read, "numbers.beside")
        editor.add_menu_entry(texts.text("number_ranges.take"), self._on_take, TAKE, "tag")
        editor.add_menu_entry(texts.text("sticker.menu"), self._on_check, CHECK, "barcode")
        self._leave_session = editor.session.subscribe(self._on_edited, _nothing, _nothing)
        self._leave_changes = desk.changes.subscribe(self._on_changed)
        editor.shipments.current_changed.connect(lambda *_: self.reload.ask())
        editor.destroyed.connect(self._end)
        self.reload.ask()

    def _end(self) -> None:
        self._leave_session()
        self._leave_changes()

    def _on_edited(self, paths: frozenset[str], is_structure: bool) -> None:
        """Read again where the numbers or the driver may have changed, not with every key anywhere."""
        watched = (_TRIP, "/drivers", self._control() or _TRIP)
        if is_structure or any(one.startswith(path) or path.startswith(one) for path in paths for one in watched):
            self.reload.ask()

    def _on_changed(self, changed: Changed) -> None:
        if not shiboken6.isValid(self._editor):
            self._end()
        elif changed.subject in {Subject.NUMBERS, Subject.LIBRARY}:
            self.reload.ask()

    # The note

    async def _standing(self, what: NumbersFor) -> RangeRow | None:
        session = self._editor.session
        document = session.document
        driver = await self._desk.numbering.driver_of(session.company, document if is_object(document) else {})
        return await self._desk.numbering.standing(session.company, *what, driver=driver)

    async def _read(self) -> None:
        """Note the next number beside the trip's and the shipment's number, where they are empty."""
        if not shiboken6.isValid(self._editor) or not self._editor.session.company:
            return
        rows = {}
        for kind, pointer in (("trip", _TRIP), ("control", self._control())):
            what = NumbersFor(self._editor.session.regime, kind)  # type: ignore[arg-type]  # the two kinds
            if pointer:
                rows[pointer] = await self._standing(what) if self._is_empty(pointer) else None
        if shiboken6.isValid(self._editor):
            self._note(rows)

    def _note(self, rows: dict[str, RangeRow | None]) -> None:
        wanted: dict[FieldBox, str] = {}
        for node in (self._editor.page, self._editor.shipments):
            for pointer, box in node.boxes():
                row = rows.get(pointer)
                if row is not None and self._is_empty(pointer):
                    wanted[box] = note_of(row)
        for box in self._noted.keys() | wanted.keys():
            if shiboken6.isValid(box) and self._noted.get(box, "") != wanted.get(box, ""):
                box.set_note(wanted.get(box, ""))
        self._noted = wanted

    def _control(self) -> str:
        position = self._editor.shipments.position
        return number_pointer(self._editor.session.regime, position) if position >= 0 else ""

    def _is_empty(self, pointer: str) -> bool:
        value = get(self._editor.session.document, pointer)
        return not (isinstance(value, str) and value.strip())

    # Taking

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._desk.keeper.start(dialogs.told(self._editor.window(), work), name=f"numbers.{name}")

    def _on_take(self) -> None:
        self._start(self.take(), "take")

    async def take(self) -> None:
        """Put the next number into the field of the shipment on show, else of the trip; one in it is asked about."""
        editor, session = self._editor, self._editor.session
        is_shipment = editor.current_shipment() >= 0
        what = NumbersFor(session.regime, "control" if is_shipment else "trip")
        pointer = self._control() if is_shipment else _TRIP
        row = await self._standing(what)
        if row is None or not row.next:
            await self._tell_none(what, row)
            return
        value = session.value(pointer)
        if not self._is_empty(pointer) and not await dialogs.ask(
            editor.window(),
            texts.text("number_ranges.replace", old=value, new=row.next),
            texts.text("number_ranges.replace.text", new=row.next),
            accept=texts.text("number_ranges.replace.yes"),
            reject=texts.text("number_ranges.replace.no"),
        ):
            return
        document = session.document
        driver = await self._desk.numbering.driver_of(session.company, document if is_object(document) else {})
        taken = await self._desk.numbering.take(session.company, *what, driver=driver)
        if taken and shiboken6.isValid(editor):
            session.set(pointer, taken[0])
            editor.go_to(pointer)
            announce(editor, texts.text("number_ranges.taken", number=taken[0]))

    async def _tell_none(self, what: NumbersFor, row: RangeRow | None) -> None:
        window, kind = self._editor.window(), kind_name(what)
        title = "number_ranges.no_range" if row is None else "number_ranges.no_number"
        if await dialogs.ask(
            window,
            texts.text(title, kind=kind),
            texts.text("number_ranges.no_range.text"),
            accept=texts.text("number_ranges.open"),
            reject=texts.text("window.dialog.close"),
        ):
            await show_ranges(self._desk, window, self._editor.session.company)

    # The sticker

    def _on_check(self) -> None:
        self._start(self.check(), "check")

    async def check(self) -> None:
        """Check the label of the shipment on show, or of any of the trip; take its number where the user says so."""
        session = self._editor.session
        document = session.document if is_object(session.document) else {}
        shipments = shipments_of(document, session.regime)
        if not shipments:
            await dialogs.tell(
                self._editor.window(), texts.text("sticker.no_shipment"), texts.text("sticker.no_shipment.text")
            )
            return
        number = session.value(_TRIP)
        dialog = StickerDialog(
            number if isinstance(number, str) else "",
            shipments,
            self._editor.current_shipment(),
            self._editor.window(),
        )
        await dialogs.finished(dialog)
        if dialog.taken and shiboken6.isValid(self._editor):
            self.apply(dialog.position, dialog.taken)

    def apply(self, position: int, number: str) -> None:
        """Put a label's number into a shipment's field; undo takes it back."""
        pointer = number_pointer(self._editor.session.regime, position)
        self._editor.session.set(pointer, number)
        self._editor.go_to(pointer)


def _nothing() -> None:
    """Do nothing: checks and saves change no note."""


def note_of(row: RangeRow) -> str:
    """Return the note beside an empty number field."""
    if not row.next:
        return texts.text("number_ranges.note.used_up")
    return texts.text("number_ranges.note", number=row.next, left=f"{row.left:,}", keys=TAKE)
