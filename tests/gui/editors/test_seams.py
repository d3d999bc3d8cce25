"""What other parts of the window use of an editor: notes, menu entries, offers, place of the caret."""

from __future__ import annotations

from gui.editors.editor_bench import Bench, empty, example
from PySide6.QtCore import Qt

from desktop.domain.lifecycle import Regime
from desktop.ui.offer import Offers

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_note_stands_below_a_field_while_nothing_is_wrong(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            box = bench.box("truck_number")
            box.set_note("From the library")
            assert box.shown_message == "From the library"
            assert box.message.property("tone") == "slate"
            bench.session.set("/truck/number", "X" * 30)
            assert box.shown_message != "From the library"
            box.set_note("")
            bench.session.set("/truck/number", "2013")
            assert box.shown_message == ""

    run_qt(main())


def test_a_note_of_an_empty_field_stays_beside_what_is_missing(run_qt):
    """The next number of a range and its key help most where the number is missing."""

    async def main():
        async with Bench(empty(Regime.ACE)) as bench:
            box = bench.box("trip_number_ace")
            box.set_note("Next: AAAA0002 \u00b7 98 left")
            box.check_now()
            missing, _, note = box.shown_message.partition("\n")
            assert missing == bench.editor.panel.problems[0].text
            assert note == "Next: AAAA0002 \u00b7 98 left"
            assert "AAAA0002" in box.editor.accessibleDescription()
            bench.session.set("/tripNumber", "A")
            assert "Next" not in box.shown_message

    run_qt(main())


def test_an_added_entry_is_in_menu_keys_and_palette(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            done = []
            bench.editor.add_menu_entry("Check the sticker", lambda: done.append(1), "Ctrl+B", "barcode")
            assert isinstance(bench.editor, Offers)
            offer = next(one for one in bench.editor.offers() if one.title == "Check the sticker")
            assert (offer.keys, offer.icon) == ("Ctrl+B", "barcode")
            actions = bench.editor.ui.more_button.menu().actions()
            next(action for action in actions if action.text().startswith("Check the sticker")).trigger()
            bench.box("truck_number").setFocus()
            bench.key(Qt.Key.Key_B, CONTROL)
            assert done == [1, 1]

    run_qt(main())


def test_the_editor_says_which_shipment_is_shown(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            assert bench.editor.current_shipment() == -1
            bench.editor.open_shipment(0)
            assert bench.editor.current_shipment() == 0
        async with Bench(empty(Regime.ACE)) as bench:
            bench.editor.show_tab(3)
            assert bench.editor.current_shipment() == -1

    run_qt(main())


def test_field_and_caret_come_back(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            bench.editor.go_to("/shipments/0/shipper/name")
            line = bench.box("shipper_name").line
            line.setCursorPosition(4)
            place = bench.editor.place()
            assert place == ("/shipments/0/shipper/name", 4)
            bench.editor.show_tab(0)
            bench.box("trip_number_aci").setFocus()
            bench.editor.ui.send_button.setFocus()
            assert bench.editor.place()[0] == "/tripNumber"
            bench.editor.return_to(*place)
            assert bench.focus_name() == "shipper_name"
            assert bench.box("shipper_name").line.cursorPosition() == 4

    run_qt(main())


def test_a_caret_beyond_the_text_comes_to_its_end(run_qt):
    """A field that took out spaces is shorter than what was typed."""

    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            bench.editor.return_to("/tripNumber", 99)
            line = bench.box("trip_number_aci").line
            assert line.cursorPosition() == len(line.text()) > 0

    run_qt(main())


def test_a_cell_of_the_goods_comes_back(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.editor.go_to("/shipments/0/commodities/0/weight")
            place = bench.editor.place()
            assert place == ("/shipments/0/commodities/0/weight", 0)
            bench.editor.show_tab(0)
            bench.box("trip_number_ace").setFocus()
            bench.editor.return_to(*place)
            assert bench.focus is bench.editor.shipments.ui.commodities_table
            assert bench.editor.place() == place

    run_qt(main())
