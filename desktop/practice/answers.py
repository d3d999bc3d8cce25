"""The messages that practice customs and the practice gateway send, filled from templates (`practice/answers.json`).

In a template `{name}` stands for a value: alone in a string it is replaced by the value as it is, and its member is
left out where there is none; amid words it becomes text. `{"$each": "shipment", "item": ...}` in a list stands for one
item per shipment.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from desktop import assets
from desktop.practice.ledger import Record

PLACEHOLDERS = frozenset(
    {
        *("now", "customs_time", "company_key", "rns_company_key", "regime", "trip", "ccn", "count", "send_request"),
        *("shipment", "entry", "transaction", "driver", "office", "office_name", "port", "text", "rns", "notice"),
        *("code", "code_short", "code_long", "description", "trip_status"),
        *("reason_code", "reason_field", "reason_description", "reason_text"),
    }
)
"""Every name a template may use."""

_NAME = re.compile(r"\{([a-z_]+)\}")
_OMIT = object()
_ENTRY_DIGITS = 8


@cache
def table() -> dict[str, Any]:
    """Return the bundled templates, programs, reasons and words."""
    found: dict[str, Any] = assets.read_json("practice/answers.json")
    return found


def words(name: str, **values: object) -> str:
    """Return one of the gateway's own sentences."""
    sentence: str = table()["words"][name].format(**values)
    return sentence


def names_in(template: object) -> Iterator[str]:
    """Yield the names of all values a template asks for."""
    if isinstance(template, str):
        yield from _NAME.findall(template)
    elif isinstance(template, dict):
        for part in template.values():
            yield from names_in(part)
    elif isinstance(template, list):
        for part in template:
            yield from names_in(part)


def fill(template: object, values: Mapping[str, Any], each: Sequence[Mapping[str, Any]] = ()) -> Any:
    """Return a template with its values filled in.

    Args:
        template: JSON with `{name}` in its strings.
        values: what the names stand for; None leaves the member out.
        each: for every shipment the values of its own.
    """
    filled = _fill(template, values, each)
    return None if filled is _OMIT else filled


def _fill(template: object, values: Mapping[str, Any], each: Sequence[Mapping[str, Any]]) -> object:
    if isinstance(template, str):
        return _fill_text(template, values)
    if isinstance(template, dict):
        members = {name: _fill(part, values, each) for name, part in template.items()}
        return {name: part for name, part in members.items() if part is not _OMIT}
    if isinstance(template, list):
        items: list[object] = []
        for part in template:
            if isinstance(part, dict) and "$each" in part:
                items += [_fill(part["item"], {**values, **own}, each) for own in each]
            else:
                items.append(_fill(part, values, each))
        return [item for item in items if item is not _OMIT]
    return template


def _fill_text(template: str, values: Mapping[str, Any]) -> object:
    alone = _NAME.fullmatch(template)
    if alone is not None:
        found = values.get(alone[1])
        return _OMIT if found is None else found
    return _NAME.sub(lambda match: str(values.get(match[1]) or ""), template)


@cache
def _codes(name: str) -> dict[str, Any]:
    codes: dict[str, Any] = assets.read_json(f"codes/{name}.json")["codes"]
    return codes


def of_shipment(record: Record | None, number: str, trip: Record | None, seed: int) -> dict[str, Any]:
    """Return the values of one shipment: numbers drawn from the seed, so that each run gives the same."""
    source = hashlib.sha256(f"{seed}:{number}".encode()).digest()
    draw = random.Random(source)  # noqa: S311 - practice numbers, no secret
    document: Mapping[str, Any] = {} if record is None else record.document
    office = document.get("releaseOffice")
    digits = "".join(str(draw.randrange(10)) for _ in range(_ENTRY_DIGITS))
    return {
        "shipment": number,
        "entry": f"SMP{digits}",
        "transaction": str(draw.randrange(10**13, 10**14)),
        "office": office,
        "office_name": _codes("ca-release-offices").get(office) if isinstance(office, str) else None,
        "driver": _driver(trip),
    }


def of_trip(trip: Record | None) -> dict[str, Any]:
    """Return the values that a trip's own document gives."""
    document: Mapping[str, Any] = {} if trip is None else trip.document
    return {"port": document.get("usPortOfArrival") or document.get("portOfEntry"), "driver": _driver(trip)}


def of_release_code(code: object) -> dict[str, Any]:
    """Return number and names of an RNS release code; an unknown one has only its number."""
    names = _codes("rns-release-codes").get(code, {}) if isinstance(code, str) else {}
    return {"code": code, "code_short": names.get("shortName"), "code_long": names.get("longName")}


def of_office(number: object) -> dict[str, Any]:
    """Return number and name of a release office."""
    name = _codes("ca-release-offices").get(number) if isinstance(number, str) else None
    return {"office": number, "office_name": name}


def of_reason(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a reason for refusal (`answers.json`, reasons) puts into the answer."""
    reason = table()["reasons"][name]
    return {
        "reason_code": reason.get("code"),
        "reason_field": reason.get("field"),
        "reason_description": reason["description"],
        "reason_text": fill(reason["text"], values) if "text" in reason else None,
    }


def _driver(trip: Record | None) -> str | None:
    drivers = None if trip is None else trip.document.get("drivers")
    if not isinstance(drivers, list) or not drivers:
        return None
    return f"{drivers[0].get('firstName', '')} {drivers[0].get('lastName', '')}".strip()
