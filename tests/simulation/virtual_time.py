"""An event loop whose time is simulated: it never waits, it moves its clock to the next timer."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

BEGAN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class StandstillError(RuntimeError):
    """Everybody waits and no timer is left: in life this would wait for ever."""


class VirtualClock:
    """A `desktop.clock.Clock` that shows the loop's time; the wall clock may be set apart from it."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._set = timedelta()

    def now(self) -> datetime:
        """Return the simulated moment, UTC."""
        return BEGAN + timedelta(seconds=round(self._loop.time(), 6)) + self._set

    def monotonic(self) -> float:
        """Return the loop's seconds."""
        return self._loop.time()

    def jump(self, seconds: float) -> None:
        """Set the wall clock alone, as a person or a time server does."""
        self._set += timedelta(seconds=seconds)


class _Selector:
    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def select(self, timeout: float | None) -> list[Any]:
        """Let the time pass that everybody waits for."""
        if timeout is None:
            raise StandstillError(_who_waits(self._loop))
        if timeout > 0:
            self._loop.advance()
        return []


def _who_waits(loop: VirtualLoop) -> str:
    return "; ".join(f"{task.get_name()}: {' > '.join(_chain(task.get_coro()))}" for task in asyncio.all_tasks(loop))


def _chain(waiting: Any) -> list[str]:
    """Return the functions that wait for each other, outermost first."""
    found = []
    while waiting is not None and getattr(waiting, "cr_frame", None) is not None:
        found.append(f"{waiting.cr_code.co_qualname}:{waiting.cr_frame.f_lineno}")
        waiting = waiting.cr_await
    return found


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs coroutines in simulated time; no sockets, no threads, no children."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._selector = _Selector(self)
        self._clock_resolution = 1e-9

    def time(self) -> float:
        """Return the simulated seconds."""
        return self._now

    def advance(self) -> None:
        """Go on to the next timer."""
        scheduled = self._scheduled
        while scheduled and scheduled[0].cancelled():
            heapq.heappop(scheduled)._scheduled = False
            self._timer_cancelled_count -= 1
        if scheduled:
            self._now = max(self._now, scheduled[0].when())

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        """Run it at once: no thread has a time of its own here."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done

    def _process_events(self, events: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


def run(main: Coroutine[Any, Any, T], loop: VirtualLoop) -> T:
    """Run `main` to its end and close the loop; what is left over is cancelled."""
    try:
        return loop.run_until_complete(main)
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            with contextlib.suppress(StandstillError):
                loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()
