"""A stored message explained: the trip as it stands now, the other trip that is in the way, a button only where it can."""

import pytest
from fakes.messages import EVERY
from unit.services.world import good_gateway

from desktop.crossing.step import Does
from desktop.domain.lifecycle import Regime, Verdict
from desktop.services.explaining import Explaining

CCN = "cargoControlNumber"


async def sent(world, regime=Regime.ACI, **changes):
    trip = await world.trip(regime, **changes)
    world.socket.script = good_gateway
    await world.submit.send(trip.id)
    await world.deliver()
    world.clock.advance(60)
    return trip


def numbers(trip):
    name = CCN if trip.regime is Regime.ACI else "shipmentControlNumber"
    return [one[name] for one in trip.document["shipments"]]


async def told(world, value):
    await world.hear(value)
    item = (await world.store.inbox.cards(limit=1))[0]
    return await Explaining(world.store, lambda: world.lookups).message(item.id)


def test_a_shipment_on_another_trip_is_moved_by_one_plan(world, run) -> None:
    async def main() -> None:
        older = await world.trip(Regime.ACI, tripNumber="9SMP261120080000A")
        trip = await sent(world)
        message = await told(world, EVERY["aci-refused-linked"](trip.number, numbers(trip)))
        first, wait, again = message.steps
        assert (first.does, first.trip_id, first.other_id) == (Does.MOVE, trip.id, older.id)
        assert first.number == numbers(trip)[0]
        assert first.text == f"Move {numbers(trip)[0]} here from trip {older.number}"
        assert first.why == "Order matters: CBSA must let go of it there first, and one plan does both"
        assert first.button == "Move it here…"
        assert wait.does == ""
        assert (again.does, again.trip_id, again.takes) == (
            Does.SEND,
            trip.id,
            "an answer usually takes 2 to 4 min",
        )
        assert [(one.subject, bool(one.path)) for one in message.concerns] == [
            (trip.number, True),
            (older.number, False),
        ]
        assert message.now.startswith("The truck may not go now.")
        assert message.verdict is Verdict.STOP

    run(main())


def test_without_the_other_trip_here_no_button_pretends_to_open_it(world, run) -> None:
    async def main() -> None:
        trip = await sent(world)
        message = await told(world, EVERY["aci-refused-linked"](trip.number, numbers(trip)))
        assert [step.does for step in message.steps] == ["", "", Does.SEND]
        assert "an older trip" in message.steps[0].text

    run(main())


def test_the_other_trip_is_found_by_the_words_of_the_refusal(world, run) -> None:
    async def main() -> None:
        older = await world.trip(Regime.ACI, tripNumber="9SMP261120080000A", shipments=[])
        trip = await sent(world)
        value = EVERY["aci-refused-linked"](trip.number, numbers(trip))
        value["errorResponses"][0]["errorText"] = f"LINKED TO {older.number}"
        message = await told(world, value)
        assert message.steps[0].other_id == older.id

    run(main())


def test_an_office_that_is_not_the_trips_port_is_told_first(world, run) -> None:
    async def main() -> None:
        trip = await sent(world)
        message = await told(world, EVERY["rns-other_office"](trip.number, numbers(trip)))
        assert message.steps[0].does == Does.WRITE_BROKER
        assert message.steps[0].why == "The message names office 0440"
        right = await told(world, EVERY["rns-9"](trip.number, numbers(trip)))
        assert right.steps[0].does == Does.OPEN_TRIP

    run(main())


def test_a_release_of_a_number_nobody_knows_offers_its_shipment(world, run) -> None:
    async def main() -> None:
        trip = await sent(world)
        message = await told(world, EVERY["rns-nobody"](trip.number, numbers(trip)))
        assert message.now == "No trip here names 9SMPPARS900900."
        assert (message.steps[0].does, message.steps[0].number) == (Does.CREATE, "9SMPPARS900900")
        assert message.concerns == ()

    run(main())


def test_a_message_that_fits_two_trips_counts_for_none_and_says_which(world, run) -> None:
    async def main() -> None:
        one = await world.trip(Regime.ACI)
        two = await world.trip(Regime.ACI, tripNumber="9SMP261120080000A")
        message = await told(world, EVERY["rns-9"](one.number, numbers(one)))
        assert one.number in message.now
        assert two.number in message.now
        assert message.verdict is None
        assert {concern.trip_id for concern in message.concerns} == {one.id, two.id}
        assert {(step.does, step.trip_id) for step in message.steps[:2]} == {
            (Does.ASSIGN, one.id),
            (Does.ASSIGN, two.id),
        }

    run(main())


def test_a_release_does_not_say_go_while_the_trip_waits(world, run) -> None:
    async def main() -> None:
        trip = await sent(world, Regime.ACE)
        message = await told(world, EVERY["ace-code-1C"](trip.number, numbers(trip)))
        assert "released, unless another hold stands" in message.happened
        assert not message.now.startswith("As everything stands now, the truck may go")
        assert message.verdict is not Verdict.GO

    run(main())


def test_each_repeat_has_its_time_and_the_raw_stays_as_it_came(world, run) -> None:
    async def main() -> None:
        trip = await sent(world, Regime.ACE)
        value = b'{"data":"ACE_RESPONSE",  "tripNumber": "' + trip.number.encode() + b'", "tripStatus": "AAD"}'
        await told(world, value)
        world.clock.advance(7)
        message = await told(world, value)
        assert message.raw == value.decode()
        assert len(message.received) == 2
        assert (message.received[1] - message.received[0]).total_seconds() == 7
        assert message.eta is not None
        assert message.place

    run(main())


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_message_is_explained_and_every_button_has_what_it_needs(world, run, name) -> None:
    async def main() -> None:
        regime = Regime.ACI if name.startswith(("aci", "notice", "rns")) else Regime.ACE
        trip = await sent(world, regime)
        message = await told(world, EVERY[name](trip.number, numbers(trip)))
        assert message.happened
        for step in message.steps:
            assert bool(step.does) == bool(step.button)
            if step.does not in {"", Does.SETTINGS, Does.CREATE}:
                assert step.trip_id
            if step.does in {Does.OPEN_FIELD, Does.NEXT_NUMBER}:
                assert step.path
            assert "{" not in f"{step.text}{step.why}"

    run(main())
