"""A whole trip is typed with the keyboard alone, and every keystroke lands in the document."""

from __future__ import annotations

import pytest
from gui.editors.editor_bench import Bench, empty, example, without_envelope
from PySide6.QtCore import Qt

from desktop.domain.lifecycle import Regime

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_an_ace_trip_is_typed_from_empty(run_qt):
    """The page's ACE trip, keyboard only, is the document at the end."""

    async def main():
        async with Bench(empty(Regime.ACE), library=[]) as bench:
            document = example(Regime.ACE)
            document["truck"]["licensePlates"] = [document["truck"].pop("licensePlate")]
            document["trailers"][0]["licensePlates"] = [document["trailers"][0].pop("licensePlate")]
            bench.box("trip_number_ace").setFocus()
            bench.type("aaaa123457a")
            bench.fill("us_port", "0101")
            bench.fill("eta", "31 jul 2014 0445")
            bench.fill("truck_number", "2013")
            bench.fill("truck_vin", "ag12xxxxxxxxxf")
            bench.fill("truck_plate_number", "temp5")
            bench.fill("truck_plate_state", "on")
            bench.fill("truck_type", "TR")
            bench.press(bench.editor.page.ui.add_trailer)
            assert bench.focus_name() == "trailer_number"
            bench.type("0456")
            bench.fill("trailer_type", "TL")
            bench.fill("trailer_plate_number", "JV2012")
            bench.fill("trailer_plate_state", "ON")
            bench.fill("driver_number", "D004")
            bench.fill("driver_last_name", "Dorn")
            bench.fill("driver_first_name", "Michael")
            bench.fill("driver_fast_card", "42705555555555")
            bench.fill("driver_birth_date", "1970-01-01")
            bench.fill("driver_gender", "M")
            bench.fill("driver_citizenship", "CA")
            bench.key(Qt.Key.Key_Tab)
            bench.key(Qt.Key.Key_N, CONTROL | SHIFT)
            assert bench.focus_name() == "shipment_control_number"
            bench.type("AAAAA754321")
            bench.fill("province_of_loading", "NU")
            _party(bench, "shipper", "Art place", "1234 Vancity", "Vancouver", "BC", "V6H 3J9")
            _party(bench, "consignee", "Elk Corp of Texas", "401 Weavertown Rd", "Myerstown", "PA", "17067")
            _goods(bench, ["Books", "35", "BOX", "1500", "L"])
            assert without_envelope(bench.session.document) == without_envelope(document)

    run_qt(main())


def test_an_aci_trip_is_typed_from_empty(run_qt):
    """The page's ACI trip, keyboard only, is the document at the end."""

    async def main():
        async with Bench(empty(Regime.ACI), library=[]) as bench:
            document = example(Regime.ACI)
            bench.box("trip_number_aci").setFocus()
            bench.type("1234923ASDF")
            bench.fill("ca_port", "0440")
            bench.fill("eta", "2014-12-08 05:45")
            bench.fill("truck_number", "10")
            bench.fill("truck_vin", "23XXXXXX54XX7")
            bench.fill("truck_plate_number", "TRK1NG")
            bench.fill("truck_plate_state", "ON")
            bench.fill("truck_type", "TR")
            bench.fill("truck_dot_number", "000001")
            bench.press(bench.editor.page.ui.add_insurance)
            assert bench.focus_name() == "truck_insurance_company"
            bench.type("ABC Insurance")
            bench.fill("truck_insurance_policy", "123456789")
            bench.fill("truck_insurance_date", "2010-10-20")
            bench.fill("truck_insurance_amount", "1000000")
            bench.press(bench.editor.page.ui.add_trailer)
            bench.type("23411")
            bench.fill("trailer_type", "TL")
            bench.fill("trailer_plate_number", "OKATE1")
            bench.fill("trailer_plate_state", "MI")
            bench.fill("driver_number", "JD")
            bench.fill("driver_last_name", "Doe")
            bench.fill("driver_first_name", "John")
            bench.fill("driver_birth_date", "1980-07-14")
            bench.fill("driver_gender", "M")
            bench.fill("driver_citizenship", "US")
            for kind in ("5K", "6W"):
                bench.press(bench.editor.page.drivers.parts[0].ui.add_document)
                assert bench.focus_name() == "driver_document_type"
                bench.type(kind)
                bench.fill("driver_document_number", "23423562")
                bench.fill("driver_document_state", "MI")
            bench.key(Qt.Key.Key_Tab)
            bench.key(Qt.Key.Key_N, CONTROL | SHIFT)
            assert bench.focus_name() == "cargo_control_number"
            bench.type("1234PARS34213341")
            bench.fill("city_of_loading_city", "New York")
            bench.fill("city_of_loading_state", "NY")
            _party(bench, "shipper", "Hazmat Wholesale", "1234 New York ave", "New York", "NY", "12345")
            _party(
                bench, "consignee", "Canadian Lava Co.", "15 North Town Line Unit 68B", "River Canard", "ON", "N9J2W2"
            )
            _goods(bench, ["Plywood", "900", "PCE", "35005", "LBR"])
            assert without_envelope(bench.session.document) == without_envelope(document)

    run_qt(main())


def _party(bench: Bench, who: str, name: str, line: str, city: str, state: str, postal: str) -> None:
    bench.fill(f"{who}_name", name)
    bench.fill(f"{who}_address_line", line)
    bench.fill(f"{who}_address_city", city)
    bench.fill(f"{who}_address_state", state)
    bench.fill(f"{who}_address_postal_code", postal)


def _goods(bench: Bench, cells: list[str]) -> None:
    grid = bench.editor.shipments.ui.commodities_table
    for _ in range(60):
        if bench.focus is grid:
            break
        bench.key(Qt.Key.Key_Tab)
    assert bench.focus is grid
    for cell in cells:
        bench.type(cell)
        bench.key(Qt.Key.Key_Tab)
