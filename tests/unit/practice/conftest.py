"""A bench for the practice service: a real client over loopback, delays turned to nothing."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import ManualClock
from websockets.asyncio.client import ClientConnection, connect

from desktop.practice import scenario_file
from desktop.practice.scenario import Scenario
from desktop.practice.service import PracticeService

MESSAGES = Path(__file__).resolve().parents[2] / "golden" / "messages"
WAIT_S = 5.0


class Client:
    """One client of the service."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def send(self, value: object) -> None:
        """Send a message: JSON, or text as it is."""
        await self.socket.send(value if isinstance(value, str | bytes) else json.dumps(value))

    async def frame(self) -> str | bytes:
        """Return the next raw frame."""
        async with asyncio.timeout(WAIT_S):
            return await self.socket.recv()

    async def next(self) -> dict[str, Any]:
        """Return the next message."""
        return json.loads(await self.frame())

    async def ask(self, value: object) -> dict[str, Any]:
        """Send a message and return what comes next."""
        await self.send(value)
        return await self.next()

    async def hears_nothing(self) -> bool:
        """Tell whether nothing came before the answer to one more question."""
        answer = await self.ask("no JSON at all")
        return answer["message"] == "Message could not be read"

    async def closed(self) -> int | None:
        """Wait for the end of the connection and return its close code."""
        async with asyncio.timeout(WAIT_S):
            await self.socket.wait_closed()
        return self.socket.close_code


class Bench:
    """Starts services and clients; remembers the delays that were asked for."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let no time pass, but let others have their turn."""
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def settle(self, service: PracticeService) -> None:
        """Wait until no delayed answer is under way."""
        while service._keeper._running:
            await asyncio.wait(set(service._keeper._running))
            await asyncio.sleep(0)

    @asynccontextmanager
    async def service(self, scenario: str | Scenario | None = None, **options: Any) -> AsyncIterator[PracticeService]:
        """Run a service with a scenario: built-in name, JSON text, or made."""
        if isinstance(scenario, str):
            scenario = scenario_file.read(scenario, "test") if scenario[0] == "{" else scenario_file.load(scenario)
        service = PracticeService(scenario, clock=self.clock, sleep=self.sleep, **options)
        await service.start()
        try:
            yield service
        finally:
            await service.stop()

    async def open_client(self, service: PracticeService) -> Client:
        """Connect; the test ends the connection itself."""
        return Client(await connect(service.address, max_size=32 * 1024 * 1024, compression=None, proxy=None))

    @asynccontextmanager
    async def raw_client(self, service: PracticeService) -> AsyncIterator[Client]:
        """Connect and say nothing."""
        async with connect(service.address, max_size=32 * 1024 * 1024, compression=None, proxy=None) as socket:
            yield Client(socket)

    @asynccontextmanager
    async def client(self, service: PracticeService) -> AsyncIterator[Client]:
        """Connect with the right key."""
        async with self.raw_client(service) as client:
            answer = await client.ask({"apiKey": service.api_key})
            assert answer["status"] == "OK"
            yield client

    @asynccontextmanager
    async def both(
        self, scenario: str | Scenario | None = None, **options: Any
    ) -> AsyncIterator[tuple[PracticeService, Client]]:
        """Run a service and one client of it."""
        async with self.service(scenario, **options) as service, self.client(service) as client:
            yield service, client


@pytest.fixture
def bench() -> Bench:
    """A bench for one test."""
    return Bench()


@pytest.fixture
def message() -> Callable[..., Any]:
    """Return one of the page's examples, with members changed: `message("ace-trip", tripNumber="AAAA1234")`."""

    def read(name: str, **changes: Any) -> Any:
        return {**json.loads((MESSAGES / f"{name}.json").read_text()), **changes}

    return read


@pytest.fixture
def aci_request(message: Callable[..., Any]) -> Callable[..., Any]:
    """Return the page's ACI send request with its misprint mended."""
    return lambda **changes: message("aci-send-request-as-printed", **{"data": "ACI_SEND_REQUEST", **changes})


@pytest.fixture
def trip_of(message: Callable[..., Any]) -> Callable[..., Any]:
    """Return a trip like the page's under other numbers: `trip_of("ACE", "AAAA1234", "AAAAB0001")`."""

    def make(regime: str, number: str, *shipments: str, **changes: Any) -> Any:
        trip = message(f"{regime.lower()}-trip", tripNumber=number, **changes)
        member = "shipmentControlNumber" if regime == "ACE" else "cargoControlNumber"
        first = trip["shipments"][0]
        trip["shipments"] = [{**copy.deepcopy(first), member: shipment} for shipment in shipments]
        operation = changes.get("operation", "CREATE")
        for shipment in trip["shipments"]:
            shipment["operation"] = operation
        return trip

    return make
