"""Records with every field of the field table, and the way of a record through a file and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from desktop.domain.codes import code_list
from desktop.domain.field import Field, Kind
from desktop.domain.lifecycle import Regime
from desktop.services.tables import Mapping, PreviewRow, Table
from desktop.services.tables.column import layout
from desktop.services.tables.exporting import Sheet, sheet_of
from desktop.services.tables.guessing import mapping_for
from desktop.services.tables.previewing import Known, Previewer
from desktop.services.tables.reading import cells_in
from desktop.services.tables.spreading import put_together, steps_of
from desktop.services.tables.writing import table_bytes
from desktop.store.bulk import Packed

LIBRARY = ("drivers", "trucks", "trailers", "partners")
WHOLE = [(kind, None) for kind in LIBRARY] + [("shipments", regime) for regime in Regime]

SOUND = {
    "shipment_control_number": "AAAA754321",
    "cargo_control_number": "9SMP754321",
    "trip_number_ace": "AAAA0001",
    "csa_business_number": "123456789RM0001",
    "in_bond_irs_number": "12-3456789",
    "in_bond_foreign_destination": "12345",
    "consignment_reference": "REF1",
    "commodity_line_release_number": "ABCDEFGHIJ1234",
    "commodity_un_code": "UN1203",
    "commodity_weight_unit_ace": "LB",
    "driver_fast_card": "42700000000001",
    "truck_vin": "1M8GDM9AXKP042788",
    "commodity_value": "1200",
    "shipper_address_postal_code": "48201",
}


def value(field: Field, number: int = 0) -> Any:
    """A value that the field takes."""
    if field.name in SOUND:
        return SOUND[field.name]
    made = {
        Kind.BOOLEAN: number % 2 == 0,
        Kind.INTEGER: 7 + number,
        Kind.NUMBER: 12.5 + number,
        Kind.NUMBER_TEXT: f"{12 + number}.5",
        Kind.DATE: f"2026-01-{number + 1:02}",
        Kind.DATETIME: "2026-01-31 13:45:00",
    }
    if field.kind in made:
        return made[field.kind]
    if field.codes:
        known = [one.code for one in code_list(field.codes).codes]
        fitting = [code for code in known if field.minimum <= len(code) <= (field.maximum or 99)]
        return fitting[number % len(fitting)]
    longest = field.maximum or {Kind.DIGITS: 6, Kind.CODE: 4}.get(field.kind, 60)
    alphabet = {Kind.DIGITS: "0123456789012345", Kind.CODE: "ABCDEFGHIJKLMNOPQ"}
    return alphabet.get(field.kind, f"Sample {field.name} {number}")[:longest].strip()


def full(kind: str, regime: Regime | None, lists: int = 2) -> dict[str, Any]:
    """A record that has every field there is, each list `lists` times."""
    leaves = []
    for pointer in layout(kind).choices(Regime if regime is None else (regime,), lists):
        place = layout(kind).place(pointer)
        field = None if place is None else place.field if regime is None else place.fields.get(regime)
        if field is None:
            continue
        if field.kind is Kind.CONST:
            leaves.append((pointer, f"{regime}_SHIPMENT"))
            continue
        lines = range(lists if "*" in pointer else 1)
        leaves += [(pointer.replace("*", str(line)), value(field, line)) for line in lines]
    return put_together({}, [(steps_of(kind, pointer), one) for pointer, one in leaves])


def packed_record(
    document: Any, *, regime: Regime | None = None, local: Any = None, number: int = 0, **more: Any
) -> Packed:
    """A record as the store gives it."""
    return Packed(
        json.dumps(document),
        json.dumps(local or {}),
        regime=regime or Regime.ACE,
        id=f"01SAMPLE{number:018}",
        version=1,
        **more,
    )


def sheet(kind: str, records: Sequence[Packed], *, with_private: bool = True) -> Sheet:
    return sheet_of(kind, records, with_private=with_private, tick=lambda _done, _of: None)


def file_of(suffix: str, kind: str, records: Sequence[Packed], *, with_private: bool = True) -> bytes:
    """The bytes of an exported file."""
    made = sheet(kind, records, with_private=with_private)
    return table_bytes(suffix, kind, made.columns, made.cells(), lambda _: None)


def table_of(data: bytes, kind: str) -> Table:
    """The table in a file."""
    cells = cells_in(data, "sample")
    return Table(kind, "sample", cells.heads, cells.rows, cells.numbers, None, cells.is_typed)


def text_table(kind: str, *lines: str) -> Table:
    """A table from lines of CSV."""
    return table_of("\n".join(lines).encode(), kind)


def looked_at(
    table: Table,
    known: Sequence[Packed] = (),
    *,
    regime: Regime = Regime.ACE,
    mapping: Mapping | None = None,
    **more: Any,
) -> list[tuple[PreviewRow, Packed | None]]:
    """What would become of a table."""
    previewer = Previewer(table, mapping or mapping_for(table, table.kind), regime, "", Known(known, **more))
    return list(previewer.rows(lambda _done, _of: None))


def strict(value: Any) -> str:
    """JSON for comparing: 1, 1.0 and true differ, the order of members does not count."""
    return json.dumps(value, sort_keys=True)
