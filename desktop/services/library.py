"""Drivers, trucks, trailers and partners that are used again."""

from __future__ import annotations

from typing import cast

from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.services.changes import Changes
from desktop.services.views import LibraryRow, Subject
from desktop.store import Store
from desktop.store.records import LibraryItem, LibraryKind

KINDS: tuple[LibraryKind, ...] = ("driver", "truck", "trailer", "partner")


class Library:
    """The library of a data folder; a change here never changes a trip."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes

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
