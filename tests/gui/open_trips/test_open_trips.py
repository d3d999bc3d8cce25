"""Several trips open at once: tabs, windows of their own, keys and mouse, and what the next start brings back."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
import shiboken6
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import EnvironmentFailure
from desktop.services.open_trips import OpenTripRow
from desktop.ui.place import Place
from desktop.ui.shell import Stop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class EditorDouble(QWidget):
    """Stands for the trip editor: two fields, a place, and a save that can fail."""

    def __init__(self, desk, shell, session, parent):
        super().__init__(parent)
        self.session = session
        self.is_failing = False
        self.sent = []
        self.number, self.driver = QLineEdit(self), QLineEdit(self)
        number = session.value("/tripNumber")
        self.number.setText(number if isinstance(number, str) else "")
        self.number.textEdited.connect(lambda text: session.set("/tripNumber", text))
        column = QVBoxLayout(self)
        for pointer, line in self._lines():
            line.setAccessibleName(pointer)
            column.addWidget(line)
        self.setFocusProxy(self.number)

    def _lines(self):
        return (("/tripNumber", self.number), ("/drivers/0/lastName", self.driver))

    def place(self):
        return next(((at, line.cursorPosition()) for at, line in self._lines() if self.focusWidget() is line), ("", 0))

    def return_to(self, pointer, caret):
        line = dict(self._lines())[pointer]
        line.setFocus()
        line.setCursorPosition(caret)

    async def close_session(self):
        if self.is_failing:
            raise EnvironmentFailure("files.not_written", file="x", reason="disk full")
        await self.session.close()


@asynccontextmanager
async def window(desk=None, *, trips: int = 0, **options):
    async with opened(desk, make_editor=EditorDouble, **options) as it:
        it.trips = it.shell.act.trips
        for stored in it.desk.stored[:trips]:
            await it.shell.act.open(stored.id)
            await it.settle()
        yield it


def tabs(it):
    return it.trips._strip.tabs


def ids(it, *numbers):
    return [it.desk.stored[number].id for number in numbers]


def click(it, trip_id, button=Qt.MouseButton.LeftButton):
    bar = tabs(it)
    QTest.mouseClick(bar, button, pos=bar.tabRect(bar.trip_ids().index(trip_id)).center() - QPoint(20, 0))


# Tabs


def test_no_tabs_without_an_open_trip(run_qt):
    async def main():
        async with window() as it:
            assert it.trips._strip is None
            await it.shell.act.open(ids(it, 0)[0])
            assert it.trips._strip.isVisible()
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: it.window.editor is None)
            assert not it.trips._strip.isVisible()

    run_qt(main())


def test_each_trip_has_a_tab_with_direction_number_and_its_problems(run_qt):
    async def main():
        async with window(trips=2) as it:
            bar = tabs(it)
            assert bar.trip_ids() == ids(it, 0, 1)
            first, second = it.trips.trips
            assert bar.tabText(0) == f"{'↓' if first.regime == 'ACE' else '↑'} {first.number}"
            assert bar.accessibleTabName(1).startswith(f"Trip {second.number} to ")
            assert bar.tabIcon(1).isNull()
            second.session.set("/truck/number", "")
            second.session.remove("/truck/number")
            assert not bar.tabIcon(1).isNull()
            assert "1 problem" in bar.accessibleTabName(1)
            assert "Ctrl+F6" in bar.tabToolTip(1)

    run_qt(main())


def test_a_new_number_shows_on_tab_and_title_while_it_is_typed(run_qt):
    async def main():
        async with window(trips=1) as it:
            it.press(Qt.Key.Key_End)
            it.type("Z&")
            number = it.trips.current.number
            assert number.endswith("Z&")
            assert tabs(it).tabText(0).endswith("Z&&")  # else Qt would take it for an access key
            assert it.window.windowTitle().startswith(number)

    run_qt(main())


def test_another_place_leaves_the_trips_open_one_key_away(run_qt):
    async def main():
        async with window(trips=2) as it:
            editor = it.window.editor
            it.press(Qt.Key.Key_7, CTRL)
            await it.settle()
            assert it.window.place is Place.INBOX
            assert it.window.editor is None
            assert not any(session.is_closed for session in it.desk.editing.sessions)
            assert tabs(it).is_away
            click(it, ids(it, 1)[0])
            assert it.window.editor is editor
            assert not tabs(it).is_away
            assert editor.isAncestorOf(QApplication.focusWidget())

    run_qt(main())


def test_ctrl_f6_goes_round_and_back_and_keeps_each_caret(run_qt):
    async def main():
        async with window(trips=3) as it:
            it.trips.current.editor.driver.setFocus()
            it.type("abc")
            it.press(Qt.Key.Key_Left)
            seen = []
            for _ in range(3):
                it.press(Qt.Key.Key_F6, CTRL)
                seen.append(it.shell.act.trip_id)
            assert seen == ids(it, 0, 1, 2)
            assert it.trips.current.editor.place() == ("/drivers/0/lastName", 2)
            assert QApplication.focusWidget() is it.trips.current.editor.driver
            it.press(Qt.Key.Key_F6, CTRL | SHIFT)
            assert it.shell.act.trip_id == ids(it, 1)[0]
            it.press(Qt.Key.Key_2, CTRL)
            it.press(Qt.Key.Key_F6, CTRL)
            assert it.shell.act.trip_id == ids(it, 0)[0]
            it.press(Qt.Key.Key_2, CTRL)
            it.press(Qt.Key.Key_F6, CTRL | SHIFT)
            assert it.shell.act.trip_id == ids(it, 2)[0]

    run_qt(main())


@pytest.mark.parametrize("how", ["key", "other key", "button", "middle button"])
def test_closing_a_tab_saves_it_and_shows_the_one_beside_it(run_qt, how):
    async def main():
        async with window(trips=3) as it:
            first, second, third = ids(it, 0, 1, 2)
            await it.shell.act.open(second)
            session = it.trips.current.session
            bar = tabs(it)
            if how == "key":
                it.press(Qt.Key.Key_W, CTRL)
            elif how == "other key":
                it.press(Qt.Key.Key_F4, CTRL)
            elif how == "button":
                button = bar.tabButton(1, bar.ButtonPosition.RightSide)
                assert button.accessibleName() == f"Close {it.trips.current.number} (Ctrl+W)"
                button.click()
            else:
                click(it, second, Qt.MouseButton.MiddleButton)
            await until(lambda: it.trips.find(second) is None)
            await it.settle()
            assert session.is_closed
            assert bar.trip_ids() == [first, third]
            assert it.shell.act.trip_id == third
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: it.shell.act.trip_id == first)
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: it.window.editor is None)
            assert it.window.place is Place.TRIPS
            assert it.shell.trips.isAncestorOf(QApplication.focusWidget())

    run_qt(main())


def test_a_tab_that_is_not_on_show_closes_without_a_jump(run_qt):
    async def main():
        async with window(trips=2) as it:
            editor = it.window.editor
            click(it, ids(it, 0)[0], Qt.MouseButton.MiddleButton)
            await until(lambda: len(it.trips.trips) == 1)
            assert it.window.editor is editor

    run_qt(main())


def test_closing_on_a_page_closes_nothing(run_qt):
    async def main():
        async with window(trips=1) as it:
            it.press(Qt.Key.Key_2, CTRL)
            it.press(Qt.Key.Key_W, CTRL)
            await it.settle()
            assert len(it.trips.trips) == 1

    run_qt(main())


def test_the_others_close_from_the_menu(run_qt):
    async def main():
        async with window(trips=3) as it:
            bar = tabs(it)
            menu = bar.pop_menu(ids(it, 0)[0], QPoint(10, 10))
            menu.actions()[-1].trigger()
            menu.close()
            await until(lambda: bar.trip_ids() == ids(it, 0))
            await until(lambda: it.shell.act.trip_id == ids(it, 0)[0])

    run_qt(main())


def test_a_trip_is_open_once_however_often_it_is_opened(run_qt):
    async def main():
        async with window(trips=2) as it:
            await it.shell.act.open(ids(it, 0)[0])
            await it.shell.act.open(ids(it, 0)[0])
            assert len(it.trips.trips) == 2
            assert it.shell.act.trip_id == ids(it, 0)[0]
            assert len(it.desk.editing.sessions) == 2

    run_qt(main())


def test_tabs_change_places_by_dragging(run_qt):
    async def main():
        async with window(trips=3) as it:
            bar = tabs(it)
            start, end = bar.tabRect(0).center(), bar.tabRect(1).center() + QPoint(30, 0)
            QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
            for step in range(1, 11):
                QTest.mouseMove(bar, start + (end - start) * step / 10)
                await it.settle(2)
            QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=end)
            await it.settle()
            assert [trip.trip_id for trip in it.trips.trips] == bar.trip_ids()
            assert [row.trip_id for row in it.desk.open_trips.now()] == bar.trip_ids()

    run_qt(main())


def test_deleting_a_trip_in_the_list_closes_its_tab(run_qt):
    async def main():
        async with window(trips=2) as it:
            number = next(place for place, trip in enumerate(it.desk.stored) if trip.delivery == "not_sent")
            trip_id = it.desk.stored[number].id
            await it.shell.act.open(trip_id)
            await it.shell.act.delete(trip_id)
            assert it.trips.find(trip_id) is None
            assert it.desk.find(trip_id).is_deleted

    run_qt(main())


def test_the_rest_of_the_window_lives_on_when_a_trip_is_closed(run_qt):
    async def main():
        async with window(trips=1) as it:
            kept = [*it.shell.trips.tools_menu.actions(), *it.shell.trips.new_menu.actions()]
            for _ in range(30):  # Tab all the way round
                it.press(Qt.Key.Key_Tab)
                it.press(Qt.Key.Key_Backtab)
                it.press(Qt.Key.Key_Tab)
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: not it.trips.trips)
            await it.settle()
            assert all(shiboken6.isValid(action) for action in kept)
            it.shell.trips.tools_menu.aboutToShow.emit()

    run_qt(main())


# Windows of their own


def own(it):
    return it.trips.own.front.window


async def out(it):
    it.press(Qt.Key.Key_O, CTRL | SHIFT)
    await until(lambda: it.trips.own.front is not None and own(it).isActiveWindow())
    await it.settle()


def test_a_trip_moves_to_a_window_of_its_own_and_back_with_its_caret(run_qt):
    async def main():
        async with window(trips=2) as it:
            trip = it.trips.current
            trip.editor.driver.setFocus()
            it.type("abc")
            it.press(Qt.Key.Key_Left)
            await out(it)
            assert own(it).windowTitle().startswith(f"{trip.number} to ")
            assert tabs(it).trip_ids() == ids(it, 0)
            assert it.shell.act.trip_id == trip.trip_id
            assert QApplication.focusWidget() is trip.editor.driver
            assert trip.editor.driver.cursorPosition() == 2
            it.type("d")
            assert trip.editor.driver.text() == "abdc"
            it.press(Qt.Key.Key_O, CTRL | SHIFT)
            await until(it.window.isActiveWindow)
            await it.settle()
            assert it.window.editor is trip.editor
            assert tabs(it).trip_ids() == ids(it, 0, 1)
            assert QApplication.focusWidget() is trip.editor.driver
            assert trip.editor.driver.cursorPosition() == 3

    run_qt(main())


def test_the_last_tab_leaves_the_page_behind(run_qt):
    async def main():
        async with window(trips=1) as it:
            await out(it)
            assert it.window.editor is None
            assert it.window.place is Place.TRIPS
            assert not it.trips._strip.isVisible()

    run_qt(main())


def test_a_tab_let_go_below_the_row_becomes_a_window(run_qt):
    async def main():
        async with window(trips=2) as it:
            bar = tabs(it)
            QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
            QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(60, 200))
            await until(lambda: it.trips.own.front is not None)
            await it.settle()
            assert it.trips.own.front.trip_id == ids(it, 0)[0]

    run_qt(main())


def test_a_window_of_its_own_says_practice(run_qt):
    async def main():
        async with window(FakeDesk(is_practice=True), trips=1) as it:
            await out(it)
            assert own(it).windowTitle().endswith(" – PRACTICE")
            assert own(it).banner.isVisible()
            own(it).banner.action.click()
            assert it.stops == [Stop.TO_REAL]

    run_qt(main())


def test_opening_a_trip_that_has_a_window_brings_that_to_the_front(run_qt):
    async def main():
        async with window(trips=1) as it:
            await out(it)
            one = own(it)
            it.window.activateWindow()
            await until(it.window.isActiveWindow)
            assert it.shell.act.trip_id == ""
            await it.shell.act.open(ids(it, 0)[0])
            await until(one.isActiveWindow)
            assert it.window.editor is None

    run_qt(main())


def test_closing_the_window_closes_the_trip(run_qt):
    async def main():
        async with window(trips=1) as it:
            await out(it)
            session = it.trips.current.session
            own(it).close()
            await until(lambda: not it.trips.trips)
            assert session.is_closed

    run_qt(main())


def test_a_window_that_cannot_save_stays(run_qt):
    async def main():
        async with window(trips=1) as it:
            await out(it)
            editor, one = it.trips.current.editor, own(it)
            editor.is_failing = True
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: QApplication.activeModalWidget() is not None)
            assert QApplication.activeModalWidget().parent() is one, "it is told over the window it is about"
            it.dialog().reject()
            assert one.isVisible()
            editor.is_failing = False
            await it.settle()

    run_qt(main())


def test_keys_of_the_main_window_work_there_too(run_qt):
    async def main():
        desk = FakeDesk()
        desk.settle_all()  # else quitting asks
        async with window(desk, trips=2) as it:
            await out(it)
            it.press(Qt.Key.Key_7, CTRL)
            await until(it.window.isActiveWindow)
            assert it.window.place is Place.INBOX
            own_trip = ids(it, 1)[0]
            await it.shell.act.open(own_trip)
            await until(lambda: it.shell.act.trip_id == own_trip and own(it).isActiveWindow())
            it.press(Qt.Key.Key_F6, CTRL)
            await until(it.window.isActiveWindow)
            assert it.shell.act.trip_id == ids(it, 0)[0]
            await it.shell.act.open(own_trip)
            await until(lambda: it.shell.act.trip_id == own_trip and own(it).isActiveWindow())
            it.press(Qt.Key.Key_Q, CTRL)
            assert it.stops == [Stop.QUIT]

    run_qt(main())


def test_f6_goes_round_the_window_it_is_pressed_in(run_qt):
    async def main():
        async with window(FakeDesk(is_practice=True), trips=1) as it:
            await out(it)
            seen = []
            for _ in range(2):
                it.press(Qt.Key.Key_F6)
                seen.append(QApplication.focusWidget())
            assert own(it).banner.isAncestorOf(seen[0])
            assert it.trips.current.editor.isAncestorOf(seen[1])

    run_qt(main())


def test_toasts_and_the_send_plan_stand_over_the_window_they_belong_to(run_qt):
    async def main():
        async with window() as it:
            await it.shell.act.open(it.desk.stored[10].id)
            await it.settle()
            await out(it)
            task = it.shell.act.start(it.shell.act.send(it.shell.act.trip_id), "send")
            await until(lambda: QApplication.activeModalWidget() is not None)
            assert it.dialog("send_plan").parent() is own(it)
            it.dialog("send_plan").send.click()
            await task
            assert own(it).toast.isVisible()
            assert not it.window.toast.isVisible()

    run_qt(main())


# What comes back


def test_what_is_open_is_remembered_with_field_and_caret(run_qt):
    async def main():
        async with window(trips=2) as it:
            it.trips.current.editor.driver.setFocus()
            it.type("ab")
            first, second = it.desk.open_trips.now()
            assert first == OpenTripRow(ids(it, 0)[0], pointer="/tripNumber", caret=first.caret)
            assert second == OpenTripRow(ids(it, 1)[0], pointer="/drivers/0/lastName", caret=2, is_current=True)
            asked = it.desk.open_trips.asked
            it.press(Qt.Key.Key_Left)
            assert it.desk.open_trips.asked > asked, "the caret alone counts too"
            it.press(Qt.Key.Key_2, CTRL)
            assert [row.is_current for row in it.desk.open_trips.now()] == [False, False]

    run_qt(main())


def test_the_next_start_brings_back_the_trip_on_show_and_the_rest_on_use(run_qt):
    async def main():
        desk = FakeDesk()
        first, second = (trip.id for trip in desk.stored[:2])
        desk.open_trips.rows = [
            OpenTripRow(first, number="OLD", regime=desk.stored[0].regime, pointer="/drivers/0/lastName", caret=0),
            OpenTripRow(second, pointer="/tripNumber", caret=3, is_current=True, regime=desk.stored[1].regime),
        ]
        async with window(desk) as it:
            assert it.shell.act.trip_id == second
            assert it.trips.current.editor.place() == ("/tripNumber", 3)
            assert QApplication.focusWidget() is it.trips.current.editor.number
            assert tabs(it).tabText(0).endswith("OLD")
            assert [call for call in desk.calls if call[0] == "open"] == [("open", second)]
            click(it, first)
            await until(lambda: it.shell.act.trip_id == first)
            await it.settle()
            assert QApplication.focusWidget() is it.trips.current.editor.driver

    run_qt(main())


def test_on_a_page_the_page_comes_back_with_the_tabs_above_it(run_qt):
    async def main():
        desk = FakeDesk()
        desk.open_trips.rows = [OpenTripRow(trip.id, regime=trip.regime) for trip in desk.stored[:2]]
        async with window(desk) as it:
            assert it.window.editor is None
            assert tabs(it).count() == 2
            assert it.shell.trips.view.hasFocus()

    run_qt(main())


def test_a_window_of_its_own_comes_back_where_it_stood(run_qt):
    async def main():
        desk = FakeDesk()
        trip = desk.stored[0]
        desk.open_trips.rows = [
            OpenTripRow(trip.id, "40 60 700 500", "/tripNumber", 1, is_current=True, regime=trip.regime)
        ]
        async with window(desk) as it:
            assert own(it).geometry().getRect() == (40, 60, 700, 500)
            assert it.window.editor is None
            own(it).resize(720, 520)
            await until(lambda: desk.open_trips.now()[0].place == "40 60 720 520")

    run_qt(main())


def test_a_trip_that_is_gone_is_left_out_without_a_word(run_qt):
    async def main():
        desk = FakeDesk()
        regime = desk.stored[0].regime
        desk.open_trips.rows = [
            OpenTripRow("gone", is_current=True, regime=regime),
            OpenTripRow(desk.stored[0].id, regime=regime),
        ]
        async with window(desk) as it:
            assert [trip.trip_id for trip in it.trips.trips] == [desk.stored[0].id]
            assert QApplication.activeModalWidget() is None

    run_qt(main())


def test_quitting_closes_all_and_forgets_none(run_qt):
    async def main():
        async with window(trips=3) as it:
            await out(it)
            await it.shell.act.leave()
            assert all(session.is_closed for session in it.desk.editing.sessions)
            assert it.trips.own.front is None
            assert [row.trip_id for row in it.desk.open_trips.rows] == ids(it, 0, 1, 2)
            assert it.desk.open_trips.rows[2].place

    run_qt(main())


def test_quitting_stops_at_a_trip_that_cannot_save_and_all_can_be_gone_on_with(run_qt):
    async def main():
        async with window(trips=3) as it:
            failing = it.trips.trips[1].editor
            failing.is_failing = True
            with pytest.raises(EnvironmentFailure):
                await it.shell.act.leave()
            assert it.window.editor is failing
            assert tabs(it).trip_ids() == ids(it, 0, 1, 2)
            failing.is_failing = False
            click(it, ids(it, 0)[0])
            await until(lambda: it.shell.act.trip_id == ids(it, 0)[0])
            assert [row.trip_id for row in it.desk.open_trips.now()] == ids(it, 0, 1, 2)

    run_qt(main())


def test_what_was_typed_is_saved_before_another_editor_is_made(run_qt):
    async def main():
        async with window(trips=1) as it:
            session = it.trips.current.session
            session.is_dirty, version = True, session.version
            made = []
            it.trips.on_editor.append(lambda _editor: made.append(session.version))
            await it.shell.act.open(ids(it, 1)[0])
            assert made == [version + 1]

    run_qt(main())


def test_what_an_import_wrote_meanwhile_is_told_once_and_can_be_taken(run_qt):
    async def main():
        async with window(trips=1) as it:
            session = it.trips.current.session
            session.set_aside = 7
            await session.flush()
            assert "the other version stands in the history" in it.window.toast.words
            it.window.toast.hide()
            await session.flush()
            assert not it.window.toast.isVisible()
            session.taken_over = 8
            await session.flush()
            assert it.window.toast.words.endswith("Ctrl+Z brings back what stood here")
            session.set_aside = 9
            await session.flush()
            it.window.toast.action.click()
            await until(lambda: ("take_other", session.trip_id) in it.desk.calls)
            await until(lambda: "Ctrl+Z" in it.window.toast.words)

    run_qt(main())


def test_open_trips_are_offered_by_their_numbers(run_qt):
    async def main():
        async with window(trips=2) as it:
            offers = {offer.title: offer for part in it.shell.offers for offer in part()}
            offers[f"Go to trip {it.trips.trips[0].number}"].run()
            assert it.shell.act.trip_id == ids(it, 0)[0]

    run_qt(main())
