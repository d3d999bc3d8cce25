"""Where trips stand: folded from the stored frames each time, whatever came and in whatever order."""

from __future__ import annotations

import itertools

from unit.services.world import ACE_FILED, ace_accepted, good_gateway, imported

from desktop.services.border import transmitted_at
from desktop.services.recovering import Recovering


def test_the_order_of_receipt_does_not_matter(world, run) -> None:
    async def main() -> None:
        base = world.document()["tripNumber"]
        found = set()
        for place, order in enumerate(itertools.permutations(range(3))):
            number = f"{base[:-2]}{place:02d}"
            trip = await world.trip(tripNumber=number)
            refused = ace_accepted({"type": ACE_FILED, "tripNumber": number})
            refused["processingResponse"] = {"shipmentsRejected": 2, "shipmentsAccepted": 0}
            refused["dateTime"] = refused["cbpDateTime"] = "2026-11-24 06:00:00"
            frames = [refused, ace_accepted({"type": ACE_FILED, "tripNumber": number}), b"garbage"]
            for one in order:
                await world.hear(frames[one])
            found.add((await world.border.of_trip(trip)).customs)
        assert found == {"on_file"}

    run(main())


def test_a_trip_is_transmitted_from_the_moment_it_was_handed_over(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        assert transmitted_at(await world.rows(trip)) is None
        world.socket.script = lambda m: [imported(m)] if m["data"] == "ACE_TRIP" else []
        await world.submit.send(trip.id)
        await world.deliver()
        rows = await world.rows(trip)
        assert transmitted_at(rows) == rows[1].claimed_at
        assert (await world.border.of_trip(trip)).customs == "transmitted"
        assert not await world.border.has_answered(trip, rows[1])
        await world.hear(good_gateway(world.socket.sent[1])[0])
        assert await world.border.has_answered(trip, (await world.rows(trip))[1])

    run(main())


def test_what_was_never_claimed_was_never_answered(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        await world.hear(ace_accepted({"type": ACE_FILED, "tripNumber": trip.number}))
        assert not await world.border.has_answered(trip, (await world.rows(trip))[1])

    run(main())


def test_old_frames_are_read_again_when_they_were_dropped_from_memory(world, run, monkeypatch) -> None:
    monkeypatch.setattr("desktop.services.border._KEPT", 1)

    async def main() -> None:
        trip = await world.trip()
        await world.hear(ace_accepted({"type": ACE_FILED, "tripNumber": trip.number}))
        await world.hear(
            ace_accepted({"type": ACE_FILED, "tripNumber": trip.number}) | {"dateTime": "2026-11-24 08:00:00"}
        )
        for _ in range(2):
            assert (await world.border.of_trip(trip)).customs == "on_file"
        assert len(world.border._heard) == 1

    run(main())


def test_a_refusal_points_to_its_shipment_though_one_above_it_has_no_number_yet(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        number = trip.document["shipments"][0]["shipmentControlNumber"]
        document = {**trip.document, "shipments": [{}, *trip.document["shipments"]]}
        trip = await world.store.trips.save(trip.id, document, {}, version=trip.version)
        said = {"description": f"SCN {number} TOO LONG"}
        await world.hear({"data": "ACE_RESPONSE", "tripNumber": trip.number, "validationResponses": [said]})
        assert (await world.border.of_trip(trip)).errors[0].path == "/shipments/1/shipmentControlNumber"
        (found,) = await Recovering(world.store, world.border).of_trip(trip.id)
        assert (found.number, found.path) == (number, "/shipments/1/shipmentControlNumber")

    run(main())
