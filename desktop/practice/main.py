"""The practice service as a command: how to reach it in the first line of stdout, the log on stderr."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TextIO

from desktop.clock import Clock
from desktop.errors import DesktopError, UsageError
from desktop.practice import scenario_file
from desktop.practice.journal import LogLine
from desktop.practice.service import PracticeService, greeting
from desktop.texts import text

_LAST_PORT = 65535


async def run(
    port: int,
    scenario: str | None,
    *,
    out: TextIO,
    err: TextIO,
    stop: asyncio.Event | None = None,
    clock: Clock | None = None,
    explain: Callable[[DesktopError], None] | None = None,
) -> int:
    """Run the practice service until `stop` is set, or until the task is cancelled.

    Args:
        port: port on 127.0.0.1; 0 takes a free one.
        scenario: a built-in name or a file; None is the default.
        out: gets one line: `{"url", "apiKey", "companyKey"}`.
        err: gets the log, each line with its time (UTC), and the sentences of what prevents a start.
        stop: ends the service when set.
        clock: gives the times on the wire.
        explain: says what prevents a start; None writes its sentences on `err`.

    Returns:
        0; 1 if the port cannot be had; 2 for a scenario or port that cannot be used.
    """
    try:
        if not 0 <= port <= _LAST_PORT:
            raise UsageError("practice.bad_port", port=port)
        service = PracticeService(scenario_file.load(scenario), clock=clock)
        service.subscribe(lambda line: _write(line, err))
        await service.start(port)
    except DesktopError as error:
        if explain is None:
            _explain(error, err)
        else:
            explain(error)
        return error.exit_code
    try:
        out.write(greeting(service) + "\n")
        out.flush()
        await (stop or asyncio.Event()).wait()
    finally:
        await service.stop()
    return 0


def _write(line: LogLine, err: TextIO) -> None:
    err.write(f"{line}\n")
    err.flush()


def _explain(error: DesktopError, err: TextIO) -> None:
    area, _, name = error.code.partition(".")
    parts = ("title", "text", "remedy")
    err.writelines(text(f"{area}.error.{name}.{part}", **error.values) + "\n" for part in parts)
    err.flush()
