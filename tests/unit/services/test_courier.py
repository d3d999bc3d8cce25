"""The courier: one message at a time, claimed before its bytes, answered after the frame, never blindly again."""

from __future__ import annotations

import json

import pytest
from unit.services.world import ACE_FILED, World, ace_accepted, data_error, good_gateway, imported

from desktop.domain.lifecycle import OutboxState, Regime
from desktop.errors import EnvironmentFailure
from desktop.services.courier import TICK_S


async def sent_upload(world: World):
    """A trip whose upload is on the line."""
    trip = await world.trip()
    await world.submit.send(trip.id)
    await world.deliver()
    assert await world.states(trip) == ["IN_FLIGHT", "READY"]
    return trip


async def tick(world: World, seconds: float) -> None:
    world.clock.advance(seconds)
    await world.courier._pass_time()
    await world.deliver()


def test_the_claim_is_on_the_disk_before_the_first_byte(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        seen = []

        async def look(payload: bytes) -> None:
            (row, _) = await world.rows(trip)
            seen.append(
                (
                    row.state,
                    row.attempts,
                    row.epoch,
                    row.claimed_at,
                    await world.store.outbox.payload(row.id) == payload,
                )
            )

        world.socket.before_bytes = look
        await world.deliver()
        assert seen == [(OutboxState.IN_FLIGHT, 1, 1, world.clock.now().replace(second=0), True)]
        (row, _) = await world.rows(trip)
        assert row.written_at is not None

    run(main())


def test_an_answer_counts_only_once_its_frame_is_stored(world, run, monkeypatch) -> None:
    async def main() -> None:
        trip = await sent_upload(world)

        async def full(batch):
            raise EnvironmentFailure("store.disk_full")

        monkeypatch.setattr(world.store.frames, "append", full)
        with pytest.raises(EnvironmentFailure):
            await world.hear(imported(world.socket.sent[0]))
        assert await world.states(trip) == ["IN_FLIGHT", "READY"]
        monkeypatch.undo()
        await world.hear(imported(world.socket.sent[0]))
        line = (await world.store.delivery_log.of_trip(trip.id))[-1]
        assert (line.to_state, line.frame) == ("ACKED", 1)

    run(main())


def test_one_message_at_a_time_and_in_order(world, run) -> None:
    async def main() -> None:
        first, second = await world.trip(), await world.trip(Regime.ACI)
        await world.submit.send(first.id)
        world.clock.advance(1)
        await world.submit.send(second.id)
        await world.deliver()
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP"]
        await world.hear(imported(world.socket.sent[0]))
        await world.deliver()
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP", "ACE_SEND_REQUEST"]
        await world.hear(ace_accepted(world.socket.sent[1]))
        await world.deliver()
        assert world.socket.sent[2]["data"] == "ACI_TRIP"
        assert await world.states(first) == ["ACKED", "ACKED"]

    run(main())


def test_what_was_not_written_waits_again_as_if_never_tried(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)

        async def closes(_: bytes) -> None:
            world.socket.is_open = False

        world.socket.before_bytes = closes
        await world.deliver()
        (row, _) = await world.rows(trip)
        assert (row.state, row.attempts, row.claimed_at, row.written_at) == ("READY", 0, None, None)
        assert (await world.lookups.trip(trip.id)).row.delivery == "not_sent"
        world.socket.is_open, world.socket.before_bytes = True, None
        await world.deliver()
        assert len(world.socket.sent) == 1

    run(main())


def test_a_lost_link_leaves_doubt_and_a_late_answer_ends_it(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        world.courier.hold()
        await world.courier.link_lost()
        assert await world.states(trip) == ["UNCERTAIN", "READY"]
        assert (await world.lookups.trip(trip.id)).row.delivery == "not_sure"
        for _ in range(10):
            await tick(world, 600)
        assert len(world.socket.sent) == 1, "nothing is ever sent again by itself"
        await world.hear(imported(world.socket.sent[0]))
        world.socket.script = good_gateway
        await world.deliver()
        assert await world.states(trip) == ["ACKED", "ACKED"]

    run(main())


def test_a_minute_without_an_answer_leaves_doubt(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await tick(world, 58)
        assert await world.states(trip) == ["IN_FLIGHT", "READY"]
        await tick(world, 2)
        assert await world.states(trip) == ["UNCERTAIN", "READY"]
        await tick(world, 100_000)
        assert len(world.socket.sent) == 1

    run(main())


def test_the_wall_clock_decides_nothing(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        world.clock.jump(86_400)
        await world.courier._pass_time()
        assert await world.states(trip) == ["IN_FLIGHT", "READY"]

    run(main())


def test_a_refused_upload_takes_its_request_along(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await world.hear(data_error(world.socket.sent[0]))
        await world.deliver()
        rows = await world.rows(trip)
        assert [row.state for row in rows] == ["REJECTED", "CANCELLED"]
        assert rows[0].error["errors"][0]["note"] == "no"
        assert len(world.socket.sent) == 1
        assert (await world.lookups.trip(trip.id)).row.delivery == "refused"

    run(main())


def test_a_refused_upload_takes_requests_of_the_same_trip_along(world, run) -> None:
    """A file may hold a trip and, by itself, the request to file it: a refused trip is not filed."""

    async def main() -> None:
        document = world.document()
        await world.submit.send_message(document, world.company)
        world.clock.advance(1)
        request = {"data": "ACE_SEND_REQUEST", "type": ACE_FILED, "tripNumber": document["tripNumber"]}
        await world.submit.send_message(request, world.company)
        world.socket.script = lambda message: [data_error(message)]
        await world.deliver()
        (trip,) = await world.store.trips.latest()
        assert await world.states(trip) == ["REJECTED", "CANCELLED"]
        assert len(world.socket.sent) == 1

    run(main())


def test_problems_end_the_plan_too(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await world.hear(imported(world.socket.sent[0]) | {"status": "IMPORTED_WITH_ERRORS"})
        assert await world.states(trip) == ["PARTIAL", "CANCELLED"]

    run(main())


@pytest.mark.parametrize(
    "answer",
    [
        {"tripNumber": "SMPL00000000"},
        {"sendId": "01HZZZZZZZZZZZZZZZZZZZZZZZ", "tripNumber": "SMPL00000000"},
        {"message": "1 ACE Trip [SMPL00000000] successfully imported"},
    ],
)
def test_an_answer_for_another_trip_is_not_applied(world, run, answer) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await world.hear({"data": "API_RESPONSE", "status": "IMPORTED", "message": "imported"} | answer)
        assert await world.states(trip) == ["IN_FLIGHT", "READY"]
        assert len(await world.store.inbox.cards()) == 1, "it is kept all the same"

    run(main())


def test_an_answer_without_our_id_is_the_one_on_the_line(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await world.hear({"apiResponse": {"status": "IMPORTED", "message": f"1 ACE Trip [{trip.number}] imported"}})
        assert (await world.states(trip))[0] == "ACKED"

    run(main())


def test_queued_without_our_id_holds_the_line_for_a_minute(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        other = await world.trip(Regime.ACI)
        await world.submit.send(other.id)
        await world.hear({"data": "API_RESPONSE", "status": "QUEUED", "message": "queued"})
        await world.deliver()
        assert (await world.states(trip))[0] == "ACCEPTED_PENDING"
        assert len(world.socket.sent) == 1
        await tick(world, 61)
        assert len(world.socket.sent) == 2

    run(main())


@pytest.mark.parametrize(("is_quoted", "sent"), [(True, 2), (False, 1)])
def test_after_a_restart_the_stored_frame_says_whether_queued_quoted_us(world, run, is_quoted, sent) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        answer = imported(world.socket.sent[0]) | {"status": "QUEUED"}
        await world.hear(answer if is_quoted else {name: answer[name] for name in answer if name != "sendId"})
        other = await world.trip(Regime.ACI)
        await world.submit.send(other.id)
        world.courier = world.new_courier(2)
        await world.deliver()
        assert (await world.states(trip))[0] == "ACCEPTED_PENDING"
        assert len(world.socket.sent) == sent

    run(main())


def test_queued_with_our_id_frees_the_line_at_once(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        other = await world.trip(Regime.ACI)
        await world.submit.send(other.id)
        await world.hear(imported(world.socket.sent[0]) | {"status": "QUEUED"})
        await world.deliver()
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP", "ACI_TRIP"]
        await tick(world, 16 * 60)
        assert (await world.states(trip))[0] == "UNCERTAIN", "queued for a quarter of an hour is not sure"

    run(main())


def test_a_dead_owners_message_is_not_sure(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        epoch = await world.store.outbox.new_epoch() + 1
        await world.store.outbox.recover_dead(epoch)
        assert await world.states(trip) == ["UNCERTAIN", "READY"]
        world.courier = world.new_courier(epoch)
        await tick(world, 600)
        assert len(world.socket.sent) == 1
        await world.hear(imported(world.socket.sent[0]))
        assert (await world.states(trip))[0] == "ACKED"

    run(main())


def test_customs_speaking_of_a_first_trip_proves_that_it_arrived(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await world.courier.link_lost()
        world.clock.advance(5)
        await world.hear(ace_accepted({"type": ACE_FILED, "tripNumber": trip.number}))
        assert (await world.states(trip))[0] == "ACKED"

    run(main())


def test_a_contradiction_is_a_conflict(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await world.hear(imported(world.socket.sent[0]))
        await world.hear(data_error(world.socket.sent[0]))
        assert (await world.states(trip))[0] == "CONFLICT"
        assert (await world.lookups.trip(trip.id)).row.delivery == "not_sure"

    run(main())


def test_an_unknown_status_is_no_success(world, run) -> None:
    async def main() -> None:
        trip = await sent_upload(world)
        await world.hear(imported(world.socket.sent[0]) | {"status": "SPLENDID"})
        assert (await world.states(trip))[0] == "IN_FLIGHT"
        assert (await world.lookups.trip(trip.id)).row.delivery == "sending"

    run(main())


def test_two_carriers_share_the_line_and_their_answers_are_told_apart(bare, run) -> None:
    async def main() -> None:
        one = await bare.add_company("First Sample", key="c-1")
        two = await bare.add_company("Second Sample", key="c-2")
        trips = [await bare.trip(company=company) for company in (one, two)]
        for trip in trips:
            await bare.submit.send(trip.id, hold=True)
            bare.clock.advance(1)
        await bare.deliver()
        assert [message["companyKey"] for message in bare.socket.sent] == ["c-1"]
        answer = {"data": "API_RESPONSE", "status": "IMPORTED", "message": "imported", "companyKey": "c-2"}
        await bare.hear(answer | {"tripNumber": trips[0].number})
        assert [await bare.states(trip) for trip in trips] == [["IN_FLIGHT"], ["READY"]]
        await bare.hear(answer | {"companyKey": "c-1", "tripNumber": trips[0].number})
        await bare.deliver()
        assert [message["companyKey"] for message in bare.socket.sent] == ["c-1", "c-2"]
        assert [await bare.states(trip) for trip in trips] == [["ACKED"], ["IN_FLIGHT"]]

    run(main())


def test_another_connections_messages_are_left_to_it(world, run) -> None:
    async def main() -> None:
        stranger = await world.add_company("Elsewhere Sample")
        trip = await world.trip(company=stranger)
        world.companies.remove(stranger)
        world.courier = world.new_courier()
        await world.submit.send(trip.id)
        await world.deliver()
        assert world.socket.sent == []

    run(main())


def test_it_works_by_itself_when_kicked(world, run, until) -> None:
    async def main() -> None:
        world.socket.script = good_gateway
        trip = await world.trip()
        async with world.running():
            result = await world.submit.send(trip.id, wait_s=20)
        assert len(world.socket.sent) == 2
        assert (await world.states(trip), result.outcome) == (["ACKED", "ACKED"], "delivered")

    run(main())


def test_it_outlives_a_full_disk(world, run, until, expected_logs, monkeypatch) -> None:
    expected_logs("outbox not worked on: store.disk_full")
    assert TICK_S >= 0.5
    monkeypatch.setattr("desktop.services.courier.TICK_S", 0.01)

    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id, hold=True)
        claim, fails = world.store.outbox.claim, [True]

        async def full(*args, **more):
            if fails:
                fails.pop()
                raise EnvironmentFailure("store.disk_full")
            return await claim(*args, **more)

        monkeypatch.setattr(world.store.outbox, "claim", full)
        async with world.running():
            await until(lambda: world.socket.sent)
        assert len(world.socket.sent) == 1

    run(main())


def test_nothing_goes_out_between_the_end_of_a_link_and_its_settling(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        world.courier.hold()
        assert not world.courier._is_free
        await world.courier.link_lost()
        assert world.courier._is_free
        assert await world.states(trip) == ["READY", "READY"]

    run(main())


def test_the_bytes_are_those_that_were_frozen(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        (row, _) = await world.rows(trip)
        frozen = json.loads(await world.store.outbox.payload(row.id))
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "EDITED")
        await session.flush()
        await world.deliver()
        assert world.socket.sent == [frozen]

    run(main())
