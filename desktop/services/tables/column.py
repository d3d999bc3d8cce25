"""The columns a table may have: one for each field of the field table below the record, lists numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from desktop import texts
from desktop.domain.expiry import KINDS as PAPERS
from desktop.domain.field import Field, Kind
from desktop.domain.fields import FIELDS, path_for
from desktop.domain.lifecycle import Regime

BASES: Final = {
    "drivers": "/drivers/*",
    "trucks": "/truck",
    "trailers": "/trailers/*",
    "partners": "/shipments/*/shipper",
    "shipments": "/shipments/*",
}
"""Where in a trip a record of each kind goes: its fields are named after that."""

ID, ACTIVE, LOCAL, OTHER, REGIME, TRIP, EXPIRY = (
    *("#id", "#active", "#local", "#other", "#regime", "#trip"),
    "#expiry/",
)
"""Columns about the record that are not on the wire."""

GOODS: Final = "/commodities/*"
"""The one list whose elements are rows of the table, not numbered columns."""

_EXPIRIES: Final = {"drivers": PAPERS["driver"], "trucks": PAPERS["truck"], "trailers": PAPERS["trailer"]}
_ABOUT: Final = {
    "shipments": (REGIME, TRIP, OTHER, ID),
    "": (ACTIVE, LOCAL, OTHER, ID),
}
_LISTS: Final = {
    "travelDocuments": "document",
    "deliveryDestinations": "delivery_destination",
    "notifyParties": "notify_party",
    "thirdParties": "third_party",
    "licensePlates": "plate",
    "sealNumbers": "seal",
    "marksAndNumbers": "mark",
    "cargoExemptions": "exemption",
    "commodities": "commodity",
}
"""Members whose elements are numbered, and the word for one of them (`places.WORD.position`)."""

TWINS: Final = {
    "/shipmentControlNumber": "/cargoControlNumber",
    "/type": "/shipmentType",
    "/commodities/*/marksAndNumbers/0": "/commodities/*/marksAndNumbers",
}
"""Places of ACE and ACI that people give one name."""

_APART: Final = frozenset({"usAddress"})
"""Objects whose members are called after them always: a driver's "City" is not one in the USA."""
_NAMES_FIRST: Final = frozenset({"shipment_control_number", "cargo_control_number"})
_LAST: Final = frozenset({"data", "sendId", "companyKey", "operation", "autoSend"})
_LEAVES: Final = frozenset(Kind) - {Kind.OBJECT, Kind.ARRAY, Kind.TEXT_ARRAY}
_TWIN: Final = TWINS | {other: one for one, other in TWINS.items()}
_NUMBER = re.compile(r"/(0|[1-9][0-9]{0,3})(?=/|$)")
_MOST: Final = 100
"""Elements of one list a table can hold in columns."""


class Place(NamedTuple):
    """One field of a record.

    Attributes:
        template: JSON Pointer below the record, `*` for positions.
        fields: its row of the field table, by regime.
        order: where it stands among the columns.
    """

    template: str
    fields: Mapping[Regime, Field]
    order: int

    @property
    def field(self) -> Field:
        """The row of the regime that has it; ACE's where both do."""
        return self.fields.get(Regime.ACE) or self.fields[Regime.ACI]

    @property
    def is_secret(self) -> bool:
        """Whether it is a personal number or a birth date."""
        return any(field.is_secret for field in self.fields.values())


class Layout:
    """The places of one kind of record."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.places = _places(kind)
        self._by_template = {place.template: place for place in self.places}
        self._groups = _groups(kind)
        labels = [_text(place) for place in self.places]
        self._doubled = {label for label in labels if labels.count(label) > 1}
        self._labels: dict[str, str] = {}

    def place(self, pointer: str) -> Place | None:
        """Return the place a pointer below the record means, positions as numbers or `*`; None for an unknown one."""
        found = self._by_template.get(pointer)
        return found or self._by_template.get(template_of(pointer))

    def field(self, pointer: str, regime: Regime) -> Field | None:
        """Return the row of the field table for a column; None where the regime has no such field."""
        if pointer.startswith(EXPIRY):
            return EXPIRY_FIELD
        place = self.place(pointer)
        return place.fields.get(regime) if place is not None else None

    def at_home(self, pointer: str, regime: Regime) -> str:
        """Return the pointer a column has in a regime: its twin's, where only the other regime has it."""
        place = self.place(pointer)
        if place is None or regime in place.fields or self.kind != "shipments":
            return pointer
        return _TWIN.get(pointer, pointer)

    @property
    def about(self) -> tuple[str, ...]:
        """The columns that are not on the wire."""
        expiries = tuple(EXPIRY + name for name in _EXPIRIES.get(self.kind, ()))
        return expiries + _ABOUT.get(self.kind, _ABOUT[""])

    def label(self, pointer: str) -> str:
        """Return the head of a column: the field's label, with its group where others are called the same."""
        if pointer not in self._labels:
            self._labels[pointer] = self._made(pointer)
        return self._labels[pointer]

    def _made(self, pointer: str) -> str:
        place = self.place(pointer)
        if place is None:
            return _about(pointer)
        own = _text(place)
        steps = pointer.split("/")[1:]
        for index, step in enumerate(steps):
            if step.isdecimal():  # the innermost numbered list names it
                word = _LISTS[steps[index - 1]]
                group = texts.text(f"places.{word}.position", position=int(step) + 1)
                plain = texts.text(f"places.{word}.position", position="").strip()
                return group if index == len(steps) - 1 else _joined(group, own, plain)
        if steps[0] == "licensePlate":
            return texts.text("tables.single", label=_small(own))
        if own in self._doubled or steps[0] in _APART:
            if pointer.startswith(GOODS):
                return _joined(texts.text("places.commodity.position", position="").strip(), own)
            if len(steps) > 1 and steps[0] in self._groups:
                return _joined(self._groups[steps[0]], own)
            if len(place.fields) == 1 and len(steps) == 1:
                return texts.text("tables.only_for", label=own, regime=next(iter(place.fields)).value)
        return own

    def choices(self, regimes: Iterable[Regime], lists: int = 3) -> Iterator[str]:
        """Yield the columns a table may have, each numbered list `lists` times, in their order."""
        wanted = set(regimes)
        places = [place for place in self.places if wanted & set(place.fields)]
        seen: set[str] = set()
        for place in places:
            head, star, _ = place.template.removeprefix(GOODS).partition("/*")
            lead = GOODS if place.template.startswith(GOODS) else ""
            group = f"{lead}{head}{star}"
            if not star:
                yield place.template
            elif group not in seen:
                seen.add(group)
                members = [other.template for other in places if f"{other.template}/".startswith(f"{group}/")]
                for position in range(lists):
                    yield from (f"{lead}{head}/{position}{member[len(group) :]}" for member in members)
        yield from self.about

    def rank(self, pointer: str) -> tuple[int, int, int]:
        """Return what sorts columns: as the field table, all columns of one element of a list together."""
        place = self.place(pointer)
        if place is None:
            return len(self.places), self.about.index(pointer) if pointer in self.about else -1, 0
        found = _NUMBER.search(pointer)
        if found is None:
            return place.order, 0, 0
        group = template_of(pointer[: found.end()])
        first = next(other.order for other in self.places if f"{other.template}/".startswith(f"{group}/"))
        return first, int(found[1]) + 1, place.order


EXPIRY_FIELD: Final = Field(
    "expiry", None, None, Kind.DATE, pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", minimum=10, maximum=10
)


def layout(kind: str) -> Layout:
    """Return the places of `drivers`, `trucks`, `trailers`, `partners` or `shipments`, labelled as is spoken now."""
    return _layout(kind, texts.language())


@cache
def _layout(kind: str, _language: str) -> Layout:
    return Layout(kind)


def template_of(pointer: str) -> str:
    """Return a pointer with `*` for its positions."""
    return _NUMBER.sub("/*", pointer)


def _places(kind: str) -> tuple[Place, ...]:
    base = BASES[kind]
    found: dict[str, dict[Regime, Field]] = {}
    for regime in Regime:
        for field in FIELDS:
            paths = (path_for(field, regime), field.also_ace if regime is Regime.ACE else None)
            for path in paths:
                if path is not None and field.kind in _LEAVES and path.startswith(f"{base}/"):
                    found.setdefault(path[len(base) :], {})[regime] = field
    tables = {field.name: position for position, field in enumerate(FIELDS)}

    def order(entry: tuple[str, dict[Regime, Field]]) -> tuple[bool, bool, bool, int]:
        template, fields = entry
        names = {field.name for field in fields.values()}
        last = template[1:] in _LAST or template.startswith("/licensePlate/")
        return last, not names & _NAMES_FIRST, False, min(tables[name] for name in names)

    ordered = sorted(found.items(), key=order)
    return tuple(Place(template, fields, position) for position, (template, fields) in enumerate(ordered))


def _groups(kind: str) -> dict[str, str]:
    """Return the words for the objects right below a record, by member."""
    base = BASES[kind]
    found: dict[str, str] = {}
    for field in FIELDS:
        for path in (field.ace, field.aci):
            if path is not None and path.startswith(f"{base}/") and field.kind is Kind.OBJECT:
                found.setdefault(path[len(base) + 1 :], texts.text(f"fields.{field.name}"))
    return found


def _about(pointer: str) -> str:
    """Return the head of a column that is not on the wire."""
    if pointer.startswith(EXPIRY):
        name = pointer.removeprefix(EXPIRY)
        key = f"library.expiry.{name}"
        return texts.text(key) if texts.has(key) else texts.text("tables.expires", what=name)
    return texts.text(f"tables.about.{pointer[1:]}") if pointer.startswith("#") else pointer


def _text(place: Place) -> str:
    return texts.text(f"fields.{place.field.name}")


def _joined(group: str, own: str, plain: str = "") -> str:
    if own == group:
        return own
    if plain and own.startswith(plain):
        return f"{group} {own[len(plain) :].strip()}".strip()
    return f"{group} {_small(own)}"


def _small(words: str) -> str:
    """Return words with a small first letter, but for abbreviations."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
