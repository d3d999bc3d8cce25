"""The fast ways to a new trip in the window: keys of the list, menus, templates, deleted trips that come back."""

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.domain.lifecycle import Customs, Delivery, Regime
from desktop.domain.mirroring import Load
from desktop.services.views import CompanyRow, Subject, TemplateRow
from desktop.ui.palette.commands import commands
from desktop.ui.room import cramped
from desktop.ui.trips.filters import Arrival, State

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL = Qt.KeyboardModifier.ControlModifier
SECOND = "01COMPANY00000000000000002"


class EditorDouble(QWidget):
    """Stands for the trip editor: it takes menu entries and has a place."""

    def __init__(self, desk, shell, session, parent):
        super().__init__(parent)
        self.session = session
        self.entries = {}
        self.here = ("", 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def add_menu_entry(self, title, run, keys="", icon="", applies=lambda: True):
        self.entries[title] = run

    def place(self):
        return self.here

    def return_to(self, pointer, caret):
        """Nothing: no test here looks at the caret."""

    async def close_session(self):
        await self.session.close()


def window(desk=None, **options):
    return opened(desk, make_editor=EditorDouble, **options)


def second_carrier(desk):
    desk.all_companies.append(
        CompanyRow(SECOND, 1, "Second Sample Ltd.", ("SMPL",), ("9SMP",), "second", "", "", False, True)
    )


def choose(filters, state):
    filters.state_choice.setCurrentIndex(filters.state_choice.findData(state))


async def dialog(it, name):
    await until(lambda: QApplication.activeModalWidget() and QApplication.activeModalWidget().objectName() == name)
    await until(lambda: QApplication.focusWidget().window() is QApplication.activeModalWidget())
    return QApplication.activeModalWidget()


def called(it, what):
    return [call for call in it.desk.calls if call[0] == what]


def open_trip(it):
    return it.shell.act.trip_id


def test_one_key_repeats_the_current_trip(run_qt):
    async def main():
        async with window() as it:
            trip = it.shell.trips.view.current_id()
            it.press(Qt.Key.Key_R)
            await until(lambda: open_trip(it))
            assert called(it, "repeat") == [("repeat", trip)]
            assert it.desk.find(open_trip(it)).delivery is Delivery.NOT_SENT

    run_qt(main())


def test_a_key_pressed_twice_in_a_hurry_starts_one_trip(run_qt):
    async def main():
        async with window() as it:
            trip = it.shell.trips.view.current_id()
            it.press(Qt.Key.Key_R)
            it.press(Qt.Key.Key_R)
            it.press(Qt.Key.Key_C)
            await until(lambda: called(it, "copy"))
            await it.settle()
            assert called(it, "repeat") == [("repeat", trip)]
            it.shell.trips.repeat_asked.emit(trip)  # once it is done it can be done again
            await until(lambda: len(called(it, "repeat")) == 2)
            await until(lambda: len(it.shell.act.trips.trips) == 3)

    run_qt(main())


def test_all_still_right_is_said_of_the_trip_as_it_is_open_now(run_qt):
    async def main():
        async with window() as it:
            starting, marks = it.desk.starting, ["/drivers/0/driverNumber"]
            real = starting.repeat

            async def marked(trip_id):
                session = await real(trip_id)
                session.local |= {"started_from": "Repeated from 1", "to_confirm": marks}
                return session

            starting.repeat = marked
            it.press(Qt.Key.Key_R)
            await until(it.window.toast.isVisible)
            closed = it.shell.act.trips.current.session
            closed.local["to_confirm"] = marks
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: it.window.editor is None)
            await it.shell.act.open(closed.trip_id)
            session = it.shell.act.trips.current.session
            assert session is not closed
            session.local["to_confirm"] = marks
            it.window.toast.action.click()
            assert session.local["to_confirm"] == []
            assert closed.local["to_confirm"] == marks

    run_qt(main())


def test_the_way_back_asks_what_comes_back(run_qt):
    async def main():
        async with window() as it:
            trip = it.shell.trips.view.current_id()
            it.press(Qt.Key.Key_M)
            asked = await dialog(it, "way_back_dialog")
            assert cramped(asked) == []
            it.press(Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)
            assert called(it, "mirror") == []
            await until(it.shell.trips.view.hasFocus)
            it.press(Qt.Key.Key_M)
            asked = await dialog(it, "way_back_dialog")
            it.press(Qt.Key.Key_Down)
            assert "change places" in asked.about.text()
            it.press(Qt.Key.Key_Return)
            await until(lambda: open_trip(it))
            assert called(it, "mirror") == [("mirror", trip, Load.SWAPPED)]

    run_qt(main())


def test_an_empty_trip_has_nothing_to_ask_on_its_way_back(run_qt):
    async def main():
        async with window() as it:
            empty = next(trip for trip in it.desk.stored if not trip.document.get("shipments"))
            it.shell.trips.select(empty.id)
            it.press(Qt.Key.Key_M)
            await until(lambda: open_trip(it))
            assert called(it, "mirror") == [("mirror", empty.id, Load.NOTHING)]

    run_qt(main())


def test_a_trip_is_kept_as_a_template_and_started_again_by_keys(run_qt):
    async def main():
        async with window() as it:
            trip = it.shell.trips.view.current_id()
            it.press(Qt.Key.Key_T)
            asked = await dialog(it, "template_name_dialog")
            assert cramped(asked) == []
            assert asked.field.text(), "the consignee's name is offered"
            it.type("Sample <b>run</b>")
            it.press(Qt.Key.Key_Return)
            await until(lambda: called(it, "keep_template"))
            assert called(it, "keep_template") == [("keep_template", trip, "Sample <b>run</b>")]
            await until(lambda: "Sample <b>run</b>" in it.window.toast.words)
            menu = it.shell.trips.new_menu
            await until(lambda: len(menu.templates.actions()) == 3)
            it.press(Qt.Key.Key_N, CTRL)
            await until(menu.isVisible)
            QTest.keyClick(menu, Qt.Key.Key_T)
            await until(menu.templates.isVisible)
            assert menu.templates.actions()[0].text() == "&1 Sample <b>run</b>  ↑ CAN"
            QTest.keyClick(menu.templates, Qt.Key.Key_1)
            await until(lambda: open_trip(it))
            assert called(it, "from_template")

    run_qt(main())


def test_a_name_that_is_taken_is_said_and_nothing_is_lost(run_qt):
    async def main():
        async with window() as it:
            trip = it.shell.trips.view.current_id()
            await it.desk.starting.keep_template(trip, "Sample run")
            it.press(Qt.Key.Key_T)
            asked = await dialog(it, "template_name_dialog")
            asked.field.setText("SAMPLE run")
            assert not asked.take.isEnabled()
            assert "of this name" in asked.remark.text()
            it.press(Qt.Key.Key_Return)
            await it.settle()
            assert asked.isVisible()
            asked.field.setText("  ")
            assert not asked.take.isEnabled()
            it.press(Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)
            assert len(called(it, "keep_template")) == 1

    run_qt(main())


def test_templates_are_renamed_and_removed_and_that_is_taken_back(run_qt):
    async def main():
        async with window() as it:
            trip = it.shell.trips.view.current_id()
            for name in ("Sample A", "Sample B"):
                await it.desk.starting.keep_template(trip, name)
            await it.settle()
            it.shell.trips.new_menu.manage_asked.emit()
            asked = await dialog(it, "templates_dialog")
            assert cramped(asked) == []
            await until(asked.list.hasFocus)
            it.press(Qt.Key.Key_Delete)
            await until(lambda: asked.list.count() == 1)
            assert asked.said.text() == "Removed Sample A."
            asked.undo.click()
            await until(lambda: asked.list.count() == 2)
            assert not asked.undo.isVisible()
            await until(asked.list.hasFocus)
            it.press(Qt.Key.Key_F2)
            await until(lambda: QApplication.activeModalWidget().objectName() == "template_name_dialog")
            named = QApplication.activeModalWidget()
            named.field.setText("Sample C")
            named.take.click()
            await until(lambda: asked.list.item(1) and asked.list.item(1).text().startswith("Sample C"))
            assert asked.list.currentRow() == 1
            asked.take.click()
            await until(lambda: open_trip(it))
            assert [row.name for row, _ in it.desk.starting.kept.values()] == ["Sample B", "Sample C"]

    run_qt(main())


def test_another_carriers_template_starts_nothing_without_a_word(run_qt):
    async def main():
        desk = FakeDesk()
        second_carrier(desk)
        async with window(desk) as it:
            kept = await desk.starting.keep_template(it.shell.trips.view.current_id(), "Sample run")
            await it.settle()
            entries = it.shell.trips.new_menu.templates.actions()
            assert entries[0].text().endswith("· Dorn Cartage Ltd."), "with all shown, it says whose it is"
            it.shell.carriers.choose(SECOND)
            await it.settle()
            entries = it.shell.trips.new_menu.templates.actions()
            assert not entries[0].isEnabled(), "the menu of another carrier does not have it"
            it.shell.trips.new_menu.template_asked.emit(kept.id)
            await until(QApplication.activeModalWidget)
            assert "Dorn Cartage Ltd." in QApplication.activeModalWidget().text()
            it.press(Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)
            assert called(it, "from_template") == []

    run_qt(main())


def test_after_a_trip_is_taken_out_the_one_below_is_current_and_the_last_one_has_the_one_above(run_qt):
    async def main():
        async with window() as it:
            page = it.shell.trips
            view, model = page.view, page.model
            for position, current in ((10, 10), (11, 10)):
                trip = model.row(position)
                it.desk.find(trip.id).delivery, it.desk.find(trip.id).customs = Delivery.NOT_SENT, Customs.NONE
                below = model.row(position + 1).id if position + 1 < model.rowCount() else model.row(position - 1).id
                view.setCurrentIndex(model.index(position, 0))
                it.press(Qt.Key.Key_Delete)
                await until(lambda trip=trip: model.position(trip.id) < 0)
                assert (view.current_id(), model.position(view.current_id())) == (below, current)
            choose(page.filters, State.NEEDS_YOU)
            assert model.position(view.current_id()) == 0, "another question: from the top"

    run_qt(main())


def test_at_midnight_another_day_is_today(run_qt):
    async def main():
        async with window() as it:
            page = it.shell.trips
            page.filters.arrival_choice.setCurrentIndex(page.filters.arrival_choice.findData(Arrival.TODAY))
            assert page.model.rowCount()
            it.desk.clock.advance(3 * 86_400)
            page.tick()
            assert page.model.rowCount() == 0

    run_qt(main())


def test_deleted_trips_come_back_long_after(run_qt):
    async def main():
        async with window() as it:
            page = it.shell.trips
            gone = it.desk.stored[9]
            await it.desk.editing.delete(gone.id)
            page.filters.deleted.click()
            await until(lambda: page.model.rowCount() == 1 and page.view.is_deleted)
            assert "Enter brings" in page.filters.note.text()
            assert page.filters.bring_back.isVisible()
            page.view.setFocus()
            it.press(Qt.Key.Key_Delete)
            it.press(Qt.Key.Key_S)
            await it.settle()
            assert called(it, "send") == []
            assert len(called(it, "delete")) == 1
            it.press(Qt.Key.Key_Return)
            await until(lambda: ("undelete", gone.id) in it.desk.calls)
            await until(lambda: page.model.rowCount() == 0)
            assert page.empty.button.text() == "Back to the list"
            page.empty.button.click()
            await until(lambda: page.model.position(gone.id) >= 0)
            assert not page.view.is_deleted

    run_qt(main())


def test_filters_leave_out_and_give_back(run_qt):
    async def main():
        async with window() as it:
            page = it.shell.trips
            choose(page.filters, State.DRAFT)
            assert page.model.rowCount() == 4
            assert page.filters.clear.isVisible()
            page.filters.arrival_choice.setCurrentIndex(page.filters.arrival_choice.findData(Arrival.TODAY))
            assert page.model.rowCount() == 2
            choose(page.filters, State.CANCELLED)
            assert page.empty.isVisible()
            page.empty.button.click()
            assert page.model.rowCount() == 13
            assert not page.filters.clear.isVisible()

    run_qt(main())


def test_the_carrier_is_chosen_above_the_list_too(run_qt):
    async def main():
        desk = FakeDesk()
        async with window(desk) as it:
            choice = it.shell.trips.filters.carrier_choice
            assert not choice.isVisible()
        second_carrier(desk)
        async with window(desk) as it:
            choice = it.shell.trips.filters.carrier_choice
            assert choice.isVisible()
            choice.setCurrentIndex(choice.findData(SECOND))
            choice.activated.emit(choice.currentIndex())
            await until(lambda: it.shell.trips.model.rowCount() == 0)
            assert it.shell.carriers.chosen.id == SECOND

    run_qt(main())


def test_only_the_latest_are_read_until_more_are_asked_for(run_qt):
    async def main():
        async with window() as it:
            page = it.shell.trips
            page._limit = 5
            page.reload.ask()
            await until(lambda: page.model.rowCount() == 5)
            assert "latest 5" in page.filters.note.text()
            page.filters.more.click()
            await until(lambda: page.model.rowCount() == 13)
            assert page.filters.note.text() == ""

    run_qt(main())


def test_the_menu_of_a_row_and_the_tools_do_what_the_keys_do(run_qt):
    async def main():
        async with window() as it:
            page = it.shell.trips
            trip = page.view.current_id()
            page.tools_menu.aboutToShow.emit()
            for action in page.tools_menu.actions():
                if action.text().endswith("\tR"):
                    action.trigger()
            await until(lambda: called(it, "repeat") == [("repeat", trip)])
            it.window.go_to(it.window.last_place())
            page.select(trip)
            page.view.customContextMenuRequested.emit(QPoint(5, 5))
            menu = next(one for one in page.findChildren(QMenu, "trip_menu") if one.isVisible())
            keys = [action.text().partition("\t")[2] for action in menu.actions()]
            assert keys == ["Enter", "R", "M", "C", "T", "S", "E", "X", "P", "Del"]
            menu.close()

    run_qt(main())


def test_menus_have_each_access_key_once(run_qt):
    async def main():
        async with window() as it:
            page = it.shell.trips
            page.offer_new()
            await until(page.new_menu.isVisible)
            page.new_menu.close()
            page._fit_tools()
            for menu in (page.new_menu, page.tools_menu):
                words = [one.text().partition("\t")[0] for one in menu.actions() if one.isVisible()]
                keys = [word[word.index("&") + 1].casefold() for word in words if "&" in word]
                assert len(keys) == len(set(keys)), words

    run_qt(main())


def test_an_editor_confirms_what_was_taken_over(run_qt):
    async def main():
        async with window() as it:
            it.press(Qt.Key.Key_R)
            await until(lambda: open_trip(it))
            editor = it.shell.act.trips.current.editor
            marks = ["/drivers/0/driverNumber", "/trailers/0/number"]
            editor.session.set_local("to_confirm", marks)
            editor.here = ("/truck/number", 0)
            editor.entries["This field is still right"]()
            assert editor.session.local["to_confirm"] == marks
            editor.here = ("/trailers/0/number", 0)
            editor.entries["This field is still right"]()
            assert editor.session.local["to_confirm"] == marks[:1]
            editor.entries["All taken over is still right"]()
            assert editor.session.local["to_confirm"] == []
            editor.entries["Keep as template"]()
            await dialog(it, "template_name_dialog")
            it.press(Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)

    run_qt(main())


def test_everything_can_be_found_in_the_palette(run_qt):
    async def main():
        async with window() as it:
            await it.desk.starting.keep_template(it.shell.trips.view.current_id(), "Sample run")
            await it.settle()
            titles = [offer.title for offers in it.shell.offers for offer in offers()]
            assert "New trip from the template Sample run  ↑ CAN" in titles
            row = it.shell.trips.offers()
            assert any(offer.title.startswith("Repeat on the next day: trip ") for offer in row)

    run_qt(main())


def test_templates_of_one_name_are_told_apart_by_their_direction(run_qt):
    async def main():
        async with window() as it:
            for regime in Regime:
                row = TemplateRow(f"template {regime}", "", regime, "Sample & Sons")
                it.desk.starting.kept[row.id] = (row, {"data": f"{regime}_TRIP"})
            it.desk.say(Subject.TEMPLATE, "template ACE")
            await it.settle()
            offered = [one.title for one in commands(it.shell, it.window, QAction()) if "Sample" in one.title]
            assert offered == [f"New trip from the template Sample & Sons  {way}" for way in ("↓ USA", "↑ CAN")]

    run_qt(main())
