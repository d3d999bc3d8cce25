"""In the editor: the next number stands beside an empty field and is taken by a key, with undo."""

from __future__ import annotations

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.domain.lifecycle import Regime

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TAKE = (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


async def with_ranges(desk: FakeDesk) -> str:
    company = desk.all_companies[0].id
    await desk.numbering.add(company, Regime.ACI, "trip", "12341124001", "12341124999")
    await desk.numbering.add(company, Regime.ACI, "control", "1234PARS100001", "1234PARS100500")
    return company


async def new_trip(it):
    it.shell.new(Regime.ACI)
    await until(lambda: it.window.editor is not None)
    await it.settle()
    editor = it.window.editor
    await until(lambda: QApplication.focusWidget() is box_of(editor, "/tripNumber").editor)
    return editor


def box_of(editor, pointer):
    boxes = [*editor.page.boxes(), *editor.shipments.boxes()]
    return next(box for at, box in boxes if at == pointer)


def test_the_next_number_stands_beside_an_empty_field_and_a_key_takes_it(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with opened(desk) as it:
            await with_ranges(desk)
            editor = await new_trip(it)
            box = box_of(editor, "/tripNumber")
            await until(lambda: "Next: 12341124001 · 999 left" in box.shown_message)
            assert "Ctrl+Shift+K takes it" in box.shown_message
            it.press(*TAKE)
            await until(lambda: editor.session.value("/tripNumber") == "12341124001")
            await until(lambda: "left" not in box.shown_message)
            assert QApplication.focusWidget() is box.editor
            editor.undo()
            assert not editor.session.value("/tripNumber")
            it.press(*TAKE)  # what was taken is never given again
            await until(lambda: editor.session.value("/tripNumber") == "12341124002")

    run_qt(main())


def test_a_new_shipment_is_offered_its_number(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with opened(desk) as it:
            await with_ranges(desk)
            editor = await new_trip(it)
            editor.add_shipment()
            pointer = "/shipments/0/cargoControlNumber"
            await until(lambda: "Next: 1234PARS100001" in box_of(editor, pointer).shown_message)
            it.press(*TAKE)
            await until(lambda: editor.session.value(pointer) == "1234PARS100001")
            assert not editor.session.value("/tripNumber")
            editor.add_shipment()
            await until(lambda: "Next: 1234PARS100002" in box_of(editor, pointer.replace("0", "1", 1)).shown_message)

    run_qt(main())


def test_the_first_drivers_own_range_comes_first(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        driver = next(row for row in desk.all_library if row.kind == "driver")
        async with opened(desk) as it:
            company = await with_ranges(desk)
            await desk.numbering.add(company, Regime.ACI, "trip", "12347001", "12347009", driver=driver.id)
            editor = await new_trip(it)
            box = box_of(editor, "/tripNumber")
            await until(lambda: "12341124001" in box.shown_message)
            editor.session.set("/drivers", [{"driverNumber": driver.key}])
            await until(lambda: "Next: 12347001 · 9 left" in box.shown_message)
            it.press(*TAKE)
            await until(lambda: ("take", company, Regime.ACI, "trip", driver.id, 1) in desk.calls)

    run_qt(main())


@pytest.mark.parametrize("says_yes", [True, False])
def test_a_number_that_stands_there_is_replaced_only_when_asked(run_qt, says_yes) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with opened(desk) as it:
            await with_ranges(desk)
            editor = await new_trip(it)
            editor.session.set("/tripNumber", "1234MINE1")
            it.press(*TAKE)
            await until(QApplication.activeModalWidget)
            question = QApplication.activeModalWidget()
            assert isinstance(question, QMessageBox)
            assert "Replace 1234MINE1 by 12341124001?" in question.text()
            it.press(Qt.Key.Key_Return if says_yes else Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)
            await it.settle()
            assert editor.session.value("/tripNumber") == ("12341124001" if says_yes else "1234MINE1")
            assert any(call[0] == "take" for call in desk.calls) == says_yes

    run_qt(main())


def test_without_a_range_it_is_said_and_the_way_to_one_offered(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with opened(desk) as it:
            editor = await new_trip(it)
            assert box_of(editor, "/tripNumber").shown_message == ""
            it.press(*TAKE)
            await until(QApplication.activeModalWidget)
            assert "No number range yet: Trips to Canada (ACI)" in QApplication.activeModalWidget().text()
            it.press(Qt.Key.Key_Return)
            await until(lambda: any(one.objectName() == "ranges_dialog" for one in QApplication.topLevelWidgets()))
            it.dialog("ranges_dialog").reject()
            await it.settle()

    run_qt(main())


def test_a_used_up_range_is_said_beside_the_field(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with opened(desk) as it:
            company = await with_ranges(desk)
            await desk.numbering.take(company, Regime.ACI, "trip", count=999)
            editor = await new_trip(it)
            await until(lambda: "used up" in box_of(editor, "/tripNumber").shown_message)
            it.press(*TAKE)
            await until(QApplication.activeModalWidget)
            assert "is used up: Trips to Canada" in QApplication.activeModalWidget().text()
            it.press(Qt.Key.Key_Escape)
            await it.settle()

    run_qt(main())


def test_menu_and_palette_offer_both(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with opened(desk) as it:
            titles = [offer.title for offers in it.shell.offers for offer in offers()]
            assert {"Number ranges…", "Check a sticker"} <= set(titles)
            editor = await new_trip(it)
            keys = {offer.title: offer.keys for offer in editor.offers()}
            assert (keys["Take the next number"], keys["Check a sticker"]) == ("Ctrl+Shift+K", "Ctrl+B")
            titles = [offer.title for offers in it.shell.offers for offer in offers()]
            assert "Check a sticker" not in titles  # the editor offers it

    run_qt(main())
