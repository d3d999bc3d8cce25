"""Each field of the table is typed, read back in a fresh editor, brought in from its file and exported unchanged."""

from __future__ import annotations

import json
from typing import Any

import pytest
from gui.editors.editor_bench import Bench
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from desktop.cli import main as cli
from desktop.domain.codes import code_list
from desktop.domain.documents import MISSING
from desktop.domain.fields import ENVELOPE, Field, Kind, at, fields_of, path_for
from desktop.domain.lifecycle import Regime
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.commodity_model import columns_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL = Qt.KeyboardModifier.ControlModifier
WHOLE = {Kind.OBJECT, Kind.ARRAY, Kind.CONST}
UNIT = "T1"


def rows(regime: Regime) -> dict[str, Any]:
    """A trip with one row of everything that can come more than once, and nothing in it."""
    person = {"travelDocuments": [{}]}
    trip = {
        "data": f"{regime}_TRIP",
        "operation": "CREATE",
        "truck": {},
        "trailers": [{}],
        "drivers": [person],
        "passengers": [person],
        "shipments": [{"data": f"{regime}_SHIPMENT", "commodities": [{}]}],
    }
    if regime is Regime.ACE:
        trip["shipments"][0] |= {"type": "IN_BOND", "thirdParties": [{}]}
    else:
        trip["containers"] = [{}]
        trip["shipments"][0] |= {"shipmentType": "CSA", "deliveryDestinations": [{}], "notifyParties": [{}]}
    return trip


SAMPLES = {
    Kind.BOOLEAN: (" ", True),
    Kind.INTEGER: ("12", 12),
    Kind.NUMBER: ("12.5", 12.5),
    Kind.NUMBER_TEXT: ("12.5", "12.5"),
    Kind.DATE: ("1980-02-29", "1980-02-29"),
    Kind.DATETIME: ("2026-11-24 13:55", "2026-11-24 13:55:00"),
}
NAMED = {"trailer_number": UNIT, "shipment_type_ace": "IN_BOND", "shipment_type_aci": "CSA"}


def sample(field: Field) -> tuple[str, Any]:
    """Return what is typed for a row, and the value it must become."""
    words = NAMED.get(field.name, "")
    if field.kind is Kind.TEXT_ARRAY:
        words = code_list("cargo-exemptions-aci").codes[0].code if "exemption" in field.name else "A1"
        return words, [words]
    if "loaded_on" in field.name:
        words = UNIT if field.name.endswith("number") else "TRAILER"
    elif field.codes and not words:
        words = code_list(field.codes).codes[0].code
    elif field.kind in SAMPLES:
        return SAMPLES[field.kind]
    elif field.kind is Kind.DIGITS:
        words = "1" * max(field.minimum, 1)
    words = words or ("SAMPLE1234567890ABCDE" if field.kind is Kind.CODE else "Sample 12")[: field.maximum or 20]
    return words, words


def open_all(bench: Bench) -> None:
    """Open every part that is not needed, as a person can."""
    bench.editor.page.ui.add_insurance.click()
    driver = bench.editor.page.drivers.parts[0]
    driver.ui.add_us_address.click()
    for name in ("in_bond", "release", "more"):
        button = getattr(bench.editor.shipments.ui, f"add_{name}")
        if not button.isHidden():
            button.click()


def boxes(bench: Bench) -> dict[str, FieldBox]:
    return {**dict(bench.editor.page.boxes()), **dict(bench.editor.shipments.boxes())}


def visit(bench: Bench, pointer: str, box: FieldBox) -> None:
    """Go to a field; what also stands in the grid is typed in both places."""
    bench.editor.go_to(pointer)
    if bench.focus is bench.editor.shipments.ui.commodities_table:
        box.setFocus()
    assert bench.focus_name() == box.objectName(), pointer


def replace(bench: Bench, words: str) -> None:
    """Type over what stands in the field, and leave it."""
    bench.key(Qt.Key.Key_A, CONTROL)
    bench.type(words)
    bench.key(Qt.Key.Key_Tab)


async def type_all(regime: Regime) -> tuple[Any, dict[str, Any]]:
    """Type a value into each field and each cell; return the document and what each must hold."""
    typed: dict[str, Any] = {}
    async with Bench(rows(regime), library=[]) as bench:
        bench.editor.open_shipment(0)
        open_all(bench)
        for pointer, box in boxes(bench).items():
            words, typed[pointer] = sample(box.field)
            visit(bench, pointer, box)
            if isinstance(box.editor, QCheckBox):
                bench.key(Qt.Key.Key_Space)
            else:
                replace(bench, words)
            assert bench.session.value(pointer) == typed[pointer], pointer
        model = bench.editor.shipments.goods
        for column, field in enumerate(columns_of(regime)):
            pointer = model.pointer_of(model.index(0, column))
            words, typed[pointer] = sample(field)
            bench.editor.go_to(pointer)
            bench.type(words)
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value(pointer) == typed[pointer], pointer
        return bench.session.document, typed


async def read_and_clear_all(document: Any, typed: dict[str, Any]) -> None:
    """Read each field in a fresh editor, and empty it."""
    async with Bench(document, library=[]) as bench:
        bench.editor.open_shipment(0)
        open_all(bench)
        for pointer, box in boxes(bench).items():
            assert box.value() == typed[pointer], pointer
            visit(bench, pointer, box)
            if isinstance(box.editor, QCheckBox):
                bench.key(Qt.Key.Key_Space)
                assert bench.session.value(pointer) is False, pointer
            else:
                bench.key(Qt.Key.Key_A, CONTROL)
                bench.key(Qt.Key.Key_Delete)
                assert bench.session.value(pointer) is MISSING, pointer
            bench.session.undo()


@pytest.mark.parametrize("regime", list(Regime))
def test_each_field_of_the_table(run_qt, tmp_path, capsys, regime):
    document, typed = run_qt(type_all(regime))
    run_qt(read_and_clear_all(json.loads(json.dumps(document)), typed))
    wanted = {field.name for field in fields_of(regime) if field.kind not in WHOLE} - ENVELOPE
    covered = {at(regime, pointer).name for pointer in typed}
    assert wanted - covered - {name for name in wanted if is_item(regime, name)} == set()
    file = tmp_path / "trip.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    folder = str(tmp_path / "data")
    assert cli(["--data-dir", folder, "import", str(file)]) == 0
    capsys.readouterr()
    assert cli(["--data-dir", folder, "export", document["tripNumber"]]) == 0
    assert json.loads(capsys.readouterr().out) == document


def is_item(regime: Regime, name: str) -> bool:
    """Whether a row is one item of a list of texts: the list's own field holds them all."""
    field = next(one for one in fields_of(regime) if one.name == name)
    return (path_for(field, regime) or "").endswith("/*")
