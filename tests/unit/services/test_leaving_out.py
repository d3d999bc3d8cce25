"""What does not apply is kept, exported and shown, but never uploaded; and it is named before the send."""

from __future__ import annotations

from unit.services.world import World, good_gateway

from desktop.domain.lifecycle import Regime
from desktop.services.leaving_out import left_out_lines

DETAILS = {"type": "61", "paperInBondNumber": "12"}  # too short: nobody minds while it stays behind


async def with_details(world: World):
    trip = await world.trip()
    session = await world.editing.open(trip.id)
    session.set("/shipments/0/inBondDetails", DETAILS)
    await session.flush()
    return trip, session


def test_the_upload_omits_it_and_the_document_keeps_it(world, run) -> None:
    async def main() -> None:
        trip, session = await with_details(world)
        assert not any("inBondDetails" in issue.path for issue in session.issues)
        assert (await world.submit.send(trip.id)).outcome == "queued"
        await world.deliver()
        upload = world.socket.sent[0]
        assert "inBondDetails" not in upload["shipments"][0]
        assert upload["shipments"][0]["shipmentControlNumber"]
        assert (await world.store.trips.get(trip.id)).document["shipments"][0]["inBondDetails"] == DETAILS
        assert session.value("/shipments/0/inBondDetails") == DETAILS

    run(main())


def test_the_plan_names_it_with_the_reason(world, run) -> None:
    async def main() -> None:
        trip, session = await with_details(world)
        lines = (await world.submit.preview(trip.id)).consequences
        (said,) = [line for line in lines if line.startswith("Kept but left out when sending")]
        assert said.endswith("In-bond (type is PAPS)")
        session.set("/shipments/0/type", "IN_BOND")
        assert any("inBondDetails" in issue.path for issue in session.issues)
        assert not any("left out" in line for line in (await world.submit.preview(trip.id)).consequences)

    run(main())


def test_a_change_of_what_stays_behind_is_no_change_to_send(world, run) -> None:
    async def main() -> None:
        trip, session = await with_details(world)
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        session.set("/shipments/0/inBondDetails/type", "62")
        await session.flush()
        assert (await world.submit.preview(trip.id)).lines == ()
        session.set("/shipments/0/commodities/0/description", "Ceramic tiles")
        await session.flush()
        assert (await world.submit.preview(trip.id)).lines != ()

    run(main())


def test_words_name_the_regime_and_the_load() -> None:
    document = {"data": "ACE_TRIP", "containers": [], "drivers": [{"usAddress": {}}], "shipments": [{"type": "PAPS"}]}
    lines = left_out_lines(document, Regime.ACE)
    assert lines[0].endswith("(not in ACE)")
    assert lines[1].endswith("(the trip has shipments)")
