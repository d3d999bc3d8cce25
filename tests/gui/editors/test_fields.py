"""Every field of the table has a widget of its name, and every field widget says what its row says."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from gui.editors.editor_bench import Bench, example
from PySide6.QtWidgets import QCheckBox

from desktop.domain.fields import ENVELOPE, FIELDS, Kind, by_name, path_for
from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui.binding.choice import Choice, with_words
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.commodity_model import columns_of

FORMS = Path(__file__).resolve().parents[3] / "forms"
ITEMS = {
    "truck_seal",
    "trailer_seal",
    "truck_exemption",
    "trailer_exemption",
    "container_exemption",
    "commodity_mark",
}  # rows of one item of a list of texts: the list's field holds them all


def _widgets() -> set[str]:
    names = set()
    for form in FORMS.glob("*.ui"):
        for widget in ET.parse(form).iter("widget"):
            if widget.get("class") == "FieldBox":
                names.add(widget.get("name"))
    return names


def _rows() -> set[str]:
    whole = {Kind.OBJECT, Kind.ARRAY, Kind.CONST}
    return {field.name for field in FIELDS if field.kind not in whole} - ENVELOPE - ITEMS


def test_every_field_widget_has_a_row() -> None:
    assert _widgets() - _rows() == set()


def test_every_row_has_a_widget_or_a_column() -> None:
    columns = {field.name for regime in Regime for field in columns_of(regime)}
    assert _rows() - _widgets() - columns == set()


@pytest.mark.parametrize("regime", list(Regime))
def test_field_widgets_say_what_their_rows_say(run_qt, regime):
    async def main():
        async with Bench(example(regime)) as bench:
            boxes = bench.editor.findChildren(FieldBox)
            assert len(boxes) > 60
            for box in boxes:
                field = by_name(box.objectName())
                label = text(f"fields.{field.name}")
                assert box.field is field
                shown = box.editor.text() if isinstance(box.editor, QCheckBox) else box.label.text()
                assert shown == label
                assert box.editor.accessibleName().endswith(label)
                assert box.message.objectName() == f"{field.name}_error"
                if field.kind is not Kind.TEXT_ARRAY:
                    assert box.maximum == field.maximum
                assert (box.picker is not None) == bool(field.codes or box.property("source"))
                applies = path_for(field, regime) is not None
                if not applies:
                    assert box.isHidden(), f"{field.name} does not belong to {regime}"

    run_qt(main())


@pytest.mark.parametrize(
    ("code", "words", "shown"),
    [
        ("A49", "A49 Automotive Release", "A49 Automotive Release"),
        ("ON", "Ontario", "ON Ontario"),
        ("PAPS", "PAPS", "PAPS"),
        ("20", "20 ft. container", "20 ft. container"),
        ("A4", "A49 Automotive", "A4 A49 Automotive"),
        ("XX", "", "XX"),
    ],
)
def test_a_code_stands_once(code, words, shown):
    assert with_words(code, words) == shown
    assert Choice(code, words).shown == shown
