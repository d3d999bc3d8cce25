"""The window by keyboard alone: places, panes, trips, editor, send, undo; nothing cut, everything named."""

from dataclasses import replace

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.domain.lifecycle import Delivery, LinkState, Outcome, Regime
from desktop.errors import EnvironmentFailure
from desktop.services.views import Subject
from desktop.ui.place import Place
from desktop.ui.room import cramped
from desktop.ui.shell import Stop
from desktop.ui.trips.delegate import number_width
from desktop.ui.trips.model import Column

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class EditorDouble(QWidget):
    """Stands for the trip editor, which has tests of its own."""

    def __init__(self, desk, shell, session, parent):
        super().__init__(parent)
        self.session = session
        self.gone_to = []
        self.is_failing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Editor")

    def go_to(self, path):
        self.gone_to.append(path)

    async def close_session(self):
        if self.is_failing:
            raise EnvironmentFailure("files.not_written", file="x", reason="disk full")
        await self.session.close()


def window(desk=None, **options):
    return opened(desk, make_editor=EditorDouble, **options)


def test_the_title_says_place_company_product(run_qt):
    async def main():
        async with window() as it:
            assert it.window.windowTitle() == "Trips \u2013 Dorn Cartage Ltd. \u2013 eManifest Desk"
            it.press(Qt.Key.Key_7, CTRL)
            await it.settle()
            assert it.window.windowTitle().startswith("Inbox \u2013 ")
        async with window(FakeDesk(is_practice=True)) as it:
            assert it.window.windowTitle().endswith(" \u2013 PRACTICE")
            assert it.window.banner.isVisible()
            assert it.window.bar.state.text() == "PRACTICE"

    run_qt(main())


def test_ctrl_and_a_number_opens_each_place(run_qt):
    async def main():
        async with window() as it:
            for number, place in enumerate(Place, start=1):
                it.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
                await it.settle()
                assert it.window.place is place

    run_qt(main())


def test_the_list_has_the_focus_and_its_first_row(run_qt):
    async def main():
        async with window() as it:
            view = it.shell.trips.view
            assert QApplication.focusWidget() is view
            assert view.currentIndex().row() == 0
            it.press(Qt.Key.Key_Down)
            assert view.currentIndex().row() == 1

    run_qt(main())


def test_f6_goes_round_the_panes_and_back(run_qt):
    async def main():
        async with window(FakeDesk(is_practice=True)) as it:
            seen = []
            for _ in range(5):
                it.press(Qt.Key.Key_F6)
                focus = QApplication.focusWidget()
                seen.append(next(name for name, pane in panes(it) if pane is focus or pane.isAncestorOf(focus)))
            assert seen == ["bar", "banner", "rail", "page", "bar"]
            it.press(Qt.Key.Key_F6, SHIFT)
            assert it.shell.trips.isAncestorOf(QApplication.focusWidget())

    def panes(it):
        window = it.window
        return [("banner", window.banner), ("rail", window.rail), ("page", window.stack), ("bar", window.bar)]

    run_qt(main())


def test_tab_goes_from_the_list_to_search_filter_and_new_trip(run_qt):
    async def main():
        async with window() as it:
            seen = []
            for _ in range(12):
                seen.append(QApplication.focusWidget().objectName())
                it.press(Qt.Key.Key_Tab)
            assert seen[:2] == ["trips", "trips_search"], seen
            assert "new_trip" in seen, seen

    run_qt(main())


def test_alt_alone_shows_the_menu_bar_and_alt_with_a_letter_does_not(run_qt):
    async def main():
        async with window() as it:
            for keys in ((Qt.Key.Key_Alt, Qt.Key.Key_Z), (Qt.Key.Key_Alt,)):
                for key in keys:
                    QTest.keyPress(it.window, key, Qt.KeyboardModifier.AltModifier)
                QTest.keyRelease(it.window, Qt.Key.Key_Alt)
                assert it.window.menuBar().isVisible() == (len(keys) == 1)

    run_qt(main())


def test_enter_opens_the_editor_and_leaving_saves_it(run_qt):
    async def main():
        async with window() as it:
            it.press(Qt.Key.Key_Down)
            trip_id = it.shell.trips.view.current_id()
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.window.editor is not None)
            assert it.window.stack.currentWidget() is it.window.editor
            assert "AAAA123457A" in it.window.windowTitle()
            it.shell.act.back()
            await until(lambda: it.window.editor is None)
            assert it.desk.editing.sessions[-1].is_closed
            await it.settle()
            assert it.shell.trips.view.current_id() == trip_id

    run_qt(main())


def test_an_editor_that_cannot_save_stays_with_what_was_typed(run_qt):
    async def main():
        async with window() as it:
            it.press(Qt.Key.Key_Return)
            await until(lambda: it.window.editor is not None)
            editor = it.window.editor
            editor.is_failing = True
            it.press(Qt.Key.Key_W, CTRL)
            await until(lambda: QApplication.activeModalWidget() is not None)
            assert it.window.stack.currentWidget() is editor
            it.dialog().reject()
            editor.is_failing = False
            await it.settle()

    run_qt(main())


def test_new_trip_by_keyboard(run_qt):
    async def main():
        async with window() as it:
            it.press(Qt.Key.Key_N, CTRL)
            await it.settle()
            menu = it.shell.trips.new_menu
            assert menu.isVisible()
            menu.actions()[1].trigger()
            menu.close()
            await until(lambda: it.window.editor is not None)
            assert it.desk.editing.sessions[-1].regime == "ACI"
            assert it.window.windowTitle().startswith("New trip")

    run_qt(main())


def draft(it):
    return next(trip for trip in it.desk.stored if trip.delivery is Delivery.NOT_SENT)


def test_a_trip_that_was_sent_is_taken_out_only_after_a_question(run_qt):
    async def main():
        async with window() as it:
            trip_id = it.shell.trips.view.current_id()
            assert it.desk.find(trip_id).delivery is not Delivery.NOT_SENT
            for answer, is_gone in ((Qt.Key.Key_Return, False), (Qt.Key.Key_Escape, False), (None, True)):
                it.press(Qt.Key.Key_Delete)
                await until(lambda: QApplication.activeModalWidget() is not None)
                await until(lambda: QApplication.focusWidget().window() is QApplication.activeModalWidget())
                assert "cancels nothing with customs" in it.dialog().informativeText()
                if answer is None:
                    next(button for button in it.dialog().buttons() if button.text() == "Take it out").click()
                else:
                    it.press(answer)  # the harmless button is the default
                await until(lambda: QApplication.activeModalWidget() is None)
                await it.settle()
                assert it.desk.find(trip_id).is_deleted is is_gone
                assert it.shell.trips.view.hasFocus()

    run_qt(main())


def test_ctrl_p_and_ctrl_enter_act_on_the_current_trip_from_anywhere_on_the_page(run_qt):
    async def main():
        async with window() as it:
            it.shell.trips.select(draft(it).id)
            it.press(Qt.Key.Key_F, CTRL)
            assert it.shell.trips.search.hasFocus()
            for key, name in ((Qt.Key.Key_Return, "send_plan"), (Qt.Key.Key_P, "print_preview")):
                it.press(key, CTRL)
                await until(lambda: QApplication.activeModalWidget() is not None)
                assert QApplication.activeModalWidget().objectName() == name
                await until(lambda: QApplication.focusWidget().window() is QApplication.activeModalWidget())
                it.press(Qt.Key.Key_Escape)
                await until(lambda: QApplication.activeModalWidget() is None)
                await until(it.shell.trips.search.hasFocus)

    run_qt(main())


def test_delete_can_be_undone_from_the_toast_by_keyboard(run_qt):
    async def main():
        async with window() as it:
            trip_id = draft(it).id
            it.shell.trips.select(trip_id)
            it.press(Qt.Key.Key_Delete)
            await until(it.window.toast.isVisible)
            await until(lambda: it.shell.trips.model.position(trip_id) < 0)
            assert "deleted" in it.window.toast.words
            for _ in range(6):
                it.press(Qt.Key.Key_F6)
                if QApplication.focusWidget() is it.window.toast.action:
                    break
            it.press(Qt.Key.Key_Space)
            await until(lambda: it.shell.trips.model.position(trip_id) >= 0)
            assert not it.window.toast.isVisible()

    run_qt(main())


def test_copy_opens_the_copy(run_qt):
    async def main():
        async with window() as it:
            it.press(Qt.Key.Key_C)
            await until(lambda: it.window.editor is not None)
            assert ("copy", it.desk.stored[7].id) in it.desk.calls

    run_qt(main())


def test_letters_do_nothing_outside_the_list(run_qt):
    async def main():
        async with window() as it:
            it.press(Qt.Key.Key_F, CTRL)
            assert QApplication.focusWidget() is it.shell.trips.search
            it.type("cps")
            await it.settle()
            assert not any(call[0] in {"copy", "send", "summary"} for call in it.desk.calls)

    run_qt(main())


def test_search_and_empty_state(run_qt):
    async def main():
        async with window() as it:
            it.press(Qt.Key.Key_F, CTRL)
            it.type("no such trip")
            await until(lambda: it.shell.trips.model.rowCount() == 0)
            assert it.shell.trips.empty.isVisible()
            it.shell.trips.empty.button.click()
            await until(lambda: it.shell.trips.model.rowCount() == 13)
            it.shell.trips.filter_by(Regime.ACI)
            assert it.shell.trips.model.rowCount() == 5

    run_qt(main())


def test_an_empty_desk_offers_a_first_trip(run_qt):
    async def main():
        async with window(FakeDesk(is_empty=True)) as it:
            page = it.shell.trips
            assert page.empty.button.isVisible()
            assert page.empty.button.text() == "New trip"

    run_qt(main())


def test_a_change_elsewhere_keeps_selection_and_tints_the_row(run_qt):
    async def main():
        async with window() as it:
            view = it.shell.trips.view
            it.press(Qt.Key.Key_Down)
            current = view.current_id()
            it.desk.stored[2].holds = 1
            it.desk.changes.announce(Subject.TRIP, [it.desk.stored[2].id])
            await until(lambda: "1 hold" in it.shell.trips.model.index(4, Column.CUSTOMS).data())
            assert view.current_id() == current

    run_qt(main())


def test_send_by_keyboard_asks_first_and_says_what_came_of_it(run_qt):
    async def main():
        async with window() as it:
            it.shell.trips.select(it.desk.stored[10].id)
            it.press(Qt.Key.Key_S)
            await until(lambda: QApplication.activeModalWidget() is not None)
            plan = it.dialog("send_plan")
            assert QApplication.focusWidget() is plan.send
            it.press(Qt.Key.Key_Return, CTRL)
            await until(it.window.toast.isVisible)
            assert ("send", it.desk.stored[10].id, False) in it.desk.calls
            assert it.window.toast.words == "1234T11240074 is on its way. The answer comes into the inbox."

    run_qt(main())


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.NOT_SURE, Outcome.NO_CONNECTION, Outcome.NOT_READY])
def test_a_send_that_needs_a_person_is_told_in_a_dialog(run_qt, outcome):
    async def main():
        desk = FakeDesk()
        desk.submit.result = replace(
            desk.submit.result, outcome=outcome, errors=(("/tripNumber", "It is already used."),)
        )
        async with window(desk) as it:
            task = it.shell.act.start(it.shell.act.send(it.desk.stored[10].id), "send")
            await until(lambda: QApplication.activeModalWidget() is not None)
            it.dialog("send_plan").send.click()
            await until(
                lambda: QApplication.activeModalWidget() is not None and it.dialog().objectName() != "send_plan"
            )
            said = it.dialog()
            assert "It is already used." in said.informativeText()
            said.accept()
            await task

    run_qt(main())


def test_esc_in_the_send_plan_sends_nothing_and_returns_the_focus(run_qt):
    async def main():
        async with window() as it:
            it.shell.trips.select(it.desk.stored[10].id)
            before = QApplication.focusWidget()
            it.press(Qt.Key.Key_S)
            await until(lambda: QApplication.activeModalWidget() is not None)
            it.press(Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)
            await it.settle()
            assert not any(call[0] == "send" for call in it.desk.calls)
            assert QApplication.focusWidget() is before

    run_qt(main())


def test_closing_hides_and_asks_the_program(run_qt):
    async def main():
        desk = FakeDesk()
        desk.settle_all()
        async with window(desk) as it:
            it.window.close()
            assert not it.window.isVisible()
            assert it.stops == [Stop.QUIT], "there is no tray here that could keep the program on"

    run_qt(main())


def test_the_place_of_the_window_is_kept(run_qt):
    async def main():
        async with window(state={}) as it:
            it.press(Qt.Key.Key_7, CTRL)
            it.window.resize(900, 600)
            it.window.keep_place()
            kept = dict(it.shell.state._values)
        async with window(state=kept) as it:
            assert it.window.place is Place.INBOX

    run_qt(main())


def test_a_refused_key_is_said_in_the_banner_and_leads_to_the_company(run_qt):
    async def main():
        async with window() as it:
            it.desk.link.become(state=LinkState.KEY_REFUSED, waiting=2)
            await it.settle()
            assert it.window.banner.isVisible()
            assert it.window.banner.accessibleName() == "Key refused. Nothing is being sent. What you type is kept."
            assert it.window.bar.waiting.text() == "2 trips waiting to go"
            it.window.banner.action.click()
            await until(lambda: QApplication.activeModalWidget() is not None)
            assert it.window.place is Place.SETTINGS
            it.dialog("company_dialog").reject()
            it.desk.link.become(state=LinkState.CONNECTED, waiting=0)
            await it.settle()
            assert not it.window.banner.isVisible()

    run_qt(main())


def test_a_click_on_the_connection_tries_again_at_once(run_qt):
    async def main():
        async with window() as it:
            it.desk.link.become(state=LinkState.RECONNECTING, retry_at=it.desk.clock.now())
            assert it.window.bar.state.text() == "Reconnecting in 0 s"
            it.window.bar.state.click()
            assert ("retry_now",) in it.desk.calls

    run_qt(main())


def test_the_menu_bar_comes_with_f10_and_goes_with_esc(run_qt):
    async def main():
        async with window() as it:
            assert not it.window.menuBar().isVisible()
            it.press(Qt.Key.Key_F10)
            assert it.window.menuBar().isVisible()
            it.window.menuBar().clearFocus()
            it.shell.trips.view.setFocus()
            it.press(Qt.Key.Key_Escape)
            assert not it.window.menuBar().isVisible()

    run_qt(main())


def test_a_narrow_window_folds_the_rail(run_qt):
    async def main():
        async with window() as it:
            assert it.window.rail.width() == 168
            it.window.resize(1100, 700)
            await it.settle()
            assert it.window.rail.width() == 52
            it.window.resize(640, 360)
            await it.settle()
            assert it.window.width() == 640
            view = it.shell.trips.view
            assert [view.header().isSectionHidden(column) for column in Column] == [
                False, False, True, False, True, True, True,
            ]  # fmt: skip

    run_qt(main())


@pytest.mark.parametrize("size", [(1366, 736), (1024, 700), (640, 360)])
def test_no_words_are_cut_at_any_size(run_qt, size):
    async def main():
        async with window(FakeDesk(is_practice=True), size=size) as it:
            for place in (Place.TRIPS, Place.INBOX, Place.SETTINGS):
                it.window.go_to(place)
                await it.settle()
                assert [str(found) for found in cramped(it.window)] == []

    run_qt(main())


CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)


def nameless(root):
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or not widget.isVisibleTo(root):
            continue
        if widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QComboBox | QLineEdit):
            continue
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not name:
            found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


def test_every_control_has_a_name(run_qt):
    async def main():
        async with window(FakeDesk(is_practice=True)) as it:
            for place in (Place.TRIPS, Place.INBOX, Place.SETTINGS):
                it.window.go_to(place)
                await it.settle()
                assert nameless(it.window) == []

    run_qt(main())


def test_access_keys_of_the_menus_are_unique(run_qt):
    async def main():
        async with window() as it:
            for menu in [it.window.menuBar(), *(action.menu() for action in it.window.menuBar().actions())]:
                keys = [
                    action.text().partition("&")[2][:1].lower() for action in menu.actions() if "&" in action.text()
                ]
                assert len(keys) == len(set(keys))

    run_qt(main())


def test_other_colours_repaint_the_sign_of_the_connection(run_qt):
    async def main():
        async with window() as it:
            before = it.window.bar.state.icon().cacheKey()
            QApplication.sendEvent(it.window, QEvent(QEvent.Type.PaletteChange))
            assert it.window.bar.state.icon().cacheKey() != before

    run_qt(main())


def test_a_toast_covers_no_button_and_not_the_field_with_the_focus(run_qt):
    async def main():
        async with window() as it:
            toast = it.window.toast
            toast.say("Something was done.", action="Undo")
            corner = toast.geometry()
            it.press(Qt.Key.Key_7, CTRL)
            reader = it.shell.inbox.reader
            await until(reader.copy.isVisible)  # it comes after the toast

            def covered():
                places = [QRect(button.mapTo(it.window, button.rect().topLeft()), button.size())
                          for button in (reader.copy, reader.export)]  # fmt: skip
                return any(place.intersects(toast.geometry()) for place in places)

            await until(lambda: not covered())
            it.press(Qt.Key.Key_2, CTRL)
            await until(lambda: toast.geometry() == corner)  # nothing there any more

    run_qt(main())


@pytest.mark.parametrize("width", [700, 1024, 1366])
def test_a_trip_number_is_whole_however_long_it_is(run_qt, width):
    async def main():
        desk = FakeDesk()
        desk.stored[0].document["tripNumber"] = "SMPL2611221158123456789AW"
        async with window(desk, size=(width, 736)) as it:
            view = it.shell.trips.view
            room = view.header().sectionSize(Column.TRIP)
            assert number_width("SMPL2611221158123456789AW", "↑ CAN") <= room
            assert view.header().length() <= view.viewport().width()

    run_qt(main())
