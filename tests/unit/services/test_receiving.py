"""Frames: stored first, understood second, never dropped, never given to the wrong trip."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest
from unit.services.world import World, ace_accepted, golden, goldens, imported

from desktop.domain.lifecycle import Category, Regime
from desktop.errors import Bug
from desktop.services.views import InboxFilter, Subject
from desktop.tasks import TaskKeeper

INCOMING = [name for name in goldens() if name.startswith(("ace-response", "aci-notice", "aci-response", "api", "rns"))]


async def cards(world: World):
    return await world.inbox.cards(InboxFilter())


@pytest.mark.parametrize("name", goldens())
def test_every_message_of_the_page_is_kept_and_told(world, run, name) -> None:
    async def main() -> None:
        body = json.dumps(golden(name)).encode()
        await world.hear(body)
        assert (await world.store.frames.since(0))[0].body == body
        found = await cards(world)
        if name == "api-response-ok":
            assert found == [], "the handshake stands in the connection log"
            assert [line.what for line in await world.store.link_log.newest(company=world.company.id)] == ["handshake"]
            return
        (card,) = found
        assert card.kind == golden(name)["data"]
        assert (card.category is Category.UNRECOGNISED) == (name not in INCOMING)
        assert card.title

    run(main())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"not json",
        b"[1, 2]",
        b'{"data": 7}',
        b'{"data": "SOMETHING_NEW", "tripNumber": 5}',
        b'{"data": "ACE_RESPONSE", "processingResponse": [], "sendRequest": "x"}',
        b'{"data":"API_RESPONSE"}',
        b"[" * 100_000,
        b'{"a": 1e999}',
        b'{"data": "RNS_SHIPMENT", "status": {"releaseCode": null}}',
    ],
)
def test_garbage_is_an_item_too(world, run, body) -> None:
    async def main() -> None:
        await world.hear(body)
        (card,) = await cards(world)
        message = await world.inbox.message(card.id)
        assert message.raw_size == len(body)
        assert message.happened
        assert (await world.store.frames.since(0))[0].body == body
        assert await world.store.frames.not_understood() == []

    run(main())


def test_sixteen_mebibytes_are_kept(world, run) -> None:
    async def main() -> None:
        body = b'{"data":"' + b"x" * (16 * 1024 * 1024 - 11) + b'"}'
        await world.hear(body)
        assert (await world.store.frames.since(0))[0].size == 16 * 1024 * 1024
        (card,) = await cards(world)
        assert card.category is Category.UNRECOGNISED
        assert len(card.title) + len(card.text) < 1000

    run(main())


def test_equal_frames_are_one_item_with_repeats(world, run) -> None:
    async def main() -> None:
        for _ in range(3):
            await world.hear(golden("ace-response"))
        await world.hear(golden("aci-notice"))
        assert [(card.kind, card.repeats) for card in await cards(world)] == [("ACI_NOTICE", 1), ("ACE_RESPONSE", 3)]
        assert await world.store.frames.count() == 4

    run(main())


def test_an_rns_finds_its_trip_by_control_number(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        told = []
        world.changes.subscribe(told.append)
        batches = []
        world.receiving.tell = batches.append
        rns = golden("rns-shipment")
        rns["cargoControlNumber"] = trip.document["shipments"][0]["cargoControlNumber"].lower()
        await world.hear({"rnsShipment": {name: value for name, value in rns.items() if name != "data"}})
        (card,) = await cards(world)
        assert (card.trip, card.trip_id, card.kind) == (trip.number, trip.id, "RNS_SHIPMENT")
        assert (Subject.TRIP, frozenset({trip.id})) in [(one.subject, one.ids) for one in told]
        assert [len(batch) for batch in batches] == [1]

    run(main())


def test_an_ambiguous_control_number_links_nothing(world, run) -> None:
    async def main() -> None:
        await world.trip(Regime.ACI)
        await world.trip(Regime.ACI, tripNumber="9SMP000000000X")
        number = world.document(Regime.ACI)["shipments"][0]["cargoControlNumber"]
        await world.hear(golden("rns-shipment") | {"cargoControlNumber": number})
        (card,) = await cards(world)
        assert (card.trip_id, card.shipment) == (None, number)

    run(main())


def test_of_two_trips_with_one_number_the_one_that_went_out_gets_the_answer(world, run, clock) -> None:
    async def main() -> None:
        sent = await world.trip()
        world.socket.script = lambda message: [imported(message)]
        await world.submit.send(sent.id, hold=True)
        await world.deliver()
        clock.advance(60)
        draft = await world.store.trips.add(Regime.ACE, sent.document, company=world.company.id)
        await world.hear(ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": sent.number}))
        assert (await cards(world))[0].trip_id == sent.id
        assert draft.id != sent.id

    run(main())


def test_a_trip_whose_number_was_changed_is_still_known_by_the_one_it_went_out_with(world, run, clock) -> None:
    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id, hold=True)
        await world.deliver()
        session = await world.editing.open(trip.id)
        session.set("/tripNumber", "SMPL00000077")
        await session.flush()
        await world.store.trips.add(Regime.ACE, trip.document, company=world.company.id)
        await world.hear(ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": trip.number}))
        assert (await cards(world))[0].trip_id == trip.id
        assert (await world.lookups.trip(trip.id)).row.customs == "on_file"

    run(main())


def test_of_two_drafts_with_one_number_none_gets_it(world, run) -> None:
    async def main() -> None:
        document = world.document()
        for _ in range(2):
            await world.store.trips.add(Regime.ACE, document, company=world.company.id)
        await world.hear(ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": document["tripNumber"]}))
        assert (await cards(world))[0].trip_id is None

    run(main())


class TestSharedConnection:
    """Several carriers of a service provider share one connection."""

    @pytest.fixture
    def two(self, bare, run):
        run(bare.add_company("First Sample", key="c-1"))
        run(bare.add_company("Second Sample", key="c-2"))
        return bare

    def test_the_company_key_decides(self, two, run) -> None:
        async def main() -> None:
            for company in two.companies:
                await two.trip(company=company)
            answer = ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": two.document()["tripNumber"]})
            await two.hear(answer | {"companyKey": "c-2"})
            (card,) = await cards(two)
            assert card.company == two.companies[1].id
            trips = {row.company: row.customs for row in await two.lookups.trips()}
            assert trips == {two.companies[0].id: "none", two.companies[1].id: "on_file"}

        run(main())

    def test_without_a_key_the_numbers_decide(self, two, run) -> None:
        async def main() -> None:
            trip = await two.trip(Regime.ACI, company=two.companies[1])
            number = trip.document["shipments"][0]["cargoControlNumber"]
            await two.hear(golden("rns-shipment") | {"cargoControlNumber": number})
            await two.hear(golden("rns-shipment") | {"cargoControlNumber": "UNKNOWN"})
            unknown, known = await cards(two)
            assert (known.company, known.trip_id) == (two.companies[1].id, trip.id)
            assert (unknown.company, unknown.trip_id) == (two.companies[0].id, None)

        run(main())

    def test_a_strangers_key_is_kept_as_not_recognised_and_linked_to_nothing(self, two, run) -> None:
        async def main() -> None:
            trip = await two.trip(company=two.companies[0])
            answer = ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": trip.number})
            for companies in (two.companies, two.companies[:1]):
                await two.hear(answer | {"companyKey": "c-9"}, companies=companies)
            (card,) = await cards(two)
            assert (card.category, card.trip_id, card.repeats) == (Category.UNRECOGNISED, None, 2)
            assert (await two.lookups.trip(trip.id)).row.customs == "none"

        run(main())


def test_a_carriers_own_key_takes_whatever_comes_over_it(world, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        answer = ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": trip.number})
        await world.hear(answer | {"companyKey": "c-anything"})
        assert (await cards(world))[0].trip_id == trip.id

    run(main())


def test_a_stop_between_storing_and_understanding_loses_nothing(world, run) -> None:
    """The frame is applied to the outbox and shown at the next start, however far it had come."""

    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id, hold=True)
        await world.deliver()
        answer = imported(world.socket.sent[0])

        async def dies(value, frame, received_at) -> None:
            await world.courier.heard(value, frame, received_at)
            raise Bug("the power goes here")

        with pytest.raises(Bug):
            await world.receiving.frame(
                json.dumps(answer).encode(),
                world.clock.now(),
                companies=world.companies,
                connection="first",
                is_text=True,
                apply=dies,
            )
        assert await cards(world) == []
        await world.receiving.catch_up(world.new_courier(2).heard)
        assert await world.states(trip) == ["ACKED"]
        assert len(await cards(world)) == 1
        await world.receiving.catch_up(world.new_courier(3).heard)
        assert len(await cards(world)) == 1

    run(main())


def test_catching_up_leaves_another_connections_frames_to_it(world, run) -> None:
    async def main() -> None:
        from desktop.store.company import CompanyFields
        from desktop.store.records import NewFrame

        other = await world.store.companies.add(
            CompanyFields("Other Sample", address="ws://[::1]:9/x"), is_practice=True
        )
        body = json.dumps(golden("aci-notice")).encode()
        await world.store.frames.append(
            [NewFrame(company.id, "old", world.clock.now(), body) for company in (other, world.company)]
        )
        heard = []

        async def apply(value, frame, received_at) -> None:
            heard.append(frame)

        await world.receiving.catch_up(apply, [world.company.id])
        assert heard == [2]
        await world.receiving.catch_up(apply, [other.id])
        assert heard == [2, 1]
        assert {card.company for card in await cards(world)} == {world.company.id, other.id}

    run(main())


def test_what_is_being_stored_when_the_program_ends_is_stored(world: World, run, until) -> None:
    async def main() -> None:
        gate = threading.Event()
        keeper = TaskKeeper()
        busy = keeper.start(world.store._writer.write(lambda _: gate.wait(20)), name="the disk is busy")
        keeping = keeper.start(
            world.receiving.keep([(b"{}", world.clock.now())], company=world.company.id, connection="c"), name="keep"
        )
        await until(world.store._writer._executor._work_queue.qsize)
        keeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await keeping
        gate.set()
        await busy
        await world.store.try_to_write()
        assert await world.store.frames.count() == 1

    run(main())
