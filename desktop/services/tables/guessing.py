"""Guesses what the columns of a table hold: by the labels of the fields, the wire's own names, and what people say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from functools import cache
from typing import Final

from desktop import assets, texts
from desktop.domain.codes import fold
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.field import Kind
from desktop.domain.lifecycle import Regime
from desktop.services.tables.column import layout
from desktop.services.tables.table import KINDS, Mapping, Table
from desktop.services.tables.value import How, days_in, decimal_in

_WORDS = re.compile(r"#(?!\s*[0-9])|[0-9]+|[^\W\d_]+")
_SPELT: Final = {"#": "number", "no": "number", "nr": "number", "num": "number", "nbr": "number", "licence": "license"}
_POSITION = re.compile(r"/0(?=/|$)")
_LOOKED_AT: Final = 500
_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.INTEGER, Kind.NUMBER_TEXT})


def mapping_for(table: Table, kind: str) -> Mapping:
    """Return what is remembered for such heads, else what they suggest; and how numbers and days are written."""
    known = table.remembered
    if known is not None and known.kind == kind and len(known.columns) == len(table.heads):
        return known
    mapping = Mapping(kind, columns_for(table.heads, kind))
    return replace(mapping, how=_how(table, mapping))


def kind_for(heads: Sequence[str]) -> str:
    """Return the kind of table with such heads; empty where it is not clear."""
    scores = {kind: sum(bool(pointer) for pointer in columns_for(heads, kind)) for kind in KINDS}
    best = max(scores.values())
    found = [kind for kind, score in scores.items() if score == best]
    return found[0] if best and len(found) == 1 else ""


def columns_for(heads: Sequence[str], kind: str) -> tuple[str, ...]:
    """Return the pointer each head means, empty for one that means none; no pointer twice."""
    found = [""] * len(heads)
    taken: set[str] = set()
    for way in (_exactly, _as_label, _as_said):
        for position, head in enumerate(heads):
            pointer = "" if found[position] else way(head, kind)
            if pointer and pointer not in taken:
                taken.add(pointer)
                found[position] = pointer
    return tuple(found)


def _exactly(head: str, kind: str) -> str:
    return _labels(kind, str).get(head.strip(), "") or _pointer(head.strip(), kind)


def _pointer(head: str, kind: str) -> str:
    """Return a head that is the wire's own pointer."""
    found = layout(kind)
    if head in found.about:
        return head
    pointer = head if head.startswith("/") else ""
    place = found.place(pointer) if pointer else None
    if place is None:
        return ""
    is_whole = pointer.count("*") == place.template.startswith("/commodities/*/")
    return pointer if is_whole and not re.match(r"/commodities/[0-9]", pointer) else ""


def _as_label(head: str, kind: str) -> str:
    return _numbered(_labels(kind, folded), head)


def _as_said(head: str, kind: str) -> str:
    return _numbered(_said(kind), head)


def _numbered(known: AnyMapping[str, str], head: str) -> str:
    """Return the pointer for a head; a number in it is the position in a list."""
    words = folded(head)
    if words in known:
        return known[words]
    number = re.search(r"[0-9]+", words)
    if number is None or not 0 < int(number[0]) < 100:  # noqa: PLR2004 - columns of one list
        return ""
    first = known.get(f"{words[: number.start()]}1{words[number.end() :]}", "")
    return _POSITION.sub(f"/{int(number[0]) - 1}", first, count=1) if _POSITION.search(first) else ""


def folded(head: str) -> str:
    """Return a head for comparing: words without case, accents and punctuation."""
    words = [_SPELT.get(word, word) for word in _WORDS.findall(fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", head)))]
    return " ".join(word for position, word in enumerate(words) if position == 0 or word != words[position - 1])


@cache
def _labels(kind: str, made: Callable[[str], str]) -> AnyMapping[str, str]:
    found: dict[str, str] = {}
    for tongue in texts.LANGUAGES:  # a table may have been written by a window that spoke another one
        with texts.speaking(tongue):
            place = layout(kind)
            for pointer in place.choices(Regime, lists=1):
                found.setdefault(made(place.label(pointer)), pointer)
    return found


@cache
def _said(kind: str) -> AnyMapping[str, str]:
    said = assets.read_json("tables/heads.json")[kind]
    return {folded(head): pointer for pointer, heads in said.items() for head in heads}


def _how(table: Table, mapping: Mapping) -> How:
    """Return how numbers and days are written, by the cells that can mean only one thing."""
    place = layout(mapping.kind)
    marks: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    for position, pointer in enumerate(mapping.columns):
        fields = [place.field(pointer, regime) for regime in Regime] if pointer else []
        kinds = {field.kind for field in fields if field is not None}
        for row in table.rows[:_LOOKED_AT] if kinds & _NUMBERS else ():
            marks[decimal_in(row[position])] += 1
        for row in table.rows[:_LOOKED_AT] if kinds & {Kind.DATE, Kind.DATETIME} else ():
            orders[days_in(row[position])] += 1
    return How(_only(marks, "." if table.is_typed else ""), _only(orders, ""))


def _only(found: Counter[str], otherwise: str) -> str:
    """Return what all cells agree on."""
    said = [word for word in found if word]
    return said[0] if len(said) == 1 else otherwise


def to_json(mapping: Mapping) -> JSONObject:
    """Return a mapping as it is remembered."""
    return {"columns": list(mapping.columns), "decimal": mapping.how.decimal, "days": mapping.how.days}


def from_json(kind: str, heads: Sequence[str], value: JSONObject) -> Mapping | None:
    """Return a mapping that was remembered; None where it does not fit any more."""
    columns = value.get("columns")
    if not is_object(value) or not isinstance(columns, list) or len(columns) != len(heads):
        return None
    found = layout(kind)
    pointers = [
        one if isinstance(one, str) and (found.place(one) is not None or one in found.about) else "" for one in columns
    ]
    decimal, days = value.get("decimal"), value.get("days")
    how = How(
        decimal if isinstance(decimal, str) and decimal in {".", ","} else "",
        days if isinstance(days, str) and days in {"mdy", "dmy"} else "",
    )
    return Mapping(kind, tuple(pointers), how, is_remembered=True)
