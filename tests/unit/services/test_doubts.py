"""What nobody is sure of: the evidence is named, and only a person decides; never two sends of one message."""

from __future__ import annotations

import pytest
from unit.services.world import World, good_gateway, imported

from desktop.errors import DesktopError
from desktop.services.doubts import Doubts


def doubts(world: World) -> Doubts:
    return Doubts(world.store, world.starting, world.submit, world.changes, world.clock, world.courier.kick)


async def in_doubt(world: World, *, hold: bool = False):
    """A trip whose upload went out and was never answered."""
    trip = await world.trip()
    await world.submit.send(trip.id, hold=hold)
    await world.deliver()
    await world.courier.link_lost()
    return trip


def test_a_trip_without_doubt_has_nothing_to_decide(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        assert await doubts(world).of(trip.id) is None
        with pytest.raises(DesktopError, match=r"doubt\.settled"):
            await doubts(world).decide(trip.id, "it_arrived")

    run(main())


def test_the_evidence_is_named_and_doing_nothing_is_no_choice_of_the_service(world, run) -> None:
    async def main() -> None:
        trip = await in_doubt(world)
        view = await doubts(world).of(trip.id)
        assert view is not None
        assert (view.trip, view.goes_on) == (trip.number, True)
        assert "ACE_TRIP CREATE" in view.what
        assert [line.what for line in view.evidence] == [
            "delivery.IN_FLIGHT", "delivery.IN_FLIGHT", "delivery.UNCERTAIN",
        ]  # fmt: skip
        assert "connection lost before an answer" in view.evidence[-1].text
        assert view.choices == ("it_arrived", "send_as_update", "new_number", "give_up")
        assert await world.states(trip) == ["UNCERTAIN", "READY"]

    run(main())


def test_it_arrived_lets_the_rest_go_on(world, run) -> None:
    async def main() -> None:
        trip = await in_doubt(world)
        assert await doubts(world).decide(trip.id, "it_arrived") == trip.id
        world.socket.script = good_gateway
        await world.deliver()
        assert await world.states(trip) == ["ACKED", "ACKED"]
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP", "ACE_SEND_REQUEST"]

    run(main())


def test_a_request_to_file_is_never_sent_as_a_change(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        world.socket.script = lambda message: [imported(message)] if message["data"] == "ACE_TRIP" else []
        await world.submit.send(trip.id)
        await world.deliver()
        await world.courier.link_lost()
        view = await doubts(world).of(trip.id)
        assert view is not None
        assert (view.choices, view.goes_on) == (("it_arrived", "give_up"), False)
        assert "COMPLETE_TRIP_AND_SHIPMENTS" in view.what

    run(main())


@pytest.mark.parametrize(("hold", "sent"), [(False, ["ACE_TRIP", "ACE_SEND_REQUEST"]), (True, ["ACE_TRIP"])])
def test_sent_as_a_change_it_replaces_what_the_gateway_may_have(world, run, hold, sent) -> None:
    async def main() -> None:
        trip = await in_doubt(world, hold=hold)
        first = len(world.socket.sent)
        assert await doubts(world).decide(trip.id, "send_as_update") == trip.id
        world.socket.script = good_gateway
        await world.deliver()
        messages = world.socket.sent[first:]
        assert [message["data"] for message in messages] == sent
        assert messages[0]["operation"] == "UPDATE"
        assert messages[0]["autoSend"] is False
        assert (await world.lookups.trip(trip.id)).row.delivery == "delivered"
        assert await doubts(world).of(trip.id) is None

    run(main())


def test_a_trip_with_problems_cannot_go_as_a_change_and_nothing_moves(world, run) -> None:
    async def main() -> None:
        trip = await in_doubt(world)
        session = await world.editing.open(trip.id)
        session.set("/truck", {"number": "T1"})
        await session.flush()
        with pytest.raises(DesktopError, match=r"doubt\.not_ready"):
            await doubts(world).decide(trip.id, "send_as_update")
        assert await world.states(trip) == ["UNCERTAIN", "READY"]

    run(main())


def test_a_new_number_makes_a_draft_and_sends_nothing_more(world, run) -> None:
    async def main() -> None:
        trip = await in_doubt(world)
        sent = len(world.socket.sent)
        draft = await world.store.trips.get(await doubts(world).decide(trip.id, "new_number"))
        assert draft.id != trip.id
        assert "tripNumber" not in draft.document
        await world.deliver()
        assert len(world.socket.sent) == sent
        assert await world.states(trip) == ["CANCELLED", "CANCELLED"]
        assert (await world.lookups.trip(trip.id)).row.delivery == "not_sure"  # bytes went out: that stays true

    run(main())


def test_given_up_nothing_more_is_sent_and_a_late_answer_still_counts(world, run) -> None:
    async def main() -> None:
        trip = await in_doubt(world)
        upload = world.socket.sent[-1]
        await doubts(world).decide(trip.id, "give_up")
        await world.deliver()
        assert world.socket.sent[-1] is upload
        await world.hear(imported(upload))
        assert (await world.states(trip))[0] == "ACKED"

    run(main())
