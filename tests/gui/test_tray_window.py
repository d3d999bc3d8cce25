"""Tray and window together: pauses, alerts, closing, quitting, working offline, the offer to start with the computer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.domain.lifecycle import LinkState, Regime
from desktop.services.noticed import AlertView
from desktop.services.views import Subject
from desktop.ui.banner import Weight
from desktop.ui.notifications import Shown, Target
from desktop.ui.place import Place
from desktop.ui.shell import Stop
from desktop.ui.tray.icon import Tray

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


def newer(desk, number=100, **changes):
    newest = desk.all_cards[-1]
    return replace(newest, id=f"01CARD{number:020}", is_unread=True, **changes)


def no_answer(trip_id="t1", trip="AAAA123461A"):
    now = FakeDesk().clock.now()
    return AlertView((f"a-{trip}",), "no_answer", trip_id, trip, Regime.ACE, "c", (), now, "title", "text")


def entry(it, words):
    """The entry of the tray's menu that begins so."""
    (found,) = [
        action
        for action in it.shell.tray.entries.menu.actions()
        if action.isVisible() and action.text().startswith(words)
    ]
    return found


def told_by(it):
    told = []
    it.shell.tray.noticed.connect(told.append)
    return told


# Pauses


def test_a_pause_says_when_it_ends_and_what_waited_is_told_in_one(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            told = told_by(it)
            it.window.hide()
            entry(it, "No notices for 15 minutes").trigger()
            until_words = f"{(desk.clock.now() + timedelta(minutes=15)).astimezone():%H:%M}"
            assert until_words in it.shell.tray.icon.toolTip()
            assert until_words in entry(it, "Show notices again").text()
            desk.receive(newer(desk, 100))
            desk.receive(newer(desk, 101, trip="AAAA2", trip_id="other"))
            await until(lambda: it.shell.tray.teller._gathering.has_urgent)
            await it.settle()
            assert told == []
            entry(it, "Show notices again").trigger()
            await until(lambda: told)
            assert [notice.title for notice in told] == ["2 trips need you"]
            assert entry(it, "No notices for 60 minutes").isEnabled()
            await it.settle()

    run_qt(main())


def test_a_pause_ends_by_itself_also_when_the_computer_slept(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            told = told_by(it)
            it.window.hide()
            it.shell.tray.teller.pause(60)
            desk.clock.advance(3_601)
            desk.receive(newer(desk))
            await until(lambda: told)
            assert it.shell.tray.teller.paused_until is None

    run_qt(main())


# What did not happen


def test_an_alert_is_told_once_and_a_click_opens_its_trip(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            told = told_by(it)
            it.window.hide()
            trip_id = desk.stored[0].id
            desk.watching.alerts = [no_answer(trip_id)]
            desk.say(Subject.ALERT, trip_id)
            await until(lambda: told)
            assert told[0].title == "No answer for AAAA123461A"
            assert desk.watching.told == {"a-AAAA123461A"}
            desk.say(Subject.ALERT, trip_id)
            await it.settle()
            assert len(told) == 1
            it.shell.beside.open_target(told[0].target)
            await until(lambda: it.shell.act.trip_id == trip_id)

    run_qt(main())


def test_an_alert_of_the_trip_in_front_counts_as_told(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            told = told_by(it)
            it.shell.tray.teller._shown = lambda: Shown(is_in_front=True, trip_id="t1")
            desk.watching.alerts = [no_answer()]
            desk.say(Subject.ALERT, "t1")
            await until(lambda: desk.watching.told)
            await it.settle()
            assert told == []

    run_qt(main())


# Clicks


def test_two_items_that_may_both_be_on_the_screen_open_the_board(run_qt):
    async def main():
        async with opened() as it:
            tray = it.shell.tray
            asked = []
            tray.open_asked.disconnect()
            tray.open_asked.connect(asked.append)
            tray._last = [(tray._desk.clock.monotonic(), Target(trip_id="t1"))] * 2
            tray.icon.messageClicked.emit()
            tray._last = [(0.0, Target(card_id="a")), (0.0, Target())]
            tray.icon.messageClicked.emit()
            tray._last = [(0.0, Target(card_id="a")), (0.0, Target(card_id="b"))]
            tray.icon.messageClicked.emit()
            assert asked == [Target(trip_id="t1"), Target(card_id="a"), Target(is_several=True)]
            it.shell.beside.open_target(asked[-1])
            assert it.window.place is Place.CROSSINGS
            await it.settle()

    run_qt(main())


# Without a tray


def test_without_a_tray_the_window_tells_what_needs_somebody(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            it.window.go_to(Place.SETTINGS)
            desk.receive(newer(desk))
            await until(it.window.toast.isVisible)
            assert it.window.toast.words.startswith("CBSA returned 1234T11240071.")
            QTest.mouseClick(it.window.toast.action, Qt.MouseButton.LeftButton)
            await until(lambda: it.shell.inbox.shown_id == "01CARD00000000000000000100")
            assert it.window.place is Place.INBOX
            await it.settle()

    run_qt(main())


# Closing and quitting


def test_closing_keeps_listening_beside_the_clock_and_says_so_once(run_qt, monkeypatch):
    async def main():
        desk = FakeDesk()
        desk.settle_all()
        async with opened(desk) as it:
            said = []
            monkeypatch.setattr(Tray, "is_available", staticmethod(lambda: True))
            monkeypatch.setattr(it.shell.tray, "_put_up", said.append)
            for _ in range(2):
                it.window.show()
                it.window.close()
                assert not it.window.isVisible()
            assert it.stops == []
            assert [notice.title for notice in said] == ["eManifest Desk keeps listening"]
            assert "Quit is in its menu" in said[0].line
            assert said[0].target == Target(is_window=True)
            it.shell.choices.stays_in_tray = False
            it.window.close()
            assert it.stops == [Stop.QUIT]

    run_qt(main())


def test_without_a_tray_closing_ends_the_program(run_qt):
    async def main():
        desk = FakeDesk()
        desk.settle_all()
        async with opened(desk) as it:
            it.window.close()
            assert it.stops == [Stop.QUIT]

    run_qt(main())


@pytest.mark.parametrize("answer", ["Quit", "Keep running"])
def test_quitting_says_what_still_waits_to_go(run_qt, answer):
    async def main():
        async with opened() as it:
            it.desk.link.become(waiting=2)
            it.window.hide()
            entry(it, "Quit").trigger()
            await until(it.window.isVisible)
            await it.settle()
            dialog = it.dialog()
            (button,) = [one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == answer]
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            await until(lambda: not dialog.isVisible())
            await it.settle()
            assert it.stops == ([Stop.QUIT] if answer == "Quit" else [])

    run_qt(main())


def test_quitting_says_what_is_on_its_way(run_qt):
    async def main():
        desk = FakeDesk()  # one of its trips is under way
        async with opened(desk) as it:
            entry(it, "Quit").trigger()
            entry(it, "Quit").trigger()
            await it.settle()
            dialog = it.dialog()
            said = " ".join(label.text() for label in dialog.findChildren(QLabel))
            assert "1 trip is being sent" in said
            dialog.reject()
            await it.settle()
            assert it.stops == []

    run_qt(main())


def test_quitting_with_nothing_waiting_asks_nothing(run_qt):
    async def main():
        desk = FakeDesk()
        desk.settle_all()
        async with opened(desk) as it:
            entry(it, "Quit").trigger()
            assert it.stops == [Stop.QUIT]

    run_qt(main())


def test_the_menu_works_offline_and_online_again(run_qt):
    async def main():
        async with opened() as it:
            entry(it, "Work offline").trigger()
            await until(lambda: it.desk.link.is_offline)
            await it.settle()
            entry(it, "Work online").trigger()
            await until(lambda: not it.desk.link.is_offline)
            await it.settle()

    run_qt(main())


def test_the_menu_leads_to_the_window_the_inbox_a_new_trip_and_what_needs_somebody(run_qt):
    async def main():
        async with opened() as it:
            it.window.hide()
            entry(it, "Open inbox").trigger()
            assert it.window.isVisible()
            assert it.window.place is Place.INBOX
            await it.settle()
            it.window.hide()
            asked = []
            it.window.new_asked.disconnect()
            it.window.new_asked.connect(lambda: asked.append(it.window.isVisible()))
            entry(it, "New trip").trigger()
            assert asked == [True]
            it.window.hide()
            entry(it, "Show eManifest Desk").trigger()
            assert it.window.isVisible()
            needing = [row.trip for row in it.shell.board.keeping.rows() if row.needs_person]
            assert needing, "the sample has some"
            entry(it, needing[0].number).trigger()
            await until(lambda: it.shell.act.trip_id == needing[0].id)

    run_qt(main())


# Starting with the computer


async def connected(it):
    it.desk.link.become(state=LinkState.CONNECTING)
    it.desk.link.become(state=LinkState.CONNECTED)
    await it.settle()


@pytest.mark.parametrize("is_wanted", [True, False])
def test_starting_with_the_computer_is_offered_once_after_a_real_connection(run_qt, is_wanted):
    async def main():
        async with opened(state={"tray.start_offered": ""}) as it:
            await connected(it)
            assert it.window.banner.shown.word == "Start with this computer?"
            button = it.window.banner.action if is_wanted else it.window.banner.second
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            await until(lambda: it.desk.sign_in.on is is_wanted)
            await it.settle()
            assert Weight.OFFER not in it.window.banner._notices
            await connected(it)
            assert Weight.OFFER not in it.window.banner._notices
            assert it.shell.state.value("tray.start_offered")

    run_qt(main())


def test_practice_and_who_has_it_already_are_offered_nothing(run_qt):
    async def main():
        async with opened(FakeDesk(is_practice=True), state={"tray.start_offered": ""}) as it:
            await connected(it)
            assert Weight.OFFER not in it.window.banner._notices
        desk = FakeDesk()
        desk.sign_in.on = True
        async with opened(desk, state={"tray.start_offered": ""}) as it:
            await connected(it)
            assert Weight.OFFER not in it.window.banner._notices

    run_qt(main())


# Settings


def test_every_choice_about_notices_holds_at_once(run_qt):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.SETTINGS)
            await it.settle()
            section = it.shell.preferences.notices
            section.switches["has_good_news"].click()
            assert it.shell.tray.teller.is_quiet
            section.switches["has_sound"].click()
            assert it.shell.tray.has_sound
            section.switches["has_notices"].click()
            assert it.shell.tray.teller.is_silent
            assert not section.switches["has_sound"].isEnabled()
            section.switches["stays_in_tray"].click()
            assert it.shell.choices.stays_in_tray is False
            section.starts.click()
            await until(lambda: it.desk.sign_in.on)
            await it.settle()

    run_qt(main())


def test_a_refused_change_is_told_and_the_switch_says_what_is_so(run_qt):
    async def main():
        desk = FakeDesk()
        desk.sign_in.is_refused = True
        async with opened(desk) as it:
            it.window.go_to(Place.SETTINGS)
            await it.settle()
            section = it.shell.preferences.notices
            section.starts.click()
            await until(lambda: not section.starts.isChecked())
            await it.settle()
            dialog = it.dialog()
            assert "Permission denied" in " ".join(label.text() for label in dialog.findChildren(QLabel))
            dialog.accept()
            await it.settle()

    run_qt(main())


def test_a_sound_only_for_what_needs_somebody_and_only_where_it_is_wanted(run_qt, monkeypatch):
    heard = []
    monkeypatch.setattr("desktop.ui.tray.icon.QApplication.beep", lambda: heard.append(1))

    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            told = told_by(it)
            it.window.hide()
            desk.receive(newer(desk, 100))
            await until(lambda: told)
            assert heard == []
            it.shell.tray.has_sound = True
            desk.receive(newer(desk, 101))
            await until(lambda: len(told) == 2)
            assert heard == [1]

    run_qt(main())
