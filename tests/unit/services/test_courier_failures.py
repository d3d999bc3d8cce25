"""The courier after a full disk or a sudden end between two steps: what was left undone is done."""

from __future__ import annotations

import asyncio

import pytest
from unit.services.test_courier import sent_upload
from unit.services.world import World, data_error

from desktop.domain.lifecycle import OutboxState
from desktop.errors import EnvironmentFailure
from desktop.store.outbox import Move


def full_for(world: World, monkeypatch, causes: set[str]) -> list[str]:
    """The disk takes everything but these transitions; what was tried is in the list."""
    real, tried = world.store.outbox.move, []

    async def move(*moves: Move):
        if any(one.cause in causes for one in moves):
            tried.append(moves[0].id)
            raise EnvironmentFailure("store.disk_full")
        return await real(*moves)

    monkeypatch.setattr(world.store.outbox, "move", move)
    return tried


async def works_until(world: World, has_come) -> None:
    """The courier works by itself until something has come."""
    async with asyncio.timeout(30), world.running():
        while not await has_come():
            await world.store.outbox.open_rows()


def stand(world: World, trip, *states: str):
    async def has_come() -> bool:
        return await world.states(trip) == list(states)

    return has_come


def test_a_disk_that_was_full_when_the_line_broke_holds_nothing_for_ever(world, run, monkeypatch, expected_logs):
    async def main() -> None:
        trip = await sent_upload(world)
        world.courier.hold()
        tried = full_for(world, monkeypatch, {"link_lost"})
        with pytest.raises(EnvironmentFailure):
            await world.courier.link_lost()
        assert not world.courier._is_free

        async def again() -> bool:
            return len(tried) > 1

        await works_until(world, again)
        assert await world.states(trip) == ["IN_FLIGHT", "READY"]
        assert not world.courier._is_free, "nothing goes out before what was in flight is settled"
        monkeypatch.undo()

        async def free() -> bool:
            return world.courier._is_free

        await works_until(world, free)
        assert await world.states(trip) == ["UNCERTAIN", "READY"]

    expected_logs("outbox not worked on: store.disk_full")
    run(main())


def test_what_was_to_follow_a_refusal_is_taken_back_once_the_disk_has_room(world, run, monkeypatch):
    async def main() -> None:
        trip = await sent_upload(world)
        full_for(world, monkeypatch, {"overtaken"})
        with pytest.raises(EnvironmentFailure):
            await world.hear(data_error(world.socket.sent[0]))
        assert await world.states(trip) == ["REJECTED", "READY"]
        monkeypatch.undo()
        await works_until(world, stand(world, trip, "REJECTED", "CANCELLED"))

    run(main())


def test_what_was_to_follow_a_refusal_is_taken_back_by_the_next_owner(world, run):
    async def main() -> None:
        trip = await sent_upload(world)
        (upload, _) = await world.rows(trip)
        await world.store.outbox.move(Move(upload.id, (OutboxState.IN_FLIGHT,), OutboxState.REJECTED, "refused"))
        world.courier = world.new_courier(2)
        await works_until(world, stand(world, trip, "REJECTED", "CANCELLED"))
        assert len(world.socket.sent) == 1

    run(main())
