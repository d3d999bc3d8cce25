"""A desk in memory: the contract's services over sample data, for windows under test.

Every method of the seam is here with the real names and arguments; `calls` remembers what was asked of it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop.clock import new_id
from desktop.domain.lifecycle import Clearance, Delivery, LinkState
from desktop.errors import NotFound
from desktop.printing.sheet import Sheet, SheetKind
from desktop.printing.summary import TripSheet, summary_sheet
from desktop.services.changes import Changes
from desktop.services.sheets import AS_SET, SheetOptions, dressed
from desktop.services.views import (
    CompanyRow,
    DoubtView,
    Eta,
    HistoryLine,
    InboxCard,
    LibraryRow,
    LinkStatus,
    RecoveryView,
    ScenarioRow,
    ShipmentRow,
    Subject,
    TripDetail,
    TripRow,
)
from desktop.settings.tree import Printing
from desktop.tasks import TaskKeeper
from fakes import desk_sample as sample
from fakes.clock import ManualClock
from fakes.desk_backups import FakeBackups
from fakes.desk_board import FakeBoard
from fakes.desk_compared import FakeCompared
from fakes.desk_disk import FakeDisk
from fakes.desk_erasing import FakeErasing
from fakes.desk_evidence import FakeEvidence
from fakes.desk_inbox import FakeInbox
from fakes.desk_intake import FakeImportPreview, FakeTables, FakeWatched
from fakes.desk_labels import FakeLabels
from fakes.desk_library import FakeGoods, FakeLibrary
from fakes.desk_numbers import FakeNumbering
from fakes.desk_open import FakeOpenTrips
from fakes.desk_printing import FakeMailing, FakePrinted
from fakes.desk_sending import FakeProgress, FakeSubmit, FakeSwapping
from fakes.desk_tracker import FakeAttaching, FakeTracker
from fakes.desk_tray import FakeSignIn
from fakes.desk_watch import FakeLate, FakeNudges, FakeWatching
from fakes.desk_ways import FakeStarting
from fakes.edit_session import FakeEditSession

NOW = datetime(2026, 11, 24, 18, 5, 2, tzinfo=UTC)  # 13:05 in Toronto


class FakeDesk:
    """The whole seam. `calls` holds what the window asked for, in order."""

    def __init__(
        self,
        *,
        clock: ManualClock | None = None,
        is_practice: bool = False,
        is_empty: bool = False,
        keeper: TaskKeeper | None = None,
    ) -> None:
        self.clock = clock or ManualClock(NOW)
        self.keeper = keeper or TaskKeeper()
        self.changes = Changes()
        self.is_practice = is_practice
        self.calls: list[tuple[Any, ...]] = []
        now = self.clock.now()
        self.stored = [] if is_empty else sample.trips(now)
        by_number = {trip.document["tripNumber"]: trip.id for trip in self.stored}
        self.all_cards: list[InboxCard] = [] if is_empty else sample.cards(now, by_number)
        self.all_companies: list[CompanyRow] = [] if is_empty else [sample.company(is_practice)]
        self.all_library: list[LibraryRow] = [] if is_empty else sample.library(self.stored)
        self.link = FakeLink(self)
        self.lookups = FakeLookups(self)
        self.board = FakeBoard(self)
        self.inbox = FakeInbox(self)
        self.editing = FakeEditing(self)
        self.starting = FakeStarting(self)
        self.open_trips = FakeOpenTrips()
        self.submit = FakeSubmit(self)
        self.companies = FakeCompanies(self)
        self.library = FakeLibrary(self)
        self.goods = FakeGoods(self.calls)
        self.numbering = FakeNumbering(self.changes, self.calls, self.driver_by_number)
        self.labels = FakeLabels(self.numbering)
        self.compared = FakeCompared(self)
        self.sheets = FakeSheets(self)
        self.evidence = FakeEvidence(self)
        self.printed = FakePrinted(self)
        self.backups = FakeBackups(NOW)
        self.erasing = FakeErasing(self)
        self.disk = FakeDisk()
        self.mailing = FakeMailing(self)
        self.training = FakeTraining(self)
        self.doubts = FakeDoubts(self)
        self.import_preview = FakeImportPreview(self)
        self.tables = FakeTables(self)
        self.watched = FakeWatched(self)
        self.sign_in = FakeSignIn(self.calls, is_possible=not is_practice)
        self.watching = FakeWatching(self)
        self.late = FakeLate(self)
        self.swapping = FakeSwapping(self)
        self.progress = FakeProgress(self)
        self.nudge = FakeNudges(self)
        self.tracker = FakeTracker(self)
        self.attaching = FakeAttaching(self)

    async def recovery_of(self, trip_id: str) -> tuple[RecoveryView, ...]:
        return tuple(self.progress.recoveries.get(trip_id, ()))

    def find(self, trip_id: str) -> sample.StoredTrip:
        for trip in self.stored:
            if trip.id == trip_id:
                return trip
        raise NotFound("store.trip_not_found", trip=trip_id)

    def settle_all(self) -> None:
        """Nothing is on its way any more."""
        for trip in self.stored:
            if trip.delivery is Delivery.SENDING:
                trip.delivery = Delivery.DELIVERED

    def driver_by_number(self, number: str) -> str | None:
        """The library id of a driver."""
        return next((row.id for row in self.all_library if row.kind == "driver" and row.key == number), None)

    def say(self, subject: Subject, *ids: str, initiator: object | None = None) -> None:
        self.changes.announce(subject, ids, initiator)

    def receive(self, card: InboxCard) -> None:
        """A message arrives."""
        self.all_cards.append(card)
        self.say(Subject.INBOX, card.id)

    def start_link(self) -> None:
        self.calls.append(("start_link",))

    async def close(self) -> None:
        self.calls.append(("close",))


class FakeLink:
    """The connection as the test sets it."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        now = desk.clock.now()
        self.status = LinkStatus(
            LinkState.CONNECTED, now, "Dorn Cartage Ltd.", "borderconnect.com", desk.is_practice, None, now, 0
        )

    def become(self, **changes: Any) -> None:
        self.status = replace(self.status, **changes)
        self._desk.say(Subject.LINK)

    def retry_now(self) -> None:
        self._desk.calls.append(("retry_now",))

    @property
    def is_offline(self) -> bool:
        return self.status.detail == "working_offline"

    async def go_offline(self) -> None:
        self.become(state=LinkState.OFF, detail="working_offline", since=self._desk.clock.now())

    async def go_online(self) -> None:
        self.become(state=LinkState.CONNECTED, detail="", since=self._desk.clock.now())


class FakeLookups:
    """Lists out of the stored trips."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    async def trips(
        self,
        *,
        company: str | None = None,
        search: str = "",
        state: str | None = None,
        limit: int = 500,
        is_deleted: bool = False,
        is_brief: bool = False,
    ) -> list[TripRow]:
        self._desk.calls.append(("trips", company, search, state))
        rows = [self.row(trip) for trip in self._desk.stored if trip.is_deleted == is_deleted]
        rows = [row for row in rows if company is None or row.company == company]
        wanted = search.lower()
        rows = [row for row in rows if wanted in f"{row.number} {row.driver} {row.truck} {row.port_name}".lower()]
        if state:
            rows = [row for row in rows if state in {row.delivery.value, row.customs.value}]
        return sorted(rows, key=lambda row: (row.eta.moment is None, row.eta.local, row.id))[:limit]

    def row(self, trip: sample.StoredTrip) -> TripRow:
        document = trip.document
        port = str(document.get("usPortOfArrival") or document.get("portOfEntry") or "")
        wall = str(document.get("estimatedArrivalDateTime", ""))
        moment = None
        if wall:
            moment = datetime.strptime(wall, "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZoneInfo(sample.ZONE)).astimezone(UTC)
        drivers = document.get("drivers") or []
        return TripRow(
            id=trip.id,
            version=trip.version,
            company=trip.company,
            number=str(document.get("tripNumber", "")),
            regime=trip.regime,
            port=port,
            port_name=sample.PORTS.get(port, ""),
            eta=Eta(wall, sample.ZONE, moment),
            driver=" ".join(drivers[0].get(name, "") for name in ("firstName", "lastName")) if drivers else "",
            truck=str((document.get("truck") or {}).get("number", "")),
            trailers=" · ".join(str(trailer.get("number", "")) for trailer in document.get("trailers") or []),
            shipments=len(document.get("shipments") or []),
            cleared=trip.cleared,
            delivery=trip.delivery,
            customs=trip.customs,
            holds=trip.holds,
            readiness=trip.readiness,
            errors=trip.errors,
            warnings=trip.warnings,
            is_changed_since_sent=trip.is_changed,
            updated_at=self._desk.clock.now(),
            paper=self._desk.printed.marks.get(trip.id),
        )

    async def trip(self, trip_id: str) -> TripDetail:
        trip = self._desk.find(trip_id)
        history = (HistoryLine(self._desk.clock.now(), "saved", "Saved"),)
        return TripDetail(self.row(trip), self._shipments(trip), history, (), trip.document, trip.local)

    async def trip_by_number(self, number: str, company: str | None = None) -> TripDetail:
        for trip in self._desk.stored:
            if trip.document.get("tripNumber") == number:
                return await self.trip(trip.id)
        raise NotFound("store.trip_not_found", trip=number)

    async def shipments(self, *, search: str = "", company: str | None = None, limit: int = 500) -> list[ShipmentRow]:
        rows = [row for trip in self._desk.stored for row in self._shipments(trip)]
        return [row for row in rows if search.lower() in row.number.lower()][:limit]

    def _shipments(self, trip: sample.StoredTrip) -> tuple[ShipmentRow, ...]:
        made = []
        for index, shipment in enumerate(trip.document.get("shipments") or []):
            number = shipment.get("shipmentControlNumber") or shipment.get("cargoControlNumber") or ""
            kind = shipment.get("type") or shipment.get("shipmentType") or ""
            is_cleared = index < trip.cleared
            made.append(
                ShipmentRow(
                    f"{trip.id}/{index}", sample.COMPANY, number, trip.regime, kind, trip.id,
                    str(trip.document.get("tripNumber", "")), shipment.get("shipper", {}).get("name", ""),
                    shipment.get("consignee", {}).get("name", ""),
                    Clearance.SET if is_cleared else Clearance.NONE, False, 0, "",
                )
            )  # fmt: skip
        return tuple(made)


class FakeEditing:
    """Edit sessions over the stored trips."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.sessions: list[FakeEditSession] = []

    async def open(self, trip_id: str) -> FakeEditSession:
        self._desk.calls.append(("open", trip_id))
        trip = self._desk.find(trip_id)
        session = FakeEditSession(
            trip.id, trip.regime, copy.deepcopy(trip.document), company=trip.company, local=trip.local,
            now=self._desk.clock.now, store=self._store,
        )  # fmt: skip
        self.sessions.append(session)
        return session

    def _store(self, session: FakeEditSession) -> None:
        trip = self._desk.find(session.trip_id)
        trip.document, trip.local, trip.version = dict(session.document), session.local, session.version
        trip.errors = len(session.issues)
        self._desk.say(Subject.TRIP, trip.id, initiator=session)

    async def give_to(self, trip_id: str, company: str) -> FakeEditSession:
        self._desk.calls.append(("give_to", trip_id, company))
        self._desk.find(trip_id).company = company
        self._desk.say(Subject.TRIP, trip_id)
        return await self.open(trip_id)

    async def delete(self, trip_id: str) -> None:
        self._desk.calls.append(("delete", trip_id))
        self._desk.find(trip_id).is_deleted = True
        self._desk.say(Subject.TRIP, trip_id)

    async def undelete(self, trip_id: str) -> None:
        self._desk.calls.append(("undelete", trip_id))
        self._desk.find(trip_id).is_deleted = False
        self._desk.say(Subject.TRIP, trip_id)

    async def take_other(self, trip_id: str) -> None:
        self._desk.calls.append(("take_other", trip_id))


class FakeCompanies:
    """Companies and a keystore that swallows keys."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.keys: dict[str, str] = {}
        self.test_state = LinkState.CONNECTED

    async def all(self) -> list[CompanyRow]:
        return list(self._desk.all_companies)

    async def add(
        self, *, name: str, scacs: Iterable[str], carrier_codes: Iterable[str], address: str, company_key: str = "",
        ca_file: str = "", phone: str = "", way: str = "socket", proxy: str = "", key: str | None = None,
    ) -> CompanyRow:  # fmt: skip
        made = CompanyRow(
            new_id(self._desk.clock.now()), 1, name, tuple(scacs), tuple(carrier_codes), address, company_key, ca_file,
            address.startswith("ws://"), bool(key), phone, way, proxy,
        )  # fmt: skip
        if key:
            self.keys[made.id] = key
        self._desk.all_companies.append(made)
        self._desk.say(Subject.COMPANY, made.id)
        return made

    async def edit(self, company_id: str, *, version: int, key: str | None = None, **changes: Any) -> CompanyRow:
        old = next(row for row in self._desk.all_companies if row.id == company_id)
        given = {name: value for name, value in changes.items() if value is not None}
        changes = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        made = replace(old, version=version + 1, has_key=old.has_key or bool(key), **changes)
        if key:
            self.keys[company_id] = key
        self._desk.all_companies = [made if row.id == company_id else row for row in self._desk.all_companies]
        self._desk.say(Subject.COMPANY, company_id)
        return made

    async def remove(self, company_id: str) -> None:
        self._desk.all_companies = [row for row in self._desk.all_companies if row.id != company_id]
        self._desk.say(Subject.COMPANY, company_id)

    async def test(self, company_id: str, key: str | None = None) -> LinkStatus:
        self._desk.calls.append(("test", company_id))
        return replace(self._desk.link.status, state=self.test_state)

    async def give_key(self, company_id: str, key: str) -> None:
        self.keys[company_id] = key
        self._desk.calls.append(("give_key", company_id))


class FakeDoubts:
    """Doubt about every trip that is not sure."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.choices = ("it_arrived", "send_as_update", "new_number", "give_up")

    async def of(self, trip_id: str) -> DoubtView | None:
        trip = self._desk.find(trip_id)
        if trip.delivery is not Delivery.NOT_SURE:
            return None
        now = self._desk.clock.now()
        evidence = (
            HistoryLine(now, "delivery.IN_FLIGHT", "handed to the connection, not yet confirmed"),
            HistoryLine(now, "delivery.UNCERTAIN", "connection lost before an answer; not sure whether it arrived"),
        )
        what = "The upload to BorderConnect (ACE_TRIP CREATE)"
        return DoubtView(trip.document["tripNumber"], trip.regime, what, evidence, self.choices, True)

    async def decide(self, trip_id: str, choice: str) -> str:
        self._desk.calls.append(("decide", trip_id, choice))
        if choice == "new_number":
            return (await self._desk.starting.copy(trip_id)).trip_id
        self._desk.find(trip_id).delivery = Delivery.DELIVERED
        self._desk.say(Subject.TRIP, trip_id)
        return trip_id


class FakeTraining:
    """Two scenarios."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.playing = "accept"

    def rows(self) -> tuple[ScenarioRow, ...]:
        return (
            ScenarioRow("accept", "Accept", "Every correct trip is accepted."),
            ScenarioRow("hold", "Hold", "Accepted, then customs places a hold."),
        )

    def play(self, name: str) -> None:
        self._desk.calls.append(("play", name))
        self.playing = name


class FakeSheets:
    """The driver sheet: remembers that it was asked for."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    async def make(self, kind: SheetKind, trip_id: str, options: SheetOptions = AS_SET) -> Sheet:
        self._desk.calls.append((kind.value, trip_id))
        trip = self._desk.find(trip_id)
        return dressed(kind, self._summary(trip_id), trip.document, Printing(), options)

    async def summary(self, trip_id: str) -> TripSheet:
        self._desk.calls.append(("summary", trip_id))
        return self._summary(trip_id)

    def _summary(self, trip_id: str) -> TripSheet:
        trip = self._desk.find(trip_id)
        return summary_sheet(
            trip.document,
            trip.regime,
            company_name="Dorn Cartage Ltd.",
            codes=("AAAA", "1234"),
            port_name="Detroit, MI",
            is_practice=self._desk.is_practice,
            printed_at_text="24 Nov 2026 13:05 EST",
            version=trip.version,
        )
