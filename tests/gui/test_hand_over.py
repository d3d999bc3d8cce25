"""The small window that says why the big one does not open yet."""

import pytest
from fakes.clock import ManualClock
from fakes.desk import NOW
from fakes.window import until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.hand_over import HandOver
from desktop.ui.room import cramped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_lasts_is_said_and_counted_and_esc_gives_up(run_qt):
    async def main():
        clock = ManualClock(NOW)
        waiting = HandOver(clock)
        waiting.wait()
        assert not waiting.isVisible()  # most commands end sooner than anybody reads
        await until(waiting.isVisible)
        await until(lambda: QApplication.focusWidget() is waiting.stop)
        assert "A command is using these data" in waiting.accessibleDescription()
        assert cramped(waiting) == []
        clock.advance(12)
        await until(lambda: waiting.counted == "Waiting, 12 s")
        QTest.keyClick(waiting, Qt.Key.Key_Escape)
        assert waiting.is_given_up
        waiting.end()

    run_qt(main())


def test_a_short_wait_is_never_seen(run_qt):
    async def main():
        waiting = HandOver(ManualClock(NOW))
        waiting.wait()
        waiting.end()
        assert not waiting.isVisible()
        assert not waiting.is_given_up

    run_qt(main())


def test_closing_it_gives_up(run_qt):
    async def main():
        waiting = HandOver(ManualClock(NOW))
        waiting.wait()
        await until(waiting.isVisible)
        waiting.close()
        assert waiting.is_given_up
        waiting.end()

    run_qt(main())
