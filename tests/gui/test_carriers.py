"""Several carriers: whose list is shown, whose a new trip is, and a trip that is nobody's."""

from dataclasses import replace

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.domain.lifecycle import LinkState, Regime
from desktop.services.views import Subject
from desktop.ui.carriers import CarrierDialog
from desktop.ui.room import cramped
from desktop.ui.trips.model import Column

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL = Qt.KeyboardModifier.ControlModifier
SECOND = "01COMPANY00000000000000002"


def two_carriers(**options):
    desk = FakeDesk(**options)
    first = desk.all_companies[0]
    desk.all_companies.append(replace(first, id=SECOND, name="Sample & Sons <b>Ltd.</b>", scacs=("BBBB",)))
    desk.stored[0].company = SECOND
    return desk


class EditorDouble(QWidget):
    def __init__(self, desk, shell, session, parent):
        super().__init__(parent)
        self.session = session
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Editor")


def window(desk, **options):
    return opened(desk, make_editor=EditorDouble, **options)


def menu():
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def test_the_bar_switches_whose_trips_and_messages_are_shown_and_remembers_it(run_qt):
    async def main():
        desk = two_carriers()
        async with window(desk) as it:
            model = it.shell.trips.model
            count = model.rowCount()
            assert it.window.bar.company.text() == "2 companies"
            assert any("Sample & Sons" in model.index(row, Column.TRIP).data() for row in range(count))
            it.press(Qt.Key.Key_7, CTRL)
            await it.settle()
            it.window.bar.company.setFocus()
            it.press(Qt.Key.Key_Space)
            await until(QApplication.activePopupWidget)
            assert [action.text() for action in menu().actions()][:3] == [
                "All carriers", "Dorn Cartage Ltd.", "Sample && Sons <b>Ltd.</b>",
            ]  # fmt: skip
            menu().actions()[2].trigger()
            menu().close()
            await until(lambda: model.rowCount() == 1)
            assert it.window.windowTitle().startswith("Inbox – Sample & Sons <b>Ltd.</b> – ")
            await until(lambda: it.shell.inbox.model.rowCount() == 0)
            assert it.shell.carriers.kept == SECOND
        async with window(desk, state={"window.carrier": SECOND}) as it:
            assert it.shell.trips.model.rowCount() == 1  # from the first paint on
            it.shell.carriers.choose("")
            await until(lambda: it.shell.trips.model.rowCount() == count)

    run_qt(main())


def test_a_hold_of_another_carrier_still_counts(run_qt):
    async def main():
        async with window(two_carriers()) as it:
            stopped = it.shell._stopped
            assert stopped
            it.shell.carriers.choose(SECOND)
            await it.settle()
            assert it.shell._stopped == stopped
            it.shell.trips.search.setText("nothing like it")
            await until(lambda: it.shell.trips.model.rowCount() == 0)
            assert it.shell._stopped == stopped

    run_qt(main())


def test_a_carrier_that_went_leaves_all_trips_in_sight(run_qt):
    async def main():
        desk = two_carriers()
        async with window(desk, state={"window.carrier": SECOND}) as it:
            await desk.companies.remove(SECOND)
            await until(lambda: it.shell.trips.model.rowCount() > 1)
            assert it.window.bar.company.text().startswith("Dorn Cartage")

    run_qt(main())


def test_with_one_carrier_the_bar_leads_to_the_settings(run_qt):
    async def main():
        async with window(FakeDesk()) as it:
            it.window.bar.company.click()
            await it.settle()
            assert it.window.place == "settings"

    run_qt(main())


def test_a_new_trip_asks_whose_it_is(run_qt):
    async def main():
        desk = two_carriers()
        async with window(desk) as it:
            it.shell.new(Regime.ACE)
            await until(QApplication.activeModalWidget)
            dialog = it.dialog("carrier_dialog")
            await until(dialog.list.hasFocus)
            assert cramped(dialog) == []
            it.press(Qt.Key.Key_Escape)
            await it.settle()
            assert not any(call[0] == "new" for call in desk.calls)
            it.shell.new(Regime.ACE)
            await until(lambda: QApplication.activeModalWidget() is not None)
            await until(it.dialog("carrier_dialog").list.hasFocus)
            it.press(Qt.Key.Key_Down)
            it.press(Qt.Key.Key_Return)
            await until(lambda: ("new", Regime.ACE, SECOND) in desk.calls)

    run_qt(main())


def test_the_carrier_that_is_shown_is_the_new_trips_carrier(run_qt):
    async def main():
        desk = two_carriers()
        async with window(desk, state={"window.carrier": SECOND}) as it:
            it.shell.new(Regime.ACI)
            await until(lambda: ("new", Regime.ACI, SECOND) in desk.calls)

    run_qt(main())


def test_a_trip_that_is_nobodys_is_given_to_a_carrier_before_it_is_sent(run_qt):
    async def main():
        desk = two_carriers()
        trip = desk.stored[1]
        trip.company = ""
        async with window(desk) as it:
            it.shell.act.start(it.shell.act.send(trip.id), "send")
            await until(lambda: isinstance(QApplication.activeModalWidget(), CarrierDialog))
            await until(it.dialog("carrier_dialog").list.hasFocus)
            it.press(Qt.Key.Key_Return)
            await until(lambda: ("give_to", trip.id, desk.all_companies[0].id) in desk.calls)
            await until(lambda: QApplication.activeModalWidget().objectName() == "send_plan")
            await until(lambda: QApplication.focusWidget().window() is QApplication.activeModalWidget())
            it.press(Qt.Key.Key_Escape)
            await it.settle()

    run_qt(main())


def test_the_editor_offers_the_carrier(run_qt):
    async def main():
        desk = two_carriers()
        trip = desk.stored[1]
        trip.company = ""
        async with opened(desk) as it:
            await it.shell.act.open(trip.id)
            await it.settle()
            choose = it.window.editor.findChild(QWidget, "choose_carrier")
            assert choose.isVisible()
            choose.click()
            await until(lambda: isinstance(QApplication.activeModalWidget(), CarrierDialog))
            it.dialog("carrier_dialog").take.click()
            await until(lambda: trip.company)
            await until(
                lambda: it.window.editor is not None and it.window.editor.findChild(QWidget, "choose_carrier") is None
            )
            assert it.shell.act.trip_id == trip.id

    run_qt(main())


def test_without_any_carrier_sending_says_what_to_do(run_qt):
    async def main():
        desk = FakeDesk()
        desk.all_companies.clear()
        desk.stored[0].company = ""
        async with window(desk) as it:
            desk.say(Subject.COMPANY)
            it.shell.act.start(it.shell.act.send(desk.stored[0].id), "send")
            await until(QApplication.activeModalWidget)
            assert "Add one under Settings first" in it.dialog().informativeText()
            it.press(Qt.Key.Key_Escape)
            await it.settle()

    run_qt(main())


def test_a_refused_connection_says_why_whose_and_what_helps(run_qt):
    async def main():
        desk = two_carriers()
        async with window(desk) as it:
            banner = it.window.banner
            desk.link.become(state=LinkState.REFUSED, detail="tls_host", company="Dorn Cartage Ltd.")
            await until(banner.isVisible)
            assert banner.shown.word == "Connection refused"
            assert banner.shown.sentence.startswith("Dorn Cartage Ltd.: The gateway's certificate is for another name.")
            assert banner.action.text() == "Check the settings…"
            desk.link.become(state=LinkState.KEY_NEEDED, detail="key_needed")
            await until(lambda: banner.action.text() == "Give the key…")
            desk.link.become(state=LinkState.CONNECTED, detail="")
            await until(lambda: not banner.isVisible())

    run_qt(main())


def test_a_link_that_stays_away_is_said_after_five_minutes(run_qt):
    async def main():
        desk = FakeDesk()
        async with window(desk) as it:
            banner = it.window.banner
            desk.link.become(state=LinkState.RECONNECTING, detail="network")
            await it.settle()
            assert not banner.isVisible()
            desk.clock.advance(6 * 60)
            desk.link.become(state=LinkState.CONNECTING)
            await until(banner.isVisible)
            assert banner.shown.sentence.startswith("No connection for 6 minutes.")
            banner.action.click()
            assert ("retry_now",) in desk.calls
            desk.link.become(state=LinkState.CONNECTED, detail="")
            await until(lambda: not banner.isVisible())

    run_qt(main())
