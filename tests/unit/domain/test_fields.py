"""The field table against the protocol reference's tables."""

import re

import pytest

from desktop import texts
from desktop.domain import fields
from desktop.domain.codes import code_list
from desktop.domain.fields import FIELDS, Kind, Need, at, by_name, fields_of, need_for, path_for
from desktop.domain.lifecycle import Regime

PARTY = [
    "name",
    "address",
    "address/addressLine",
    "address/city",
    "address/stateProvince",
    "address/postalCode",
    "address/country",
]
PERSON = [
    "firstName",
    "middleName",
    "lastName",
    "gender",
    "dateOfBirth",
    "citizenshipCountry",
    "fastCardNumber",
    "travelDocuments",
    "travelDocuments/*/type",
    "travelDocuments/*/number",
    "travelDocuments/*/country",
    "travelDocuments/*/stateProvince",
]
ENVELOPE = ["data", "sendId", "companyKey", "operation", "autoSend"]
INSURANCE = ["insuranceCompanyName", "policyNumber", "issuedDate", "policyAmount"]


def under(base, names):
    return [f"{base}/{name}" for name in names]


BOTH_TRIP = [
    *under("", [*ENVELOPE, "tripNumber", "estimatedArrivalDateTime", "truck", "trailers", "drivers", "passengers"]),
    *under("/truck", ["number", "type", "vinNumber", "dotNumber", "insurancePolicy", "sealNumbers", "sealNumbers/*"]),
    *under("/truck/insurancePolicy", INSURANCE),
    *under("/trailers/*", ["number", "type", "sealNumbers", "sealNumbers/*"]),
    *under("/truck/licensePlate", ["number", "stateProvince", "country"]),
    *under("/trailers/*/licensePlate", ["number", "stateProvince", "country"]),
    *under("/drivers/*", ["driverNumber", *PERSON]),
    *under("/passengers/*", PERSON),
    "/shipments",
]
BOTH_SHIPMENT = [
    *ENVELOPE,
    *under("shipper", PARTY),
    *under("consignee", PARTY),
    "shipper",
    "consignee",
    "commodities",
    *under(
        "commodities/*",
        [
            "description",
            "quantity",
            "packagingUnit",
            "weight",
            "weightUnit",
            "marksAndNumbers",
            "hazmatDetails",
            "hazmatDetails/unCode",
            "hazmatDetails/emergencyContactName",
            "hazmatDetails/contactPhone",
        ],
    ),
]
ACE_TRIP = [
    "/usPortOfArrival",
    "/instrumentsOfInternationalTrafficBond",
    "/instrumentsOfInternationalTrafficBond/type",
    *under("/truck/licensePlates/*", ["number", "stateProvince", "country"]),
    *under("/trailers/*/licensePlates/*", ["number", "stateProvince", "country"]),
    "/truck/licensePlates",
    "/trailers/*/licensePlates",
    "/drivers/*/usAddress",
]
ACE_SHIPMENT = [
    *[
        "type",
        "shipmentControlNumber",
        "provinceOfLoading",
        "goodsAstrayDateOfExit",
        "inBondDetails",
        "broker",
        "thirdParties",
    ],
    *under(
        "inBondDetails",
        [
            "type",
            "paperInBondNumber",
            "usDestination",
            "foreignDestination",
            "onwardCarrierScac",
            "irsNumber",
            "estimatedDepartureDate",
            "fda",
        ],
    ),
    "broker/filerCode",
    "broker/portLocation",
    "thirdParties/*/type",
    *under("thirdParties/*", PARTY),
    *under(
        "commodities/*",
        [
            "loadedOn",
            "loadedOn/type",
            "loadedOn/number",
            "marksAndNumbers/*",
            "harmonizedCode",
            "value",
            "countryOfOrigin",
            "c4LineReleaseNumber",
            "hazmatDetails/contactEmail",
        ],
    ),
]
ACI_TRIP = [
    "/portOfEntry",
    "/subLocation",
    "/estimatedArrivalTimeZone",
    "/truck/insurancePolicy/amountCurrency",
    *[f"{unit}/cargoExemptions{item}" for unit in ("/truck", "/trailers/*", "/containers/*") for item in ("", "/*")],
    "/containers",
    *under("/containers/*", ["number", "loadedOn", "loadedOn/type", "loadedOn/number"]),
]
ACI_SHIPMENT = [
    *[
        "shipmentType",
        "cargoControlNumber",
        "loadedOn",
        "loadedOn/type",
        "loadedOn/number",
        "referenceOnlyShipment",
        "portOfEntry",
    ],
    *[
        "releaseOffice",
        "subLocation",
        "estimatedArrivalDate",
        "estimatedArrivalTimeZone",
        "cityOfLoading",
        "cityOfAcceptance",
    ],
    *under("cityOfLoading", ["cityName", "stateProvince", "country"]),
    *under("cityOfAcceptance", ["cityName", "stateProvince", "country"]),
    *["consolidatedFreight", "importerCsaBusinessNumber", "uniqueConsignmentReferenceNumber", "specialInstructions"],
    "deliveryDestinations",
    "notifyParties",
    *under("deliveryDestinations/*", [*PARTY, "contactNumber"]),
    *under("notifyParties/*", [*PARTY, "contactNumber"]),
    "shipper/contactNumber",
    "consignee/contactNumber",
    "commodities/*/hazmatDetails/handlingInstructions",
]


def reference(regime):
    trip, shipment = (ACE_TRIP, ACE_SHIPMENT) if regime is Regime.ACE else (ACI_TRIP, ACI_SHIPMENT)
    return [*BOTH_TRIP, *trip, *under("/shipments/*", [*BOTH_SHIPMENT, *shipment])]


@pytest.mark.parametrize("regime", list(Regime))
def test_every_path_of_the_reference_has_a_row(regime):
    for path in reference(regime):
        concrete = path.replace("*", "3")
        assert at(regime, concrete) is not None, path
        if path.startswith("/shipments/*/"):
            assert at(regime, concrete.removeprefix("/shipments/3"), is_lone_shipment=True) is not None, path


@pytest.mark.parametrize("regime", list(Regime))
def test_a_row_and_its_path_lead_to_each_other(regime):
    for field in fields_of(regime):
        path = path_for(field, regime)
        assert at(regime, path.replace("*", "0")) is field
        assert at(regime, path.replace("*", "-")) is field


def test_names_are_unique_and_found():
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert all(by_name(field.name) is field for field in FIELDS)
    assert all(re.fullmatch(r"[a-z][a-z_]*[a-z]", field.name) for field in FIELDS)
    with pytest.raises(KeyError):
        by_name("no_such_row")


def test_a_plate_is_found_in_both_places_of_an_ace_trip():
    number = by_name("truck_plate_number")
    assert at(Regime.ACE, "/truck/licensePlates/1/number") is number
    assert at(Regime.ACE, "/truck/licensePlate/number") is number
    assert at(Regime.ACI, "/truck/licensePlate/number") is number
    assert at(Regime.ACI, "/truck/licensePlates/0/number") is None


def test_unknown_places_have_no_row():
    assert at(Regime.ACE, "/portOfEntry") is None
    assert at(Regime.ACI, "/usPortOfArrival") is None
    assert at(Regime.ACE, "") is None
    assert at(Regime.ACE, "/shipments/01/type") is None


def test_the_regimes_differ_where_the_reference_says_so():
    assert at(Regime.ACE, "/shipments/0/commodities/0/weight").kind is Kind.NUMBER
    assert at(Regime.ACI, "/shipments/0/commodities/0/weight").kind is Kind.NUMBER_TEXT
    assert at(Regime.ACE, "/shipments/0/commodities/0/marksAndNumbers").kind is Kind.TEXT_ARRAY
    assert at(Regime.ACI, "/shipments/0/commodities/0/marksAndNumbers").kind is Kind.TEXT
    assert at(Regime.ACE, "/shipments/0/loadedOn") is None
    assert at(Regime.ACI, "/shipments/0/commodities/0/loadedOn") is None
    assert at(Regime.ACI, "/shipments/0/estimatedArrivalDate").kind is Kind.DATETIME
    assert need_for(by_name("truck_type"), Regime.ACE) is Need.YES
    assert need_for(by_name("truck_type"), Regime.ACI) is Need.NO
    assert need_for(by_name("drivers"), Regime.ACI) is Need.NO


LIMITS = {
    "trip_number_ace": (8, 25), "trip_number_aci": (8, 25), "us_port": (4, 4), "ca_port": (4, 4), "eta": (19, 19),
    "truck_number": (1, 17), "truck_type": (2, 2), "truck_vin": (17, 17), "truck_plate_number": (1, 10),
    "truck_plate_state": (2, 3), "truck_dot_number": (1, 8), "truck_seal": (1, 15), "trailer_number": (1, 17),
    "trailer_type": (2, 2), "trailer_seal": (1, 15), "driver_first_name": (1, 30), "driver_last_name": (1, 30),
    "driver_citizenship": (2, 2), "driver_document_type": (2, 3), "driver_document_number": (1, 30),
    "shipment_type_ace": (4, 15), "shipment_control_number": (8, 16), "province_of_loading": (2, 5),
    "shipper_name": (1, 60), "shipper_address_line": (1, 110), "shipper_address_city": (1, 30),
    "shipper_address_postal_code": (1, 10), "shipper_address_state": (2, 3), "commodity_description_ace": (1, 512),
    "commodity_description_aci": (1, 450), "commodity_packaging_unit_ace": (3, 3), "commodity_weight_unit_ace": (1, 3),
    "commodity_mark": (1, 45), "commodity_marks_aci": (1, 35), "commodity_harmonized_code": (6, 10),
    "commodity_value": (1, 9), "cargo_control_number": (8, 25), "release_office": (4, 4), "shipment_eta": (19, 19),
    "city_of_loading_city": (1, 25), "city_of_loading_state": (2, 3), "special_instructions": (0, 300),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_limits_are_those_of_the_manuals(name):
    assert (by_name(name).minimum, by_name(name).maximum) == LIMITS[name]


def test_personal_numbers_are_secret():
    secret = {field.name for field in FIELDS if field.is_secret}
    for who in ("driver", "passenger"):
        assert {f"{who}_birth_date", f"{who}_document_number", f"{who}_fast_card", f"{who}_ace_id"} <= secret
    assert not any(name.startswith(("truck", "trailer", "shipp", "commodity")) for name in secret)


def test_conflicting_facts_only_warn():
    """VIN and FAST number break the manuals in the API page's own examples."""
    for name in ("truck_vin", "driver_fast_card", "send_id", "company_key", "operation"):
        assert not by_name(name).is_firm
    for name in ("trip_number_ace", "cargo_control_number", "commodity_quantity", "reference_only"):
        assert by_name(name).is_firm


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_row_is_whole(field):
    assert field.ace or field.aci
    assert (field.also_ace is None) or field.ace
    assert field.mark in "SEMFCI"
    assert field.maximum is None or field.minimum <= field.maximum
    assert re.compile(field.pattern)
    assert texts.has(f"fields.{field.name}")
    assert texts.has(f"fields.{field.name}.help")
    if field.codes:
        assert code_list(field.codes).codes
        assert texts.has(f"codes.{field.codes}")
    parent = (field.ace or field.aci).rpartition("/")[0].removesuffix("/*")
    if parent and parent.replace("/*", "") and parent != "/shipments":
        regime = Regime.ACE if field.ace else Regime.ACI
        assert at(regime, parent.replace("*", "0")) is not None, parent


def test_the_envelope_is_named():
    assert {"data", "shipment_auto_send"} <= fields.ENVELOPE
    assert all(by_name(name) for name in fields.ENVELOPE)
