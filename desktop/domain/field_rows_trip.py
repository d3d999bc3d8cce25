"""The field table, part one: envelope, trip, truck, trailers, containers, people (protocol 2, 3, 5)."""

from __future__ import annotations

from typing import Any

from desktop.domain.field import Field, Kind, Need

YES, NO, SOMETIMES = Need.YES, Need.NO, Need.SOMETIMES

WALL_TIME = r"[2-9][0-9]{3}-[0-1][0-9]-[0-3][0-9]\s[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PORT = "[0-9]{4}"
SEAL_MAXIMUM = 15


def _both(name: str, path: str, kind: Kind, need_ace: Need = NO, need_aci: Need | None = None, **limits: Any) -> Field:
    """Return a row with one path for both regimes."""
    row = Field(name, path, path, kind, need_ace, need_ace if need_aci is None else need_aci)
    return row._replace(**limits)


def envelope(prefix: str, base: str) -> tuple[Field, ...]:
    """Return the rows of protocol 2's envelope below `base`."""
    return (
        _both(f"{prefix}data", f"{base}/data", Kind.CONST, NO if base else YES, minimum=8, maximum=20, mark="E"),
        _both(f"{prefix}send_id", f"{base}/sendId", Kind.TEXT, minimum=1, maximum=30, mark="I"),
        _both(f"{prefix}company_key", f"{base}/companyKey", Kind.TEXT, minimum=1, maximum=30, mark="I"),
        _both(
            f"{prefix}operation",
            f"{base}/operation",
            Kind.CODE,
            minimum=1,
            maximum=12,
            codes="operation-types",
            mark="C",
        ),
        _both(f"{prefix}auto_send", f"{base}/autoSend", Kind.BOOLEAN, mark="S"),
    )


def _plates(unit: str, base: str) -> tuple[Field, ...]:
    """Return the rows of a licence plate: a list in ACE (or one, as the API page prints it), one in ACI."""
    many, one = f"{base}/licensePlates", f"{base}/licensePlate"

    def member(name: str, wire: str, need: Need, minimum: int, maximum: int, codes: str, mark: str) -> Field:
        return Field(
            f"{unit}_plate_{name}",
            f"{many}/*/{wire}",
            f"{one}/{wire}",
            Kind.CODE,
            need,
            need,
            minimum,
            maximum,
            codes=codes,
            mark=mark,
            also_ace=f"{one}/{wire}",
        )

    return (
        Field(f"{unit}_plates", many, None, Kind.ARRAY, SOMETIMES, NO, 1, 2, mark="C"),
        Field(f"{unit}_plate", one, one, Kind.OBJECT, SOMETIMES, YES),
        member("number", "number", YES, 1, 10, "", "M"),
        member("state", "stateProvince", YES, 2, 3, "plate-states", "M"),
        member("country", "country", NO, 2, 2, "countries", "F"),
    )


def _seals(unit: str, base: str) -> tuple[Field, ...]:
    return (
        _both(f"{unit}_seals", f"{base}/sealNumbers", Kind.TEXT_ARRAY),
        _both(f"{unit}_seal", f"{base}/sealNumbers/*", Kind.TEXT, minimum=1, maximum=SEAL_MAXIMUM),
    )


def _exemptions(unit: str, base: str) -> tuple[Field, ...]:
    path = f"{base}/cargoExemptions"
    return (
        Field(f"{unit}_exemptions", None, path, Kind.TEXT_ARRAY, mark="F"),
        Field(
            f"{unit}_exemption",
            None,
            f"{path}/*",
            Kind.CODE,
            minimum=2,
            maximum=2,
            codes="cargo-exemptions-aci",
            mark="F",
        ),
    )


def _documents(who: str, base: str) -> tuple[Field, ...]:
    path = f"{base}/travelDocuments"
    inner = f"{path}/*"
    return (
        _both(f"{who}_documents", path, Kind.ARRAY, SOMETIMES, NO),
        _both(
            f"{who}_document_type", f"{inner}/type", Kind.CODE, YES, minimum=2, maximum=3, codes="travel-document-types"
        ),
        _both(f"{who}_document_number", f"{inner}/number", Kind.TEXT, YES, minimum=1, maximum=30, is_secret=True),
        _both(
            f"{who}_document_country", f"{inner}/country", Kind.CODE, SOMETIMES, minimum=2, maximum=2, codes="countries"
        ),
        _both(
            f"{who}_document_state",
            f"{inner}/stateProvince",
            Kind.CODE,
            SOMETIMES,
            minimum=2,
            maximum=3,
            codes="states-provinces",
        ),
    )


def _person(who: str, base: str) -> tuple[Field, ...]:
    """Return the rows drivers and passengers have in common."""
    return (
        _both(f"{who}_first_name", f"{base}/firstName", Kind.TEXT, YES, minimum=1, maximum=30),
        _both(f"{who}_middle_name", f"{base}/middleName", Kind.TEXT, mark="F"),
        _both(f"{who}_last_name", f"{base}/lastName", Kind.TEXT, YES, minimum=1, maximum=30),
        _both(
            f"{who}_gender",
            f"{base}/gender",
            Kind.CODE,
            SOMETIMES,
            NO,
            minimum=1,
            maximum=1,
            pattern="[MF]",
            codes="genders",
        ),
        _both(
            f"{who}_birth_date",
            f"{base}/dateOfBirth",
            Kind.DATE,
            SOMETIMES,
            NO,
            minimum=10,
            maximum=10,
            pattern=DAY,
            is_secret=True,
        ),
        _both(
            f"{who}_citizenship",
            f"{base}/citizenshipCountry",
            Kind.CODE,
            SOMETIMES,
            NO,
            minimum=2,
            maximum=2,
            codes="countries",
        ),
        _both(
            f"{who}_fast_card",
            f"{base}/fastCardNumber",
            Kind.DIGITS,
            minimum=14,
            maximum=14,
            is_secret=True,
            mark="I",
        ),
        Field(f"{who}_ace_id", f"{base}/aceId", None, Kind.TEXT, is_secret=True, mark="I"),
        *_documents(who, base),
    )


def _us_address() -> tuple[Field, ...]:
    """Return the driver's address in the USA, for a trip without shipments; the names on the wire are a guess."""
    base = "/drivers/*/usAddress"
    return (
        Field("driver_us_address", base, None, Kind.OBJECT, SOMETIMES, mark="F"),
        Field("driver_us_address_line", f"{base}/addressLine", None, Kind.TEXT, minimum=1, maximum=110, mark="I"),
        Field("driver_us_address_city", f"{base}/city", None, Kind.TEXT, minimum=1, maximum=30, mark="I"),
        Field(
            "driver_us_address_state",
            f"{base}/stateProvince",
            None,
            Kind.CODE,
            minimum=2,
            maximum=3,
            codes="states-provinces",
            mark="I",
        ),
        Field("driver_us_address_postal_code", f"{base}/postalCode", None, Kind.TEXT, minimum=1, maximum=10, mark="I"),
    )


def _insurance() -> tuple[Field, ...]:
    base = "/truck/insurancePolicy"
    return (
        _both("truck_insurance", base, Kind.OBJECT, SOMETIMES, NO, mark="S"),
        _both("truck_insurance_company", f"{base}/insuranceCompanyName", Kind.TEXT, YES, mark="F"),
        _both("truck_insurance_policy", f"{base}/policyNumber", Kind.TEXT, YES, mark="F"),
        _both(
            "truck_insurance_date", f"{base}/issuedDate", Kind.DATE, YES, minimum=10, maximum=10, pattern=DAY, mark="F"
        ),
        _both("truck_insurance_amount", f"{base}/policyAmount", Kind.NUMBER, YES, mark="F"),
        Field(
            "truck_insurance_currency",
            None,
            f"{base}/amountCurrency",
            Kind.CODE,
            minimum=3,
            maximum=3,
            codes="currencies",
            mark="F",
        ),
    )


TRIP: tuple[Field, ...] = (
    *envelope("", ""),
    Field("trip_number_ace", "/tripNumber", None, Kind.CODE, YES, NO, 8, 25, "[A-Z]{4}[A-Z0-9]{4,21}"),
    Field("trip_number_aci", None, "/tripNumber", Kind.CODE, NO, YES, 8, 25, "[A-Z0-9-]{4}[A-Z0-9]{4,21}"),
    Field("us_port", "/usPortOfArrival", None, Kind.DIGITS, YES, NO, 4, 4, PORT, "us-ports"),
    Field("ca_port", None, "/portOfEntry", Kind.DIGITS, NO, YES, 4, 4, PORT, "ca-highway-ports"),
    Field("sub_location", None, "/subLocation", Kind.CODE, NO, NO, 4, 4, "", "ca-sub-locations", mark="F"),
    _both("eta", "/estimatedArrivalDateTime", Kind.DATETIME, YES, minimum=19, maximum=19, pattern=WALL_TIME),
    Field("eta_zone", None, "/estimatedArrivalTimeZone", Kind.CODE, NO, NO, 3, 3, "", "time-zones", mark="C"),
    Field("iit_bond", "/instrumentsOfInternationalTrafficBond", None, Kind.OBJECT),
    Field(
        "iit_bond_type",
        "/instrumentsOfInternationalTrafficBond/type",
        None,
        Kind.CODE,
        YES,
        pattern="CARRIER|IMPORTER",
        codes="iit-bond-types",
    ),
    _both("truck", "/truck", Kind.OBJECT, YES),
    _both("truck_number", "/truck/number", Kind.TEXT, YES, minimum=1, maximum=17),
    _both("truck_type", "/truck/type", Kind.CODE, YES, NO, minimum=2, maximum=2, codes="truck-types"),
    _both("truck_vin", "/truck/vinNumber", Kind.CODE, YES, NO, minimum=17, maximum=17, mark="I"),
    *_plates("truck", "/truck"),
    _both("truck_dot_number", "/truck/dotNumber", Kind.DIGITS, minimum=1, maximum=8, pattern="[0-9]{1,8}"),
    *_insurance(),
    *_seals("truck", "/truck"),
    *_exemptions("truck", "/truck"),
    _both("trailers", "/trailers", Kind.ARRAY),
    _both("trailer_number", "/trailers/*/number", Kind.TEXT, YES, minimum=1, maximum=17),
    _both("trailer_type", "/trailers/*/type", Kind.CODE, YES, minimum=2, maximum=2, codes="trailer-types"),
    *_plates("trailer", "/trailers/*"),
    *_seals("trailer", "/trailers/*"),
    *_exemptions("trailer", "/trailers/*"),
    Field("containers", None, "/containers", Kind.ARRAY, mark="F"),
    Field("container_number", None, "/containers/*/number", Kind.CODE, NO, YES, 4, 14, r"[A-Z0-9\s-]{4,14}", mark="F"),
    Field("container_loaded_on", None, "/containers/*/loadedOn", Kind.OBJECT, NO, YES, mark="F"),
    Field(
        "container_loaded_on_type",
        None,
        "/containers/*/loadedOn/type",
        Kind.CODE,
        NO,
        YES,
        codes="loaded-on-types-ace",
        mark="F",
    ),
    Field("container_loaded_on_number", None, "/containers/*/loadedOn/number", Kind.TEXT, NO, YES, 1, 17, mark="C"),
    *_exemptions("container", "/containers/*"),
    _both("drivers", "/drivers", Kind.ARRAY, YES, NO, minimum=1),
    _both("driver_number", "/drivers/*/driverNumber", Kind.TEXT, mark="S"),
    *_person("driver", "/drivers/*"),
    *_us_address(),
    _both("passengers", "/passengers", Kind.ARRAY),
    *_person("passenger", "/passengers/*"),
    _both("shipments", "/shipments", Kind.ARRAY),
)
"""Every row of the trip and what belongs to it."""
