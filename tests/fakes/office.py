"""A carrier's office: a real desk on a real data folder, connected to a far end over real sockets."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from desktop.assembly import Desk, DeskOptions, open_desk
from desktop.domain.lifecycle import LinkState, Regime
from desktop.practice import sample
from desktop.services.importing import eta_of
from desktop.services.views import SendResult
from desktop.store.records import OutboxRow
from fakes.far_end import KEY, FarEnd


class Office:
    """A carrier's office: a data folder with its desk, connected to a far end."""

    def __init__(self, folder: Path, far: FarEnd) -> None:
        self.folder = folder
        self.far = far
        self.desk: Desk
        self.documents = {
            Regime(document["data"][:3]): document for document in sample.sample_trips(far.clock.now())[:2]
        }

    async def open(
        self, *, link: bool = True, key: str | None = KEY, address: str | None = None, way: str = "socket"
    ) -> Desk:
        """Open the folder, with one carrier when it is new, and connect."""
        self.desk = await open_desk(DeskOptions(folder=self.folder, clock=self.far.clock))
        if not await self.desk.store.companies.all():
            said = sample.company()
            await self.add_company(
                said["name"],
                said["scacs"],
                said["carrierCodes"],
                key=key,
                address=address,
                company_key=self.far.service.company_key,
                way=way,
            )
        if link:
            await self.desk.start_link()
        return self.desk

    async def add_company(
        self,
        name: str,
        scacs: Iterable[str] = ("SMPL",),
        codes: Iterable[str] = ("9SMP",),
        *,
        key: str | None = KEY,
        address: str | None = None,
        company_key: str = "",
        way: str = "socket",
    ) -> str:
        """Add a carrier; return its id."""
        row = await self.desk.companies.add(
            name=name,
            scacs=scacs,
            carrier_codes=codes,
            address=address or self.far.service.address,
            company_key=company_key,
            way=way,
            key=key,
        )
        return row.id

    async def trip(self, regime: Regime, *, number: str = "", company: str = "") -> str:
        """Store the sample trip as a draft, under another number where one is given; return its id."""
        document = json.loads(json.dumps(self.documents[regime]))
        if number:
            old = document["tripNumber"]
            document["tripNumber"] = number
            for index, shipment in enumerate(document["shipments"]):
                name = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
                shipment[name] = f"{number}{index}"
                assert old != number
        if not company:
            company = (await self.desk.store.companies.all())[0].id
        trip = await self.desk.store.trips.add(regime, document, company=company, eta_utc=eta_of(regime, document))
        return trip.id

    async def send(self, trip: str, wait_s: float | None = 3.0, *, hold: bool = False) -> SendResult:
        """Send a trip and wait for what it comes to."""
        return await self.desk.submit.send(trip, hold=hold, wait_s=wait_s)

    async def rows(self, trip: str) -> list[OutboxRow]:
        """The attempts of a trip."""
        return await self.desk.store.outbox.for_trip(trip)

    async def states(self, trip: str) -> list[str]:
        """Where they stand."""
        return [row.state.value for row in await self.rows(trip)]

    async def until(self, condition: Callable[[], Awaitable[bool]] | Callable[[], bool], limit_s: float = 10.0) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(limit_s):
            while True:
                found = condition()
                if await found if asyncio.iscoroutine(found) else found:
                    return
                await asyncio.sleep(0.01)

    async def until_states(self, trip: str, *states: str) -> None:
        """Wait until the attempts of a trip stand so."""

        async def is_so() -> bool:
            return await self.states(trip) == list(states)

        try:
            await self.until(is_so)
        except TimeoutError:
            raise AssertionError(f"{await self.states(trip)}, not {list(states)}") from None

    async def settle(self) -> None:
        """Wait until everything the far end gave out is understood here, and nothing moves any more."""
        calm = 0
        before: object = None
        async with asyncio.timeout(10.0):
            while calm < 2:
                rows = await self.desk.store.outbox.open_rows()
                now = (
                    len(self.far.given),
                    await self.desk.store.frames.count(),
                    len(await self.desk.store.frames.not_understood()),
                    [(row.id, row.state) for row in rows],
                )
                calm = calm + 1 if now == before else 0
                before = now
                await asyncio.sleep(0.015)

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in one leap, as while a computer sleeps, and the courier notice."""
        self.far.clock.advance(seconds)
        await self.desk.listening.beat()
        self.desk.link.kick()
        await self.settle()

    async def close(self) -> None:
        """End in order."""
        await self.desk.close()

    async def left_by_a_kill(self, folder: Path) -> Office:
        """Return the office as a killed process would leave it: nothing more goes out of this one.

        The caller has stopped everything at a named point, so no write is under way while the files are taken.
        """
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("owner.*"))
        self.far.drop_all()
        await self.close()
        after = Office(folder, self.far)
        after.documents = self.documents
        return after


def state(office: Office) -> LinkState:
    """What the connection bar says."""
    return office.desk.link.status.state


async def connected(office: Office) -> None:
    """Wait until messages may go out."""
    await office.until(lambda: state(office) is LinkState.CONNECTED)
