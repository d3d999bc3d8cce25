"""Who listens for changes, and that the fault of one is no fault of the others."""

from __future__ import annotations

import asyncio

import pytest

from desktop.services.changes import Changes
from desktop.services.views import Subject
from desktop.tasks import log_loop_error


def test_row_26_a_listener_that_fails_is_reported_and_stops_neither_the_others_nor_the_work(run) -> None:
    async def main() -> None:
        changes, heard, told = Changes(), [], []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context["exception"]))

        def fail(_changed) -> None:
            raise ValueError("sample")

        changes.subscribe(fail)
        leave = changes.subscribe(heard.append)
        changes.announce(Subject.TRIP, ["one"])
        assert [changed.ids for changed in heard] == [frozenset({"one"})]
        assert [type(error) for error in told] == [ValueError]
        leave()
        changes.announce(Subject.TRIP)
        assert len(heard) == 1

    run(main())


def test_without_a_loop_the_fault_is_the_announcers() -> None:
    changes = Changes()
    changes.subscribe(lambda _changed: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        changes.announce(Subject.TRIP)


def test_row_26_what_a_forgotten_task_of_a_command_raised_is_logged_by_kind_alone(run, expected_logs, caplog) -> None:
    expected_logs("unhandled in the loop: ValueError")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(log_loop_error)
        loop.call_soon(lambda: int("Sample Driver One"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        log_loop_error(loop, {"message": "something of the loop"})

    expected_logs("something of the loop")
    run(main())
    assert "Sample Driver One" not in caplog.text
