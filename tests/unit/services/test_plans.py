"""Plans of several steps: each waits for its answer, nothing goes after a refusal, and nothing goes twice."""

from __future__ import annotations

import asyncio

import pytest
from unit.services.customs import Customs, edit, filed, said
from unit.services.world import World

from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import OutboxState, Regime
from desktop.errors import DesktopError
from desktop.services.standing import delivery_of
from desktop.store.outbox import Move
from desktop.texts import text

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


async def refiling(world: World, customs: Customs, pointer: str = REFILES[0][0], value: str = REFILES[0][1]):
    """A filed trip whose change has to go the long way, queued."""
    trip = await filed(world, customs)
    await edit(world, trip, pointer, value)
    assert (await world.submit.send(trip.id)).outcome == "queued"
    return trip


@pytest.mark.parametrize(("refused", "out"), [(CANCEL, 1), ("UPDATE", 2), (FILE, 3)])
def test_nothing_goes_after_a_step_that_is_refused(world: World, run, refused, out) -> None:
    async def main() -> None:
        customs = Customs(world)
        customs.refuses = set()
        trip = await refiling(world, customs)
        customs.refuses = {refused}
        await world.deliver()
        assert len(customs.names()) == out
        view = await world.progress.of_trip(trip.id)
        assert (view.state, view.actions) == ("stopped", ("send",))
        assert [step.state for step in view.steps].count("refused") == 1
        await world.deliver()
        assert len(customs.names()) == out
        customs.refuses = set()
        if refused == FILE:  # the same once more is refused by customs as before; a corrected one goes
            await edit(world, trip, "/truck/number", "T99")
        result = await world.submit.send(trip.id)
        assert result.outcome == "queued", result
        await world.deliver()
        assert [name for name, _ in customs.names()].count(CANCEL) == (2 if refused == CANCEL else 1)
        assert customs.names()[-1] == (FILE, trip.number)
        assert (await world.border.of_trip(await world.store.trips.get(trip.id))).customs == "on_file"

    run(main())


@pytest.mark.parametrize("silent", [CANCEL, "UPDATE", FILE])
def test_a_restart_at_any_step_sends_nothing_twice_and_goes_on_with_the_answer(world: World, run, silent) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await refiling(world, customs)
        customs.silent = {silent}
        await world.deliver()
        so_far = customs.names()
        assert so_far[-1][0] == silent
        await world.restart()
        assert await world.store.outbox.recover_dead(2)
        await world.deliver()
        assert customs.names() == so_far
        view = await world.progress.of_trip(trip.id)
        assert (view.state, view.actions[0]) == ("not_sure", "decide")
        customs.silent = set()
        for message in customs.unanswered:
            for answer in customs.answer(message):
                await world.hear(answer)
        await world.deliver()
        assert [name for name, _ in customs.names()] == [CANCEL, "UPDATE", FILE]
        assert (await world.progress.of_trip(trip.id)).state == "done"

    run(main())


def test_a_restart_between_the_answer_and_the_next_step_goes_on(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await refiling(world, customs)
        assert await world.courier._send_next()  # the cancellation, and customs' yes
        await world.restart()
        await world.deliver()
        assert [name for name, _ in customs.names()] == [CANCEL, "UPDATE", FILE]
        lines = await world.store.delivery_log.of_trip(trip.id)
        found = [line for line in lines if line.cause == "customs_accepted"]
        assert len(found) == 1
        assert found[0].frame is not None

    run(main())


def test_what_the_gateway_passed_on_waits_for_the_word_of_customs(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await refiling(world, customs)
        customs.silent = {CANCEL}
        await world.deliver()
        (cancel,) = customs.unanswered
        await world.hear({"data": "API_RESPONSE", "status": "TRANSMITTED", "sendId": cancel["sendId"], "message": "ok"})
        await world.deliver()
        assert len(customs.names()) == 1
        view = await world.progress.of_trip(trip.id)
        assert (view.state, [step.state for step in view.steps]) == (
            "waiting_for_customs", ["delivered", "waits_for_customs", "not_sent"],
        )  # fmt: skip
        assert (await world.submit.send(trip.id)).outcome == "not_ready"  # asked again meanwhile: nothing is queued
        nameless = customs.answer({**cancel, "type": "COMPLETE_TRIP_AND_SHIPMENTS"})[0]
        del nameless["sendRequest"]["type"]
        await world.hear(nameless)
        await world.deliver()
        assert len(customs.names()) == 1, "an answer that names no request may be another one's"
        view = await world.progress.of_trip(trip.id)
        assert view.actions == ("stop", "go_on")
        await world.progress.go_on(trip.id)
        await world.deliver()
        assert len(customs.names()) == 3

    run(main())


def test_an_old_acceptance_that_comes_again_is_no_answer(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await refiling(world, customs)
        heard = []
        plain = world.socket.script
        world.socket.script = lambda message: heard.extend(plain(message)) or heard[-1:]
        await world.deliver()
        accepted = next(one for one in heard if one.get("sendRequest", {}).get("type") == CANCEL)
        await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-26 10:30:00")
        await world.submit.send(trip.id)
        customs.silent = {CANCEL}
        world.socket.script = customs.answer
        world.socket.sent.clear()
        await world.deliver()
        await world.hear(accepted)
        (cancel,) = customs.unanswered
        await world.hear({"data": "API_RESPONSE", "status": "TRANSMITTED", "sendId": cancel["sendId"], "message": "ok"})
        await world.deliver()
        assert customs.names() == [(CANCEL, trip.number)]

    run(main())


def test_what_is_edited_while_a_plan_runs_is_no_part_of_it(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await refiling(world, customs)
        customs.silent = {CANCEL}
        await world.deliver()
        await edit(world, trip, "/truck/number", "LATER")
        assert (await world.progress.of_trip(trip.id)).is_edited
        customs.silent = set()
        for answer in customs.answer(customs.unanswered[0]):
            await world.hear(answer)
        await world.deliver()
        assert world.socket.sent[1]["truck"]["number"] != "LATER"
        world.socket.sent.clear()
        await world.submit.send(trip.id)
        await world.deliver()
        assert [name for name, _ in customs.names()] == ["UPDATE", "AMEND_TRIP_AND_SHIPMENTS"]

    run(main())


def test_a_plan_is_stopped_before_what_has_not_gone(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await refiling(world, customs)
        customs.silent = {CANCEL}
        await world.deliver()
        await world.progress.stop(trip.id)
        for answer in said_yes(world, customs):
            await world.hear(answer)
        await world.deliver()
        assert customs.names() == [(CANCEL, trip.number)]
        with pytest.raises(DesktopError):
            await world.progress.stop(trip.id)
        with pytest.raises(DesktopError):
            await world.progress.go_on(trip.id)
        preview = await world.submit.preview(trip.id)
        assert [line.data for line in preview.lines] == ["ACE_TRIP", "ACE_SEND_REQUEST"]

    run(main())


def said_yes(world: World, customs: Customs) -> list[dict]:
    return [said(world, message) for message in customs.unanswered]


def test_a_cancellation_that_was_stopped_leaves_the_trip_as_it_was(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.progress.stop(trip.id)
        assert delivery_of(await world.rows(trip)) == "delivered"
        assert customs.names() == []

    run(main())


def test_a_refused_cancellation_is_said_to_be_refused(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        customs.refuses = {CANCEL}
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.deliver()
        rows = await world.rows(trip)
        result = await world.waiting.result(rows[-1:], trip, trip.number, None)
        assert (result.outcome, result.customs) == ("refused", "on_file")

    run(main())


def test_an_orderly_end_between_claim_and_bytes_leaves_it_ready(world: World, run) -> None:
    async def main() -> None:
        Customs(world)
        trip = await world.trip()
        await world.submit.send(trip.id)
        claim = world.store.outbox.claim

        async def ended(*args, **more):
            await claim(*args, **more)
            raise asyncio.CancelledError

        world.store.outbox.claim = ended
        with pytest.raises(asyncio.CancelledError):
            await world.courier._send_next()
        assert await world.states(trip) == ["READY", "READY"]
        assert [row.attempts for row in await world.rows(trip)] == [0, 0]

    run(main())


@pytest.mark.parametrize("way", ["given_up", "waited"])
def test_a_cancellation_without_an_answer_may_be_asked_once_more_and_nothing_else_goes(world: World, run, way) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        customs.silent = {CANCEL}
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.deliver()
        (row,) = [row for row in await world.rows(trip) if row.operation == CANCEL]
        state = OutboxState.CANCELLED if way == "given_up" else OutboxState.ACKED
        await world.store.outbox.move(Move(row.id, (row.state,), state, "given_up"))
        if way == "waited":
            assert (await world.submit.preview(trip.id, intent=Intent.CANCEL)).blocked
            world.clock.advance(15 * 60)
        await edit(world, trip, "/truck/number", "T9")
        assert (await world.submit.preview(trip.id)).blocked
        assert (await world.submit.send(trip.id)).outcome != "queued"
        customs.silent = set()
        assert (await world.submit.send(trip.id, intent=Intent.CANCEL)).outcome == "queued"
        await world.deliver()
        assert [name for name, _ in customs.names()] == [CANCEL, CANCEL]
        assert (await world.border.of_trip(trip)).customs == "cancelled"

    run(main())


def test_what_was_given_up_goes_again_with_a_warning_and_then_counts_no_more(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        customs.silent = {"CREATE"}
        trip = await world.trip()
        await world.submit.send(trip.id)
        await world.deliver()
        row = (await world.rows(trip))[0]
        await world.store.outbox.move(Move(row.id, (row.state,), OutboxState.CANCELLED, "given_up"))
        await world.outgoing.overtake((await world.rows(trip))[1:])
        assert delivery_of(await world.rows(trip)) == "not_sure"
        preview = await world.submit.preview(trip.id)
        assert preview.consequences[0] == text("delivery.consequence.given_up")
        customs.silent = set()
        assert (await world.submit.send(trip.id)).outcome == "queued"
        await world.deliver()
        assert delivery_of(await world.rows(trip)) == "delivered"

    run(main())


def test_no_warning_of_an_earlier_message_where_none_went_out(world: World, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        preview = await world.submit.preview(trip.id)
        assert preview.lines
        assert text("delivery.consequence.given_up") not in preview.consequences

    run(main())


def test_a_contradiction_holds_back_what_is_queued(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        row = (await world.rows(trip))[1]
        await world.store.outbox.move(Move(row.id, (row.state,), OutboxState.CONFLICT, "contradiction"))
        await world.deliver()
        assert customs.names() == []
        await world.store.outbox.move(Move(row.id, (OutboxState.CONFLICT,), OutboxState.ACKED, "user_says_arrived"))
        await world.deliver()
        assert customs.names() == [(CANCEL, trip.number)]

    run(main())


def test_what_was_asked_under_the_old_number_is_no_filing_of_the_new_one(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await refiling(world, customs, "/tripNumber", "SMPL99999999")
        customs.silent = {"CREATE"}
        await world.deliver()
        assert [name for name, _ in customs.names()] == [CANCEL, "CREATE"]
        crossing = await world.border.of_trip(await world.store.trips.get(trip.id))
        assert (crossing.customs, crossing.is_filed, crossing.pending_since) == ("none", False, None)

    run(main())
