"""The door: who is let in, what comes back, and that nobody can harm the owner through it."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from pathlib import Path

import pytest
from fakes.door import House, line, raw

from desktop.errors import DataFolderUnusable, DesktopError
from desktop.owner import knock
from desktop.owner.wire import FILE, LONGEST_LINE
from desktop.texts import text

ROOT = Path(__file__).resolve().parents[3]


def test_the_file_of_the_owner_is_private_and_goes_with_it(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            said = json.loads((tmp_path / FILE).read_text())
            assert set(said) == {"v", "port", "token", "pid"}
            assert (len(said["token"]), said["pid"]) == (64, os.getpid())
            assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
            assert said["token"] not in repr(house.found)
        assert not (tmp_path / FILE).exists()
        await house.door.stop()

    run(main())


def test_a_file_that_is_the_next_owners_stays(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path):
            (tmp_path / FILE).write_text('{"v":1,"port":1,"token":"next","pid":1}')
        assert (tmp_path / FILE).exists()

    run(main())


def test_lines_come_as_they_are_made_and_errors_keep_code_values_and_exit(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            assert await house.ask("run", {"lines": 3}) == [{"number": 0}, {"number": 1}, {"number": 2}]
            assert await house.ask("raise_window") == [{"did": "raise_window"}]
            assert house.asked == [("run", {"lines": 3}), ("raise_window", {})]
            with pytest.raises(DesktopError) as refused:
                await house.ask("run", {"lines": 1, "error": "found"})
            assert (refused.value.code, refused.value.exit_code) == ("sample.gone", 1)
            assert refused.value.values == {"name": "x", "count": 3}
            assert house.reported == []

    run(main())


def test_a_fault_of_the_owner_is_reported_there_and_said_here(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            with pytest.raises(DesktopError) as refused:
                await house.ask("run", {"other": True})
            assert refused.value.code == "owner.failed"
            assert isinstance(house.reported[0], FileNotFoundError)
            assert await house.ask("ping") == []

    run(main())


def test_long_work_shows_signs_of_life(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            assert await house.ask("run", {"wait": 0.3}, timeout_s=0.15) == []

    run(main())


def test_work_ends_when_its_asker_goes_away(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            answer = knock.ask(house.found, "run", {"lines": 1, "wait": 60})
            assert await asyncio.to_thread(next, answer) == {"number": 0}
            await house.waiting.wait()
            answer.close()
            await house.cancelled.wait()

    run(main())


def test_stopping_sends_the_askers_away(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            asking = house.keeper.start(house.ask("run", {"wait": 60}), name="asking")
            await house.waiting.wait()
            await house.door.stop()
            with pytest.raises((DataFolderUnusable, ConnectionError)):
                await asking
        assert house.cancelled.is_set()

    run(main())


def test_who_asked_has_a_time_of_grace_for_the_answer(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            house.door._grace_s = 30.0
            asking = house.keeper.start(house.ask("run", {"lines": 1, "wait": 0.3}), name="asking")
            await house.waiting.wait()
            await house.door.stop()
            assert await asking == [{"number": 0}]
        assert not house.cancelled.is_set()

    run(main())


def test_an_asker_that_takes_no_lines_is_left(tmp_path, run, until) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            reader, writer = await asyncio.open_connection("127.0.0.1", house.found.port, limit=1024)
            asked = line(house.found, request="run", args={"lines": 2_000_000})
            writer.write(asked + b'{"v":1,"go":true}\n')
            await until(lambda: house.door._askers)
            await until(lambda: not house.door._askers)
            writer.transport.abort()
            assert not reader.at_eof()
            assert house.reported == []

    run(main())


GARBAGE = {
    "nothing": b"\n",
    "no json": b"GET / HTTP/1.1\r\n\r\n",
    "array": b"[]\n",
    "number": b"1\n",
    "not utf-8": b"\xff\xfe\n",
    "deep": b"[" * 200_000 + b"\n",
    "no token": b'{"v":1,"request":"ping","args":{}}\n',
    "token of a number": b'{"v":1,"token":1,"request":"ping"}\n',
    "token of a lone half": b'{"v":1,"token":"\\ud800","request":"ping"}\n',
    "other token": json.dumps({"v": 1, "token": "0" * 64, "request": "ping"}).encode() + b"\n",
    "too long": b'"' + b"x" * (2 * LONGEST_LINE) + b'"\n',
    "no end": b'{"v":1',
}


@pytest.mark.parametrize("name", GARBAGE)
def test_who_has_no_token_gets_no_word_and_does_no_harm(tmp_path, run, name) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            assert await raw(house.found, GARBAGE[name]) == b""
            assert await house.ask("ping") == []
            assert house.asked == []
            assert house.reported == []

    run(main())


@pytest.mark.parametrize(
    "changed", [{"v": 2}, {"v": None}, {"request": "read_keys"}, {"request": []}, {"request": {"run": 1}}, {"args": []}]
)
def test_what_is_not_on_the_list_is_refused_by_name(tmp_path, run, changed) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            said = json.loads(await raw(house.found, line(house.found, **changed)))
            assert said["error"]["code"] == "owner.other_version"
            assert house.asked == []
            assert house.reported == []

    run(main())


@pytest.mark.parametrize("go", [b"", b"{}\n", b"[]\n", b'{"go":1}\n', b"go\n"])
def test_nothing_is_done_for_one_who_does_not_say_go(tmp_path, run, go) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            asked = line(house.found, request="run", args={"lines": 1})
            assert json.loads(await raw(house.found, asked + go)) == {"v": 1, "taken": True}
            assert house.asked == []

    run(main())


def test_more_askers_than_there_is_room_for_are_sent_away(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            streams = [await asyncio.open_connection("127.0.0.1", house.found.port) for _ in range(40)]
            ends = await asyncio.gather(*(reader.read() for reader, _ in streams), return_exceptions=True)
            assert len(ends) == 40
            for _, writer in streams:
                writer.close()
            assert await house.ask("ping") == []

    run(main())


def test_a_bug_told_as_one_keeps_its_code(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            with pytest.raises(DesktopError) as refused:
                await house.ask("run", {"error": "bug"})
            assert refused.value.code == "bug"

    run(main())


@pytest.mark.parametrize("code", ["in_use", "no_answer", "fell_silent", "other_version", "too_long", "failed"])
def test_every_refusal_has_sentences(code) -> None:
    assert all(text(f"owner.error.{code}.{part}", path="x") for part in ("title", "text", "remedy"))
