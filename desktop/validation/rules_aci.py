"""Rules for trips into Canada (domain 5.1, 5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from desktop.domain.codes import code_list
from desktop.domain.documents import JSON, Missing
from desktop.domain.fields import Field
from desktop.domain.numbers import CARRIER_CODE, ISSUER_LENGTH, PORT, issuer_of, normal_number
from desktop.validation.facts import CompanyFacts
from desktop.validation.issue import Issue
from desktop.validation.limits import is_missing, limited, limits, normal_text
from desktop.validation.reading import decimal_of, has, rows_in, text_of
from desktop.validation.rule import Rule, Scene, Scope, ask, hint, shown, stop
from desktop.validation.rules_ace import hazmat, twice
from desktop.validation.trip import Trip

_NUMBER = "/tripNumber"
_CCN = "cargoControlNumber"
_TEST_CODES = frozenset({"XXXX", "TEST"})
_RISKY = frozenset("OI")
_BEST_DESCRIPTION = 300
_FORBIDDEN = {"'": "", ":": " ", "+": " and ", "!": ""}
_FROM_US_LIST = {
    "PAPS": "PARS",
    "IN_BOND": "BOND",
    "QP_IN_BOND": "BOND",
    "CARNET": "ATA",
    "GOODS_ASTRAY": "ASTRAY",
}
_FINEST_WEIGHT = Decimal("0.0001")


def _carrier_code(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """I01: the first four characters are a code CBSA can have issued."""
    del scene
    code = issuer_of(normal_number(trip.regime, trip.number))
    if code and not CARRIER_CODE.fullmatch(code):
        yield stop("I01", path=_NUMBER)


def _trip_number(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I02: carrier code, then 4 to 21 letters or digits (the code itself: I01)."""
    if isinstance(value, str) and not CARRIER_CODE.fullmatch(issuer_of(normal_text(field, value, scene))):
        value = "0" * ISSUER_LENGTH + value[ISSUER_LENGTH:]
    yield from limits("I02", field, value, scene)


def _differs_from_cargo(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """I03: a trip number is no cargo number: on this trip a stop, an older one is asked about; none stands twice."""
    yield from twice("I03", _CCN, trip)
    number = normal_number(trip.regime, trip.number)
    if not number:
        return
    for position, cargo in trip.cargo:
        if cargo.number == number:
            yield stop("I03", "same_trip", f"/shipments/{position}/{_CCN}")
    history = scene.facts.history
    if history is not None and number in history.control_numbers:
        yield ask("I03", "older", _NUMBER, date=history.control_numbers[number].used_at.date().isoformat())


def _no_pars(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I04: PARS belongs into cargo numbers only."""
    if isinstance(value, str) and "PARS" in normal_text(field, value, scene):
        yield ask("I04")


def _whose_number(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """I05: the trip's prefix is the carrier's at the border; a cargo's is that of who sent its data."""
    codes = (scene.facts.company or CompanyFacts()).carrier_codes
    if not codes:
        return
    code = issuer_of(normal_number(trip.regime, trip.number))
    if CARRIER_CODE.fullmatch(code) and code not in codes:
        yield ask("I05", "trip", _NUMBER, code=code, ours=", ".join(codes))
    for position, cargo in trip.cargo:
        code = issuer_of(cargo.number)
        if not cargo.is_elsewhere and CARRIER_CODE.fullmatch(code) and code not in codes:
            yield ask("I05", "cargo", f"/shipments/{position}/{_CCN}", code=code, ours=", ".join(codes))


def _risky_letters(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I06: O and I are mistaken for 0 and 1."""
    if not isinstance(value, str):
        return
    for position, letter in enumerate(normal_text(field, value, scene), 1):
        if position > ISSUER_LENGTH and letter in _RISKY:
            yield hint("I06", letter=letter, position=position)
            return


def _same_port(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """I08: the trip and every shipment name one port."""
    del scene
    port = text_of(trip.document, "portOfEntry")
    for position, cargo in trip.cargo:
        if PORT.fullmatch(port) and cargo.port and cargo.port != port:
            path = f"/shipments/{position}/portOfEntry"
            yield stop("I08", path=path, mend=port, trip=shown(port), shipment=shown(cargo.port))


def _truck(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I09: a truck with a number and one plate; a list with one plate is offered as the plate."""
    if field.name == "truck":
        yield from limits("I09", field, value, scene)
        yield from _one_plate("I09", value, "")


def _trailers(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I10: exactly one plate for each trailer."""
    del scene
    for position, trailer in rows_in(value if field.name == "trailers" and not isinstance(value, Missing) else []):
        yield from _one_plate("I10", trailer, f"/{position}")


def _one_plate(code: str, unit: JSON | Missing, base: str) -> Iterator[Issue]:
    if not isinstance(unit, dict):
        return
    plates = rows_in(unit.get("licensePlates"))
    if not has(unit, "licensePlate"):
        mend = plates[0][1] if len(plates) == 1 else None
        yield stop(code, "no_plate", f"{base}/licensePlate", mend)
    elif "licensePlates" in unit:
        yield stop(code, "plates", f"{base}/licensePlates")


def _driver_for_paper(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """I11: CBSA does not want the driver, the print-out does."""
    del scene
    if not trip.drivers:
        yield hint("I11", path="/drivers")


def _test_number(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I22: test codes are for practice."""
    company = scene.facts.company
    if isinstance(value, str) and company is not None and not company.is_practice:
        code = issuer_of(normal_text(field, value, scene))
        if code in _TEST_CODES:
            yield stop("I22", code=code)


def _offices(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I23: four digits; a PARS shipment is released where it enters, unless the broker says otherwise."""
    found = list(limits("I23", field, value, scene))
    yield from found
    port = text_of(scene.shipment, "portOfEntry")
    is_pars = text_of(scene.shipment, "shipmentType") == "PARS"
    if field.name == "release_office" and isinstance(value, str) and value and not found and is_pars and port != value:
        yield ask("I23", "elsewhere", mend=port or None, port=shown(port), office=shown(value))


def _same_eta(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """I24: a shipment arrives when its trip does."""
    del scene
    eta = text_of(trip.document, "estimatedArrivalDateTime")
    for position, cargo in trip.cargo:
        if eta and cargo.eta and cargo.eta != eta:
            path = f"/shipments/{position}/estimatedArrivalDate"
            yield ask("I24", path=path, mend=eta if trip.eta else None, trip=shown(eta), shipment=shown(cargo.eta))


def _description(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I27: 300 characters at best, 450 at most, without the four characters CBSA's form refuses."""
    found = list(limits("I27", field, value, scene))
    yield from found
    if not isinstance(value, str) or found:
        return
    bad = sorted({letter for letter in value if letter in _FORBIDDEN})
    plain = " ".join("".join(_FORBIDDEN.get(letter, letter) for letter in value).split())
    if bad:
        yield ask("I27", "characters", mend=plain or None, characters=" ".join(bad))
    if len(value) > _BEST_DESCRIPTION:
        yield ask("I27", "long", length=len(value))


def _weight(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I28: quantity and weight as numbers, the unit one of CBSA's."""
    found = list(limits("I28", field, value, scene, in_list=False))
    yield from found
    if not isinstance(value, str) or found:
        return
    if field.name == "commodity_weight_aci":
        number = decimal_of(value)
        if number is None:
            bare = value.replace(",", "").replace(" ", "")
            yield stop("I28", "not_a_number", mend=bare if decimal_of(bare) is not None else None)
        elif number % _FINEST_WEIGHT:
            yield ask("I28", "decimals", mend=str(number.quantize(_FINEST_WEIGHT)))
    elif field.name == "commodity_weight_unit_aci":
        unit = normal_text(field, value, scene)
        if unit not in code_list(field.codes):
            mend = {"L": "LBR", "LBS": "LBR", "K": "KGM", "KGS": "KGM"}.get(unit)
            yield ask("I28", "unit", mend=mend, unit=shown(unit))


def _hazmat(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I30: a UN number and an emergency contact."""
    del field, scene
    yield from hazmat("I30", value)


def _consolidated(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I31: consolidated freight waits for the forwarder's house bills."""
    del field, scene
    if value is True:
        yield ask("I31")


def _reference(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I32: cargo that another carrier has sent carries no data of ours."""
    del field
    if value is True and any(has(scene.shipment, name) for name in ("commodities", "shipper", "consignee")):
        yield ask("I32")


def _type(field: Field, value: JSON | Missing, scene: Scene) -> Iterator[Issue]:
    """I33: one of CBSA's shipment types."""
    if not isinstance(value, str) or is_missing(value):
        yield from limits("I33", field, value, scene)
        return
    kind = normal_text(field, value, scene)
    if kind not in code_list(field.codes):
        yield stop("I33", "unknown", mend=_FROM_US_LIST.get(kind), type=shown(kind))


_TRUCK = ("truck", "truck_plate")
_OFFICES = ("shipment_ca_port", "release_office")
_AMOUNTS = ("commodity_quantity", "commodity_weight_aci", "commodity_weight_unit_aci", "commodity_packaging_unit_aci")
_CITY = ("city_of_loading", "city_of_loading_city", "city_of_loading_state", "city_of_loading_country")


def _rule(
    code: str,
    source: str,
    function: Callable[[Field, JSON | Missing, Scene], Iterable[Issue]],
    *names: str,
    owns: bool = True,
    needs: tuple[str, ...] = (),
) -> Rule:
    return Rule(code, Scope.FIELD, source, function, frozenset(needs), names, frozenset(names if owns else ()))


RULES: tuple[Rule, ...] = (
    Rule("I01", Scope.TRIP, "domain 5.1 [C S26]", _carrier_code),
    _rule("I02", "domain 5.1 [B S51]", _trip_number, "trip_number_aci"),
    Rule("I03", Scope.TRIP, "domain 5.1 [B S51 S52]", _differs_from_cargo),
    _rule("I04", "domain 5.1 [A S22]", _no_pars, "trip_number_aci", owns=False),
    Rule("I05", Scope.TRIP, "domain 5.1 [A S22]", _whose_number, frozenset({"company"})),
    _rule("I06", "domain 5.1 [C S2]", _risky_letters, "trip_number_aci", "cargo_control_number", owns=False),
    _rule("I07", "domain 5.1 [C S2]", limited("I07"), "ca_port"),
    Rule("I08", Scope.TRIP, "domain 5.1 [B S15 S18]", _same_port),
    _rule("I09", "domain 5.1 [C S2]", _truck, *_TRUCK),
    Rule(
        "I10",
        Scope.FIELD,
        "domain 5.1 [B S20]",
        _trailers,
        fields=("trailers", "trailer_plate"),
        owns=frozenset({"trailer_plate"}),
    ),
    Rule("I11", Scope.TRIP, "domain 5.1 [B S18]", _driver_for_paper),
    _rule("I20", "domain 5.3 [C S2 S29]", limited("I20"), "cargo_control_number"),
    _rule(
        "I22",
        "domain 5.3 [C S28]",
        _test_number,
        "trip_number_aci",
        "cargo_control_number",
        owns=False,
        needs=("company",),
    ),
    _rule("I23", "domain 5.3 [C S2]", _offices, *_OFFICES),
    Rule("I24", Scope.TRIP, "domain 5.3 [B S18]", _same_eta),
    _rule("I25", "domain 5.3 [C S2]", limited("I25"), *_CITY),
    _rule("I27", "domain 5.3 [B S17; C S2]", _description, "commodity_description_aci"),
    _rule("I28", "domain 5.3 [B S17 S1]", _weight, *_AMOUNTS),
    _rule("I29", "domain 5.3 [C S2]", limited("I29"), "commodity_marks_aci"),
    _rule("I30", "domain 5.3 [B S17]", _hazmat, "commodity_hazmat", owns=False),
    _rule("I31", "domain 5.3 [B S1; G]", _consolidated, "consolidated_freight", owns=False),
    _rule("I32", "domain 5.3 [B S1 S14]", _reference, "reference_only", owns=False),
    _rule("I33", "domain 5.3 [B list via C S7]", _type, "shipment_type_aci"),
)
"""The rules of this module."""
