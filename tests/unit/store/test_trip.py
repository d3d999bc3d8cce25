"""The contract of `Trips`."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from fakes.clock import NOON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.documents import MISSING
from desktop.domain.lifecycle import Regime
from desktop.store import Conflict, Gone
from desktop.store.records import NewTrip, UndoStep, UndoTail

ETA = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)

texts = st.text(st.characters(), max_size=20)  # lone surrogates, NUL and all
numbers = st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
documents = st.dictionaries(
    st.sampled_from(["tripNumber", "usPortOfArrival", "estimatedArrivalDateTime", "shipments"]) | texts,
    values,
    max_size=6,
)


class TestTrips:
    def test_a_new_trip_is_found_again_as_it_was_given(self, store, company, run) -> None:
        document = {"tripNumber": "SMPL0001", "usPortOfArrival": "3801", "unknown": {"b": 1, "a": [None, 1.5]}}
        made = run(store.trips.add(Regime.ACE, document, {"note": "ü"}, company=company.id, eta_utc=ETA))
        found = run(store.trips.get(made.id))
        assert found == made
        assert (found.version, found.number, found.port, found.eta_utc) == (1, "SMPL0001", "3801", ETA)
        assert found.document == document
        assert list(found.document["unknown"]) == ["b", "a"]
        assert found.local == {"note": "ü"}

    def test_many_are_kept_together_or_not_at_all(self, store, company, run) -> None:
        new = [NewTrip(Regime.ACE, {"tripNumber": f"SMPL000{place}"}, company.id, ETA) for place in range(3)]
        made = run(store.trips.add_all(new))
        assert [trip.number for trip in made] == ["SMPL0000", "SMPL0001", "SMPL0002"]
        assert [run(store.trips.get(trip.id)) for trip in made] == made
        with pytest.raises(sqlite3.IntegrityError):
            run(store.trips.add_all([*new, NewTrip(Regime.ACE, {}, "no such company")]))
        assert len(run(store.trips.latest())) == 3

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(regime=st.sampled_from(Regime), document=documents, local=documents)
    def test_any_document_is_saved_without_loss(self, store, run, regime, document, local) -> None:
        made = run(store.trips.add(regime, document, local))
        read = run(store.trips.get(made.id))
        assert repr(read.document) == repr(document)
        assert repr(read.local) == repr(local)
        saved = run(store.trips.save(made.id, local, document, version=1))
        assert repr((saved.document, saved.local)) == repr((local, document))
        assert run(store.trips.latest(limit=10_000))[-1].version

    def test_a_draft_needs_no_company_and_gets_one_later(self, store, company, run) -> None:
        made = run(store.trips.add(Regime.ACI, {}))
        assert (made.company, made.number, made.port, made.eta_local) == ("", "", "", "")
        saved = run(store.trips.save(made.id, {"portOfEntry": "0427"}, {}, version=1, company=company.id))
        assert (saved.company, saved.port, saved.version) == (company.id, "0427", 2)

    def test_a_save_upon_an_older_version_changes_nothing(self, store, run) -> None:
        made = run(store.trips.add(Regime.ACE, {"tripNumber": "A"}))
        run(store.trips.save(made.id, {"tripNumber": "B"}, {}, version=1))
        with pytest.raises(Conflict) as refused:
            run(store.trips.save(made.id, {"tripNumber": "C"}, {}, version=1))
        assert refused.value.current == 2
        assert run(store.trips.get(made.id)).number == "B"

    def test_what_is_not_there_is_said(self, store, run) -> None:
        for work in (
            store.trips.get("nothing"),
            store.trips.save("nothing", {}, {}, version=1),
            store.trips.delete("nothing"),
            store.trips.undelete("nothing"),
            store.trips.freeze_version("nothing"),
            store.trips.version("nothing", 1),
        ):
            with pytest.raises(Gone):
                run(work)

    def test_undo_steps_outlive_a_restart_with_nothing_and_null_told_apart(self, store, open_at, run) -> None:
        made = run(store.trips.add(Regime.ACE, {}))
        steps = [UndoStep(f"/{n}", MISSING, None, NOON) for n in range(3)]
        run(store.trips.save(made.id, {}, {}, version=1, undo=UndoTail(0, steps, 3)))
        other = UndoStep("/x", None, [1], NOON)
        run(store.trips.save(made.id, {}, {}, version=2, undo=UndoTail(1, [other], 2)))
        run(store.trips.save(made.id, {}, {}, version=3, undo=UndoTail(2, [], 1)))
        again = open_at(read_only=True)
        assert run(again.trips.undo_steps(made.id)) == [steps[0], other]
        assert run(again.trips.get(made.id)).undo_position == 1

    def test_a_deleted_trip_leaves_the_lists_and_comes_back(self, store, run) -> None:
        made = run(store.trips.add(Regime.ACE, {"tripNumber": "SMPL0001", "shipments": [{}]}))
        run(store.trips.delete(made.id))
        assert run(store.trips.latest()) == []
        assert run(store.trips.by_number("SMPL0001")) == []
        assert run(store.shipments.latest()) == []
        deleted = run(store.trips.latest(is_deleted=True))
        assert [trip.id for trip in deleted] == [made.id]
        assert deleted[0].deleted_at == NOON
        run(store.trips.undelete(made.id))
        assert run(store.trips.latest()) == [made]

    def test_a_number_is_found_in_any_case_newest_first(self, store, company, clock, run) -> None:
        first = run(store.trips.add(Regime.ACE, {"tripNumber": "SMPL0001"}, company=company.id))
        clock.advance(1)
        second = run(store.trips.add(Regime.ACI, {"tripNumber": "SMPL0001"}))
        assert run(store.trips.by_number("smpl0001")) == [second, first]
        assert run(store.trips.by_number("SMPL0001", company=company.id)) == [first]
        assert run(store.trips.by_number("SMPL0001", regime=Regime.ACI)) == [second]
        assert run(store.trips.by_number("SMPL")) == []

    def test_the_list_goes_by_arrival_and_drafts_without_one_stand_last(self, store, run) -> None:
        async def add(number: str, eta_local: object, eta_utc: datetime | None = None) -> None:
            document = {"tripNumber": number, "estimatedArrivalDateTime": eta_local}
            await store.trips.add(Regime.ACE, document, eta_utc=eta_utc)

        async def numbers(**asked) -> list[str]:
            return [trip.number for trip in await store.trips.latest(**asked)]

        run(add("none", None))
        run(add("late", "2026-11-26 09:00:00", ETA + timedelta(days=1)))
        run(add("zone unknown", "2026-11-25 20:00"))
        run(add("words", "tomorrow"))
        run(add("early", "2026-11-25 09:00:00", ETA))
        found = run(numbers())
        assert found[:3] == ["early", "zone unknown", "late"]
        assert set(found[3:]) == {"none", "words"}
        assert run(numbers(limit=3)) == found[2:]

    def test_search_finds_all_words_and_takes_wildcards_as_they_are(self, store, company, run) -> None:
        document = {"tripNumber": "SMPL100%_", "drivers": [{"lastName": "MÜLLER"}], "truck": {"number": "2013"}}
        made = run(store.trips.add(Regime.ACE, document, company=company.id))
        run(store.trips.add(Regime.ACI, {"tripNumber": "SMPL1000"}))
        assert run(store.trips.latest(search="müller 2013")) == [made]
        assert run(store.trips.latest(search="100%_")) == [made]
        assert run(store.trips.latest(search="%")) == [made]
        assert run(store.trips.latest(search="2013 nobody")) == []
        assert run(store.trips.latest(company=company.id)) == [made]
        assert [trip.number for trip in run(store.trips.latest(regime=Regime.ACI))] == ["SMPL1000"]

    def test_a_frozen_version_stays_as_it_was(self, store, clock, run) -> None:
        made = run(store.trips.add(Regime.ACE, {"tripNumber": "A"}, {"note": 1}))
        frozen = run(store.trips.freeze_version(made.id))
        clock.advance(5)
        assert run(store.trips.freeze_version(made.id)) == frozen
        run(store.trips.save(made.id, {"tripNumber": "B"}, {}, version=1))
        assert run(store.trips.version(made.id, 1)) == frozen
        assert (frozen.document, frozen.local, frozen.at) == ({"tripNumber": "A"}, {"note": 1}, NOON)
        with pytest.raises(Gone):
            run(store.trips.version(made.id, 2))
