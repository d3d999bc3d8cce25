"""Gathers what stands on a driver's sheet: the trip, what is known of its clearance, whom to phone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.clock import Clock, SystemClock
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import Customs, Regime, Verdict
from desktop.domain.times import parse_wall
from desktop.errors import UsageError
from desktop.printing.summary import (
    Contact,
    SheetClearance,
    SheetShipment,
    SheetState,
    TripSheet,
    summary_sheet,
    trip_shipments,
)
from desktop.services.files import read_messages
from desktop.services.importing import PORTS, TRIPS
from desktop.services.lookups import Lookups, port_name
from desktop.services.views import TripDetail
from desktop.store import Store
from desktop.texts import text

_ON_FILE = frozenset({Customs.ON_FILE, Customs.CLEARED, Customs.ARRIVED, Customs.RELEASED})


class Sheets:
    """Makes sheets of stored trips."""

    def __init__(self, store: Store, lookups: Lookups, clock: Clock) -> None:
        self._store = store
        self._lookups = lookups
        self._clock = clock

    async def summary(self, trip_id: str) -> TripSheet:
        """Return the driver's sheet of a trip as it stands now.

        Raises:
            NotFound: there is no such trip.
        """
        detail = await self._lookups.trip(trip_id)
        row = detail.row
        company = await self._store.companies.by_id(row.company) if row.company else None
        is_practice = await self._store.kind() == "practice"
        reasons = row.readiness.reasons
        return summary_sheet(
            detail.document,
            row.regime,
            company_name=company.name if company is not None else "",
            codes=_codes(row.regime, company.scacs, company.carrier_codes) if company is not None else (),
            port_name=row.port_name,
            eta_text=eta_text(row.regime, detail.document),
            shipments=_shipments(detail),
            verdict=row.readiness.verdict,
            readiness_text=_headline(row.readiness.verdict, reasons[0].text if reasons else ""),
            booth_text="\n".join(
                [*_booth(row.regime, row.port, row.readiness.booth_from), *(reason.text for reason in reasons[1:])]
            ),
            state=SheetState.ON_FILE if row.customs in _ON_FILE and not row.is_changed_since_sent else SheetState.DRAFT,
            is_practice=is_practice,
            printed_at_text=printed_at(self._clock.now(), zone_of(row.regime, row.port) if row.port else None),
            version=row.version,
            phones=(Contact(text("sheet.dispatch"), company.name, company.phone),) if company is not None else (),
        )


def sheet_of_file(name: str) -> TripSheet:
    """Return the sheet of the trip in a file: a draft, since nothing is known of it.

    Raises:
        DesktopError: the file cannot be read, or holds no trip or several.
    """
    trips = [one for one in read_messages(name) if is_object(one) and one.get("data") in TRIPS]
    if len(trips) != 1:
        raise UsageError("print.one_trip", exit_code=2, file=name, count=len(trips))
    document = trips[0]
    regime = TRIPS[str(document["data"])]
    port = document.get(PORTS[regime])
    return summary_sheet(
        document,
        regime,
        company_name="",
        codes=(),
        port_name=port_name(regime, port) if isinstance(port, str) else "",
        eta_text=eta_text(regime, document),
        printed_at_text=printed_at(SystemClock().now(), None),
        version=1,
    )


def eta_text(regime: Regime, document: JSONObject) -> str:
    """Return the arrival as it is read at the port, with its zone; empty where the zone is not known."""
    wall = parse_wall(document.get("estimatedArrivalDateTime"))
    port = document.get(PORTS[regime])
    zone = zone_of(regime, port) if isinstance(port, str) else None
    if wall is None or zone is None:
        return ""
    return f"{wall:%a %d %b %Y, %H:%M} {wall.replace(tzinfo=ZoneInfo(zone)).tzname()}"


def printed_at(moment: datetime, zone: str | None) -> str:
    """Return date and time of printing on the clock of the port, else in UTC."""
    if zone is None:
        return f"{moment:%a %d %b %Y %H:%M} UTC"
    there = moment.astimezone(ZoneInfo(zone))
    return f"{there:%a %d %b %Y %H:%M} {there.tzname()}"


def _headline(verdict: Verdict, reason: str) -> str:
    return text("print.headline", verdict=text(f"states.verdict.{verdict}"), reason=reason) if reason else ""


def _booth(regime: Regime, port: str, booth_from: datetime | None) -> list[str]:
    if booth_from is None:
        return []
    zone = zone_of(regime, port) if port else None
    there = booth_from.astimezone(ZoneInfo(zone)) if zone is not None else booth_from
    return [text("print.booth", time=f"{there:%H:%M} {there.tzname() if zone is not None else 'UTC'}")]


def _codes(regime: Regime, scacs: tuple[str, ...], carrier_codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(scacs if regime is Regime.ACE else carrier_codes)


def _shipments(detail: TripDetail) -> list[SheetShipment]:
    clearances = {one.number: SheetClearance(one.clearance_text) for one in detail.shipments}
    return list(trip_shipments(detail.document, detail.row.regime, clearances))
