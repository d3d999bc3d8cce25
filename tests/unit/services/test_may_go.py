"""The answer of the list: what the messages cannot say decides too, and what is missing never speaks for a go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from unit.services.world import World, good_gateway

from desktop.clock import to_text
from desktop.domain.lifecycle import Regime, Verdict
from desktop.services.listening import Listening
from desktop.services.lookups import Lookups
from desktop.services.may_go import is_fast, nature_of


class Office:
    """A desk somebody listens at, with one trip that has everything but its hour."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.listening = Listening(world.store, world.clock, keeper=world.keeper)
        self.lookups = self.with_listening(self.listening)

    def with_listening(self, listening: Listening | None) -> Lookups:
        world = self.world
        return Lookups(
            world.store, world.border, world.server_errors, world.facts, world.clock, world.changes, listening=listening
        )

    async def filed(self, **changes: object):
        """File the sample trip into the USA; both entries come at once."""
        world = self.world
        await self.listening.began([world.company.id])
        world.clock.advance(1)
        trip = await world.trip(**changes)
        world.socket.script = good_gateway
        await world.submit.send(trip.id)
        await world.deliver()
        pairs = [
            {"shipmentControlNumber": one["shipmentControlNumber"], "code": "05"} for one in trip.document["shipments"]
        ]
        entry = {"data": "ACE_RESPONSE", "cbpDateTime": "2026-11-24 07:02:00", "tripNumber": trip.number}
        await world.hear(entry | {"shipmentStatusList": pairs})
        return trip

    async def row(self, trip, lookups: Lookups | None = None):
        return (await (lookups or self.lookups).trip(trip.id)).row

    async def verdict(self, trip) -> tuple[Verdict, str]:
        ready = (await self.row(trip)).readiness
        return ready.verdict, ready.reasons[0].code

    async def pass_time(self, minutes: int) -> None:
        """Let time pass while the line stays up."""
        for _ in range(minutes * 2):
            self.world.clock.advance(30)
            await self.listening.beat()


async def put(world: World, trip, name: str, value: object) -> None:
    session = await world.editing.open(trip.id)
    session.set_local(name, value)
    await session.flush()
    await session.close()


def test_a_trip_waits_its_hour_and_goes(world: World, run) -> None:
    async def main() -> None:
        office = Office(world)
        trip = await office.filed()
        row = await office.row(trip)
        assert (row.customs, row.cleared, row.readiness.verdict) == ("cleared", 2, Verdict.WAIT)
        (hour,) = row.readiness.reasons
        assert (hour.code, hour.text) == ("hour", "All cleared; only the 60 minutes from acceptance are missing.")
        assert hour.headline.startswith("booth from ")
        assert row.readiness.booth_from == hour.at + timedelta(minutes=60)
        await office.pass_time(60)
        row = await office.row(trip)
        (go,) = row.readiness.reasons
        assert (row.readiness.verdict, go.headline) == (Verdict.GO, "booth any time")
        assert go.text.endswith("2 of 2 entries, no holds known.")
        assert go.frame
        shown = await world.listings.show(trip.id)
        assert set(shown["readiness"]) == {"verdict", "booth_from", "reasons"}

    run(main())


def test_a_change_takes_go_away_until_it_is_on_file(world: World, run) -> None:
    async def main() -> None:
        office = Office(world)
        trip = await office.filed()
        await office.pass_time(60)
        session = await world.editing.open(trip.id)
        session.set("/truck/number", "T9")
        await session.flush()
        assert await office.verdict(trip) == (Verdict.WAIT, "change_not_sent")
        session.set("/truck/number", trip.document["truck"]["number"])
        await session.flush()
        await session.close()
        assert await office.verdict(trip) == (Verdict.GO, "go")

    run(main())


def test_a_time_without_listening_takes_go_away_until_somebody_looks(world: World, run) -> None:
    async def main() -> None:
        office = Office(world)
        trip = await office.filed()
        await office.pass_time(60)
        await office.listening.ended([world.company.id])
        world.clock.advance(30)
        assert await office.verdict(trip) == (Verdict.GO, "go"), "a short break counts for nothing"
        world.clock.advance(300)
        assert await office.verdict(trip) == (Verdict.UNKNOWN, "not_listening")
        await office.listening.began([world.company.id])
        await office.pass_time(2)
        assert await office.verdict(trip) == (Verdict.UNKNOWN, "gap")
        await put(world, trip, "looked_at", to_text(world.clock.now()))
        assert await office.verdict(trip) == (Verdict.GO, "go")

    run(main())


def test_where_nobody_is_known_to_listen_nothing_goes(world: World, run) -> None:
    async def main() -> None:
        office = Office(world)
        trip = await office.filed()
        await office.pass_time(60)
        row = await office.row(trip, office.with_listening(None))
        assert (row.readiness.verdict, row.readiness.reasons[0].code) == (Verdict.UNKNOWN, "not_listening")

    run(main())


@pytest.mark.parametrize("looked", ["yesterday", "2026-11-24T20:00:00", 7, None])
def test_a_look_without_a_moment_is_none(world: World, run, looked) -> None:
    async def main() -> None:
        office = Office(world)
        trip = await office.filed()
        await office.listening.ended([world.company.id])
        world.clock.advance(300)
        await office.listening.began([world.company.id])
        await office.pass_time(60)
        await put(world, trip, "looked_at", looked)
        assert await office.verdict(trip) == (Verdict.UNKNOWN, "gap")

    run(main())


def test_fast_is_what_a_person_says_of_drivers_with_cards(world: World, run) -> None:
    async def main() -> None:
        office = Office(world)
        trip = await office.filed()
        driver = {**trip.document["drivers"][0], "fastCardNumber": "42701234567801"}
        carded = trip._replace(document={**trip.document, "drivers": [driver]}, local={"is_fast": True})
        bare = {name: value for name, value in driver.items() if name != "fastCardNumber"}
        assert is_fast(carded)
        assert not is_fast(carded._replace(local={})), "a card alone qualifies nobody"
        assert not is_fast(carded._replace(regime=Regime.ACI))
        assert not is_fast(carded._replace(document={**trip.document, "drivers": [driver, bare]}))
        assert not is_fast(carded._replace(document={**trip.document, "drivers": []}))

    run(main())


def test_an_empty_trip_is_what_the_user_calls_so(world: World, run) -> None:
    async def main() -> None:
        trip = await world.trip()
        assert nature_of(trip) == ""
        assert nature_of(trip._replace(local={"is_empty_trip": True})) == "empty"
        assert nature_of(trip._replace(local={"is_empty_trip": True, "nature": "iit"})) == "iit"

    run(main())
