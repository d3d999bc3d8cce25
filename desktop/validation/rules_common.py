"""Rules both regimes share, about single fields (domain 3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, Missing
from desktop.domain.fields import FIELDS, Field, Kind
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import vin_problem
from desktop.validation.issue import Issue, Severity
from desktop.validation.limits import is_missing, limited, limits, normal_text
from desktop.validation.reading import decimal_of, has, rows_in, text_of
from desktop.validation.rule import Rule, Scene, Scope, ask, shown, stop

VAGUE = frozenset({
    "FREIGHT", "PARTS", "PART", "GOODS", "CARGO", "MERCHANDISE",
    "MISC", "MISCELLANEOUS", "VARIOUS", "EQUIPMENT", "SUPPLIES", "MATERIAL",
    "MATERIALS", "PRODUCT", "PRODUCTS", "ITEMS", "STUFF", "FAK",
    "STC", "SAMPLES", "SAMPLE", "CONSOLIDATED", "PALLETS", "BOXES",
    "SKIDS", "GENERAL MERCHANDISE", "GENERAL CARGO", "GENERAL FREIGHT", "FREIGHT ALL KINDS", "SAID TO CONTAIN",
})  # fmt: skip
"""Descriptions that say nothing when they stand alone (C17)."""

CLOSED_TRAILERS = frozenset({"2B", "4B", "CL", "CZ", "RT", "TF", "TL", "TW"})
"""Trailer and container types with doors to seal (C10)."""

_CODE_ROWS = tuple(field.name for field in FIELDS if field.kind is Kind.CODE)


def _upper_case(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C01: codes and numbers in capitals, control numbers without spaces (ACE: without dashes)."""
    if not isinstance(value, str):
        return
    normal = normal_text(field, value, scene)
    if normal and normal != value:
        severity = Severity.ERROR if field.is_firm else Severity.WARNING
        variant = "case" if normal == value.upper() else "gaps"
        yield Issue("", "C01", severity, variant, {}, normal)


def _vin(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C09: length, letters and check digit of a VIN. Never says the VIN."""
    if not isinstance(value, str) or is_missing(value):
        return
    problem = vin_problem(normal_text(field, value, scene))
    if problem is not None:
        yield ask("C09", problem.doubt.value, number=problem.number)


def _seals(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C10: a seal of 1 to 15 characters; none on a closed trailer is asked about."""
    if field.name != "trailers":
        yield from limits("C10", field, value, scene)
    elif isinstance(value, list):
        for position, trailer in rows_in(value):
            if text_of(trailer, "type") in CLOSED_TRAILERS and not has(trailer, "sealNumbers"):
                yield ask("C10", "none", f"/{position}/sealNumbers")


def _amount(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C16: a whole quantity above 0, a weight above 0."""
    del scene
    number = None if isinstance(value, Missing) else decimal_of(value)
    if number is None:
        return
    if number <= 0:
        yield stop("C16", "not_above_0")
    elif field.name == "commodity_quantity" and number != number.to_integral_value():
        whole = int(number.to_integral_value(rounding="ROUND_CEILING"))
        yield stop("C16", "not_whole", whole=whole)


def _vague(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C17: a description that only says there are goods."""
    del field, scene
    if isinstance(value, str) and " ".join(value.upper().replace(".", " ").split()) in VAGUE:
        yield ask("C17", word=shown(value.strip()))


def _packaging(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C18: the packaging code is in the list of this regime."""
    if not isinstance(value, str):
        return
    code = normal_text(field, value, scene)
    if len(code) == field.maximum and code.isalpha() and code not in code_list(field.codes):
        mend = "PCS" if (scene.regime, code) == (Regime.ACE, "PCE") else None
        yield stop("C18", "not_ours", mend=mend, code=shown(code), regime=scene.regime.value)


_UNITS = (
    "truck_number",
    "trailer_number",
    "truck_plate_number",
    "truck_plate_state",
    "trailer_plate_number",
    "trailer_plate_state",
)
_DESCRIPTIONS = ("commodity_description_ace", "commodity_description_aci")
_PACKAGING = ("commodity_packaging_unit_ace", "commodity_packaging_unit_aci")
_AMOUNTS = ("commodity_quantity", "commodity_weight_ace", "commodity_weight_aci")

RULES: tuple[Rule, ...] = (
    Rule("C01", Scope.FIELD, "domain 3.2 [C S25 S28]", _upper_case, fields=_CODE_ROWS),
    Rule(
        "C06",
        Scope.FIELD,
        "domain 3.2 [B S17; C S2]",
        limited("C06"),
        fields=("commodities",),
        owns=frozenset({"commodities"}),
    ),
    Rule("C08", Scope.FIELD, "domain 3.2 [C S2]", limited("C08"), fields=_UNITS, owns=frozenset(_UNITS)),
    Rule(
        "C09",
        Scope.FIELD,
        "domain 3.2 [C S2; G 49 CFR 565]",
        _vin,
        fields=("truck_vin",),
        owns=frozenset({"truck_vin"}),
    ),
    Rule(
        "C10",
        Scope.FIELD,
        "domain 3.2 [C S2; B S14]",
        _seals,
        fields=("truck_seal", "trailer_seal", "trailers"),
        owns=frozenset({"truck_seal", "trailer_seal"}),
    ),
    Rule("C16", Scope.FIELD, "domain 3.2 [B S17; G]", _amount, fields=_AMOUNTS),
    Rule("C17", Scope.FIELD, "domain 3.2 [C S33; G]", _vague, fields=_DESCRIPTIONS),
    Rule("C18", Scope.FIELD, "domain 3.2 [B via C S7]", _packaging, fields=_PACKAGING),
)
"""The rules of this module."""
