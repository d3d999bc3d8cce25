"""Judges an uploaded message by the practice service's own table (`practice/rules.json`).

The table is a second, independent reading of the protocol reference (sections 2 to 7). It enforces what the reference
states without a conflict; what the reference only warns of, and arrival times in the past, pass. Like the real gateway
it answers with sentences, not with places in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from desktop import assets
from desktop.practice.personality import Personality

TRIPS = {"ACE_TRIP": "ACE_SHIPMENT", "ACI_TRIP": "ACI_SHIPMENT"}
SHIPMENTS = frozenset(TRIPS.values())
REQUESTS = frozenset({"ACE_SEND_REQUEST", "ACI_SEND_REQUEST", "RNS_SEND_REQUEST"})
KNOWN_DATA = frozenset(TRIPS) | SHIPMENTS | REQUESTS

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason for a refusal.

    Attributes:
        identifier: trip or shipment number at fault; None where the message has none.
        note: the gateway's sentence, ending with the number in brackets.
        shipment: position of the shipment at fault in its trip; None for the trip itself.
    """

    identifier: str | None
    note: str
    shipment: int | None = None

    def on_wire(self) -> dict[str, str]:
        """Return the element of `errors[]`."""
        named = {} if self.identifier is None else {"identifier": self.identifier}
        return {**named, "note": self.note}


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = assets.read_json("practice/rules.json")
    return table


@cache
def _codes(name: str) -> dict[str, Any]:
    codes: dict[str, Any] = assets.read_json(f"codes/{name}.json")["codes"]
    return codes


def note(kind: str, number: str | None, **values: object) -> str:
    """Return the gateway's sentence of a kind, with the number at fault behind it."""
    sentence: str = _table()["notes"][kind].format(**values)
    return sentence if number is None else f"{sentence} [{number}]"


def number_of(value: Mapping[str, Any], data: str) -> str | None:
    """Return the trip or shipment number of a message of type `data`, if it is text."""
    member = _table()["objects"].get(data, {}).get("number")
    found = value.get(member) if member else None
    return found if isinstance(found, str) else None


def number_label(data: str) -> str:
    """Return what the gateway calls the number of a message of type `data`."""
    label: str = _table()["objects"][data]["number_label"]
    return label


class RuleBook:
    """The judge of one practice gateway.

    Args:
        personality: its switches; here `key_type`, `unknown_fields` and `null_values` count.
        company_keys: the company keys that exist, for a provider's key.
    """

    def __init__(self, personality: Personality, company_keys: tuple[str, ...]) -> None:
        self._personality = personality
        self._company_keys = company_keys

    def judge(self, value: Mapping[str, Any]) -> list[Problem]:
        """Return every reason to refuse the message, the trip's first, then those of each shipment.

        A DELETE is judged by its envelope and number alone (protocol 2). `value["data"]` must be of `KNOWN_DATA`.
        """
        data: str = value["data"]
        number = number_of(value, data) or None
        is_deletion = value.get("operation") == "DELETE" and data not in REQUESTS
        if is_deletion:
            faults = list(self._object(value, "DELETE", "", is_open=True))
            if number is None:
                faults.append(("missing", {"label": number_label(data)}))
        else:
            faults = list(self._object(value, data, ""))
        problems = [Problem(number, note(kind, number, **values)) for kind, values in faults]
        if not self._is_company_known(value):
            problems.append(Problem(number, note("company_key", number)))
        if data in TRIPS and not is_deletion:
            problems += self._nested(value.get("shipments"), TRIPS[data])
        return problems

    def _is_company_known(self, value: Mapping[str, Any]) -> bool:
        return self._personality.key_type == "carrier" or value.get("companyKey") in self._company_keys

    def _nested(self, shipments: object, data: str) -> Iterator[Problem]:
        if not isinstance(shipments, list):
            return
        row = {"type": "object", "of": data}
        for index, shipment in enumerate(shipments):
            number = number_of(shipment, data) or None if isinstance(shipment, dict) else None
            for kind, values in self._value(shipment, row, "Shipment", is_root=True):
                yield Problem(number, note(kind, number, **values), index)
            if isinstance(shipment, dict) and not self._is_company_known(shipment):
                yield Problem(number, note("company_key", number), index)

    def _object(
        self, value: Mapping[str, Any], name: str, context: str, *, is_open: bool = False
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (kind of fault, what its sentence names) for one object of the table."""
        definition = _table()["objects"][name]
        rows = definition["rows"]
        waiver = definition.get("waived_by")
        is_waived = waiver is not None and value.get(waiver) is True
        for row in rows:
            found = value.get(row["name"], _ABSENT)
            label = _join(context, row["label"])
            if found is None and row["type"] != "any":
                if self._personality.null_values == "refuse":
                    yield "null", {"label": label}
                    continue
                found = _ABSENT
            if found is _ABSENT:
                if row["need"] and not (is_waived and row["name"] not in definition["always"]):
                    yield "missing", {"label": _join(context, row.get("label_for_missing", row["label"]))}
                continue
            if row["name"] == "shipments":  # judged one by one, each under its own number
                if not isinstance(found, list):
                    yield "array", {"label": label}
                continue
            yield from self._value(found, row, label)
        yield from _among_members(value, definition, context)
        if self._personality.unknown_fields == "refuse" and not is_open:
            known = {row["name"] for row in rows}
            yield from (("unknown", {"label": _join(context, member)}) for member in value if member not in known)

    def _value(
        self, value: object, row: Mapping[str, Any], label: str, *, is_root: bool = False
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        kind = row["type"]
        named = {"label": label or row.get("label_for_missing", "")}
        if kind == "any":
            return
        if kind == "none" or not _IS_KIND[kind](value):
            yield kind, named
        elif isinstance(value, str):
            yield from _text(value, row, label)
        elif isinstance(value, dict):
            yield from self._object(value, row["of"], "" if is_root else label)
        elif isinstance(value, list):
            if len(value) < row.get("min", 0):
                yield "few", named
            for position, item in enumerate(value, 1):
                item_label = label if len(value) == 1 else f"{label} {position}"
                element = row["each"] if "each" in row else {"type": "object", "of": row["of"]}
                yield from self._value(item, element, item_label)


_IS_KIND = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
}


def _join(context: str, label: str) -> str:
    return f"{context} {label}".strip()


def _text(value: str, row: Mapping[str, Any], label: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is wrong with one text: the first of length, shape, calendar and code that fails."""
    low, high = row.get("min", 0), row.get("max")
    if len(value) < low or (high is not None and len(value) > high):
        if high is None or (not value and low == 1):
            yield "short", {"label": label}
        else:
            yield "exact" if low == high else "length", {"label": label, "min": low, "max": high}
    elif "pattern" in row and re.fullmatch(row["pattern"], value, re.ASCII) is None:
        yield "shape", {"label": label, "shape": row["shape"]}
    elif "calendar" in row and not _is_in_calendar(value, row["calendar"]):
        yield "calendar", {"label": label}
    elif (row.get("listed") and value not in _codes(row["codes"])) or value not in row.get("only", (value,)):
        yield "code", {"label": label}
    elif value in row.get("refuse", {}):
        yield "refused", {"reason": row["refuse"][value]}
    elif any(value in _codes(row[name]) for name in ("foreign", "refuse_listed") if name in row):
        yield "foreign", {"label": label}


def _is_in_calendar(value: str, form: str) -> bool:
    try:
        datetime.strptime(value, form)  # noqa: DTZ007 - wire times have no zone
    except ValueError:
        return False
    return True


def _among_members(
    value: Mapping[str, Any], definition: Mapping[str, Any], context: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the members of one object owe each other."""
    groups = list(definition.get("any_of", ()))
    for member, cases in definition.get("when", {}).items():
        found = value.get(member)
        groups += [case for word, case in cases.items() if word == found]
    for group in groups:
        if all(value.get(member) in (None, "", []) for member in group["members"]):
            yield "missing", {"label": _join(context, group["label"])}
    rule = definition.get("per_code")
    if rule is not None:
        code = value.get(rule["member"])
        flags = _codes(rule["codes"]).get(code, {}) if isinstance(code, str) else {}
        labels = {row["name"]: row["label"] for row in definition["rows"]}
        for flag, member in rule["flags"].items():
            if flags.get(flag) and not value.get(member):
                yield "per_code", {"label": _join(context, labels[member])}
