"""Trips against what customs has, in memory: what a test says customs has."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.documents import JSONObject
from desktop.services.compared import Comparison, changed_fields

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeCompared:
    """Compares with `taken`, by trip: when, and the document of then."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.taken: dict[str, tuple[datetime, JSONObject]] = {}

    async def with_customs(self, trip_id: str) -> Comparison:
        if trip_id not in self.taken:
            return Comparison(None)
        at, document = self.taken[trip_id]
        trip = self._desk.find(trip_id)
        return Comparison(at, changed_fields(trip.regime, document, trip.document))
