"""The person before the program: sends, edits, takes back, decides doubts after having looked, confirms a copy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulation import ids
from simulation.faults import Fault

from desktop.delivery.attempt import Choice, Way
from desktop.delivery.planner import Sent, plan
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Customs, OutboxState, Regime
from desktop.errors import DesktopError, EnvironmentFailure
from desktop.services.doubts import Doubts
from desktop.services.outgoing import Outgoing
from desktop.services.standing import delivery_of, held_version
from desktop.store.error import Conflict
from desktop.store.records import NewNumber, NewOutboxRow, OutboxRow, Trip

if TYPE_CHECKING:
    from simulation.world import World

S = OutboxState
DOUBT = frozenset({S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT})
WAITING = frozenset({S.READY, S.HELD})
_FEW_DOUBTS = 1


@dataclass(frozen=True, slots=True)
class _Preview:
    errors: int = 0


class _Session:
    """A new draft."""

    def __init__(self, trip_id: str) -> None:
        self.trip_id = trip_id

    async def close(self) -> None:
        """Nothing is open."""


class Person:
    """Uses the program as it is meant to be used, and remembers what he sent.

    Attributes:
        sent: rows he was told were queued, with their trips.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._dice = world.dice
        self._numbers = 0
        self.sent: dict[str, str] = {}
        world.person = self

    # --- sending

    async def sends(self) -> None:
        """Make a trip and send it."""
        is_held = self._dice.happens(0.6)

        async def work() -> None:
            await self._send(await self._new_trip(), is_held=is_held)

        await self._act(work)

    async def _act(self, work: Any) -> bool:
        """Do something; where the disk is full or the program dies, the person knows that it was not done."""
        life = self._world.life
        try:
            await life.do(work)
        except (EnvironmentFailure, Conflict):
            return False
        except DesktopError as error:
            if error.code != "doubt.settled":
                raise
            return False
        if life.died.is_set():
            return False
        life.kick()
        return True

    async def _new_trip(self, like: JSONObject | None = None) -> Trip:
        self._numbers += 1
        regime = Regime.ACE if self._dice.happens(0.6) else Regime.ACI
        companies = list(self._world.disk.companies)
        member = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
        document: JSONObject = {
            "data": f"{regime}_TRIP",
            "tripNumber": f"SMPL{self._numbers:07}",
            "truck": {"number": "T1"},
            "shipments": [{member: f"SMPLPARS{self._numbers:07}"}],
        }
        company = companies[self._numbers % len(companies)]
        return await self._world.life.store.trips.add(regime, document, company=company)

    async def _send(self, trip: Trip, *, is_held: bool) -> None:
        store = self._world.life.store
        rows = await store.outbox.for_trip(trip.id)
        company = self._world.disk.companies[trip.company]
        version = held_version(rows)
        document = None if version is None else (await store.trips.version(trip.id, version)).document
        is_filed = (company.company_key, trip.number) in self._world.far.filed
        known = Customs.ON_FILE if is_filed else Customs.NONE
        sent = Sent(document=document, delivery=delivery_of(rows), is_filed=is_filed)
        planned = plan(trip.regime, trip.document, known, sent, hold=is_held)
        if planned.blocked or not planned.steps:
            return
        waiting = [row for row in rows if row.state in WAITING]
        if waiting:
            await Outgoing(store, self._world.clock).overtake(waiting)
        made = [self._row(trip, company.company_key, step) for step in planned.steps]
        numbers = [NewNumber("trip", trip.number)]
        queued = await store.outbox.enqueue_plan(
            made, company=trip.company, trip=trip.id, trip_version=trip.version, numbers=numbers
        )
        self.sent.update({row.id: trip.id for row in queued})
        self._world.result.uploads += sum(row.kind == "upload" for row in queued)
        self._world.result.requests += sum(row.kind != "upload" for row in queued)

    def _row(self, trip: Trip, company_key: str, step: Any) -> NewOutboxRow:
        is_upload = step.way is Way.UPLOAD
        send_id = ids.new_id(self._world.clock.now())
        message: dict[str, Any] = {"data": step.data, "sendId": send_id}
        if company_key:
            message["companyKey"] = company_key
        if is_upload:
            message |= {"operation": step.operation, "autoSend": False} | {
                name: value for name, value in trip.document.items() if name != "data"
            }
        else:
            message |= {"type": step.type, "tripNumber": trip.number}
        return NewOutboxRow(
            kind="upload" if is_upload else "send_request",
            data=step.data,
            operation=step.operation if is_upload else step.type,
            regime=trip.regime,
            number=trip.number,
            send_id=send_id,
            payload=json.dumps(message).encode(),
            account="simulated",
            waits_for=step.waits_for,
        )

    async def looks(self) -> None:
        """Settle what is in doubt once it is more than a few."""
        rows = [row for row in await self._world.audit.outbox.open_rows() if row.state in DOUBT]
        if len(rows) > _FEW_DOUBTS and await self._decides(rows):
            self._dice.note(Fault.DECIDED)

    # --- meddling

    async def meddles(self, fault: Fault) -> bool:
        """Edit, take back or decide; tell whether there was anything to do it to."""
        rows: list[OutboxRow] = await self._world.audit.outbox.open_rows()
        if fault is Fault.EDITED_MEANWHILE:
            return await self._edits(rows)
        if fault is Fault.TAKEN_BACK:
            return await self._takes_back(rows)
        return await self._decides([row for row in rows if row.state in DOUBT])

    async def _edits(self, rows: list[OutboxRow]) -> bool:
        trips = sorted({row.trip for row in rows if row.trip} | set(list(self.sent.values())[-3:]))
        trips = [trip for trip in trips if await self._world.audit.outbox.for_trip(trip)]
        if not trips:
            return False
        trip_id, is_held = self._dice.random.choice(trips), self._dice.happens(0.5)

        async def work() -> None:
            trip = await self._world.life.store.trips.get(trip_id)
            document = {**trip.document, "truck": {"number": f"T{trip.version + 1}"}}
            saved = await self._world.life.store.trips.save(trip.id, document, trip.local, version=trip.version)
            await self._send(saved, is_held=is_held)

        await self._act(work)
        return True

    async def _takes_back(self, rows: list[OutboxRow]) -> bool:
        plans = sorted({row.plan for row in rows if row.state in WAITING})
        if not plans:
            return False
        plan_id = self._dice.random.choice(plans)

        async def work() -> None:
            store = self._world.life.store
            waiting = [row for row in await store.outbox.of_plan(plan_id) if row.state in WAITING]
            await Outgoing(store, self._world.clock).overtake(waiting)

        await self._act(work)
        return True

    async def _decides(self, rows: list[OutboxRow]) -> bool:
        trips = sorted({row.trip for row in rows if row.trip})
        if not trips:
            return False
        trip_id = self._dice.random.choice(trips)
        row = next(row for row in rows if row.trip == trip_id)
        fates = self._world.far.fates.get(row.send_id, [])
        if row.send_id in self._world.far.contradicted or row.state is S.CONFLICT:
            choice = Choice.GIVE_UP
        elif "stored" in fates:
            choice = Choice.IT_ARRIVED
        elif "problems" in fates:
            choice = Choice.GIVE_UP
        elif row.kind == "upload" and row.operation in {"CREATE", "UPDATE"}:
            options = [Choice.SEND_AS_UPDATE, Choice.GIVE_UP]
            options += [Choice.NEW_NUMBER] if row.operation == "CREATE" else []
            choice = self._dice.random.choice(options)
        else:
            choice = Choice.GIVE_UP
        await self._act(lambda: self._decide(trip_id, choice))
        return True

    async def _decide(self, trip_id: str, choice: Choice) -> None:
        life = self._world.life
        doubts = Doubts(life.store, self, self, life.changes, self._world.clock, life.kick)  # type: ignore[arg-type]
        going_on = await doubts.decide(trip_id, choice.value)
        if going_on != trip_id:
            await self._send(await life.store.trips.get(going_on), is_held=True)

    async def preview(self, _trip_id: str) -> _Preview:
        """Stand for `Submit`: these trips can go."""
        return _Preview()

    async def is_on_file(self, trip_id: str) -> bool:
        """Stand for `Submit`: the person asks customs."""
        trip = await self._world.life.store.trips.get(trip_id)
        return (self._world.disk.companies[trip.company].company_key, trip.number) in self._world.far.filed

    async def copy(self, _trip_id: str) -> _Session:
        """Stand for `Starting`: a trip like another one, with a number of its own."""
        return _Session((await self._new_trip()).id)

    # --- a restored copy

    async def confirms_copy(self) -> None:
        """Look at what a restored copy holds back: what is at the gateway is taken back, the rest goes out."""
        if not self._world.disk.is_held:
            return

        async def work() -> None:
            store = self._world.life.store
            outgoing = Outgoing(store, self._world.clock)
            held = [row for row in await store.outbox.open_rows() if row.state is S.HELD]
            arrived = {row.plan for row in held if self._world.far.arrivals[row.send_id]}
            await outgoing.overtake([row for row in held if row.plan in arrived])
            await store.holding.release()
            await outgoing.release([row for row in held if row.plan not in arrived])

        while not await self._act(work):
            await self._world._alive()
