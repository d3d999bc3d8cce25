"""Shipments as the tracker of a fake desk knows them. All people and firms are fictional."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from desktop.domain.lifecycle import Regime
from desktop.services.attaching import Attached
from desktop.services.tracked_row import Group, Stand, Story, StoryKind, StoryLine, TrackedList, TrackedRow
from desktop.services.views import Eta, Subject, TripRow
from fakes import desk_sample as sample

_OFFICES = {"0410": "FORT ERIE", "0440": "SARNIA", "0453": "WINDSOR AMBASSADOR BRIDGE"}


def rows(desk: Any) -> list[TrackedRow]:
    """Return one row for each state a person meets."""
    now = desk.clock.now()
    by_number = {trip.document.get("tripNumber"): trip.id for trip in desk.stored}
    ids = [trip.id for trip in desk.stored]

    def row(
        group: Group,
        stand: Stand,
        tail: str,
        code: str = "",
        heard: float = 0,
        trip: str = "",
        driver: str = "",
        office: str = "",
        port: str = "",
        eta: float | None = None,
        entry: str = "",
        *,
        arrived: float | None = None,
        is_known: bool = True,
        regime: Regime = Regime.ACI,
        **more: Any,
    ) -> TrackedRow:
        moment = None if eta is None else now + timedelta(minutes=eta)
        wall = "" if moment is None else f"{moment - timedelta(hours=5):%Y-%m-%d %H:%M:%S}"
        number = f"1234PARS{tail}" if regime is Regime.ACI else f"AAAA{tail}"
        trip_id = by_number.get(trip) or (ids[int(trip[-2:]) % len(ids)] if trip and ids else "")
        return TrackedRow(
            company=sample.COMPANY,
            regime=regime,
            number=number,
            group=group,
            stand=stand,
            at=now - timedelta(minutes=heard),
            code=code,
            said="Said at length" if code else "",
            since=now - timedelta(minutes=heard) if heard else None,
            is_rns=bool(code) and regime is Regime.ACI,
            entry=entry,
            service="125" if entry and regime is Regime.ACI else "",
            service_name="pre-arrival, EDI" if entry and regime is Regime.ACI else "",
            office=office,
            office_name=_OFFICES.get(office, ""),
            is_other_office=bool(office and port and office != port),
            trip_id=trip_id,
            trip=trip,
            trips=1 if trip else 0,
            shipment_id=f"shipment-{tail}" if is_known else "",
            shipper="Hazmat Wholesale" if is_known else "",
            consignee="Canadian Lava Co." if is_known else "",
            driver=driver,
            port=port,
            eta=Eta(wall, sample.ZONE, moment) if trip else None,
            arrived_at=None if arrived is None else now - timedelta(minutes=arrived),
            is_sent=bool(trip),
            heard_at=now - timedelta(minutes=heard) if heard else None,
            **more,
        )

    needs, is_set, today = Group.NEEDS, Group.SET, Group.RELEASED
    one, two, three = "Sample Driver One", "Sample Driver Two", "Sample Driver Three"
    return [
        row(needs, Stand.EXAM, "382660", "5", 228, office="0453", entry="17889003009911", is_known=False),
        row(needs, Stand.UNKNOWN, "382652", "31", 179, "1234T11240063", two, "0440", "0440", -140, "17889003009897",
            arrived=134),
        row(needs, Stand.NOT_FILED, "382666", "", 29, "1234T11240068", one, "", "0453", 65),
        row(needs, Stand.NOT_SET, "382668", "24", 45, "1234T11240072", two, "0410", "0440", 135, "17889003009944"),
        row(needs, Stand.RELEASED_CFIA, "382655", "8", 67, "1234T11240064", three, "0440", "0440", -75,
            "17889003009902", arrived=73),
        row(is_set, Stand.SET, "382661", "9", 10, "1234T11240070", two, "0410", "0410", 85, "17889003009937"),
        row(is_set, Stand.SET, "382665", "9", 21, "1234T11240068", one, "0453", "0453", 65, "17889003009929"),
        row(is_set, Stand.ENTRY, "754321", "02", 40, "AAAA123458A", three, "", "", 95, "DEF00012345",
            regime=Regime.ACE, broker="Sample Brokers Inc"),
        row(Group.WAITING, Stand.ON_FILE, "382671", "", 50, "1234T11240072", two, "", "0440", 300),
        row(Group.WAITING, Stand.NOT_ON_FILE, "382672", "", 0),
        row(today, Stand.RELEASED, "382640", "4", 94, "1234T11240061", two, "0453", "0453", -105, "17889003009871",
            arrived=101),
        row(today, Stand.AUTHORISED, "382637", "23", 173, "1234T11240060", three, "0410", "0410", -180,
            "17889003009860", arrived=183),
    ]  # fmt: skip


class FakeTracker:
    """The rows as the test sets them; a search finds parts of numbers, transactions, trips and drivers."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self.all_rows: list[TrackedRow] = rows(desk) if desk.stored else []

    async def rows(self, *, company: str | None = None, search: str = "", limit: int = 250) -> TrackedList:
        self._desk.calls.append(("tracker", company, search, limit))
        wanted = search.lower()
        found = [
            row
            for row in self.all_rows
            if company in {None, row.company} and wanted in f"{row.number} {row.entry} {row.trip} {row.driver}".lower()
        ]
        return TrackedList(tuple(found[:limit]), has_more=len(found) > limit)

    async def needing(self) -> int:
        return sum(row.group is Group.NEEDS for row in self.all_rows)

    async def story(self, row: TrackedRow) -> Story:
        now = self._desk.clock.now()
        lines = []
        if row.is_known:
            lines.append(StoryLine(now - timedelta(minutes=63), StoryKind.WRITTEN))
        if row.trip_id:
            lines.append(
                StoryLine(now - timedelta(minutes=32), StoryKind.MESSAGE, "accepted", "CBSA accepted the trip",
                          "Cargo is on file", "card-1")
            )  # fmt: skip
        if row.stand is Stand.NOT_FILED:
            lines.append(
                StoryLine(now - timedelta(minutes=29), StoryKind.MESSAGE, "not_matched", "Not matched",
                          "No release request found", "card-2")
            )  # fmt: skip
            lines.append(StoryLine(now - timedelta(minutes=25), StoryKind.ALERT, title="not_cleared"))
        elif row.code:
            lines.append(StoryLine(row.since or now, StoryKind.MESSAGE, "rns", "RNS", "As received", "card-3"))
        if not row.is_known:
            return Story(tuple(lines))
        return Story(tuple(lines), "22 pieces · 35,005 lb", "53022", "Sample Driver One", 34)

    def put(self, row: TrackedRow, **changes: Any) -> TrackedRow:
        """Change a row, as a message would."""
        made = replace(row, **changes)
        self.all_rows[self.all_rows.index(row)] = made
        return made


class FakeAttaching:
    """Remembers what was asked; moves rows as the service would."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk

    async def create(self, row: TrackedRow) -> str:
        self._desk.calls.append(("create", row.number))
        self._desk.tracker.put(row, shipment_id="shipment-new")
        self._desk.say(Subject.TRIP)
        return "shipment-new"

    async def uncreate(self, shipment_id: str) -> None:
        self._desk.calls.append(("uncreate", shipment_id))

    async def trips_for(self, row: TrackedRow) -> list[TripRow]:
        trips = [self._desk.lookups.row(trip) for trip in self._desk.stored if not trip.is_deleted]
        return [trip for trip in trips if trip.regime is row.regime and trip.id != row.trip_id]

    async def attach(self, row: TrackedRow, trip_id: str) -> Attached:
        self._desk.calls.append(("attach", row.number, trip_id))
        trip = self._desk.lookups.row(self._desk.find(trip_id))
        self._desk.tracker.put(row, trip_id=trip_id, trip=trip.number, trips=1)
        return Attached(trip_id, trip.number, row.regime, row.company, {})

    async def detach(self, done: Attached) -> None:
        self._desk.calls.append(("detach", done.trip_id))
