"""What of a shipment's form its type asks for; the rest is hidden, can be opened by hand, and is not sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop.domain.documents import JSON, Missing
from desktop.domain.left_out import applies
from desktop.domain.lifecycle import Regime
from desktop.ui.binding.binder import Binder

BY_TYPE = ("inBondDetails", "goodsAstrayDateOfExit", "importerCsaBusinessNumber", "c4LineReleaseNumber")
"""Members that only some types have."""

_FIELDS_BY_TYPE = {
    "goods_astray_exit_date": ("goodsAstrayDateOfExit", "release"),
    "csa_business_number": ("importerCsaBusinessNumber", "more"),
    "commodity_line_release_number": ("c4LineReleaseNumber", "release"),
}
"""Fields that only some types have: the member, and the part in which they can be opened by hand."""

SELDOM = (
    "cityOfAcceptance",
    "uniqueConsignmentReferenceNumber",
    "subLocation",
    "specialInstructions",
    "estimatedArrivalTimeZone",
)
"""ACI members that few shipments have."""


def asked_for(regime: Regime, kind: JSON | Missing) -> dict[str, bool]:
    """Return which members of `BY_TYPE` a shipment of type `kind` asks for; none before there is a type."""
    return {name: isinstance(kind, str) and bool(kind) and applies(regime, name, kind) for name in BY_TYPE}


def parts_of(regime: Regime, asks: dict[str, bool], has: Callable[[str], bool]) -> dict[str, bool]:
    """Return which parts of the form are shown by themselves: what the type asks for, and what has something in it."""
    is_ace = regime is Regime.ACE
    return {
        "in_bond": is_ace and asks["inBondDetails"],
        "release": is_ace and (asks["goodsAstrayDateOfExit"] or has("broker")),
        "more": not is_ace and (asks["importerCsaBusinessNumber"] or any(has(name) for name in SELDOM)),
    }


def show_by_type(binders: Iterable[Binder], asks: dict[str, bool], wanted: set[str]) -> bool:
    """Hide single fields the type does not ask for, unless their part was opened by hand; tell whether any moved."""
    moved = False
    for binder in binders:
        for box, field in binder.places:
            member, part = _FIELDS_BY_TYPE.get(field.name, ("", ""))
            if member and binder.pointer(box):
                is_shown = asks[member] or part in wanted
                moved |= box.isHidden() is is_shown
                box.setVisible(is_shown)
    return moved
