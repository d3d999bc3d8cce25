"""The task keeper: every background task has a name, a reference and somebody who hears of its error."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)

Report = Callable[[str, BaseException], None]


def _log_error(name: str, error: BaseException) -> None:
    log.error("task %s failed: %s", name, type(error).__name__, exc_info=error)


def log_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what a loop's callbacks and forgotten tasks raise: the kind, and no word of it, since it may quote data."""
    error = context.get("exception")
    log.error("unhandled in the loop: %s", type(error).__name__ if error is not None else context.get("message"))


class TaskKeeper:
    """Starts tasks in the running loop, keeps them alive, reports what they raise.

    Attributes:
        report: called with the task's name and its error. The window program sets the crash hook here.
    """

    def __init__(self, report: Report = _log_error) -> None:
        self.report = report
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        """Run `work` as a task called `name`; its error goes to `report`."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._on_task_done)
        return task

    def _on_task_done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            error = task.exception()
            if error is not None:
                self.report(task.get_name(), error)

    async def stop(self, limit_s: float = 5.0) -> None:
        """Cancel everything that still runs and wait for it, at most `limit_s` seconds.

        What was started just now takes its first step before, so that the cancellation reaches what it waits for.
        """
        late: set[asyncio.Task[Any]] = set()
        await asyncio.sleep(0)
        while running := self._running - late - {asyncio.current_task()}:  # what ends may begin something more
            for task in running:
                task.cancel()
            _, still = await asyncio.wait(running, timeout=limit_s)
            late |= still
            await asyncio.sleep(0)
