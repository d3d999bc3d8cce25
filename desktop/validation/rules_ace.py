"""Rules for trips into the USA, except the crew (domain 4.1, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, Missing
from desktop.domain.fields import Field
from desktop.domain.numbers import SCAC, UN_CODE, WEIGHT_UNIT_ACE, issuer_of, normal_number
from desktop.validation.facts import CompanyFacts
from desktop.validation.issue import Issue
from desktop.validation.limits import is_missing, limited, limits, normal_text
from desktop.validation.reading import has, object_of, rows_in, text_of
from desktop.validation.rule import Rule, Scene, Scope, ask, shown, stop
from desktop.validation.trip import Trip

_BEST_DESCRIPTION = 45
_SUSPENDED = frozenset({"SECTION_321", "SECTION_321_FDA"})
_ENDED = frozenset({"BRASS", "BRASS_MULTIPLE"})
_FROM_CANADIAN_LIST = {"PARS": "PAPS", "BOND": "IN_BOND", "ATA": "CARNET", "ASTRAY": "GOODS_ASTRAY"}
_VALUE_NEEDED = frozenset({"IN_BOND", "CARNET"})
_VALUE_ASKED = frozenset({"ATTACHED_CF7523", "ATTACHED_CF3311", "ATTACHED_CF3299"})
_TWO_PLATES = frozenset({"DD", "RD"})


def _our_scac(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """A01: the trip number begins with one of the company's SCACs."""
    scacs = (scene.facts.company or CompanyFacts()).scacs
    scac = issuer_of(normal_number(trip.regime, trip.number))
    if scacs and SCAC.fullmatch(scac) and scac not in scacs:
        yield stop("A01", path="/tripNumber", scac=scac, ours=", ".join(scacs))


def _truck(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A05: a truck with its type and at least one plate; a missing VIN is asked about."""
    yield from limits("A05", field, value, scene)
    if field.name == "truck" and isinstance(value, dict):
        yield from _plate("A05", value, "")
        if not has(value, "vinNumber"):
            yield ask("A05", "no_vin", "/vinNumber")


def _plate(code: str, unit: JSON, base: str) -> Iterator[Issue]:
    if not has(unit, "licensePlates") and not has(unit, "licensePlate"):
        name = "licensePlates" if isinstance(unit, dict) and "licensePlates" in unit else "licensePlate"
        yield stop(code, "no_plate", f"{base}/{name}")


def _trailers(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A09: a type, and a plate; two plates only on trailers built in two parts."""
    if field.name == "trailer_type":
        yield from limits("A09", field, value, scene)
    elif isinstance(value, list):
        for position, trailer in rows_in(value):
            yield from _plate("A09", trailer, f"/{position}")
            plates = trailer.get("licensePlates")
            if isinstance(plates, list) and len(plates) > 1 and text_of(trailer, "type") not in _TWO_PLATES:
                yield ask("A09", "two_plates", f"/{position}/licensePlates/1")


def _insurance(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """A07: dangerous goods need the truck's insurance."""
    del scene
    if trip.has_hazmat and not has(object_of(trip.document, "truck"), "insurancePolicy"):
        yield ask("A07", path="/truck/insurancePolicy")


def _control_number(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A20: SCAC and 4 to 12 characters; somebody else's SCAC is expected on brokered loads only."""
    found = list(limits("A20", field, value, scene))
    yield from found
    scacs = scene.facts.company.scacs if scene.facts.company else ()
    if isinstance(value, str) and scacs and not found:
        scac = issuer_of(normal_text(field, value, scene))
        if scac not in scacs:
            yield ask("A20", "foreign", scac=scac, ours=", ".join(scacs))


def _two_numbers(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """A21: a shipment's number is not the trip's, nor another shipment's (domain 1, 5: used once, it stays used)."""
    del scene
    yield from twice("A21", "shipmentControlNumber", trip)
    number = normal_number(trip.regime, trip.number)
    for position, cargo in trip.cargo:
        if number and cargo.number == number:
            yield stop("A21", path=f"/shipments/{position}/shipmentControlNumber")


def twice(code: str, member: str, trip: Trip) -> Iterator[Issue]:
    """Yield a stop for each shipment whose number an earlier one on the same trip bears."""
    seen: set[str] = set()
    for position, cargo in trip.cargo:
        if cargo.number and cargo.number in seen:
            yield stop(code, "twice", f"/shipments/{position}/{member}")
        seen.add(cargo.number)


def _description(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A24: 512 characters at most, 45 at best."""
    found = list(limits("A24", field, value, scene))
    yield from found
    if isinstance(value, str) and not found and len(value) > _BEST_DESCRIPTION:
        yield ask("A24", "long", length=len(value))


def _weight(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A26: a weight and its unit; a unit of neither family is asked about."""
    found = list(limits("A26", field, value, scene, in_list=False))
    yield from found
    if field.name == "commodity_weight_unit_ace" and isinstance(value, str) and not found:
        unit = normal_text(field, value, scene)
        if not WEIGHT_UNIT_ACE.fullmatch(unit):
            yield ask("A26", "unit", mend="L" if unit in {"P", "PD", "PDS"} else None, unit=shown(unit))


def _value(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A27: an amount in dollars; needed for in-bond and carnet goods, asked for with forms of informal entry."""
    if is_missing(value):
        kind = text_of(scene.shipment, "type")
        if kind in _VALUE_NEEDED:
            yield stop("A27", "needed")
        elif kind in _VALUE_ASKED:
            yield ask("A27", "needed")
        return
    yield from limits("A27", field, value, scene)
    if isinstance(value, str) and (value.count(".") > 1 or value.strip() == "."):
        yield stop("A27", "form")


def _harmonized(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A29: 6 to 10 digits; needed for in-bond goods."""
    if is_missing(value):
        if text_of(scene.shipment, "type") == "IN_BOND":
            yield stop("A29", "needed")
        return
    yield from limits("A29", field, value, scene)


def hazmat(code: str, value: JSON | Missing) -> Iterator[Issue]:
    """Yield what is missing from dangerous goods: UN number of 4 digits, and a contact with name and telephone."""
    if not isinstance(value, dict):
        return
    un_code = text_of(value, "unCode").strip().upper().replace(" ", "")
    if not UN_CODE.fullmatch(un_code):
        yield ask(code, "un_code", "/unCode")
    if not has(value, "emergencyContactName"):
        yield ask(code, "contact", "/emergencyContactName")
    if not has(value, "contactPhone") and not has(value, "contactEmail"):
        yield ask(code, "phone", "/contactPhone")


def _hazmat(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A31: a UN number and an emergency contact."""
    del field, scene
    yield from hazmat("A31", value)


def _type(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """A33: types CBP still takes; those of the Canadian list are no ACE types."""
    if not isinstance(value, str) or is_missing(value):
        yield from limits("A33", field, value, scene)
        return
    kind = normal_text(field, value, scene)
    if kind in _SUSPENDED:
        yield stop("A33", "section_321")
    elif kind in _ENDED:
        yield stop("A33", "brass")
    elif kind in code_list("shipment-types-aci"):
        yield stop("A33", "canadian", mend=_FROM_CANADIAN_LIST.get(kind), type=kind)
    else:
        found = list(limits("A33", field, value, scene, in_list=False))
        yield from found
        if not found and kind not in code_list(field.codes):
            yield ask("A33", "unknown", type=shown(kind))


_WEIGHTS = ("commodity_weight_ace", "commodity_weight_unit_ace")
_COUNTS = ("commodity_quantity", "commodity_packaging_unit_ace")
_MARKS = ("commodity_marks_ace", "commodity_mark")


def _simple(code: str, source: str, *names: str) -> Rule:
    return Rule(code, Scope.FIELD, source, limited(code), fields=names, owns=frozenset(names))


RULES: tuple[Rule, ...] = (
    Rule("A01", Scope.TRIP, "domain 4.1 [B S10; C S25]", _our_scac, frozenset({"company"})),
    _simple("A02", "domain 4.1 [B S10]", "trip_number_ace"),
    _simple("A03", "domain 4.1 [B S10]", "us_port"),
    _simple("A04", "domain 4.1 [B S10 S19]", "eta"),
    Rule(
        "A05",
        Scope.FIELD,
        "domain 4.1 [C S2]",
        _truck,
        fields=("truck", "truck_type"),
        owns=frozenset({"truck", "truck_type"}),
    ),
    _simple("A06", "domain 4.1 [C S2]", "truck_dot_number"),
    Rule("A07", Scope.TRIP, "domain 4.1 [B S1; G]", _insurance),
    _simple("A08", "domain 4.1 [C S2; B S9]", "drivers"),
    Rule(
        "A09",
        Scope.FIELD,
        "domain 4.1 [B S20]",
        _trailers,
        fields=("trailers", "trailer_type"),
        owns=frozenset({"trailer_type"}),
    ),
    _simple("A10", "domain 4.1 [C S2 S39]", "iit_bond_type"),
    Rule(
        "A20",
        Scope.FIELD,
        "domain 4.3 [C S2; B S11; A via C S36]",
        _control_number,
        fields=("shipment_control_number",),
        owns=frozenset({"shipment_control_number"}),
    ),
    Rule("A21", Scope.TRIP, "domain 4.3 [G]", _two_numbers),
    _simple("A22", "domain 4.3 [B S11; C S2]", "province_of_loading"),
    Rule(
        "A24",
        Scope.FIELD,
        "domain 4.3 [B S37; C S2]",
        _description,
        fields=("commodity_description_ace",),
        owns=frozenset({"commodity_description_ace"}),
    ),
    Rule(
        "A25",
        Scope.FIELD,
        "domain 4.3 [B]",
        limited("A25", in_list=False),
        fields=_COUNTS,
        owns=frozenset(_COUNTS),
    ),
    Rule("A26", Scope.FIELD, "domain 4.3 [A via C S36]", _weight, fields=_WEIGHTS, owns=frozenset(_WEIGHTS)),
    Rule(
        "A27",
        Scope.FIELD,
        "domain 4.3 [C S2; B S30]",
        _value,
        fields=("commodity_value",),
        owns=frozenset({"commodity_value"}),
    ),
    _simple("A28", "domain 4.3 [C S2]", "commodity_country_of_origin"),
    Rule(
        "A29",
        Scope.FIELD,
        "domain 4.3 [C S2; B S30]",
        _harmonized,
        fields=("commodity_harmonized_code",),
        owns=frozenset({"commodity_harmonized_code"}),
    ),
    _simple("A30", "domain 4.3 [C S2]", *_MARKS),
    Rule("A31", Scope.FIELD, "domain 4.3 [B S38; C S2]", _hazmat, fields=("commodity_hazmat",)),
    Rule(
        "A33",
        Scope.FIELD,
        "domain 4.3 [A S12; B list]",
        _type,
        fields=("shipment_type_ace",),
        owns=frozenset({"shipment_type_ace"}),
    ),
)
"""The rules of this module."""
