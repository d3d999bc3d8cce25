"""The letter to a broker: what he needs, nothing private, a draft that only the user sends."""

from __future__ import annotations

import email
import email.policy
from urllib.parse import parse_qs, urlsplit

import pytest
from unit.services.world import World, good_gateway

from desktop.domain.lifecycle import Regime
from desktop.errors import EnvironmentFailure
from desktop.services.history import history_of
from desktop.services.mailing import Mailing
from desktop.services.nudge import Broker, Nudges

HERE = "2026-11-24 14:10:00"


@pytest.fixture
def nudges(world: World) -> Nudges:
    mailing = Mailing(world.store, world.clock)
    return Nudges(world.store, world.border, mailing, world.changes, world.clock)


async def broker(world: World, name: str, *, company: str = "", **local):
    document = {"name": name, "address": {"city": "Sampleton", "stateProvince": "ON"}}
    facts = {"roles": ["broker"], **local}
    return await world.store.library.save(
        "partner", document, facts, key=name, title=name, subtitle="", company=company
    )


async def filed(world: World, regime: Regime = Regime.ACE, shipments=None):
    document = world.document(regime)
    changes = {} if shipments is None else {"shipments": shipments(document["shipments"])}
    trip = await world.trip(regime, estimatedArrivalDateTime=HERE, **changes)
    world.socket.script = good_gateway
    await world.submit.send(trip.id)
    await world.deliver()
    return await world.store.trips.get(trip.id)


def numbers(trip) -> list[str]:
    name = "shipmentControlNumber" if trip.regime is Regime.ACE else "cargoControlNumber"
    return [one[name] for one in trip.document["shipments"]]


def plates(unit) -> list[dict]:
    found = unit.get("licensePlates") or unit.get("licensePlate") or []
    return found if isinstance(found, list) else [found]


def read(nudge):
    return email.message_from_bytes(nudge.path.read_bytes(), policy=email.policy.default)


def test_the_letter_names_what_the_broker_needs_and_nobody(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        await broker(world, "Sample Customs Broker", email="entries@broker.example", phone="519-555-0140")
        trip = await filed(world)
        nudge = await nudges.draft(trip.id)
        message = read(nudge)
        body = message.get_content()
        assert message["X-Unsent"] == "1"
        assert message["To"] == "entries@broker.example"
        for needed in (
            *numbers(trip),
            trip.number,
            trip.port,
            "2026-11-24 14:10 EST",
            world.company.name,
            "519-555-0100",
        ):
            assert needed in body, needed
        assert "CBP" in body
        document = trip.document
        private = [driver["lastName"] for driver in document["drivers"]]
        private += [one["number"] for unit in (document["truck"], *document["trailers"]) for one in plates(unit)]
        private += [document["truck"]["number"], *(unit["number"] for unit in document["trailers"])]
        assert len(private) > 3
        for word in private:
            assert word not in body
            assert word not in message["Subject"]
        asked = parse_qs(urlsplit(nudge.mailto).query)
        assert asked["subject"] == [nudge.subject]
        assert asked["body"][0].replace("\r\n", "\n") == nudge.body
        assert (nudge.broker.phone, nudge.broker.is_sure) == ("519-555-0140", False)

    run(main())


def test_a_draft_is_in_the_history_and_is_never_called_sent(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        number = numbers(trip)[0]
        await nudges.draft(trip.id, number)
        lines = [line.text for line in await history_of(world.store, trip) if line.what == "alert.drafted"]
        assert lines == [f"Letter to the broker drafted for {number}; whether it was sent is not known here"]
        assert await world.store.alerts.open_ones() == []

    run(main())


def test_without_an_address_the_letter_is_written_all_the_same(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        nudge = await nudges.draft(trip.id)
        assert (nudge.to, nudge.broker) == ("", Broker())
        assert "To" not in read(nudge)

    run(main())


def test_several_brokers_in_the_library_are_never_guessed_between(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        await broker(world, "Sample Broker One", email="one@broker.example")
        await broker(world, "Sample Broker Two", email="two@broker.example")
        trip = await filed(world)
        assert (await nudges.draft(trip.id)).to == ""

    run(main())


def test_another_carriers_broker_is_not_ours(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        ours = world.company
        other = await world.add_company("Second Sample Ltd.")
        await broker(world, "Sample Broker One", company=other.id, email="one@broker.example")
        world.companies.remove(other)
        trip = await world.trip(company=ours, estimatedArrivalDateTime=HERE)
        assert (await nudges.broker(trip.id)) == Broker()

    run(main())


def test_the_broker_a_shipment_names_wins_and_each_letter_is_for_one_broker(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        await broker(world, "jf moran co inc", email="entries@moran.example")
        await broker(world, "Sample Broker Two", email="two@broker.example")

        def named(shipments):
            first = {**shipments[0], "broker": {"filerCode": "002", "portLocation": "0401"}}
            third = [{"type": "XU", "name": "Sample Broker Two"}]
            return [first, *({**one, "thirdParties": third} for one in shipments[1:])]

        trip = await filed(world, shipments=named)
        first, *others = numbers(trip)
        nudge = await nudges.draft(trip.id)
        assert (nudge.to, nudge.numbers) == ("entries@moran.example", (first,))
        assert others
        second = await nudges.draft(trip.id, others[0])
        assert (second.to, second.numbers, second.broker.is_sure) == ("two@broker.example", (others[0],), True)

    run(main())


@pytest.mark.parametrize("regime", list(Regime))
def test_it_speaks_french_where_that_is_wanted(nudges: Nudges, world: World, run, regime: Regime) -> None:
    async def main() -> None:
        trip = await filed(world, regime)
        nudge = await nudges.draft(trip.id, language="fr")
        assert nudge.body.startswith("Bonjour,")
        assert ("CBP" if regime is Regime.ACE else "l’ASFC") in nudge.body
        english = await nudges.draft(trip.id)
        assert english.body.startswith("Hello,")
        assert ("CRN" in english.body) == (regime is Regime.ACI)

    run(main())


def test_odd_values_cannot_write_into_the_head(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        await broker(world, "Sample Customs Broker", email="a@b.example\r\nBcc: c@d.example")
        trip = await world.trip(tripNumber="AAAA1\r\nBcc: x@y.example", estimatedArrivalDateTime="soon")
        nudge = await nudges.draft(trip.id)
        message = read(nudge)
        assert message["Bcc"] is None
        assert nudge.to == ""
        assert "\n" not in nudge.subject

    run(main())


def test_a_folder_that_takes_nothing_is_said(nudges: Nudges, world: World, run) -> None:
    async def main() -> None:
        trip = await filed(world)
        folder = world.store.folder / "mail"
        folder.parent.mkdir(exist_ok=True)
        folder.write_text("in the way", encoding="utf-8")
        with pytest.raises(EnvironmentFailure):
            await nudges.draft(trip.id)
        assert [line for line in await history_of(world.store, trip) if line.what == "alert.drafted"] == []

    run(main())


def test_what_gets_no_entry_is_no_brokers_business(nudges: Nudges, world: World, run) -> None:
    """Domain 4.2: intangibles have no entry number."""

    async def main() -> None:
        trip = await filed(world, shipments=lambda rows: [{**rows[0], "type": "INTANGIBLES"}, *rows[1:]])
        assert (await nudges.draft(trip.id)).numbers == tuple(numbers(trip)[1:])

    run(main())
