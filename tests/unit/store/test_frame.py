"""The contract of `Frames`."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from fakes.clock import NOON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.lifecycle import Regime
from desktop.store import Gone
from desktop.store.company import CompanyFields
from desktop.store.records import NewFrame
from tests.unit.store.conftest import frame, item


class TestFrames:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(bodies=st.lists(st.binary(max_size=200), max_size=5))
    def test_every_byte_is_kept_in_order(self, store, company, run, bodies) -> None:
        ids = run(store.frames.append([NewFrame(company.id, "c", NOON, body, is_text=False) for body in bodies]))
        assert ids == sorted(set(ids))
        assert len(ids) == len(bodies)
        for id_, body in zip(ids, bodies, strict=True):
            found = run(store.frames.get(id_))
            assert (found.body, found.size, found.is_text) == (body, len(body), False)
            assert found.sha256 == hashlib.sha256(body).hexdigest()

    def test_a_batch_is_stored_whole_or_not_at_all(self, store, company, run) -> None:
        with pytest.raises(Exception, match="FOREIGN KEY"):
            run(store.frames.append([frame(company, NOON), NewFrame("nobody", "c", NOON, b"")]))
        assert run(store.frames.count()) == 0

    def test_frames_are_read_on_from_a_place(self, store, company, run) -> None:
        other = run(store.companies.add(CompanyFields("Other Sample"), is_practice=True))
        ids = run(store.frames.append([frame(of, NOON) for of in (company, other, company)]))
        assert [found.id for found in run(store.frames.since(0))] == ids
        assert [found.id for found in run(store.frames.since(ids[0]))] == ids[1:]
        assert [found.id for found in run(store.frames.since(0, company=company.id))] == [ids[0], ids[2]]
        assert [found.id for found in run(store.frames.since(0, limit=2))] == ids[:2]
        with pytest.raises(Gone):
            run(store.frames.get(99))

    def test_a_trip_hears_each_message_once(self, store, company, run) -> None:
        trips = [run(store.trips.add(Regime.ACE, {}, company=company.id)).id for _ in range(2)]
        ids = run(store.frames.append([frame(company, NOON + timedelta(seconds=n)) for n in range(3)]))
        run(store.inbox.add([item(ids[0], company, NOON, trip=trips[0], digest="same")]))
        run(store.inbox.add([item(ids[1], company, NOON, trip=trips[0], digest="same")]))
        run(store.inbox.add([item(ids[2], company, NOON + timedelta(seconds=2), trip=trips[0])]))
        found = run(store.frames.of_trips(trips))
        assert [heard.id for heard in found[trips[0]]] == [ids[0], ids[2]]
        assert found[trips[1]] == []
        assert run(store.frames.of_trip(trips[0])) == found[trips[0]]

    def test_what_a_stop_left_stored_but_not_understood_is_found(self, store, company, run) -> None:
        ids = run(store.frames.append([frame(company, NOON) for _ in range(3)]))
        run(store.inbox.add([item(ids[1], company, NOON)]))
        assert [found.id for found in run(store.frames.not_understood())] == [ids[0], ids[2]]
        assert [found.id for found in run(store.frames.not_understood(1))] == [ids[0]]
