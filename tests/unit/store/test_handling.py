"""The contract of `Handling`: pins, snoozes, marks, and that each can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.clock import NOON

from desktop.domain.lifecycle import Category
from tests.unit.store.conftest import frame, item

HOUR = timedelta(hours=1)


@pytest.fixture
def received(store, company, run):
    """Ten messages, a minute apart, the newest first."""
    made = []
    for minute in range(10):
        at = NOON - timedelta(minutes=10 - minute)
        [id_] = run(store.frames.append([frame(company, at)]))
        kind = Category.ALERT if minute % 2 else Category.ACCEPTED
        made += run(store.inbox.add([item(id_, company, at, category=kind)]))
    return made[::-1]


@pytest.fixture
def ids(store, run):
    def ids(**asked):
        return [card.id for card in run(store.inbox.cards(**asked))]

    return ids


class TestHandling:
    def test_a_pin_is_kept_and_let_go(self, store, received, run, ids) -> None:
        one, two = received[3].id, received[7].id
        assert run(store.handling.pin([two, one, "nothing"])) == sorted([one, two])
        assert run(store.handling.pin([one])) == []
        assert ids(is_pinned=True) == [one, two]
        assert ids(is_pinned=True, category=Category.ACCEPTED) == [
            card.id for card in received if card.id in {one, two} and card.category is Category.ACCEPTED
        ]
        assert run(store.handling.pin([one, two], False)) == sorted([one, two])
        assert ids(is_pinned=True) == []

    def test_one_put_off_leaves_the_lists_and_comes_back_on_top_unread(self, store, received, clock, run, ids) -> None:
        every = [card.id for card in received]
        away = received[4]
        run(store.handling.mark_read([away.id]))
        run(store.handling.snooze([away.id], clock.now() + HOUR))
        left = [card_id for card_id in every if card_id != away.id]
        assert ids(is_snoozed=False) == left
        assert ids(is_snoozed=False, category=away.category, unread_only=True) == [
            card.id for card in received if card.category is away.category and card.id != away.id
        ]
        assert ids(is_snoozed=True) == [away.id]
        assert run(store.handling.next_return()) == NOON + HOUR
        assert sum(run(store.inbox.unread_counts()).values()) == 9
        assert sum(run(store.inbox.unread_counts(away.company)).values()) == 9
        clock.advance(HOUR.total_seconds())
        assert ids(is_snoozed=False) == [away.id, *left]
        assert ids(is_snoozed=True) == []
        assert run(store.handling.next_return()) is None
        assert sum(run(store.inbox.unread_counts()).values()) == 10
        back = run(store.inbox.get(away.id))
        assert (back.read_at, back.snoozed_until) == (None, NOON + HOUR)

    def test_pages_go_on_below_one_that_came_back(self, store, received, clock, run, ids) -> None:
        run(store.handling.snooze([received[8].id], clock.now() + HOUR))
        clock.advance(2 * HOUR.total_seconds())
        first = ids(is_snoozed=False, limit=3)
        assert first == [received[8].id, received[0].id, received[1].id]
        assert ids(is_snoozed=False, before=first[0], limit=2) == first[1:]
        assert ids(is_snoozed=False, before=first[-1]) == [
            card.id for card in received[2:] if card.id != received[8].id
        ]

    def test_a_date_finds_what_was_received_then_wherever_it_stands(self, store, received, clock, run, ids) -> None:
        run(store.handling.snooze([received[8].id], clock.now() + HOUR))
        clock.advance(2 * HOUR.total_seconds())
        oldest = {"until": NOON - timedelta(minutes=8)}
        assert ids(is_snoozed=False, **oldest) == [received[8].id, received[9].id]
        assert ids(is_snoozed=False, since=NOON - timedelta(minutes=2)) == [received[0].id, received[1].id]
        assert ids(search="accepted", **oldest) == [received[8].id, received[9].id]

    def test_putting_off_is_taken_back_whole(self, store, received, clock, run, ids) -> None:
        run(store.handling.mark_read([received[2].id]))
        before = run(store.inbox.cards())
        kept = run(store.handling.snooze([received[2].id, received[5].id], clock.now() + HOUR))
        again = run(store.handling.snooze([received[2].id], clock.now() + 3 * HOUR))
        run(store.handling.put_back(again))
        assert run(store.inbox.get(received[2].id)).snoozed_until == NOON + HOUR
        assert ids(is_snoozed=True) == [received[2].id, received[5].id]
        run(store.handling.put_back(kept))
        assert run(store.inbox.cards()) == before

    def test_what_was_handled_is_so_after_a_restart_and_a_rebuild(
        self, store, open_at, received, clock, company, run
    ) -> None:
        run(store.handling.pin([received[1].id]))
        run(store.handling.snooze([received[2].id], clock.now() + HOUR))
        run(store.handling.mark_read([received[3].id]))
        before = run(store.inbox.cards()), run(store.inbox.unread_counts())
        store.close_now()
        opened = open_at()
        assert (run(opened.inbox.cards()), run(opened.inbox.unread_counts())) == before
        asked = {card.frame: card for card in received}
        run(
            opened.inbox.rebuild(
                lambda found: item(found.id, company, found.received_at, category=asked[found.id].category)
            )
        )
        assert (run(opened.inbox.cards()), run(opened.inbox.unread_counts())) == before

    def test_all_of_a_list_is_marked_read_and_taken_back(self, store, received, clock, run, ids, monkeypatch) -> None:
        from desktop.store import handling
        from desktop.store.inbox_list import Asked

        monkeypatch.setattr(handling, "_AT_ONCE", 2)
        run(store.handling.mark_read([received[1].id]))
        alerts = [card.id for card in received if card.category is Category.ALERT]
        count, at = run(store.handling.mark_all(Asked(category=Category.ALERT)))
        assert count == len(set(alerts) - {received[1].id})
        assert ids(unread_only=True, category=Category.ALERT) == []
        assert run(store.inbox.unread_counts())[Category.ALERT] == 0
        rest, later = run(store.handling.mark_all(Asked()))
        assert rest + count == 9
        assert later != at
        run(store.handling.unmark_all(later))
        run(store.handling.unmark_all(at))
        assert ids(unread_only=True) == [card.id for card in received if card.id != received[1].id]

    def test_only_what_a_search_found_is_marked_and_nothing_put_off(self, store, company, received, clock, run) -> None:
        from desktop.store.inbox_list import Asked

        [id_] = run(store.frames.append([frame(company, NOON)]))
        [elk, *_] = run(store.inbox.add([item(id_, company, NOON, title="Elk", digest="elk")]))
        run(store.handling.snooze([received[0].id], clock.now() + HOUR))
        count, _ = run(store.handling.mark_all(Asked(), "elk"))
        assert (count, run(store.inbox.get(elk.id)).read_at is not None) == (1, True)
        count, _ = run(store.handling.mark_all(Asked(is_snoozed=False)))
        assert count == 9
        assert run(store.inbox.get(received[0].id)).read_at is None
        assert run(store.handling.kept()) == (0, 1)
        assert run(store.handling.kept("nobody")) == (0, 0)

    def test_what_comes_while_all_is_marked_stays_unread_only_if_it_came_after(self, store, received, run) -> None:
        from desktop.store.inbox_list import Asked

        count, _ = run(store.handling.mark_all(Asked(company="nobody")))
        assert count == 0
        assert sum(run(store.inbox.unread_counts()).values()) == 10
