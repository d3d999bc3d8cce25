"""Nothing is clipped at any width, and columns follow the room there is."""

from __future__ import annotations

import pytest
from gui.editors.editor_bench import Bench, example
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from desktop.domain.lifecycle import Regime
from desktop.ui import theme
from desktop.ui.binding.columns import columns_for
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.link_button import LinkButton

WIDTHS = [(1198, 708), (1198, 660), (972, 652), (588, 312)]


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("size", WIDTHS)
def test_no_label_is_wider_than_its_room(run_qt, qapp, regime, size):
    async def main():
        async with Bench(example(regime)) as bench:
            bench.editor.resize(*size)
            bench.editor.show_tab(0)
            await bench.settled()
            assert bench.editor.width() == size[0], "the page is no wider than its window"
            clipped = _clipped(bench)
            bench.editor.open_shipment(0)
            await bench.settled()
            clipped += _clipped(bench)
            assert clipped == []

    run_qt(main())


def _clipped(bench: Bench) -> list[str]:
    found = []
    for box in bench.editor.findChildren(FieldBox):
        if box.isVisible():
            needs = QFontMetrics(box.label.font()).horizontalAdvance(box.label.text())
            if box.label.isVisible() and needs > box.label.width():
                found.append(f"{box.objectName()}: {needs} in {box.label.width()}")
            if box.editor.height() != theme.FIELD_HEIGHT:
                found.append(f"{box.objectName()} is {box.editor.height()} high")
    wrapped = [label for label in bench.editor.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    found += [label.objectName() for label in wrapped if label.height() < label.heightForWidth(label.width())]
    links = [link for link in bench.editor.findChildren(LinkButton) if link.isVisible()]
    found += [link.text() for link in links if QFontMetrics(link.font()).horizontalAdvance(link.text()) > link.width()]
    return found


def test_columns_by_width():
    assert [columns_for(width) for width in (900, 560, 559, 440, 439, 280, 279)] == [12, 12, 6, 6, 2, 2, 1]


def test_fields_of_a_narrow_form_stand_below_each_other(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            wide = bench.box("truck_number").y() == bench.box("truck_vin").y()
            bench.editor.resize(420, 400)
            await bench.settled()
            assert wide
            assert bench.box("truck_number").y() < bench.box("truck_plate_number").y()
            assert bench.box("truck_plate_number").x() == bench.box("truck_number").x()

    run_qt(main())


def test_the_side_panel_folds_into_a_button(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            assert bench.editor.ui.side.isVisible()
            assert not bench.editor.ui.problems_button.isVisible()
            bench.editor.resize(900, 600)
            assert not bench.editor.ui.side.isVisible()
            assert bench.editor.ui.problems_button.isVisible()
            bench.editor.ui.problems_button.click()
            assert bench.editor.ui.side.isVisible()
            assert bench.editor.ui.side.geometry().right() <= bench.editor.width()
            bench.editor.resize(1198, 700)
            assert bench.editor.ui.side.isVisible()

    run_qt(main())


def test_tab_goes_through_the_page_in_reading_order(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.box("trip_number_ace").setFocus()
            names = []
            from PySide6.QtCore import Qt

            for _ in range(12):
                names.append(bench.focus_name())
                bench.key(Qt.Key.Key_Tab)
            assert names[:12] == [
                "trip_number_ace",
                "us_port",
                "eta",
                "QComboBox",
                "iit_bond_type",
                "QCheckBox",
                "QComboBox",
                "truck_number",
                "truck_vin",
                "truck_plate_number",
                "truck_plate_state",
                "truck_type",
            ]

    run_qt(main())


@pytest.mark.parametrize("size", WIDTHS)
def test_a_message_of_two_lines_drives_no_rows_apart(run_qt, size):
    """What a form asks for is what its rows are at its width: a wrapped message makes its own row higher, and no other."""

    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            bench.editor.resize(*size)
            bench.session.set("/shipments/0/shipper/address/country", "AD")
            bench.session.set("/shipments/0/shipper/address/stateProvince", "AA")
            bench.session.set("/truck/number", "two words that do not fit there " * 3)
            for show, area in (
                (lambda: bench.editor.show_tab(0), bench.editor.page.scroll_area),
                (lambda: bench.editor.open_shipment(0), bench.editor.shipments.ui.shipment_scroll),
            ):
                show()
                await bench.settled()
                content = area.widget()
                wanted = max(content.heightForWidth(content.width()), area.viewport().height())
                assert content.height() <= wanted

    run_qt(main())


def test_a_mend_stands_below_what_is_wrong_where_both_have_no_room_in_one_line(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            box = bench.box("trip_number_ace")
            bench.session.set("/tripNumber", "AAAA 12-34 56-78 90-12")
            await bench.settled()
            assert box.fix.isVisible()
            assert box.message.width() > box.width() - 12
            assert box.fix.y() >= box.message.geometry().bottom()
            bench.session.set("/tripNumber", "AAAA 1234")
            bench.editor.resize(2400, 900)
            await bench.settled()
            assert box.fix.y() < box.message.geometry().bottom()

    run_qt(main())
