"""Sending: nothing unready, nothing twice, nothing that was not asked for; and what is said of it."""

from __future__ import annotations

import pytest
from unit.services.world import ACE_FILED, World, ace_accepted, data_error, golden, good_gateway, imported

from desktop.domain.documents import put, remove
from desktop.domain.lifecycle import LinkState, Regime
from desktop.services.submit import send_errors_to_exit
from desktop.services.views import Subject

AT_ONCE = 0.0


async def filed(world: World, regime: Regime = Regime.ACE):
    """A trip that customs has on file."""
    trip = await world.trip(regime)
    world.socket.script = good_gateway
    await world.submit.send(trip.id)
    await world.deliver()
    return trip


async def edit(world: World, trip, pointer: str, value) -> None:
    session = await world.editing.open(trip.id)
    session.set(pointer, value)
    await session.flush()


def test_an_unready_trip_is_not_queued(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(truck={"number": "T1"})
        result = await world.submit.send(trip.id)
        assert result.outcome == "not_ready"
        assert any(path.startswith("/truck") for path, _ in result.errors)
        assert all(words for _, words in result.errors)
        assert await world.rows(trip) == []

    run(main())


def test_a_trip_of_nobody_is_not_queued(world, run) -> None:
    async def main() -> None:
        trip, _ = await world.importing.trip(world.document(), None)
        result = await world.submit.send(trip.id)
        assert (result.outcome, result.errors[0][0]) == ("not_ready", "")
        assert (await world.submit.preview(trip.id)).blocked == result.errors[0][1]

    run(main())


def test_warnings_are_said_and_do_not_stop(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(usPortOfArrival="9999")
        result = await world.submit.send(trip.id)
        assert result.outcome == "queued"
        assert result.warnings

    run(main())


def test_a_send_queues_the_upload_and_then_the_request(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        announced = []
        world.changes.subscribe(announced.append)
        result = await world.submit.send(trip.id, initiator="me")
        assert (result.outcome, result.trip, result.customs) == ("queued", trip.number, "none")
        assert ("me", Subject.TRIP) in [(one.initiator, one.subject) for one in announced]
        rows = await world.rows(trip)
        assert [(row.kind, row.operation, row.auto_send) for row in rows] == [
            ("upload", "CREATE", False),
            ("send_request", ACE_FILED, False),
        ]
        world.socket.script = good_gateway
        await world.deliver()
        upload, request = world.socket.sent
        assert (upload["operation"], upload["autoSend"], len(upload["sendId"])) == ("CREATE", False, 26)
        assert all(one["operation"] == "CREATE" and "autoSend" not in one for one in upload["shipments"])
        assert (request["data"], request["type"], request["tripNumber"]) == ("ACE_SEND_REQUEST", ACE_FILED, trip.number)

    run(main())


def test_what_is_typed_a_moment_before_is_sent(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T777")
        await world.submit.send(trip.id)
        await world.deliver()
        assert world.socket.sent[0]["truck"]["number"] == "T777"

    run(main())


def test_with_hold_customs_is_not_asked(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id, hold=True)
        world.socket.script = good_gateway
        await world.deliver()
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP"]
        await world.submit.send(trip.id)
        await world.deliver()
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP", "ACE_SEND_REQUEST"]

    run(main())


def test_a_second_send_while_the_first_waits_makes_no_second_plan(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        for _ in range(3):
            assert (await world.submit.send(trip.id)).outcome == "queued"
        assert len(await world.rows(trip)) == 2

    run(main())


def test_what_was_held_and_still_waits_is_replaced_by_the_whole_plan(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id, hold=True)
        world.clock.advance(1)
        await world.submit.send(trip.id)
        assert await world.states(trip) == ["CANCELLED", "READY", "READY"]
        world.socket.script = good_gateway
        await world.deliver()
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP", "ACE_SEND_REQUEST"]
        assert (await world.lookups.trip(trip.id)).row.delivery == "delivered"

    run(main())


def test_an_edited_trip_replaces_what_still_waits(world, run) -> None:
    """Offline, sent, edited, sent again: one CREATE goes out, with the newest content."""

    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        await edit(world, trip, "/truck/number", "T2")
        world.clock.advance(1)
        await world.submit.send(trip.id)
        assert await world.states(trip) == ["CANCELLED", "CANCELLED", "READY", "READY"]
        world.socket.script = good_gateway
        await world.deliver()
        assert [message["data"] for message in world.socket.sent] == ["ACE_TRIP", "ACE_SEND_REQUEST"]
        assert world.socket.sent[0]["truck"]["number"] == "T2"

    run(main())


def test_after_acceptance_a_change_is_an_update(world, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        await edit(world, trip, "/truck/number", "T2")
        preview = await world.submit.preview(trip.id)
        assert (len(preview.lines), preview.blocked) == (2, "")
        world.clock.advance(60)
        await world.submit.send(trip.id)
        await world.deliver()
        assert [(m["data"], m.get("operation"), m.get("type")) for m in world.socket.sent[2:]] == [
            ("ACE_TRIP", "UPDATE", None),
            ("ACE_SEND_REQUEST", None, "AMEND_TRIP_AND_SHIPMENTS"),
        ]

    run(main())


def test_an_unchanged_trip_is_not_sent_again(world, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        result = await world.submit.send(trip.id)
        assert (result.outcome, len(await world.rows(trip))) == ("not_ready", 2)

    run(main())


def test_a_trip_in_doubt_is_blocked_as_not_sure(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        await world.deliver()
        blocked = await world.submit.send(trip.id)
        assert (blocked.outcome, len(await world.rows(trip))) == ("not_ready", 2), "it is on its way"
        await world.courier.link_lost()
        result = await world.submit.send(trip.id)
        assert (result.outcome, bool(result.next_step)) == ("not_sure", True)
        assert send_errors_to_exit(result.outcome) == 3

    run(main())


def test_refused_and_corrected_goes_out_again(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        world.socket.script = lambda message: [data_error(message)]
        await world.submit.send(trip.id)
        await world.deliver()
        world.socket.script = good_gateway
        await edit(world, trip, "/truck/number", "T2")
        world.clock.advance(1)
        assert (await world.submit.send(trip.id)).outcome == "queued"
        await world.deliver()
        assert [message.get("operation") for message in world.socket.sent] == ["CREATE", "CREATE", None]

    run(main())


class TestWaiting:
    """`--wait`: returns when it is concluded, at the latest at the end, with what is known then."""

    async def sent(self, world: World, wait_s: float = 20.0, *, hold: bool = False, regime: Regime = Regime.ACE):
        trip = await world.trip(regime)
        async with world.running():
            return await world.submit.send(trip.id, hold=hold, wait_s=wait_s)

    def test_customs_accepted(self, world, run) -> None:
        world.socket.script = good_gateway
        result = run(self.sent(world))
        assert (result.outcome, result.customs, result.errors) == ("delivered", "on_file", ())
        assert send_errors_to_exit(result.outcome) == 0

    def test_with_hold_the_gateways_word_is_enough(self, world, run) -> None:
        world.socket.script = good_gateway
        result = run(self.sent(world, hold=True))
        assert (result.outcome, result.customs, result.status) == ("delivered", "none", "IMPORTED")

    def test_the_gateway_refused(self, world, run) -> None:
        world.socket.script = lambda message: [data_error(message, "Trip Number is already used")]
        result = run(self.sent(world))
        assert (result.outcome, result.status, result.customs) == ("refused", "DATA_ERROR", "none")
        assert "already used" in result.errors[0][1]
        assert result.next_step

    def test_the_gateway_took_it_with_problems(self, world, run) -> None:
        world.socket.script = lambda message: [imported(message) | {"status": "IMPORTED_WITH_ERRORS"}]
        assert run(self.sent(world)).outcome == "delivered_with_problems"

    def test_customs_refused(self, world, run) -> None:
        def script(message):
            if message["data"] == "ACI_TRIP":
                return [imported(message)]
            answer = golden("aci-response") | {"type": "REJECT", "tripNumber": message["tripNumber"]}
            answer["sendRequest"] = {"type": message["type"], "tripNumber": message["tripNumber"]}
            return [answer | {"errorResponses": [{"errorCode": "021", "errorDescription": "Invalid port"}]}]

        world.socket.script = script
        result = run(self.sent(world, regime=Regime.ACI))
        assert (result.outcome, result.customs) == ("refused", "refused")
        assert "Invalid port" in result.errors[0][1]

    def test_no_word_from_customs_is_not_sure(self, world, run) -> None:
        async def main():
            trip = await world.trip()
            world.socket.script = lambda m: [imported(m)] if m["data"] == "ACE_TRIP" else []
            await world.submit.send(trip.id)
            await world.deliver()
            (_, request) = await world.rows(trip)
            assert request.state == "IN_FLIGHT"
            return await world.waiting.result(await world.rows(trip), trip, trip.number, AT_ONCE)

        result = run(main())
        assert (result.outcome, result.customs) == ("not_sure", "transmitted")

    def test_queued_alone_is_not_delivered(self, world, run) -> None:
        async def main():
            trip = await world.trip()
            world.socket.script = lambda m: [imported(m) | {"status": "QUEUED"}]
            rows_hold = await world.submit.send(trip.id, hold=True)
            assert rows_hold.outcome == "queued"
            await world.deliver()
            return await world.waiting.result(await world.rows(trip), trip, trip.number, AT_ONCE)

        assert run(main()).outcome == "not_sure"

    def test_doubt_is_waited_out_and_a_late_answer_counts(self, world, run, until) -> None:
        async def main():
            trip = await world.trip()
            async with world.running():
                waiting = world.keeper.start(world.submit.send(trip.id, hold=True, wait_s=60), name="send")
                await until(lambda: world.socket.sent)
                await world.courier.link_lost()
                assert await world.states(trip) == ["UNCERTAIN"]
                await world.hear(imported(world.socket.sent[0]))
                return await waiting

        assert run(main()).outcome == "delivered"

    def test_doubt_at_the_end_is_not_sure(self, world, run) -> None:
        async def main():
            trip = await world.trip()
            await world.submit.send(trip.id)
            await world.deliver()
            await world.courier.link_lost()
            rows = await world.rows(trip)
            waited = await world.waiting.result(rows, trip, trip.number, AT_ONCE)
            return waited, await world.waiting.result(rows, trip, trip.number, None)

        assert [result.outcome for result in run(main())] == ["not_sure", "not_sure"]

    @pytest.mark.parametrize("state", [LinkState.KEY_REFUSED, LinkState.KEY_NEEDED, LinkState.REFUSED])
    def test_a_refused_key_ends_the_wait_at_once(self, world, run, state) -> None:
        world.link_state, world.socket.is_open = state, False
        result = run(self.sent(world, wait_s=3600))
        assert (result.outcome, send_errors_to_exit(result.outcome)) == ("no_connection", 4)

    def test_no_connection_at_the_end(self, world, run) -> None:
        world.link_state, world.socket.is_open = LinkState.RECONNECTING, False
        assert run(self.sent(world, wait_s=AT_ONCE)).outcome == "no_connection"

    def test_a_full_line_is_still_queued_at_the_end(self, world, run) -> None:
        async def main():
            trip = await world.trip()
            return await world.submit.send(trip.id, wait_s=AT_ONCE)

        assert run(main()).outcome == "queued"

    def test_without_waiting_it_says_queued_and_the_rows_are_durable(self, world, run) -> None:
        async def main():
            trip = await world.trip()
            result = await world.submit.send(trip.id)
            return result, await world.rows(trip)

        result, rows = run(main())
        assert (result.outcome, len(rows)) == ("queued", 2)

    def test_what_was_taken_back_meanwhile_never_went(self, world, run) -> None:
        async def main():
            trip = await world.trip()
            await world.submit.send(trip.id)
            rows = await world.rows(trip)
            await world.outgoing.overtake(rows)
            return await world.waiting.result(rows, trip, trip.number, 20)

        assert run(main()).outcome == "not_ready"

    def test_a_request_taken_back_leaves_the_upload_delivered(self, world, run) -> None:
        async def main():
            trip = await world.trip()
            await world.submit.send(trip.id)
            world.socket.script = lambda m: [imported(m)]
            await world.courier._send_next()
            rows = await world.rows(trip)
            assert [row.state for row in rows] == ["ACKED", "READY"]
            await world.outgoing.overtake(rows)
            return await world.waiting.result(rows, trip, trip.number, 20), await world.states(trip)

        result, states = run(main())
        assert (result.outcome, states) == ("delivered", ["ACKED", "CANCELLED"])


class TestFile:
    """`send FILE`: each message once, as it is, with our id and the carrier's key."""

    def test_a_trip_goes_as_written(self, bare, run) -> None:
        async def main() -> None:
            company = await bare.add_company("Sample Carrier Ltd.", key="c-77")
            message = bare.document(sendId="theirs", companyKey="c-theirs", autoSend=False)
            result = await bare.submit.send_message(message, company)
            assert (result.outcome, result.trip) == ("queued", message["tripNumber"])
            await bare.deliver()
            (sent,) = bare.socket.sent
            assert (sent["operation"], sent["autoSend"], sent["companyKey"]) == ("CREATE", False, "c-77")
            assert sent["sendId"] != "theirs"
            (trip,) = await bare.store.trips.latest()
            assert trip.document == message, "the draft is as the file has it"

        run(main())

    @pytest.mark.parametrize(
        ("in_file", "hold", "sent"),
        [(True, False, True), (True, True, False), (False, False, False), (None, False, False)],
    )
    def test_customs_is_asked_only_as_the_file_has_it(self, world, run, in_file, hold, sent) -> None:
        async def main() -> None:
            message = world.document() if in_file is None else world.document(autoSend=in_file)
            await world.submit.send_message(message, world.company, hold=hold)
            await world.deliver()
            assert [one["autoSend"] for one in world.socket.sent] == [sent]

        run(main())

    def test_the_second_time_a_used_number_is_an_error(self, world, run) -> None:
        async def main() -> None:
            message = world.document()
            world.socket.script = good_gateway
            await world.submit.send_message(message, world.company)
            await world.deliver()
            again = await world.submit.send_message(message, world.company)
            assert again.outcome == "not_ready"
            assert "/tripNumber" in [path for path, _ in again.errors]
            assert len(world.socket.sent) == 1

        run(main())

    def test_the_very_same_that_still_waits_is_not_doubled(self, world, run) -> None:
        async def main() -> None:
            message = world.document()
            for _ in range(2):
                assert (await world.submit.send_message(message, world.company)).outcome == "queued"
            (trip,) = await world.store.trips.latest()
            assert await world.states(trip) == ["READY"]

        run(main())

    def test_a_changed_file_replaces_what_still_waits(self, world, run) -> None:
        async def main() -> None:
            message = world.document()
            await world.submit.send_message(message, world.company)
            world.clock.advance(1)
            result = await world.submit.send_message(put(message, "/truck/number", "T2"), world.company)
            assert result.outcome == "queued", result.errors
            world.socket.script = good_gateway
            await world.deliver()
            assert [one["truck"]["number"] for one in world.socket.sent] == ["T2"]

        run(main())

    def test_an_update_of_a_trip_that_went_out(self, world, run) -> None:
        async def main() -> None:
            message = world.document()
            world.socket.script = good_gateway
            await world.submit.send_message(message, world.company)
            await world.deliver()
            world.clock.advance(1)
            result = await world.submit.send_message(message | {"operation": "UPDATE"}, world.company)
            assert result.outcome == "queued", result.errors
            await world.deliver()
            assert [one["operation"] for one in world.socket.sent] == ["CREATE", "UPDATE"]

        run(main())

    def test_a_send_request(self, world, run) -> None:
        async def main() -> None:
            trip = await world.trip()
            world.socket.script = good_gateway
            await world.submit.send(trip.id, hold=True)
            await world.deliver()
            request = {"data": "ACE_SEND_REQUEST", "type": ACE_FILED, "tripNumber": trip.number}
            held = await world.submit.send_message(request, world.company, hold=True)
            assert held.outcome == "not_ready"
            async with world.running():
                result = await world.submit.send_message(request, world.company, wait_s=20)
            assert (result.outcome, result.customs) == ("delivered", "on_file")

        run(main())

    def test_a_request_for_a_trip_in_doubt_is_not_sent(self, world, run) -> None:
        async def main() -> None:
            trip = await world.trip()
            await world.submit.send(trip.id, hold=True)
            await world.deliver()
            await world.courier.link_lost()
            request = {"data": "ACE_SEND_REQUEST", "type": ACE_FILED, "tripNumber": trip.number}
            assert (await world.submit.send_message(request, world.company)).outcome == "not_sure"

        run(main())

    def test_a_request_for_a_trip_unknown_here_is_delivered_once_taken(self, world, run) -> None:
        async def main() -> None:
            world.socket.script = lambda message: [imported(message) | {"status": "TRANSMITTED"}]
            request = {"data": "ACE_SEND_REQUEST", "type": ACE_FILED, "tripNumber": "SMPL55555555"}
            async with world.running():
                result = await world.submit.send_message(request, world.company, wait_s=20)
            assert result.outcome == "delivered"

        run(main())

    def test_an_rns_request_ends_with_the_gateways_word(self, world, run) -> None:
        async def main() -> None:
            world.socket.script = lambda message: [imported(message) | {"status": "COMPLETED"}]
            request = {"data": "RNS_SEND_REQUEST", "type": "RNS", "cargoControlNumber": "9SMPPARS241200001"}
            async with world.running():
                result = await world.submit.send_message(request, world.company, wait_s=20)
            assert result.outcome in {"delivered", "not_ready"}
            if result.outcome == "delivered":
                assert world.socket.sent[0]["data"] == "RNS_SEND_REQUEST"

        run(main())

    def test_a_lone_shipment(self, world, run) -> None:
        async def main() -> None:
            shipment = world.document()["shipments"][0] | {"data": "ACE_SHIPMENT", "operation": "CREATE"}
            shipment = remove(shipment, "/commodities/0/loadedOn")
            world.socket.script = lambda message: [imported(message)]
            async with world.running():
                result = await world.submit.send_message(shipment, world.company, wait_s=20)
            assert (result.outcome, result.trip) == ("delivered", shipment["shipmentControlNumber"]), result.errors
            assert "sendId" in world.socket.sent[0]
            (row,) = await world.lookups.shipments()
            assert row.number == shipment["shipmentControlNumber"]

        run(main())

    @pytest.mark.parametrize("name", ["api-response-imported", "rns-shipment", "aci-notice"])
    def test_what_the_gateway_sends_is_not_sent_back(self, world, run, name) -> None:
        result = run(world.submit.send_message(golden(name), world.company))
        assert (result.outcome, bool(result.errors)) == ("not_ready", True)
        assert run(world.store.outbox.open_rows()) == []

    @pytest.mark.parametrize("value", [None, 7, "text", [], {}, {"data": "SOMETHING"}, {"data": 5}])
    def test_what_is_no_message_is_not_sent(self, world, run, value) -> None:
        result = run(world.submit.send_message(value, world.company))
        assert (result.outcome, bool(result.errors)) == ("not_ready", True)
        assert run(world.store.outbox.open_rows()) == []


def test_customs_answer_of_before_is_none_to_a_new_request(world, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        await edit(world, trip, "/truck/number", "T2")
        world.clock.advance(60)
        world.socket.script = lambda m: [imported(m)] if m["data"] == "ACE_TRIP" else []
        await world.submit.send(trip.id)
        await world.deliver()
        rows = (await world.rows(trip))[2:]
        assert (await world.waiting.result(rows, trip, trip.number, AT_ONCE)).outcome == "not_sure"
        await world.hear(ace_accepted({"type": ACE_FILED, "tripNumber": trip.number}))
        assert (await world.waiting.result(rows, trip, trip.number, AT_ONCE)).outcome == "not_sure"
        await world.hear(ace_accepted({"type": "AMEND_TRIP_AND_SHIPMENTS", "tripNumber": trip.number}))
        assert (await world.waiting.result(rows, trip, trip.number, 5)).outcome == "delivered"

    run(main())
