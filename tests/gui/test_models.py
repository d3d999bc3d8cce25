"""The lists' models keep Qt's rules, and their rows say what they must."""

from dataclasses import replace

import pytest
from fakes.desk import FakeDesk
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from desktop.domain.lifecycle import Category
from desktop.services.views import InboxFilter
from desktop.ui.inbox.filters import ORDER, FilterModel
from desktop.ui.inbox.model import InboxModel
from desktop.ui.models.role import Role
from desktop.ui.place import Place
from desktop.ui.rail import Count, RailModel
from desktop.ui.trips.model import Column, TripsModel


@pytest.fixture
def desk():
    return FakeDesk()


def test_trips_model_keeps_the_rules(desk, run, qtmodeltester: ModelTester):
    model = TripsModel(desk.clock)
    rows = run(desk.lookups.trips())
    qtmodeltester.check(model)
    model.show(rows)
    model.show(rows[:5])
    model.show([replace(rows[0], driver="Sample Driver Nine"), *rows[1:5]])
    model.mark_fresh(frozenset({rows[0].id}))
    model.tick()
    assert model.rowCount() == 5
    assert model.columnCount() == len(Column)


def test_unchanged_rows_stay_where_they_are(desk, run, qtbot):
    model = TripsModel(desk.clock)
    rows = run(desk.lookups.trips())
    model.show(rows)
    changed, resets = [], []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(1))
    model.show([*rows[:2], replace(rows[2], holds=2), *rows[3:]])
    assert changed == [(2, 2)]
    assert resets == []
    assert "2 holds" in model.index(2, Column.CUSTOMS).data()


def test_a_row_is_one_sentence_for_a_screen_reader(desk, run, qapp):
    model = TripsModel(desk.clock)
    model.show(run(desk.lookups.trips()))
    said = model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Stop · CBP placed a hold. CBP placed a hold on AAAA754388. Keep the truck back.")
    assert "Trip AAAA123458A to USA, Detroit, MI, ETA 13:40 EST, in 34 min" in said


def test_inbox_model_keeps_the_rules(desk, run, qtmodeltester: ModelTester):
    model = InboxModel(desk.clock)
    asked = []
    model.more_asked.connect(asked.append)
    cards = run(desk.inbox.cards(InboxFilter()))
    qtmodeltester.check(model)
    model.show(cards[10:40], has_more=True)
    model.show(cards[:40], has_more=True)
    model.fetchMore()
    model.fetchMore()
    assert asked == [cards[39].id], "asked again while it reads, it must not ask twice"
    model.add_older(cards[39].id, cards[40:60], has_more=False)
    assert [model.index(row).data(Role.ID) for row in range(60)] == [card.id for card in cards[:60]]
    assert not model.canFetchMore()


def test_a_page_that_came_too_late_is_dropped(desk, run, qapp):
    model = InboxModel(desk.clock)
    cards = run(desk.inbox.cards(InboxFilter()))
    model.show(cards[:10], has_more=True)
    model.fetchMore()
    model.show(cards[50:60], has_more=True)
    model.add_older(cards[9].id, cards[10:20], has_more=True)
    assert model.rowCount() == 10
    assert model.canFetchMore()


def test_new_cards_come_in_on_top_without_a_reset(desk, run, qapp):
    model = InboxModel(desk.clock)
    cards = run(desk.inbox.cards(InboxFilter()))
    model.show(cards[2:], has_more=False)
    inserted, resets = [], []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.modelReset.connect(lambda: resets.append(1))
    model.show([cards[0], cards[1], replace(cards[2], is_unread=False), *cards[3:]], has_more=False)
    assert inserted == [(0, 1)]
    assert resets == []
    assert model.index(2).data(Role.OBJECT).is_unread is False


def test_rail_and_filter_models_keep_the_rules(qtmodeltester: ModelTester):
    rail = RailModel(list(Place))
    qtmodeltester.check(rail)
    rail.set_count(Place.INBOX, Count(6, "", "6 unread"))
    where = rail.index(rail.rows.index(Place.INBOX))
    assert where.data(Qt.ItemDataRole.AccessibleTextRole) == "Inbox, 6 unread"
    assert "Ctrl+7" in where.data(Qt.ItemDataRole.ToolTipRole)
    rail.set_count(Place.INBOX, None)
    assert where.data(Qt.ItemDataRole.AccessibleTextRole) == "Inbox"


def test_filter_counts_are_spoken(qtmodeltester: ModelTester):
    model = FilterModel()
    qtmodeltester.check(model)
    model.show({Category.REJECTED: 2, Category.RNS: 1})
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(len(ORDER))]
    assert said[0] == "All, 3 unread"
    assert said[1] == "Rejected, 2 unread"
    assert said[4] == "Notices"
    assert model.rowCount(model.index(0)) == 0
    assert model.rowCount(QModelIndex()) == len(ORDER)
