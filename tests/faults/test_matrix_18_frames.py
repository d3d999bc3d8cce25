"""Rows 18, 19 and 23 of the fault matrix: frames that are huge, broken, odd, or very many.

`EMANIFEST_MATRIX_SEED=N` throws other ones, `EMANIFEST_MATRIX_ALL=1` many more.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fakes.dice import IS_ALL, dice, some
from fakes.far_end import FarEnd, far_end, fast, scenario
from fakes.nonsense import broken, odd
from fakes.office import Office, connected, state
from fakes.oracle import judge
from fakes.process import Practice

from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import LinkState, Regime, Verdict
from desktop.practice import garbage

__all__ = ["dice", "fast"]

pytestmark = pytest.mark.usefixtures("fast")

MIB = 1024 * 1024


NEEDS_A_COUNT = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="only Linux starts the count of the most memory anew"
)


@pytest.fixture
def limit_s() -> float:
    return some(90, 1800)


async def _waiting(office: Office) -> str:
    """Open an office in which a trip waits for the answer to its upload."""
    await office.open()
    trip = await office.trip(Regime.ACE)
    await office.send(trip, None)
    await office.until(lambda: len(office.far.taken) == 1)
    await office.settle()
    return trip


async def _unmoved(office: Office, trip: str, frames: int) -> None:
    """All that was thrown is kept, the line is the first one, the trip is where it was and is settled by its answer."""

    async def are_kept() -> bool:
        return await office.desk.store.frames.count() >= frames

    await office.until(are_kept, 60)
    await office.settle()
    assert office.far.service._opened == 1
    assert state(office) is LinkState.CONNECTED
    assert await office.states(trip) == ["IN_FLIGHT", "READY"]
    detail = await office.desk.lookups.trip(trip)
    assert detail.row.readiness.verdict is not Verdict.GO
    office.far.play("accept")
    await judge(office)


def test_row_18_broken_frames_are_kept_and_nothing_moves(run, tmp_path: Path, dice: Random) -> None:
    count = some(60, 5000)

    async def main() -> None:
        async with far_end("silent") as far:
            office = Office(tmp_path, far)
            trip = await _waiting(office)
            kinds = [kind for kind in garbage.KINDS if kind not in {"bomb", "big"}]
            for kind in kinds:
                await far.service.announce(garbage.frame(kind))
            for _ in range(count):
                await far.service.announce(broken(dice))
            await _unmoved(office, trip, 1 + len(kinds) + count)

    run(main())


@NEEDS_A_COUNT
def test_row_18_a_bomb_ends_the_connection_and_not_the_program(run, tmp_path: Path) -> None:
    """Compressed, though nobody agreed to that: never unfolded, the line comes back, the trip is not sure."""
    steps = [
        {"on": "upload", "times": 1, "do": [{"do": "import"}, {"do": "garbage", "kind": "bomb", "size": 64 * MIB}]}
    ]

    async def main() -> None:
        async with far_end(scenario(*steps)) as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            memory = Memory()
            await office.send(trip, None)
            await office.until_states(trip, "UNCERTAIN", "READY")
            await connected(office)
            assert memory.grown < 150 * MIB
            assert len(far.taken) == 1
            await judge(office, may_lose_frames=True)

    run(main())


@NEEDS_A_COUNT
@pytest.mark.parametrize(
    ("sizes", "comes_to", "most"),
    [
        ([16], LinkState.CONNECTED, 12 * 16 * MIB),  # 16 MiB of one string are copied about eleven times on their way
        ([64, 64, 64], LinkState.REFUSED, 150 * MIB),
        ([17, 1, 17, 17, 17], LinkState.REFUSED, 150 * MIB),  # in a row: one that can be read starts the count over
    ],
)
def test_row_18_huge_frames_cost_little_memory(
    run, until, tmp_path: Path, practice: Callable[..., Practice], sizes: list[int], comes_to: LinkState, most: int
) -> None:
    """Up to 16 MiB they are kept; above, the line is closed with 1009, and the third in a row stops it. The far end is
    a process of its own: the memory is the program's."""
    steps: list[dict[str, Any]] = [{"on": "connect", "times": 1, "do": [{"do": "answer"}]}]
    for size in sizes:
        big = {"do": "garbage", "kind": "big", "size": size * MIB}
        end = [] if size > 16 or comes_to is LinkState.CONNECTED else [{"do": "close", "code": 1012}]
        steps.append({"on": "connect", "times": 1, "do": [{"do": "answer"}, big, *end]})
    (tmp_path / "large.json").write_text(json.dumps({"steps": steps}), encoding="utf-8")
    far = practice("--scenario", str(tmp_path / "large.json"))

    async def main() -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path / "data"))
        await desk.companies.add(
            name="Sample Carrier",
            scacs=["SMPL"],
            carrier_codes=["9SMP"],
            address=far.url,
            company_key=far.company_key,
            key=far.api_key,
        )
        await desk.start_link()
        await until(lambda: desk.link.status.state is LinkState.CONNECTED)
        await desk.link.go_offline()
        memory = Memory()
        await desk.link.go_online()
        kept = sorted(size * MIB for size in sizes if size <= 16)

        async def are_kept() -> bool:
            items = await desk.store.inbox.cards(limit=100)
            return len(items) == len(kept) and await desk.store.frames.not_understood() == []

        async with asyncio.timeout(60):
            while desk.link.status.state is not comes_to or not await are_kept():  # noqa: ASYNC110 - of the database
                await asyncio.sleep(0.02)
        assert desk.link.status.detail == ("too_big" if comes_to is LinkState.REFUSED else "")
        assert memory.grown < most
        bodies = sorted(len(frame.body) for frame in await desk.store.frames.since(0))
        assert [size for size in bodies if size >= MIB] == kept
        await desk.close()

    run(main())


class Memory:
    """How much more memory the process held at its worst than when this was made."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._before = self._read("VmRSS")

    @property
    def grown(self) -> int:
        """Return bytes."""
        return self._read("VmHWM") - self._before

    @staticmethod
    def _read(name: str) -> int:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        (line,) = (line for line in lines if line.startswith(f"{name}:"))
        return int(line.split()[1]) * 1024


def test_row_19_odd_messages_are_kept_shown_and_believed_in_nothing(run, tmp_path: Path, dice: Random) -> None:
    """New types and members, wrong types, null everywhere, in messages about other trips."""
    count = some(80, 5000)

    async def main() -> None:
        async with far_end("silent") as far:
            office = Office(tmp_path, far)
            trip = await _waiting(office)
            for _ in range(count):
                message = odd(dice)
                if message.get("data") == "API_RESPONSE":  # without an id of its own it is the answer waited for
                    message["sendId"] = "another"
                await far.service.announce(message)
            await _unmoved(office, trip, 1 + count)

    run(main())


def test_row_19_odd_messages_about_our_own_trip_never_let_it_go(run, tmp_path: Path, dice: Random) -> None:
    """The same with our numbers in them, on a trip that customs have: whatever is made of it, it is no go."""
    count = some(60, 3000)

    async def main() -> None:
        async with far_end() as far:
            office = Office(tmp_path, far)
            await office.open()
            trip = await office.trip(Regime.ACE)
            assert (await office.send(trip, 8)).outcome == "delivered"
            number = (await office.desk.lookups.trip(trip)).row.number
            await office.pass_time(7200.0)
            before = await office.desk.store.frames.count()
            for _ in range(count):
                await far.service.announce({**odd(dice), "tripNumber": number})

            async def are_kept() -> bool:
                return await office.desk.store.frames.count() == before + count

            await office.until(are_kept, 60)
            await office.settle()
            assert await office.states(trip) == ["ACKED", "ACKED"]
            assert (await office.desk.lookups.trip(trip)).row.readiness.verdict is not Verdict.GO
            await judge(office)

    run(main())


def test_row_23_a_burst_amid_a_delivery_is_kept_whole(run, tmp_path: Path) -> None:
    """Between an upload and its answer. What the window feels of 10,000 is measured by tests/bench/test_burst.py, how
    few notices it makes is held by tests/gui/test_tray_burst.py."""
    count = 10_000 if IS_ALL else 1_000
    notice = {"data": "ACI_NOTICE", "dateTime": "{now}", "type": "MATCHED", "cargoControlNumber": "9SMPPARS77"}
    burst = [{"do": "send", "message": {**notice, "n": index}, "repeat": 100} for index in range(count // 100)]
    steps = [{"on": "upload", "times": 1, "do": [{"do": "import"}, *burst, {"do": "answer"}]}]

    async def main() -> None:
        far = FarEnd(scenario(*steps))
        await far.start()
        office = Office(tmp_path, far)
        await office.open()
        trip = await office.trip(Regime.ACE)
        await office.send(trip, None)

        async def is_done() -> bool:
            return await office.states(trip) == ["ACKED", "ACKED"]

        await office.until(is_done, 600)
        assert await office.desk.store.frames.count() > count
        await judge(office)
        await far.service.stop()

    run(main())
