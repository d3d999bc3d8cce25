"""Two carriers under one provider's key, worked on in any order: nothing of one ever stands under the other.

Trips are started, edited, sent, amended, cancelled and given away in turns, half of them with the very numbers the other
carrier uses too; the practice service answers with the carriers' company keys, without them on releases, or on nothing.
Every message and every answer bears a mark of its carrier that the program does not read. A failure prints the steps.

A run plays a few orders; `EMANIFEST_CARRIERS=N` plays N of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from fakes.far_end import FarEnd, fast, scenario
from fakes.office import Office
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.delivery.planner import Intent
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.views import InboxFilter

__all__ = ["fast"]

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.timeout(1800)]

KEYS = ("c-practice-one", "c-practice-two")
MARKS = ("MARKONE", "MARKTWO")
OWNER = "practiceOwner"
PREFIX = {Regime.ACE: "SMPL", Regime.ACI: "9SMP"}
FILED = {"on_file", "cleared", "arrived", "released"}
CONTROL = {Regime.ACE: "shipmentControlNumber", Regime.ACI: "cargoControlNumber"}

WORK = (
    "send",
    "send",
    "send",
    "hold",
    "edit",
    "edit",
    "cancel",
    "receive",
    "receive",
    "give",
    "release",
    "drop",
    "test",
)
STEP = st.tuples(st.sampled_from(WORK), st.integers(0, 1), st.sampled_from(list(Regime)), st.integers(0, 1))
WAYS = st.fixed_dictionaries(
    {
        "error_send_id": st.sampled_from(["echo", "none"]),
        "send_id": st.sampled_from(["echo", "echo", "none"]),
        "rns_company_key": st.sampled_from(["no", "yes"]),
        "send_request_ack": st.sampled_from(["TRANSMITTED", "QUEUED", "none"]),
    }
)


class Book(set):
    """Customs' book, which remembers what was ever in it."""

    def __init__(self) -> None:
        super().__init__()
        self.ever: set[Any] = set()

    def add(self, item: Any) -> None:
        self.ever.add(item)
        super().add(item)


class TwoCarriers:
    """The office of both, and the far end that knows whose everything is."""

    def __init__(self, folder: Path, ways: dict[str, str], *, is_keyed: bool) -> None:
        self.far = FarEnd(scenario(key_type="provider", **ways), company_keys=KEYS, pace=0.0)
        self.office = Office(folder, self.far)
        self.is_keyed = is_keyed
        self.ids: tuple[str, str]
        self.trips: dict[tuple[int, Regime, int], str] = {}
        self.edits = 0
        self.book = Book()
        self.far.service.ledger.filed = self.book
        gateway, player = self.far.service._gateway, self.far.service._player
        response, filled = gateway._response, player._filled

        def marked_response(message: Any, *args: Any, **named: Any) -> dict[str, Any]:
            return self._marked(response(message, *args, **named), message.company)

        def marked(scene: Any, *args: Any) -> str:
            frame = json.loads(filled(scene, *args))
            return json.dumps(self._marked(frame, scene.request.company if scene.request is not None else ""))

        gateway._response = marked_response  # type: ignore[method-assign]  # the service is watched from inside
        player._filled = marked  # type: ignore[method-assign]

    def _marked(self, frame: dict[str, Any], company: str) -> dict[str, Any]:
        if not self.is_keyed:
            frame.pop("companyKey", None)
        return {**frame, OWNER: company}

    async def open(self) -> None:
        await self.far.start()
        desk = await self.office.open()
        (first,) = await desk.store.companies.all()
        self.ids = (first.id, await self.office.add_company("Second Sample Carrier", company_key=KEYS[1]))

    @staticmethod
    def number(whose: int, regime: Regime, slot: int) -> str:
        """The number of a trip: the same for both carriers in the first slot."""
        return f"{PREFIX[regime]}BOTH00" if slot == 0 else f"{PREFIX[regime]}ONLY0{whose}"

    async def trip(self, whose: int, regime: Regime, slot: int) -> str:
        """The trip of a slot, written now if it is not there yet; its carrier's mark stands in truck and goods."""
        at = (whose, regime, slot)
        if at not in self.trips:
            document = json.loads(json.dumps(self.office.documents[regime]))
            number = self.number(*at)
            document["tripNumber"] = number
            document["truck"]["number"] = MARKS[whose]
            for place, shipment in enumerate(document["shipments"]):
                shipment[CONTROL[regime]] = f"{number}{place}"
            company = await self.office.desk.store.companies.by_id(self.ids[whose])
            trip, _ = await self.office.desk.importing.trip(document, company)
            self.trips[at] = trip.id
        return self.trips[at]

    async def do(self, work: str, whose: int, regime: Regime, slot: int) -> None:
        """One piece of work for one carrier."""
        desk = self.office.desk
        if work == "receive":
            await self.office.settle()
            return
        if work == "drop":
            self.far.drop_all()
            return
        if work == "test":
            await desk.companies.test(self.ids[whose], self.far.service.api_key)
            return
        if work == "release":  # customs may speak of a shipment before its trip is written here
            await self._release(whose)
            return
        trip = await self.trip(whose, regime, slot)
        if work == "give":
            with pytest.raises(UsageError):
                await desk.editing.give_to(trip, self.ids[1 - whose])
        elif work == "edit":
            self.edits += 1
            session = await desk.editing.open(trip)
            session.set("/truck/number", f"{MARKS[whose]}{self.edits}")
            await desk.editing.release(trip)
        else:
            intent = Intent.CANCEL if work == "cancel" else Intent.SEND
            await desk.submit.send(
                trip, hold=work == "hold", intent=intent, trip_reason="20", shipment_reason="20", wait_s=None
            )

    async def _release(self, whose: int) -> None:
        """Customs speak of a number that only one carrier can have: it begins with the carrier's own code in life."""
        frame = {
            "data": "RNS_SHIPMENT",
            "cargoControlNumber": f"{self.number(whose, Regime.ACI, 1)}0",
            "transactionNumber": "12345678901234",
            "status": {"dateTime": "2026-11-24 13:01:10", "releaseCode": {"number": "4", "longName": "Released"}},
            "companyKey": KEYS[whose],
            OWNER: KEYS[whose],
        }
        if self.far.service.ledger.personality.rns_company_key == "no" or not self.is_keyed:
            del frame["companyKey"]
        await self.far.service.announce(frame)

    # --- what must hold ---------------------------------------------------------------------------------------------

    async def judge(self) -> None:
        """Hold both ends against each other."""
        await self._judge_far_end()
        await self._judge_trips()
        await self._judge_inbox()

    async def _judge_far_end(self) -> None:
        store = self.office.desk.store
        for body in self.far.taken:
            message = json.loads(body)
            whose = KEYS.index(message["companyKey"])
            assert MARKS[1 - whose] not in body, "one carrier's message went out under the other"
            row = await store.outbox.by_send_id(message["sendId"])
            assert row is not None
            assert row.company == self.ids[whose]
        for (key, _, _), record in self.far.service.ledger.records.items():
            assert MARKS[1 - KEYS.index(key)] not in json.dumps(record.document)

    async def _judge_trips(self) -> None:
        desk = self.office.desk
        for (whose, regime, slot), trip_id in self.trips.items():
            trip = await desk.store.trips.get(trip_id)
            assert trip.company == self.ids[whose]
            assert MARKS[1 - whose] not in json.dumps(trip.document)
            told = await desk.lookups.trip(trip_id)
            if told.row.customs.value in FILED:
                assert (KEYS[whose], regime.value, self.number(whose, regime, slot)) in self.book.ever, "never filed"
        for whose, company in enumerate(self.ids):
            rows = await desk.lookups.trips(company=company)
            assert {row.id for row in rows} <= {one for at, one in self.trips.items() if at[0] == whose}

    async def _judge_inbox(self) -> None:
        desk = self.office.desk
        mine = {one: at[0] for at, one in self.trips.items()}
        for whose, company in enumerate(self.ids):
            for card in await desk.inbox.cards(InboxFilter(company=company), limit=1000):
                frame = await self._frame(card.id)
                owner = KEYS.index(frame[OWNER])
                if card.trip_id is not None:
                    assert owner == mine[card.trip_id], f"{frame} is shown at the other's trip"
                if self.is_certain(frame, owner):
                    assert owner == whose, f"{frame} is shown as the other's"
            for row in (await desk.tracker.rows(company=company)).rows:
                for line in (await desk.tracker.story(row)).lines:
                    if line.card:
                        frame = await self._frame(line.card)
                        owner = KEYS.index(frame[OWNER])
                        if self.is_certain(frame, owner):
                            assert owner == whose, f"{frame} is told of the other's shipment"

    async def _frame(self, item: str) -> dict[str, Any]:
        kept = await self.office.desk.store.bearing.message(item)
        return json.loads((await self.office.desk.store.frames.get(kept.frame)).body)

    def is_certain(self, frame: dict[str, Any], owner: int) -> bool:
        """Whether anybody could know whose a message is: by key, by our id, or by a number only one carrier has."""
        if "companyKey" in frame or "sendId" in frame:
            return True
        numbers = {frame.get("tripNumber"), frame.get("cargoControlNumber"), *_asked(frame)}
        text = json.dumps(sorted(one for one in numbers if one))
        own = [at for at in self.trips if at[0] == owner and self.number(*at) in text]
        return bool(own) and not any(at[0] != owner and self.number(*at) in text for at in self.trips)


def _asked(frame: dict[str, Any]) -> list[str]:
    asked = frame.get("sendRequest")
    return [asked[name] for name in ("tripNumber", "cargoControlNumber") if name in asked] if asked else []


async def play(ways: dict[str, str], is_keyed: bool, steps: list[tuple[str, int, Regime, int]]) -> None:
    """Play one order of work and hold both ends against each other after it."""
    with tempfile.TemporaryDirectory() as folder:
        it = TwoCarriers(Path(folder), ways, is_keyed=is_keyed)
        await it.open()
        try:
            for step in steps:
                await it.do(*step)
            await it.office.settle()
            await it.judge()
        finally:
            await it.office.close()
            await it.far.service.stop()


def test_two_carriers_in_any_order_never_cross() -> None:
    count = int(os.environ.get("EMANIFEST_CARRIERS") or 8)

    phases = list(Phase) if "EMANIFEST_CARRIERS" in os.environ else [Phase.explicit, Phase.reuse, Phase.generate]

    @settings(
        max_examples=count, deadline=None, print_blob=True, phases=phases, suppress_health_check=list(HealthCheck)
    )
    @given(WAYS, st.sampled_from([True, True, False]), st.lists(STEP, min_size=8, max_size=20))
    def run(ways: dict[str, str], is_keyed: bool, steps: list[tuple[str, int, Regime, int]]) -> None:
        with asyncio.Runner() as runner:
            runner.run(play(ways, is_keyed, steps))

    run()


ACE, ACI = Regime
USUAL = {"error_send_id": "echo", "send_id": "echo", "rns_company_key": "no", "send_request_ack": "TRANSMITTED"}
FOUND = {
    "a release without a key comes before its trip is written": (
        True,
        [("release", 1, ACI, 1), ("receive", 1, ACI, 1), ("hold", 1, ACI, 1)],
    ),
    "answers that quote us without a key, both with one number": (False, [("hold", 0, ACE, 0), ("hold", 1, ACE, 0)]),
}


@pytest.mark.parametrize("name", list(FOUND))
def test_orders_that_once_crossed(run, name: str) -> None:
    is_keyed, steps = FOUND[name]
    run(play(USUAL, is_keyed, steps))
