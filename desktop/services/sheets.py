"""Gathers what stands on sheets: the trip, what is known of its clearance, whom to phone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop import texts
from desktop.clock import Clock, SystemClock
from desktop.domain.arrival import PORTS
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import Customs, Regime, Verdict
from desktop.domain.times import parse_wall
from desktop.errors import Bug, UsageError
from desktop.printing.cover import LeadSheet, cover_sheet, with_qr
from desktop.printing.label import LabelSheet, refuse_unfit, stock_named
from desktop.printing.listing import shipment_list
from desktop.printing.qr import QrLayout
from desktop.printing.sheet import Contact, Look, Sheet, SheetKind, SheetState
from desktop.printing.summary import (
    SheetShipment,
    TripSheet,
    clearance_of,
    grown,
    summary_sheet,
    trip_shipments,
)
from desktop.printing.trip import eta_words
from desktop.printing.trip import names as driver_names
from desktop.services.files import read_messages
from desktop.services.importing import TRIPS, type_of
from desktop.services.lookups import Lookups, port_name
from desktop.services.printed import is_on_file
from desktop.services.views import ReadinessView, TripDetail, TripRow
from desktop.store import Store
from desktop.store.records import Company
from desktop.texts import text

if TYPE_CHECKING:
    from desktop.settings.tree import Printing

_LOGO_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """What may be said about one sheet; what is not said is as the settings have it.

    Attributes:
        language: `en` or `fr`.
        has_list: whether the ACE cover sheet lists the shipments.
        has_qr: whether it has the QR code.
        is_by_hand: whether the ACI lead sheet has the cargo control numbers in bars and the CRN by hand.
        stock: name of the labels.
        first: how many places of the first page of labels are used up.
        copies: how many labels each number gets.
        with_private: whether an evidence file shows private data of people.
    """

    language: str = ""
    has_list: bool | None = None
    has_qr: bool | None = None
    is_by_hand: bool | None = None
    stock: str = ""
    first: int = 0
    copies: int = 1
    with_private: bool = False


AS_SET = SheetOptions()


class Sheets:
    """Makes sheets of stored trips; only reads."""

    def __init__(self, store: Store, lookups: Lookups, clock: Clock) -> None:
        self._store = store
        self._lookups = lookups
        self._clock = clock

    async def make(self, kind: SheetKind, trip_id: str, options: SheetOptions = AS_SET) -> Sheet:
        """Return a sheet of a trip as it stands now, in the language of the settings unless the options name one.

        Raises:
            NotFound: there is no such trip.
            UsageError: there is no such sheet for its regime, or a label cannot bear its number.
        """
        chosen = await self.printing()
        with texts.speaking(options.language or language_of(chosen)):
            detail = await self._lookups.trip(trip_id)
            summary = await self._summary(detail, chosen)
            if kind in {SheetKind.CONTINGENCY, SheetKind.EVIDENCE}:
                from desktop.services.records import Records

                records = Records(self._store, self._lookups)
                if kind is SheetKind.CONTINGENCY:
                    return await records.contingency(detail, summary)
                return await records.evidence(detail, summary, with_private=options.with_private)
            return dressed(kind, summary, detail.document, chosen, options)

    async def summary(self, trip_id: str) -> TripSheet:
        """Return the driver's sheet of a trip as it stands now.

        Raises:
            NotFound: there is no such trip.
        """
        made = await self.make(SheetKind.SUMMARY, trip_id)
        if not isinstance(made, TripSheet):
            raise Bug("the driver's sheet is another one")
        return made

    async def printing(self) -> Printing:
        """Return the settings of sheets as they stand, `language` made out."""
        return await asyncio.to_thread(_printing_in, self._store.folder, texts.language())

    async def _summary(self, detail: TripDetail, chosen: Printing) -> TripSheet:
        row = detail.row
        company = await self._store.companies.by_id(row.company) if row.company else None
        known_at = clock_at(self._clock.now(), zone_of(row.regime, row.port) if row.port else None)
        return summary_sheet(
            detail.document,
            row.regime,
            company_name=company.name if company is not None else "",
            codes=_codes(row.regime, company.scacs, company.carrier_codes) if company is not None else (),
            port_name=row.port_name,
            eta_text=eta_text(row.regime, detail.document),
            shipments=_shipments(detail),
            verdict=row.readiness.verdict,
            readiness_text=_headline(row.readiness, known_at),
            booth_text="\n".join(_advice(row, known_at)),
            state=await self._state(detail),
            is_practice=await self._store.kind() == "practice",
            printed_at_text=printed_at(self._clock.now(), zone_of(row.regime, row.port) if row.port else None),
            version=row.version,
            phones=contacts(company, chosen),
            language=texts.language(),
            look=await asyncio.to_thread(look_of, chosen),
            has_driver=chosen.has_driver_name,
        )

    async def _state(self, detail: TripDetail) -> SheetState:
        """On file only where customs has the trip, and has it as it is printed: not what was changed since."""
        if detail.row.customs is Customs.CANCELLED:
            return SheetState.VOID
        trip = await self._store.trips.get(detail.row.id)
        rows = await self._store.outbox.for_trip(detail.row.id)
        is_taken = await is_on_file(trip, detail.row, rows, self._lookups)
        return SheetState.ON_FILE if is_taken else SheetState.DRAFT


def dressed(
    kind: SheetKind, summary: TripSheet, document: JSONObject, chosen: Printing, options: SheetOptions = AS_SET
) -> Sheet:
    """Return another sheet of the same trip that needs nothing but the trip itself; the caller speaks its language.

    Raises:
        UsageError: there is no such sheet for its regime, or a label cannot bear its number.
    """
    if not kind.serves(summary.regime):
        raise UsageError("print.other_regime", sheet=text(kind.name_key), regime=summary.regime.value)
    has_qr = summary.regime is Regime.ACE and _or(options.has_qr, chosen.has_qr)
    if has_qr and kind in {SheetKind.SUMMARY, SheetKind.ACE_COVER}:
        summary = with_qr(summary, document, QrLayout(chosen.qr_version, chosen.qr_delimiter))
    match kind:
        case SheetKind.ACE_COVER:
            names = [] if summary.has_driver else driver_names(document)
            named = replace(summary, driver=names[0], has_driver=True) if names else summary
            return cover_sheet(named, has_list=_or(options.has_list, chosen.has_cover_list))
        case SheetKind.ACI_LEAD:
            is_by_hand = _or(options.is_by_hand, chosen.lead_bars.name == "BY_HAND")
            return grown(LeadSheet, summary, is_by_hand=is_by_hand)
        case SheetKind.SHIPMENT_LIST:
            return shipment_list(summary, document)
        case SheetKind.LABELS:
            numbers = tuple(shipment.number for shipment in summary.shipments if shipment.number)
            return labels_of(summary, numbers, chosen, options)
        case _:
            return summary


def labels_of(frame: Sheet, numbers: tuple[str, ...], chosen: Printing, options: SheetOptions = AS_SET) -> LabelSheet:
    """Return a label for each number, with the carrier, marks and language of another sheet.

    Raises:
        UsageError: there are no numbers, there is no such stock, or a label cannot bear its number.
    """
    if not numbers:
        raise UsageError("print.no_numbers")
    stock = stock_named(options.stock or chosen.label_stock)
    refuse_unfit(numbers, frame.symbology, stock)
    return LabelSheet(
        regime=frame.regime,
        trip_number=frame.trip_number,
        company=frame.company,
        codes=frame.codes,
        marks=tuple(mark for mark in frame.marks if mark not in _standing_marks(frame.regime)),
        printed_at=frame.printed_at,
        version=frame.version,
        language=frame.language,
        look=frame.look,
        stock=stock,
        numbers=tuple(number for number in numbers for _ in range(max(1, options.copies))),
        first=options.first % stock.on_page,
    )


def language_of(chosen: Printing) -> str:
    """Return the language sheets are printed in: what is set, else that of the program."""
    return texts.language() if chosen.language.name == "SYSTEM" else chosen.language.value


def look_of(chosen: Printing) -> Look:
    """Return how the carrier wants its sheets. Blocks while the logo is read; one that cannot be read is left out."""
    logo = b""
    if chosen.logo:
        path = Path(chosen.logo)
        try:
            logo = path.read_bytes() if path.stat().st_size <= _LOGO_BYTES else b""
        except (OSError, ValueError):
            logo = b""
    return Look(logo=logo, foot=" ".join(chosen.foot.split()))


def contacts(company: Company | None, chosen: Printing) -> tuple[Contact, ...]:
    """Return whom the driver phones: dispatch, and the number of the settings."""
    name = company.name if company is not None else ""
    found = [Contact(text("sheet.dispatch"), name, company.phone)] if company is not None else []
    if chosen.phone.strip():
        found.append(Contact(text("sheet.second_phone"), name, chosen.phone.strip()))
    return tuple(found)


def sheet_of_file(
    name: str, kind: SheetKind = SheetKind.SUMMARY, options: SheetOptions = AS_SET, chosen: Printing | None = None
) -> Sheet:
    """Return a sheet of the trip in a file: a draft, since nothing is known of it.

    Raises:
        DesktopError: the file cannot be read, holds no trip or several, or the sheet needs a history.
    """
    trips = [one for one in read_messages(name) if is_object(one) and type_of(one) in TRIPS]
    if len(trips) != 1:
        raise UsageError("print.one_trip", exit_code=2, file=name, count=len(trips))
    if kind in {SheetKind.CONTINGENCY, SheetKind.EVIDENCE}:
        raise UsageError("print.needs_history", exit_code=2, sheet=text(kind.name_key))
    chosen = chosen or _as_delivered()
    document = trips[0]
    regime = TRIPS[str(document["data"])]
    port = document.get(PORTS[regime])
    with texts.speaking(options.language or language_of(chosen)):
        summary = summary_sheet(
            document,
            regime,
            company_name="",
            codes=(),
            port_name=port_name(regime, port) if isinstance(port, str) else "",
            eta_text=eta_text(regime, document),
            printed_at_text=printed_at(SystemClock().now(), None),
            version=1,
            phones=contacts(None, chosen),
            language=texts.language(),
            look=look_of(chosen),
            has_driver=chosen.has_driver_name,
        )
        return dressed(kind, summary, document, chosen, options)


def _printing_in(folder: Path, program: str) -> Printing:
    """Return the settings of sheets in a data folder; where none names a language, that of the program."""
    from desktop.settings.file import read_settings  # pydantic: not before the first paint
    from desktop.settings.tree import Language

    settings = read_settings(folder)
    chosen = settings.printing
    if chosen.language is not Language.SYSTEM:
        return chosen
    said = settings.appearance.language
    own = Language.FRENCH if program == Language.FRENCH else Language.ENGLISH
    return chosen.model_copy(update={"language": own if said is Language.SYSTEM else said})


def _as_delivered() -> Printing:
    from desktop.settings.tree import Printing

    return Printing()


def _or(said: bool | None, chosen: bool) -> bool:
    return chosen if said is None else said


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


def clock_at(moment: datetime, zone: str | None) -> str:
    """Return a time of day on the clock of the port, with its zone, else in UTC."""
    there = moment.astimezone(ZoneInfo(zone) if zone is not None else UTC)
    return f"{there:%H:%M} {there.tzname() or 'UTC'}"


def _standing_marks(regime: Regime) -> set[str]:
    """Return the marks that say where a trip stands: a label is of a shipment, whatever becomes of the trip."""
    return {text(f"sheet.mark_{state}_{regime.lower()}") for state in (SheetState.DRAFT, SheetState.VOID)}


def _headline(view: ReadinessView, known_at: str) -> str:
    """Return the one answer. Paper does not hear of a later hold, so a go says as of when it is known."""
    if view.verdict is Verdict.GO:
        return text("print.headline_go", time=known_at)
    if not view.reasons:
        return ""
    return text("print.headline", verdict=text(f"states.verdict.{view.verdict}"), reason=view.reasons[0].text)


def _advice(row: TripRow, known_at: str) -> list[str]:
    view = row.readiness
    zone = zone_of(row.regime, row.port) if row.port else None
    booth = [] if view.booth_from is None else [text("print.booth", time=clock_at(view.booth_from, zone))]
    if view.verdict is Verdict.GO:
        return [*booth, *(reason.text for reason in view.reasons), text("print.ask_dispatch")]
    return [*booth, *(reason.text for reason in view.reasons[1:]), text("print.known_at", time=known_at)]


def _codes(regime: Regime, scacs: tuple[str, ...], carrier_codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(scacs if regime is Regime.ACE else carrier_codes)


def _shipments(detail: TripDetail) -> list[SheetShipment]:
    regime = detail.row.regime
    clearances = {one.number: clearance_of(one.clearance, regime, one.entry) for one in detail.shipments}
    return list(trip_shipments(detail.document, regime, clearances))
