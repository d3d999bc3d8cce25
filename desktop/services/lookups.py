"""Lists and details of trips and shipments, as a window or a command shows them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from desktop.clock import Clock
from desktop.crossing.fold import Crossing
from desktop.crossing.readiness import readiness
from desktop.crossing.shipment import ShipmentState
from desktop.delivery.machine import user_word
from desktop.domain.codes import code_list
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Customs, Delivery, Regime, Verdict
from desktop.services.belonging import control_numbers
from desktop.services.border import Border
from desktop.services.facts import FactsSource, Known
from desktop.services.history import history_of
from desktop.services.importing import PORTS
from desktop.services.server_errors import ServerErrors
from desktop.services.views import (
    Eta,
    ReadinessView,
    Reason,
    ShipmentRow,
    TripDetail,
    TripRow,
)
from desktop.store import Store
from desktop.store.records import OutboxRow, Shipment, Trip
from desktop.validation.issue import Severity

_PORT_LISTS = {Regime.ACE: "us-ports", Regime.ACI: "ca-highway-ports"}
_CHECKED_KEPT = 5000


class Lookups:
    """Reads trips and shipments with everything derived from them."""

    def __init__(
        self, store: Store, border: Border, server_errors: ServerErrors, facts: FactsSource, clock: Clock
    ) -> None:
        self._store = store
        self._border = border
        self._server_errors = server_errors
        self._facts = facts
        self._clock = clock
        self._checked: dict[tuple[str, int], tuple[int, int]] = {}

    async def trips(
        self, *, company: str | None = None, search: str = "", state: str | None = None, limit: int = 500
    ) -> list[TripRow]:
        """Return trips by arrival, those without one last; `state` is a delivery, customs or clearance value."""
        found = await self._store.trips.latest(company=company, search=search, limit=limit)
        rows = await self._rows(found)
        if state is None:
            return [row for row, _ in rows]
        return [
            row
            for row, crossing in rows
            if state in {row.delivery, row.customs, *(one.clearance for one in crossing.shipments.values())}
        ]

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
            history=await history_of(self._store, trip, crossing),
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

    async def shipments(self, *, search: str = "", company: str | None = None) -> list[ShipmentRow]:
        """Return shipments, on trips or by themselves, with what is known of their clearance."""
        found = await self._store.shipments.latest(company=company, search=search)
        trips = [await self._store.trips.get(trip) for trip in sorted({one.trip for one in found if one.trip})]
        crossings = await self._border.of_trips(trips)
        return [
            shipment_row(one, crossings[one.trip].shipments.get(one.number) if one.trip in crossings else None)
            for one in found
        ]

    async def _rows(self, trips: Sequence[Trip]) -> list[tuple[TripRow, Crossing]]:
        crossings = await self._border.of_trips(trips)
        outbox = await self._store.outbox.for_trips([trip.id for trip in trips])
        known: dict[tuple[str, Regime], Known] = {}
        rows: list[tuple[TripRow, Crossing]] = []
        for count, trip in enumerate(trips):
            key = (trip.company, trip.regime)
            if key not in known:
                known[key] = await self._facts.known(*key)
            rows.append((await self._row(trip, crossings[trip.id], outbox[trip.id], known[key]), crossings[trip.id]))
            if count % 10 == 9:
                await asyncio.sleep(0)  # a long list must not hold the window still
        return rows

    async def _row(self, trip: Trip, crossing: Crossing, rows: Sequence[OutboxRow], known: Known) -> TripRow:
        delivery = delivery_of(rows)
        errors, warnings = await self._problems(trip, rows, known)
        verdict = readiness(
            crossing, delivery, self._clock.now(), eta=trip.eta_utc, port=trip.port if trip.regime is Regime.ACI else ""
        )
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
            readiness=ReadinessView(
                verdict.verdict,
                verdict.booth_from if verdict.verdict is not Verdict.STOP else None,
                tuple(Reason(reason.code, reason.text) for reason in verdict.reasons),
            ),
            errors=errors,
            warnings=warnings,
            is_changed_since_sent=await self._is_changed(trip, rows),
            updated_at=trip.updated_at,
        )

    async def _problems(self, trip: Trip, rows: Sequence[OutboxRow], known: Known) -> tuple[int, int]:
        """Count what a check finds in a trip that can still go out, once for each version of it."""
        key = (trip.id, trip.version)
        if key not in self._checked:
            from desktop.validation import check

            if len(self._checked) > _CHECKED_KEPT:
                self._checked.clear()
            facts = known.at(self._clock.now(), trip.local)
            if rows:  # its own numbers are used by itself
                facts = (await self._facts.known(trip.company, trip.regime, without_trip=trip.id)).at(
                    self._clock.now(), trip.local
                )
            issues = check(trip.document, facts).issues
            self._checked[key] = (
                sum(issue.severity is Severity.ERROR for issue in issues),
                sum(issue.severity is Severity.WARNING for issue in issues),
            )
        return self._checked[key]

    async def _is_changed(self, trip: Trip, rows: Sequence[OutboxRow]) -> bool:
        from desktop.delivery.planner import changed_parts

        versions = [row.trip_version for row in rows if row.kind == "upload" and row.trip_version is not None]
        if not versions or versions[-1] == trip.version:
            return False
        sent = await self._store.trips.version(trip.id, versions[-1])
        return bool(changed_parts(trip.regime, sent.document, trip.document))


def delivery_of(rows: Sequence[OutboxRow]) -> Delivery:
    """Return the user's word for the way to the gateway: the worst of the newest version's rows."""
    newest = max((row.trip_version or 0 for row in rows), default=0)
    return user_word((row.state, may_be_out(row)) for row in rows if (row.trip_version or 0) == newest)


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


__all__ = ["PORTS", "Customs", "Lookups", "control_numbers", "delivery_of", "driver_of", "port_name", "shipment_row"]
