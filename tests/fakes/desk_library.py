"""The library and remembered goods in memory."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from desktop.clock import new_id
from desktop.domain.codes import fold
from desktop.domain.lifecycle import Regime
from desktop.errors import NotFound, UsageError
from desktop.services.goods import Goods
from desktop.services.library import TripUse, is_used, words_of
from desktop.services.views import LibraryRow, Subject
from desktop.store import Conflict
from fakes import desk_sample as sample

if TYPE_CHECKING:
    from fakes.desk import FakeDesk

SHIPPED = datetime(2026, 11, 12, 15, 0, tzinfo=UTC)


class FakeGoods:
    """What partners shipped before: `all` holds pairs of a partner's name and goods."""

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        self._calls = calls
        self.all: list[tuple[str, Goods]] = []

    def add(self, partner: str, description: str, regime: Regime = Regime.ACE, **members: Any) -> Goods:
        made = {"description": description, "quantity": 35, "packagingUnit": "BOX", "weight": 1500, "weightUnit": "L"}
        goods = Goods(f"G{len(self.all)}", regime, description, {**made, **members}, 1, SHIPPED)
        self.all.append((fold(partner), goods))
        return goods

    async def known(self, company: str, regime: Regime, partner: str, words: str = "") -> list[Goods]:
        self._calls.append(("known", company, regime, partner, words))
        return [
            goods
            for name, goods in self.all
            if name == fold(partner) and goods.regime is regime and goods.is_active
            and fold(words) in fold(goods.description)
        ]  # fmt: skip

    async def of_partner(self, partner: str) -> list[Goods]:
        return [goods for name, goods in self.all if name == fold(partner)]

    async def forget(self, goods_id: str) -> None:
        self._set(goods_id, is_active=False)

    async def recall(self, goods_id: str) -> None:
        self._set(goods_id, is_active=True)

    def _set(self, goods_id: str, *, is_active: bool) -> None:
        self.all = [
            (name, replace(goods, is_active=is_active) if goods.id == goods_id else goods) for name, goods in self.all
        ]


class FakeLibrary:
    """Drivers, trucks, trailers and partners."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self._removed: dict[str, LibraryRow] = {}

    async def items(self, kind: str, *, search: str = "", active_only: bool = True) -> list[LibraryRow]:
        return [
            row
            for row in self._desk.all_library
            if row.kind == kind
            and (row.is_active or not active_only)
            and search.lower() in f"{row.title} {row.subtitle} {row.key}".lower()
        ]

    async def item(self, item_id: str) -> LibraryRow:
        for row in self._desk.all_library:
            if row.id == item_id:
                return row
        raise NotFound("store.item_not_found", item=item_id)

    async def save(
        self, kind: str, document: dict[str, Any], local: dict[str, Any], *, item_id: str | None = None,
        version: int | None = None, company: str | None = None, initiator: object | None = None,
    ) -> LibraryRow:  # fmt: skip
        old = next((row for row in self._desk.all_library if row.id == item_id), None)
        if old is not None and old.version != version:
            raise Conflict("library", old.version)
        made = LibraryRow(
            item_id or new_id(self._desk.clock.now()), (version or 0) + 1, company or sample.COMPANY, kind,
            *words_of(kind, document), document, local, old is None or old.is_active,
        )  # fmt: skip
        self._desk.all_library = [row for row in self._desk.all_library if row.id != made.id] + [made]
        self._desk.say(Subject.LIBRARY, made.id, initiator=initiator)
        return made

    async def set_active(self, item_id: str, is_active: bool) -> None:
        self._desk.all_library = [
            replace(row, is_active=is_active, version=row.version + 1) if row.id == item_id else row
            for row in self._desk.all_library
        ]
        self._desk.say(Subject.LIBRARY, item_id)

    async def same(
        self, kind: str, document: dict[str, Any], *, but: str | None = None, company: str | None = None
    ) -> list[LibraryRow]:
        key, title, _ = words_of(kind, document)
        return [
            row
            for row in self._desk.all_library
            if row.kind == kind and row.id != but
            and ((key and fold(row.key) == fold(key)) or (title and fold(row.title) == fold(title)))
        ]  # fmt: skip

    async def uses(self, item_id: str) -> tuple[TripUse, ...]:
        row = await self.item(item_id)
        return tuple(
            TripUse(trip.id, trip.document.get("tripNumber", ""), trip.document.get("estimatedArrivalDateTime", ""))
            for trip in self._desk.stored
            if is_used(row.kind, row.document, trip.document)
        )

    async def remove(self, item_id: str) -> None:
        if await self.uses(item_id):
            raise UsageError("library.in_use")
        self._removed[item_id] = await self.item(item_id)
        self._desk.all_library = [row for row in self._desk.all_library if row.id != item_id]
        self._desk.say(Subject.LIBRARY, item_id)

    async def restore(self, item_id: str) -> None:
        self._desk.all_library.append(self._removed.pop(item_id))
        self._desk.say(Subject.LIBRARY, item_id)

    def wire_object(self, row: LibraryRow, regime: Regime) -> dict[str, Any]:
        made = copy.deepcopy(row.document)
        if regime is Regime.ACI and "licensePlates" in made:
            made["licensePlate"] = made.pop("licensePlates")[0]
        return made
