"""The code lists that travel with the program: what a code means, and which code words mean.

The lists are copies, and copies age: a code that is missing here may well be right (domain 3.2), so nothing in this
module judges. A list is read when it is first asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from desktop import assets

_NOT_OFFERED: Final = {
    "us-ports": frozenset({"9900", "9997", "9999"}),
    "ca-release-offices": frozenset({"1000"}),
    "operation-types": frozenset({"SYNC", "CANCEL_SYNC"}),
}
"""Placeholders, and codes whose meaning is not known: readable, but not put forward."""

_PARTS_OF: Final = {
    "plate-states": "states-provinces",
    "loaded-on-types-ace": "loaded-on-types",
    "loaded-on-types-aci": "loaded-on-types",
    "weight-units-ace": "weight-units",
    "weight-units-aci": "weight-units",
}
"""Lists that are a part of a file, by the name the field table uses."""


class Code(NamedTuple):
    """One code: what is sent, what it means, and a second line (state, office, ...)."""

    code: str
    label: str
    detail: str = ""


class CodeList:
    """One code list.

    Attributes:
        name: as in the field table.
        source: where the copy was taken from, for the user to judge.
        date: how old the copy is (year, month or day, as far as known).
        codes: every code in the order of the list.
    """

    def __init__(self, name: str, source: str, date: str, codes: Mapping[str, Any]) -> None:
        self.name = name
        self.source = source
        self.date = date
        self._facts = codes
        self.codes = tuple(_code(code, entry) for code, entry in codes.items())
        self._by_code = {code.code: code for code in self.codes}
        self._folded: tuple[tuple[str, str, Code], ...] | None = None

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self.codes)

    def label(self, code: str) -> str | None:
        """Return what `code` means, or None where the list does not have it."""
        found = self._by_code.get(code)
        return found.label if found else None

    def facts(self, code: str) -> Mapping[str, Any]:
        """Return what else the list says of `code` (a state's country, what a document needs); empty where nothing."""
        entry = self._facts.get(code)
        return entry if isinstance(entry, dict) else {}

    def search(self, words: str, limit: int = 20) -> list[Code]:
        """Return the codes that match every one of `words`, by code, meaning or detail: the best first.

        Codes that are not put forward (placeholders, types no longer accepted) are left out.
        """
        if self._folded is None:
            hidden = _NOT_OFFERED.get(self.name, frozenset())
            self._folded = tuple(
                (fold(code.code), fold(f"{code.code} {code.label} {code.detail}"), code)
                for code in self.codes
                if code.code not in hidden and self.facts(code.code).get("in_2026_list") is not False
            )
        wanted = fold(words).split()
        whole = " ".join(wanted)
        found = [
            (_rank(whole, code, text), position, entry)
            for position, (code, text, entry) in enumerate(self._folded)
            if all(word in text for word in wanted)
        ]
        return [entry for _, _, entry in sorted(found)[:limit]]


def fold(text: str) -> str:
    """Return `text` for comparing: no case, no accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _rank(words: str, code: str, text: str) -> int:
    if words == code:
        return 0
    if code.startswith(words):
        return 1
    return 2 if f" {words}" in text else 3


def _code(code: str, entry: Any) -> Code:
    if isinstance(entry, str):
        return Code(code, entry)
    if isinstance(entry, list):
        return Code(code, code.capitalize())
    label = entry.get("label") or entry.get("name") or entry.get("longName") or code
    detail = entry.get("state") or entry.get("port") or entry.get("country") or entry.get("note") or ""
    return Code(code, label, detail)


@cache
def code_list(name: str) -> CodeList:
    """Return the list called `name` (a file of `resources/codes`, or a part of one).

    Raises:
        Bug: there is no such list.
    """
    raw = assets.read_json(f"codes/{_PARTS_OF.get(name, name)}.json")
    codes = dict(_members(name, raw["codes"]))
    return CodeList(name, "; ".join(raw["_source"]), raw["_date"], codes)


def _members(name: str, codes: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Yield what of a file belongs to the list `name`; `NP` (no plate) is a state on plates only."""
    regime = name.rpartition("-")[2]
    for code, entry in codes.items():
        if (
            (name == "states-provinces" and code == "NP")
            or (name.startswith("loaded-on-types-") and regime.upper() not in entry)
            or (name.startswith("weight-units-") and entry[regime] is None)
        ):
            continue
        yield code, entry
