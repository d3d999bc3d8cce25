"""Which trip a message belongs to: never a matter of what came first, never guessed, and a person's word stays."""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
from pathlib import Path

import pytest
from fakes.clock import ManualClock
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.services.world import World, ace_accepted, golden

from desktop.domain.lifecycle import Category, Regime
from desktop.services.views import InboxFilter, Subject
from desktop.store import open_store
from desktop.store.company import CompanyFields
from desktop.store.records import NewInboxItem

ADDRESS = "ws://127.0.0.1:1/api/sockets/practice"
TRIPS = ["SMPLTRIP01", "SMPLTRIP02"]
CONTROLS = ["SMPLCARGO1", "SMPLCARGO2", "SMPLCARGO3"]


def accepted(number: str):
    return ace_accepted({"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": number})


async def only_card(world: World):
    (card,) = await world.inbox.cards(InboxFilter())
    return card


# --- fits more than one ----------------------------------------------------------------------------------------------


def test_a_second_draft_of_a_number_takes_the_certainty_away_and_its_going_brings_it_back(world, run) -> None:
    async def main() -> None:
        first = await world.trip()
        await world.hear(accepted(first.number))
        assert (await only_card(world)).trip_id == first.id
        second = await world.trip()
        other = await world.store.trips.add(Regime.ACE, second.document, company=world.company.id)
        told = []
        world.changes.subscribe(told.append)
        session = await world.editing.open(other.id)
        session.set("/drivers", [])  # any edit: the number is what counts
        await session.flush()
        await world.editing.delete(other.id)
        assert (await only_card(world)).trip_id == first.id
        await world.editing.undelete(other.id)
        assert (await only_card(world)).trip_id is None
        assert Subject.INBOX in {one.subject for one in told}
        message = await world.inbox.message((await only_card(world)).id)
        assert {one.trip_id for one in message.candidates} == {first.id, other.id}
        await world.editing.delete(other.id)
        assert (await only_card(world)).trip_id == first.id
        assert (await world.inbox.message((await only_card(world)).id)).candidates == ()

    run(main())


def test_a_person_says_which_and_that_stays_until_it_is_taken_back(world, run) -> None:
    async def main() -> None:
        document = world.document()
        trips = [await world.store.trips.add(Regime.ACE, document, company=world.company.id) for _ in range(2)]
        await world.hear(accepted(document["tripNumber"]))
        card = await only_card(world)
        assert card.trip_id is None
        assert await world.inbox.assign(card.id, trips[1].id) is None
        assert (await only_card(world)).trip_id == trips[1].id
        assert (await world.lookups.trip(trips[1].id)).row.customs == "on_file"
        assert (await world.lookups.trip(trips[0].id)).row.customs == "none"
        session = await world.editing.open(trips[0].id)
        session.set("/tripNumber", "SMPL00000099")
        await session.flush()
        assert (await only_card(world)).trip_id == trips[1].id, "what was chosen stays"
        assert await world.inbox.assign(card.id, trips[0].id) == trips[1].id
        assert await world.inbox.assign(card.id, None) == trips[0].id
        assert (await only_card(world)).trip_id == trips[1].id, "only one bears the number now"

    run(main())


def test_the_one_that_goes_out_gets_the_messages_of_both(world, run) -> None:
    async def main() -> None:
        document = world.document()
        trips = [await world.store.trips.add(Regime.ACE, document, company=world.company.id) for _ in range(2)]
        await world.hear(accepted(document["tripNumber"]))
        assert (await only_card(world)).trip_id is None
        session = await world.editing.open(trips[0].id)
        session.set("/tripNumber", "SMPL00000099")
        await session.flush()
        await world.submit.send(trips[1].id, hold=True)
        await world.deliver()
        session.set("/tripNumber", document["tripNumber"])
        await session.flush()
        assert (await only_card(world)).trip_id == trips[1].id

    run(main())


def test_a_choice_outlives_deriving_the_inbox_anew(world, run) -> None:
    async def main() -> None:
        document = world.document()
        trips = [await world.store.trips.add(Regime.ACE, document, company=world.company.id) for _ in range(2)]
        await world.hear(accepted(document["tripNumber"]))
        card = await only_card(world)
        await world.inbox.assign(card.id, trips[0].id)
        (frame,) = await world.store.frames.since(0)
        new = NewInboxItem(
            frame.id, frame.company, frame.received_at, "ACE_RESPONSE", Category.ACCEPTED, Regime.ACE,
            frame.sha256, "t", "x", "ok", trip_number=document["tripNumber"],
        )  # fmt: skip
        await world.store.inbox.rebuild(lambda _: new)
        assert (await only_card(world)).trip_id == trips[0].id
        assert (await world.store.bearing.message(card.id)).is_chosen

    run(main())


def test_a_number_given_up_leaves_its_messages_to_the_one_who_still_has_it(world, run) -> None:
    async def main() -> None:
        document = world.document()
        first, second = [await world.store.trips.add(Regime.ACE, document, company=world.company.id) for _ in range(2)]
        await world.hear(accepted(document["tripNumber"]))
        session = await world.editing.open(second.id)
        session.set("/tripNumber", "SMPL00000099")
        await session.flush()
        assert (await only_card(world)).trip_id == first.id

    run(main())


def test_a_message_goes_by_all_its_shipments_not_the_first_alone(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        mine = trip.document["shipments"][0]["cargoControlNumber"]
        notice = golden("aci-notice") | {
            "cargoControlNumber": "9SMPUNKNOWN1",
            "references": [{"cargoControlNumber": mine}],
        }
        notice.pop("tripNumber", None)
        await world.hear(notice)
        assert (await only_card(world)).trip_id == trip.id

    run(main())


def test_a_shipment_that_moved_takes_its_messages_along(world, run) -> None:
    async def main() -> None:
        old = await world.trip(Regime.ACI)
        await world.submit.send(old.id, hold=True)
        await world.deliver()
        moved = old.document["shipments"][0]
        await world.hear(golden("rns-shipment") | {"cargoControlNumber": moved["cargoControlNumber"]})
        assert (await only_card(world)).trip_id == old.id
        session = await world.editing.open(old.id)
        session.set("/shipments", old.document["shipments"][1:])
        await session.flush()
        assert (await only_card(world)).trip_id == old.id, "it went out with it, and nobody else has it"
        new = await world.trip(Regime.ACI, tripNumber="9SMP00000042", shipments=[moved])
        card = await only_card(world)
        assert (card.trip_id, card.trip) == (new.id, new.number)

    run(main())


def test_what_came_together_is_stored_together_and_told_once(world, run) -> None:
    async def main() -> None:
        trip = await world.trip(Regime.ACI)
        number = trip.document["shipments"][0]["cargoControlNumber"]
        told, batches = [], []
        world.changes.subscribe(told.append)
        world.receiving.tell = batches.append
        bodies = [
            json.dumps(golden("rns-shipment") | {"cargoControlNumber": number, "transactionNumber": f"{place:014d}"})
            for place in range(30)
        ]
        bodies[7:7] = [bodies[3], bodies[3], "no JSON"]
        await world.receiving.frames(
            [(one.encode(), world.clock.now()) for one in bodies],
            companies=world.companies,
            connection="first",
            apply=world.courier.heard,
            sift=world.courier.sift,
        )
        assert [one.body.decode() for one in await world.store.frames.since(0)] == bodies
        cards = await world.inbox.cards(InboxFilter())
        assert len(cards) == 31
        assert [card.repeats for card in cards].count(3) == 1
        assert [one.subject for one in told if one.subject in {Subject.INBOX, Subject.TRIP}] == [
            Subject.INBOX,
            Subject.TRIP,
        ]
        assert [len(batch) for batch in batches] == [len(bodies)]

    run(main())


@pytest.mark.parametrize("is_quoted", [True, False])
def test_an_answer_in_the_midst_of_a_batch_settles_what_it_answers_once(world, run, is_quoted) -> None:
    """The same bytes again in one batch answer nothing that was claimed meanwhile (reliability 4.4)."""

    async def main() -> None:
        trip = await world.trip()
        await world.submit.send(trip.id)
        await world.courier._send_next()
        upload = world.socket.sent[0]
        answer = {"data": "API_RESPONSE", "status": "TRANSMITTED", "message": "ok", "tripNumber": trip.number}
        if is_quoted:
            answer["sendId"] = upload["sendId"]
        noise = [json.dumps(golden("aci-notice") | {"cargoControlNumber": f"9SMPX{n:06d}"}) for n in range(5)]
        bodies = [*noise[:2], json.dumps(answer), *noise[2:], json.dumps(answer)]
        await world.receiving.frames(
            [(one.encode(), world.clock.now()) for one in bodies],
            companies=world.companies,
            connection="first",
            apply=world.courier.heard,
            sift=world.courier.sift,
        )
        states = await world.states(trip)
        assert states[1] == "READY", "nobody answered what has not gone out"
        assert await world.store.frames.not_understood() == []

    run(main())


# --- any order -------------------------------------------------------------------------------------------------------

trips = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(TRIPS), st.lists(st.sampled_from(CONTROLS), max_size=2, unique=True)),
    max_size=3,
)
messages = st.lists(
    st.tuples(
        st.sampled_from(["", "c-1", "c-2", "c-9"]),
        st.sampled_from(["", *TRIPS]),
        st.lists(st.sampled_from(CONTROLS), max_size=2, unique=True),
    ),
    min_size=1,
    max_size=4,
    unique_by=str,
)


def said(key: str, trip: str, controls: list[str]):
    """A word of CBP on a trip, or on shipments."""
    value = {
        "data": "ACE_RESPONSE",
        "shipmentStatusList": [{"shipmentControlNumber": one, "code": "05"} for one in controls],
    }
    return value | ({"tripNumber": trip} if trip else {}) | ({"companyKey": key} if key else {})


async def links(folder: Path, events: list[tuple[str, int]], made, heard) -> list[set[int]]:
    """Let trips and messages come in this order; return which trip each message belongs to, by their places."""
    clock = ManualClock()
    store = open_store(folder, kind=None, clock=clock)
    world = World(store, clock)
    try:
        for place in (1, 2):
            fields = CompanyFields(f"Sample {place}", ("SMPL",), ("9SMP",), ADDRESS, f"c-{place}")
            world.companies.append(await store.companies.add(fields, is_practice=True))
        world.courier = world.new_courier()
        ids: dict[str, int] = {}
        for what, place in events:
            clock.advance(1)
            if what == "message":
                await world.hear(said(*heard[place]))
            else:
                company, number, controls = made[place]
                shipments = [{"shipmentControlNumber": one} for one in controls]
                document = {"data": "ACE_TRIP", "tripNumber": number, "shipments": shipments}
                session = await world.starting_point(document, world.companies[company])
                ids[session] = place
        found = []
        for place in range(len(heard)):
            body = json.dumps(said(*heard[place])).encode()
            frame = next(one for one in await store.frames.since(0) if one.body == body)
            (card,) = [one for one in await store.inbox.cards() if one.frame == frame.id]
            found.append(set() if card.trip is None else {ids[card.trip]})
        return found
    finally:
        await store.close()


@settings(max_examples=25)
@given(made=trips, heard=messages, data=st.data())
def test_what_belongs_where_does_not_depend_on_what_came_first(made, heard, data) -> None:
    events = [("trip", place) for place in range(len(made))] + [("message", place) for place in range(len(heard))]
    other = data.draw(st.permutations(events))

    async def main() -> None:
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            assert await links(Path(first), events, made, heard) == await links(Path(second), other, made, heard)

    asyncio.run(main())


def test_every_order_of_two_trips_and_a_message_gives_the_same() -> None:
    made = [(0, TRIPS[0], CONTROLS[:1]), (1, TRIPS[0], CONTROLS[:2])]
    heard = [("", "", CONTROLS[1:2])]
    events = [("trip", 0), ("trip", 1), ("message", 0)]

    async def main() -> None:
        for order in itertools.permutations(events):
            with tempfile.TemporaryDirectory() as folder:
                assert await links(Path(folder), list(order), made, heard) == [{1}]

    asyncio.run(main())
