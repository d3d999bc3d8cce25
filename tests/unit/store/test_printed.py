"""The contract of `Printed`."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.lifecycle import Regime, Way

SHOWN = {"eta": "2026-11-24 13:30:00", "seals": ["1"]}


def _trip(store, run, company):
    document = {"data": "ACE_TRIP", "tripNumber": "SMPL0001"}
    return run(store.trips.add(Regime.ACE, document, {}, company=company.id)).id


class TestPrinted:
    def test_a_sheet_is_found_as_it_was_printed_and_outlives_a_restart(
        self, open_at, store, company, run, clock
    ) -> None:
        trip = _trip(store, run, company)
        made = run(store.printed.add(trip, "summary", way=Way.PDF, version=7, is_draft=True, shown=SHOWN, says_go=True))
        assert (made.trip, made.sheet, made.way, made.version, made.is_draft) == (trip, "summary", "pdf", 7, True)
        assert made.says_go
        assert (made.shown, made.at) == (SHOWN, clock.now())
        store.close_now()
        assert run(open_at().printed.of_trip(trip)) == [made]

    def test_everything_is_kept_in_its_order(self, store, company, run, clock) -> None:
        trip = _trip(store, run, company)
        made = []
        for version, way in ((1, Way.PRINTER), (2, Way.EMAIL), (2, Way.PDF)):
            made.append(run(store.printed.add(trip, "summary", way=way, version=version, is_draft=False, shown={})))
            clock.advance(1)
        assert run(store.printed.of_trip(trip)) == made
        assert made[2].at - made[0].at == timedelta(seconds=2)

    def test_the_newest_of_each_kind_counts_also_within_one_moment(self, store, company, run) -> None:
        trip, other, bare = (_trip(store, run, company) for _ in range(3))
        for _ in range(20):
            run(store.printed.add(trip, "summary", way=Way.PDF, version=1, is_draft=True, shown={}))
        newest = run(store.printed.add(trip, "summary", way=Way.PDF, version=2, is_draft=False, shown={}))
        labels = run(store.printed.add(trip, "labels", way=Way.PDF, version=1, is_draft=False, shown={}))
        theirs = run(store.printed.add(other, "summary", way=Way.PDF, version=1, is_draft=False, shown={}))
        found = run(store.printed.newest_of_trips([trip, other, bare]))
        assert found == {trip: [newest, labels], other: [theirs]}
        assert run(store.printed.newest_of_trips([])) == {}
