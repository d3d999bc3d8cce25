"""What watching notices and does, in memory: `alerts` and `gap` are what a test says is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.lifecycle import Customs, Delivery
from desktop.services.late import LateLine, LeftOut, Shifted, shifted_document
from desktop.services.noticed import AlertView, Missed
from desktop.services.nudge import Broker, Nudge
from desktop.services.views import Subject
from desktop.store.records import Trip

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeWatching:
    """`told` and `seen` hold what was said."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.alerts: list[AlertView] = []
        self.gap: Missed | None = None
        self.told: set[str] = set()
        self.seen: list[str] = []

    def start(self) -> None:
        self._desk.calls.append(("watch",))

    async def untold(self) -> list[AlertView]:
        return [one for one in self.alerts if not self.told.issuperset(one.ids)]

    async def mark_told(self, ids: Iterable[str]) -> None:
        self.told.update(ids)

    async def missed(self) -> Missed | None:
        return self.gap

    async def looked(self, trip_ids: Sequence[str]) -> dict[str, object]:
        self._desk.calls.append(("looked", tuple(trip_ids)))
        before, self._before = self.gap, self.gap
        self.seen += trip_ids
        if before is not None:
            left = tuple(one for one in before.trips if one.trip_id not in trip_ids)
            self.gap = replace(before, trips=left) if left else None
        self._desk.say(Subject.ALERT, *trip_ids)
        return dict.fromkeys(trip_ids)

    async def take_back(self, before: dict[str, object]) -> None:
        self._desk.calls.append(("not_looked", tuple(before)))
        self.gap = self._before
        self._desk.say(Subject.ALERT, *before)


class FakeLate:
    """The real arithmetic over the stored trips."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    def _look(self, trip_id: str, minutes: int) -> tuple[LateLine, dict[str, Any]]:
        trip = self._desk.find(trip_id)
        stored = Trip(
            id=trip.id, version=trip.version, company=trip.company, regime=trip.regime,
            number=str(trip.document.get("tripNumber", "")), port="", eta_local="", eta_utc=None,
            document=trip.document, local=trip.local, undo_position=0, deleted_at=None,
            created_at=self._desk.clock.now(), updated_at=self._desk.clock.now(),
        )  # fmt: skip
        line, after, _ = shifted_document(stored, trip.document, trip.local, minutes)
        if trip.customs in {Customs.ARRIVED, Customs.RELEASED}:
            return LateLine(line.trip_id, line.trip, line.regime, line.before, left_out=LeftOut.ARRIVED), after
        return replace(line, is_sent=trip.delivery is not Delivery.NOT_SENT), after

    async def preview(self, trip_ids: Sequence[str], minutes: int) -> list[LateLine]:
        self._desk.calls.append(("late", tuple(trip_ids), minutes))
        return [self._look(trip_id, minutes)[0] for trip_id in trip_ids]

    async def shift(self, trip_ids: Sequence[str], minutes: int) -> list[Shifted]:
        self._desk.calls.append(("shift", tuple(trip_ids), minutes))
        done = []
        for trip_id in trip_ids:
            line, after = self._look(trip_id, minutes)
            if line.left_out is None:
                trip = self._desk.find(trip_id)
                done.append(Shifted(line, trip.version + 1, trip.document, after))
                trip.document, trip.version = after, trip.version + 1
                self._desk.say(Subject.TRIP, trip_id)
        return done

    async def take_back(self, shifted: Sequence[Shifted]) -> list[str]:
        self._desk.calls.append(("not_late", tuple(one.line.trip_id for one in shifted)))
        for one in shifted:
            self._desk.find(one.line.trip_id).document = one.before
        return []


class FakeNudges:
    """Writes a letter into a temporary folder; `known` is the broker."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.known = Broker("Sample Customs Broker", "entries@broker.example", "519-555-0140", is_sure=True)

    async def broker(self, trip_id: str, number: str = "") -> Broker:
        self._desk.calls.append(("broker", trip_id, number))
        return self.known

    async def draft(self, trip_id: str, number: str = "", language: str = "") -> Nudge:
        self._desk.calls.append(("draft", trip_id, number))
        path = Path(tempfile.mkdtemp()) / "letter.eml"
        path.write_bytes(b"X-Unsent: 1\r\n\r\n")
        body = "Hello,\n\nWe have not seen an entry on file with CBP for this shipment:\n    AAAA754388\n"
        return Nudge(path, "mailto:", self.known.address, self.known, (number,), "Entry for AAAA754388", body)
