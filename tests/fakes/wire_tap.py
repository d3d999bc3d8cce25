"""A practice service behind a line that is written down: every byte that passes, for each connection, both ways.

It runs in a thread of its own, so that programs in other processes can be watched by a test that waits for them.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from desktop.practice.service import PracticeService

_READ = 65536
_LONG, _LONGER, _SHORT = 126, 127, 125


@dataclass
class Taken:
    """What passed over one connection."""

    out: bytearray = field(default_factory=bytearray)
    back: bytearray = field(default_factory=bytearray)

    @property
    def request(self) -> bytes:
        """The HTTP request the program began with, as far as its empty line."""
        return bytes(self.out).partition(b"\r\n\r\n")[0]

    @property
    def frames(self) -> list[bytes]:
        """The payloads of the frames the program sent, without their mask (RFC 6455 section 5)."""
        data = bytes(self.out).partition(b"\r\n\r\n")[2]
        found = []
        while len(data) >= 2:
            length, begin = data[1] & 0x7F, 2
            if length == _LONG:
                length, begin = int.from_bytes(data[2:4], "big"), 4
            elif length == _LONGER:
                length, begin = int.from_bytes(data[2:10], "big"), 10
            assert data[1] & 0x80, "a client masks its frames"
            mask, body = data[begin : begin + 4], data[begin + 4 : begin + 4 + length]
            found.append(bytes(byte ^ mask[place % 4] for place, byte in enumerate(body)))
            data = data[begin + 4 + length :]
        return found


class WireTap:
    """The service and the line to it.

    Attributes:
        service: the practice service.
        taken: what passed, by connection, in the order they were made.
    """

    def __init__(self, api_key: str) -> None:
        self.service = PracticeService(api_key=api_key)
        self.taken: list[Taken] = []
        self.address = ""

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken = Taken()
        self.taken.append(taken)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.service.port)

        async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter, kept: bytearray) -> None:
            with contextlib.suppress(OSError):
                while data := await source.read(_READ):
                    kept += data
                    sink.write(data)
                    await sink.drain()
            sink.close()

        await asyncio.gather(copy(reader, far_writer, taken.out), copy(far_reader, writer, taken.back))

    async def _serve(self, is_up: threading.Event, is_over: asyncio.Event) -> None:
        await self.service.start()
        server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.address = self.service.address.replace(str(self.service.port), str(port))
        is_up.set()
        await is_over.wait()
        server.close()
        await self.service.stop()


@contextmanager
def wire_tap(api_key: str) -> Iterator[WireTap]:
    """Run a practice service with this key, and a line to it that is written down."""
    tap, is_up = WireTap(api_key), threading.Event()
    loop, is_over = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(tap._serve(is_up, is_over)), name="wire tap")
    thread.start()
    try:
        assert is_up.wait(30)
        yield tap
    finally:
        loop.call_soon_threadsafe(is_over.set)
        thread.join()
        loop.close()
