"""The proxy that spoils a line does what its plan says, says what it did, and does the same again for the same seed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fakes.chaos import CLEAR, KINDS, ChaosProxy, Plan, Way, both, drawn

MESSAGE = bytes(range(256)) * 40


class Far:
    """Takes what comes and says it back once it has all of it, or at once."""

    def __init__(self) -> None:
        self.got = bytearray()
        self.sizes: list[int] = []
        self.is_reset = False
        self.has_ended = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                self.got += data
                self.sizes.append(len(data))
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            self.is_reset = True
        finally:
            self.has_ended.set()
            writer.close()


@asynccontextmanager
async def line(plan: Plan, **options) -> AsyncIterator[tuple[ChaosProxy, Far]]:
    far = Far()
    server = await asyncio.start_server(far.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with ChaosProxy(f"ws://127.0.0.1:{port}/path", plan, **options) as proxy:
        yield proxy, far
    server.close()
    await far.has_ended.wait()


async def talk(proxy: ChaosProxy, message: bytes = MESSAGE) -> tuple[bytes, bool]:
    """Send a message and its end; return what came back, and whether the end of it was a reset."""
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    back = bytearray()
    try:
        writer.write(message)
        writer.write_eof()
        while data := await reader.read(65536):
            back += data
    except ConnectionError:
        return bytes(back), True
    finally:
        writer.close()
    return bytes(back), False


def test_a_clear_line_passes_everything(run) -> None:
    async def main() -> None:
        async with line(CLEAR) as (proxy, far):
            assert proxy.address == f"ws://127.0.0.1:{proxy.port}/path"
            assert await talk(proxy) == (MESSAGE, False)
            assert (proxy.opened, proxy.counts) == (1, Counter())
            assert proxy.passed == {"out": len(MESSAGE), "back": len(MESSAGE)}
        assert far.got == MESSAGE

    run(main())


@pytest.mark.parametrize("after", [0, 1, 5000, len(MESSAGE)])
@pytest.mark.parametrize("fault", ["cut", "reset"])
def test_an_end_after_so_many_bytes_out(run, fault, after: int) -> None:
    async def main() -> None:
        async with line(Plan(out=Way(fault=fault, after=after))) as (proxy, far):
            _, was_reset = await talk(proxy)
            await far.has_ended.wait()
            assert was_reset == far.is_reset == (fault == "reset")
            assert proxy.counts == {fault: 1}
        if fault == "cut":
            assert far.got == MESSAGE[:after]
        assert proxy.passed["out"] == after

    run(main())


@pytest.mark.parametrize("after", [0, 1, 5000])
def test_an_end_after_so_many_bytes_back(run, after: int) -> None:
    async def main() -> None:
        async with line(Plan(back=Way(fault="cut", after=after))) as (proxy, _):
            assert await talk(proxy) == (MESSAGE[:after], False)
            assert proxy.counts == {"cut": 1}

    run(main())


def test_slices_arrive_whole_and_in_order(run) -> None:
    async def main() -> None:
        async with line(both(Way(slice_bytes=100))) as (proxy, far):
            assert await talk(proxy) == (MESSAGE, False)
            assert proxy.counts["slice"] >= 2
        assert far.got == MESSAGE

    run(main())


def test_a_delay_is_waited_for_before_each_piece(run) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def main() -> None:
        plan = Plan(out=Way(delay_s=7.0, slice_bytes=len(MESSAGE) // 2), back=Way(slow_close_s=3.0))
        async with line(plan, sleep=sleep) as (proxy, _):
            assert await talk(proxy) == (MESSAGE, False)
            assert proxy.counts["delay"] == waited.count(7.0) >= 2
            assert proxy.counts["slow_close"] == waited.count(3.0) == 1

    run(main())


def test_a_hole_swallows_and_tells_nobody(run, until) -> None:
    """One way only: the program still hears, and the far end hears nothing more."""

    async def main() -> None:
        async with line(CLEAR) as (proxy, far):
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(b"before")
            assert await reader.readexactly(6) == b"before"
            proxy.arm(Plan(out=Way(fault="hole", after=2)))
            writer.write(b"after")
            assert await reader.readexactly(2) == b"af"
            writer.write(b"more")
            await until(lambda: proxy.counts["hole"] >= 1)
            assert not reader.at_eof()
            writer.close()
        assert far.got.startswith(b"beforeaf")
        assert len(far.got) == 8

    run(main())


def test_what_is_frozen_waits_and_comes_when_it_thaws(run, until) -> None:
    async def main() -> None:
        async with line(CLEAR) as (proxy, far):
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            await until(lambda: proxy.opened == 1)
            proxy.freeze("back")
            writer.write(b"word")
            await until(lambda: far.got == b"word")
            assert proxy.passed["back"] == 0
            proxy.thaw()
            assert await reader.readexactly(4) == b"word"
            assert proxy.counts == {"freeze": 1}
            writer.close()

    run(main())


def test_pulled_is_a_reset_on_both_sides(run, until) -> None:
    async def main() -> None:
        async with line(CLEAR) as (proxy, far):
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(b"word")
            await reader.readexactly(4)
            proxy.pull()
            with pytest.raises(ConnectionResetError):
                await reader.readexactly(1)
            await far.has_ended.wait()
            assert far.is_reset
            writer.close()

    run(main())


def test_a_far_end_that_is_gone_ends_the_connection(run) -> None:
    async def main() -> None:
        server = await asyncio.start_server(Far().serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        async with ChaosProxy(f"ws://127.0.0.1:{port}/") as proxy:
            assert (await talk(proxy))[0] == b""

    run(main())


def test_a_seed_gives_the_same_plans_again_and_every_kind_of_them() -> None:
    first, again, other = drawn(11), drawn(11), drawn(12)
    plans = [first(number) for number in range(1, 201)]
    assert plans == [again(number) for number in range(1, 201)]
    assert plans != [other(number) for number in range(1, 201)]
    assert CLEAR in plans
    ways = [way for plan in plans for way in (plan.out, plan.back)]
    assert {way.fault for way in ways} == {"", "cut", "reset", "hole"}
    assert all(any(getattr(way, name) for way in ways) for name in ("delay_s", "slice_bytes", "slow_close_s"))
    assert set(KINDS) == {"delay", "slice", "cut", "reset", "hole", "slow_close", "freeze"}
