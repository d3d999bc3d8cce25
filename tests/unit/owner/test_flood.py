"""The door under stress: whoever knocks, and however often, the owner lives and answers who has the token (row 20)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import socket
import tracemalloc

import pytest
from fakes.door import House, line

from desktop.errors import DataFolderUnusable
from desktop.owner import door as door_module
from desktop.owner import knock
from desktop.owner.arrival import arrive
from desktop.owner.door import Door
from desktop.owner.knock import OwnerFound
from desktop.owner.lock import OwnerLock
from desktop.owner.wire import FILE, LONGEST_LINE
from desktop.store.file import write_file
from desktop.tasks import TaskKeeper

CONNECTIONS = int(os.environ.get("EMANIFEST_FLOOD", "600"))
MIB = 1024 * 1024


async def asked_until_answered(house: House, request: str = "ping") -> list[dict]:
    """Ask as a command does: who is sent away before his request was taken asks again."""
    for _ in range(1000):
        with contextlib.suppress(ConnectionError):
            return await house.ask(request)
    raise AssertionError("never answered")


def shapes(found: OwnerFound, dice: random.Random) -> bytes:
    """Return something that nobody should say here."""
    token = {"v": 1, "token": found.token}
    return dice.choice(
        [
            dice.randbytes(dice.randrange(1, 4000)),
            dice.randbytes(40) + b"\n",
            json.dumps({**token, "request": "read_keys", "args": {}}).encode() + b"\n",
            json.dumps({**token, "request": "run", "args": [1]}).encode() + b"\n",
            json.dumps({**token, "request": ["run"], "args": {}}).encode() + b"\n",
            json.dumps({**token, "request": {"run": 1}, "args": None}).encode() + b"\n",
            json.dumps({**token, "v": "1", "request": "run"}).encode() + b"\n",
            json.dumps({"v": 1, "token": [found.token], "request": "run"}).encode() + b"\n",
            json.dumps({"v": 1, "token": found.token[:-1], "request": "run", "args": {}}).encode() + b"\n",
            line(found, request="run", args={"lines": 1})[: dice.randrange(1, 60)],
            line(found, request="run", args={"lines": 1}),  # and never says go
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + dice.randbytes(200),
            b"",
        ]
    )


def test_row_20_a_flood_of_garbage_keeps_no_command_out_and_does_nothing(tmp_path, run) -> None:
    """Hundreds of strangers say all kinds of things; EMANIFEST_FLOOD says how many. The seed is printed on failure."""
    seed = random.SystemRandom().randrange(2**32)
    dice = random.Random(seed)

    async def stranger(found: OwnerFound) -> None:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", found.port)
            try:
                writer.write(shapes(found, dice))
                if dice.random() < 0.5:
                    await reader.read()
            finally:
                writer.close()

    async def main() -> None:
        async with House(tmp_path) as house:
            crowd = asyncio.Semaphore(200)

            async def one() -> None:
                async with crowd:
                    await stranger(house.found)

            flood = asyncio.gather(*(one() for _ in range(CONNECTIONS)))
            for _ in range(10):
                assert await asked_until_answered(house, "raise_window") == [{"did": "raise_window"}]
            await flood
            assert house.asked == [("raise_window", {})] * 10, f"seed {seed}"
            assert house.reported == [], f"seed {seed}"
            assert len(house.door._askers) <= 200

    run(main())


def test_who_holds_the_door_without_a_word_gives_way_to_newcomers(tmp_path, run) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            house.door._patience_s = 60.0
            silent = [await asyncio.open_connection("127.0.0.1", house.found.port) for _ in range(200)]
            assert await asked_until_answered(house) == []
            assert len(house.door._strangers) <= door_module._MOST_STRANGERS
            for _, writer in silent:
                writer.transport.abort()

    run(main())


def test_slow_writers_have_a_limit_for_the_whole_line(tmp_path, run, until) -> None:
    """A byte now and then does not make the time for a line longer."""

    async def main() -> None:
        async with House(tmp_path) as house:
            reader, writer = await asyncio.open_connection("127.0.0.1", house.found.port)

            async def listen() -> bytes:
                with contextlib.suppress(ConnectionError):
                    return await reader.read()
                return b""

            ended = house.keeper.start(listen(), name="listen")
            sent = 0
            while not ended.done():
                writer.write(line(house.found)[sent : sent + 1] if sent < 100 else b" ")
                sent += 1
                await asyncio.wait([ended], timeout=0.02)
            assert ended.result() == b""
            assert sent < 100
            writer.close()

    run(main())


def test_a_line_without_end_takes_no_memory(tmp_path, run) -> None:
    """100 MB are poured in; the owner keeps no more than two of its longest lines of one stranger."""

    async def main() -> None:
        async with House(tmp_path) as house:
            house.door._patience_s = 30.0
            loop = asyncio.get_running_loop()
            piece = b"x" * MIB

            def pour() -> int:
                poured = 0
                with socket.create_connection(("127.0.0.1", house.found.port)) as stream, contextlib.suppress(OSError):
                    for _ in range(100):
                        stream.sendall(piece)
                        poured += 1
                return poured

            tracemalloc.start()
            poured = await loop.run_in_executor(None, pour)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert poured < 100, "cut long before"
            assert peak < 8 * LONGEST_LINE
            assert await house.ask("ping") == []

    run(main())


def test_a_token_of_an_owner_that_has_gone_opens_no_other_door(tmp_path, run) -> None:
    """What somebody kept of an old owner, and says again to the next one, has no effect."""

    async def main() -> None:
        async with House(tmp_path / "one") as old:
            said = line(old.found, request="raise_window")
            before = old.found
        async with House(tmp_path / "one") as house:
            assert house.found.token != before.token
            reader, writer = await asyncio.open_connection("127.0.0.1", house.found.port)
            writer.write(said + b'{"v":1,"go":true}\n')
            assert await reader.read() == b""
            writer.close()
            assert house.asked == []

    run(main())


def test_more_than_one_request_through_one_connection_is_one(tmp_path, run) -> None:
    """A request that is repeated behind its own go is a breach: nothing of it is done twice."""

    async def main() -> None:
        async with House(tmp_path) as house:
            asked = line(house.found, request="run", args={"wait": 60}) + b'{"v":1,"go":true}\n'
            reader, writer = await asyncio.open_connection("127.0.0.1", house.found.port)
            writer.write(asked + asked)
            await reader.read()
            writer.close()
            assert len(house.asked) <= 1

    run(main())


class _SendsAway(Door):
    """A living owner's door that answers a knock and then, the first times, has no room for what is asked."""

    def __init__(self, *arguments, times: int, **more) -> None:
        super().__init__(*arguments, **more)
        self.times = times
        self.has_knocked = False

    def _meet(self, reader, writer) -> None:
        if self.times > 0 and self.has_knocked:
            self.times, self.has_knocked = self.times - 1, False
            writer.transport.abort()
            return
        self.has_knocked = True
        super()._meet(reader, writer)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_window_that_finds_the_door_full_asks_again_instead_of_waiting_for_an_end(tmp_path, run, times) -> None:
    async def main() -> None:
        lock, keeper = OwnerLock(tmp_path), TaskKeeper()
        assert lock.take()
        house = _SendsAway(tmp_path, keeper, write=write_file, times=times)

        async def handle(_request, _args):
            return {"raised": True}

        await house.serve(handle)
        waits = lambda: pytest.fail("a window is there, no command")  # noqa: E731
        assert await arrive(tmp_path, on_wait=waits, is_given_up=lambda: False, look_s=0.01) is None
        await house.stop()
        await keeper.stop()
        lock.give_back()

    run(main())


def test_a_window_that_is_always_sent_away_says_so_in_the_end(tmp_path, run, monkeypatch) -> None:
    async def main() -> None:
        monkeypatch.setattr("desktop.owner.arrival._enter", lambda _folder: OwnerFound(1, "t", 1))
        with pytest.raises(DataFolderUnusable, match=r"owner\.no_answer"):
            await arrive(tmp_path, on_wait=pytest.fail, is_given_up=lambda: False, look_s=0.001)

    run(main())


class TestWindows:
    """There nobody replaces or deletes a file that somebody has open for reading (CreateFile, sharing modes)."""

    def test_a_file_that_is_being_read_is_replaced_when_the_reader_has_gone(self, tmp_path, run) -> None:
        readers = [1, 1, 1]

        def write(path, data):
            if readers:
                readers.pop()
                raise PermissionError(13, "Access is denied")
            write_file(path, data)

        async def main() -> None:
            keeper = TaskKeeper()
            door = Door(tmp_path, keeper, write=write)
            await door.serve(lambda *_: pytest.fail("nobody asks"))
            assert knock.read(tmp_path) is not None
            await door.stop()
            await keeper.stop()

        run(main())
        assert readers == []

    def test_an_end_while_somebody_reads_the_file_is_an_end_all_the_same(self, tmp_path, run, monkeypatch) -> None:
        async def main() -> None:
            async with House(tmp_path):

                def refuse(_path, missing_ok=False):
                    raise PermissionError(32, "The process cannot access the file because it is being used")

                monkeypatch.setattr("pathlib.Path.unlink", refuse)
            monkeypatch.undo()
            assert (tmp_path / FILE).exists()
            async with House(tmp_path):
                assert await asyncio.to_thread(knock.knock, tmp_path) is not None

        run(main())


def test_who_is_not_taken_before_the_owner_ends_is_sent_to_the_next_one_without_doubt(tmp_path, run, until) -> None:
    async def main() -> None:
        async with House(tmp_path) as house:
            house.door._grace_s, house.door._patience_s = 0.5, 0.5
            asking = house.keeper.start(house.ask("run", {"wait": 60}), name="holds the owner up")
            await house.waiting.wait()
            early = await asyncio.open_connection("127.0.0.1", house.found.port)
            said = line(house.found)
            await until(lambda: len(house.door._askers) == 2)
            ending = house.keeper.start(house.door.stop(), name="end")
            await until(lambda: house.door._is_ending)
            early[1].write(said)
            assert await early[0].read() == b"", "not taken, so it may be asked again"
            early[1].close()
            await ending
            with contextlib.suppress(DataFolderUnusable, ConnectionError):
                await asking

    run(main())
