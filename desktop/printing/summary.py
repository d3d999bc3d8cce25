"""The sheet a driver takes along, as pure data: what stands on it, in words, without where.

There is no place here for a passport, licence, FAST number or birth date, so no sheet can show one (domain 7.3, 7).
The trip number, the plates and the control numbers are exactly as transmitted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from desktop.domain.documents import JSON
from desktop.domain.lifecycle import Clearance, Regime, Verdict
from desktop.printing import trip
from desktop.printing.qr import QrCode
from desktop.printing.sheet import PLAIN, Contact, Look, Sheet, SheetKind, SheetState
from desktop.texts import text


@dataclass(frozen=True, slots=True)
class SheetClearance:
    """What is known of the broker's side of a shipment: the word, and the entry or transaction number with the time."""

    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SheetShipment:
    """One line of the table of shipments."""

    number: str
    type: str
    shipper: str
    consignee: str
    pieces: str
    weight: str
    description: str
    clearance: SheetClearance
    is_in_bond: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TripSheet(Sheet):
    """The driver's sheet: everything that is printed for one trip.

    Attributes:
        driver: name of the person in charge, empty where it is not to stand on paper; `crew` are the others.
        plate: of the tractor, with its state or province.
        trailers: unit number and plates of each.
        verdict: which sign stands beside the headline.
        headline: may the truck go to the booth, as known when it was printed.
        advice: why, and from when, line by line.
        has_driver: whether names are printed at all.
        qr: the QR code for CBP; None where it is not wanted or the trip does not fit into it.
        no_qr: why it was wanted and is not there.
    """

    kind: ClassVar[SheetKind] = SheetKind.SUMMARY

    driver: str
    crew: tuple[str, ...]
    truck: str
    plate: str
    trailers: tuple[str, ...]
    containers: tuple[str, ...]
    seals: tuple[str, ...]
    port: str
    eta: str
    verdict: Verdict
    headline: str
    advice: tuple[str, ...]
    shipments: tuple[SheetShipment, ...]
    contacts: tuple[Contact, ...]
    has_driver: bool = True
    qr: QrCode | None = None
    no_qr: str = ""

    @property
    def has_bars_in_table(self) -> bool:
        """Whether a control number's bars stand in its line: CBP wants none on what it is handed (domain 7.1)."""
        return self.regime is Regime.ACI


_Grown = TypeVar("_Grown", bound=TripSheet)


def grown(kind: type[_Grown], summary: TripSheet, **more: Any) -> _Grown:
    """Return another sheet of the same trip: all that stands on the driver's sheet, and what that kind adds."""
    return kind(**{field.name: getattr(summary, field.name) for field in fields(TripSheet)}, **more)


def summary_sheet(
    document: Mapping[str, JSON],
    regime: Regime,
    *,
    company_name: str,
    codes: Sequence[str],
    port_name: str,
    eta_text: str = "",
    shipments: Sequence[SheetShipment] | None = None,
    verdict: Verdict = Verdict.WAIT,
    readiness_text: str = "",
    booth_text: str = "",
    state: SheetState = SheetState.DRAFT,
    is_practice: bool = False,
    printed_at_text: str,
    version: int,
    phones: Sequence[Contact] = (),
    language: str = "en",
    look: Look = PLAIN,
    has_driver: bool = True,
) -> TripSheet:
    """Return the sheet of a trip document, which may be unfinished or wrong in any way.

    Args:
        document: the trip as transmitted.
        regime: ACE or ACI.
        company_name: the carrier.
        codes: its SCACs or carrier codes; the one the trip number begins with is printed.
        port_name: name of the port, without its code.
        eta_text: arrival with its zone; empty takes the document's wall time and says that no zone is stated.
        shipments: lines of the table; None takes them from the document, with nothing known of their clearance.
        verdict: sign beside the headline.
        readiness_text: the headline; empty says what a trip without any news says.
        booth_text: lines below it.
        state: whether customs has the trip.
        is_practice: whether all this was an exercise.
        printed_at_text: date and time of printing with zone.
        version: version of the trip document.
        phones: whom to phone; dispatch first.
        language: of the sheet; the caller speaks it.
        look: logo and foot.
        has_driver: whether names are printed.
    """
    number = trip.words(document.get("tripNumber"))
    is_on_file = state is SheetState.ON_FILE
    names = trip.names(document)
    truck = trip.member(document, "truck")
    port = trip.words(document.get("usPortOfArrival" if regime is Regime.ACE else "portOfEntry"))
    return TripSheet(
        regime=regime,
        trip_number=number,
        company=trip.words(company_name),
        codes=_codes(regime, codes, number),
        driver=names[0] if names and has_driver else "",
        crew=tuple(names[1:]) if has_driver else (),
        truck=trip.words(truck.get("number")),
        plate=trip.plates(truck),
        trailers=tuple(trip.trailer_words(item) for item in trip.objects(document.get("trailers"))),
        containers=tuple(
            filter(None, (trip.words(item.get("number")) for item in trip.objects(document.get("containers"))))
        ),
        seals=trip.seals(document),
        port=" ".join(filter(None, (port, trip.words(port_name)))),
        eta=trip.words(eta_text) or trip.eta_words(document.get("estimatedArrivalDateTime")),
        verdict=verdict,
        headline=trip.words(readiness_text) or text("sheet.headline_on_file" if is_on_file else "sheet.headline_draft"),
        advice=tuple(filter(None, (trip.words(line) for line in booth_text.splitlines()))),
        shipments=tuple(trip_shipments(document, regime) if shipments is None else shipments),
        contacts=tuple(phones) or (Contact(text("sheet.dispatch"), trip.words(company_name), ""),),
        marks=marks_of(regime, is_practice=is_practice, state=state),
        printed_at=printed_at_text,
        version=version,
        language=language,
        look=look,
        has_driver=has_driver,
    )


def marks_of(regime: Regime, *, is_practice: bool, state: SheetState) -> tuple[str, ...]:
    """Return what must be read on every page first; for CBP's officer in English, whatever the sheet speaks."""
    practice = [text(f"sheet.mark_practice_{regime.lower()}")] if is_practice else []
    standing = [] if state is SheetState.ON_FILE else [text(f"sheet.mark_{state}_{regime.lower()}")]
    return (*practice, *standing)


def _codes(regime: Regime, codes: Sequence[str], number: str) -> str:
    mine = [code for code in codes if number.startswith(code)] or list(codes) or [number[:4]]
    shown = ", ".join(filter(None, mine))
    return text(f"sheet.codes_{regime.lower()}", codes=shown) if shown else ""


def trip_shipments(
    document: Mapping[str, JSON], regime: Regime, clearances: Mapping[str, SheetClearance] | None = None
) -> tuple[SheetShipment, ...]:
    """Return a line for each shipment nested in a trip document.

    Args:
        document: the trip as transmitted.
        regime: ACE or ACI.
        clearances: what is known of each, by its control number; the rest is said to be not known.
    """
    nothing = SheetClearance(text("sheet.clearance_nothing"))
    known = clearances or {}
    lines = []
    for item in trip.objects(document.get("shipments")):
        number = trip.control_number(item, regime)
        lines.append(shipment_line(item, regime, known.get(number, nothing)))
    return tuple(lines)


def clearance_of(clearance: Clearance, regime: Regime, detail: str = "") -> SheetClearance:
    """Return how a sheet says a state of clearance; what is not good is in capitals, for there is no colour.

    Args:
        clearance: what is known.
        regime: CBP has entries, CBSA release requests.
        detail: entry or transaction number and time.
    """
    key = f"sheet.clearance_none_{regime.lower()}" if clearance is Clearance.NONE else f"sheet.clearance_{clearance}"
    return SheetClearance(text(key), detail)


def shipment_line(shipment: Mapping[str, JSON], regime: Regime, clearance: SheetClearance) -> SheetShipment:
    """Return the line of one shipment document, nested or by itself."""
    goods = trip.goods(shipment, regime)
    return SheetShipment(
        number=trip.control_number(shipment, regime),
        type=trip.words(shipment.get("type" if regime is Regime.ACE else "shipmentType")).replace("_", " "),
        shipper=trip.party_words(shipment.get("shipper")),
        consignee=trip.party_words(shipment.get("consignee")),
        pieces=goods.pieces,
        weight=goods.weight,
        description=goods.description,
        clearance=clearance,
        is_in_bond=regime is Regime.ACE and trip.is_in_bond(shipment),
    )
