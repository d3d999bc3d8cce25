"""Finds the place in the document that customs or the gateway objects to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.crossing.news import Objection, Who
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import NUMBER
from desktop.texts import text

_LETTERS: Final = re.compile(r"[^a-z]")

_TRIP_FIELDS: Final = {
    "conveyancereferencenumber": "/tripNumber",
    "crn": "/tripNumber",
    "tripnumber": "/tripNumber",
    "port": "/portOfEntry",
    "portofentry": "/portOfEntry",
    "estimatedarrivaldatetime": "/estimatedArrivalDateTime",
    "estimatedarrivaldate": "/estimatedArrivalDateTime",
    "truck": "/truck",
    "trailers": "/trailers",
    "drivers": "/drivers",
}
"""CBSA's field names (protocol 10 knows no list) as far as they name one field of a trip."""

_SHIPMENT_FIELDS: Final = {
    "cargocontrolnumber": "cargoControlNumber",
    "ccn": "cargoControlNumber",
    "portofentry": "portOfEntry",
    "releaseoffice": "releaseOffice",
    "shipper": "shipper",
    "consignee": "consignee",
    "estimatedarrivaldate": "estimatedArrivalDate",
}
"""The same of a shipment."""


_NUMBER: Final = "number"
"""Stands for what a regime calls the number of a shipment."""

_SAID_OF_SHIPMENT: Final = (
    (r"control number|\bscn\b|\bccn\b|linked to another|shipment already on file", _NUMBER),
    (r"\bconsignee\b", "consignee"),
    (r"\bshipper\b", "shipper"),
    (r"port of entry|trip port", "portOfEntry"),
    (r"release office", "releaseOffice"),
    (r"bond number", "inBondDetails"),
)
"""What the gateway's and customs' sentences call a field of a shipment (protocol 8, domain 4.6 and 5.5)."""

_SAID_OF_TRIP: Final = (
    (r"trip number|manifest already on file|conveyance reference|\bcrn\b", "/tripNumber"),
    (r"port of (arrival|entry)|trip port|port code", "/port"),
    (r"estimated (time of )?arrival|arrival date|\beta\b", "/estimatedArrivalDateTime"),
    (r"person in charge|travel doc|\bdrivers?\b|\bcrew\b|trip party", "/drivers"),
    (r"\btrailers?\b", "/trailers"),
    (r"\bvin\b", "/truck/vinNumber"),
    (r"\btruck\b|licen[cs]e plate|conveyance ace id", "/truck"),
)
"""The same of a trip; `/port` is the regime's own."""

_PORTS: Final = {Regime.ACE: "/usPortOfArrival", Regime.ACI: "/portOfEntry"}

_ACE_CODES: Final = {"009": "/tripNumber", "033": "/port", "401": "/truck", "402": "/truck"}
"""CBP's codes that name a field of the trip (domain 4.6)."""

_ACE_CODES_OF_SHIPMENT: Final = {"005": "consignee", "017": _NUMBER, "032": "inBondDetails"}
"""The same of a shipment."""

_OTHER: Final = {"portOfEntry": Regime.ACE, "releaseOffice": Regime.ACE, "inBondDetails": Regime.ACI}
"""Members of a shipment and the regime that has none such."""


@dataclass(frozen=True, slots=True)
class CrossingError:
    """One objection that still stands.

    Attributes:
        path: JSON Pointer of the place it is about; empty where only the trip is known.
        text: who said what, in their words.
        at: our receipt of it (UTC).
        frame_id: the message it came in.
        code: the code as received.
        field: the field as they name it.
        who: who said it (`crossing.news.Who`).
        said: the words alone.
    """

    path: str
    text: str
    at: datetime
    frame_id: str
    code: str = ""
    field: str = ""
    who: str = ""
    said: str = ""


def located(one: Objection, regime: Regime, numbers: Sequence[str], at: datetime, frame_id: str) -> CrossingError:
    """Return an objection with its place in the trip.

    Args:
        one: what is objected to.
        regime: whose customs.
        numbers: the trip's control numbers at their places in the document, empty where one has none.
        at: our receipt (UTC).
        frame_id: the message.
    """
    path = _path(one, regime, numbers)
    return CrossingError(path, words(one), at, frame_id, one.code, one.field, one.who.value, one.said)


def words(one: Objection) -> str:
    """Return who objects and in which words; the code follows them (ui design 7)."""
    who = text(f"crossing.who.{one.who}")
    said = one.said or text("crossing.error.no_reason")
    if one.code and one.who is not Who.GATEWAY:
        return text("crossing.error.with_code", who=who, said=said, code=one.code)
    return text("crossing.error.plain", who=who, said=said)


def _path(one: Objection, regime: Regime, numbers: Sequence[str]) -> str:
    """Return the place by the field they name, by their code, else by their words."""
    field = _LETTERS.sub("", one.field.lower()) if regime is Regime.ACI else ""
    index, member = _shipment(one, numbers), _member(one, regime, field)
    if index is not None:
        return f"/shipments/{index}/{member}".rstrip("/")
    of_trip = _TRIP_FIELDS.get(field) or _of_trip(one)
    if of_trip:
        return _PORTS[regime] if of_trip == "/port" else of_trip
    return f"/shipments/0/{member}" if member and len(numbers) == 1 else ""


def _member(one: Objection, regime: Regime, field: str) -> str:
    """Return the field of a shipment that is meant; empty where none is known or the regime has none such."""
    member = _SHIPMENT_FIELDS.get(field, "")
    if not member and one.who is Who.CBP:
        member = _ACE_CODES_OF_SHIPMENT.get(one.code, "")
    member = member or _first_said(one, _SAID_OF_SHIPMENT)
    if member == _NUMBER:
        return NUMBER[regime]
    return "" if regime is _OTHER.get(member) else member


def _of_trip(one: Objection) -> str:
    return (_ACE_CODES.get(one.code, "") if one.who is Who.CBP else "") or _first_said(one, _SAID_OF_TRIP)


def _first_said(one: Objection, names: Sequence[tuple[str, str]]) -> str:
    said = one.said.lower()
    return next((name for pattern, name in names if re.search(pattern, said)), "")


def _shipment(one: Objection, numbers: Sequence[str]) -> int | None:
    """Return the position of the one shipment an objection names, by its identifier or within its words."""
    if one.identifier and one.identifier in numbers:
        return list(numbers).index(one.identifier)
    named = [number for number in numbers if number and _names(one.said, number)]
    return list(numbers).index(named[0]) if len(named) == 1 else None


def _names(said: str, number: str) -> bool:
    return re.search(rf"(?<![A-Z0-9]){re.escape(number)}(?![A-Z0-9])", said) is not None
