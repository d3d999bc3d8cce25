"""Every field of the table is typed, saved, opened again, exported and brought in elsewhere, unchanged."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gui.editors.editor_bench import Bench
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget

from desktop.assembly import Desk, DeskOptions, open_desk
from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, MISSING, get, put
from desktop.domain.field import Field, Kind
from desktop.domain.fields import ENVELOPE, FIELDS, path_for
from desktop.domain.lifecycle import Regime
from desktop.owner.lock import OwnerLock
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.trip import TripEditor

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WHOLE = {Kind.OBJECT, Kind.ARRAY, Kind.CONST}
KNOWN = {
    "trip_number_ace": "AAAA123457A",
    "trip_number_aci": "1234923ASDF",
    "truck_exemptions": "34; 38",
    "trailer_exemptions": "34; 38",
    "container_exemptions": "34; 38",
    "truck_vin": "1XPSMPLEXND000101",
    "shipment_control_number": "AAAA754321",
    "cargo_control_number": "1234PARS34213341",
    "truck_number": "2013",
    "trailer_number": "0456",
    "container_number": "MSKU 1234565",
    "container_loaded_on_type": "TRAILER",  # as the unit is: taking its number takes its kind along
    "shipment_loaded_on_type": "TRAILER",
    "commodity_loaded_on_type": "TRAILER",
    "container_loaded_on_number": "0456",
    "shipment_loaded_on_number": "0456",
    "commodity_loaded_on_number": "0456",
    "csa_business_number": "123456789RM0001",
    "driver_fast_card": "42701234567801",
    "passenger_fast_card": "42701234567802",
    "commodity_un_code": "1203",
    "commodity_line_release_number": "AB123456789012",
    "commodity_value": "1234.5",
    "in_bond_onward_scac": "BBBB",
    "in_bond_irs_number": "12-3456789",
    "consignment_reference": "UCR123",
    "commodity_hazmat_phone": "5195550100",
    "commodity_hazmat_email": "sample@example.invalid",
}
"""What is typed where the table's limits alone do not tell what is right."""


PLAIN = {
    Kind.DATE: "2026-12-01",
    Kind.DATETIME: "2026-12-01 04:45",
    Kind.INTEGER: "35",
    Kind.NUMBER: "1500.5",
    Kind.NUMBER_TEXT: "1500.5",
    Kind.BOOLEAN: "",
    Kind.TEXT_ARRAY: "UL1; UL2",
    Kind.CODE: "AB12345678",
}


def typed_into(field: Field) -> str:
    """Return something right to type, made of the field's own row; '' for a box to tick."""
    if field.name in KNOWN:
        return KNOWN[field.name]
    if field.codes and field.kind is not Kind.TEXT_ARRAY:
        codes = [
            one.code
            for one in code_list(field.codes).search("", 50)
            if not field.pattern or re.fullmatch(field.pattern, one.code)
        ]
        return codes[len(field.name) % len(codes)]
    if field.kind is Kind.DIGITS:
        return "1234567890123456789"[: field.minimum or 4]
    typed = PLAIN.get(field.kind, f"{field.name[-4:]} Ü")
    return typed[: field.maximum] if field.maximum and field.kind is not Kind.DATETIME else typed


def expected(field: Field, typed: str) -> JSON:
    """Return what must stand in the document."""
    match field.kind:
        case Kind.INTEGER:
            return int(typed)
        case Kind.NUMBER:
            return float(typed)
        case Kind.BOOLEAN:
            return True
        case Kind.DATETIME:
            return typed + ":00"
        case Kind.TEXT_ARRAY:
            return typed.split("; ")
        case _:
            return typed


class Hands(Bench):
    """Types into an editor over a real desk."""

    def __init__(self, desk: Desk, editor: TripEditor) -> None:
        self.desk, self.editor, self.session = desk, editor, editor.session

    def type(self, text: str) -> None:
        """Type letters beyond ASCII too, which QTest has no keys for."""
        for letter in text:
            target = self.focus
            assert target is not None
            if letter.isascii():
                QTest.keyClicks(target, letter)
            else:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    async def come_back(self) -> None:
        """Wait for the window to be active: without a window manager nobody else gives it back after a list closed."""
        async with asyncio.timeout(5):
            while not self.editor.isActiveWindow():
                self.editor.activateWindow()
                await asyncio.sleep(0.001)

    async def put_into(self, widget: QWidget, typed: str) -> None:
        await self.come_back()
        widget.setFocus()
        if isinstance(widget, QCheckBox):
            QTest.keyClick(widget, Qt.Key.Key_Space)
            return
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(typed)
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, Qt.Key.Key_Tab)


def names_of(regime: Regime) -> set[str]:
    """Return the fields of protocol 3 to 6 that a person types: those with a value of their own."""
    found = set()
    for field in FIELDS:
        path = path_for(field, regime)
        item = path is not None and path.endswith("/*")  # one of a list: the list's field holds it
        if path is not None and field.kind not in WHOLE and field.name not in ENVELOPE and not item:
            found.add(field.name)
    return found


def unfold(page: QWidget) -> None:
    """Press whatever opens a row or a part that is not there yet, once each."""
    pressed: list[QAbstractButton] = []
    while True:
        buttons = [
            button
            for button in page.findChildren(QAbstractButton)
            if button.objectName().startswith("add_") and button.isVisible() and button not in pressed
        ]
        wanted = [button for button in buttons if button.objectName() not in {"add_shipment", "add_driver"}]
        if not wanted:
            return
        pressed.append(wanted[0])
        wanted[0].click()


def boxes(holder: Any) -> Iterator[tuple[str, FieldBox]]:
    """Return the field boxes that can be typed into, with where they write to."""
    return ((pointer, box) for pointer, box in holder.boxes() if box.isVisible() and box.isEnabled())


async def opened(desk: Desk, trip_id: str) -> Hands:
    editor = TripEditor(desk, await desk.editing.open(trip_id))
    editor.resize(1198, 1400)
    editor.show()
    hands = Hands(desk, editor)
    await hands.come_back()
    return hands


async def type_everything(hands: Hands, regime: Regime) -> tuple[dict[str, JSON], set[str]]:
    """Type into every field that is shown; return what must stand where, and which fields were reached."""
    wanted: dict[str, JSON] = {}
    reached: set[str] = set()
    editor = hands.editor
    for holder in (editor.page, editor.shipments):
        if holder is editor.shipments:
            editor.add_shipment()
        await hands.settled()
        unfold(holder)
        await hands.settled()
        known: set[str] = set()
        for _ in range(3):  # a value may open further fields
            for pointer, box in list(boxes(holder)):
                if pointer in known or box.field is None or pointer in wanted:
                    continue
                known.add(pointer)
                typed = typed_into(box.field)
                await hands.put_into(box.editor, typed)
                wanted[pointer] = expected(box.field, typed)
                reached.add(box.field.name)
            await hands.settled()
    grid = editor.shipments.ui.commodities_table
    model = grid.model()
    for column, field in enumerate(editor.shipments.goods.fields):
        typed = typed_into(field)
        await hands.come_back()
        grid.setFocus()
        grid.setCurrentIndex(model.index(0, column))
        hands.type(typed)
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, Qt.Key.Key_Tab)
        wanted[editor.shipments.goods.pointer_of(model.index(0, column))] = expected(field, typed)
        reached.add(field.name)
    return wanted, reached


@pytest.mark.parametrize("regime", list(Regime))
def test_every_field_is_typed_kept_and_brought_in_elsewhere(run_qt, tmp_path: Path, regime: Regime) -> None:
    async def main() -> None:
        here, there = tmp_path / "here", tmp_path / "there"
        with OwnerLock(here) as lock, OwnerLock(there) as other_lock:
            desk = await open_desk(DeskOptions(here, lock=lock))
            session = await desk.starting.new(regime)
            hands = await opened(desk, session.trip_id)
            wanted, reached = await type_everything(hands, regime)
            assert names_of(regime) - reached == set()
            document = hands.session.document
            found = {pointer: get(document, pointer) for pointer in wanted}
            assert {p: v for p, v in found.items() if json.dumps(v, default=repr) != json.dumps(wanted[p])} == {}
            assert json.dumps(remade(wanted, document)) == json.dumps(document)
            await hands.editor.close_session()
            hands.editor.deleteLater()

            again = await desk.editing.open(session.trip_id)
            assert json.dumps(again.document) == json.dumps(document)
            exported = tmp_path / "trip.json"
            exported.write_text(json.dumps((await desk.lookups.trip(session.trip_id)).document), encoding="utf-8")
            other = await open_desk(DeskOptions(there, lock=other_lock))
            brought = await other.importing.files([str(exported)], None)
            assert not brought.problems
            copy = await other.editing.open(brought.items[0]["id"])
            assert json.dumps(copy.document) == json.dumps(document)
            hands = await opened(other, brought.items[0]["id"])
            hands.editor.open_shipment(0)
            unshown = [
                pointer
                for holder in (hands.editor.page, hands.editor.shipments)
                for pointer, box in holder.boxes()
                if pointer in wanted and json.dumps(box.value(), default=repr) != json.dumps(wanted[pointer])
            ]
            assert unshown == []
            await hands.editor.close_session()
            hands.editor.deleteLater()
            await other.close()
            await desk.close()

    run_qt(main())


def remade(wanted: dict[str, JSON], document: JSON) -> JSON:
    """Return the document with what must stand in it put there once more: nothing was lost, nothing changed."""
    made = document
    for pointer, value in wanted.items():
        made = put(made, pointer, value)
    assert all(get(made, pointer) is not MISSING for pointer in wanted)
    return made
