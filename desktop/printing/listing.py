"""The list of a trip's shipments, for the office, the broker and the warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.documents import JSON
from desktop.printing import trip
from desktop.printing.sheet import SheetKind
from desktop.printing.summary import TripSheet, grown


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentList(TripSheet):
    """Every shipment with what is known of it, and what they come to together."""

    kind: ClassVar[SheetKind] = SheetKind.SHIPMENT_LIST

    pieces: str
    weight: str

    @property
    def has_bars_in_table(self) -> bool:
        """No bars: the list is read, not scanned."""
        return False


def shipment_list(summary: TripSheet, document: Mapping[str, JSON]) -> ShipmentList:
    """Return the list of a trip whose driver's sheet is `summary`."""
    everything: list[JSON] = []
    for shipment in trip.objects(document.get("shipments")):
        everything.extend(trip.objects(shipment.get("commodities")))
    goods = trip.goods({"commodities": everything}, summary.regime)
    return grown(ShipmentList, summary, pieces=goods.pieces, weight=goods.weight)
