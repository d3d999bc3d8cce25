"""The grid of goods takes blocks from a spreadsheet, asks what an amount means, and loses nothing that was pasted."""

from __future__ import annotations

import pytest
from fakes.share import share
from gui.editors.editor_bench import Bench, empty, example
from pictures import letters
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from desktop.domain.amount import Point
from desktop.domain.fields import by_name
from desktop.domain.lifecycle import Regime
from desktop.ui import theme
from desktop.ui.colours import Scheme
from desktop.ui.editors.commodity_filling import read_block, shown_cell

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen
CONTROL = Qt.KeyboardModifier.ControlModifier
GOODS = "/shipments/0/commodities"


def _grid(bench: Bench):
    bench.editor.open_shipment(0)
    return bench.editor.shipments.ui.commodities_table


def _paste(grid, copied: str, row: int = 0, column: int = 0) -> None:
    QApplication.clipboard().setText(copied)
    grid.go_to(row, column)
    QTest.keyClick(grid, Qt.Key.Key_V, CONTROL)


@pytest.mark.parametrize(
    ("regime", "scale", "width"),
    share([(regime, scale, width) for regime in Regime for scale in (1, 2) for width in (588, 1126, 1198)], 5),
)
def test_headings_and_lines_are_whole_at_any_size_of_letters(run_qt, qapp, regime, scale, width):
    async def main():
        with letters(scale):
            theme.apply(qapp, Scheme.LIGHT)
            async with Bench(example(regime)) as bench:
                bench.editor.resize(width, 600)
                grid = _grid(bench)
                await bench.settled()
                head = grid.horizontalHeader()
                assert [head.sectionSize(one) >= head.sectionSizeHint(one) for one in range(head.count())] == [
                    True
                ] * head.count()
                assert grid.rowHeight(0) >= theme.line_height("body") + 8
                is_scrolled = head.length() > grid.viewport().width()
                assert is_scrolled == grid.horizontalScrollBar().isVisible()
                shown = min(grid.goods.rowCount(), 8)
                assert grid.viewport().height() >= shown * grid.rowHeight(0), "the bar hides no line"
        theme.apply(qapp, Scheme.LIGHT)

    run_qt(main())


def _question() -> QMenu:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def _answer(bench: Bench, words: str) -> None:
    menu = _question()
    action = next(action for action in menu.actions() if action.text().startswith(words))
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_a_block_is_pasted_rightwards_and_downwards_and_taken_back_as_one_step(run_qt):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            grid = _grid(bench)
            before = bench.session.document
            _paste(grid, "Chairs\t12\tctn\t300\tlb\r\nTables\t4\tCTN Carton\t250.5\tL\r\nLamps\t2\t?\tmuch\tL\r\n")
            lines = bench.session.value(GOODS)
            on = {"type": "TRAILER", "number": "0456"}
            assert [line["description"] for line in lines] == ["Chairs", "Tables", "Lamps"]
            assert [line["quantity"] for line in lines] == [12, 4, 2]
            assert [line["packagingUnit"] for line in lines] == ["CTN", "CTN", "?"]
            assert [line["weight"] for line in lines] == [300, 250.5, "much"]
            assert [line["loadedOn"] for line in lines] == [on, on, on]
            assert (grid.currentIndex().row(), grid.currentIndex().column()) == (2, 0)
            bad = grid.goods.index(2, 3)
            assert grid.goods.remark(bad) is not None, "what is wrong is shown where it was pasted"
            grid.go_to(2, 3)
            assert bench.editor.shipments.ui.commodity_message.text()
            bench.editor.undo()
            assert bench.session.document == before

    run_qt(main())


def test_one_cell_is_copied_and_pasted_where_it_belongs(run_qt):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            grid = _grid(bench)
            grid.go_to(0, 0)
            QTest.keyClick(grid, Qt.Key.Key_C, CONTROL)
            assert QApplication.clipboard().text() == "Books"
            grid.add_line()
            QTest.keyClick(grid, Qt.Key.Key_V, CONTROL)
            assert bench.session.value(f"{GOODS}/1/description") == "Books"

    run_qt(main())


def test_a_block_pasted_while_a_cell_is_edited_still_fills_cells(run_qt):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            grid = _grid(bench)
            grid.go_to(0, 0)
            QTest.keyClick(grid, Qt.Key.Key_F2)
            editor = grid.viewport().findChild(QLineEdit)
            QApplication.clipboard().setText("Chairs\t12")
            QTest.keyClick(editor, Qt.Key.Key_V, CONTROL)
            assert bench.session.value(f"{GOODS}/0/description") == "Chairs"
            assert bench.session.value(f"{GOODS}/0/quantity") == 12
            QApplication.clipboard().setText("wide")
            grid.go_to(0, 0)
            QTest.keyClick(grid, Qt.Key.Key_F2)
            editor = next(line for line in grid.viewport().findChildren(QLineEdit) if line.isVisible())
            editor.end(False)
            QTest.keyClick(editor, Qt.Key.Key_V, CONTROL)
            assert bench.session.value(f"{GOODS}/0/description") == "Chairswide"

    run_qt(main())


def test_goods_are_pasted_into_an_empty_shipment_of_canada(run_qt):
    async def main() -> None:
        async with Bench(empty(Regime.ACI)) as bench:
            bench.editor.add_shipment()
            grid = bench.editor.shipments.ui.commodities_table
            _paste(grid, "Paint\t4\tDRM\t1.800,5\tLBR\tPO 1\t1263")
            line = bench.session.value(f"{GOODS}/0")
            assert line == {
                "description": "Paint",
                "quantity": 4,
                "packagingUnit": "DRM",
                "weight": "1800.5",
                "weightUnit": "LBR",
                "marksAndNumbers": "PO 1",
                "hazmatDetails": {"unCode": "1263"},
            }

    run_qt(main())


def test_columns_without_a_place_are_said(run_qt):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            grid = _grid(bench)
            said = []
            grid.left_out.connect(said.append)
            _paste(grid, "0456\tmore\tand more", column=6)
            assert said == [2]
            assert bench.session.value(f"{GOODS}/0/loadedOn/number") == "0456"

    run_qt(main())


def test_an_amount_with_two_readings_is_asked_once(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            grid = _grid(bench)
            grid.go_to(0, 3)
            QTest.keyClicks(grid, "1")
            editor = QApplication.focusWidget()
            QTest.keyClicks(editor, ",500")
            assert bench.session.value(f"{GOODS}/0/weight") == "1,500", "it stands as typed until it is told"
            QTest.keyClick(editor, Qt.Key.Key_Tab)
            await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
            _answer(bench, "1500 ")
            await until(lambda: bench.session.value(f"{GOODS}/0/weight") == 1500)
            assert grid.goods.point is Point.DOT
            grid.go_to(0, 3)
            QTest.keyClicks(grid, "2")
            QTest.keyClicks(QApplication.focusWidget(), ",500")
            assert bench.session.value(f"{GOODS}/0/weight") == 2500

    run_qt(main())


def test_a_question_about_an_amount_that_is_not_answered_changes_nothing(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            grid = _grid(bench)
            _paste(grid, "Chairs\t12\tCTN\t1,500\tL")
            await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
            assert bench.session.value(f"{GOODS}/0/description") == "Books", "nothing is put in before the answer"
            QTest.keyClick(_question(), Qt.Key.Key_Escape)
            await until(lambda: bench.session.value(f"{GOODS}/0/description") == "Chairs")
            assert bench.session.value(f"{GOODS}/0/weight") == "1,500"
            assert grid.goods.remark(grid.goods.index(0, 3)) is not None

    run_qt(main())


def test_another_amount_of_the_block_tells_what_is_meant(run_qt):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            _paste(_grid(bench), "Chairs\t1.200\tCTN\t1.500\tL\nTables\t3\tCTN\t12,5\tL")
            assert [line["weight"] for line in bench.session.value(GOODS)] == [1500, 12.5]
            assert [line["quantity"] for line in bench.session.value(GOODS)] == [1200, 3]

    run_qt(main())


def test_the_decimal_comma_of_the_number_pad_is_taken(run_qt):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            grid = _grid(bench)
            grid.go_to(0, 3)
            QTest.keyClicks(grid, "1")
            QTest.keyClicks(QApplication.focusWidget(), "2,5")
            assert bench.session.value(f"{GOODS}/0/weight") == 12.5

    run_qt(main())


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("commodity_weight_ace", "33205", "33,205"),
        ("commodity_weight_ace", "1250.5", "1,250.5"),
        ("commodity_weight_ace", "much", "much"),
        ("commodity_weight_ace", "0.5", "0.5"),
        ("commodity_quantity", "1000", "1,000"),
        ("commodity_weight_unit_aci", "LBR", "LBR lb"),
        ("commodity_weight_unit_ace", "K", "K kg"),
        ("commodity_weight_unit_ace", "?", "?"),
        ("commodity_packaging_unit_aci", "PCE", "PCE Piece"),
        ("commodity_un_code", "1263", "1263"),
    ],
)
def test_a_cell_that_nobody_types_in_is_easy_to_read(name, typed, shown):
    assert shown_cell(by_name(name), typed) == shown


@pytest.mark.parametrize(
    ("copied", "rows"),
    [
        ("", []),
        ("Books", [["Books"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\t5', [["two\nlines", "5"]]),
        ('Pipe, 2" wide', [['Pipe, 2" wide']]),
        ("a\t\n\n", [["a", ""]]),
    ],
)
def test_the_clipboard_is_read_as_spreadsheets_write_it(copied, rows):
    assert read_block(copied).rows == rows
