"""The field table: one row per field of ACE_TRIP, ACI_TRIP and their shipments, and how to find it.

Limits, needs and code lists stand here once; checks, wire models and editors all read them from here. Where the two
regimes write a field differently (another limit, list or JSON type) it has two rows, `NAME_ace` and `NAME_aci`;
otherwise one row serves both. Source: protocol 2 to 6.
"""

from __future__ import annotations

import re

from desktop.domain.field import Field, Kind, Need
from desktop.domain.field_rows_shipment import SHIPMENT
from desktop.domain.field_rows_trip import TRIP
from desktop.domain.lifecycle import Regime

__all__ = ["ENVELOPE", "FIELDS", "Field", "Kind", "Need", "at", "by_name", "fields_of", "need_for", "path_for"]

FIELDS: tuple[Field, ...] = TRIP + SHIPMENT
"""The whole table."""

ENVELOPE: frozenset[str] = frozenset(
    prefix + name
    for prefix in ("", "shipment_")
    for name in ("data", "send_id", "company_key", "operation", "auto_send")
)
"""Names of the rows that are set anew for each send and that nobody edits."""

_POSITION = re.compile(r"/(?:0|[1-9][0-9]*|-)(?=/|$)")
_BY_NAME = {field.name: field for field in FIELDS}


def path_for(field: Field, regime: Regime) -> str | None:
    """Return the pointer template of `field` on a trip of `regime`; None where that regime has no such field."""
    return field.ace if regime is Regime.ACE else field.aci


def need_for(field: Field, regime: Regime) -> Need:
    """Return whether `regime` wants the field."""
    return field.need_ace if regime is Regime.ACE else field.need_aci


def fields_of(regime: Regime) -> tuple[Field, ...]:
    """Return the rows `regime` has, in the order of the table."""
    return tuple(field for field in FIELDS if path_for(field, regime) is not None)


def _index(regime: Regime) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field in FIELDS:
        path = path_for(field, regime)
        if path is not None:
            found[path] = field
        if regime is Regime.ACE and field.also_ace is not None:
            found[field.also_ace] = field
    return found


_BY_PATH = {regime: _index(regime) for regime in Regime}


def by_name(name: str) -> Field:
    """Return the row called `name`.

    Raises:
        KeyError: there is none.
    """
    return _BY_NAME[name]


def at(regime: Regime, pointer: str, *, is_lone_shipment: bool = False) -> Field | None:
    """Return the row for a concrete place in a document; None where the table has none.

    Args:
        regime: whose document it is.
        pointer: JSON Pointer into the document as read, positions as numbers.
        is_lone_shipment: the document is a shipment by itself, not a trip.
    """
    template = _POSITION.sub("/*", pointer)
    return _BY_PATH[regime].get(f"/shipments/*{template}" if is_lone_shipment else template)
