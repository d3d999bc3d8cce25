"""Words for issues and for places in a document."""

from __future__ import annotations

from typing import Final

from desktop import texts
from desktop.domain.documents import JSON, is_object, split
from desktop.domain.fields import at
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import regime_of
from desktop.domain.shipment import NUMBER
from desktop.validation.issue import Issue
from desktop.validation.reading import text_of
from desktop.validation.rule import shown

_ROWS: Final = {
    "trailers": "trailer",
    "containers": "container",
    "drivers": "driver",
    "passengers": "passenger",
    "shipments": "shipment",
    "commodities": "commodity",
    "travelDocuments": "document",
    "deliveryDestinations": "delivery_destination",
    "notifyParties": "notify_party",
    "thirdParties": "third_party",
    "licensePlates": "plate",
    "sealNumbers": "seal",
    "marksAndNumbers": "mark",
    "cargoExemptions": "exemption",
}
"""Members whose elements are rows, and the key of the word for one of them."""

LONGEST_POSITION: Final = 9
"""Digits of a position anybody counts; longer ones are names."""

_NUMBERED: Final = frozenset({"trailer", "container"})


def sentence(issue: Issue) -> str:
    """Return the sentence of an issue in the program's language; a length counts as one or as many."""
    params = issue.params
    return texts.text(issue.text_key, **{"count": params.get("length", params.get("number")), **params})


def place(document: JSON, path: str, regime: Regime | None = None) -> str:
    """Return where a path leads, in words: truck 2013, VIN; shipment AAAA754321, commodity 2, weight.

    Units and shipments are called by their numbers, people by their position only.
    """
    steps = split(path)
    if not steps:
        return texts.text("places.whole")
    data = text_of(document, "data")
    whose = regime or regime_of(data) or Regime.ACE
    is_lone = data.endswith("_SHIPMENT")
    words: list[str] = []
    here: JSON = document
    pointer = ""
    for index, step in enumerate(steps):
        pointer += f"/{step}"
        here = _inside(here, step)
        following = steps[index + 1] if index + 1 < len(steps) else ""
        if following.isdigit() and step in _ROWS:
            continue
        word = _row(whose, steps[index - 1], step, here) if index and step.isdigit() else ""
        word = word or _name(whose, pointer, step, here, is_lone=is_lone)
        if word not in words[-1:]:  # a city of loading has a city of loading
            words.append(word)
    return texts.text("places.separator").join(words)


def _inside(here: JSON, step: str) -> JSON:
    if is_object(here):
        return here.get(step)
    if isinstance(here, list) and step.isdigit() and len(step) <= LONGEST_POSITION and int(step) < len(here):
        return here[int(step)]
    return None


def _row(regime: Regime, rows: str, step: str, here: JSON) -> str:
    """Return the word for an element of an array, by its number or its position."""
    kind = _ROWS.get(rows)
    if kind is None:
        return ""
    number = ""
    if kind in _NUMBERED:
        number = text_of(here, "number")
    elif kind == "shipment":
        number = text_of(here, NUMBER[regime])
    if number:
        return texts.text(f"places.{kind}", number=shown(number))
    position = int(step) + 1 if len(step) <= LONGEST_POSITION else step
    return texts.text(f"places.{kind}.position", position=position)


def _name(regime: Regime, pointer: str, step: str, here: JSON, *, is_lone: bool) -> str:
    if pointer == "/truck" and text_of(here, "number"):
        return texts.text("places.truck", number=shown(text_of(here, "number")))
    field = at(regime, pointer, is_lone_shipment=is_lone)
    if field is not None:
        return texts.text(f"fields.{field.name}")
    return shown(step)
