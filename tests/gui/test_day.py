"""A day of fifty trips through the real window, desk and connection; at its end the window says what customs said.

The practice service plays a story to each trip, in both regimes, hundreds of times faster than life, and keeps its own
account of what it said (`desktop.practice.truth`, which shares no code with the program). A failure names its seed;
`EMANIFEST_DAY_SEED=N` plays the same day again.
"""

from __future__ import annotations

import asyncio
import copy
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fakes.clock import ScaledClock
from fakes.window import until
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.assembly import Desk, DeskOptions, open_desk
from desktop.domain.lifecycle import LinkState, Regime
from desktop.practice import sample
from desktop.practice.scenario import Scenario
from desktop.practice.service import PracticeService
from desktop.practice.truth import ShipmentTruth, TripTruth
from desktop.services.importing import eta_of
from desktop.services.views import TripDetail, TripRow
from desktop.store.file import write_file
from desktop.store.records import NewTrip
from desktop.ui.choices import Choices
from desktop.ui.place import Place
from desktop.ui.send_plan import SendPlan
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(900)]

KEY = "practice-sample-day"
SCALE = 500.0
LONGEST_S = 60.0
PORT_ZONE = ZoneInfo("America/Detroit")
PREFIX = {Regime.ACE: "SMPL", Regime.ACI: "9SMP"}
NUMBER = {Regime.ACE: "shipmentControlNumber", Regime.ACI: "cargoControlNumber"}


@pytest.fixture
def limit_s() -> float:
    """A day takes longer than other tests."""
    return 800.0


@pytest.fixture(autouse=True)
def _never_asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """The beat of listening comes in real seconds, which are hours here: that is no sleep."""
    monkeypatch.setattr("desktop.services.listening._ASLEEP", timedelta(days=3))


def seed_of_today() -> int:
    """The seed to play: the one asked for, or a fresh one."""
    return int(os.environ.get("EMANIFEST_DAY_SEED") or random.SystemRandom().randrange(10**6))


def documents(count: int, seed: int, clock: ScaledClock) -> list[dict[str, Any]]:
    """Trips of both regimes with one to three shipments each, arriving eight to fourteen hours from now."""
    draw = random.Random(seed)
    models = sample.sample_trips(clock.now())[:2]
    made = []
    for place in range(count):
        document = copy.deepcopy(models[place % 2])
        regime = Regime(document["data"][:3])
        eta = clock.now() + timedelta(minutes=480 + 15 * draw.randrange(24))
        local = eta.astimezone(PORT_ZONE).replace(minute=eta.minute // 15 * 15, second=0)
        document["tripNumber"] = f"{PREFIX[regime]}D{seed % 10**6:06d}{place:03d}"
        document["estimatedArrivalDateTime"] = f"{local:%Y-%m-%d %H:%M:%S}"
        document["truck"]["number"] = f"T{place:03d}"
        document["drivers"][0]["driverNumber"] = f"D{place:03d}"
        shipments = document["shipments"]
        document["shipments"] = [copy.deepcopy(shipments[n % len(shipments)]) for n in range(draw.randint(1, 3))]
        for row, shipment in enumerate(document["shipments"]):
            shipment[NUMBER[regime]] = f"{PREFIX[regime]}{seed % 10**4:04d}{place:03d}{row}"
            if regime is Regime.ACI:
                shipment["estimatedArrivalDate"] = document["estimatedArrivalDateTime"]
        made.append(document)
    return made


class Day:
    """The window, the desk behind it, and the far end."""

    def __init__(self, shell: Shell, desk: Desk, service: PracticeService) -> None:
        self.shell = shell
        self.desk = desk
        self.service = service

    async def add(self, made: list[dict[str, Any]]) -> list[str]:
        """Store drafts and wait until the window lists them; return their ids."""
        company = (await self.desk.store.companies.all())[0].id
        new = []
        for document in made:
            regime = Regime(document["data"][:3])
            new.append(NewTrip(regime, document, company, eta_of(regime, document)))
        ids = [trip.id for trip in await self.desk.store.trips.add_all(new)]
        self.shell.trips.reload.ask()
        await until(lambda: self.shell.trips.model.rowCount() == len(made), 30)
        return ids

    async def send(self, trip_id: str) -> None:
        """Send one as a person does: choose it in the list, S, look at the plan, Ctrl+Enter."""
        page = self.shell.trips
        await until(lambda: page.view.select(trip_id))
        page.view.setFocus()
        QTest.keyClick(page.view, Qt.Key.Key_S)
        await until(lambda: isinstance(QApplication.activeModalWidget(), SendPlan), 30)
        plan = QApplication.activeModalWidget()
        assert not plan.is_blocked
        if not plan.send.isEnabled():
            plan.tick.click()  # it was read
        await until(lambda: plan.isActiveWindow() and plan.send.isEnabled(), 30)
        QTest.keyClick(plan.send, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: QApplication.activeModalWidget() is None, 30)

    async def end(self) -> None:
        """Wait until everything was said and understood."""
        async with asyncio.timeout(LONGEST_S):
            while not (self.service.is_quiet and await self._is_done()):  # noqa: ASYNC110 - neither has an event
                await asyncio.sleep(0.05)

    async def past_its_edge(self, truth: TripTruth) -> None:
        """Wait until nobody can doubt on which side of its hour a trip is: receipt and word differ by moments."""
        edge = timedelta(minutes=5)
        while truth.accepted_at and abs(self.desk.clock.now() - booth_of(truth)) < edge:  # noqa: ASYNC110 - time alone
            await asyncio.sleep(0.05)

    async def _is_done(self) -> bool:
        rows = await self.desk.store.outbox.open_rows()
        return not rows and not await self.desk.store.frames.not_understood()

    def row(self, trip_id: str) -> TripRow:
        """The trip as the window's list has it."""
        model = self.shell.trips.model
        found = model.row(model.position(trip_id))
        assert found is not None
        return found


@asynccontextmanager
async def day(folder: Path, seed: int) -> AsyncIterator[Day]:
    """Open the window on a carrier's data folder, connected to a practice service that plays a day."""
    clock = ScaledClock(SCALE)
    service = PracticeService(Scenario("day", seed, day_scale=SCALE), clock=clock, api_key=KEY)
    await service.start()
    desk = await open_desk(DeskOptions(folder=folder, clock=clock))
    state = WindowState()
    for name, value in (("guide.done", "yes"), ("window.place", "trips")):
        state.keep(name, value)
    shell = Shell(desk, state, Choices(folder, clock, write_file), lambda _: None)
    try:
        said = sample.company()
        await desk.companies.add(
            name=said["name"],
            scacs=said["scacs"],
            carrier_codes=said["carrierCodes"],
            phone="519-555-0100",
            address=service.address,
            key=KEY,
        )
        await desk.start_link()
        await shell.prepare()
        shell.window.resize(1366, 736)
        shell.show()
        shell.window.activateWindow()
        await shell.start()
        shell.window.go_to(Place.TRIPS)
        await until(lambda: desk.link.status.state is LinkState.CONNECTED, 30)
        yield Day(shell, desk, service)
    finally:
        await shell.stop()
        await desk.close()
        shell.dispose()
        await service.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass(frozen=True)
class Said:
    """What is said of a trip: by the window, or by the service's account."""

    customs: str
    cleared: int
    holds: int
    clearances: tuple[str, ...]
    verdict: str


def clearance_by(truth: ShipmentTruth) -> str:
    """The product's word for what the account says of a shipment (product, output shapes)."""
    if truth.held:
        return "hold"
    last = {"released": "released", "released_cfia": "released_cfia", "exam": "exam", "error": "refused"}
    if truth.word in last:
        return last[truth.word]
    if truth.link == "not_matched":
        return "not_matched"
    if truth.word in {"entry", "set"}:
        return {"entry": "entry_on_file", "set": "set"}[truth.word]
    if truth.link:
        return "matched"
    return "unknown" if truth.unknown and not truth.word else "none"


def customs_by(truth: TripTruth, regime: Regime) -> str:
    """The product's word for where the account has a trip."""
    if truth.answer != "accepted":
        return {"refused": "refused", "cancelled": "cancelled"}.get(truth.answer, "transmitted")
    if truth.is_let_go or (regime is Regime.ACI and truth.is_released):
        return "released"
    if truth.is_arrived:
        return "arrived"
    is_held = any(one.held for one in truth.shipments.values())
    return "cleared" if truth.cleared == len(truth.shipments) and not is_held else "on_file"


def verdict_by(truth: TripTruth, regime: Regime, now: datetime, eta: datetime | None) -> str:
    """May the truck drive up, by the account alone: what stops comes first, then what is not known, then waiting."""
    shipments = truth.shipments.values()
    customs = customs_by(truth, regime)
    if customs in {"refused", "cancelled"} or truth.holds or any(one.word in {"exam", "error"} for one in shipments):
        return "stop"
    if truth.unknown or any(one.unknown for one in shipments):
        return "unknown"
    if customs == "released":
        return "wait" if any(one.word == "released_cfia" for one in shipments) else "go"
    is_today = eta is not None and eta.astimezone(PORT_ZONE).date() >= now.astimezone(PORT_ZONE).date()
    is_on_its_way = customs in {"on_file", "cleared"} and not truth.has_short_review and is_today
    if not is_on_its_way or truth.cleared < len(shipments) or any(one.word == "released_cfia" for one in shipments):
        return "wait"
    return "go" if now >= booth_of(truth) else "wait"


def booth_of(truth: TripTruth) -> datetime:
    """The hour after the acceptance (domain 1)."""
    return datetime.strptime(truth.accepted_at, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) + timedelta(hours=1)


def by_account(truth: TripTruth, regime: Regime, now: datetime, eta: datetime | None) -> Said:
    """What the service's account says of a trip, in the product's words."""
    clearances = tuple(clearance_by(one) for one in truth.shipments.values())
    verdict = verdict_by(truth, regime, now, eta)
    return Said(customs_by(truth, regime), truth.cleared, truth.holds, clearances, verdict)


def by_window(detail: TripDetail) -> Said:
    """What the window says of it."""
    row, clearances = detail.row, tuple(one.clearance.value for one in detail.shipments)
    return Said(row.customs.value, row.cleared, row.holds, clearances, row.readiness.verdict.value)


async def play(folder: Path, seed: int, trips: int) -> None:
    """Play one day and hold the window against the account."""
    sys.stderr.write(f"EMANIFEST_DAY_SEED={seed}\n")
    async with day(folder, seed) as it:
        ids = await it.add(documents(trips, seed, it.desk.clock))
        for trip_id in ids:
            await it.send(trip_id)
        await it.end()
        wrong, seen = [], Counter()
        for trip_id in ids:
            detail = await it.desk.lookups.trip(trip_id)
            truth = it.service.ledger.truth_of(detail.row.regime.value, detail.row.number)
            await it.past_its_edge(truth)
            detail = await it.desk.lookups.trip(trip_id)
            row, said = detail.row, by_window(detail)
            account = by_account(truth, row.regime, it.desk.clock.now(), row.eta.moment)
            seen[account.verdict, account.customs] += 1
            if said != account:
                reasons = [one.code for one in row.readiness.reasons]
                wrong.append(f"{row.number}: the program {said} {reasons}, customs {account}")
        it.shell.trips.reload.ask()
        for trip_id in ids:
            row = (await it.desk.lookups.trip(trip_id)).row
            try:
                await until(lambda one=trip_id, row=row: _same(it.row(one), row), 10)
            except TimeoutError:
                wrong.append(f"{row.number}: the list shows {it.row(trip_id)}, not {row}")
        sys.stderr.write(f"{dict(seen)}\n")
        assert not wrong, "\n".join([f"seed {seed}", *wrong])


def _same(shown: TripRow, known: TripRow) -> bool:
    return (shown.customs, shown.cleared, shown.holds, shown.delivery) == (
        known.customs,
        known.cleared,
        known.holds,
        known.delivery,
    )


def test_a_day_of_fifty_trips(run_qt, tmp_path) -> None:
    run_qt(play(tmp_path / "data", seed_of_today(), 50))


@pytest.mark.soak
@pytest.mark.parametrize("place", range(5))
def test_days_of_two_hundred_trips(run_qt, tmp_path, place) -> None:
    run_qt(play(tmp_path / "data", seed_of_today() + place, 200))
