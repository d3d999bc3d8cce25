"""The contract of `NumbersUsed`."""

from __future__ import annotations

from fakes.clock import NOON

from desktop.domain.lifecycle import Regime
from desktop.store.records import NewNumber


class TestNumbersUsed:
    def test_the_latest_use_of_each_number_is_found(self, store, company, clock, run) -> None:
        async def use(number: str, trip: str = "", regime=Regime.ACE, kind="trip") -> None:
            await store.numbers_used.add(company.id, regime, [NewNumber(kind, number)], trip=trip)

        run(use("A", "t1"))
        later = clock.advance(10)
        run(use("A", "t2"))
        run(use("A", "t1"))
        run(use("B"))
        run(use("C", regime=Regime.ACI))
        run(use("D", kind="control"))

        def find(*asked, **more):
            return run(store.numbers_used.find(company.id, Regime.ACE, *asked, **more))

        found = find("trip")
        assert set(found) == {"A", "B"}
        assert (found["A"].trip, found["A"].used_at) == ("t2", later)
        assert find("trip", without_trip="t2")["A"].used_at == NOON
        assert set(find("trip", ["B", "Z"])) == {"B"}
        assert find("trip", []) == {}
        assert set(find("control")) == {"D"}
        assert run(store.numbers_used.find("nobody", Regime.ACE, "trip")) == {}

    def test_numbers_are_brought_in_with_their_moments_and_keep_the_later(self, store, company, clock, run) -> None:
        later = clock.advance(10)

        def bring(moment) -> None:
            run(store.numbers_used.bring_in(company.id, Regime.ACE, [(NewNumber("control", "A"), moment)]))

        for moment, kept in ((NOON, NOON), (later, later), (NOON, later)):
            bring(moment)
            assert run(store.numbers_used.find(company.id, Regime.ACE, "control"))["A"].used_at == kept
