"""Lists and details of trips and shipments, as a window or a command shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.clock import Clock
from desktop.crossing.fold import Crossing
from desktop.crossing.shipment import ShipmentState
from desktop.domain.codes import code_list
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Customs, Delivery, OutboxState, Regime
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.facts import FactsSource, Survey
from desktop.services.history import history_of
from desktop.services.may_go import Beyond, MayGo, beyond
from desktop.services.plan_mark import mark_of
from desktop.services.server_errors import ServerErrors
from desktop.services.standing import delivery_of, held_version
from desktop.services.turns import Turns
from desktop.services.views import (
    Changed,
    Eta,
    ShipmentRow,
    Subject,
    TripDetail,
    TripRow,
)
from desktop.store import Store
from desktop.store.error import Gone
from desktop.store.records import OutboxRow, Shipment, Trip
from desktop.validation.issue import Severity

if TYPE_CHECKING:
    from desktop.services.listening import Listening

_PORT_LISTS = {Regime.ACE: "us-ports", Regime.ACI: "ca-highway-ports"}
_CHECKED_KEPT = 20_000
_FOUND_FOR_S = 15 * 60


class Lookups:
    """Reads trips and shipments with everything derived from them."""

    def __init__(
        self,
        store: Store,
        border: Border,
        server_errors: ServerErrors,
        facts: FactsSource,
        clock: Clock,
        changes: Changes | None = None,
        *,
        is_owned: bool = True,
        listening: Listening | None = None,
    ) -> None:
        """Make the lists.

        Args:
            store: where all is kept.
            border: where trips stand with customs.
            server_errors: what was objected to.
            facts: what checks may know.
            clock: the time.
            changes: tells when what checks depend on has changed.
            is_owned: whether somebody owns the folder. What a dead owner left in flight is in doubt, whoever reads.
            listening: when somebody listened; without it nothing goes.
        """
        self._may_go = MayGo(clock, listening)
        self._is_owned = is_owned
        self._store = store
        self._border = border
        self._server_errors = server_errors
        self._facts = facts
        self._clock = clock
        self._checked: dict[tuple[str, int], tuple[int, tuple[int, int]]] = {}
        self._differs: dict[tuple[str, int, int], bool] = {}
        if changes is not None:
            changes.subscribe(self._on_change)

    def _on_change(self, changed: Changed) -> None:
        """What a check finds depends on the library and on the carriers' codes too."""
        if changed.subject in {Subject.LIBRARY, Subject.COMPANY}:
            self._checked.clear()

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
        """Return trips by arrival, those without one last; `state` is a delivery, customs or clearance value.

        With `is_deleted`, those that were taken out of the list. With `is_brief`, what went out, was taken and was not
        changed since is not checked again: nothing of it is left to mend, and its counts are 0. What the gateway or
        customs refused or took in part is.
        """
        found = await self._store.trips.latest(company=company, search=search, limit=limit, is_deleted=is_deleted)
        rows = await self._rows(found, is_brief=is_brief)
        if state is None:
            return [row for row, _ in rows]
        return [
            row
            for row, crossing in rows
            if state in {row.delivery, row.customs, *(one.clearance for one in crossing.shipments.values())}
        ]

    async def rows_of(self, trips: Sequence[Trip]) -> list[TripRow]:
        """Return these trips as rows, in their order; counts as with `is_brief`."""
        return [row for row, _ in await self._rows(trips, is_brief=True)]

    async def trip(self, trip_id: str) -> TripDetail:
        """Return everything known of one trip.

        Raises:
            NotFound: there is no such trip.
        """
        trip = await self._store.trips.get(trip_id)
        row, crossing = (await self._rows([trip]))[0]
        shipments = (await self._store.shipments.of_trips([trip_id]))[trip_id]
        return TripDetail(
            row=row,
            shipments=tuple(shipment_row(one, crossing.shipments.get(one.number)) for one in shipments),
            history=await history_of(self._store, trip),
            server_errors=await self._server_errors.of(trip),
            document=trip.document,
            local=trip.local,
        )

    async def trip_id(self, number: str, company: str | None = None) -> str:
        """Return the id of the trip a person means by its number.

        Raises:
            NotFound: there is none.
            UsageError: there are several.
        """
        from desktop.services.submit import named_trip

        return (await named_trip(self._store, number, company)).id

    async def trip_by_number(self, number: str, company: str | None = None) -> TripDetail:
        """Return everything known of the trip a person means by its number."""
        return await self.trip(await self.trip_id(number, company))

    async def shipments(self, *, search: str = "", company: str | None = None, limit: int = 500) -> list[ShipmentRow]:
        """Return shipments, on trips or by themselves, with what is known of their clearance."""
        found = await self._store.shipments.latest(company=company, search=search, limit=limit)
        trips = [await self._store.trips.get(trip) for trip in sorted({one.trip for one in found if one.trip})]
        crossings = await self._border.of_trips(trips)
        return [
            shipment_row(one, crossings[one.trip].shipments.get(one.number) if one.trip in crossings else None)
            for one in found
        ]

    async def _rows(self, trips: Sequence[Trip], *, is_brief: bool = False) -> list[tuple[TripRow, Crossing]]:
        crossings = await self._border.of_trips(trips)
        outbox = await self._store.outbox.for_trips([trip.id for trip in trips])
        if not self._is_owned:
            outbox = {trip: [_left_behind(row) for row in found] for trip, found in outbox.items()}
        printed = await self._store.printed.newest_of_trips([trip.id for trip in trips])
        surveys: dict[tuple[str, Regime], Survey] = {}
        rows: list[tuple[TripRow, Crossing]] = []
        turns = Turns()
        untold = await beyond(self._store, trips, self._clock.now())
        for trip in trips:
            is_settled = is_brief and _is_settled(trip, outbox[trip.id], crossings[trip.id])
            found = (0, 0) if is_settled else self._found(trip)
            if found is None:
                key = (trip.company, trip.regime)
                if key not in surveys:
                    surveys[key] = await self._facts.survey(*key)
                found = self._look_over(trip, surveys[key])
            crossing = crossings[trip.id]
            row = await self._row(trip, crossing, outbox[trip.id], found, untold)
            if trip.id in printed:
                from desktop.services.printed import with_paper  # on use: few trips of a list were printed

                row = await with_paper(trip, row, printed[trip.id], outbox[trip.id], self)
            rows.append((row, crossing))
            await turns.take()
        return rows

    async def _row(
        self, trip: Trip, crossing: Crossing, rows: Sequence[OutboxRow], found: tuple[int, int], untold: Beyond
    ) -> TripRow:
        delivery = delivery_of(rows)
        errors, warnings = found
        document = trip.document
        return TripRow(
            id=trip.id,
            version=trip.version,
            company=trip.company,
            number=trip.number,
            regime=trip.regime,
            port=trip.port,
            port_name=port_name(trip.regime, trip.port),
            eta=Eta(trip.eta_local, zone_of(trip.regime, trip.port) if trip.port else None, trip.eta_utc),
            driver=driver_of(document),
            truck=_number_of(document.get("truck")),
            trailers=" ".join(_number_of(unit) for unit in _rows_of(document, "trailers")).strip(),
            shipments=len(_rows_of(document, "shipments")),
            cleared=crossing.cleared,
            delivery=delivery,
            customs=crossing.customs,
            holds=crossing.holds,
            readiness=await self._may_go.of(trip, crossing, rows, self.is_other_version, untold),
            errors=errors,
            warnings=warnings,
            is_changed_since_sent=await self._is_changed(trip, rows),
            updated_at=trip.updated_at,
            started_from=_started_from(trip),
            to_confirm=len(_marks(trip)),
            is_matched=crossing.is_matched,
            plan=mark_of(rows) if rows else None,
        )

    def _stamp(self) -> int:
        """What was found stands for a quarter of an hour: arrivals pass, and what is known beside the trip changes."""
        return int(self._clock.now().timestamp()) // _FOUND_FOR_S

    def _found(self, trip: Trip) -> tuple[int, int] | None:
        """Return how many errors and warnings the last check of this version found, where that is still fresh."""
        kept = self._checked.get((trip.id, trip.version))
        return kept[1] if kept is not None and kept[0] == self._stamp() else None

    def _look_over(self, trip: Trip, survey: Survey) -> tuple[int, int]:
        from desktop.validation import check

        if len(self._checked) > _CHECKED_KEPT:
            self._checked.clear()
            self._differs.clear()
        issues = check(trip.document, survey.without(trip.id).at(self._clock.now(), trip.local)).issues
        errors = sum(issue.severity is Severity.ERROR for issue in issues)
        warnings = sum(issue.severity is Severity.WARNING for issue in issues)
        self._checked[trip.id, trip.version] = (self._stamp(), (errors, warnings))
        return errors, warnings

    async def _is_changed(self, trip: Trip, rows: Sequence[OutboxRow]) -> bool:
        """Tell whether the trip differs from the newest version the gateway took."""
        held = held_version(rows)
        return held is not None and await self.is_other_version(trip, held)

    async def has_answered(self, trip: Trip, row: OutboxRow) -> bool:
        """Tell whether customs has answered what a row asked of it."""
        return await self._border.has_answered(trip, row)

    async def is_other_version(self, trip: Trip, version: int) -> bool:
        """Tell whether the trip's document differs from that of an earlier version, whatever its envelope."""
        from desktop.delivery.planner import changed_parts

        if version == trip.version:
            return False
        key = (trip.id, version, trip.version)
        if key not in self._differs:
            try:
                before = await self._store.trips.version(trip.id, version)
            except Gone:
                return True  # what went out is not kept here: nobody can tell that it is the same
            self._differs[key] = bool(changed_parts(trip.regime, before.document, trip.document))
        return self._differs[key]


def _is_settled(trip: Trip, rows: Sequence[OutboxRow], crossing: Crossing) -> bool:
    """Tell whether a trip is with the gateway as it stands here and nobody objects to it."""
    return (
        held_version(rows) == trip.version
        and crossing.customs is not Customs.REFUSED
        and delivery_of(rows) in {Delivery.DELIVERED, Delivery.SENDING}
    )


def _started_from(trip: Trip) -> str:
    words = trip.local.get("started_from")
    return words if isinstance(words, str) else ""


def _marks(trip: Trip) -> list[JSON]:
    marks = trip.local.get("to_confirm")
    return marks if isinstance(marks, list) else []


def _left_behind(row: OutboxRow) -> OutboxRow:
    """Return a row as the next owner will find it (reliability 3.1.4)."""
    return row._replace(state=OutboxState.UNCERTAIN) if row.state is OutboxState.IN_FLIGHT else row


def shipment_row(shipment: Shipment, state: ShipmentState | None) -> ShipmentRow:
    """Return the row of a shipment with what is known of its clearance."""
    state = state or ShipmentState(regime=shipment.regime)
    document = shipment.document
    kind = document.get("type", document.get("shipmentType"))
    return ShipmentRow(
        id=shipment.id,
        company=shipment.company,
        number=shipment.number,
        regime=shipment.regime,
        type=kind if isinstance(kind, str) else "",
        trip_id=shipment.trip,
        trip=shipment.trip_number,
        shipper=_name_of(document.get("shipper")),
        consignee=_name_of(document.get("consignee")),
        clearance=state.clearance,
        released=state.released,
        holds=state.holds,
        clearance_text=state.text,
        entry=state.entry_number,
    )


def port_name(regime: Regime, port: str) -> str:
    """Return the name of a port, empty where our copy of the list lacks it."""
    return (code_list(_PORT_LISTS[regime]).label(port) or "") if port else ""


def driver_of(document: JSONObject) -> str:
    """Return the name of the first driver, the person in charge."""
    drivers = _rows_of(document, "drivers")
    if not drivers:
        return ""
    return " ".join(
        str(drivers[0][name]) for name in ("firstName", "lastName") if isinstance(drivers[0].get(name), str)
    )


def _rows_of(document: JSONObject, member: str) -> list[JSONObject]:
    rows = document.get(member)
    return [row for row in rows if is_object(row)] if isinstance(rows, list) else []


def _number_of(unit: JSON) -> str:
    number = unit.get("number") if is_object(unit) else None
    return number if isinstance(number, str) else ""


def _name_of(party: JSON) -> str:
    name = party.get("name") if is_object(party) else None
    return name if isinstance(name, str) else ""
