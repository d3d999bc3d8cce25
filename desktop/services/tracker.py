"""Every shipment's clearance in one list: numbers from trips, from shipments by themselves, and from messages alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.clock import Clock
from desktop.domain.codes import code_list
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import filer_code
from desktop.protocol.kinds import text_at
from desktop.services.lookups import driver_of, port_name
from desktop.services.tracked_evidence import Evidence, EvidenceSource
from desktop.services.tracked_row import Group, Stand, Story, StoryKind, StoryLine, TrackedList, TrackedRow
from desktop.services.tracked_standing import group_of, standing_of
from desktop.services.views import Eta
from desktop.store import Store
from desktop.store.tracked import TrackedNumber

FIRST = 250
"""So many of the newest numbers are looked at when the list opens, beside those of trips that arrive soon."""

_ARRIVED_FOR = timedelta(hours=12)
_ARRIVES_WITHIN = timedelta(hours=36)
_ORDER = {stand: place for place, stand in enumerate(Stand)}
_GROUPS = {group: place for place, group in enumerate(Group)}
_NO_ETA = "~"


class Tracker:
    """Reads where control numbers stand; nothing of it is stored but which numbers there are."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._source = EvidenceSource(store)

    async def rows(self, *, company: str | None = None, search: str = "", limit: int = FIRST) -> TrackedList:
        """Return numbers with what is known of each, in the order of the screen.

        Without a search: those of trips that arrive from 12 hours ago to 36 hours from now, and the `limit` newest of
        all others. With one: the newest that fit, of the whole history.

        Args:
            company: only this company's.
            search: only those in which every one of its words stands: any part of the number, of a transaction
                number, of the shipment's or its trip's words.
            limit: how many of the newest at most.
        """
        now = self._clock.now()
        newest = await self._store.tracked.newest(company=company, search=search, limit=limit + 1)
        arriving: list[TrackedNumber] = []
        if not search.strip():
            span = (now - _ARRIVED_FOR, now + _ARRIVES_WITHIN)
            arriving = await self._store.tracked.arriving(*span, company=company)
        kept = {one.key: one for one in (*arriving, *newest[:limit])}
        rows = await self._rows_of(list(kept.values()))
        return TrackedList(tuple(sorted(rows, key=_place)), has_more=len(newest) > limit)

    async def needing(self) -> int:
        """Return how many of the numbers that matter now need a person."""
        return sum(row.group is Group.NEEDS for row in (await self.rows()).rows)

    async def story(self, row: TrackedRow) -> Story:
        """Return what happened to a number, oldest first, and what is in its shipment."""
        from desktop.printing.trip import goods, objects, words  # on use: of one row at a time

        told = await self._store.tracked.story(row.number, company=row.company, trip=row.trip_id or None)
        lines = [StoryLine(one.at, StoryKind.MESSAGE, one.sign, one.title, one.text, one.item) for one in told]
        if row.trip_id:
            found = await self._store.tracked.alerts(row.number, row.trip_id)
            lines += [StoryLine(at, StoryKind.ALERT, title=what) for at, what in found]
        shown = trailer = driver = ""
        left: int | None = None
        shipments = (await self._store.tracked.gather([row.number])).shipments
        shipment = next((one for one in shipments if one.id == row.shipment_id), None)
        if shipment is not None:
            lines.append(StoryLine(shipment.created_at, StoryKind.WRITTEN))
            of_it = goods(shipment.document, row.regime)
            shown = " · ".join(part for part in (of_it.pieces, of_it.weight) if part)
            loaded = [shipment.document.get("loadedOn"), *(one.get("loadedOn") for one in _goods_of(shipment.document))]
            trailer = next((words(one["number"]) for one in objects(loaded) if one.get("number")), "")
            driver, left = await self._range(row)
        lines.sort(key=lambda line: line.at)
        return Story(tuple(lines), shown, trailer, driver, left)

    async def _range(self, row: TrackedRow) -> tuple[str, int | None]:
        """Return whose number range a number is from, and how many it has left."""
        for standing in await self._store.number_ranges.standings(row.company) if row.company else ():
            one = standing.range
            if one.regime is row.regime and one.kind == "control" and one.series.place(row.number) is not None:
                driver = (await self._store.library.get(one.driver)).title if one.driver else ""
                return driver, standing.left
        return "", None

    async def _rows_of(self, numbers: list[TrackedNumber]) -> list[TrackedRow]:
        companies = {one.id: one.company_key for one in await self._store.companies.all()}
        living = [one for one in numbers if not one.company or one.company in companies]
        now = self._clock.now()
        return [_row(one, now) for one in await self._source.of(living, companies)]


def _goods_of(document: JSONObject) -> list[JSONObject]:
    found = document.get("commodities")
    return [one for one in found if is_object(one)] if isinstance(found, list) else []


def _row(one: Evidence, now: datetime) -> TrackedRow:
    kept, trip, shipment, release = one.kept, one.trip, one.shipment, one.release
    eta = (
        None
        if trip is None
        else Eta(trip.eta_local, zone_of(trip.regime, trip.port) if trip.port else None, trip.eta_utc)
    )
    moment = None if trip is None else trip.eta_utc
    office = text_at(release, "releaseOffice", "number")
    is_other = bool(trip is not None and trip.port and office and office != trip.port and kept.regime is Regime.ACI)
    number = one.number if one.number in one.crossing.shipments else next(iter(one.crossing.shipments), one.number)
    standing = standing_of(number, one.crossing, now, eta=moment, is_other_office=is_other, is_on_trip=trip is not None)
    state = one.crossing.shipments.get(number)
    event = standing.event
    document: JSONObject = {} if shipment is None else shipment.document
    arrived = next((each.at for each in reversed(one.crossing.events) if each.what == "arrived"), None)
    code = event.code if event is not None else ""
    named = text_at(release, "status", "releaseCode", "number")
    return TrackedRow(
        company=kept.company,
        regime=kept.regime,
        number=one.number,
        heard_as=one.heard_as if one.heard_as != one.number else "",
        group=group_of(standing, now, at=kept.at, eta=moment, customs=one.crossing.customs),
        stand=standing.stand,
        code=code,
        said=_said(release) if code and code == named else "",
        since=None if event is None else event.at,
        is_rns=bool(code) and kept.regime is Regime.ACI and (code.isdigit() or code == named),
        before=standing.before,
        entry="" if state is None else state.entry_number,
        service=text_at(release, "serviceOption", "number"),
        service_name=_named(text_at(release, "serviceOption", "name"), "rns-service-options", release, "serviceOption"),
        office=office,
        office_name=_named(text_at(release, "releaseOffice", "name"), "ca-release-offices", release, "releaseOffice"),
        is_other_office=is_other,
        trip_id="" if trip is None else trip.id,
        trip="" if trip is None else trip.number,
        trips=len({each.trip for each in one.shipments if each.trip}),
        shipment_id="" if shipment is None else shipment.id,
        position=0 if shipment is None else shipment.position,
        broker=_broker(document),
        shipper=text_at(document, "shipper", "name"),
        consignee=text_at(document, "consignee", "name"),
        driver=driver_of(trip.document) if trip is not None else text_at(release, "driverName"),
        port="" if trip is None else trip.port,
        port_name="" if trip is None else port_name(trip.regime, trip.port),
        eta=eta if eta is not None and eta.local else None,
        arrived_at=arrived,
        is_sent=one.is_sent or (trip is not None and one.crossing.is_filed),
        at=kept.at,
        heard_at=kept.heard_at,
    )


def _said(release: JSONObject) -> str:
    words = ("longName", "shortName")
    return next((found for name in words if (found := text_at(release, "status", "releaseCode", name))), "")


def _named(name: str, codes: str, release: JSONObject, member: str) -> str:
    """Return the name a notice gives, else that of our copy of the list (quirk 6: the message goes first)."""
    number = text_at(release, member, "number")
    return name or (code_list(codes).label(number) or "" if number else "")


def _broker(document: JSONObject) -> str:
    filer = filer_code(document)
    return (code_list("us-broker-filers").label(filer) or filer) if filer else ""


def _place(row: TrackedRow) -> tuple[object, ...]:
    """Needs you: the worst first, then by arrival. Waiting: by arrival. The rest: the last heard of first."""
    eta = row.eta.moment.isoformat() if row.eta is not None and row.eta.moment is not None else _NO_ETA
    newest = -(row.since or row.at).timestamp()
    if row.group is Group.NEEDS:
        return _GROUPS[row.group], _ORDER[row.stand], eta, newest, row.key
    return (_GROUPS[row.group], 0, eta if row.group is Group.WAITING else "", newest, row.key)
