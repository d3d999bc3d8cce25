"""The field table, part three: commodities and what they are loaded on (protocol 2, 4, 6)."""

from __future__ import annotations

from typing import Any

from desktop.domain.field import Field, Kind, Need
from desktop.domain.field_rows_trip import NO, SOMETIMES, YES

_COMMODITY = "/shipments/*/commodities/*"


def ace_row(name: str, path: str, kind: Kind, need: Need = NO, **limits: Any) -> Field:
    """Return a row that only ACE has."""
    return Field(name, path, None, kind, need)._replace(**limits)


def aci_row(name: str, path: str, kind: Kind, need: Need = NO, **limits: Any) -> Field:
    """Return a row that only ACI has."""
    return Field(name, None, path, kind, NO, need)._replace(**limits)


def both_row(name: str, path: str, kind: Kind, need: Need = NO, **limits: Any) -> Field:
    """Return a row with one path for both regimes."""
    return Field(name, path, path, kind, need, need)._replace(**limits)


def for_row(regimes: str, name: str, path: str, kind: Kind, need: Need = NO, **limits: Any) -> Field:
    """Return a row for `ace`, `aci` or `both`."""
    maker = {"ace": ace_row, "aci": aci_row, "both": both_row}[regimes]
    return maker(name, path, kind, need, **limits)


def loaded_on(name: str, base: str, regime: str) -> tuple[Field, ...]:
    """Return the rows of the unit that carries something: on the commodity in ACE, on the shipment in ACI."""
    kinds = "TRUCK|TRAILER" if regime == "ace" else "TRUCK|TRAILER|CONTAINER"
    return (
        for_row(regime, name, f"{base}/loadedOn", Kind.OBJECT, SOMETIMES, mark="S"),
        for_row(
            regime,
            f"{name}_type",
            f"{base}/loadedOn/type",
            Kind.CODE,
            YES,
            pattern=kinds,
            codes=f"loaded-on-types-{regime}",
            mark="S",
        ),
        for_row(regime, f"{name}_number", f"{base}/loadedOn/number", Kind.TEXT, YES, minimum=1, maximum=17, mark="S"),
    )


def _hazmat() -> tuple[Field, ...]:
    base = f"{_COMMODITY}/hazmatDetails"
    return (
        both_row("commodity_hazmat", base, Kind.OBJECT, mark="F"),
        both_row("commodity_un_code", f"{base}/unCode", Kind.CODE, SOMETIMES, mark="I"),
        both_row(
            "commodity_hazmat_contact", f"{base}/emergencyContactName", Kind.TEXT, SOMETIMES, maximum=24, mark="F"
        ),
        both_row("commodity_hazmat_phone", f"{base}/contactPhone", Kind.TEXT, SOMETIMES, mark="F"),
        ace_row("commodity_hazmat_email", f"{base}/contactEmail", Kind.TEXT, mark="F"),
        aci_row("commodity_hazmat_instructions", f"{base}/handlingInstructions", Kind.TEXT, mark="F"),
    )


COMMODITY: tuple[Field, ...] = (
    both_row("commodities", "/shipments/*/commodities", Kind.ARRAY, YES, minimum=1),
    *loaded_on("commodity_loaded_on", _COMMODITY, "ace"),
    ace_row("commodity_description_ace", f"{_COMMODITY}/description", Kind.TEXT, YES, minimum=1, maximum=512),
    aci_row("commodity_description_aci", f"{_COMMODITY}/description", Kind.TEXT, YES, minimum=1, maximum=450),
    both_row("commodity_quantity", f"{_COMMODITY}/quantity", Kind.INTEGER, YES),
    ace_row(
        "commodity_packaging_unit_ace",
        f"{_COMMODITY}/packagingUnit",
        Kind.CODE,
        YES,
        minimum=3,
        maximum=3,
        pattern="[A-Z]{3}",
        codes="packaging-units-ace",
    ),
    aci_row(
        "commodity_packaging_unit_aci",
        f"{_COMMODITY}/packagingUnit",
        Kind.CODE,
        YES,
        minimum=3,
        maximum=3,
        pattern="[A-Z]{3}",
        codes="packaging-units-aci",
    ),
    ace_row("commodity_weight_ace", f"{_COMMODITY}/weight", Kind.NUMBER, YES),
    aci_row("commodity_weight_aci", f"{_COMMODITY}/weight", Kind.NUMBER_TEXT, YES, minimum=1),
    ace_row(
        "commodity_weight_unit_ace",
        f"{_COMMODITY}/weightUnit",
        Kind.CODE,
        YES,
        minimum=1,
        maximum=3,
        codes="weight-units-ace",
    ),
    aci_row(
        "commodity_weight_unit_aci",
        f"{_COMMODITY}/weightUnit",
        Kind.CODE,
        YES,
        minimum=1,
        maximum=3,
        codes="weight-units-aci",
    ),
    ace_row("commodity_marks_ace", f"{_COMMODITY}/marksAndNumbers", Kind.TEXT_ARRAY),
    ace_row("commodity_mark", f"{_COMMODITY}/marksAndNumbers/*", Kind.TEXT, minimum=1, maximum=45),
    aci_row("commodity_marks_aci", f"{_COMMODITY}/marksAndNumbers", Kind.TEXT, minimum=1, maximum=35),
    ace_row(
        "commodity_harmonized_code",
        f"{_COMMODITY}/harmonizedCode",
        Kind.DIGITS,
        SOMETIMES,
        minimum=6,
        maximum=10,
        pattern="[0-9]{6,10}",
    ),
    ace_row(
        "commodity_value",
        f"{_COMMODITY}/value",
        Kind.NUMBER_TEXT,
        SOMETIMES,
        minimum=1,
        maximum=9,
        pattern="[0-9.]{1,9}",
    ),
    ace_row(
        "commodity_country_of_origin",
        f"{_COMMODITY}/countryOfOrigin",
        Kind.CODE,
        minimum=2,
        maximum=2,
        pattern="[A-Z]{2}",
        codes="countries",
    ),
    ace_row(
        "commodity_line_release_number",
        f"{_COMMODITY}/c4LineReleaseNumber",
        Kind.CODE,
        minimum=14,
        maximum=14,
        pattern="[A-Z0-9]{14}",
        mark="F",
    ),
    *_hazmat(),
)
"""Every row of a commodity."""
