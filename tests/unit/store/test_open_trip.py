"""The contract of `OpenTrips`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.lifecycle import Regime
from desktop.store.open_trip import OpenTrip


@pytest.fixture
def trips(store, run) -> list[str]:
    """Three trips; the second bears a number."""
    return [run(store.trips.add(regime, {"tripNumber": number})).id for regime, number in (
        (Regime.ACE, ""), (Regime.ACI, "1234SAMPLE"), (Regime.ACE, ""),
    )]  # fmt: skip


class TestOpenTrips:
    def test_nothing_is_open_at_first(self, store, run) -> None:
        assert run(store.open_trips.all()) == []

    def test_they_come_back_in_order_with_their_caret_and_what_a_tab_says(self, store, trips, run) -> None:
        first, second, _ = trips
        rows = [OpenTrip(second, "1 2 640 480", "/drivers/0/firstName", 3, is_current=True), OpenTrip(first)]
        run(store.open_trips.keep(rows))
        assert run(store.open_trips.all()) == [
            replace(rows[0], number="1234SAMPLE", regime=Regime.ACI),
            replace(rows[1], number="", regime=Regime.ACE),
        ]

    def test_what_is_closed_is_forgotten_and_the_rest_keeps_its_order(self, store, trips, run) -> None:
        run(store.open_trips.keep([OpenTrip(trip) for trip in trips]))
        run(store.open_trips.keep([OpenTrip(trips[2]), OpenTrip(trips[0])]))
        assert [row.trip for row in run(store.open_trips.all())] == [trips[2], trips[0]]

    def test_only_rows_that_differ_are_written(self, store, trips, clock, run) -> None:
        def times() -> list[str]:
            return run(
                store._reader.read(
                    lambda db: db.execute("SELECT updated_at FROM open_trips ORDER BY position").fetchall()
                )
            )

        run(store.open_trips.keep([OpenTrip(trips[0]), OpenTrip(trips[1])]))
        before = times()
        clock.advance(1)
        run(store.open_trips.keep([OpenTrip(trips[0]), OpenTrip(trips[1], caret=1)]))
        after = times()
        assert after[0] == before[0]
        assert after[1] != before[1]

    def test_a_deleted_trip_is_left_out_and_comes_back_with_the_trip(self, store, trips, run) -> None:
        run(store.open_trips.keep([OpenTrip(trips[0]), OpenTrip(trips[1])]))
        run(store.trips.delete(trips[0]))
        assert [row.trip for row in run(store.open_trips.all())] == [trips[1]]
        run(store.trips.undelete(trips[0]))
        assert len(run(store.open_trips.all())) == 2

    def test_a_trip_that_is_not_there_is_left_out(self, store, trips, run) -> None:
        run(store.open_trips.keep([OpenTrip("nobody"), OpenTrip(trips[0])]))
        assert [row.trip for row in run(store.open_trips.all())] == [trips[0]]

    def test_half_characters_in_a_pointer_do_no_harm(self, store, trips, run) -> None:
        run(store.open_trips.keep([OpenTrip(trips[0], pointer="/\ud800")]))
        assert [row.pointer for row in run(store.open_trips.all())] == ["/?"]
