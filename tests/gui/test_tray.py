"""The tray: a badge that can be told apart, words in the tooltip, one notice for a batch."""

from dataclasses import replace

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from desktop.domain.lifecycle import LinkState
from desktop.ui import theme
from desktop.ui.colours import Scheme
from desktop.ui.notifications import Shown, Target
from desktop.ui.place import Place
from desktop.ui.tray.badge import badge_pixmap

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


def newer(desk, number=100, **changes):
    newest = desk.all_cards[-1]
    return replace(newest, id=f"01CARD{number:020}", is_unread=True, **changes)


def colours_in(image: QImage, colour: QColor) -> int:
    wanted = colour.rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def clickable(tray):
    """Show what was told as if this desktop had a tray."""
    tray.in_window.connect(tray._put_up)


def words(it):
    """The entries of the menu, as they are read."""
    return [action.text() for action in it.shell.tray.entries.menu.actions() if action.isVisible() and action.text()]


@pytest.mark.parametrize("size", [16, 24, 48])
def test_the_badge_shows_how_urgent(qapp, size):
    theme.apply(qapp, Scheme.LIGHT)
    colours = theme.colours()
    plain = badge_pixmap(size, 0, is_urgent=False, is_offline=False).toImage()
    urgent = badge_pixmap(size, 2, is_urgent=True, is_offline=False).toImage()
    unread = badge_pixmap(size, 6, is_urgent=False, is_offline=False).toImage()
    offline = badge_pixmap(size, 0, is_urgent=False, is_offline=True).toImage()
    assert colours_in(urgent, colours.stop) > size
    assert colours_in(plain, colours.stop) == 0
    assert colours_in(offline, colours.slate) > size / 2
    assert len({image.constBits().tobytes() for image in (plain, urgent, unread, offline)}) == 4


def test_many_unread_fit_into_the_badge(qapp):
    many = badge_pixmap(24, 250, is_urgent=False, is_offline=False).toImage()
    nine = badge_pixmap(24, 9, is_urgent=False, is_offline=False).toImage()
    assert many != nine


def test_what_was_there_at_the_start_is_not_told_but_what_comes_is_at_once(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            told = []
            it.shell.tray.noticed.connect(told.append)
            it.window.hide()
            desk.receive(newer(desk, 100, title="x"))
            await until(lambda: told)
            assert [notice.title for notice in told] == ["CBSA returned 1234T11240071"]
            it.shell.tray.teller.look()
            await it.settle()
            assert len(told) == 1

    run_qt(main())


def test_a_click_opens_the_message_that_was_told(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            it.window.hide()
            clickable(it.shell.tray)
            desk.receive(newer(desk))
            await until(lambda: it.shell.tray._last)
            it.shell.tray.icon.messageClicked.emit()
            await until(lambda: it.shell.inbox.shown_id == "01CARD00000000000000000100")
            assert it.window.isVisible()
            assert it.window.place is Place.INBOX

    run_qt(main())


def test_nothing_is_told_about_what_the_window_shows_in_front(run_qt):
    async def main():
        async with opened() as it:
            it.window.go_to(Place.INBOX)
            await until(lambda: it.shell.inbox.reader.message is not None)
            assert it.shell.beside.shown() == Shown(True, it.shell.inbox.shown_id, "")
            it.window.hide()
            assert it.shell.beside.shown().is_in_front is False

    run_qt(main())


def test_switches_silence_the_notices_but_not_the_badge(run_qt):
    async def main():
        desk = FakeDesk()
        async with opened(desk) as it:
            told = []
            it.shell.tray.noticed.connect(told.append)
            it.shell.choices.has_notices = False
            it.shell.apply_choices()
            it.window.hide()
            before = it.shell.tray.icon.toolTip()
            desk.receive(newer(desk))
            await until(lambda: it.shell.tray.icon.toolTip() != before)
            await it.settle()
            assert told == []
            assert "7 unread" in it.shell.tray.icon.toolTip()

    run_qt(main())


def test_a_refused_key_is_told_once_and_opens_the_company(run_qt):
    async def main():
        async with opened() as it:
            told = []
            it.shell.tray.noticed.connect(told.append)
            it.window.hide()
            it.desk.link.become(state=LinkState.KEY_REFUSED)
            it.desk.link.become(state=LinkState.KEY_REFUSED, waiting=1)
            assert [notice.title for notice in told] == ["BorderConnect refused the key"]
            assert told[0].target == Target(is_connection=True)
            it.desk.link.become(state=LinkState.CONNECTED)
            it.desk.link.become(state=LinkState.KEY_REFUSED)
            assert len(told) == 2

    run_qt(main())


def test_the_tooltip_says_the_state_in_words(run_qt):
    async def main():
        async with opened() as it:
            said = it.shell.tray.icon.toolTip().splitlines()
            assert said == ["eManifest Desk", f"{it.shell._stopped} trips need you", "6 unread", "Connected"]
            assert "Show eManifest Desk" in words(it)
            assert it.shell.tray.icon.contextMenu().focusPolicy() is not Qt.FocusPolicy.WheelFocus

    run_qt(main())


def test_what_is_counted_after_the_end_comes_too_late(run_qt):
    async def main():
        async with opened() as it:
            tray = it.shell.tray
            tray.stop()
            await it.settle()  # the menu is gone by now
            before = tray.icon.toolTip()
            tray.set_stopped(3, [])
            assert tray.icon.toolTip() == before

    run_qt(main())
