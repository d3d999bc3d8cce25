"""Gathers what stands on a driver's sheet: the trip, what is known of its clearance, whom to phone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from desktop.clock import Clock, SystemClock
from desktop.domain.arrival import PORTS
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import Customs, Regime, Verdict
from desktop.domain.times import parse_wall
from desktop.errors import UsageError
from desktop.printing.summary import (
    Contact,
    SheetShipment,
    SheetState,
    TripSheet,
    clearance_of,
    summary_sheet,
    trip_shipments,
)
from desktop.printing.trip import eta_words
from desktop.services.files import read_messages
from desktop.services.importing import TRIPS, type_of
from desktop.services.lookups import Lookups, port_name
from desktop.services.standing import filing_of, held_version
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
            state=await self._state(detail),
            is_practice=is_practice,
            printed_at_text=printed_at(self._clock.now(), zone_of(row.regime, row.port) if row.port else None),
            version=row.version,
            phones=(Contact(text("sheet.dispatch"), company.name, company.phone),) if company is not None else (),
        )

    async def _state(self, detail: TripDetail) -> SheetState:
        """On file only where customs has the trip, and has it as it is printed: not what was changed since."""
        row = detail.row
        if row.customs not in _ON_FILE or row.is_changed_since_sent:
            return SheetState.DRAFT
        rows = await self._store.outbox.for_trip(row.id)
        filing = filing_of(rows)
        if filing is None:  # filed from elsewhere; what went out from here and was never filed is not on file
            return SheetState.DRAFT if held_version(rows) is not None else SheetState.ON_FILE
        trip = await self._store.trips.get(row.id)
        is_answered = await self._lookups.has_answered(trip, filing.row)
        is_this = filing.version is not None and not await self._lookups.is_other_version(trip, filing.version)
        return SheetState.ON_FILE if is_answered and is_this else SheetState.DRAFT


def sheet_of_file(name: str) -> TripSheet:
    """Return the sheet of the trip in a file: a draft, since nothing is known of it.

    Raises:
        DesktopError: the file cannot be read, or holds no trip or several.
    """
    trips = [one for one in read_messages(name) if is_object(one) and type_of(one) in TRIPS]
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
    return _in_words(wall, wall.replace(tzinfo=ZoneInfo(zone)).tzname() or "")


def printed_at(moment: datetime, zone: str | None) -> str:
    """Return date and time of printing on the clock of the port, else in UTC."""
    there = moment.astimezone(ZoneInfo(zone) if zone is not None else UTC)
    return _in_words(there, there.tzname() or "")


def _in_words(moment: datetime, zone: str) -> str:
    """Return a time in the catalogue's words: `strftime` would follow the system's language."""
    return eta_words(f"{moment:%Y-%m-%d %H:%M:%S}", zone)


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
    regime = detail.row.regime
    clearances = {one.number: clearance_of(one.clearance, regime, one.entry) for one in detail.shipments}
    return list(trip_shipments(detail.document, regime, clearances))
