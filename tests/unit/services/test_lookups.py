"""The list of trips counts what the editor counts, and again when what it depends on changes."""

from __future__ import annotations

import pytest
from unit.services.world import World

from desktop.domain.lifecycle import Regime
from desktop.services.lookups import Lookups
from desktop.services.views import Subject
from desktop.validation.issue import Severity

ODD = [
    {},
    {"usPortOfArrival": "9999"},
    {"truck": {"number": "T1"}},
    {"drivers": []},
    {"trailers": [{"number": "53001", "type": "TL"}]},
    {"estimatedArrivalDateTime": "2020-01-01 10:00:00"},
]


@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("changes", ODD)
def test_the_list_counts_what_the_editor_counts(world: World, run, regime, changes) -> None:
    async def main() -> None:
        trip = await world.trip(regime, **changes)
        await world.trip(regime, tripNumber=f"{trip.number[:-1]}Z")  # one more that uses the same shipment numbers
        row = (await world.lookups.trip(trip.id)).row
        session = await world.editing.open(trip.id)
        found = [issue.severity for issue in session.issues]
        assert (row.errors, row.warnings) == (found.count(Severity.ERROR), found.count(Severity.WARNING))
        preview = await world.submit.preview(trip.id)
        assert (preview.errors, preview.warnings) == (row.errors, row.warnings)
        await session.close()

    run(main())


def test_library_and_carriers_make_it_look_again(world: World, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        lookups = Lookups(world.store, world.border, world.server_errors, world.facts, world.clock, world.changes)
        await lookups.trip(trip.id)
        lookups._checked = {key: (stamp, (7, 7)) for key, (stamp, _) in lookups._checked.items()}
        assert (await lookups.trip(trip.id)).row.errors == 7  # kept
        world.changes.announce(Subject.LIBRARY, ["x"])
        assert (await lookups.trip(trip.id)).row.errors != 7

    run(main())


def test_a_stop_that_was_passed_stands_in_the_history_with_its_reason(world: World, run) -> None:
    """Whoever asks months later reads why a used number was taken all the same (domain 3.2)."""

    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        said = {"reason": "The old load was cancelled", "at": world.clock.now().isoformat()}
        session.set_local("overrides", {"AAAA754321|C03": said, "odd": 5})
        await session.flush()
        lines = [line for line in (await world.lookups.trip(trip.id)).history if line.what == "override"]
        assert [(line.at, line.text) for line in lines] == [
            (world.clock.now(), "AAAA754321 used all the same: The old load was cancelled")
        ]
        await session.close()

    run(main())
