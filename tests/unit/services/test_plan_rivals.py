"""Plans that meet others: a move and a Send of one of its trips, a change nobody answered, a trip taken out meanwhile."""

from __future__ import annotations

import copy

import pytest
from unit.services.customs import Customs, edit, filed, imported, said
from unit.services.test_moving import two
from unit.services.world import World

from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.doubts import Doubts
from desktop.services.standing import delivery_of
from desktop.texts import text

CANCEL, FILE = "CANCEL_TRIP_AND_SHIPMENTS", "COMPLETE_TRIP_AND_SHIPMENTS"
AMEND = "AMEND_TRIP_AND_SHIPMENTS"


def doubts(world: World) -> Doubts:
    return Doubts(world.store, None, world.submit, world.changes, world.clock, lambda: None)


@pytest.mark.parametrize("is_old", [False, True])
def test_a_send_never_overtakes_a_shipment_that_is_on_its_way_between_two_trips(world: World, run, is_old) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs)
        customs.silent = {"AMEND"}
        await world.submit.move(number, old.id, new.id, trip_reason="50")
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        world.clock.advance(20 * 60)
        trip = old if is_old else new
        await edit(world, trip, "/truck/number", "T9")
        assert (await world.submit.preview(trip.id)).blocked == text("delivery.blocked.moving")
        result = await world.submit.send(trip.id, trip_reason="50", shipment_reason="50")
        assert (result.outcome, result.errors) == ("not_ready", (("", text("delivery.blocked.moving")),))
        assert await world.states(new) == ["READY", "READY"]
        await world.hear(said(world, customs.unanswered[0]))
        await world.deliver()
        assert customs.names()[2:] == [("CREATE", new.number), ("ORIGINAL", new.number)]
        assert not (await world.submit.preview(trip.id)).blocked

    run(main())


def test_who_stops_a_move_may_send_again(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs)
        await world.submit.move(number, old.id, new.id, trip_reason="50")
        await world.progress.stop(old.id)
        assert await world.states(new) == ["CANCELLED", "CANCELLED"]
        assert not (await world.submit.preview(new.id)).blocked

    run(main())


def test_what_was_to_follow_on_the_other_trip_does_not_wait_for_ever(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs)
        customs.silent = {"UPDATE"}
        await world.submit.move(number, old.id, new.id, trip_reason="50")
        await world.deliver()
        await world.courier.link_lost()
        await doubts(world).decide(old.id, "give_up")
        await world.deliver()
        assert await world.states(new) == ["CANCELLED", "CANCELLED"]
        assert "stop" not in (await world.progress.of_trip(new.id)).actions

    run(main())


def test_no_second_change_while_customs_answer_to_the_first_is_due(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs, Regime.ACI)
        await edit(world, trip, "/truck/number", "T9")
        customs.silent = {"AMEND"}
        await world.submit.send(trip.id, trip_reason="50")
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        await edit(world, trip, "/truck/number", "T10")
        assert (await world.submit.preview(trip.id)).blocked == text("delivery.blocked.waiting_for_customs")
        assert not (await world.submit.preview(trip.id, intent=Intent.CANCEL)).blocked
        world.clock.advance(15 * 60)
        assert not (await world.submit.preview(trip.id)).blocked, "lost, or late: a change is the whole trip again"

    run(main())


def test_a_correction_that_was_only_uploaded_is_not_what_customs_refused(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        customs.refuses = {FILE}
        trip = await world.trip()
        await world.submit.send(trip.id)
        await world.deliver()
        assert (await world.submit.preview(trip.id)).blocked == text("delivery.blocked.unchanged_after_refusal")
        await edit(world, trip, "/truck/number", "T9")
        await world.submit.send(trip.id, hold=True)
        await world.deliver()
        preview = await world.submit.preview(trip.id)
        assert (preview.blocked, len(preview.lines)) == ("", 1)
        customs.refuses = set()
        await world.submit.send(trip.id)
        await world.deliver()
        assert customs.names()[2:] == [("UPDATE", trip.number), (FILE, trip.number)]

    run(main())


def test_a_refused_change_that_is_taken_back_asks_customs_for_nothing(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        before = trip.document["truck"]["number"]
        await edit(world, trip, "/truck/number", "T9")
        customs.refuses = {AMEND}
        await world.submit.send(trip.id)
        await world.deliver()
        await edit(world, trip, "/truck/number", before)
        preview = await world.submit.preview(trip.id)
        assert (len(preview.lines), preview.consequences) == (1, (text("delivery.consequence.gateway_only"),))

    run(main())


def test_a_refusal_that_comes_after_a_person_went_on_does_not_say_that_nothing_followed(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-25 10:30:00")
        customs.silent = {CANCEL}
        await world.submit.send(trip.id)
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        world.clock.advance(15 * 60)
        await world.progress.go_on(trip.id)
        await world.deliver()
        assert len(customs.names()) == 3
        await world.hear(said(world, customs.unanswered[0], is_yes=False))
        view = await world.progress.of_trip(trip.id)
        assert (view.state, view.text) == ("stopped", text("send_progress.customs_refused_late", who="CBP"))

    run(main())


@pytest.mark.parametrize("is_filed", [False, True])
def test_nothing_more_goes_out_for_a_trip_that_was_taken_out(world: World, run, is_filed) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs) if is_filed else await world.trip()
        if is_filed:
            await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-25 10:30:00")
        customs.silent = {CANCEL}
        await world.submit.send(trip.id)
        if is_filed:
            await world.deliver()
        await world.editing.delete(trip.id)
        for message in customs.unanswered:
            await world.hear(said(world, message))
        await world.deliver()
        assert customs.names() == ([(CANCEL, trip.number)] if is_filed else [])
        assert (await world.states(trip))[-2:] == ["CANCELLED", "CANCELLED"]

    run(main())


def test_a_doubt_is_not_hidden_by_what_is_queued_after_it(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await edit(world, trip, "/truck/number", "T9")
        customs.silent = {AMEND}
        await world.submit.send(trip.id)
        await world.deliver()
        await world.courier.link_lost()
        document = (await world.store.trips.get(trip.id)).document
        await world.submit.send_message({**copy.deepcopy(document), "operation": "UPDATE"}, world.company)
        await world.deliver()
        assert delivery_of(await world.rows(trip)) == "not_sure"
        assert (await world.submit.preview(trip.id)).blocked == text("delivery.blocked.not_sure")
        assert [name for name, _ in customs.names()] == ["UPDATE", AMEND]

    run(main())


@pytest.mark.parametrize("regime", Regime)
def test_what_customs_has_already_goes_as_a_change(world: World, run, regime) -> None:
    async def main() -> None:
        customs = Customs(world)
        first, change = (FILE, AMEND) if regime is Regime.ACE else ("ORIGINAL", "AMEND")
        customs.silent = {first}
        trip = await world.trip(regime)
        await world.submit.send(trip.id)
        await world.deliver()
        no = said(world, customs.unanswered[0], is_yes=False)
        if regime is Regime.ACE:
            no["validationResponses"] = [{"description": "MANIFEST ALREADY ON FILE - DO NOT RESEND"}]
        await world.hear(no)
        preview = await world.submit.preview(trip.id)
        assert (preview.blocked, len(preview.lines)) == ("", 1)
        assert preview.consequences[0] == text("delivery.consequence.as_change")
        assert [one.what for one in preview.reasons] == ([] if regime is Regime.ACE else ["trip", "shipment"])
        reasons = {} if regime is Regime.ACE else {"trip_reason": "40", "shipment_reason": "60"}
        await world.submit.send(trip.id, **reasons)
        await world.deliver()
        assert customs.names()[2:] == [(change, trip.number)]
        assert (await world.border.of_trip(trip)).customs == "on_file"

    run(main())


def test_what_cbsa_has_not_is_filed_and_not_changed(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs, Regime.ACI)
        await edit(world, trip, "/truck/number", "T9")
        customs.refuses = {"AMEND"}
        await world.submit.send(trip.id, trip_reason="40")
        await world.deliver()
        preview = await world.submit.preview(trip.id)
        assert text("delivery.consequence.as_filing") in preview.consequences
        await world.submit.send(trip.id)
        await world.deliver()
        assert customs.names() == [("UPDATE", trip.number), ("AMEND", trip.number), ("ORIGINAL", trip.number)]

    run(main())


def test_a_truck_that_arrived_has_arrived_also_after_a_refused_change(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs, Regime.ACI)
        number = trip.document["shipments"][0]["cargoControlNumber"]
        at = f"{world.clock.now():%Y-%m-%d %H:%M:%S}"
        notice = {"data": "ACI_NOTICE", "type": "ARRIVAL_REPORTED", "dateTime": at, "cbsaDateTime": at}
        await world.hear({**notice, "tripNumber": trip.number, "cargoControlNumber": number})
        await edit(world, trip, "/truck/number", "T9")
        customs.refuses = {"AMEND"}
        await world.submit.send(trip.id, trip_reason="40")
        await world.deliver()
        assert (await world.border.of_trip(trip)).customs == "refused"
        await edit(world, trip, "/shipments/0/cargoControlNumber", "9SMPPARS000999")
        assert (await world.submit.preview(trip.id)).blocked == text("delivery.blocked.arrived_bsf673")
        cancel = await world.submit.preview(trip.id, intent=Intent.CANCEL)
        assert cancel.blocked == text("delivery.blocked.cancel_arrived_aci")

    run(main())


def test_what_is_held_goes_on_only_when_a_person_allows_it_and_says_so_until_then(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-25 10:30:00")
        customs.silent = {CANCEL}
        await world.submit.send(trip.id)
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        await world.store.holding.arrive("here")
        await world.store.holding.arrive("elsewhere")
        assert (await world.progress.of_trip(trip.id)).text == text("send_progress.held", who="CBP")
        world.clock.advance(15 * 60)
        with pytest.raises(DesktopError):
            await world.progress.go_on(trip.id)
        await world.store.holding.release()
        assert "go_on" in (await world.progress.of_trip(trip.id)).actions
        await world.progress.go_on(trip.id)
        await world.deliver()
        assert [name for name, _ in customs.names()] == [CANCEL, "UPDATE", FILE]

    run(main())


def test_a_clock_that_was_set_back_does_not_take_the_way_on_away(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await edit(world, trip, "/estimatedArrivalDateTime", "2026-11-25 10:30:00")
        customs.silent = {CANCEL}
        await world.submit.send(trip.id)
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        assert "go_on" not in (await world.progress.of_trip(trip.id)).actions
        world.clock.jump(-6 * 3600)
        assert "go_on" in (await world.progress.of_trip(trip.id)).actions

    run(main())


@pytest.mark.parametrize("is_onward", [False, True])
def test_a_second_move_waits_for_the_first(world: World, run, is_onward) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs)
        first = copy.deepcopy(old.document["shipments"][0])
        other = {**first, "cargoControlNumber": "9SMPPARS000779"}
        third = await world.trip(Regime.ACI, tripNumber="9SMPNEW003", shipments=[other])
        await world.submit.move(number, old.id, new.id, trip_reason="50")
        asked = (number, new.id, third.id) if is_onward else (first["cargoControlNumber"], old.id, third.id)
        assert (await world.submit.preview_move(*asked)).blocked == text("delivery.blocked.moving")
        assert (await world.submit.move(*asked, trip_reason="50")).outcome == "not_ready"
        await world.deliver()
        assert len(customs.names()) == 4

    run(main())


def test_an_answer_given_out_again_in_another_order_is_no_answer_to_a_later_request(world: World, run) -> None:
    async def main() -> None:
        customs = Customs(world)
        old, new, number = await two(world, customs)
        customs.silent = {"AMEND"}
        await edit(world, old, "/truck/number", "T9")
        await world.submit.send(old.id, trip_reason="40")
        await world.deliver()
        answer = said(world, customs.unanswered[0])
        await world.hear(answer)
        world.clock.advance(60)
        await world.submit.move(number, old.id, new.id, trip_reason="50")
        await world.deliver()
        await world.hear({**imported(customs.unanswered[1]), "status": "TRANSMITTED"})
        await world.hear(dict(reversed(answer.items())))
        await world.deliver()
        assert await world.states(new) == ["READY", "READY"]
        await world.hear(said(world, customs.unanswered[1]))
        await world.deliver()
        assert await world.states(new) == ["ACKED", "ACKED"]

    run(main())


@pytest.mark.parametrize("is_yes", [False, True])
def test_the_late_answer_to_a_change_brings_no_cancelled_trip_back(world: World, run, is_yes) -> None:
    async def main() -> None:
        customs = Customs(world)
        trip = await filed(world, customs)
        await edit(world, trip, "/truck/number", "T9")
        customs.silent = {AMEND}
        await world.submit.send(trip.id)
        await world.deliver()
        await world.hear({**imported(customs.unanswered[0]), "status": "TRANSMITTED"})
        await world.submit.send(trip.id, intent=Intent.CANCEL)
        await world.deliver()
        world.clock.advance(5)
        await world.hear(said(world, customs.unanswered[0], is_yes=is_yes))
        crossing = await world.border.of_trip(await world.store.trips.get(trip.id))
        assert (crossing.customs, crossing.is_filed) == ("cancelled", False)
        await world.submit.send(trip.id)
        await world.deliver()
        assert customs.names()[-1][0] == FILE
        assert (await world.border.of_trip(await world.store.trips.get(trip.id))).customs == "on_file"

    run(main())
