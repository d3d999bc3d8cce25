"""The contract of `Inbox`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes.clock import NOON

from desktop.domain.lifecycle import Category, Regime
from desktop.store import Gone
from desktop.store.company import CompanyFields
from desktop.store.inbox_batch import item_id
from tests.unit.store.conftest import frame, item


@pytest.fixture
def receive(store, company, run):
    """Store frames, and what they were understood as; return the items."""

    def receive(count: int = 1, *, at=NOON, of=company, **more):
        ids = run(store.frames.append([frame(of, at) for _ in range(count)]))
        return run(store.inbox.add([item(id_, of, at, **more) for id_ in ids]))

    return receive


class TestInbox:
    def test_an_item_is_found_as_it_was_given(self, store, company, receive, run) -> None:
        [made] = receive(control_number="SMPLX1")
        assert run(store.inbox.get(made.id)) == made
        assert (made.company, made.received_at, made.category) == (company.id, NOON, Category.ACCEPTED)
        assert (made.repeats, made.read_at, made.trip, made.control_number) == (1, None, None, "SMPLX1")
        with pytest.raises(Gone):
            run(store.inbox.get("nothing"))

    def test_what_is_not_recognised_has_neither_kind_nor_regime(self, store, receive, run) -> None:
        [made] = receive(kind=None, regime=None, category=Category.UNRECOGNISED, title="\ud800")
        assert (made.kind, made.regime, made.title) == (None, None, "?")

    def test_equal_messages_of_one_company_are_one_item_and_every_frame_stays(self, store, receive, run) -> None:
        other = run(store.companies.add(CompanyFields("Other Sample"), is_practice=True))
        first = receive(digest="same")[0]
        again = receive(digest="same", at=NOON + timedelta(seconds=5))[0]
        receive(digest="same", of=other)
        assert (again.id, again.repeats, again.received_at) == (first.id, 2, NOON)
        assert len(run(store.inbox.cards())) == 2
        frames = run(store.inbox.frames_of(first.id))
        assert [found.received_at for found in frames] == [NOON, NOON + timedelta(seconds=5)]
        assert run(store.frames.count()) == 3

    def test_adding_a_frame_again_after_a_stop_counts_it_once(self, store, company, receive, run) -> None:
        [made] = receive()
        assert run(store.inbox.add([item(made.frame, company, NOON)])) == [made]

    def test_what_comes_together_is_what_it_would_be_one_by_one(self, store, company, run) -> None:
        """Equal ones among them, one that was there, one given twice, every kind of text: each is as it is read back."""
        [was] = run(store.frames.append([frame(company, NOON)]))
        run(store.inbox.add([item(was, company, NOON, digest="was")]))
        ids = run(store.frames.append([frame(company, NOON + timedelta(microseconds=n * 1500)) for n in range(5)]))
        odd = {
            "title": '"Ünïx" \U0001f69b \n\t',
            "text": "[1]{}' ?1 \x1f",
            "control_numbers": ("SMPLA", "smpla", "SMPLB", ""),
        }
        given = [
            item(ids[0], company, NOON, digest="one", **odd),
            item(ids[1], company, NOON + timedelta(microseconds=1500), digest="two", kind=None, regime=None),
            item(ids[2], company, NOON, digest="one"),
            item(ids[3], company, NOON, digest="was"),
            item(ids[4], company, NOON, digest="five", title="a\0b"),
            item(ids[1], company, NOON, digest="two"),
            item(was, company, NOON, digest="was"),
        ]
        made = run(store.inbox.add(given))
        assert [run(store.inbox.get(one.id)) for one in made] == made
        assert [one.repeats for one in made] == [2, 1, 2, 2, 1, 1, 2]
        assert [one.id for one in made] == [made[place].id for place in (0, 1, 0, 3, 4, 1, 3)]
        assert (made[0].title, made[0].text, made[4].title) == (odd["title"], odd["text"], "a\ufffdb")
        assert run(store.frames.not_understood()) == []
        assert sum(run(store.inbox.unread_counts()).values()) == 4
        assert sorted(one.number for one in run(store.tracked.newest())) == ["SMPLA", "SMPLB"]

    def test_newest_first_in_pages_without_gap_or_repeat(self, store, receive, run) -> None:
        for second in range(3):
            receive(7, at=NOON + timedelta(seconds=second))
        everything = [card.frame for card in run(store.inbox.cards(limit=1000))]
        assert everything == sorted(everything, reverse=True)
        paged, before = [], None
        while page := run(store.inbox.cards(before=before, limit=4)):
            paged += [card.frame for card in page]
            before = page[-1].id
        assert paged == everything

    def test_filters_narrow_and_may_be_joined(self, store, company, receive, run) -> None:
        trip = run(store.trips.add(Regime.ACE, {}, company=company.id))
        [accepted] = receive(title="Accepted 50%", trip=trip.id)
        [rejected] = receive(category=Category.REJECTED, title="Rejected", text="BAD_VIN", control_number="SMPLX9")
        run(store.handling.mark_read([accepted.id]))

        def ids(**asked):
            return [card.id for card in run(store.inbox.cards(**asked))]

        assert ids() == [rejected.id, accepted.id]
        assert ids(category=Category.REJECTED) == [rejected.id]
        assert ids(unread_only=True) == [rejected.id]
        assert ids(trip=trip.id) == [accepted.id]
        assert ids(company="nobody") == []
        assert ids(company=company.id, category=Category.ACCEPTED, unread_only=True) == []
        assert ids(search="ACCEPTED 50%") == [accepted.id]
        assert ids(search="%") == [rejected.id, accepted.id]
        assert ids(search="d_v") == []
        assert ids(search="vin") == [rejected.id]
        assert ids(search="smplx9") == [rejected.id]
        assert ids(search="ACE_RESPONSE smpl0001") == [rejected.id, accepted.id]

    def test_unread_is_counted_by_category_and_marked_either_way(self, store, company, receive, clock, run) -> None:
        first, second = receive(2)
        receive(category=Category.ALERT)
        counts = run(store.inbox.unread_counts())
        assert (counts[Category.ACCEPTED], counts[Category.ALERT], counts[Category.RNS]) == (2, 1, 0)
        assert set(counts) == set(Category)
        assert run(store.handling.mark_read([first.id, second.id])) == [first.id, second.id]
        assert run(store.handling.mark_read([first.id, "nothing"])) == []
        assert run(store.inbox.get(first.id)).read_at == clock.now()
        assert run(store.inbox.unread_counts(company.id))[Category.ACCEPTED] == 0
        assert run(store.inbox.unread_counts("nobody"))[Category.ALERT] == 0
        assert run(store.handling.mark_read([second.id], is_read=False)) == [second.id]
        assert run(store.inbox.get(second.id)).read_at is None

    def test_a_message_that_came_before_its_trip_is_given_to_it(self, store, company, receive, run) -> None:
        [by_trip] = receive(trip_number="SMPL0007")
        [by_shipment] = receive(trip_number="", control_number="SMPLX1")
        [other_trip] = receive(trip_number="SMPL0008", control_number="SMPLX1")
        [other_regime] = receive(trip_number="SMPL0007", regime=Regime.ACI)
        [nameless] = receive(trip_number="")
        trip = run(store.trips.add(Regime.ACE, {}, company=company.id))

        def link(**more):
            given = {"company": company.id, "regime": Regime.ACE, "trip_number": "SMPL0007"}
            return run(store.inbox.link(trip.id, **(given | more)))

        assert link(company="nobody") == []
        assert link(control_numbers=["SMPLX1", ""]) == [by_trip.id, by_shipment.id]
        assert link(control_numbers=["SMPLX1"]) == []
        assert link(trip_number="") == []
        assert {card.id for card in run(store.inbox.cards(trip=trip.id))} == {by_trip.id, by_shipment.id}
        for left in (other_trip, other_regime, nameless):
            assert run(store.inbox.get(left.id)).trip is None
        assert [found.id for found in run(store.frames.of_trip(trip.id))] == [by_trip.frame, by_shipment.frame]

    def test_the_handshake_is_understood_and_no_item(self, store, company, run) -> None:
        [shake, lost] = run(store.frames.append([frame(company, NOON), frame(company, NOON)]))
        assert run(store.inbox.add([], not_items=[shake])) == []
        assert run(store.inbox.cards()) == []
        assert [found.id for found in run(store.frames.not_understood())] == [lost]

    def test_it_is_built_anew_from_the_frames_alone(self, store, company, receive, run) -> None:
        trip = run(store.trips.add(Regime.ACE, {"tripNumber": "SMPL0001"}, company=company.id))
        receive(2, digest="same")
        [read] = receive()
        [silent] = run(store.frames.append([frame(company, NOON)]))
        run(store.handling.mark_read([read.id]))
        run(store.inbox.link(trip.id, company=company.id, regime=Regime.ACE, trip_number="SMPL0001"))
        before = run(store.inbox.cards())

        def derive(found):
            if found.id == silent:
                return None
            return item(found.id, company, NOON, digest="same" if found.id <= 2 else f"digest {found.id}")

        assert run(store.inbox.rebuild(derive)) == 2
        assert run(store.inbox.cards()) == before
        assert run(store.frames.not_understood()) == []

        def derive_otherwise(found):
            return item(found.id, company, NOON, digest="one", title="Read anew")

        assert run(store.inbox.rebuild(derive_otherwise)) == 1
        assert [(card.title, card.repeats) for card in run(store.inbox.cards())] == [("Read anew", 4)]

    def test_a_rebuild_that_fails_leaves_everything(self, store, company, receive, run) -> None:
        receive(3)
        before = run(store.inbox.cards())

        def derive(found):
            if found.id == 2:
                raise ZeroDivisionError
            return item(found.id, company, NOON, title="Read anew")

        with pytest.raises(ZeroDivisionError):
            run(store.inbox.rebuild(derive))
        assert run(store.inbox.cards()) == before


def test_ids_are_the_same_each_time_and_sort_by_receipt_then_frame() -> None:
    ids = [item_id(1, "c", NOON), item_id(2, "c", NOON), item_id(300, "c", NOON)]
    ids += [item_id(4, "c", NOON + timedelta(milliseconds=1))]
    assert ids == sorted(ids)
    assert item_id(1, "c", NOON) == ids[0]
    assert item_id(1, "d", NOON) != ids[0]
