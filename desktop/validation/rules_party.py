"""Rules about parties and their addresses (domain 3.2, C11 to C15 and C20; 4.3, A23)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, JSONObject, Missing
from desktop.domain.fields import FIELDS, Field
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import normal_postal_code, odd_postal_letter
from desktop.validation.issue import Issue
from desktop.validation.limits import limits
from desktop.validation.reading import has, object_of, text_of
from desktop.validation.rule import Rule, Scene, Scope, ask, shown, stop

_PROVINCES_BY_LETTER = {
    "A": "NL", "B": "NS", "C": "PE", "E": "NB", "G": "QC", "H": "QC", "J": "QC", "K": "ON", "L": "ON", "M": "ON",
    "N": "ON", "P": "ON", "R": "MB", "S": "SK", "T": "AB", "V": "BC", "X": "NT NU", "Y": "YT",
}  # fmt: skip
"""Which province a Canadian postal code's first letter means; X is shared."""

_STATES_BY_DIGIT = {
    "0": "CT MA ME NH NJ PR RI VT VI NY AE", "1": "DE NY PA", "2": "DC MD NC SC VA WV", "3": "AL FL GA MS TN AA",
    "4": "IN KY MI OH", "5": "IA MN MT ND SD WI DC", "6": "IL KS MO NE", "7": "AR LA OK TX",
    "8": "AZ CO ID NM NV UT WY TX", "9": "AK CA HI OR WA AS GU MP AP",
}  # fmt: skip
"""States whose ZIPs begin with a digit; some have a few codes under a second digit."""

_PO_BOX = re.compile(
    r"\s*(?:P\.?\s*O\.?\s*BOX|POST\s+OFFICE\s+BOX|P\.?\s*O\.?\s*B\.?|CASE\s+POSTALE|C\.?\s*P\.?)\s*(?:NO\.?\s*|#\s*)?[0-9]+\s*",
    re.IGNORECASE,
)
_LONGEST_STREET = 110

RETURNED = frozenset({"ATTACHED_CF3311", "GOODS_ASTRAY", "ASTRAY", "CARNET", "ATA", "IN_BOND", "QP_IN_BOND", "BOND"})
"""Types whose goods go back where they came from, or on to somewhere else (C20, A23)."""

_PARTIES = ("shipper", "consignee", "third_party", "delivery_destination", "notify_party")
_ADDRESSES = tuple(f"{who}_address" for who in _PARTIES)
_FIRM_PARTIES = ("shipper", "consignee", "delivery_destination")
_OWNED = frozenset(
    field.name
    for field in FIELDS
    if field.name.startswith(_FIRM_PARTIES) and not field.name.endswith(("_phone", "delivery_destinations"))
)
SHORTEST_ACE_CITY = 2


def _party(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C11: lengths of a party's parts; a state, or else a country; a city of one letter in ACE is asked about."""
    if field.name in _OWNED:
        yield from limits("C11", field, value, scene)
    if isinstance(value, dict) and field.name.endswith("_address"):
        if not has(value, "stateProvince") and not has(value, "country"):
            yield stop("C11", "no_state", "/stateProvince")
        city = text_of(value, "city").strip()
        if scene.regime is Regime.ACE and 0 < len(city) < SHORTEST_ACE_CITY:
            yield ask("C11", "short_city", "/city")


def country_of(address: JSONObject) -> str:
    """Return the country of an address: as written, or the one its state or province lies in; else nothing."""
    country = text_of(address, "country").strip().upper()
    state = text_of(address, "stateProvince").strip().upper()
    return country or str(code_list("states-provinces").facts(state).get("country", ""))


def _postal(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C12: the form of a ZIP or postal code; its normal form is offered where it can be told."""
    del field, scene
    code = text_of(value, "postalCode") if isinstance(value, dict) else ""
    if not isinstance(value, dict) or not code.strip() or len(code) > _LONGEST_STREET:
        return
    country = country_of(value)
    if normal_postal_code(country, code) is None:
        bare = "".join(letter for letter in code if letter.isascii() and letter.isalnum())
        yield ask("C12", country, "/postalCode", normal_postal_code(country, bare))


def _canadian(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C13: letters a Canadian code never has, and the province its first letter means."""
    del field, scene
    if not isinstance(value, dict) or country_of(value) != "CA":
        return
    code = normal_postal_code("CA", text_of(value, "postalCode")[:_LONGEST_STREET])
    if code is None:
        return
    odd = odd_postal_letter(code)
    if odd is not None:
        yield ask("C13", "letter", "/postalCode", letter=odd)
        return
    provinces = _PROVINCES_BY_LETTER[code[0]].split()
    state = text_of(value, "stateProvince").strip().upper()
    if state and state not in provinces:
        yield ask("C13", "province", "/postalCode", letter=code[0], province=" / ".join(provinces), state=shown(state))


def _state_fits(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C14: the ZIP's first digit fits the state, the state lies in the country."""
    del field, scene
    if not isinstance(value, dict):
        return
    state = text_of(value, "stateProvince").strip().upper()
    country = text_of(value, "country").strip().upper()
    home = code_list("states-provinces").facts(state).get("country")
    if home is None:
        return
    if country and country != home:
        yield ask("C14", "country", "/stateProvince", state=state, country=shown(country))
    code = normal_postal_code("US", text_of(value, "postalCode")[:_LONGEST_STREET])
    if home == "US" and code is not None and state not in _STATES_BY_DIGIT[code[0]].split():
        yield ask("C14", "zip", "/postalCode", state=state, digit=code[0])


def _po_box(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """C15: a street, not only a box."""
    del field, scene
    if isinstance(value, str) and len(value) <= _LONGEST_STREET and _PO_BOX.fullmatch(value):
        yield ask("C15")


def _countries(shipment: JSONObject) -> tuple[str, str]:
    shipper = object_of(object_of(shipment, "shipper"), "address")
    consignee = object_of(object_of(shipment, "consignee"), "address")
    return country_of(shipper), country_of(consignee)


def _type(shipment: JSONObject, scene: Scene) -> str:
    return text_of(shipment, "type" if scene.regime is Regime.ACE else "shipmentType")


def _two_sides(shipment: JSONObject, scene: Scene) -> Iterator[Issue]:
    """C20: two parties, in two countries, on goods that are not returned."""
    shipper, consignee = object_of(shipment, "shipper"), object_of(shipment, "consignee")
    if _type(shipment, scene) in RETURNED or not shipper or not consignee:
        return
    if shipper == consignee:
        yield ask("C20", "same", "/consignee")
        return
    left, right = _countries(shipment)
    if left and left == right:
        yield ask("C20", "country", "/consignee/address", country=shown(left))


def _into_usa(shipment: JSONObject, scene: Scene) -> Iterator[Issue]:
    """A23: from outside into the USA, except goods that go back."""
    left, right = _countries(shipment)
    if _type(shipment, scene) in RETURNED or not left or not right or left == right:
        return
    if right != "US":
        yield ask("A23", "consignee", "/consignee/address", country=shown(right))


RULES: tuple[Rule, ...] = (
    Rule(
        "C11",
        Scope.FIELD,
        "domain 3.2 [C S2]",
        _party,
        fields=tuple(sorted(_OWNED | set(_ADDRESSES))),
        owns=_OWNED,
    ),
    Rule("C12", Scope.FIELD, "domain 3.2 [G]", _postal, fields=_ADDRESSES),
    Rule("C13", Scope.FIELD, "domain 3.2 [G]", _canadian, fields=_ADDRESSES),
    Rule("C14", Scope.FIELD, "domain 3.2 [G]", _state_fits, fields=_ADDRESSES),
    Rule("C15", Scope.FIELD, "domain 3.2 [G]", _po_box, fields=("shipper_address_line", "consignee_address_line")),
    Rule("C20", Scope.SHIPMENT, "domain 3.2 [G]", _two_sides),
    Rule("A23", Scope.SHIPMENT, "domain 4.3 [G]", _into_usa),
)
"""The rules of this module."""
