"""What a partner shipped before is offered in the grid, fills a line in one step, and can be forgotten."""

from __future__ import annotations

import pytest
from fakes.desk import FakeDesk
from gui.editors.editor_bench import Bench, example
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from desktop.domain.lifecycle import Regime
from desktop.ui.binding.choice import CHOICE_ROLE
from desktop.ui.editors.goods_dialog import GoodsDialog, goods_detail
from desktop.ui.goods.join import Remembering, remember

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen
GOODS = "/shipments/0/commodities"
ON = {"type": "TRAILER", "number": "0456"}


async def _ready(bench: Bench, until, *descriptions: str) -> Remembering:
    for description in descriptions:
        bench.desk.goods.add("Elk Corp of Texas", description, harmonizedCode="490199")
    remembering = remember(bench.desk, bench.editor)
    assert remembering is not None
    bench.editor.open_shipment(0)
    await until(lambda: remembering.memory.of(0) or not descriptions)
    return remembering


def _begin(bench: Bench, letters: str) -> None:
    """Type into the description of a new line."""
    grid = bench.editor.shipments.ui.commodities_table
    grid.go_to(0, 0)
    QTest.keyClick(grid, Qt.Key.Key_Insert)
    QTest.keyClicks(grid, letters[0])
    QTest.keyClicks(QApplication.focusWidget(), letters[1:])


def _popup() -> QListView:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    return popup


def test_goods_are_offered_while_the_description_is_typed_and_fill_the_line(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            await _ready(bench, until, "Paper, white", "Printed books")
            _begin(bench, "prin")
            await until(lambda: isinstance(QApplication.activePopupWidget(), QListView))
            choice = _popup().model().index(0, 0).data(CHOICE_ROLE)
            assert choice.value == "Printed books"
            assert choice.detail == "35 BOX · 1,500 L · last 12 Nov 2026"
            bench.key(Qt.Key.Key_Down)
            bench.key(Qt.Key.Key_Return)
            assert bench.session.value(f"{GOODS}/1") == {
                "description": "Printed books",
                "quantity": 35,
                "packagingUnit": "BOX",
                "weight": 1500,
                "weightUnit": "L",
                "harmonizedCode": "490199",
                "loadedOn": ON,
            }
            bench.editor.undo()
            assert bench.session.value(f"{GOODS}/1") == {"description": "prin", "loadedOn": ON}

    run_qt(main())


def test_what_was_typed_in_the_line_stays(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            remembering = await _ready(bench, until, "Printed books")
            bench.session.insert(f"{GOODS}/-", {"quantity": 7, "description": ""})
            bench.editor.shipments.ui.commodities_table.go_to(1, 0)
            remembering._on_line_chosen(remembering.memory.of(0)[0])
            line = bench.session.value(f"{GOODS}/1")
            assert (line["quantity"], line["weight"], line["description"]) == (7, 1500, "Printed books")

    run_qt(main())


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_words_that_are_not_marked_stay_as_typed(run_qt, until, key):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            await _ready(bench, until, "Printed books")
            _begin(bench, "print")
            await until(lambda: isinstance(QApplication.activePopupWidget(), QListView))
            bench.key(key)
            grid = bench.editor.shipments.ui.commodities_table
            column = 1 if key == Qt.Key.Key_Tab else 0
            await until(lambda: grid.currentIndex().column() == column and QApplication.activePopupWidget() is None)
            await bench.settled()
            assert bench.session.value(f"{GOODS}/1") == {"description": "print", "loadedOn": ON}

    run_qt(main())


def test_del_in_the_list_forgets(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            remembering = await _ready(bench, until, "Printed books", "Printed cards")
            _begin(bench, "prin")
            await until(lambda: isinstance(QApplication.activePopupWidget(), QListView))
            bench.key(Qt.Key.Key_Down)
            gone = _popup().currentIndex().data(CHOICE_ROLE).value
            bench.key(Qt.Key.Key_Delete)
            await until(lambda: [goods.is_active for _, goods in bench.desk.goods.all].count(False) == 1)
            await until(lambda: len(remembering.memory.of(0)) == 1)
            assert remembering.memory.of(0)[0].description != gone
            assert bench.session.value(f"{GOODS}/1/description") == "prin"

    run_qt(main())


def test_the_line_below_the_grid_fills_by_keyboard(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            remembering = await _ready(bench, until, "Printed books")
            await until(lambda: remembering.line.buttons)
            assert not remembering.line.isHidden()
            first = remembering.line.buttons[0]
            assert "35 BOX" in first.accessibleName()
            first.setFocus()
            QTest.keyClick(first, Qt.Key.Key_Space)
            assert [line["description"] for line in bench.session.value(GOODS)] == ["Books", "Printed books"]

    run_qt(main())


def test_a_name_is_looked_up_once_it_is_typed(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACE)) as bench:
            remembering = await _ready(bench, until)
            bench.desk.goods.add("Other Sample Ltd.", "Chairs")
            for end in range(1, 18):
                bench.session.set("/shipments/0/consignee/name", "Other Sample Ltd."[:end])
            await until(lambda: remembering.line.buttons)
            asked = [call[3] for call in bench.desk.calls if call[0] == "known"]
            assert "Other Sample Ltd." in asked
            assert len(asked) <= 4, "letters are not looked up one by one"

    run_qt(main())


def test_goods_of_another_customs_are_not_offered(run_qt, until):
    async def main() -> None:
        async with Bench(example(Regime.ACI)) as bench:
            bench.desk.goods.add("Elk Corp of Texas", "Printed books", Regime.ACE)
            remembering = await _ready(bench, until)
            assert remembering.memory.of(0) == []
            assert remembering.line.isHidden()

    run_qt(main())


def test_the_record_of_a_partner_lists_its_goods_and_forgets_them(run_qt, until):
    async def main() -> None:
        desk = FakeDesk(is_empty=True)
        desk.goods.add("Art Place", "Printed books")
        dialog = GoodsDialog(desk, "Art Place", await desk.goods.of_partner("Art Place"))
        dialog.show()
        dialog.activateWindow()
        await until(dialog.isActiveWindow)
        assert "35 BOX" in dialog.list.item(0).text()
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
        await until(lambda: not desk.goods.all[0][1].is_active)
        await until(lambda: dialog.toggle.text() == "Remember again")
        dialog.toggle.click()
        await until(lambda: desk.goods.all[0][1].is_active)
        await desk.keeper.stop()
        dialog.close()
        dialog.deleteLater()

    run_qt(main())


def test_words_about_no_goods_stand_below_their_heading(run_qt):
    async def main() -> None:
        desk = FakeDesk(is_empty=True)
        dialog = GoodsDialog(desk, "Art Place", [])
        dialog.show()
        assert dialog.empty.y() < 60
        assert not dialog.keys.isVisible(), "there is nothing to forget"
        await desk.keeper.stop()
        dialog.close()
        dialog.deleteLater()

    run_qt(main())


def test_a_line_says_what_goods_were():
    desk = FakeDesk(is_empty=True)
    goods = desk.goods.add("x", "Plywood", Regime.ACI, weight="35005.50", weightUnit="LBR")
    assert goods_detail(goods).startswith("35 BOX · 35,005.5 ")
    odd = desk.goods.add("x", "Odd", quantity=None, packagingUnit=None, weight="much", weightUnit=5)
    assert goods_detail(odd) == "much · last 12 Nov 2026"
