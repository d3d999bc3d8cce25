"""Finds the place in the document that customs or the gateway objects to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.crossing.news import Objection, Who
from desktop.domain.lifecycle import Regime
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
    """

    path: str
    text: str
    at: datetime
    frame_id: str
    code: str = ""
    field: str = ""


def located(one: Objection, regime: Regime, numbers: Sequence[str], at: datetime, frame_id: str) -> CrossingError:
    """Return an objection with its place in the trip.

    Args:
        one: what is objected to.
        regime: whose customs.
        numbers: the trip's control numbers in the document's order.
        at: our receipt (UTC).
        frame_id: the message.
    """
    return CrossingError(_path(one, regime, numbers), words(one), at, frame_id, one.code, one.field)


def words(one: Objection) -> str:
    """Return who objects and in which words; the code follows them (ui design 7)."""
    who = text(f"crossing.who.{one.who}")
    said = one.said or text("crossing.error.no_reason")
    if one.code and one.who is not Who.GATEWAY:
        return text("crossing.error.with_code", who=who, said=said, code=one.code)
    return text("crossing.error.plain", who=who, said=said)


def _path(one: Objection, regime: Regime, numbers: Sequence[str]) -> str:
    field = _LETTERS.sub("", one.field.lower())
    index = _shipment(one, numbers)
    if index is not None:
        member = _SHIPMENT_FIELDS.get(field, "") if regime is Regime.ACI else ""
        return f"/shipments/{index}/{member}".rstrip("/")
    if one.who is Who.GATEWAY and one.said.lower().startswith("trip number"):
        return "/tripNumber"  # the gateway names no field, but its words do (protocol 8, the page's own example)
    return _TRIP_FIELDS.get(field, "") if regime is Regime.ACI else ""


def _shipment(one: Objection, numbers: Sequence[str]) -> int | None:
    """Return the position of the one shipment an objection names, by its identifier or within its words."""
    if one.identifier in numbers:
        return list(numbers).index(one.identifier)
    named = [number for number in numbers if number and _names(one.said, number)]
    return list(numbers).index(named[0]) if len(named) == 1 else None


def _names(said: str, number: str) -> bool:
    return re.search(rf"(?<![A-Z0-9]){re.escape(number)}(?![A-Z0-9])", said) is not None
