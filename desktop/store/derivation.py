"""What is read out of a document into columns, so that lists need not open documents.

The wire names are those of protocol 3 to 6; a value of another type than text counts as not there, since drafts
may hold anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from desktop.clock import to_text
from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_number
from desktop.store.column import plain, words_of

_PORT = {Regime.ACE: "usPortOfArrival", Regime.ACI: "portOfEntry"}
_WALL_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", re.ASCII)

NO_ETA = "~"  # sorts after every time: a draft without arrival stands last


@dataclass(frozen=True, slots=True)
class TripColumns:
    """The derived columns of a trip."""

    number: str
    port: str
    eta_local: str
    eta_sort: str
    words: str


def trip_columns(regime: Regime, document: JSONObject, local: JSONObject, eta_utc: datetime | None) -> TripColumns:
    """Return the derived columns of a trip's document."""
    eta_local = plain(document.get("estimatedArrivalDateTime"))
    is_time = _WALL_TIME.fullmatch(eta_local) is not None
    eta_sort = to_text(eta_utc) if eta_utc else eta_local.replace(" ", "T") if is_time else NO_ETA
    return TripColumns(
        number=plain(document.get("tripNumber")),
        port=plain(document.get(_PORT[regime])),
        eta_local=eta_local,
        eta_sort=eta_sort,
        words=words_of(document, local),
    )


def nested_shipments(document: JSONObject) -> list[JSONObject]:
    """Return the shipments of a trip's document; what is no object there counts as an empty one."""
    value = document.get("shipments")
    return [item if isinstance(item, dict) else {} for item in value] if isinstance(value, list) else []


def number_column(regime: Regime, shipment: JSON) -> str:
    """Return a shipment's control number as its column takes it, empty where there is none."""
    return plain(control_number(shipment, regime))
