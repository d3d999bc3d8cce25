"""Makes the rows of a table of what is here. Everything here blocks: call it in a thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop.domain.documents import JSON, MISSING, JSONObject, get, is_object
from desktop.domain.lifecycle import Regime
from desktop.services.tables.column import ACTIVE, EXPIRY, ID, LOCAL, OTHER, REGIME, TRIP, layout
from desktop.services.tables.judging import wrong_values
from desktop.services.tables.spreading import Spread, column_of, is_private, packed_other, spread, spread_expiries
from desktop.store.bulk import Packed, PackedTrip

_STEP = 25


class Sheet(NamedTuple):
    """A table ready to be written: its columns, and its rows with only the cells that hold something."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    records: int

    def cells(self) -> Iterator[list[str]]:
        """Yield each row with a cell for each column."""
        for row in self.rows:
            yield [row.get(column, "") for column in self.columns]


def shipments_of(trips: Iterable[PackedTrip]) -> Iterator[Packed]:
    """Yield the shipments of trips in the order of their documents."""
    for trip in trips:
        document = json.loads(trip.document)
        found = document.get("shipments")
        for position, id_ in enumerate(trip.shipments):
            shipment: JSON = found[position] if isinstance(found, list) and position < len(found) else None
            if is_object(shipment):
                yield Packed(json.dumps(shipment), regime=trip.regime, id=id_, company=trip.company, trip=trip.number)


def sheet_of(kind: str, records: Sequence[Packed], *, with_private: bool, tick: Callable[[int, int], None]) -> Sheet:
    """Return the table of records; without `with_private` nothing private is in it.

    `tick` hears how far it is, and may raise to end it.
    """
    used: dict[str, None] = {}
    rows: list[dict[str, str]] = []
    for position, record in enumerate(records):
        if position % _STEP == 0:
            tick(position, len(records))
        for row in _rows(kind, record, with_private=with_private):
            used.update(dict.fromkeys(row))
            rows.append(row)
    tick(len(records), len(records))
    place = layout(kind)
    if not rows:
        used = dict.fromkeys(one for one in place.choices(Regime, lists=1) if with_private or not is_private(kind, one))
    return Sheet(tuple(sorted(used, key=place.rank)), tuple(rows), len(records))


def _rows(kind: str, record: Packed, *, with_private: bool) -> Iterator[dict[str, str]]:
    document: JSONObject = json.loads(record.document)
    is_shipment = kind == "shipments"
    regime = record.regime if is_shipment else None
    found = spread(kind, regime, document)
    _aside(found, wrong_values(kind, regime, document), document)
    cells, other = found.cells, found.other
    if not with_private:
        cells = {pointer: text for pointer, text in cells.items() if not is_private(kind, pointer)}
        other = {pointer: value for pointer, value in other.items() if not is_private(kind, pointer)}
    lines: list[dict[str, str]] = [{} for _ in range(max(1, found.goods))]
    for pointer, text in cells.items():
        column, number = column_of(pointer)
        lines[number][column] = text
    about: dict[str, str] = {ID: record.id, OTHER: packed_other(other)}
    if is_shipment:
        about.update({REGIME: record.regime.value, TRIP: record.trip})
    else:
        about.update({ACTIVE: "yes" if record.is_active else "no"}, **_facts(kind, record, with_private=with_private))
    lines[0] |= {name: text for name, text in about.items() if text}
    for line in lines[1:]:
        line |= {ID: record.id, REGIME: record.regime.value}
        for pointer in ("/shipmentControlNumber", "/cargoControlNumber"):
            if pointer in lines[0]:
                line[pointer] = lines[0][pointer]
    yield from lines


def _aside(found: Spread, wrong: set[str], document: JSONObject) -> None:
    """Put aside what no import would take from a cell; it is kept as it is."""
    for pointer in wrong:
        value = get(document, pointer)
        if pointer in found.cells and value is not MISSING:
            del found.cells[pointer]
            found.other[pointer] = value  # type: ignore[assignment] # not MISSING


def _facts(kind: str, record: Packed, *, with_private: bool) -> dict[str, str]:
    local: JSONObject = json.loads(record.local)
    expiries, rest = spread_expiries(kind, local)
    cells = {EXPIRY + name: day for name, day in expiries.items()}
    if rest and (with_private or kind != "drivers"):
        cells[LOCAL] = packed_other(rest)
    return cells
