"""The program dies at every named point and starts again: nothing goes out twice, nothing is said that is not so.

A kill is played in one process: at the point, the desk is stopped in its tracks, the folder is taken as it lies on the
disk, and a second desk opens that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes.far_end import FarEnd, fast, scenario
from fakes.office import Office
from fakes.oracle import judge

from desktop.domain.lifecycle import Regime
from desktop.practice.scenario import Scenario

__all__ = ["fast"]

pytestmark = pytest.mark.usefixtures("fast")


class Point:
    """A point at which the desk stops for ever: at the `skip`-th call after the first."""

    def __init__(self, thing: Any, name: str, *, skip: int = 0, when: Callable[..., bool] = lambda *_: True) -> None:
        self.reached = asyncio.Event()
        self._stopped: list[asyncio.Task[Any]] = []
        self._original = getattr(thing, name)
        self._left = skip
        self._when = when
        setattr(thing, name, self)

    async def __call__(self, *values: Any, **named: Any) -> Any:
        if not self._when(*values):
            return await self._original(*values, **named)
        if self._left:
            self._left -= 1
            return await self._original(*values, **named)
        return await self._stop()

    async def _stop(self) -> Any:
        task = asyncio.current_task()
        assert task is not None
        self._stopped.append(task)
        self.reached.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody goes on from here")

    def bury(self) -> None:
        """End what stopped here, once all of the dead is taken away: storing goes on though who waits is cut off."""
        for task in self._stopped:
            task.cancel()


class After(Point):
    """A point behind a call: it is done, and nothing after it."""

    async def __call__(self, *values: Any, **named: Any) -> Any:
        if not self._when(*values) or self._left:
            self._left -= self._when(*values)
            return await self._original(*values, **named)
        await self._original(*values, **named)
        return await self._stop()


def before_the_claim(office: Office) -> Point:
    return Point(office.desk.store.outbox, "claim")


def after_the_claim(office: Office) -> Point:
    return After(office.desk.store.outbox, "claim")


def before_the_write(office: Office) -> Point:
    (line,) = office.desk.link._lines.values()
    return Point(line.courier._socket, "send")


def after_the_write(office: Office) -> Point:
    (line,) = office.desk.link._lines.values()
    return After(line.courier._socket, "send")


def before_the_answer_is_stored(office: Office) -> Point:
    return Point(office.desk.store.frames, "append")


def after_the_answer_is_stored(office: Office) -> Point:
    return After(office.desk.store.frames, "append")


def after_the_answer_is_applied(office: Office) -> Point:
    before_the_request(office)
    return Point(office.desk.store.inbox, "add")


def after_the_answer_is_understood(office: Office) -> Point:
    before_the_request(office)
    return After(office.desk.store.inbox, "add")


def before_the_request(office: Office) -> Point:
    return Point(office.desk.store.outbox, "claim", skip=1)


def after_the_request_is_claimed(office: Office) -> Point:
    return After(office.desk.store.outbox, "claim", skip=1)


def after_the_request_is_written(office: Office) -> Point:
    (line,) = office.desk.link._lines.values()
    return After(line.courier._socket, "send", skip=1)


def after_the_customs_answer_is_stored(office: Office) -> Point:
    return After(office.desk.store.frames, "append", when=lambda batch: b'{"data": "AC' in batch[0].body)


DONE = ["ACKED", "ACKED"]
POINTS = [
    # where it dies, what stands on the disk, what it comes to after the restart, whether all is well then
    (before_the_claim, ["READY", "READY"], DONE),
    (after_the_claim, ["IN_FLIGHT", "READY"], ["UNCERTAIN", "READY"]),
    (before_the_write, ["IN_FLIGHT", "READY"], ["UNCERTAIN", "READY"]),
    (after_the_write, ["IN_FLIGHT", "READY"], DONE),  # the answer waits at the gateway
    (before_the_answer_is_stored, ["IN_FLIGHT", "READY"], ["UNCERTAIN", "READY"]),
    (after_the_answer_is_stored, ["IN_FLIGHT", "READY"], DONE),
    (after_the_answer_is_applied, ["ACKED", "READY"], DONE),
    (after_the_answer_is_understood, ["ACKED", "READY"], DONE),
    (before_the_request, ["ACKED", "READY"], DONE),
    (after_the_request_is_claimed, ["ACKED", "IN_FLIGHT"], ["ACKED", "UNCERTAIN"]),
    (after_the_request_is_written, ["ACKED", "IN_FLIGHT"], DONE),
    (after_the_customs_answer_is_stored, ["ACKED", "ACKED"], DONE),
]

SLOW = {after_the_write: 1, after_the_request_is_written: 2}
"""Points at which the gateway has read so many messages before the death, and answers after it."""

LOSING = {before_the_answer_is_stored, after_the_customs_answer_is_stored}
"""Points at which frames are on their way to the dying program: what no disk has seen is gone (reliability 4.5)."""


@pytest.mark.parametrize(("point", "left", "comes_to"), POINTS, ids=[case[0].__name__ for case in POINTS])
def test_a_death_is_survived(
    point: Callable[[Office], Point], left: list[str], comes_to: list[str], run, tmp_path: Path
) -> None:
    async def main() -> None:
        await asyncio.gather(*(_die(point, left, comes_to, regime, tmp_path / regime) for regime in Regime))

    run(main())


async def _die(
    point: Callable[[Office], Point], left: list[str], comes_to: list[str], regime: Regime, folder: Path
) -> None:
    far = FarEnd("delay" if point in SLOW else "accept")
    await far.start()
    office = Office(folder / "first", far)
    await office.open()
    await office.until(lambda: far.service.is_heard)
    await office.settle()
    trip = await office.trip(regime)
    here = point(office)
    await office.send(trip, None)
    async with asyncio.timeout(10):
        await here.reached.wait()
    await office.until(lambda: len(far.taken) >= SLOW.get(point, 0))
    after = await office.left_by_a_kill(folder / "second")
    here.bury()
    try:
        await after.open(link=False)
        assert await after.states(trip) == [state.replace("IN_FLIGHT", "UNCERTAIN") for state in left]
        await after.desk.start_link()
        await after.until_states(trip, *comes_to)
        if comes_to == DONE and point not in LOSING:
            await after.until(lambda: _is(after, trip, "on_file"))
        await judge(after, may_lose_frames=point in LOSING)
        assert far.service.ledger.imports == ({} if point in {after_the_claim, before_the_write} else _one(far))
    finally:
        await far.service.stop()


def _one(far: FarEnd) -> dict[str, int]:
    (number,) = far.service.ledger.imports
    return {number: 1}


async def _is(office: Office, trip: str, customs: str) -> bool:
    return (await office.desk.lookups.trip(trip)).row.customs.value == customs


def test_an_ordinary_end_while_something_is_on_the_line(run, tmp_path: Path) -> None:
    """Quit in the middle: what was written is not sure until its answer comes at the next start."""

    async def main() -> None:
        far = FarEnd("delay")
        await far.start()
        office = Office(tmp_path / "data", far)
        await office.open()
        trip = await office.trip(Regime.ACE)
        await office.send(trip, None)
        await office.until(lambda: bool(far.taken))
        await office.close()
        await office.open(link=False)
        assert await office.states(trip) == ["UNCERTAIN", "READY"]
        await office.desk.start_link()
        await office.until_states(trip, "ACKED", "ACKED")
        await office.until(lambda: _is(office, trip, "on_file"))
        await judge(office)
        await far.service.stop()

    run(main())


def test_a_refusal_found_at_the_start_takes_what_was_to_follow_along(run, tmp_path: Path) -> None:
    async def main() -> None:
        far = FarEnd("upload-refused")
        await far.start()
        office = Office(tmp_path / "first", far)
        await office.open()
        await office.until(lambda: far.service.is_heard)
        await office.settle()
        trip = await office.trip(Regime.ACI)
        here = after_the_answer_is_stored(office)
        await office.send(trip, None)
        await here.reached.wait()
        after = await office.left_by_a_kill(tmp_path / "second")
        here.bury()
        await after.open()
        await after.until_states(trip, "REJECTED", "CANCELLED")
        detail = await after.desk.lookups.trip(trip)
        assert detail.row.delivery == "refused"
        assert detail.server_errors
        await judge(after)
        await far.service.stop()

    run(main())


def test_a_queued_answer_without_our_id_holds_the_line_after_a_restart_too(run, tmp_path: Path) -> None:
    """Else the answer to come, which names nobody either, could be taken for the next message's."""

    async def main() -> None:
        far = FarEnd(_queued_without_id())
        await far.start()
        office = Office(tmp_path / "data", far)
        await office.open()
        first = await office.trip(Regime.ACE)
        await office.send(first, None)
        await office.until_states(first, "ACCEPTED_PENDING", "READY")
        await office.close()
        await office.open()
        second = await office.trip(Regime.ACI)
        await office.send(second, None)
        await office.until(lambda: far.service.is_heard)
        await office.settle()
        assert len(far.taken) == 1
        await office.pass_time(61.0)
        await office.until(lambda: len(far.taken) >= 2)
        await judge(office)
        await far.service.stop()

    run(main())


def _queued_without_id() -> Scenario:
    answer = {"data": "API_RESPONSE", "status": "QUEUED", "message": "1 queued", "dateTime": "{now}"}
    return scenario({"on": "upload", "times": 1, "do": [{"do": "import"}, {"do": "send", "message": answer}]})
