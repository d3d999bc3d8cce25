"""Drivers, trucks, trailers and partners that are used again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from desktop.domain.codes import fold
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.changes import Changes
from desktop.services.views import LibraryRow, Subject
from desktop.store import Store
from desktop.store.records import LibraryItem, LibraryKind

KINDS: tuple[LibraryKind, ...] = ("driver", "truck", "trailer", "partner")


_PARTIES = ("shipper", "consignee")
_PARTY_LISTS = ("deliveryDestinations", "notifyParties", "thirdParties")


@dataclass(frozen=True, slots=True)
class TripUse:
    """A trip that used an item: its id, number, and arrival as typed (wall time at the port)."""

    trip: str
    number: str
    arrival: str


class Library:
    """The library of a data folder; a change here never changes a trip."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes
        self._removed: dict[str, LibraryItem] = {}

    async def items(
        self, kind: str, *, search: str = "", active_only: bool = True, company: str | None = None
    ) -> list[LibraryRow]:
        """Return the items of one kind by title."""
        found = await self._store.library.items(
            cast("LibraryKind", kind), search=search, active_only=active_only, company=company
        )
        return [_row(item) for item in found]

    async def item(self, item_id: str) -> LibraryRow:
        """Return one item.

        Raises:
            NotFound: there is none.
        """
        return _row(await self._store.library.get(item_id))

    async def save(
        self,
        kind: str,
        document: JSONObject,
        local: JSONObject,
        *,
        item_id: str | None = None,
        version: int | None = None,
        company: str | None = None,
        initiator: object | None = None,
    ) -> LibraryRow:
        """Keep a new item, or an item again; half-filled ones are kept as they are.

        Raises:
            Conflict: it was saved by somebody else since `version`.
        """
        key, title, subtitle = words_of(kind, document)
        item = await self._store.library.save(
            cast("LibraryKind", kind),
            document,
            local,
            key=key,
            title=title,
            subtitle=subtitle,
            company=company or "",
            item=item_id,
            version=version,
        )
        self._changes.announce(Subject.LIBRARY, [item.id], initiator)
        return _row(item)

    async def set_active(self, item_id: str, is_active: bool) -> None:
        """Put an item aside, or take it up again; nothing is deleted, since history needs it."""
        await self._store.library.set_active(item_id, is_active)
        self._changes.announce(Subject.LIBRARY, [item_id])

    async def same(
        self, kind: str, document: JSONObject, *, but: str | None = None, company: str | None = None
    ) -> list[LibraryRow]:
        """Return the other items that are called by the same number or name, active ones first.

        Upper and lower case and accents are alike.

        Args:
            kind: what it is.
            document: the item that is to be kept.
            but: its own id.
            company: whose it is; None looks at all.
        """
        key, title, _ = (fold(word).strip() for word in words_of(kind, document))
        if not key and not title:
            return []
        found = await self.items(kind, active_only=False, company=company)
        alike = [
            row
            for row in found
            if row.id != but
            and ((key and fold(row.key).strip() == key) or (title and fold(row.title).strip() == title))
        ]
        return sorted(alike, key=lambda row: not row.is_active)

    async def uses(self, item_id: str) -> tuple[TripUse, ...]:
        """Return the trips an item stands in or stood in when they were sent, by arrival, the latest first.

        Raises:
            NotFound: there is no such item.
        """
        item = await self._store.library.get(item_id)
        found: dict[str, TripUse] = {}
        for words in _sought(item.kind, item.document):
            for mention in await self._store.library.mentions(words):
                if is_used(item.kind, item.document, mention.document):
                    found[mention.trip] = TripUse(mention.trip, mention.number, mention.arrival)
        return tuple(sorted(found.values(), key=lambda use: use.arrival, reverse=True))

    async def remove(self, item_id: str) -> None:
        """Take out an item that no trip ever used; `restore` brings it back while the program runs.

        Raises:
            NotFound: there is no such item.
            UsageError: a trip used it, or it has numbers of its own; it can only be put aside.
        """
        item = await self._store.library.get(item_id)
        if await self.uses(item_id) or not await self._store.library.remove(item_id):
            raise UsageError("library.in_use")
        self._removed[item_id] = item
        self._changes.announce(Subject.LIBRARY, [item_id])

    async def restore(self, item_id: str) -> None:
        """Bring back an item that was taken out; nothing happens where it is there."""
        item = self._removed.pop(item_id, None)
        if item is not None:
            await self._store.library.restore(item)
            self._changes.announce(Subject.LIBRARY, [item_id])

    def forget_removed(self) -> None:
        """Bring back nothing any more that was taken out: a person was erased."""
        self._removed.clear()


def is_used(kind: str, document: JSONObject, trip: JSONObject) -> bool:
    """Tell whether an item stands in a trip's document: by number, people by number or name, partners by name."""
    if kind == "partner":
        name = _folded(document, "name")
        return bool(name) and any(_folded(party, "name") == name for party in _parties(trip))
    if kind == "truck":
        number, units = _folded(document, "number"), [trip.get("truck")]
        return bool(number) and any(is_object(unit) and _folded(unit, "number") == number for unit in units)
    if kind == "trailer":
        number = _folded(document, "number")
        return bool(number) and any(_folded(unit, "number") == number for unit in _rows(trip, "trailers"))
    own_number, own_name = _folded(document, "driverNumber"), _name_of(document)
    return any(
        (own_number and _folded(person, "driverNumber") == own_number) or (own_name and _name_of(person) == own_name)
        for person in (*_rows(trip, "drivers"), *_rows(trip, "passengers"))
    )


def _sought(kind: str, document: JSONObject) -> list[str]:
    """Return the texts that stand in every trip which uses an item."""
    names = {"partner": ("name",), "driver": ("driverNumber", "lastName")}.get(kind, ("number",))
    return [word for name in names if (word := _text(document, name).strip())]


def _parties(trip: JSONObject) -> Iterator[JSONObject]:
    for shipment in _rows(trip, "shipments"):
        for name in _PARTIES:
            party = shipment.get(name)
            if is_object(party):
                yield party
        for name in _PARTY_LISTS:
            yield from _rows(shipment, name)


def _rows(document: JSONObject, name: str) -> list[JSONObject]:
    rows = document.get(name)
    return [row for row in rows if is_object(row)] if isinstance(rows, list) else []


def _folded(document: JSONObject, name: str) -> str:
    return fold(_text(document, name)).strip()


def _name_of(person: JSONObject) -> str:
    first, last = _folded(person, "firstName"), _folded(person, "lastName")
    return f"{first} {last}" if first and last else ""


def wire_object(kind: str, document: JSONObject, regime: Regime) -> JSONObject:
    """Return what of an item goes into a trip of a regime.

    Units carry a list of plates in the library; an ACI trip, and a unit with one plate, takes the single object
    (protocol 15).
    """
    if kind in {"truck", "trailer"} and regime is Regime.ACI:
        plates = document.get("licensePlates")
        single: JSONObject = {name: value for name, value in document.items() if name != "licensePlates"}
        if isinstance(plates, list) and plates and "licensePlate" not in single:
            single["licensePlate"] = plates[0]
        return single
    return dict(document)


def words_of(kind: str, document: JSONObject) -> tuple[str, str, str]:
    """Return what people call an item by, the line it is listed by, and what tells it from others.

    Nothing private: no plate, birth date or document number stands in a list.
    """
    if kind == "driver":
        name = " ".join(part for part in (_text(document, "firstName"), _text(document, "lastName")) if part)
        return _text(document, "driverNumber"), name, _text(document, "driverNumber")
    if kind == "partner":
        address = document.get("address")
        place = address if is_object(address) else {}
        where = " ".join(part for part in (_text(place, "city"), _text(place, "stateProvince")) if part)
        return _text(document, "name"), _text(document, "name"), where
    return _text(document, "number"), _text(document, "number"), _text(document, "type")


def _text(document: JSONObject, name: str) -> str:
    value: JSON = document.get(name)
    return value if isinstance(value, str) else ""


def _row(item: LibraryItem) -> LibraryRow:
    return LibraryRow(
        id=item.id,
        version=item.version,
        company=item.company,
        kind=item.kind,
        key=item.key,
        title=item.title,
        subtitle=item.subtitle,
        document=item.document,
        local=item.local,
        is_active=item.is_active,
    )
