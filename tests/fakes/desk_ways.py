"""Starting trips over the desk in memory."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from desktop.clock import new_id
from desktop.domain.lifecycle import Customs, Delivery, Regime, Verdict
from desktop.domain.mirroring import Load, mirrored
from desktop.errors import UsageError
from desktop.services.views import ReadinessView, Subject, TemplateRow
from fakes import desk_sample as sample

if TYPE_CHECKING:
    from fakes.desk import FakeDesk
    from fakes.edit_session import FakeEditSession


class FakeStarting:
    """New trips without numbers, and templates that last as long as the desk."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.kept: dict[str, tuple[TemplateRow, dict[str, Any]]] = {}
        self.removed: dict[str, tuple[TemplateRow, dict[str, Any]]] = {}

    async def new(self, regime: Regime, company: str | None = None) -> FakeEditSession:
        self._desk.calls.append(("new", regime, company))
        return await self._add(regime, {"data": f"{regime.value}_TRIP"})

    async def copy(self, trip_id: str) -> FakeEditSession:
        return await self._like("copy", trip_id)

    async def repeat(self, trip_id: str) -> FakeEditSession:
        return await self._like("repeat", trip_id)

    async def mirror(self, trip_id: str, load: Load = Load.NOTHING) -> FakeEditSession:
        self._desk.calls.append(("mirror", trip_id, load))
        trip = self._desk.find(trip_id)
        made = mirrored(trip.regime, copy.deepcopy(trip.document), load)
        return await self._add(made.regime, made.document)

    async def _like(self, how: str, trip_id: str) -> FakeEditSession:
        self._desk.calls.append((how, trip_id))
        trip = self._desk.find(trip_id)
        document = copy.deepcopy(trip.document)
        document.pop("tripNumber", None)
        return await self._add(trip.regime, document)

    async def _add(self, regime: Regime, document: dict[str, Any]) -> FakeEditSession:
        made = sample.StoredTrip(
            new_id(self._desk.clock.now()), regime, document, {}, Delivery.NOT_SENT, Customs.NONE,
            ReadinessView(Verdict.WAIT, None, ()), errors=5,
        )  # fmt: skip
        self._desk.stored.append(made)
        self._desk.say(Subject.TRIP, made.id)
        return await self._desk.editing.open(made.id)

    async def templates(self, company: str | None = None) -> list[TemplateRow]:
        rows = [row for row, _ in self.kept.values() if company in {None, row.company}]
        return sorted(rows, key=lambda row: row.name.casefold())

    async def keep_template(self, trip_id: str, name: str) -> TemplateRow:
        self._desk.calls.append(("keep_template", trip_id, name))
        trip = self._desk.find(trip_id)
        if any(row.name.casefold() == name.casefold() for row, _ in self.kept.values()):
            raise UsageError("starting.name_taken", name=name)
        row = TemplateRow(new_id(self._desk.clock.now()), trip.company, trip.regime, name)
        self.kept[row.id] = (row, copy.deepcopy(trip.document))
        self._desk.say(Subject.TEMPLATE, row.id)
        return row

    async def from_template(self, template_id: str) -> FakeEditSession:
        self._desk.calls.append(("from_template", template_id))
        row, document = self.kept[template_id]
        return await self._add(row.regime, copy.deepcopy(document))

    async def rename_template(self, template_id: str, name: str) -> None:
        row, document = self.kept[template_id]
        self.kept[template_id] = (TemplateRow(row.id, row.company, row.regime, name), document)
        self._desk.say(Subject.TEMPLATE, template_id)

    async def remove_template(self, template_id: str) -> None:
        self.removed[template_id] = self.kept.pop(template_id)
        self._desk.say(Subject.TEMPLATE, template_id)

    async def bring_template_back(self, template_id: str) -> None:
        self.kept[template_id] = self.removed.pop(template_id)
        self._desk.say(Subject.TEMPLATE, template_id)
