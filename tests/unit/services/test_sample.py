"""The practice folder's sample data: sound trips of a sample carrier, once."""

from __future__ import annotations

from desktop.domain.lifecycle import Regime
from desktop.services.sample import fill_practice


def test_a_new_practice_folder_is_filled_once(bare, run) -> None:
    async def main() -> None:
        for _ in range(2):
            await fill_practice(bare.store, bare.clock)
        (company,) = await bare.store.companies.all()
        assert company.is_practice
        rows = await bare.lookups.trips()
        assert len(rows) == 3
        assert sorted(row.errors > 0 for row in rows) == [False, False, True], "one is unfinished on purpose"
        assert all(row.eta.moment is not None for row in rows)
        for kind in ("driver", "truck", "trailer", "partner"):
            assert await bare.library.items(kind)
        standings = await bare.store.number_ranges.standings(company.id)
        assert len(standings) == 5
        assert {(one.range.regime, one.range.kind) for one in standings} == {
            (regime, kind) for regime in Regime for kind in ("trip", "control")
        }
        assert all(one.left == one.range.series.size for one in standings)
        assert any(one.range.driver for one in standings)

    run(main())


def test_a_folder_with_a_carrier_is_left_alone(world, run) -> None:
    run(fill_practice(world.store, world.clock))
    assert run(world.lookups.trips()) == []
