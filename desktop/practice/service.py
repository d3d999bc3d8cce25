"""The practice service: a faithful simulator of the BorderConnect API on loopback (protocol 1).

It is what newcomers and trainees send to, and the far end in tests. It shares no code with the program's own reading of
the protocol.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, cast

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from desktop.clock import Clock, SystemClock
from desktop.errors import EnvironmentFailure
from desktop.practice import garbage, scenario_file
from desktop.practice.day import Day
from desktop.practice.gateway import Gateway, read_object
from desktop.practice.http_door import HttpCaller, HttpDoor
from desktop.practice.journal import Journal, LogLine
from desktop.practice.ledger import Ledger
from desktop.practice.mailbox import Frame, Mailbox
from desktop.practice.player import Player, Scene, Sleep, wire
from desktop.practice.scenario import Action, Director, Happening, Scenario, Step
from desktop.tasks import TaskKeeper

HOST = "127.0.0.1"
SUFFIX = "practice"
KEY_LIMIT_S = 10.0
LARGEST_FRAME = 16 * 1024 * 1024
_CLOSE_LIMIT_S = 2.0
_STOP_LIMIT_S = 3.0
_TOO_BIG = 1009
_POLICY = 1008

_wire_log = logging.getLogger("desktop.practice.wire")
_wire_log.setLevel(logging.INFO)  # at DEBUG the library prints frames, and with the first one the key


def new_api_key() -> str:
    """Return a fresh practice key; its shape is never that of a real one."""
    return f"practice-{secrets.token_hex(12)}"


def new_company_key() -> str:
    """Return a fresh practice company key of at most 30 characters."""
    return f"c-practice-{secrets.token_hex(4)}"


class _Connection:
    """One socket of a client."""

    def __init__(self, socket: ServerConnection, number: int, mailbox: Mailbox, journal: Journal) -> None:
        self.number = number
        self.is_admitted = False
        self.is_frozen = False
        self._socket = socket
        self._mailbox = mailbox
        self._journal = journal

    async def send(self, frame: Frame) -> bool:
        """Hand over one frame; False if the connection is closed."""
        try:
            if isinstance(frame, garbage.Raw):
                self._socket.transport.write(frame)
            else:
                await self._socket.send(frame, text=True if isinstance(frame, garbage.Text) else None)
        except (ConnectionClosed, AttributeError):  # the second where asyncio aborts a transport that is gone
            return False
        return True

    async def close(self, code: int) -> None:
        """End the connection with a closing handshake."""
        self._mailbox.leave(self)
        with contextlib.suppress(AttributeError):  # asyncio aborts a transport that is gone
            await self._socket.close(code)

    def drop(self) -> None:
        """Cut the connection off, as a broken line would."""
        self._mailbox.leave(self)
        self._socket.transport.abort()

    def freeze(self) -> None:
        """Read nothing more: no message, no ping, no closing handshake."""
        self.is_frozen = True
        self._socket.transport.pause_reading()

    async def admit(self, response: Mapping[str, Any]) -> None:
        """Answer the handshake, then hand over what waited for the key."""
        if not await self.send(wire(response)) or self.is_admitted:
            return
        self.is_admitted = True
        self._journal.note("key_accepted", connection=self.number)
        count = await self._mailbox.join(self)
        if count:
            self._journal.note("delivered_waiting", connection=self.number, count=count)


class PracticeService:
    """A practice gateway on loopback.

    Args:
        scenario: what it plays; None is the built-in `accept`.
        clock: gives the times on the wire (UTC).
        api_key: the one good key; None makes a fresh one.
        company_keys: the companies of a service provider's key; None makes one.
        key_limit_s: seconds within which the first frame must bring the key.
        sleep: waits for the delays of answers; tests may turn it faster.

    Attributes:
        ledger: what is stored and what customs have on file.
        fragmented: how many messages came in more than one fragment.
        http: its HTTP twin, on the same port.
    """

    def __init__(
        self,
        scenario: Scenario | None = None,
        *,
        clock: Clock | None = None,
        api_key: str | None = None,
        company_keys: tuple[str, ...] | None = None,
        key_limit_s: float = KEY_LIMIT_S,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.api_key = api_key or new_api_key()
        self.company_keys = company_keys or (new_company_key(),)
        self.fragmented = 0
        self.port = 0
        clock = clock or SystemClock()
        scenario = scenario or scenario_file.load(None)
        self.ledger = Ledger(scenario.personality)
        self._journal = Journal(clock)
        self._gateway = Gateway(self.ledger, self.company_keys, clock)
        self._mailbox = Mailbox(lambda: self.ledger.personality)
        self._keeper = TaskKeeper()
        self._player = Player(self._gateway, self._mailbox, self._keeper, self._journal, clock, sleep)
        self._sleep = sleep
        self._key_limit_s = key_limit_s
        self._server: Server | None = None
        self.http = HttpDoor(
            suffix=SUFFIX,
            api_key=self.api_key,
            mailbox=self._mailbox,
            personality=lambda: self.ledger.personality,
            take=self._take,
            instead=lambda: next(iter(self._player.director.actions(Happening("upgrade"))), None),
            journal=self._journal,
            keeper=self._keeper,
        )
        self._opened = 0
        self._connections: set[_Connection] = set()
        self._is_clockwork_running = False
        self.use(scenario)

    # --- for its owner ----------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Return the address clients connect to; `start` fills in the port."""
        return f"ws://{HOST}:{self.port}/api/sockets/{SUFFIX}"

    @property
    def company_key(self) -> str:
        """Return the first company key."""
        return self.company_keys[0]

    @property
    def log(self) -> list[LogLine]:
        """Return the log, oldest line first."""
        return self._journal.lines

    @property
    def waiting(self) -> int:
        """Return how many messages wait for the next connection."""
        return len(self._mailbox.waiting)

    @property
    def is_heard(self) -> bool:
        """Tell whether a connection with a good key is open."""
        return self._mailbox.is_open

    @property
    def is_quiet(self) -> bool:
        """Tell whether nothing more comes by itself: every answer and every story has been told to its end."""
        return self._player.unfinished == 0

    def subscribe(self, listener: Callable[[LogLine], None]) -> Callable[[], None]:
        """Call `listener` with every new line of the log; returns what ends that."""
        return self._journal.subscribe(listener)

    def use(self, scenario: Scenario) -> None:
        """Play another scenario from now on; what is stored and on file stays."""
        self.ledger.personality = scenario.personality
        self._player.director = Director(scenario)
        self._player.day = None if scenario.day_scale is None else Day(scenario.seed, scenario.day_scale)
        self._is_clockwork_running = False

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one.

        Raises:
            EnvironmentFailure: `practice.port_in_use`: somebody else has the port, or it is not allowed.
        """
        try:
            self._server = await serve(
                self._serve,
                HOST,
                port,
                process_request=self._only_our_path,
                compression=None,
                max_size=LARGEST_FRAME,
                close_timeout=_CLOSE_LIMIT_S,
                server_header=None,
                logger=_wire_log,
                create_connection=cast("type[ServerConnection]", self.http.entrance),
            )
        except OSError:
            raise EnvironmentFailure("practice.port_in_use", port=port) from None
        self.port = self._server.sockets[0].getsockname()[1]
        self._journal.note("listening", port=self.port)

    async def stop(self) -> None:
        """Close every connection and end every delayed answer; nothing is left behind. Harmless if not started."""
        await self._keeper.stop()
        if self._server is not None:
            server, self._server = self._server, None
            server.close()
            self.http.drop_all()
            try:
                async with asyncio.timeout(_STOP_LIMIT_S):
                    await server.wait_closed()
            except TimeoutError:  # a peer that reads no more cannot be waited for
                for connection in tuple(self._connections):
                    connection.drop()
                await server.wait_closed()
            await self._keeper.stop()  # what the last messages started meanwhile
            self._journal.note("stopped")

    async def announce(self, message: Mapping[str, Any] | Frame) -> bool:
        """Send a message (or a raw frame) to whoever listens, as customs would; False if it waits or is lost."""
        return await self._mailbox.post(wire(message) if isinstance(message, Mapping) else message)

    # --- connections ------------------------------------------------------------------------------------------------

    def _only_our_path(self, socket: ServerConnection, request: Request) -> Response | None:
        if request.path != f"/api/sockets/{SUFFIX}":
            self._journal.note("wrong_path")
            return socket.respond(HTTPStatus.NOT_FOUND, "There is no such address here.\n")
        for action in self._player.director.actions(Happening("upgrade")):
            return self._other_response(socket, action)
        return None

    def _other_response(self, socket: ServerConnection, action: Action) -> Response:
        status = action.values["status"]
        self._journal.note("no_upgrade", status=status)
        response = socket.respond(status, "")
        for header, member in (("Location", "location"), ("Retry-After", "retry_after")):
            if member in action.values:
                response.headers[header] = str(action.values[member])
        return response

    async def _serve(self, socket: ServerConnection) -> None:
        self._opened += 1
        connection = _Connection(socket, self._opened, self._mailbox, self._journal)
        self._connections.add(connection)
        self._journal.note("connection_opened", connection=connection.number)
        try:
            if await self._is_key_good(socket, connection):
                await self._player.play(Scene(Happening("connect"), caller=connection))
                self._start_clockwork()
                await self._listen(socket, connection)
        except ConnectionClosed as closed:
            if closed.sent is not None and closed.sent.code == _TOO_BIG and not closed.rcvd_then_sent:
                self._journal.note("too_big", connection=connection.number)
        finally:
            self._connections.discard(connection)
            self._mailbox.leave(connection)
            self._journal.note("connection_closed", connection=connection.number)

    async def _is_key_good(self, socket: ServerConnection, connection: _Connection) -> bool:
        try:
            async with asyncio.timeout(self._key_limit_s):
                first = await socket.recv()
        except TimeoutError:
            self._journal.note("no_key", connection=connection.number)
            await socket.close(_POLICY)
            return False
        value = read_object(first) if isinstance(first, str) else None
        key = value.get("apiKey") if value is not None else None
        if isinstance(key, str) and hmac.compare_digest(key.encode(), self.api_key.encode()):
            return True
        self._journal.note("key_refused")
        await connection.send(wire(self._gateway.handshake(is_good=False)))
        await socket.close(_POLICY)
        return False

    async def _listen(self, socket: ServerConnection, connection: _Connection) -> None:
        while True:
            if connection.is_frozen:
                await socket.wait_closed()
            idle_s = self.ledger.personality.idle_close_s
            fragments: list[Frame] = []
            try:
                async with asyncio.timeout(idle_s or None):
                    async for fragment in socket.recv_streaming():
                        fragments.append(fragment)  # noqa: PERF401 - a time limit keeps what came before it
            except TimeoutError:
                self._journal.note("idle", connection=connection.number)
                await connection.close(1000)
                return
            if len(fragments) > 1:
                self.fragmented += 1
                self._journal.note("fragmented", connection=connection.number, count=len(fragments))
            if not connection.is_admitted:
                self._journal.note("too_early", connection=connection.number)
                continue
            message = self._gateway.take(fragments, connection)
            happening = self._gateway.happening(message)
            await self._player.play(Scene(happening, caller=connection, message=message))

    async def _take(self, text: str, caller: HttpCaller) -> None:
        """Take a message that came over HTTP."""
        self._start_clockwork()
        message = self._gateway.take([text], caller)
        await self._player.play(Scene(self._gateway.happening(message), caller=caller, message=message))

    def _start_clockwork(self) -> None:
        if not self._is_clockwork_running:
            self._is_clockwork_running = True
            for step in self._player.director.clockwork():
                self._keeper.start(self._at_its_time(step), name="practice time")

    async def _at_its_time(self, step: Step) -> None:
        await self._sleep(step.at_s)
        await self._player.perform(Scene(Happening("time"), is_background=True), step.do)


def greeting(service: PracticeService) -> str:
    """Return the line that tells a program how to reach the service: `{"url", "apiKey", "companyKey"}`."""
    return json.dumps({"url": service.address, "apiKey": service.api_key, "companyKey": service.company_key})
