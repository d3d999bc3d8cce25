"""The editor and the session: what is typed stands in the document, undo spans all fields, nothing jumps."""

from __future__ import annotations

import copy

import pytest
from fakes.share import share
from gui.editors.editor_bench import Bench, empty, example
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTabBar, QTableView, QWidget

from desktop.domain.documents import MISSING
from desktop.domain.lifecycle import Regime
from desktop.services.views import LibraryRow
from desktop.ui.binding.field_box import FieldBox

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HOSTILE = '<b>x</b>&amp;<img src="file:///etc/passwd">\u202eevil'


def test_undo_takes_back_across_fields_and_goes_there(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            before = bench.session.document
            bench.box("truck_vin").setFocus()
            bench.key(Qt.Key.Key_End)
            bench.type("1")
            bench.box("truck_dot_number").setFocus()
            bench.type("77")
            bench.key(Qt.Key.Key_Z, CONTROL)
            assert bench.session.value("/truck/dotNumber") is MISSING
            assert bench.box("truck_dot_number").line.text() == ""
            assert bench.focus_name() == "truck_dot_number"
            bench.key(Qt.Key.Key_Z, CONTROL)
            assert bench.session.document == before
            assert bench.focus_name() == "truck_vin"
            bench.key(Qt.Key.Key_Z, CONTROL | SHIFT)
            assert bench.session.value("/truck/vinNumber") == "AG12XXXXXXXXXF1"

    run_qt(main())


@pytest.mark.parametrize("name", ["truck_vin", "us_port", "truck_type", "driver_fast_card", "eta"])
def test_blanks_alone_are_gone_when_the_field_is_left(run_qt, name):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            box = bench.box(name)
            box.setFocus()
            bench.key(Qt.Key.Key_A, CONTROL)
            bench.type("   ")
            bench.key(Qt.Key.Key_Tab)
            assert box.is_empty
            assert box.line.text() == ""

    run_qt(main())


def test_a_name_pasted_with_line_breaks_stands_in_one_line(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.editor.open_shipment(0)
            for name, pointer in (("shipper_name", "name"), ("shipper_address_line", "address/addressLine")):
                box = bench.box(name)
                box.setFocus()
                bench.key(Qt.Key.Key_A, CONTROL)
                QApplication.clipboard().setText("Art\u00a0Place\r\nUnit 2\x00")
                bench.key(Qt.Key.Key_V, CONTROL)
                bench.key(Qt.Key.Key_Tab)
                assert bench.session.value(f"/shipments/0/shipper/{pointer}") == "Art Place Unit 2"
                assert box.line.text() == "Art Place Unit 2"

    run_qt(main())


def test_a_refresh_leaves_caret_and_marking_alone(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            box = bench.box("driver_last_name")
            box.setFocus()
            box.line.setSelection(1, 2)
            bench.session.set("/truck/number", "2014")
            bench.editor.page.refresh()
            assert (box.line.selectionStart(), box.line.selectedText()) == (1, "or")
            box.line.deselect()
            box.line.setCursorPosition(2)
            bench.type("x")
            assert box.line.cursorPosition() == 3
            assert bench.session.value("/drivers/0/lastName") == "Doxrn"

    run_qt(main())


def test_what_is_not_yet_sound_stays_as_typed(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.editor.open_shipment(0)
            grid = bench.editor.shipments.ui.commodities_table
            grid.go_to(0, 1)
            bench.type("12a")
            assert bench.session.value("/shipments/0/commodities/0/quantity") == "12a"
            bench.key(Qt.Key.Key_Tab)
            paths = [problem.path for problem in bench.editor.panel.problems]
            assert "/shipments/0/commodities/0/quantity" in paths

    run_qt(main())


def test_a_plate_written_alone_stays_alone(run_qt):
    """Documents keep the shape they came in; only new ACE trips take the list (protocol 3)."""

    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            box = bench.box("truck_plate_number")
            assert box.line.text() == "TEMP5"
            box.setFocus()
            bench.key(Qt.Key.Key_End)
            bench.type("6")
            assert bench.session.value("/truck/licensePlate/number") == "TEMP56"
            assert bench.session.value("/truck/licensePlates") is MISSING

    run_qt(main())


def test_an_emptied_list_of_plates_goes(run_qt):
    async def main():
        async with Bench(empty(Regime.ACE)) as bench:
            bench.box("truck_plate_number").setFocus()
            bench.type("A")
            assert bench.session.value("/truck/licensePlates") == [{"number": "A"}]
            bench.key(Qt.Key.Key_Backspace)
            assert bench.session.value("/truck/licensePlates") is MISSING

    run_qt(main())


def test_a_second_plate_is_added_and_taken_out(run_qt):
    async def main():
        document = example(Regime.ACE)
        document["truck"]["licensePlates"] = [document["truck"].pop("licensePlate")]
        async with Bench(document) as bench:
            bench.press(bench.editor.page.ui.add_truck_plate)
            bench.type("XY1")
            assert bench.session.value("/truck/licensePlates/1") == {"number": "XY1"}
            bench.editor.page.plates.remove(bench.editor.page.plates.parts[0])
            assert len(bench.session.value("/truck/licensePlates")) == 1

    run_qt(main())


def test_rows_come_and_go_and_come_back(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            page = bench.editor.page
            bench.press(page.ui.add_trailer)
            bench.type("77")
            assert bench.session.value("/trailers/1") == {"number": "77"}
            bench.press(page.trailers.parts[0].ui.remove_button)
            assert [part.binder.value("trailer_number") for part in page.trailers.parts] == ["77"]
            bench.editor.undo()
            assert [part.binder.value("trailer_number") for part in page.trailers.parts] == ["0456", "77"]

    run_qt(main())


def test_a_driver_is_picked_from_the_library(run_qt):
    async def main():
        document = {"driverNumber": "D9", "firstName": "Sample", "lastName": "Driver Nine", "gender": "F"}
        row = LibraryRow("1", 1, "", "driver", "D9", "Sample Driver Nine", "D9", document, {}, True)
        async with Bench(empty(Regime.ACE), library=[row]) as bench:
            await bench.loaded()
            bench.box("driver_number").setFocus()
            bench.type("nine")
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/drivers/0") == document
            assert bench.box("driver_last_name").line.text() == "Driver Nine"
            bench.editor.undo()
            assert bench.session.value("/drivers/0/lastName") is MISSING

    run_qt(main())


def test_a_truck_from_the_library_takes_the_shape_of_the_regime_and_keeps_the_seals(run_qt):
    async def main():
        document = {"number": "2013", "type": "TR", "licensePlates": [{"number": "TEMP5", "stateProvince": "ON"}]}
        row = LibraryRow("1", 1, "", "truck", "2013", "2013", "TR", document, {}, True)
        trip = empty(Regime.ACI)
        trip["truck"] = {"sealNumbers": ["S1"]}
        async with Bench(trip, library=[row]) as bench:
            await bench.loaded()
            bench.box("truck_number").setFocus()
            bench.type("201")
            bench.key(Qt.Key.Key_Return)
            assert bench.session.value("/truck") == {
                "number": "2013",
                "type": "TR",
                "licensePlate": {"number": "TEMP5", "stateProvince": "ON"},
                "sealNumbers": ["S1"],
            }

    run_qt(main())


def test_an_expired_paper_is_said_in_the_picker(run_qt):
    async def main():
        row = LibraryRow(
            "1", 1, "", "driver", "D9", "Sample Driver", "D9", {}, {"expiries": {"fast": "2026-01-31"}}, True
        )
        async with Bench(empty(Regime.ACE), library=[row]) as bench:
            await bench.loaded()
            choice = bench.editor.surroundings.source("driver").find("")[0]
            assert "2026-01-31" in choice.detail
            assert choice.sign is not None

    run_qt(main())


def test_windsor_finds_detroit(run_qt):
    async def main():
        async with Bench(empty(Regime.ACE)) as bench:
            bench.box("us_port").setFocus()
            bench.type("windsor")
            assert bench.box("us_port").shown_message == "", "no fault is found with a search"
            assert bench.session.value("/usPortOfArrival") == "windsor", "typing is kept until a port is chosen"
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/usPortOfArrival") == "3801"
            assert bench.box("us_port").line.text().startswith("3801 Detroit")

    run_qt(main())


def test_escape_keeps_what_was_typed(run_qt):
    async def main():
        async with Bench(empty(Regime.ACE)) as bench:
            bench.box("us_port").setFocus()
            bench.type("wind")
            bench.key(Qt.Key.Key_Escape)
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/usPortOfArrival") == "wind"

    run_qt(main())


def test_goods_stand_on_what_is_picked(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            bench.editor.open_shipment(0)
            bench.box("shipment_loaded_on_number").setFocus()
            bench.key(Qt.Key.Key_A, CONTROL)
            bench.type("10")
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/shipments/0/loadedOn/number") == "10"

    run_qt(main())


def test_shipments_follow_the_port_and_arrival_of_the_trip(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            box = bench.box("ca_port")
            box.setFocus()
            bench.key(Qt.Key.Key_A, CONTROL)
            bench.type("0453")
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/shipments/0/portOfEntry") == "0453"
            assert bench.session.value("/shipments/0/releaseOffice") == "0453"

    run_qt(main())


def test_the_grid_is_driven_by_keys(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.editor.open_shipment(0)
            grid = bench.editor.shipments.ui.commodities_table
            grid.go_to(0, 0)
            QTest.keyClick(grid, Qt.Key.Key_Insert)
            assert bench.session.value("/shipments/0/commodities/1") == {
                "loadedOn": {"type": "TRAILER", "number": "0456"}
            }
            assert grid.currentIndex().row() == 1
            QTest.keyClick(grid, Qt.Key.Key_D, CONTROL)
            first, second = bench.session.value("/shipments/0/commodities")
            assert first == second
            QTest.keyClick(grid, Qt.Key.Key_Delete)
            assert len(bench.session.value("/shipments/0/commodities")) == 1
            bench.editor.undo()
            assert len(bench.session.value("/shipments/0/commodities")) == 2
            grid.go_to(0, 2)
            QTest.keyClick(grid, Qt.Key.Key_Return)
            assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 2)

    run_qt(main())


def test_paging_through_shipments_leaves_the_caret_in_its_field(run_qt):
    async def main():
        document = example(Regime.ACE)
        second = copy.deepcopy(document["shipments"][0])
        second["shipmentControlNumber"] = "AAAA754322"
        document["shipments"].append(second)
        async with Bench(document) as bench:
            bench.editor.open_shipment(0)
            bench.box("consignee_address_city").setFocus()
            bench.key(Qt.Key.Key_PageDown, CONTROL)
            assert bench.editor.shipments.position == 1
            assert bench.focus_name() == "consignee_address_city"
            assert bench.box("shipment_control_number").line.text() == "AAAA754322"
            bench.key(Qt.Key.Key_PageUp, CONTROL)
            assert bench.editor.shipments.position == 0

    run_qt(main())


def test_two_hundred_shipments_have_the_widgets_of_one(run_qt):
    async def main():
        document = example(Regime.ACE)
        many = copy.deepcopy(document)
        for number in range(199):
            row = copy.deepcopy(document["shipments"][0])
            row["shipmentControlNumber"] = f"AAAA75{number:04}"
            many["shipments"].append(row)
        async with Bench(document) as one:
            few = len(one.editor.findChildren(FieldBox))
        async with Bench(many) as bench:
            assert len(bench.editor.findChildren(FieldBox)) == few
            bench.editor.open_shipment(150)
            assert bench.box("shipment_control_number").line.text() == "AAAA750149"
            assert len(bench.editor.findChildren(FieldBox)) == few

    run_qt(main())


def test_secrets_are_masked_and_shown_on_demand(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            box = bench.box("driver_fast_card")
            assert box.line.text().endswith("5555")
            assert "4270" not in box.line.text()
            assert "1970" not in bench.box("driver_birth_date").line.text()
            box.setFocus()
            bench.key(Qt.Key.Key_R, CONTROL | SHIFT)
            assert box.line.text() == "42705555555555"
            bench.key(Qt.Key.Key_Tab)
            assert "4270" not in box.line.text()
            assert bench.session.value("/drivers/0/fastCardNumber") == "42705555555555"

    run_qt(main())


def test_typing_over_a_mask_starts_anew(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.box("driver_fast_card").setFocus()
            bench.type("42700000000001")
            assert bench.session.value("/drivers/0/fastCardNumber") == "42700000000001"

    run_qt(main())


def test_dates_step_with_keys_and_say_their_zone(run_qt):
    async def main():
        document = example(Regime.ACE)
        document["usPortOfArrival"] = "3801"
        document["estimatedArrivalDateTime"] = "2026-11-24 13:55:00"
        async with Bench(document) as bench:
            box = bench.box("eta")
            box.setFocus()
            assert box.shown_message.startswith("Tue 24 Nov 2026, 13:55 E")
            box.line.deselect()
            for key, wire in (
                ("+", "2026-11-25 13:55:00"),
                ("m", "2026-11-25 14:10:00"),
                ("h", "2026-11-25 15:10:00"),
                ("H", "2026-11-25 14:10:00"),
                ("-", "2026-11-24 14:10:00"),
            ):
                bench.type(key)
                assert bench.session.value("/estimatedArrivalDateTime") == wire

    run_qt(main())


@pytest.mark.parametrize(
    ("keys", "wire"),
    [
        ("+", "2026-11-25 13:55:00"),
        ("+++", "2026-11-27 13:55:00"),
        ("--", "2026-11-22 13:55:00"),
        ("hh", "2026-11-24 15:55:00"),
        ("H", "2026-11-24 12:55:00"),
        ("mmm", "2026-11-24 14:40:00"),
        ("M", "2026-11-24 13:40:00"),
        ("mon 0800", "2026-11-30 08:00:00"),
        ("+2 0800", "2026-11-26 08:00:00"),
        ("t", "2026-11-24 13:55:00"),
        ("0430", "2026-11-24 04:30:00"),
        ("+0430", "+0430"),
    ],
)
def test_the_keys_that_step_do_so_right_after_tab_too(run_qt, keys, wire):
    """Tab marks all of the field, and what is typed replaces it: `+` `+` is then no text but two days on."""

    async def main():
        document = example(Regime.ACE)
        document["usPortOfArrival"] = "3801"
        document["estimatedArrivalDateTime"] = "2026-11-24 13:55:00"
        async with Bench(document) as bench:
            bench.box("us_port").setFocus()
            bench.key(Qt.Key.Key_Tab)
            bench.type(keys)
            assert bench.session.value("/estimatedArrivalDateTime") == wire
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/estimatedArrivalDateTime") == wire

    run_qt(main())


def test_an_arrival_is_read_as_it_is_said_and_typed_as_it_is_kept(run_qt):
    """Coming to the field and leaving it changes only what it looks like."""

    async def main():
        document = example(Regime.ACE)
        document["usPortOfArrival"] = "3801"
        document["estimatedArrivalDateTime"] = "2026-11-24 13:55:00"
        async with Bench(document) as bench:
            line = bench.box("eta").line
            bench.box("us_port").setFocus()
            assert line.text() == "Tue 24 Nov 13:55"
            bench.key(Qt.Key.Key_Tab)
            assert bench.focus_name() == "eta"
            assert line.text() == line.selectedText() == "2026-11-24 13:55"
            bench.key(Qt.Key.Key_Tab)
            assert line.text() == "Tue 24 Nov 13:55"
            assert not bench.session.can_undo
            bench.box("eta").setFocus()
            bench.key(Qt.Key.Key_A, CONTROL)
            bench.type("tomorrow 0430")
            assert line.text() == "tomorrow 0430"
            bench.key(Qt.Key.Key_Tab)
            assert line.text() == "Wed 25 Nov 04:30"
            assert bench.session.value("/estimatedArrivalDateTime") == "2026-11-25 04:30:00"
            bench.box("eta").setFocus()
            bench.key(Qt.Key.Key_A, CONTROL)
            bench.type("soon")
            bench.key(Qt.Key.Key_Tab)
            assert line.text() == bench.session.value("/estimatedArrivalDateTime") == "soon"

    run_qt(main())


def test_hostile_text_is_shown_as_letters(run_qt):
    async def main():
        document = example(Regime.ACE)
        document["tripNumber"] = HOSTILE
        document["shipments"][0]["shipper"]["name"] = HOSTILE
        document["shipments"][0]["shipmentControlNumber"] = HOSTILE
        async with Bench(document) as bench:
            bench.editor.open_shipment(0)
            for label in bench.editor.findChildren(QLabel):
                if "img" in label.text():
                    assert label.textFormat() == Qt.TextFormat.PlainText, label.objectName()
            assert bench.editor.ui.trip_title.text() == HOSTILE
            assert bench.box("shipper_name").line.text() == HOSTILE

    run_qt(main())


@pytest.mark.parametrize(
    ("path", "value"),
    share(
        [
            (path, value)
            for path in ("truck", "trailers", "drivers", "shipments", "tripNumber")
            for value in (None, 7, "text", [], {"a": 1}, [None, 3, "x"])
        ],
        12,
    ),
)
def test_a_document_of_any_shape_opens(run_qt, path, value):
    async def main():
        document = example(Regime.ACE)
        document[path] = value
        async with Bench(document) as bench:
            bench.editor.show_tab(3)
            bench.key(Qt.Key.Key_F8)

    run_qt(main())


@pytest.mark.parametrize("regime", list(Regime))
def test_everything_that_takes_the_focus_has_a_name(run_qt, regime):
    async def main():
        async with Bench(example(regime)) as bench:
            bench.editor.open_shipment(0)
            nameless = []
            for widget in bench.editor.findChildren(QWidget):
                takes_focus = isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QTabBar)
                inner = isinstance(widget.parentWidget(), QComboBox | QTabBar | QTableView)
                words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
                if takes_focus and not inner and not words:
                    nameless.append(f"{type(widget).__name__} {widget.objectName()}")
            assert nameless == []

    run_qt(main())


def test_labels_that_repeat_are_told_apart_for_the_screen_reader(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            assert bench.box("shipper_address_city", 0).editor.accessibleName() != (
                bench.box("consignee_address_city", 0).editor.accessibleName()
            )

    run_qt(main())


@pytest.mark.parametrize(("typed", "kept"), [("0", "0"), ("38", "38"), ("detr", "3801"), ("3801", "3801")])
def test_a_code_broken_off_is_never_finished_by_the_list(run_qt, typed, kept):
    """The first of many ports that begin alike would be a guess; the words of a name are not."""

    async def main():
        async with Bench(empty(Regime.ACE), library=[]) as bench:
            bench.box("us_port").setFocus()
            bench.type(typed)
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.value("/usPortOfArrival") == kept

    run_qt(main())
