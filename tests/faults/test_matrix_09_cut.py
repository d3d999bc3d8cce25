"""Row 9 of the fault matrix: the line ends after k bytes of an upload, for every k.

A run takes some k by chance and the edges of the frame; `EMANIFEST_MATRIX_ALL=1` takes every one (minutes), and
`EMANIFEST_MATRIX_SEED=N` the same again.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest
from fakes.chaos import ChaosProxy, Plan, Way
from fakes.dice import dice, some
from fakes.far_end import far_end, fast
from fakes.office import Office, connected
from fakes.oracle import judge

from desktop.domain.lifecycle import Regime

__all__ = ["dice", "fast"]

pytestmark = pytest.mark.usefixtures("fast")

HEAD = 8
"""Bytes before the payload of a masked frame from 126 bytes to 64 KiB."""

A_RUN = 12
A_FOLDER = 50

IMPORTED = b'{"data": "API_RESPONSE", "status": "IMPORTED", "message": "'
"""What every answer begins with: a cut within is a cut before its end."""


@pytest.fixture
def limit_s() -> float:
    return some(60, 3600)


@pytest.mark.timeout(3700)
@pytest.mark.parametrize("fault", ["cut", "reset", "hole"])
def test_row_09_cut_after_k_bytes_leaves_doubt_and_nothing_else(run, tmp_path: Path, dice: Random, fault) -> None:
    """Once the socket was asked to write, nobody can say: not sure for every k, and never a second time."""

    async def cut_at(cases: list[int], folder: Path, size: int) -> None:
        async with far_end() as far, ChaosProxy(far.service.address) as line:
            office = Office(folder, far)
            await office.open(address=line.address)
            for number, k in enumerate(cases):
                print(f"{fault} after {k} of {size} bytes")  # noqa: T201 - shown with a failure
                trip = await _cut_at(office, line, Way(fault=fault, after=k), number)
                assert await office.states(trip) == ["UNCERTAIN"]
                assert (await office.desk.lookups.trip(trip)).row.delivery == "not_sure"
            assert far.taken == []
            assert line.counts[fault] >= len(cases)
            await judge(office, may_lose_frames=True)

    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path / "size", far)
            await office.open()
            size = await _size_of_an_upload(office) + HEAD
            await office.close()
        edges = {0, 1, HEAD - 1, HEAD, size - 1}
        cases = sorted(edges | set(dice.sample(range(size), some(A_RUN - len(edges), size))))
        for start in range(0, len(cases), A_FOLDER):
            await cut_at(cases[start : start + A_FOLDER], tmp_path / str(start), size)

    run(main())


@pytest.mark.parametrize("fault", ["cut", "reset"])
def test_row_09_cut_after_the_last_byte_is_settled_by_the_answer(run, tmp_path: Path, fault) -> None:
    async def main() -> None:
        async with far_end() as far, ChaosProxy(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(address=line.address)
            await connected(office)
            size = await _size_of_an_upload(office) + HEAD
            trip = await _cut_at(office, line, Way(fault=fault, after=size), 0)
            await office.until(lambda: len(far.taken) == 2)
            await office.settle()
            assert await office.states(trip) in (["UNCERTAIN"], ["ACKED"])  # the answer came, or it went down the line
            await judge(office, may_lose_frames=True)

    run(main())


def test_row_09_closed_before_the_call_waits_as_if_never_tried(run, tmp_path: Path) -> None:
    """Where not one byte was handed over, it is no doubt: it waits, and goes out once."""

    async def main() -> None:
        async with far_end() as far, ChaosProxy(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(address=line.address)
            await connected(office)
            (ours,) = office.desk.link._lines.values()
            claim = office.desk.store.outbox.claim

            async def claim_and_lose_the_line(*args, **named):
                office.desk.store.outbox.claim = claim
                found = await claim(*args, **named)
                line.pull()
                await office.until(lambda: ours.courier._socket.connected_since is None)
                return found

            office.desk.store.outbox.claim = claim_and_lose_the_line
            trip = await office.trip(Regime.ACE)
            await office.send(trip, None)
            await office.until_states(trip, "ACKED", "ACKED")
            assert len(far.taken) == 2
            assert [row.attempts for row in await office.rows(trip)] == [1, 1]
            await judge(office, may_lose_frames=True)

    run(main())


@pytest.mark.timeout(3700)
def test_row_09_the_answer_is_cut_after_k_bytes(run, tmp_path: Path, dice: Random) -> None:
    """The other direction: the trip is there, half of its answer came. It is not sure until the answer comes again."""

    async def main() -> None:
        async with far_end() as far, ChaosProxy(far.service.address) as line:
            office = Office(tmp_path, far)
            await office.open(address=line.address)
            await connected(office)
            for number in range(some(4, 200)):
                k = dice.randrange(len(IMPORTED))
                print(f"answer cut after {k} bytes")  # noqa: T201 - shown with a failure
                await _cut_at(office, line, Way(fault=dice.choice(("cut", "reset")), after=k), number, is_answer=True)
            assert len(far.taken) == len(set(far.taken)) == some(4, 200)
            await judge(office, may_lose_frames=True)

    run(main())


async def _size_of_an_upload(office: Office) -> int:
    """Send one that arrives; all of them are of one length."""
    trip = await _trip(office, 999_999)
    assert (await office.send(trip, 10, hold=True)).outcome == "delivered"
    (row,) = await office.rows(trip)
    return len(await office.desk.store.outbox.payload(row.id))


async def _trip(office: Office, number: int) -> str:
    return await office.trip(Regime.ACE, number=f"SMPL{number:06}A")


async def _cut_at(office: Office, line: ChaosProxy, way: Way, number: int, *, is_answer: bool = False) -> str:
    """Send a trip over a line that goes wrong at this very message; come back when the line is up again."""
    await connected(office)
    await office.settle()
    (ours,) = office.desk.link._lines.values()
    socket = ours.courier._socket
    send = socket.send
    opened, holes = line.opened, line.counts["hole"]

    async def spoiled(payload: bytes) -> None:
        socket.send = send
        line.arm(Plan(back=way) if is_answer else Plan(out=way))
        await send(payload)

    socket.send = spoiled
    trip = await _trip(office, number)
    await office.send(trip, None, hold=True)
    if way.fault == "hole":
        await office.until(lambda: line.counts["hole"] > holes)
        line.pull()
    async with asyncio.timeout(10):
        await office.until(lambda: line.opened > opened)
    await connected(office)
    await office.settle()
    return trip
