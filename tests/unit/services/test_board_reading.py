"""What is read for the board out of a real data folder: by index, whatever lies behind; old trips once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from unit.services.world import World

from desktop.clock import to_text
from desktop.domain.lifecycle import Customs, Delivery, OutboxState, Verdict
from desktop.services.board import Board
from desktop.services.board_row import Group
from desktop.services.views import ReadinessView
from desktop.store.due import COMING, IN_HAND, SENT_BEFORE, WITHOUT_ARRIVAL

MOMENT = "2026-11-24T00:00:00.000Z"


@pytest.mark.parametrize(
    ("sql", "values", "index"),
    [
        (COMING, (MOMENT, "~", 10), "trips_eta"),
        (WITHOUT_ARRIVAL, ("~", 10), "trips_eta"),
        (IN_HAND, (), "outbox_open"),
        (SENT_BEFORE, (MOMENT, MOMENT, "", 10), "trips_eta"),
    ],
)
def test_every_question_has_its_index(world: World, run, sql: str, values: Sequence[object], index: str) -> None:
    async def main() -> None:
        plan = await world.store._reader.read(
            lambda db: [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        )
        words = " / ".join(plan)
        assert f"INDEX {index}" in words, words
        assert "SCAN trips" not in words, words
        if sql is not IN_HAND:
            assert "TEMP B-TREE" not in words, words

    run(main())


def eta(world: World, hours: float) -> str:
    moment = world.clock.now() + timedelta(hours=hours) - timedelta(hours=5)
    return f"{moment:%Y-%m-%d %H:%M:00}"


async def arriving(world: World, number: str, hours: float) -> str:
    trip = await world.trip(tripNumber=number, estimatedArrivalDateTime=eta(world, hours))

    def move(db: object) -> None:
        at = to_text(world.clock.now() + timedelta(hours=hours))
        db.execute("UPDATE trips SET eta_utc = ?, eta_sort = ? WHERE id = ?", (at, at, trip.id))  # type: ignore[attr-defined]

    await world.store._writer.write(move)
    return trip.id


def test_the_board_has_what_comes_and_never_reads_what_is_over(world: World, run) -> None:
    async def main() -> None:
        soon = await arriving(world, "AAAA000001A", 3)
        tomorrow = await arriving(world, "AAAA000002A", 30)
        for number in range(3, 9):
            await arriving(world, f"AAAA00000{number}A", -24.0 * number)
        read: list[int] = []
        lookups = world.lookups
        rows_of = lookups.rows_of

        async def counted(trips):
            read.append(len(trips))
            return await rows_of(trips)

        lookups.rows_of = counted  # type: ignore[method-assign]
        board = Board(world.store, lookups)
        now = world.clock.now()
        rows = await board.rows(now)
        assert [row.trip.id for row in rows] == [soon, tomorrow]
        assert {row.group for row in rows} == {Group.LATER}
        assert read == [2]
        assert await board.matching([soon, tomorrow], "000002a") == {tomorrow}
        assert [row.trip.id for row in await board.some(now, [soon, "gone"])] == [soon]
        await world.store.trips.delete(soon)
        assert await board.some(now, [soon]) == []

    run(main())


def test_what_went_out_long_ago_and_was_never_answered_comes_back_once(world: World, run) -> None:
    async def main() -> None:
        trip = await arriving(world, "AAAA000001A", -24.0 * 9)
        await arriving(world, "AAAA000002A", -24.0 * 8)  # a draft nobody sent
        board = Board(world.store, world.lookups)
        now = world.clock.now()
        assert await board.rows(now) == []
        world.lookups.rows_of = refused(world.lookups.rows_of)  # type: ignore[method-assign]
        await sent(world, trip)
        found = await board.look_back(now)
        assert [row.trip.id for row in found] == [trip]
        assert found[0].needs_person
        assert [row.trip.id for row in await board.rows(now)] == [trip]
        assert [row.trip.id for row in await board.some(now, [trip])] == [trip]
        assert [row.trip.id for row in await board.rows(now)] == [trip]
        await world.store.trips.delete(trip)
        await board.some(now, [trip])
        assert await board.rows(now) == []

    run(main())


async def sent(world: World, trip: str) -> None:
    """It went out once."""
    now = to_text(world.clock.now())

    def work(db: object) -> None:
        db.execute(  # type: ignore[attr-defined]
            """INSERT INTO outbox (id, company, trip, trip_version, plan, step, kind, data, operation, regime, number,
                shipment, auto_send, account, state, send_id, sha256, created_at, payload)
                VALUES ('o1', ?, ?, 1, 'p', 0, 'upload', 'ACE_TRIP', 'CREATE', 'ACE', 'AAAA000001A', '', 0, '', ?,
                's1', '', ?, x'00')""",
            (world.companies[0].id, trip, OutboxState.REJECTED.value, now),
        )

    await world.store._writer.write(work)


def refused(rows_of):
    """Say of every trip that customs placed a hold on it."""

    async def made(trips):
        return [
            replace(
                row,
                delivery=Delivery.DELIVERED,
                customs=Customs.ON_FILE,
                readiness=ReadinessView(Verdict.STOP, None, ()),
            )
            for row in await rows_of(trips)
        ]

    return made
