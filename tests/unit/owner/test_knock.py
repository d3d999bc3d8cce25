"""Finding an owner: who answers, who is no owner, and what is said of one that does not answer."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fakes.door import House

from desktop.errors import DataFolderUnusable, DesktopError
from desktop.owner import knock
from desktop.owner.entry import enter, wait_for
from desktop.owner.knock import OwnerFound
from desktop.owner.lock import OwnerLock
from desktop.owner.wire import FILE, LONGEST_LINE

ROOT = Path(__file__).resolve().parents[3]
RESET = b"hang up with a reset"


class TestKnock:
    def test_nobody_is_found_where_nobody_is(self, tmp_path) -> None:
        assert knock.knock(tmp_path) is None
        assert knock.knock(tmp_path / "nothing") is None

    @pytest.mark.parametrize(
        "said",
        [
            *("", "{}", "[]", '{"port":"x","token":"","pid":1}', "\udcff", "[" * 100_000, '{"port":1e999}'),
            *(f'{{"port":{port},"token":"t","pid":1}}' for port in (0, -1, 65536, 10**30)),
        ],
    )
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

    @pytest.mark.parametrize(
        "answer",
        [
            *(b"HTTP/1.1 400\r\n", b"[]\n", b'{"v":2}\n', b"[" * 100_000 + b"\n", b"\xff\n", b'{"v":1,"error":1}\n'),
            *(b'{"v":1,"error":{}}\n', b'{"v":1,"error":{"code":"x","exit_code":"1","values":{}}}\n'),
        ],
    )
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
