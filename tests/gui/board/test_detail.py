"""One trip beside the board: every reason, what to do about it, its evidence, its story; and what is said aloud."""

from dataclasses import replace

import pytest
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.domain.lifecycle import Verdict
from desktop.services.views import ReadinessView, Reason, Subject
from desktop.ui.board import announcing
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HOLD = Reason("hold", "CBP holds AAAA754388. Keep the truck back.", must_act=True, action="keep_back")
MISSING = Reason("not_cleared", "1 of 3 entries not on file.", action="write_broker", number="AAAA754389")


def window(**more):
    return opened(state={"window.place": "crossings"}, **more)


def become(it, verdict, *reasons, place=0):
    trip = it.desk.stored[place]
    trip.readiness = ReadinessView(verdict, None, reasons)
    it.desk.say(Subject.TRIP, trip.id)
    return trip


def shown(it):
    return [one.text() for one in it.shell.board.beside.detail.findChildren(QLabel) if one.isVisible()]


def test_a_wide_window_shows_the_current_trip_with_all_reasons(run_qt):
    async def main():
        async with window(size=(1900, 900)) as it:
            board = it.shell.board
            detail = board.beside.detail
            assert detail.isVisible()
            assert detail.width() == 400
            trip = become(it, Verdict.STOP, HOLD, MISSING)
            await until(lambda: MISSING.text in shown(it))
            assert HOLD.text in shown(it)
            await until(lambda: any("Saved" in words for words in shown(it)))
            it.press(Qt.Key.Key_Down)
            await until(lambda: detail.trip_id != trip.id)
            assert HOLD.text not in shown(it)
            it.window.resize(1366, 736)
            await it.settle()
            assert not detail.isVisible()

    run_qt(main())


def test_space_peeks_and_esc_goes_back(run_qt):
    async def main():
        async with window() as it:
            board = it.shell.board
            it.press(Qt.Key.Key_Space)
            await it.settle()
            assert board.beside.detail.isVisible()
            assert board.view.hasFocus()
            it.press(Qt.Key.Key_Down)
            assert board.beside.detail.trip_id == board.view.current_id()
            it.press(Qt.Key.Key_F6)
            assert board.beside.detail.isAncestorOf(it.window.focusWidget())
            it.press(Qt.Key.Key_Escape)
            assert not board.beside.detail.isVisible()
            assert board.view.hasFocus()
            it.press(Qt.Key.Key_Space)
            it.press(Qt.Key.Key_Space)
            assert not board.beside.detail.isVisible()

    run_qt(main())


def test_a_reason_s_button_asks_for_its_action_on_that_trip(run_qt):
    async def main():
        async with window(size=(1900, 900)) as it:
            board, asked = it.shell.board, []
            board.reason_asked.disconnect()
            board.reason_asked.connect(lambda reason, trip_id: asked.append((reason, trip_id)))
            trip = become(it, Verdict.STOP, HOLD, MISSING)
            await until(lambda: board.beside.detail.findChild(QPushButton, "reason_1_action") is not None)
            button = board.beside.detail.findChild(QPushButton, "reason_1_action")
            assert button.text() == "Write to the broker"
            button.click()
            assert asked == [(MISSING, trip.id)]

    run_qt(main())


def test_evidence_opens_its_message(run_qt):
    async def main():
        async with window(size=(1900, 900)) as it:
            card = it.desk.all_cards[-1]
            reason = replace(HOLD, frame=card.id, at=it.desk.clock.now())
            become(it, Verdict.STOP, reason)
            detail = it.shell.board.beside.detail
            await until(lambda: detail.findChild(QPushButton, "reason_0_evidence") is not None)
            detail.findChild(QPushButton, "reason_0_evidence").click()
            await until(lambda: it.window.place is Place.INBOX)
            await until(lambda: it.shell.inbox.shown_id == card.id)

    run_qt(main())


def test_each_verdict_is_said_once_and_what_stops_at_once(run_qt, monkeypatch):
    said = []
    monkeypatch.setattr(announcing, "announce", lambda _widget, words, is_grave=False: said.append((words, is_grave)))

    async def main():
        async with window() as it:
            assert said == []
            become(it, Verdict.STOP, HOLD, place=4)
            await until(lambda: said)
            assert said[0][1] is True
            assert said[0][0].startswith("Trip AAAA123457A: Stop")
            become(it, Verdict.STOP, HOLD, MISSING, place=4)
            it.shell.board.keeping.reload.ask()
            await it.settle(20)
            assert len(said) == 1
            become(it, Verdict.WAIT, MISSING, place=4)
            await until(lambda: len(said) == 2)
            assert said[1][1] is False
            for place in (0, 5, 6, 7, 8):
                trip = it.desk.stored[place]
                trip.readiness = ReadinessView(Verdict.UNKNOWN, None, (HOLD,))
            it.desk.say(Subject.TRIP, *(it.desk.stored[place].id for place in (0, 5, 6, 7, 8)))
            await until(lambda: len(said) > 2)
            await it.settle()
            assert said[2:] == [("5 more trips changed", False)]

    run_qt(main())


def test_a_trip_without_reasons_or_none_at_all_leaves_nothing_behind(run_qt):
    async def main():
        async with window(size=(1900, 900)) as it:
            board = it.shell.board
            become(it, Verdict.GO)
            await it.settle()
            board.search.setText("zzz")
            await until(lambda: not board.model.rows())
            assert board.beside.detail.trip_id == ""
            assert [words for words in shown(it) if words] == []

    run_qt(main())
