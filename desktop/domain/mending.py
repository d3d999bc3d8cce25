"""Changes of a trip that mend a refusal by themselves: ACE IDs taken out, ports made equal (domain 4.6, 5.5)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from desktop.domain.documents import JSON, JSONObject, get, is_object, put, split

_ACE_ID: Final = "aceId"
_PORT: Final = "portOfEntry"


class Mend(StrEnum):
    """What mends it."""

    CLEAR_ACE_ID = "clear_ace_id"
    EQUAL_PORTS = "equal_ports"


def mended(document: JSONObject, mend: Mend, pointer: str = "") -> JSONObject | None:
    """Return the document mended; None where there is nothing to mend.

    Args:
        document: the trip.
        mend: what is done.
        pointer: the place that was named; of ACE IDs only those below it, else all of them.
    """
    made = _without_ace_ids(document, pointer) if mend is Mend.CLEAR_ACE_ID else _with_equal_ports(document)
    return made if is_object(made) and made != document else None


def _without_ace_ids(document: JSONObject, pointer: str) -> JSON:
    steps = split(pointer)
    whole = "/".join(["", *(steps[:-1] if steps[-1:] == (_ACE_ID,) else steps)]) if steps else ""
    part = get(document, whole) if whole else document
    if not isinstance(part, dict | list):
        return _without(document)
    made = _without(part)
    if made == part:  # it stands elsewhere
        return _without(document)
    return put(document, whole, made) if whole else made


def _without(value: JSON) -> JSON:
    if isinstance(value, list):
        return [_without(one) for one in value]
    if is_object(value):
        return {name: _without(inner) for name, inner in value.items() if name != _ACE_ID}
    return value


def _with_equal_ports(document: JSONObject) -> JSON:
    """Return the document with the trip's port on each shipment: the trip says where the truck goes."""
    port, shipments = document.get(_PORT), document.get("shipments")
    if not isinstance(port, str) or not port or not isinstance(shipments, list):
        return document
    return {
        **document,
        "shipments": [{**one, _PORT: port} if is_object(one) and one.get(_PORT) != port else one for one in shipments],
    }
