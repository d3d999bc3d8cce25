"""What the list shows: heads of days, trips, narrowed, scrolled, and it stays where it is when something comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.desk import FakeDesk
from fakes.window import until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.lifecycle import Category, Regime
from desktop.services.views import InboxFilter, Subject
from desktop.ui.inbox.narrowing import Narrowed
from desktop.ui.place import Place
from tests.gui.inbox.test_handling import CTRL, card, inbox, sentence

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


def test_the_head_of_each_day_says_how_many_came_on_it(run_qt):
    async def main():
        async with inbox() as (it, page):
            today = it.desk.clock.now().astimezone().date()
            count = sum(one.received_at.astimezone().date() == today for one in it.desk.all_cards)
            assert page.model.head(0) == ("Today", str(count))
            assert page.model.head(1) == ("", "")
            assert page.model.head(count)[0] == "Yesterday"
            assert sentence(page, 0).startswith(f"Today {count}. ")
            tall, usual = (page.list.visualRect(page.model.index(row)).height() for row in (0, 1))
            assert tall > usual

    run_qt(main())


def test_all_messages_of_a_trip_are_shown_and_left_again(run_qt):
    async def main():
        async with inbox() as (it, page):
            here = page.list.current_id()
            trip = card(page, 0).trip_id
            it.press(Qt.Key.Key_T)
            await until(lambda: page.model.rowCount() == 10)
            assert {card(page, row).trip_id for row in range(10)} == {trip}
            assert page.pane._words.text() == f"{card(page, 0).trip}: 10 messages"
            assert page.list.current_id() == here
            it.press(Qt.Key.Key_Escape)
            await until(lambda: page.model.rowCount() > 10)
            assert not page.pane._head.isVisible()
            assert page.list.current_id() == here

    run_qt(main())


def test_a_message_of_no_trip_has_no_others(run_qt):
    async def main():
        async with inbox() as (it, page):
            row = next(row for row in range(50) if card(page, row).trip_id is None)
            page.list.setCurrentIndex(page.model.index(row))
            it.press(Qt.Key.Key_T)
            assert it.window.toast.words == "This message belongs to no trip in this program"

    run_qt(main())


def test_ctrl_g_shows_one_line_for_each_trip(run_qt):
    async def main():
        async with inbox() as (it, page):
            it.press(Qt.Key.Key_G, CTRL)
            await until(lambda: page.model.rowCount() and card(page, 0).thread)
            trips = [card(page, row).trip_id for row in range(page.model.rowCount())]
            named = [trip for trip in trips if trip is not None]
            assert len(named) == len(set(named)) > 1
            assert "10 messages" in sentence(page, 0)
            assert page.narrowing.button.text() == "Group by trip"
            it.press(Qt.Key.Key_G, CTRL)
            await until(lambda: not card(page, 0).thread)

    run_qt(main())


def test_the_list_is_narrowed_and_says_so(run_qt):
    async def main():
        async with inbox() as (it, page):
            page.narrowing.show(Narrowed(regime=Regime.ACI, days="today", unread_only=True))
            await until(lambda: page._listed is not None and page._listed.regime is Regime.ACI)
            await it.settle()
            shown = [card(page, row) for row in range(page.model.rowCount())]
            assert shown
            assert all(one.regime is Regime.ACI and one.is_unread for one in shown)
            assert page.narrowing.button.text() == "Into Canada · Today · Unread only"
            page.narrowing.show(Narrowed(first=it.desk.clock.now().date() - timedelta(days=900),
                                         last=it.desk.clock.now().date() - timedelta(days=800)))  # fmt: skip
            await until(lambda: not page.list.isVisible())
            page.empty.asked.emit()
            await until(page.list.isVisible)
            assert page.narrowing.button.text() == "Filter"

    run_qt(main())


def test_what_comes_on_top_moves_neither_the_list_nor_what_is_chosen(run_qt):
    async def main():
        async with inbox() as (it, page):
            page.list.setCurrentIndex(page.model.index(30))
            page.list.scrollTo(page.model.index(30), page.list.ScrollHint.PositionAtTop)
            await it.settle()
            wanted = page.list.current_id()
            resets = []
            page.model.modelReset.connect(lambda: resets.append(1))
            newest = it.desk.all_cards[-1]
            for number in range(3):
                at = newest.received_at + timedelta(seconds=number + 1)
                it.desk.all_cards.append(replace(newest, id=f"01CARE{number:020}", received_at=at))
            it.desk.changes.announce(Subject.INBOX)
            await until(lambda: page.model.position("01CARE" + "0" * 19 + "2") == 0)
            assert page.list.current_id() == wanted
            assert page.model.position(wanted) == 33
            assert page.list.visualRect(page.list.currentIndex()).intersects(page.list.viewport().rect())
            assert not resets

    run_qt(main())


def test_older_ones_stay_when_the_newest_are_read_again(run_qt, monkeypatch):
    from desktop.ui.inbox import page as inbox_page

    desk = FakeDesk()
    first = desk.all_cards[0]
    desk.all_cards[:0] = [
        replace(first, id=f"01CAQD{number:020}", received_at=first.received_at - timedelta(hours=900 - number))
        for number in range(700)
    ]
    monkeypatch.setattr(inbox_page, "_REFRESHED", 150)

    async def main():
        async with inbox(desk) as (it, page):
            for _ in range(4):
                rows = page.model.rowCount()
                it.press(Qt.Key.Key_End)
                await until(lambda rows=rows: page.model.rowCount() > rows)
            rows = page.model.rowCount()
            assert 300 < rows < 800
            assert page.pane._foot.text().startswith(f"Newest {rows} shown")
            here = page.list.current_id()
            await it.desk.inbox.mark_read([card(page, 0).id])
            await until(lambda: not card(page, 0).is_unread)
            assert page.model.rowCount() == rows
            assert page.list.current_id() == here
            it.press(Qt.Key.Key_P)
            await until(lambda: card(page, page.list.currentIndex().row()).is_pinned)

    run_qt(main())


def test_in_a_list_of_unread_ones_nothing_is_read_by_being_looked_at(run_qt):
    async def main():
        async with inbox() as (_, page):
            page.narrowing.show(Narrowed(unread_only=True))
            await until(lambda: page._listed == InboxFilter(is_snoozed=False, unread_only=True))
            page.list.setCurrentIndex(page.model.index(1))
            await until(lambda: page.shown_id == page.list.current_id())
            assert not page.read_timer.isActive()

    run_qt(main())


def test_a_search_goes_everywhere_and_counts_the_kind(run_qt):
    async def main():
        async with inbox() as (it, page):
            away = card(page, 1)
            await it.desk.inbox.snooze([away.id], it.desk.clock.now() + timedelta(hours=1))
            await until(lambda: page.model.position(away.id) < 0)
            page.filter_by(away.category)
            page.focus_search()
            it.type(away.title.split()[0])
            await until(lambda: page.model.position(away.id) >= 0)
            assert {card(page, row).category for row in range(page.model.rowCount())} == {away.category}
            assert QApplication.focusWidget() is page.search

    run_qt(main())


def test_enter_on_the_rail_lands_on_the_first_unread_message(run_qt):
    async def main():
        desk = FakeDesk()
        desk.all_cards = [replace(one, is_unread=number == 92) for number, one in enumerate(desk.all_cards)]
        async with inbox(desk) as (it, page):
            it.window.go_to(Place.INBOX)
            assert QApplication.focusWidget() is page.list
            assert page.list.current_id() == desk.all_cards[92].id
            assert Category.CAS in page.filter_model._counts or page.filter_model.count(None) == 1

    run_qt(main())
