"""What is done with messages: pin, snooze, mark; one or many; and all of it can be taken back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.domain.lifecycle import Category
from desktop.services.views import Subject
from desktop.ui.inbox.card_words import snooze_choices
from desktop.ui.inbox.filters import ORDER, Shelf
from desktop.ui.models.role import Role
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@asynccontextmanager
async def inbox(desk=None, **more):
    async with opened(desk, **more) as it:
        it.window.go_to(Place.INBOX)
        page = it.shell.inbox
        await until(lambda: page.reader.message is not None)
        yield it, page


def card(page, row):
    return page.model.index(row).data(Role.OBJECT)


def sentence(page, row):
    return page.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_p_pins_what_is_chosen_and_ctrl_z_lets_go_of_it(run_qt):
    async def main():
        async with inbox() as (it, page):
            it.press(Qt.Key.Key_Down, SHIFT)
            it.press(Qt.Key.Key_Down, SHIFT)
            it.press(Qt.Key.Key_P)
            await until(lambda: all(card(page, row).is_pinned for row in range(3)))
            assert not card(page, 3).is_pinned
            assert it.window.toast.words == "3 messages pinned"
            assert sentence(page, 0).endswith("Pinned")
            await until(lambda: page.filter_model.count(Shelf.PINNED) == 3)
            assert len(page.list.chosen()) == 3
            it.press(Qt.Key.Key_Z, CTRL)
            await until(lambda: not any(card(page, row).is_pinned for row in range(3)))

    run_qt(main())


def test_the_pinned_ones_are_a_list(run_qt):
    async def main():
        async with inbox() as (it, page):
            it.press(Qt.Key.Key_P)
            pinned = page.list.current_id()
            page.filter_by(Shelf.PINNED)
            await until(lambda: page.model.rowCount() == 1)
            assert card(page, 0).id == pinned
            page.list.setFocus()
            it.press(Qt.Key.Key_P)
            await until(lambda: not page.list.isVisible())
            assert "P pins" in page.empty.findChild(type(page.bar.unread)).text()

    run_qt(main())


def test_one_put_off_leaves_and_comes_back_on_top_with_a_mark_at_its_time(run_qt):
    async def main():
        async with inbox() as (it, page):
            away = page.list.current_id()
            unread = page.filter_model.count(None)
            it.press(Qt.Key.Key_H)
            await until(lambda: it.window.findChild(QMenu, "inbox_snooze_menu") is not None)
            menu = it.window.findChild(QMenu, "inbox_snooze_menu")
            assert [action.text() for action in menu.actions()[1:3]] == ["15 minutes", "1 hour"]
            menu.actions()[1].trigger()
            menu.close()
            await until(lambda: page.model.position(away) < 0)
            await until(lambda: page.filter_model.count(Shelf.SNOOZED) == 1)
            assert page.filter_model.count(None) == unread - 1
            assert page.list.current_id() == card(page, 0).id
            page.filter_by(Shelf.SNOOZED)
            await until(lambda: page.model.position(away) == 0)
            assert "back at" in sentence(page, 0)
            page.filter_by(None)
            await until(lambda: page.model.rowCount() > 1)
            it.desk.clock.advance(15 * 60)
            it.desk.changes.announce(Subject.INBOX)
            await until(lambda: page.model.position(away) == 0)
            assert "came back" in sentence(page, 0)
            assert card(page, 0).is_unread
            assert page.filter_model.count(None) == unread

    run_qt(main())


def test_the_timer_runs_to_the_next_return_and_only_then(run_qt):
    async def main():
        async with inbox() as (it, page):
            await it.desk.inbox.snooze([card(page, 5).id], it.desk.clock.now() + timedelta(hours=2))
            await it.desk.inbox.snooze([card(page, 6).id], it.desk.clock.now() + timedelta(hours=1))
            timers = [timer for timer in it.window.children() if type(timer).__name__ == "QTimer"]
            await until(lambda: any(3_590_000 < timer.remainingTime() <= 3_600_001 for timer in timers))
            assert not any(timer.remainingTime() > 3_700_000 for timer in timers)

    run_qt(main())


def test_snoozing_is_taken_back_from_the_toast(run_qt):
    async def main():
        async with inbox() as (it, page):
            first = [card(page, row).id for row in range(5)]
            page.commands._handling.snooze([card(page, 1)], it.desk.clock.now() + timedelta(hours=1))
            await until(lambda: page.model.position(first[1]) < 0)
            it.window.toast.action.click()
            await until(lambda: [card(page, row).id for row in range(5)] == first)

    run_qt(main())


def test_until_when_a_message_may_be_put_off(run_qt):
    async def main():
        async with inbox() as (it, _):
            now = it.desk.clock.now().astimezone()
            assert len(snooze_choices(now, None)) == 3
            assert len(snooze_choices(now, now + timedelta(minutes=80))) == 3
            *_, (words, moment) = snooze_choices(now, now + timedelta(hours=4))
            assert (words[:10], moment) == ("90 minutes", now + timedelta(minutes=150))
            tomorrow = snooze_choices(now, None)[2][1]
            assert (tomorrow.hour, tomorrow.date()) == (8, now.date() + timedelta(days=1))

    run_qt(main())


def test_all_of_the_list_on_show_is_marked_read_and_unread_again(run_qt):
    async def main():
        async with inbox() as (it, page):
            page.filter_by(Category.ALERT)
            await until(lambda: page.model.rowCount() == 10)
            before = [card(page, row).is_unread for row in range(10)]
            unread = page.filter_model.count(None)
            assert any(before)
            page.mark_all.click()
            await until(lambda: page.filter_model.count(Category.ALERT) == 0)
            assert page.filter_model.count(None) == unread - sum(before)
            page.list.setFocus()
            it.press(Qt.Key.Key_Z, CTRL)
            await until(lambda: [card(page, row).is_unread for row in range(10)] == before)
            it.press(Qt.Key.Key_Z, CTRL)
            assert it.window.toast.words == "Nothing to take back here"

    run_qt(main())


def test_ctrl_a_and_u_act_on_everything_shown_and_ctrl_c_copies_it(run_qt):
    async def main():
        async with inbox() as (it, page):
            page.filter_by(Category.REJECTED)
            await until(lambda: page.model.rowCount() == 10)
            page.list.setFocus()
            it.press(Qt.Key.Key_A, CTRL)
            assert len(page.list.chosen()) == 10
            it.press(Qt.Key.Key_U)
            await until(lambda: not any(card(page, row).is_unread for row in range(10)))
            it.press(Qt.Key.Key_U)
            await until(lambda: all(card(page, row).is_unread for row in range(10)))
            assert it.window.toast.words == "10 messages marked as unread"
            it.press(Qt.Key.Key_C, CTRL)
            pasted = QApplication.clipboard().text().split("\n\n")
            assert len(pasted) == 10
            assert pasted[0].splitlines()[:2] == [card(page, 0).trip, card(page, 0).title]

    run_qt(main())


def test_a_message_that_a_person_marks_unread_is_not_marked_read_again_by_itself(run_qt):
    async def main():
        async with inbox() as (it, page):
            page.read_timer.setInterval(20)
            row = next(row for row in range(60) if not card(page, row).is_unread)
            chosen = card(page, row).id
            page.list.setCurrentIndex(page.model.index(row))
            await until(lambda: page.shown_id == chosen)
            await it.settle()
            page.commands.toggle_unread()
            await until(lambda: card(page, page.model.position(chosen)).is_unread)
            it.desk.changes.announce(Subject.INBOX)
            await until(lambda: page.reader.message.card.is_unread)
            page._listed = None  # the list is put together anew
            page.reload.ask()
            await it.settle(40)
            assert not page.read_timer.isActive()
            assert card(page, page.model.position(chosen)).is_unread
            it.press(Qt.Key.Key_Up)
            await until(lambda: page.shown_id not in {chosen, ""})
            it.press(Qt.Key.Key_Down)  # opened anew, it is read anew
            await until(lambda: not card(page, page.model.position(chosen)).is_unread)

    run_qt(main())


@pytest.mark.parametrize("held", [SHIFT, CTRL])
def test_a_key_that_is_held_chooses_nothing_more_when_the_list_moves_by_itself(run_qt, held):
    async def main():
        async with inbox() as (_it, page):
            QTest.keyPress(page.list, Qt.Key.Key_Shift if held is SHIFT else Qt.Key.Key_Control, held)
            page.show_card(card(page, 5).id)
            await until(lambda: page.list.currentIndex().row() == 5)
            assert len(page.list.chosen()) == 1
            QTest.keyRelease(page.list, Qt.Key.Key_Shift if held is SHIFT else Qt.Key.Key_Control, NONE)

    run_qt(main())


def test_everything_is_offered_to_the_palette_with_its_keys(run_qt):
    async def main():
        async with inbox() as (_, page):
            keys = {offer.keys for offer in page.offers()}
            assert {"U", "P", "H", "T", "Ctrl+C", "Ctrl+Z", "Ctrl+G"} <= keys
            assert len(ORDER) == page.filter_model.rowCount() == 11

    run_qt(main())
