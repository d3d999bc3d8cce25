"""A TCP proxy of this process that spoils what passes: late, in slices, cut, reset, into a hole, frozen, slow to close.

It stands between the program and the practice service. What it does to a connection is a `Plan`; `drawn(seed)` makes a
different one for each connection, the same again for the same seed. It counts what it did, so that a test can tell a
fault that was survived from one that never came.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, Self
from urllib.parse import urlsplit

Sleep = Callable[[float], Awaitable[object]]
Direction = Literal["out", "back"]

KINDS = ("delay", "slice", "cut", "reset", "hole", "slow_close", "freeze")
"""Everything the proxy counts."""

_READ = 65536
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, of no seconds: closing sends RST instead of FIN


@dataclass(frozen=True, slots=True)
class Way:
    """What happens to the bytes of one direction; offsets count from the connection's first byte, or from `arm`.

    Attributes:
        delay_s: each piece is passed on so many seconds late.
        slice_bytes: pieces are at most so long; 0 leaves them as they come.
        fault: what happens once `after` bytes have passed. `cut`: both sides are closed in order (FIN). `reset`: both
            get a reset (RST). `hole`: everything is swallowed, and nobody is told. Bytes beyond `after` are lost.
        after: with 0 the first byte that comes sets it off.
        slow_close_s: the end of this direction is passed on so many seconds late.
    """

    delay_s: float = 0.0
    slice_bytes: int = 0
    fault: Literal["", "cut", "reset", "hole"] = ""
    after: int = 0
    slow_close_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to one connection: `out` from the program to the far end, `back` the other way."""

    out: Way = field(default_factory=Way)
    back: Way = field(default_factory=Way)


CLEAR = Plan()
"""Everything passes as it comes."""


def both(way: Way) -> Plan:
    """Return the plan that treats both directions alike."""
    return Plan(way, way)


def drawn(
    seed: int, *, clear_share: float = 0.25, longest: int = 4096, slowest_s: float = 0.02
) -> Callable[[int], Plan]:
    """Return a source of plans: for the n-th connection always the same one of this seed.

    Args:
        seed: replays the run.
        clear_share: part of the connections that are left alone, so that a run comes to its end.
        longest: bytes within which a cut, a reset or a hole comes.
        slowest_s: the longest delay.
    """

    def plan(number: int) -> Plan:
        draw = random.Random(f"{seed}:{number}")
        if draw.random() < clear_share:
            return CLEAR
        fault: Literal["", "cut", "reset", "hole"] = draw.choice(("cut", "reset", "hole", ""))
        way = Way(
            delay_s=draw.choice((0.0, 0.0, draw.uniform(0, slowest_s))),
            slice_bytes=draw.choice((0, 0, draw.randint(1, 64))),
            fault=fault,
            after=draw.randint(0, longest),
            slow_close_s=draw.choice((0.0, slowest_s)),
        )
        return draw.choice((Plan(out=way), Plan(back=way), both(way)))

    return plan


class ChaosProxy:
    """Listens on 127.0.0.1 and passes on to the far end, by plan; use as `async with`.

    Args:
        address: where the far end listens, as a URL; the path is kept for `address`.
        plan: of every connection, or asked for with the connection's number (1 for the first).
        sleep: waits for the delays; tests may turn it faster.

    Attributes:
        opened: how many connections were made.
        counts: how often each of `KINDS` happened.
        passed: bytes that got through, each way.
    """

    def __init__(
        self, address: str, plan: Plan | Callable[[int], Plan] = CLEAR, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._far = urlsplit(address)
        self._plan = plan
        self._sleep = sleep
        self._server: asyncio.Server | None = None
        self._open: dict[_Connection, asyncio.Task[None]] = {}
        self._moving: dict[Direction, asyncio.Event] = {"out": asyncio.Event(), "back": asyncio.Event()}
        for moving in self._moving.values():
            moving.set()
        self.port = 0
        self.opened = 0
        self.counts: Counter[str] = Counter()
        self.passed: Counter[Direction] = Counter()

    @property
    def address(self) -> str:
        """Where the program connects to."""
        return f"{self._far.scheme}://127.0.0.1:{self.port}{self._far.path}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        tasks = tuple(self._open.values())
        for connection in tuple(self._open):
            connection.stop()
        await asyncio.gather(*tasks)

    def use(self, plan: Plan | Callable[[int], Plan]) -> None:
        """Treat connections to come by this plan; those that are open go on by theirs."""
        self._plan = plan

    def arm(self, plan: Plan) -> None:
        """Treat the open connections by this plan from their next byte on, which counts as the first."""
        for connection in self._open:
            connection.follow(plan)

    def freeze(self, *directions: Direction) -> None:
        """Pass nothing any more, as a stopped process: what comes waits, and nobody is told. Both ways unless named."""
        self.counts["freeze"] += 1
        for direction in directions or ("out", "back"):
            self._moving[direction].clear()

    def thaw(self) -> None:
        """Pass on what waited, and all that comes."""
        for moving in self._moving.values():
            moving.set()

    def pull(self) -> None:
        """Reset every open connection at once."""
        for connection in tuple(self._open):
            self.counts["reset"] += 1
            connection.end(is_reset=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        plan = self._plan(self.opened) if callable(self._plan) else self._plan
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._far.port or 0)
        except OSError:
            writer.transport.abort()
            return
        connection = _Connection(writer, far_writer)
        task = asyncio.current_task()
        assert task is not None
        self._open[connection] = task
        out = _Pump("out", plan.out, reader, far_writer, connection, self)
        back = _Pump("back", plan.back, far_reader, writer, connection, self)
        connection.pumps = (out, back)
        try:
            async with asyncio.TaskGroup() as group:
                connection.tasks = [group.create_task(pump.run()) for pump in connection.pumps]
        finally:
            connection.end()
            del self._open[connection]

    # --- for its pumps ----------------------------------------------------------------------------------------------

    async def moving(self, direction: Direction) -> None:
        """Wait while this direction is frozen."""
        await self._moving[direction].wait()

    async def wait(self, kind: str, seconds: float) -> None:
        """Wait for a delay, and count it."""
        if seconds > 0:
            self.counts[kind] += 1
            await self._sleep(seconds)


class _Connection:
    """Both sides of one connection."""

    def __init__(self, *writers: asyncio.StreamWriter) -> None:
        self._writers = writers
        self.pumps: tuple[_Pump, ...] = ()
        self.tasks: list[asyncio.Task[None]] = []

    def stop(self) -> None:
        """Pass nothing on any more, whatever is waited for."""
        for task in self.tasks:
            task.cancel()

    def follow(self, plan: Plan) -> None:
        """Treat what comes from now on by another plan."""
        for pump, way in zip(self.pumps, (plan.out, plan.back), strict=True):
            pump.follow(way)

    def end(self, *, is_reset: bool = False) -> None:
        """Close both sides: at once with RST, else after what is written, with FIN."""
        for writer in self._writers:
            if is_reset:
                raw = writer.get_extra_info("socket")
                with contextlib.suppress(OSError):
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
                writer.transport.abort()
            else:
                writer.close()


class _Pump:
    """Passes the bytes of one direction on."""

    def __init__(
        self,
        direction: Direction,
        way: Way,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        connection: _Connection,
        proxy: ChaosProxy,
    ) -> None:
        self._direction = direction
        self._way = way
        self._source = source
        self._target = target
        self._connection = connection
        self._proxy = proxy
        self._seen = 0

    def follow(self, way: Way) -> None:
        self._way = way
        self._seen = 0

    async def run(self) -> None:
        """Pass on until either side has ended."""
        try:
            while data := await self._source.read(_READ):
                for piece in self._pieces(data):
                    if not await self._pass(piece):
                        return
            await self._proxy.moving(self._direction)
            await self._proxy.wait("slow_close", self._way.slow_close_s)
            self._target.write_eof()
        except ConnectionError:
            self._connection.end(is_reset=True)  # one side was reset: so is the other
        except OSError:
            self._connection.end()

    def _pieces(self, data: bytes) -> list[bytes]:
        size = self._way.slice_bytes
        if not size or len(data) <= size:
            return [data]
        self._proxy.counts["slice"] += 1
        return [data[start : start + size] for start in range(0, len(data), size)]

    async def _pass(self, piece: bytes) -> bool:
        """Pass one piece on, as far as it may; False where that was the end."""
        proxy = self._proxy
        await proxy.moving(self._direction)
        await proxy.wait("delay", self._way.delay_s)
        await proxy.moving(self._direction)
        way = self._way
        room = max(0, way.after - self._seen) if way.fault else len(piece)
        self._seen += len(piece)
        if piece[:room]:
            proxy.passed[self._direction] += len(piece[:room])
            self._target.write(piece[:room])
            await self._target.drain()
        if not way.fault or self._seen < way.after:
            return True
        if way.fault == "hole":
            proxy.counts["hole"] += len(piece) > room
            return True
        proxy.counts[way.fault] += 1
        self._connection.end(is_reset=way.fault == "reset")
        return False
