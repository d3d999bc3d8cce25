"""Plans of several steps: each waits for its answer, nothing goes after a refusal, and nothing goes twice."""

from __future__ import annotations

import pytest
from unit.services.customs import Customs, edit, filed
from unit.services.world import World

from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import Regime

CANCEL, FILE = "CANCEL_TRIP_AND_SHIPMENTS", "COMPLETE_TRIP_AND_SHIPMENTS"
REFILES = [
    ("/estimatedArrivalDateTime", "2026-11-25 10:30:00", "UPDATE"),
    ("/shipments/0/shipmentControlNumber", "SMPL00000001", "UPDATE"),
    ("/tripNumber", "SMPL99999999", "CREATE"),
]


@pytest.mark.parametrize(("pointer", "value", "operation"), REFILES)
def test_what_cbp_takes_no_change_of_is_cancelled_and_filed_again(world: World, run, pointer, value, operation) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await edit(world, trip, pointer, value)
        preview = await world.submit.preview(trip.id)
        assert [(line.waits_for, line.trip) for line in preview.lines] == [
            ("", trip.number), ("customs", preview.trip), ("", preview.trip),
        ]  # fmt: skip
        result = await world.submit.send(trip.id)
        assert result.outcome == "queued"
        await world.deliver()
        after = value if pointer == "/tripNumber" else trip.number
        assert customs.names() == [(CANCEL, trip.number), (operation, after), (FILE, after)]
        shipments = world.socket.sent[1]["shipments"]
        assert {one["operation"] for one in shipments} == {"UPDATE"}
        crossing = await world.border.of_trip(await world.store.trips.get(trip.id))
        assert (crossing.customs, crossing.is_filed) == ("on_file", True)

    run(main())


def test_a_change_of_what_cbsa_has_needs_its_reasons(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs, Regime.ACI)
        await edit(world, trip, "/truck/number", "T9")
        preview = await world.submit.preview(trip.id)
        assert [one.what for one in preview.reasons] == ["trip"]
        assert "40" in [code for code, _ in preview.reasons[0].codes]
        assert (await world.submit.send(trip.id)).outcome == "not_ready"
        assert (await world.submit.send(trip.id, trip_reason="40")).outcome == "queued"
        await world.deliver()
        assert customs.names() == [("UPDATE", trip.number), ("AMEND", trip.number)]
        assert world.socket.sent[1]["tripAmendmentReasonCode"] == "40"
        assert "shipmentAmendmentReasonCode" not in world.socket.sent[1]

    run(main())


@pytest.mark.parametrize("regime", Regime)
def test_a_trip_is_cancelled(world: World, run, regime) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs, regime)
        assert len((await world.submit.preview(trip.id, intent=Intent.CANCEL)).lines) == 1
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.deliver()
        assert len(customs.names()) == 1
        assert (await world.border.of_trip(trip)).customs == "cancelled"
        assert (await world.submit.preview(trip.id, intent=Intent.CANCEL)).blocked

    run(main())
