"""A data folder with everything that sends and receives, around a socket that a test plays."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from fakes.clock import ManualClock

from desktop.connection.websocket import NotWritten
from desktop.domain.lifecycle import LinkState, Regime
from desktop.practice import sample
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.courier import Courier, Owner
from desktop.services.editing import Editing
from desktop.services.facts import FactsSource
from desktop.services.importing import Importing
from desktop.services.inbox import Inbox
from desktop.services.library import Library
from desktop.services.listings import Listings
from desktop.services.lookups import Lookups
from desktop.services.numbering import Numbering
from desktop.services.outgoing import Outgoing
from desktop.services.printed import Printed
from desktop.services.progress import Progress
from desktop.services.receiving import Receiving
from desktop.services.server_errors import ServerErrors
from desktop.services.sheets import Sheets
from desktop.services.starting import Starting
from desktop.services.submit import Submit
from desktop.services.views import LinkStatus
from desktop.services.waiting import Waiting
from desktop.store import Store
from desktop.store.company import CompanyFields
from desktop.tasks import TaskKeeper

MESSAGES = Path(__file__).resolve().parents[2] / "golden" / "messages"
ADDRESS = "ws://127.0.0.1:1/api/sockets/practice"
ACE_FILED = "COMPLETE_TRIP_AND_SHIPMENTS"


def golden(name: str):
    """A new copy of one of the API page's examples."""
    return json.loads((MESSAGES / f"{name}.json").read_text(encoding="utf-8"))


def goldens() -> list[str]:
    return sorted(path.stem for path in MESSAGES.glob("*.json"))


class Socket:
    """A connection that a test plays: it keeps what was sent and answers by the script."""

    def __init__(self) -> None:
        self.is_open = True
        self.sent: list[dict] = []
        self.before_bytes: Callable | None = None
        self.script: Callable[[dict], list] = lambda _: []
        self.hear: Callable | None = None

    @property
    def connected_since(self) -> float | None:
        return 0.0 if self.is_open else None

    async def send(self, payload: bytes) -> None:
        if self.before_bytes is not None:
            await self.before_bytes(payload)
        if not self.is_open:
            raise NotWritten
        message = json.loads(payload)
        self.sent.append(message)
        for answer in self.script(message):
            await self.hear(answer)


class World:
    """Everything of a desk but its connection."""

    def __init__(self, store: Store, clock: ManualClock, keeper: TaskKeeper | None = None) -> None:
        self.store, self.clock = store, clock
        self.changes, self.keeper = Changes(), keeper or TaskKeeper()
        self.facts = FactsSource(store, clock)
        self.border = Border(store)
        self.server_errors = ServerErrors(self.border)
        self.lookups = Lookups(store, self.border, self.server_errors, self.facts, clock)
        self.inbox = Inbox(store, self.changes)
        self.library = Library(store, self.changes)
        self.listings = Listings(store, self.lookups, self.inbox, self.library)
        self.importing = Importing(store, self.changes)
        self.editing = Editing(store, self.facts, self.server_errors, self.changes, clock, self.keeper)
        self.numbering = Numbering(store, self.changes, clock)
        self.starting = Starting(store, self.editing, self.numbering, self.changes, clock)
        self.receiving = Receiving(store, self.changes)
        self.sheets = Sheets(store, self.lookups, clock)
        self.printed = Printed(store, self.changes)
        self.link_state = LinkState.CONNECTED
        self.waiting = Waiting(store, self.border, self.server_errors, self.changes, clock, self._status)
        self.outgoing = Outgoing(store, clock)
        self.progress = Progress(store, self.outgoing, self.changes, clock, lambda: None)
        self.submit = Submit(
            store,
            self.facts,
            self.border,
            self.importing,
            self.editing,
            self.outgoing,
            self.waiting,
            self.changes,
            clock,
            lambda: self.courier.kick() if hasattr(self, "courier") else None,
        )
        self.socket = Socket()
        self.socket.hear = self.hear
        self.companies = []

    def _status(self, company_id: str) -> LinkStatus:
        return LinkStatus(self.link_state, self.clock.now(), "", "", True, None, None, 0)

    async def settle(self) -> World:
        """Add the sample carrier and a courier for it."""
        said = sample.company()
        await self.add_company(said["name"], scacs=said["scacs"], codes=said["carrierCodes"])
        return self

    async def add_company(self, name: str, *, scacs=("SMPL",), codes=("9SMP",), key: str = ""):
        added = await self.store.companies.add(
            CompanyFields(name, scacs, codes, ADDRESS, key, phone="519-555-0100"), is_practice=True
        )
        self.companies.append(added)
        self.courier = self.new_courier()
        return added

    def new_courier(self, epoch: int = 1) -> Courier:
        return Courier(self.store, self.socket, self.companies, Owner(epoch, "this test"), self.changes, self.clock)

    async def restart(self) -> None:
        """Another owner takes over: a courier that knows only what is on the disk."""
        self.courier = self.new_courier(await self.store.outbox.new_epoch() + 1)

    @property
    def company(self):
        return self.companies[0]

    def document(self, regime: Regime = Regime.ACE, **changes):
        """A sound trip of the sample carrier."""
        place = 0 if regime is Regime.ACE else 1
        return {**copy.deepcopy(sample.sample_trips(self.clock.now())[place]), "operation": "CREATE", **changes}

    async def trip(self, regime: Regime = Regime.ACE, company=None, **changes):
        """A stored draft of it."""
        return (await self.importing.trip(self.document(regime, **changes), company or self.company))[0]

    async def starting_point(self, document, company) -> str:
        """A draft made beside others of its number; return its id."""
        from desktop.services.belonging import link_again

        regime = Regime(document["data"][:3])
        trip = await self.store.trips.add(regime, document, company=company.id)
        await link_again(self.store, trip)
        return trip.id

    async def hear(self, value, *, companies=None) -> None:
        """A frame comes over the connection."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        await self.receiving.frame(
            body,
            self.clock.now(),
            companies=companies or self.companies,
            connection="first",
            is_text=True,
            apply=self.courier.heard,
        )

    async def deliver(self) -> None:
        """Send everything that may go now."""
        while self.socket.is_open and await self.courier._send_next():
            self.clock.advance(1)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The courier works by itself."""
        task = self.keeper.start(self.courier.run(), name="courier")
        try:
            yield
        finally:
            task.cancel()
            await self.keeper.stop()

    async def states(self, trip) -> list[str]:
        return [row.state.value for row in await self.store.outbox.for_trip(trip.id)]

    async def rows(self, trip):
        return await self.store.outbox.for_trip(trip.id)


def imported(message: dict, **more) -> dict:
    """The gateway's answer to an upload it took."""
    return {"data": "API_RESPONSE", "status": "IMPORTED", "sendId": message["sendId"], "message": "imported", **more}


def data_error(message: dict, note: str = "no") -> dict:
    return {
        "data": "API_RESPONSE",
        "status": "DATA_ERROR",
        "sendId": message["sendId"],
        "message": "failed",
        "errors": [{"identifier": message.get("tripNumber", ""), "note": note}],
    }


def ace_accepted(message: dict) -> dict:
    return {
        "data": "ACE_RESPONSE",
        "dateTime": "2026-11-24 07:00:00",
        "cbpDateTime": "2026-11-24 07:00:00",
        "sendRequest": {"type": message["type"], "tripNumber": message["tripNumber"]},
        "processingResponse": {"shipmentsRejected": 0, "shipmentsAccepted": 2},
    }


def good_gateway(message: dict) -> list:
    """Takes every upload, and customs accepts every request."""
    if message["data"].endswith("_SEND_REQUEST"):
        return [ace_accepted(message)]
    return [imported(message)]
