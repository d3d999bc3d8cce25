"""Late trucks: the new arrival on the trip and its shipments, one undo, nothing sent, and the truth about what follows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from unit.services.world import World, good_gateway

from desktop.crossing.fold import Crossing
from desktop.domain.lifecycle import Customs, Regime
from desktop.services.late import ETA, SHIPMENT_ETA, Late, LeftOut
from desktop.services.views import Subject

HERE = "2026-11-24 14:10:00"
DETROIT = "3801"
PACIFIC = "3004"


@pytest.fixture
def late(world: World) -> Late:
    return Late(world.store, world.border, world.editing, world.changes, world.clock)


async def draft(world: World, eta: str = HERE, regime: Regime = Regime.ACE, **changes):
    return await world.trip(regime, estimatedArrivalDateTime=eta, **changes)


async def on_file(world: World, eta: str, regime: Regime = Regime.ACE):
    trip = await draft(world, eta, regime)
    world.socket.script = good_gateway
    await world.submit.send(trip.id)
    await world.deliver()
    return trip


def test_the_trip_and_its_shipments_get_the_new_time_in_one_step(late: Late, world: World, run) -> None:
    async def main() -> None:
        heard = []
        trip = await draft(world, regime=Regime.ACI)
        before = (await world.store.trips.get(trip.id)).document
        world.changes.subscribe(heard.append)
        (line,) = await late.preview([trip.id], 90)
        assert (line.before, line.after, line.left_out, line.is_sent) == (HERE, "2026-11-24 15:40:00", None, False)
        assert line.shipments == len(before["shipments"])
        assert (await world.store.trips.get(trip.id)).document == before  # only looked at
        done = await late.shift([trip.id], 90)
        stored = await world.store.trips.get(trip.id)
        assert stored.document[ETA] == "2026-11-24 15:40:00"
        assert {one[SHIPMENT_ETA] for one in stored.document["shipments"]} == {"2026-11-24 15:40:00"}
        assert stored.eta_utc == datetime(2026, 11, 24, 20, 40, tzinfo=UTC)
        assert stored.undo_position == 1
        assert (Subject.TRIP, {trip.id}) in [(one.subject, set(one.ids)) for one in heard]
        assert await world.store.outbox.for_trip(trip.id) == []
        assert await late.take_back(done) == []
        back = await world.store.trips.get(trip.id)
        assert (back.document, back.undo_position) == (before, 0)
        session = await world.editing.open(trip.id)
        assert session.can_redo
        session.redo()
        assert session.value("/" + ETA) == "2026-11-24 15:40:00"
        await session.close()

    run(main())


def test_an_ace_shipment_has_no_time_of_its_own(late: Late, world: World, run) -> None:
    async def main() -> None:
        trip = await draft(world)
        await late.shift([trip.id], 30)
        stored = await world.store.trips.get(trip.id)
        assert stored.document[ETA] == "2026-11-24 14:40:00"
        assert not [one for one in stored.document["shipments"] if SHIPMENT_ETA in one]

    run(main())


def test_an_open_editor_sees_it_keeps_what_is_typed_and_undoes_it(late: Late, world: World, run) -> None:
    async def main() -> None:
        trip = await draft(world)
        session = await world.editing.open(trip.id)
        session.set("/usPortOfArrival", PACIFIC)
        seen = []
        session.subscribe(lambda paths, _structure: seen.append(paths))
        (done,) = await late.shift([trip.id], 60)
        assert session.value("/" + ETA) == "2026-11-24 15:10:00"
        assert session.value("/usPortOfArrival") == PACIFIC
        assert seen
        assert (session.taken_over, session.set_aside) == (None, None)
        assert (await world.store.trips.get(trip.id)).document[ETA] == "2026-11-24 15:10:00"
        session.undo()
        assert session.value("/" + ETA) == HERE
        session.redo()
        assert await late.take_back([done]) == []
        assert session.value("/" + ETA) == HERE
        assert session.value("/usPortOfArrival") == PACIFIC
        await session.close()

    run(main())


def test_a_trip_that_was_changed_since_keeps_what_it_has(late: Late, world: World, run) -> None:
    async def main() -> None:
        trip = await draft(world)
        done = await late.shift([trip.id], 60)
        session = await world.editing.open(trip.id)
        session.set("/usPortOfArrival", PACIFIC)
        await session.close()
        assert await late.take_back(done) == [trip.id]
        assert (await world.store.trips.get(trip.id)).document[ETA] == "2026-11-24 15:10:00"

    run(main())


def test_what_customs_has_must_be_sent_again_and_another_day_is_a_new_filing_with_cbp(
    late: Late, world: World, run
) -> None:
    """Domain 4.8: CBP takes no other day of arrival as a change."""

    async def main() -> None:
        trip = await on_file(world, "2026-11-24 22:40:00")
        (line,) = await late.preview([trip.id], 60)
        assert (line.is_sent, line.is_other_day, line.must_refile) == (True, False, False)
        (line,) = await late.preview([trip.id], 90)
        assert (line.after, line.is_sent, line.is_other_day, line.must_refile) == (
            "2026-11-25 00:10:00", True, True, True,
        )  # fmt: skip
        rows = await world.rows(trip)
        await late.shift([trip.id], 90)
        assert await world.rows(trip) == rows  # nothing goes out of itself
        assert [line.waits_for for line in (await world.submit.preview(trip.id)).lines] == ["", "customs", ""]

    run(main())


def test_trips_that_are_over_or_have_no_time_are_left_out(late: Late, world: World, run) -> None:
    async def main() -> None:
        none = await draft(world, "")
        deleted = await draft(world, tripNumber="AAAA123458B")
        await world.store.trips.delete(deleted.id)
        odd = await draft(world, "tomorrow", tripNumber="AAAA123458C")
        last = await draft(world, "9999-12-31 23:30:00", tripNumber="AAAA123458D")
        fine = await draft(world, tripNumber="AAAA123458E")
        ids = [none.id, deleted.id, odd.id, last.id, fine.id]
        lines = await late.preview(ids, 90)
        assert [line.left_out for line in lines] == [
            LeftOut.NO_ETA, LeftOut.DELETED, LeftOut.NO_ETA, LeftOut.CALENDAR, None,
        ]  # fmt: skip
        assert [one.line.trip_id for one in await late.shift(ids, 90)] == [fine.id]

    run(main())


@pytest.mark.parametrize(
    ("customs", "why"),
    [
        (Customs.ARRIVED, LeftOut.ARRIVED),
        (Customs.RELEASED, LeftOut.ARRIVED),
        (Customs.CANCELLED, LeftOut.CANCELLED),
        (Customs.REFUSED, None),
        (Customs.ON_FILE, None),
    ],
)
def test_a_trip_that_is_over_keeps_its_time(late: Late, world: World, run, monkeypatch, customs, why) -> None:
    async def main() -> None:
        trip = await draft(world)

        async def stands(_trip) -> Crossing:
            return Crossing(Regime.ACE, customs=customs)

        monkeypatch.setattr(world.border, "of_trip", stands)
        assert [line.left_out for line in await late.preview([trip.id], 90)] == [why]
        assert len(await late.shift([trip.id], 90)) == (why is None)

    run(main())


@pytest.mark.parametrize(
    ("eta", "minutes", "after", "moment", "answer"),
    [
        # Sunday 1 November 2026: 02:00 EDT becomes 01:00 EST
        ("2026-11-01 00:45:00", 60, "2026-11-01 01:45:00", "05:45", {"is_later": False}),
        ("2026-11-01 00:45:00", 120, "2026-11-01 01:45:00", "06:45", {"is_later": True}),
        ("2026-11-01 00:45:00", 180, "2026-11-01 02:45:00", "07:45", None),
        # Sunday 14 March 2027: 02:00 EST becomes 03:00 EDT
        ("2027-03-14 01:30:00", 90, "2027-03-14 04:00:00", "08:00", None),
        ("2027-03-14 03:30:00", -60, "2027-03-14 01:30:00", "06:30", None),
    ],
)
def test_minutes_pass_on_the_real_clock_over_a_change_of_it(
    late: Late, world: World, run, eta: str, minutes: int, after: str, moment: str, answer
) -> None:
    async def main() -> None:
        trip = await draft(world, eta, usPortOfArrival=DETROIT)
        (line,) = await late.preview([trip.id], minutes)
        assert (line.after, line.is_repeated_hour) == (after, answer is not None)
        await late.shift([trip.id], minutes)
        stored = await world.store.trips.get(trip.id)
        assert stored.eta_utc is not None
        assert stored.eta_utc.strftime("%H:%M") == moment
        wanted = None if answer is None else {"eta": after, **answer}
        assert stored.local.get("doubled") == wanted

    run(main())


@pytest.mark.parametrize("eta", ["2026-11-01 01:30:00", "2027-03-14 02:30:00"])
def test_a_time_that_means_two_moments_or_none_is_asked_first(late: Late, world: World, run, eta: str) -> None:
    async def main() -> None:
        trip = await draft(world, eta, usPortOfArrival=DETROIT)
        assert [line.left_out for line in await late.preview([trip.id], 90)] == [LeftOut.DOUBTFUL]
        assert await late.shift([trip.id], 90) == []

    run(main())


def test_without_a_zone_the_written_clock_is_counted_and_said(late: Late, world: World, run) -> None:
    async def main() -> None:
        trip = await draft(world, usPortOfArrival="9999")
        (line,) = await late.preview([trip.id], 90)
        assert (line.after, line.zone) == ("2026-11-24 15:40:00", "")

    run(main())


def test_a_time_that_has_passed_is_said(late: Late, world: World, run) -> None:
    async def main() -> None:
        trip = await draft(world)
        assert not (await late.preview([trip.id], 30))[0].is_past
        world.clock.advance(12 * 3600)
        assert (await late.preview([trip.id], 30))[0].is_past

    run(main())


def test_an_import_in_between_is_built_upon(late: Late, world: World, run) -> None:
    async def main() -> None:
        trip = await draft(world)
        original = world.store.trips.save
        calls = []

        async def slow(trip_id, document, local, **more):
            if not calls:
                calls.append(trip_id)
                current = await world.store.trips.get(trip_id)
                other = {**current.document, ETA: "2026-11-24 16:00:00"}
                await original(trip_id, other, current.local, version=current.version, eta_utc=None)
            return await original(trip_id, document, local, **more)

        world.store.trips.save = slow
        await late.shift([trip.id], 60)
        assert (await world.store.trips.get(trip.id)).document[ETA] == "2026-11-24 17:00:00"

    run(main())
