"""The practice service as a command."""

from __future__ import annotations

import asyncio
import io
import json
import re
import socket

import pytest
from websockets.asyncio.client import connect

from desktop.practice import main as command


async def started(port=0, scenario=None):
    """Start the command; return its task, stop event and streams once its first line is out."""
    out, err, stop = io.StringIO(), io.StringIO(), asyncio.Event()
    task = asyncio.get_running_loop().create_task(command.run(port, scenario, out=out, err=err, stop=stop))
    async with asyncio.timeout(5):
        while not out.getvalue() and not task.done():  # noqa: ASYNC110 - a stream has no event to wait for
            await asyncio.sleep(0.001)
    return task, stop, out, err


def test_the_first_line_tells_how_to_connect_and_stderr_is_the_log(run):
    async def main():
        task, stop, out, err = await started()
        told = json.loads(out.getvalue())
        assert list(told) == ["url", "apiKey", "companyKey"]
        assert re.fullmatch(r"ws://127\.0\.0\.1:\d+/api/sockets/practice", told["url"])
        assert told["apiKey"].startswith("practice-")
        async with connect(told["url"], proxy=None) as client:
            await client.send(json.dumps({"apiKey": told["apiKey"]}))
            assert json.loads(await client.recv())["message"] == "Connected"
        stop.set()
        assert await task == 0
        assert out.getvalue().count("\n") == 1
        lines = err.getvalue().splitlines()
        assert all(re.match(r"\d\d:\d\d:\d\d ", line) for line in lines)
        assert [line[9:] for line in lines][1:] == [
            "connection 1 opened",
            "connection 1: key accepted",
            "connection 1 closed",
            "stopped",
        ]
        assert told["apiKey"] not in err.getvalue()

    run(main())


def test_cancelling_it_stops_the_service(run):
    async def main():
        task, _, out, err = await started()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert err.getvalue().splitlines()[-1].endswith(" stopped")
        with pytest.raises(ConnectionRefusedError):
            async with connect(json.loads(out.getvalue())["url"], proxy=None):
                pass

    run(main())


def test_a_scenario_can_be_named_or_come_from_a_file(run, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text('{"steps": [{"on": "connect", "do": [{"do": "deny"}]}]}')

    async def main(scenario):
        task, stop, out, _ = await started(scenario=scenario)
        told = json.loads(out.getvalue())
        async with connect(told["url"], proxy=None) as client:
            await client.send(json.dumps({"apiKey": told["apiKey"]}))
            status = json.loads(await client.recv())["status"]
        stop.set()
        await task
        return status

    assert run(main("access-denied")) == "ACCESS_DENIED_ERROR"
    assert run(main(str(file))) == "ACCESS_DENIED_ERROR"


def test_a_port_in_use_ends_with_1_and_a_sentence(run):
    async def main():
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            task, _, out, err = await started(port)
            assert await task == 1
            assert out.getvalue() == ""
            assert err.getvalue() == (
                "The practice service cannot start\n"
                f"Another program uses port {port} of this computer, or the port is not allowed.\n"
                "Leave out --port to take a free one, or name another.\n"
            )

    run(main())


@pytest.mark.parametrize(
    ("port", "content", "sentence"),
    [
        (0, '{"steps": 1}', "at /steps: this must be a list in brackets."),
        (0, "{", "is not JSON: line 1, column 2."),
        (70_000, "{}", "70000 is not a port."),
        (-1, "{}", "-1 is not a port."),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_a_sentence(run, tmp_path, port, content, sentence):
    file = tmp_path / "mine.json"
    file.write_text(content)

    async def main():
        task, _, out, err = await started(port, str(file))
        assert await task == 2
        assert out.getvalue() == ""
        assert sentence in err.getvalue()

    run(main())
