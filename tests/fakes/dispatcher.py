"""A dispatcher at the real window: a data folder, a practice service, and keys pressed where the focus is.

The far end answers as the scenario says; what it is told to hold back waits until `let_answer`.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.assembly import Desk, DeskOptions, open_desk
from desktop.domain.lifecycle import Customs, LinkState, Regime
from desktop.practice import sample
from desktop.practice.scenario import Action, Scenario, Step
from desktop.practice.service import PracticeService
from desktop.services.importing import eta_of
from desktop.services.views import TripRow
from desktop.store.file import write_file
from desktop.store.records import NewTrip
from desktop.ui.choices import Choices
from desktop.ui.place import Place
from desktop.ui.send_plan import SendPlan
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState
from fakes.clock import ScaledClock
from fakes.window import until

KEY = "practice-sample-dispatcher"
HELD_S = 1_000.0
"""Answers that take longer than this wait for `let_answer`."""
LIMIT_S = 30.0
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
_ZONE = ZoneInfo("America/Detroit")
_NUMBER = {Regime.ACE: "shipmentControlNumber", Regime.ACI: "cargoControlNumber"}


def held(kind: str, regime: Regime) -> Step:
    """Return a step that takes a request and keeps customs' answer back; once."""
    actions = (Action("answer"), Action("customs", after_s=2 * HELD_S))
    return Step("send_request", actions, {"regime": regime.value, "kind": kind}, times=1)


def refused(kind: str, regime: Regime, reason: str) -> Step:
    """Return a step in which customs refuses a request; once."""
    actions = (Action("answer"), Action("reject", values={"reason": reason}))
    return Step("send_request", actions, {"regime": regime.value, "kind": kind}, times=1)


class Dispatcher:
    """Keys at one window over one data folder, and the far end behind it.

    Attributes:
        shell: the window.
        desk: the program behind it.
        service: the far end.
    """

    def __init__(self, folder: Path, service: PracticeService, gate: asyncio.Event, clock: ScaledClock) -> None:
        self._folder = folder
        self._gate = gate
        self._clock = clock
        self._made = 0
        self.service = service
        self.shell: Shell
        self.desk: Desk

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Dispatcher]:
        """Open the window over the folder, connected; a second time is a restart."""
        self.desk = desk = await open_desk(DeskOptions(folder=self._folder, clock=self._clock))
        state = WindowState()
        for name, value in (("guide.done", "yes"), ("window.place", "trips")):
            state.keep(name, value)
        self.shell = shell = Shell(desk, state, Choices(self._folder, self._clock, write_file), lambda _: None)
        try:
            companies = await desk.companies.all()
            if not companies:
                said = sample.company()
                await desk.companies.add(
                    name=said["name"],
                    scacs=said["scacs"],
                    carrier_codes=said["carrierCodes"],
                    phone="519-555-0100",
                    address=self.service.address,
                    key=KEY,
                )
            else:
                await desk.companies.give_key(companies[0].id, KEY)
            await desk.start_link()
            await shell.prepare()
            shell.window.resize(1366, 736)
            shell.show()
            shell.window.activateWindow()
            await shell.start()
            shell.window.go_to(Place.TRIPS)
            await until(lambda: desk.link.status.state is LinkState.CONNECTED, LIMIT_S)
            yield self
        finally:
            await shell.stop()
            await desk.close()
            shell.dispose()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def let_answer(self) -> None:
        """Customs says what it kept back."""
        self._gate.set()

    # Trips

    def document(self, regime: Regime, shipments: int = 1) -> dict[str, Any]:
        """Return a correct trip of its own numbers, at noon at the port; nothing of it has to be looked at."""
        self._made += 1
        trips = sample.sample_trips(self._clock.now())
        made = copy.deepcopy(next(one for one in trips if one["data"].startswith(regime.value)))
        noon = self._clock.now().astimezone(_ZONE).replace(hour=14, minute=0, second=0)
        made["estimatedArrivalDateTime"] = f"{noon:%Y-%m-%d %H:%M:%S}"
        prefix = made["tripNumber"][:4]
        made["tripNumber"] = f"{prefix}T{self._made:06d}"
        made["truck"]["number"] = f"T{self._made:03d}"
        made["drivers"][0]["driverNumber"] = f"D{self._made:03d}"
        one = made["shipments"][0]
        made["shipments"] = [copy.deepcopy(one) for _ in range(shipments)]
        for place, shipment in enumerate(made["shipments"]):
            shipment[_NUMBER[regime]] = f"{prefix}{self._made:04d}{place:02d}"
            if regime is Regime.ACI:
                shipment["estimatedArrivalDate"] = made["estimatedArrivalDateTime"]
        return made

    async def filed(self, *documents: dict[str, Any]) -> list[str]:
        """Store trips and have customs accept them; the keys of that have a test of their own."""
        ids = await self.drafts(*documents)
        for trip_id in ids:
            await self.desk.submit.send(trip_id)
        for trip_id in ids:
            await self.comes_to(trip_id, Customs.ON_FILE, Customs.CLEARED)
        return ids

    async def drafts(self, *documents: dict[str, Any]) -> list[str]:
        """Store trips, not sent."""
        company = (await self.desk.store.companies.all())[0].id
        new = [
            NewTrip(Regime(one["data"][:3]), one, company, eta_of(Regime(one["data"][:3]), one)) for one in documents
        ]
        ids = [trip.id for trip in await self.desk.store.trips.add_all(new)]
        self.shell.trips.reload.ask()
        return ids

    async def row(self, trip_id: str) -> TripRow:
        """Return a trip as it stands."""
        return (await self.desk.lookups.trip(trip_id)).row

    async def comes_to(self, trip_id: str, *customs: Customs) -> TripRow:
        """Wait until a trip stands so with customs."""
        async with asyncio.timeout(LIMIT_S):
            while (row := await self.row(trip_id)).customs not in customs:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.02)
        return row

    # Keys

    async def choose(self, trip_id: str) -> None:
        """Make a trip the current one of the list, with the focus there."""
        page = self.shell.trips
        await until(lambda: page.view.select(trip_id), LIMIT_S)
        self.shell.window.activateWindow()
        page.view.setFocus()

    async def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        await until(QApplication.focusWidget, LIMIT_S)
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        await asyncio.sleep(0.01)

    async def type(self, words: str) -> None:
        """Type letters where the focus is."""
        await until(QApplication.focusWidget, LIMIT_S)
        QTest.keyClicks(QApplication.focusWidget(), words)
        await asyncio.sleep(0.01)

    async def dialog(self, name: str) -> QWidget:
        """Wait for a dialog, with the focus in it."""

        def found() -> bool:
            here, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
            return here is not None and here.objectName() == name and focus is not None and here.isAncestorOf(focus)

        await until(found, LIMIT_S)
        return QApplication.activeModalWidget()

    async def plan(self) -> SendPlan:
        """Wait for the send plan."""
        plan = await self.dialog("send_plan")
        assert isinstance(plan, SendPlan)
        return plan

    async def agree(self, plan: SendPlan) -> str:
        """Choose the reasons that are asked, tick what was looked at, Ctrl+Enter; return what the plan said."""
        said = words(plan)
        assert not plan.is_blocked, said
        for field in plan.reasons.fields.values():
            field.setFocus()
            while not field.currentData():
                await self.press(Qt.Key.Key_Down)
        if plan.tick.isVisible():
            plan.tick.setFocus()
            await self.press(Qt.Key.Key_Space)
        await until(plan.send.isEnabled, LIMIT_S)
        await self.press(Qt.Key.Key_Return, CTRL)
        await until(lambda: QApplication.activeModalWidget() is None, LIMIT_S)
        return said

    # The far end

    def stored(self, number: str, regime: Regime) -> dict[str, Any]:
        """Return what the gateway holds under a trip number."""
        record = self.service.ledger.find("", f"{regime.value}_TRIP", number)
        assert record is not None
        return dict(record.document)

    def on_file(self, number: str, regime: Regime) -> bool:
        """Tell whether customs has a trip, by its own book."""
        return ("", regime.value, number) in self.service.ledger.filed

    async def went_out(self, trip_id: str) -> list[str]:
        """Return what was sent for a trip, in its order: operation or type of each message."""
        rows = await self.desk.store.outbox.for_trip(trip_id)
        return [row.operation for row in rows if row.attempts]


def words(widget: QWidget) -> str:
    """Return everything a widget says."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@asynccontextmanager
async def dispatcher(folder: Path, *steps: Step) -> AsyncIterator[Dispatcher]:
    """Start a far end that plays these steps, and give somebody a folder to work with; the window is not open yet."""
    gate = asyncio.Event()
    clock = ScaledClock(1.0)

    async def sleep(seconds: float) -> None:
        if seconds > HELD_S:
            await gate.wait()
        else:
            await asyncio.sleep(min(seconds, 0.01))

    service = PracticeService(Scenario("dispatcher", 1, steps=steps), clock=clock, api_key=KEY, sleep=sleep)
    await service.start()
    try:
        yield Dispatcher(folder, service, gate, clock)
    finally:
        gate.set()
        await service.stop()
