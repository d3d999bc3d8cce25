"""The door: who is let in, what comes back, and that nobody can harm the owner through it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.errors import Bug, DataFolderUnusable, DesktopError, NotFound
from desktop.owner import knock
from desktop.owner.door import Door
from desktop.owner.entry import enter, wait_for
from desktop.owner.knock import OwnerFound
from desktop.owner.lock import OwnerLock
from desktop.owner.wire import FILE, LONGEST_LINE
from desktop.store.file import write_file
from desktop.tasks import TaskKeeper
from desktop.texts import text

ROOT = Path(__file__).resolve().parents[3]


class House:
    """A data folder with an open door, and what was asked there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[str, dict]] = []
        self.reported: list[BaseException] = []
        self.cancelled = asyncio.Event()
        self.waiting = asyncio.Event()
        self.keeper = TaskKeeper(lambda _name, error: self.reported.append(error))
        self.door = Door(folder, self.keeper, write=write_file, patience_s=0.2, sign_of_life_s=0.02)

    @property
    def found(self) -> OwnerFound:
        found = knock.read(self.folder)
        assert found is not None
        return found

    def handle(self, request, args):
        self.asked.append((request, args))
        return self._many(args) if request == "run" else self._one(request)

    async def _one(self, request):
        return {"did": request}

    async def _many(self, args):
        for number in range(args.get("lines", 0)):
            yield {"number": number}
        if "error" in args:
            raise {"found": NotFound("sample.gone", name="x", count=3), "bug": Bug("sample")}[args["error"]]
        if "wait" in args:
            self.waiting.set()
            try:
                await asyncio.sleep(args["wait"])
            except asyncio.CancelledError:
                self.cancelled.set()
                raise
        if "other" in args:
            raise FileNotFoundError("sample")

    async def ask(self, request, args=None, **more):
        return await asyncio.to_thread(lambda: list(knock.ask(self.found, request, args or {}, **more)))

    async def __aenter__(self):
        await self.door.serve(self.handle)
        return self

    async def __aexit__(self, *_error):
        await self.door.stop()
        await self.keeper.stop()


async def raw(found: OwnerFound, data: bytes) -> bytes:
    """Say `data` at the door, and return what comes until the owner closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
    try:
        writer.write(data)
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def line(found: OwnerFound, **changed) -> bytes:
    return json.dumps({"v": 1, "token": found.token, "request": "ping", "args": {}} | changed).encode() + b"\n"


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


RESET = b"hang up with a reset"
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


@pytest.mark.parametrize("changed", [{"v": 2}, {"v": None}, {"request": "read_keys"}, {"request": []}, {"args": []}])
def test_what_is_not_on_the_list_is_refused_by_name(tmp_path, run, changed) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            if isinstance(changed.get("request"), list):
                changed["request"] = "other"
            said = json.loads(await raw(house.found, line(house.found, **changed)))
            assert said["error"]["code"] == "owner.other_version"
            assert house.asked == []

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


class TestKnock:
    def test_nobody_is_found_where_nobody_is(self, tmp_path) -> None:
        assert knock.knock(tmp_path) is None
        assert knock.knock(tmp_path / "nothing") is None

    @pytest.mark.parametrize("said", ["", "{}", "[]", '{"port":"x","token":"","pid":1}', "\udcff"])
    def test_a_file_without_sense_is_no_owner(self, tmp_path, said) -> None:
        (tmp_path / FILE).write_bytes(said.encode("utf-8", "surrogateescape"))
        assert knock.knock(tmp_path) is None

    def test_a_file_a_dead_owner_left_is_no_owner_and_is_replaced(self, tmp_path, run) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        (tmp_path / FILE).write_text(json.dumps({"v": 1, "port": port, "token": "t", "pid": 1}))
        assert knock.knock(tmp_path) is None

        async def main() -> None:
            async with House(tmp_path) as house:
                assert (await asyncio.to_thread(knock.knock, tmp_path)).port == house.found.port

        run(main())

    @pytest.fixture
    def stranger(self, tmp_path):
        """Something else that listens where the file says, and answers as told."""
        server = socket.create_server(("127.0.0.1", 0))
        port = server.getsockname()[1]
        (tmp_path / FILE).write_text(json.dumps({"v": 1, "port": port, "token": "t", "pid": 1}))
        answers: list[bytes] = []

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                for answer in answers:
                    if answer == RESET:
                        connection.recv(65536)
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    else:
                        connection.sendall(answer)

        thread = threading.Thread(target=serve, name="stranger")
        thread.start()
        yield answers
        server.close()
        thread.join()

    def test_an_owner_that_does_not_answer_is_said(self, tmp_path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            (tmp_path / FILE).write_text(json.dumps({"v": 1, "port": port, "token": "t", "pid": 1}))
            with pytest.raises(DataFolderUnusable) as refused:
                knock.knock(tmp_path, timeout_s=0.05)
        assert refused.value.code == "owner.no_answer"
        assert refused.value.exit_code == 5

    @pytest.mark.parametrize("answer", [b"HTTP/1.1 400\r\n", b"[]\n", b'{"v":2}\n'])
    def test_one_who_speaks_otherwise_is_of_another_version(self, tmp_path, stranger, answer) -> None:
        stranger.append(answer)
        with pytest.raises(DataFolderUnusable) as refused:
            knock.knock(tmp_path)
        assert refused.value.code == "owner.other_version"

    @pytest.mark.parametrize("answer", [b"", b'{"v":1'])
    def test_one_who_hangs_up_is_no_owner(self, tmp_path, stranger, answer) -> None:
        stranger.append(answer)
        assert knock.knock(tmp_path) is None

    @pytest.mark.parametrize("end", [b"", RESET])
    def test_one_who_hangs_up_after_it_began_leaves_doubt(self, tmp_path, stranger, end) -> None:
        stranger += [b'{"v":1,"taken":true}\n', end]
        with pytest.raises(DataFolderUnusable) as refused:
            knock.knock(tmp_path)
        assert refused.value.code == "owner.fell_silent"

    def test_a_request_that_is_too_long_is_not_sent(self) -> None:
        with pytest.raises(DesktopError) as refused:
            next(knock.ask(OwnerFound(1, "t", 1), "run", {"x": "y" * LONGEST_LINE}))
        assert (refused.value.code, refused.value.exit_code) == ("owner.too_long", 2)

    def test_it_loads_next_to_nothing(self) -> None:
        """A second start answers in the time of a bare interpreter (house style 3.6.20)."""
        script = "import sys; import desktop.owner.knock; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
        heavy = {
            "asyncio",
            "filelock",
            "pydantic",
            "PySide6",
            "sqlite3",
            "keyring",
            "websockets",
            "logging",
            "dataclasses",
        }
        assert heavy & set(done.stdout.split()) == set()


class TestEnter:
    def test_a_free_folder_is_taken(self, tmp_path) -> None:
        lock = enter(tmp_path / "data")
        assert isinstance(lock, OwnerLock)
        lock.give_back()

    def test_an_owned_one_is_asked(self, tmp_path, run) -> None:
        async def main() -> None:
            with OwnerLock(tmp_path):
                async with House(tmp_path):
                    found = await asyncio.to_thread(enter, tmp_path)
            assert isinstance(found, OwnerFound)

        run(main())

    def test_an_owner_that_just_starts_is_waited_for(self, tmp_path) -> None:
        first = OwnerLock(tmp_path)
        first.take()
        second = enter(tmp_path, pause=lambda _seconds: first.give_back())
        assert isinstance(second, OwnerLock)
        second.give_back()

    def test_one_without_a_door_is_said_in_the_end(self, tmp_path) -> None:
        times = iter([0.0, 1.0, 6.0])
        with OwnerLock(tmp_path), pytest.raises(DataFolderUnusable) as refused:
            enter(tmp_path, pause=lambda _seconds: None, monotonic=lambda: next(times))
        assert refused.value.code == "owner.no_answer"

    def test_a_handing_over_owner_is_waited_for(self, tmp_path) -> None:
        first, second = OwnerLock(tmp_path), OwnerLock(tmp_path)
        first.take()
        assert not wait_for(second, timeout_s=0.0)
        assert wait_for(second, timeout_s=60.0, pause=lambda _seconds: first.give_back())
        second.give_back()


@pytest.mark.parametrize("code", ["in_use", "no_answer", "fell_silent", "other_version", "too_long", "failed"])
def test_every_refusal_has_sentences(code) -> None:
    assert all(text(f"owner.error.{code}.{part}", path="x") for part in ("title", "text", "remedy"))
