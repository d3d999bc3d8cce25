"""Whatever happens in whatever order, the outbox never says what is not so (reliability 5, a to c).

A gateway of a few lines takes messages, loses them, answers in any order, twice or never, with our id or without; the
link is cut, the program dies, hours pass. After every step each attempt is held against the gateway's own book. A
failing run is printed step by step and replayed by itself the next time.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import ManualClock
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from unit.services.world import World

from desktop.domain.lifecycle import OutboxState, Regime
from desktop.store import open_store
from desktop.store.records import NewFrame, OutboxRow

S = OutboxState
FILED = {"on_file", "cleared", "arrived", "released"}


class Gateway:
    """Takes messages and keeps a book; what it has to say waits in `pending` until the test hands it over.

    Attributes:
        received: every message that arrived, in order.
        fate: `stored` or `refused`, by `sendId`.
        filed: trip numbers customs have accepted.
    """

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.pending: list[dict[str, Any]] = []
        self.fate: dict[str, str] = {}
        self.imports: Counter[str] = Counter()
        self.filed: set[str] = set()
        self._said = 0

    def take(
        self, message: dict[str, Any], *, is_bad: bool, is_quoted: bool, is_queued: bool, is_refused: bool
    ) -> None:
        """Judge a message and word the answers."""
        self.received.append(message)
        number, is_request = message["tripNumber"], message["data"].endswith("_SEND_REQUEST")
        who: dict[str, Any] = {"tripNumber": number} | ({"sendId": message["sendId"]} if is_quoted else {})
        if is_queued:
            self._say("API_RESPONSE", status="QUEUED", **who)
        is_known = self.imports[number] > 0
        is_create = message.get("operation") == "CREATE"
        is_wrong = is_bad or (is_known and is_create if not is_request else not is_known)
        if is_request and not is_wrong and not is_refused:
            self.filed.add(number)
        self.fate[message["sendId"]] = "refused" if is_wrong else "stored"
        if is_wrong:
            note = "Trip Number is already used" if is_known and is_create else "Practice refusal"
            status = "SEND_ERROR" if is_request else "DATA_ERROR"
            self._say("API_RESPONSE", status=status, errors=[{"identifier": number, "note": note}], **who)
            return
        if is_request:
            self._say("API_RESPONSE", status="TRANSMITTED", **who)
            self._customs(message, is_refused=is_refused)
            return
        self.imports[number] += is_create
        self._say("API_RESPONSE", status="IMPORTED", **who)

    def _customs(self, message: dict[str, Any], *, is_refused: bool) -> None:
        asked = {"type": message["type"], "tripNumber": message["tripNumber"]}
        if message["data"] == "ACI_SEND_REQUEST":
            self._say("ACI_RESPONSE", sendRequest=asked, type="REJECT" if is_refused else "ACCEPT")
        elif is_refused:
            self._say("ACE_RESPONSE", sendRequest=asked, validationResponses=[{"code": "1", "description": "no"}])
        else:
            self._say("ACE_RESPONSE", sendRequest=asked, processingResponse={"shipmentsAccepted": 2})

    def _say(self, data: str, **members: Any) -> None:
        self._said += 1
        stamp = f"2026-11-24 {self._said // 3600:02}:{self._said // 60 % 60:02}:{self._said % 60:02}"
        self.pending.append({"data": data, **members, "dateTime": stamp})


class Machine(RuleBasedStateMachine):
    """The steps, and what must hold after each."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = ManualClock()
        self.gateway = Gateway()
        self.world: World
        self.epoch = 0
        self.trips: list[Any] = []
        self.given: set[str] = set()
        self.is_quoting = True

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    # --- steps

    @initialize(is_quoting=st.booleans())
    def begin(self, is_quoting: bool) -> None:
        self.is_quoting = is_quoting
        self.run(self._open())

    async def _open(self) -> None:
        store = open_store(self.folder / "data", kind=None, clock=self.clock)
        self.world = World(store, self.clock)
        self.epoch = await store.outbox.new_epoch()
        await store.outbox.recover_dead(self.epoch)
        if await store.companies.all():
            self.world.companies = await store.companies.all()
        else:
            await self.world.settle()
        self.world.courier = self.world.new_courier(self.epoch)
        await self.world.receiving.catch_up(self.world.courier.heard)

    @precondition(lambda self: len(self.trips) < 3)
    @rule(regime=st.sampled_from(list(Regime)), hold=st.booleans())
    def new_trip(self, regime: Regime, hold: bool) -> None:
        number = f"{'SMPL' if regime is Regime.ACE else '9SMP'}{len(self.trips)}TRIP{len(self.trips)}"
        document = self.world.document(regime, tripNumber=number)
        for index, shipment in enumerate(document["shipments"]):
            member = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
            shipment[member] = f"{'SMPL' if regime is Regime.ACE else '9SMPPARS'}{len(self.trips)}{index}77"

        async def add() -> None:
            trip, _ = await self.world.importing.trip(document, self.world.company)
            self.trips.append(trip)
            await self.world.submit.send(trip.id, hold=hold)

        self.run(add())

    @precondition(lambda self: self.trips)
    @rule(which=st.integers(0, 9), hold=st.booleans(), is_edited=st.booleans())
    def send_again(self, which: int, hold: bool, is_edited: bool) -> None:
        trip = self.trips[which % len(self.trips)]

        async def again() -> None:
            if is_edited:
                session = await self.world.editing.open(trip.id)
                session.set("/truck/number", f"T{which}{self.gateway._said}")
                await session.flush()
                await session.close()
            await self.world.submit.send(trip.id, hold=hold)

        self.run(again())

    @rule(
        fate=st.sampled_from(["arrives", "arrives", "arrives", "lost", "closed"]),
        is_bad=st.booleans(),
        is_queued=st.booleans(),
        is_refused=st.booleans(),
    )
    def deliver(self, fate: str, is_bad: bool, is_queued: bool, is_refused: bool) -> None:
        """What may go out goes out: it arrives, or the line swallows it, or the socket was closed before."""

        def script(message: dict[str, Any]) -> list[Any]:
            if fate == "arrives":
                self.gateway.take(
                    message, is_bad=is_bad, is_quoted=self.is_quoting, is_queued=is_queued, is_refused=is_refused
                )
            return []

        async def closes(_: bytes) -> None:
            self.world.socket.is_open = fate != "closed"

        self.world.socket.script, self.world.socket.before_bytes = script, closes
        self.run(self.world.deliver())
        self.world.socket.is_open = True

    @precondition(lambda self: self.gateway.pending)
    @rule(which=st.integers(0, 99), is_kept=st.booleans())
    def answer(self, which: int, is_kept: bool) -> None:
        """One of the waiting answers comes, and perhaps once more later."""
        frame = self._chosen(which, is_kept=is_kept)
        self.run(self.world.hear(frame))
        self._note(frame)

    @precondition(lambda self: self.gateway.pending)
    @rule(which=st.integers(0, 99))
    def lose(self, which: int) -> None:
        self._chosen(which)

    @precondition(lambda self: self.gateway.pending)
    @rule(which=st.integers(0, 99))
    def die_with_a_stored_answer(self, which: int) -> None:
        """The frame is on the disk and nothing was made of it."""
        frame = self._chosen(which)

        async def store() -> None:
            body = json.dumps(frame).encode()
            company = self.world.company.id
            await self.world.store.frames.append([NewFrame(company, "old", self.clock.now(), body)])

        self.run(store())
        self.die()
        self._note(frame)

    @rule()
    def die(self) -> None:
        self.world.store.close_now()
        self.run(self._open())

    @rule()
    def cut(self) -> None:
        async def lost() -> None:
            self.world.courier.hold()
            await self.world.courier.link_lost()

        self.run(lost())

    @rule(seconds=st.sampled_from([1.0, 61.0, 16 * 60.0]))
    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.run(self.world.courier._pass_time())

    @rule(
        number=st.sampled_from(["SMPL0TRIP0", "9SMP1TRIP1", "OTHR123456"]), status=st.sampled_from(["IMPORTED", "OK"])
    )
    def somebody_elses_answer(self, number: str, status: str) -> None:
        """An answer to a message that is not ours, about some trip; and one that names nobody."""
        self.gateway._say("API_RESPONSE", status=status, sendId="01ARZ3NDEKTSV4RRFFQ69G5FAV", tripNumber=number)
        self.run(self.world.hear(self.gateway.pending.pop()))
        self.gateway._say("API_RESPONSE", status=status)
        self.run(self.world.hear(self.gateway.pending.pop()))

    def _chosen(self, which: int, *, is_kept: bool = False) -> dict[str, Any]:
        index = which % len(self.gateway.pending)
        return self.gateway.pending[index] if is_kept else self.gateway.pending.pop(index)

    def _note(self, frame: dict[str, Any]) -> None:
        if frame.get("status") not in {None, "QUEUED"} and "sendId" in frame:
            self.given.add(frame["sendId"])

    # --- what holds

    @invariant()
    def the_book_and_the_outbox_agree(self) -> None:
        if hasattr(self, "world"):
            self.run(self._judge())

    async def _judge(self) -> None:
        assert all(times == 1 for times in self.gateway.imports.values() if times)
        sent = Counter(message["sendId"] for message in self.gateway.received)
        assert all(times == 1 for times in sent.values()), "one message went out twice"
        for trip in self.trips:
            rows = await self.world.rows(trip)
            for row in rows:
                self._judge_row(row, is_there=sent[row.send_id] > 0)
            detail = await self.world.lookups.trip(trip.id)
            if detail.row.customs in FILED:
                assert trip.number in self.gateway.filed
            if detail.row.delivery == "delivered":
                newest = max(row.trip_version or 0 for row in rows)
                assert any(self.gateway.fate.get(row.send_id) == "stored" for row in rows if row.trip_version == newest)

    def _judge_row(self, row: OutboxRow, *, is_there: bool) -> None:
        fate = self.gateway.fate.get(row.send_id)
        what = f"{row.data} {row.operation} {row.number}: {row.state} here, {fate} there"
        assert row.state not in {S.CONFLICT, S.DUP_SUSPECT}, what
        assert row.state is not S.ACKED or fate == "stored", what
        assert row.state is not S.REJECTED or fate == "refused", what
        if row.state in {S.READY, S.HELD} or (row.state is S.CANCELLED and row.attempts == 0):
            assert not is_there, what
        if row.send_id in self.given:
            assert row.state in {S.ACKED, S.REJECTED}, f"{what}, and its answer was given"

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.store.close_now()
        self.runner.close()
        shutil.rmtree(self.folder)


def _play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, print_blob=True)
    )


def test_any_order_of_events_leaves_the_truth() -> None:
    _play(examples=25, steps=25)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_any_order_of_events_leaves_the_truth_for_long() -> None:
    _play(examples=250, steps=60)
