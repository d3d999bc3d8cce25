"""Records run out, are found twice, are deleted and brought back, and are changed in two places at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from fakes.desk import FakeDesk
from gui.editors.editor_bench import Bench, empty, example
from gui.editors.test_library import DRIVER, PARTNER, PLATES, _row, _type
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from desktop.domain.documents import MISSING
from desktop.domain.expiry import Band
from desktop.domain.lifecycle import Regime
from desktop.ui.binding.choice import CHOICE_ROLE
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.add_dialog import AddDialog
from desktop.ui.editors.library_page import LibraryPage
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_list import EXPIRED_ROLE, RecordModel
from desktop.ui.editors.record_list import words_of as searched
from desktop.ui.sign import Sign
from desktop.ui.toast import Toast

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of pickers, offscreen
CONTROL = Qt.KeyboardModifier.ControlModifier


class _Shown:
    """A library page in a window with a toast."""

    def __init__(self, desk: FakeDesk, kind: str) -> None:
        self.desk = desk
        self.window = QMainWindow()
        self.window.resize(1198, 660)
        self.page = LibraryPage(desk, kind, self.window)
        self.window.setCentralWidget(self.page)
        self.toast = Toast(self.window)
        self.window.show()
        self.window.activateWindow()

    def select(self, position: int) -> None:
        self.page.ui.records.setCurrentIndex(self.page.model.index(position, 0))

    def titles(self) -> list[str]:
        return [self.page.model.index(row, 0).data() for row in range(self.page.model.rowCount())]


@asynccontextmanager
async def _shown(rows, until, kind: str = "driver") -> AsyncIterator[_Shown]:
    desk = FakeDesk()
    desk.stored = []
    desk.all_library = list(rows)
    shown = _Shown(desk, kind)
    try:
        await until(lambda: shown.page.model.rowCount() == len(rows) and shown.window.isActiveWindow())
        yield shown
        await shown.page.close_record()
    finally:
        await desk.keeper.stop()
        shown.window.close()
        shown.window.deleteLater()


def _driver(number: int, **local: object):
    document = {**DRIVER, "driverNumber": f"D{number:03}", "lastName": f"Driver {number}"}
    return replace(_row("driver", document, local, number=number), title=f"Sample Driver {number}")


def test_the_strip_counts_and_filters_what_runs_out(run_qt, until):
    async def main() -> None:
        days = ["2026-10-01", "2026-11-23", "2026-11-30", "2026-12-20", "2027-01-20", "2028-01-01"]
        rows = [_driver(place, expiries={"fast": day}) for place, day in enumerate(days)]
        async with _shown(rows, until) as shown:
            strip = shown.page.ui.expiry_strip
            assert not strip.isHidden()
            words = [made.text() for made in strip.buttons.values()]
            assert words == ["2 expired", "1 within 7 days", "1 within 30", "1 within 60"]
            strip.buttons[Band.EXPIRED].click()
            assert shown.titles() == ["Sample Driver 0", "Sample Driver 1"]
            strip.buttons[Band.MONTH].setFocus()
            QTest.keyClick(strip.buttons[Band.MONTH], Qt.Key.Key_Space)
            assert shown.titles() == ["Sample Driver 3"]
            assert shown.page.model.index(0, 0).data(EXPIRED_ROLE) == "FAST card expires on 2026-12-20"
            QTest.keyClick(strip.buttons[Band.MONTH], Qt.Key.Key_Space)
            assert len(shown.titles()) == 6
            strip.buttons[Band.WEEK].click()
            await shown.desk.library.set_active("2", is_active=False)
            await until(lambda: strip.band is None and len(shown.titles()) == 5)

    run_qt(main())


def test_nothing_that_runs_out_leaves_no_strip(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1, expiries={"fast": "2030-01-01"})], until) as shown:
            assert shown.page.ui.expiry_strip.isHidden()

    run_qt(main())


def test_what_stops_a_record_leads_to_its_field(run_qt, until):
    async def main() -> None:
        truck = _row("truck", {"number": "1", "licensePlates": PLATES}, {"expiries": {"insurance": "2026-10-01"}})
        async with _shown([truck], until, "truck") as shown:
            shown.select(0)
            ace, aci = shown.page.ui.ace_fitness, shown.page.ui.aci_fitness
            assert (ace.sign, ace.text()) == (Sign.ERROR, "ACE: 1 to fix")
            assert (aci.sign, aci.text()) == (Sign.ASK, "ACI: 1 paper expired")
            fault, paper = ace.reasons.actions()
            assert fault.text().startswith("Truck type: ")
            fault.trigger()
            assert shown.page.editor.findChild(FieldBox, "truck_type").isAncestorOf(QApplication.focusWidget())
            paper.trigger()
            assert QApplication.focusWidget() is shown.page.editor._expiry_lines["insurance"]
            shown.page.editor.session.set("/type", "TR")
            shown.page.editor.session.set_local("expiries", {})
            assert (ace.sign, aci.sign) == (Sign.GO, Sign.GO)
            assert [action.isEnabled() for action in ace.reasons.actions()] == [False]

    run_qt(main())


def test_a_broker_need_not_have_the_address_of_a_shipper(run_qt):
    async def main() -> None:
        desk = FakeDesk(is_empty=True)
        session = RecordSession(desk, "partner", _row("partner", {"name": "Sample Brokers"}, {"roles": ["broker"]}))
        assert not any(session.unfit.values())
        session.set_local("roles", ["broker", "shipper"])
        assert all(session.unfit.values())
        session.stop()

    run_qt(main())


def test_a_record_that_no_trip_used_is_deleted_and_brought_back(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1), _driver(2)], until) as shown:
            shown.select(0)
            keeping = shown.page.keeping
            await until(lambda: keeping.used.text() == "Not used on any trip")
            keeping._fill_menu()
            titles = [action.text() for action in keeping._menu.actions()]
            assert titles == ["Put aside", "Delete for good", "Erase this person…"]
            keeping._menu.actions()[1].trigger()
            await until(lambda: shown.titles() == ["Sample Driver 2"])
            assert shown.page.editor is None
            assert shown.toast.words == "Sample Driver 1 is deleted"
            shown.toast.action.click()
            await until(lambda: shown.titles() == ["Sample Driver 1", "Sample Driver 2"] or len(shown.titles()) == 2)

    run_qt(main())


def test_a_record_that_a_trip_used_says_where_and_is_only_put_aside(run_qt, until):
    async def main() -> None:
        desk = FakeDesk()
        truck = desk.stored[0].document["truck"]
        number = truck["number"]
        desk.all_library = [_row("truck", truck)]
        shown = _Shown(desk, "truck")
        await until(lambda: shown.titles() == [number])
        wanted = []
        shown.page.trip_wanted.connect(wanted.append)
        shown.select(0)
        keeping = shown.page.keeping
        await until(lambda: keeping.used.text().startswith("Used on "))
        keeping._fill_menu()
        assert not keeping._menu.actions()[-1].isEnabled()
        keeping._trips.actions()[0].trigger()
        assert wanted[0] in [trip.id for trip in desk.stored]
        shown.page.ui.active_button.click()
        await until(lambda: shown.titles() == [])
        shown.toast.action.click()
        await until(lambda: shown.titles() == [number])
        await desk.keeper.stop()
        shown.window.close()
        shown.window.deleteLater()

    run_qt(main())


def test_the_same_number_is_asked_about_and_the_other_one_used(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            shown.page.add()
            _type(shown.page.editor.findChild(FieldBox, "driver_number"), "d001")
            notice = shown.page.keeping.notice
            await until(lambda: not notice.isHidden())
            assert notice.words.text() == "Sample Driver 1 is already there"
            notice.buttons[0].click()
            await until(lambda: [row.id for row in shown.desk.all_library] == ["1"])
            await until(lambda: shown.page.editor is not None and shown.page.editor.session.row.id == "1")
            assert notice.isHidden()
            assert shown.toast.words.endswith("is deleted")

    run_qt(main())


def test_undo_reaches_back_after_another_record_was_open(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1), _driver(2)], until) as shown:
            shown.select(0)
            first = shown.page.editor.session
            first.set("/lastName", "Changed")
            first.set_local("expiries", {"fast": "2027-01-01"})
            shown.select(1)
            await until(lambda: first.saved_at is not None and not first.is_dirty)
            shown.select([row.id for row in shown.page.model.rows].index("1"))
            shown.page.editor.setFocus()
            QTest.keyClick(shown.page.editor, Qt.Key.Key_Z, CONTROL)
            QTest.keyClick(shown.page.editor, Qt.Key.Key_Z, CONTROL)
            session = shown.page.editor.session
            assert (session.document, session.local) == (_driver(1).document, {})
            QTest.keyClick(shown.page.editor, Qt.Key.Key_Y, CONTROL)
            assert session.value("/lastName") == "Changed"

    run_qt(main())


def test_two_windows_on_one_record_keep_both_changes(run_qt, until):
    async def main() -> None:
        desk = FakeDesk(is_empty=True)
        desk.all_library = [_driver(1)]
        mine, theirs = (RecordSession(desk, "driver", desk.all_library[0]) for _ in range(2))
        theirs.set("/gender", "F")
        mine.set("/lastName", "Mine")
        await theirs.flush()
        await mine.flush()
        assert mine.clash is None
        saved = desk.all_library[0].document
        assert (saved["gender"], saved["lastName"]) == ("F", "Mine")
        assert mine.value("/gender") == "F"

    run_qt(main())


@pytest.mark.parametrize(("answer", "name"), [("Keep mine", "Mine"), ("Take theirs", "Theirs")])
def test_what_two_windows_changed_alike_is_asked(run_qt, until, answer, name):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            desk = shown.desk
            shown.select(0)
            session = shown.page.editor.session
            theirs = RecordSession(desk, "driver", desk.all_library[0])
            theirs.set("/lastName", "Theirs")
            session.set("/lastName", "Mine")
            await theirs.flush()
            notice = shown.page.keeping.notice
            await until(lambda: not notice.isHidden())
            assert desk.all_library[0].document["lastName"] == "Theirs", "nothing is written over in silence"
            assert session.value("/lastName") == "Mine", "nothing typed is lost"
            next(made for made in notice.buttons if made.text() == answer).click()
            await session.flush()
            assert desk.all_library[0].document["lastName"] == name
            if answer == "Take theirs":
                session.undo()
                assert session.value("/lastName") == "Mine"

    run_qt(main())


def test_what_was_saved_elsewhere_shows_itself_where_nothing_is_typed(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            shown.select(0)
            theirs = RecordSession(shown.desk, "driver", shown.desk.all_library[0])
            theirs.set("/lastName", "Theirs")
            await theirs.flush()
            session = shown.page.editor.session
            await until(lambda: session.value("/lastName") == "Theirs")
            session.undo()
            assert session.value("/lastName") == "Driver 1"

    run_qt(main())


def test_a_record_stays_with_its_carrier(run_qt):
    async def main() -> None:
        desk = FakeDesk(is_empty=True)
        desk.all_library = [replace(_driver(1), company="CARRIER")]
        session = RecordSession(desk, "driver", desk.all_library[0])
        session.set("/lastName", "Changed")
        await session.flush()
        assert desk.all_library[0].company == "CARRIER"

    run_qt(main())


def test_records_are_found_by_number_city_and_contact_and_by_nothing_private():
    driver = _row("driver", {**DRIVER, "usAddress": {"city": "Détroit"}}, {})
    partner = _row("partner", PARTNER, {"contact": "Sample Person"})
    assert all(word in searched(driver, "Dorn Cartage") for word in ("d001", "detroit", "dorn"))
    assert all(word in searched(partner) for word in ("toronto", "sample person", "art place"))
    for private in ("1980", "42700000000001"):
        assert private not in searched(driver)


def test_lists_and_tooltips_hold_nothing_private(run_qt):
    async def main() -> None:
        truck = _row("truck", {"number": "T1", "licensePlates": [{"number": "CANARY1"}], "vinNumber": "CANARY2"})
        driver = _row("driver", {**DRIVER, "travelDocuments": [{"number": "CANARY3"}]})
        model = RecordModel()
        model.show([truck, driver], FakeDesk().clock.now().date())
        for row in range(2):
            for role in Qt.ItemDataRole:
                said = str(model.index(row, 0).data(role))
                assert "CANARY" not in said
                assert "1980" not in said
                assert DRIVER["fastCardNumber"] not in said

    run_qt(main())


def test_a_thousand_drivers_are_searched_and_scrolled_at_once(run_qt, until):
    async def main() -> None:
        rows = [_driver(number, expiries={"fast": "2026-12-01"}) for number in range(1000)]
        async with _shown(rows, until) as shown:
            begun = time.perf_counter()
            for end in range(1, 5):
                shown.page.ui.search.setText("D123"[:end])
                shown.page.ui.records.viewport().repaint()
            assert shown.titles() == ["Sample Driver 123"]
            shown.page.ui.search.clear()
            bar = shown.page.ui.records.verticalScrollBar()
            for place in range(0, bar.maximum(), max(1, bar.maximum() // 50)):
                bar.setValue(place)
                shown.page.ui.records.viewport().repaint()
            assert time.perf_counter() - begun < 2.0, "5 searches and 50 screens"
            await asyncio.sleep(0)

    run_qt(main())


def test_the_list_follows_what_is_typed_without_reading_everything_again(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1), _driver(2)], until) as shown:
            shown.select(0)
            read = []
            items = shown.desk.library.items

            async def counting(*args, **named):
                read.append(args)
                return await items(*args, **named)

            shown.desk.library.items = counting
            session = shown.page.editor.session
            session.set_local("expiries", {"fast": "2026-11-01"})
            await until(lambda: shown.page.model.index(0, 0).data(EXPIRED_ROLE) == "FAST card expired on 2026-11-01")
            assert shown.page.ui.expiry_strip.buttons[Band.EXPIRED].text() == "1 expired"
            assert read == []
            session.set("/lastName", "Aardvark")
            await until(lambda: "Sample Aardvark" in shown.titles())
            assert read

    run_qt(main())


def test_tab_goes_through_the_page_as_it_is_read(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1, expiries={"fast": "2026-11-01"})], until) as shown:
            shown.select(0)
            await until(lambda: shown.page.keeping.used.text() == "Not used on any trip")
            shown.page.ui.expiry_strip.buttons[Band.EXPIRED].setFocus()
            seen = []
            for _ in range(60):
                here = QApplication.focusWidget()
                seen.append(here.objectName() or here.parentWidget().objectName())
                QTest.keyClick(here, Qt.Key.Key_Tab)
                if QApplication.focusWidget() is shown.page.ui.expiry_strip.buttons[Band.EXPIRED]:
                    break
            order = ["expiry_expired", "add_record", "more_button", "search", "show_inactive", "records", "ace_fitness"]
            assert [name for name in seen if name in order] == order
            assert seen.index("aci_fitness") < seen.index("active_button") < seen.index("driver_number")
            lines = list(shown.page.editor._expiry_lines.values())
            assert all(line.focusPolicy() & Qt.FocusPolicy.TabFocus for line in lines)

    run_qt(main())


def test_the_menus_of_the_page_open_by_keyboard_and_take_more_entries(run_qt, until):
    async def main() -> None:
        async with _shown([_driver(1)], until) as shown:
            page = shown.page
            assert isinstance(page.more_menu, QMenu)
            assert page.ui.more_button.menu() is page.more_menu
            called = []
            page.more_menu.addAction("Import").triggered.connect(lambda: called.append("import"))
            page.more_menu.actions()[-1].trigger()
            assert called == ["import"]
            assert [offer.title for offer in page.offers()] == ["New driver"]
            page.offers()[0].run()
            assert page.editor is not None
            assert page.editor.session.row is None

    run_qt(main())


def test_local_facts_of_a_partner_are_kept_and_never_on_the_wire(run_qt, until):
    async def main() -> None:
        async with _shown([_row("partner", PARTNER)], until, "partner") as shown:
            shown.select(0)
            line = shown.page.editor._facts["email"]
            line.setFocus()
            QTest.keyClicks(line, "dock@example.com")
            session = shown.page.editor.session
            assert session.local["email"] == "dock@example.com"
            assert session.document == PARTNER
            await until(lambda: shown.desk.all_library[0].local.get("email") == "dock@example.com")
            session.undo()
            assert line.text() == ""

    run_qt(main())


async def _adding(bench: Bench, until, words: str) -> AddDialog:
    await bench.loaded()
    bench.key(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    bench.box("shipper_name").setFocus()
    bench.type(words)
    bench.key(Qt.Key.Key_Down)
    while not QApplication.activePopupWidget().currentIndex().data(CHOICE_ROLE).is_add:
        bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Return)
    await until(lambda: bench.editor.findChildren(AddDialog))
    return bench.editor.findChildren(AddDialog)[0]


def test_a_partner_that_is_there_already_is_used_instead_of_a_second_one(run_qt, until):
    async def main() -> None:
        async with Bench(empty(Regime.ACE), library=[_row("partner", PARTNER)]) as bench:
            dialog = await _adding(bench, until, "Art")
            dialog.session.set("/name", "ART PLACE")
            QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
            await until(lambda: not dialog.notice.isHidden())
            assert bench.session.value("/shipments/0/shipper/address") is MISSING
            QTest.keyClick(dialog.notice.buttons[0], Qt.Key.Key_Space)
            await until(lambda: bench.session.value("/shipments/0/shipper") == PARTNER)
            assert [row.id for row in bench.desk.all_library] == ["1"]

    run_qt(main())


def test_two_of_one_name_are_kept_where_that_is_wanted(run_qt, until):
    async def main() -> None:
        async with Bench(empty(Regime.ACE), library=[_row("partner", PARTNER)]) as bench:
            dialog = await _adding(bench, until, "Art")
            dialog.session.set("/name", "Art Place")
            dialog.take.click()
            await until(lambda: not dialog.notice.isHidden())
            dialog.notice.buttons[1].click()
            await until(lambda: bench.session.value("/shipments/0/shipper/name") == "Art Place")
            assert len(bench.desk.all_library) == 2

    run_qt(main())


def test_esc_in_the_add_dialog_loses_nothing_that_was_typed(run_qt, until):
    async def main() -> None:
        async with Bench(empty(Regime.ACE), library=[]) as bench:
            dialog = await _adding(bench, until, "Elk")
            _type(dialog.findChild(FieldBox, "shipper_address_city"), "Myerstown")
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            await until(lambda: bench.desk.all_library)
            assert bench.desk.all_library[0].document == {"name": "Elk", "address": {"city": "Myerstown"}}
            assert bench.session.value("/shipments/0/shipper/address") is MISSING
            await until(lambda: bench.editor.shelf.by_key("partner", "Elk") is not None)
            offered = bench.editor.surroundings.source("partner").find("Elk")
            assert [choice.value for choice in offered if not choice.is_add] == ["Elk"]

    run_qt(main())


@pytest.mark.parametrize(
    ("regime", "names"),
    [
        (Regime.ACE, ["driver_number", "truck_number", "trailer_number", "shipper_name", "consignee_name"]),
        (Regime.ACE, ["third_party_name"]),
        (Regime.ACI, ["shipper_name", "consignee_name", "delivery_destination_name", "notify_party_name"]),
    ],
)
def test_every_picker_of_the_library_can_add(run_qt, regime, names):
    async def main() -> None:
        async with Bench(example(regime)) as bench:
            await bench.loaded()
            bench.editor.open_shipment(0)
            bench.editor.shipments.deliveries.add_empty() if regime is Regime.ACI else None
            bench.editor.shipments.notifies.add_empty() if regime is Regime.ACI else None
            bench.editor.shipments.third_parties.add_empty() if regime is Regime.ACE else None
            for name in names:
                boxes = bench.editor.findChildren(FieldBox, name)
                assert boxes, name
                assert boxes[0].picker is not None, name
                assert boxes[0].picker._source.find("Nobody So Far")[-1].is_add, name

    run_qt(main())
