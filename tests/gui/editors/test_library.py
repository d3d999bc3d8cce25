"""Library records are typed, saved by themselves, judged for both regimes, and added from inside a trip."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from fakes.desk import FakeDesk
from gui.editors.editor_bench import Bench, empty
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from desktop.domain.lifecycle import Regime
from desktop.services.views import LibraryRow
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.add_dialog import AddDialog
from desktop.ui.editors.library_page import EXPIRED_ROLE, LibraryPage
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_kinds import editor_of, fitness
from desktop.ui.sign import Sign

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen
CONTROL = Qt.KeyboardModifier.ControlModifier
DRIVER = {
    "driverNumber": "D001",
    "firstName": "Sample",
    "lastName": "Driver One",
    "gender": "M",
    "dateOfBirth": "1980-07-14",
    "citizenshipCountry": "CA",
    "fastCardNumber": "42700000000001",
}
PARTNER = {
    "name": "Art Place",
    "address": {"addressLine": "1 Sample Road", "city": "Toronto", "stateProvince": "ON", "postalCode": "M5V 1A1"},
}
PLATES = [{"number": "TEMP5", "stateProvince": "ON"}]


def _row(kind: str, document: dict, local: dict | None = None, number: int = 1) -> LibraryRow:
    title = document.get("name") or document.get("lastName") or document.get("number") or ""
    key = document.get("driverNumber") or document.get("number") or document.get("name") or ""
    return LibraryRow(str(number), 1, "", kind, key, title, "", document, local or {}, True)


def _editor(desk: FakeDesk, kind: str, row: LibraryRow | None) -> tuple[RecordSession, QWidget]:
    session = RecordSession(desk, kind, row)
    return session, editor_of(desk, session)


def _type(box: FieldBox, text: str) -> None:
    QTest.keyClicks(box.editor, text)


@pytest.mark.parametrize(
    ("kind", "name", "typed", "document"),
    [
        ("driver", "driver_last_name", "Driver", {"lastName": "Driver"}),
        ("truck", "truck_plate_number", "temp5", {"licensePlates": [{"number": "TEMP5"}]}),
        ("trailer", "trailer_number", "0456", {"number": "0456"}),
        ("partner", "shipper_address_city", "Toronto", {"address": {"city": "Toronto"}}),
    ],
)
def test_what_is_typed_saves_itself(run_qt, until, kind, name, typed, document):
    async def main():
        desk = FakeDesk(is_empty=True)
        session, editor = _editor(desk, kind, None)
        editor.show()
        _type(editor.findChild(FieldBox, name), typed)
        assert session.document == document
        await until(lambda: session.row is not None)
        assert desk.all_library[0].document == document
        editor.close()
        editor.deleteLater()

    run_qt(main())


@pytest.mark.parametrize(
    ("kind", "document", "sign"),
    [
        ("driver", DRIVER, Sign.GO),
        ("driver", {}, Sign.ERROR),
        ("driver", {"firstName": "Sample", "lastName": "Driver"}, Sign.ASK),
        ("truck", {"number": "1", "type": "TR", "licensePlates": PLATES}, Sign.GO),
        ("truck", {"number": "1", "licensePlates": PLATES}, Sign.ASK),
        ("trailer", {"number": "1", "type": "TL"}, Sign.ERROR),
        ("partner", PARTNER, Sign.GO),
        ("partner", {"name": "Art Place"}, Sign.ERROR),
    ],
)
def test_fitness_says_which_regime_would_take_it(run_qt, kind, document, sign):
    async def main():
        session = RecordSession(FakeDesk(is_empty=True), kind, _row(kind, document))
        assert fitness(session)[0] is sign

    run_qt(main())


def test_an_expired_paper_makes_it_unfit_and_is_never_sent(run_qt):
    async def main():
        local = {"expiries": {"fast": "2026-10-01"}}
        session = RecordSession(FakeDesk(is_empty=True), "driver", _row("driver", DRIVER, local))
        sign, words = fitness(session)
        assert sign is Sign.ASK
        assert "2026-10-01" in words
        assert session.document == DRIVER

    run_qt(main())


def test_expiry_dates_are_typed_beside_the_document(run_qt, until):
    async def main():
        desk = FakeDesk(is_empty=True)
        session, editor = _editor(desk, "truck", _row("truck", {"number": "1"}))
        editor.show()
        line = editor._expiry_lines["insurance"]
        QTest.keyClicks(line, "1 mar 2027")
        assert session.local["expiries"] == {"insurance": "2027-03-01"}
        assert session.document == {"number": "1"}
        await until(lambda: session.saved_at is not None)
        editor.close()
        editor.deleteLater()

    run_qt(main())


def test_private_values_are_masked(run_qt):
    async def main():
        _session, editor = _editor(FakeDesk(is_empty=True), "driver", _row("driver", DRIVER))
        for name in ("driver_fast_card", "driver_birth_date"):
            assert DRIVER["fastCardNumber"] not in editor.findChild(FieldBox, name).line.text()
            assert "1980" not in editor.findChild(FieldBox, name).line.text()
        editor.deleteLater()

    run_qt(main())


def test_problems_stand_beside_the_fields(run_qt):
    async def main():
        _session, editor = _editor(FakeDesk(is_empty=True), "trailer", _row("trailer", {"number": "1", "type": "TL"}))
        assert editor.findChild(FieldBox, "trailer_plate_number").shown_message
        editor.deleteLater()

    run_qt(main())


def test_a_save_that_fails_keeps_what_was_typed(run_qt, until):
    async def main():
        from desktop.errors import EnvironmentFailure

        desk = FakeDesk(is_empty=True)

        async def fail(*_args, **_named):
            raise EnvironmentFailure("store.disk_full")

        desk.library = SimpleNamespace(save=fail)
        session, editor = _editor(desk, "driver", None)
        editor.show()
        _type(editor.findChild(FieldBox, "driver_last_name"), "Driver")
        await until(lambda: session.save_error is not None)
        assert session.document == {"lastName": "Driver"}
        editor.close()
        editor.deleteLater()

    run_qt(main())


def test_the_page_lists_searches_opens_and_puts_aside(run_qt, until):
    async def main():
        desk = FakeDesk(is_empty=True)
        desk.all_library = [
            _row("driver", DRIVER, {"expiries": {"fast": "2026-10-01"}}),
            _row("driver", {**DRIVER, "driverNumber": "D002", "lastName": "Driver Two"}, number=2),
        ]
        page = LibraryPage(desk, "driver")
        page.resize(1198, 660)
        page.show()
        await until(lambda: page.model.rowCount() == 2)
        assert "2026-10-01" in page.model.index(0, 0).data(EXPIRED_ROLE)
        page.ui.search.setText("two")
        assert page.model.rowCount() == 1
        page.ui.records.setCurrentIndex(page.model.index(0, 0))
        assert page.editor is not None
        assert page.editor.session.row.key == "D002"
        page.ui.active_button.click()
        await until(lambda: page.model.rowCount() == 0)
        page.ui.show_inactive.setChecked(True)
        await until(lambda: page.model.rowCount() == 1)
        await page.close_record()
        page.close()
        page.deleteLater()

    run_qt(main())


@pytest.mark.parametrize("kind", ["driver", "truck", "trailer", "partner"])
def test_everything_that_takes_the_focus_has_a_name(run_qt, kind):
    async def main():
        page = LibraryPage(FakeDesk(is_empty=True), kind)
        page.show()
        page.add()
        nameless = []
        for widget in page.findChildren(QWidget):
            takes_focus = isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
            words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if takes_focus and not words and not isinstance(widget.parentWidget(), QComboBox | QLineEdit):
                nameless.append(f"{type(widget).__name__} {widget.objectName()}")
        assert nameless == []
        await page.close_record()
        page.close()
        page.deleteLater()

    run_qt(main())


def test_a_partner_is_added_from_the_picker_and_lands_in_the_trip(run_qt, until):
    """The last row of the list opens the editor; Ctrl+Enter saves and puts it into the shipment."""

    async def main():
        async with Bench(empty(Regime.ACE), library=[]) as bench:
            await bench.loaded()
            bench.key(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
            bench.box("shipper_name").setFocus()
            bench.type("Elk")
            bench.key(Qt.Key.Key_Down)
            bench.key(Qt.Key.Key_Return)
            await until(lambda: bench.editor.findChildren(AddDialog))
            dialog = bench.editor.findChildren(AddDialog)[0]
            assert dialog.session.document == {"name": "Elk"}
            _type(dialog.findChild(FieldBox, "shipper_address_city"), "Myerstown")
            QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
            await until(lambda: bench.session.value("/shipments/0/shipper/address/city") == "Myerstown")
            assert bench.session.value("/shipments/0/shipper/name") == "Elk"
            assert [row.kind for row in bench.desk.all_library] == ["partner"]

    run_qt(main())


def test_a_number_typed_in_full_brings_the_whole_record_along(run_qt, until):
    """Who types the unit's own number and goes on with Tab need not open the list."""

    async def main() -> None:
        truck = {"number": "T101", "type": "TR", "licensePlates": PLATES}
        async with Bench(empty(Regime.ACE), library=[_row("truck", truck), _row("driver", DRIVER, number=2)]) as bench:
            await until(lambda: bench.editor.shelf.by_key("truck", "T101"))
            bench.box("truck_number").editor.setFocus()
            bench.type("t101")
            bench.key(Qt.Key.Key_Tab)
            assert bench.session.document["truck"] == truck

    run_qt(main())
