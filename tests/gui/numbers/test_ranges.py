"""Number ranges by keyboard: added, changed, put aside; used numbers brought in; faults beside their fields."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
import shiboken6
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.views import Subject
from desktop.ui.place import Place
from desktop.ui.room import cramped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TAB, ENTER, UP, CTRL = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier
PARS = (Regime.ACI, "control", "1234PARS100001", "1234PARS100500")


def shown(name: str):
    """Return the dialog of that name, once it is on show."""
    return next((one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible()), None)


@asynccontextmanager
async def ranges(desk: FakeDesk):
    """Open the window with the list of ranges over it."""
    async with opened(desk) as it:
        it.window.findChild(QAction, "number_ranges").trigger()
        await until(lambda: shown("ranges_dialog"))
        dialog = shown("ranges_dialog")
        await until(lambda: len(dialog.rows) == len(desk.numbering.rows))
        await until(dialog.list.hasFocus)
        yield it, dialog
        if shiboken6.isValid(dialog):
            dialog.reject()
        await it.settle()


def test_a_range_is_added_with_keys_alone(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with ranges(desk) as (it, dialog):
            assert "first and last number" in dialog.about.text()
            it.press(Qt.Key.Key_Insert)
            await until(lambda: shown("range_dialog"))
            await until(shown("range_dialog").kind.hasFocus)
            it.press(TAB)
            it.type("1234pars100001")
            it.press(TAB)
            it.type("1234pars100500")
            added = shown("range_dialog")
            assert added.last.message.text() == "500 numbers"
            assert cramped(added) == []
            it.press(ENTER)
            await until(lambda: desk.numbering.rows and not shown("range_dialog"))
            [row] = desk.numbering.rows
            assert (row.first, row.last, row.driver) == ("1234PARS100001", "1234PARS100500", "")
            await until(lambda: dialog.list.topLevelItemCount() == 1)
            item = dialog.list.topLevelItem(0)
            said = item.data(0, Qt.ItemDataRole.AccessibleTextRole)
            assert "1234PARS100001 to 1234PARS100500. All drivers. Next: 1234PARS100001. Left: 500 of 500" in said
            assert cramped(dialog) == []
            await until(dialog.list.hasFocus)

    run_qt(main())


def test_what_makes_no_range_is_said_beside_its_field(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with ranges(desk) as (it, dialog):
            dialog.add.click()
            await until(lambda: shown("range_dialog"))
            added = shown("range_dialog")
            added.first.setFocus()
            it.type("1234PARS100500")
            it.press(TAB)
            assert added.first.message.text() == "Type it, or scan the first sticker"
            it.type("1234PARS1001")
            it.press(TAB)
            assert "The first has 14 characters, this one 12." in added.last.message.text()
            assert added.last.edit.accessibleDescription() == added.last.message.text()
            it.press(ENTER)
            await until(added.last.edit.hasFocus)
            assert desk.numbering.rows == []
            it.type("1234PARS100400")
            assert added.last.message.text() == ""
            it.press(ENTER, CTRL)
            await until(lambda: "comes before" in added.last.message.text())
            assert added.last.edit.selectedText() == "1234PARS100400"
            added.reject()

    run_qt(main())


def test_what_is_odd_is_asked_about_and_kept(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        desk.numbering.odd = ("code",)
        async with ranges(desk) as (it, dialog):
            dialog.add.click()
            await until(lambda: shown("range_dialog"))
            added = shown("range_dialog")
            added.first.setFocus()
            it.type("9999PARS1")
            it.press(TAB)
            await until(lambda: "not your carrier" in added.first.message.text())
            it.type("9999PARS5")
            it.press(ENTER)
            await until(lambda: desk.numbering.rows)

    run_qt(main())


def test_a_range_is_changed_moved_to_a_driver_and_put_aside(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        company = desk.all_companies[0].id
        driver = next(row for row in desk.all_library if row.kind == "driver")
        await desk.numbering.add(company, *PARS)
        async with ranges(desk) as (it, dialog):
            it.press(ENTER)
            await until(lambda: shown("range_dialog"))
            change = shown("range_dialog")
            await until(change.first.edit.hasFocus)
            assert not change.kind.isEnabled()
            change.driver.setCurrentIndex(change.driver.findData(driver.id))
            change.start.setFocus()
            change.start.edit.selectAll()
            it.type("1234PARS100200")
            it.press(ENTER)
            await until(lambda: ("edit range", None, None, driver.id, "1234PARS100200", None) in desk.calls)
            await until(lambda: dialog.list.hasFocus() and dialog.rows[0].driver == driver.id)
            it.press(Qt.Key.Key_Delete)
            await until(lambda: dialog.rows and not dialog.rows[0].is_active)
            await until(lambda: dialog.aside.text() == "&Take up again")
            it.press(Qt.Key.Key_Delete)
            await until(lambda: dialog.rows[0].is_active)

    run_qt(main())


def test_a_number_outside_the_range_is_refused_beside_its_field(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        await desk.numbering.add(desk.all_companies[0].id, *PARS)
        async with ranges(desk) as (it, _dialog):
            it.press(ENTER)
            await until(lambda: shown("range_dialog"))
            change = shown("range_dialog")
            change.start.setFocus()
            change.start.edit.selectAll()
            it.type("1234PARS999999")
            it.press(ENTER)
            await until(lambda: "is not between" in change.start.message.text())
            assert change.start.edit.hasFocus()
            change.reject()

    run_qt(main())


def test_used_numbers_are_counted_before_they_are_kept(run_qt, tmp_path) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with ranges(desk) as (it, dialog):
            dialog.used.click()
            await until(lambda: shown("used_dialog"))
            used = shown("used_dialog")
            await until(used.box.hasFocus)
            assert not used.keep.isEnabled()
            file = tmp_path / "used.csv"
            file.write_bytes("\ufeffNumber,Date\n1234PARS1,2025-03-03\n<b>x</b>\n1234PARS2\n".encode())
            await used.read(file)
            await until(lambda: used.preview is not None)
            assert used.message.words.splitlines() == [
                "2 new numbers",
                "1 line is left out:",
                "Line 3: “<B>X</B>” is no number for PARS (shipments to Canada)",
            ]
            assert cramped(used) == []
            it.press(ENTER, CTRL)
            await until(lambda: ("keep used", ("1234PARS1", "1234PARS2")) in desk.calls)
            await until(lambda: not shown("used_dialog"))

    run_qt(main())


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot be read"), (b"PK\0\1", "no plain text"), (b"\x81\x8d", "no plain text")]
)
def test_a_file_that_is_no_list_is_said_so(run_qt, tmp_path, content, words) -> None:
    async def main() -> None:
        async with ranges(FakeDesk()) as (_it, dialog):
            dialog.used.click()
            await until(lambda: shown("used_dialog"))
            used = shown("used_dialog")
            file = tmp_path / "used.xlsx"
            if content is not None:
                file.write_bytes(content)
            await used.read(file)
            assert words in used.message.words
            assert used.box.toPlainText() == ""
            used.reject()

    run_qt(main())


def test_the_list_follows_what_is_taken_elsewhere(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        company = desk.all_companies[0].id
        await desk.numbering.add(company, *PARS)
        async with ranges(desk) as (_it, dialog):
            await desk.numbering.take(company, Regime.ACI, "control", count=3)
            await until(lambda: dialog.list.topLevelItem(0).text(3) == "1234PARS100004")

    run_qt(main())


def test_a_range_that_runs_out_is_said_once_and_leads_to_the_list(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        company = desk.all_companies[0].id
        await desk.numbering.add(company, *PARS)
        async with opened(desk) as it:
            assert not it.window.toast.isVisible()
            await desk.numbering.take(company, Regime.ACI, "control", count=460)
            await until(it.window.toast.isVisible)
            assert "40 numbers left" in it.window.toast.words
            it.window.toast.hide()
            await desk.numbering.take(company, Regime.ACI, "control")
            await it.settle()
            assert not it.window.toast.isVisible()

    run_qt(main())


def test_settings_lead_to_the_ranges_of_each_carrier(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        company = desk.all_companies[0]
        async with opened(desk) as it:
            it.window.go_to(Place.SETTINGS)
            await until(lambda: it.shell.preferences.findChild(QPushButton, f"ranges_{company.id}"))
            it.shell.preferences.findChild(QPushButton, f"ranges_{company.id}").click()
            await until(lambda: shown("ranges_dialog"))
            assert shown("ranges_dialog").company_id == company.id
            shown("ranges_dialog").reject()
            await it.settle()

    run_qt(main())


def test_without_a_carrier_there_is_a_word_on_what_to_do(run_qt) -> None:
    async def main() -> None:
        async with opened(FakeDesk(is_empty=True)) as it:
            it.window.findChild(QAction, "number_ranges").trigger()
            await until(QApplication.activeModalWidget)
            assert texts.text("window.carriers.no_company") == QApplication.activeModalWidget().text()
            it.press(Qt.Key.Key_Escape)
            await it.settle()

    run_qt(main())


def test_a_closed_list_hears_nothing_any_more(run_qt) -> None:
    async def main() -> None:
        desk = FakeDesk()
        async with ranges(desk) as (it, dialog):
            dialog.reject()
            await it.settle()
            desk.say(Subject.NUMBERS)
            await it.settle()

    run_qt(main())
