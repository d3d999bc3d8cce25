"""The practice service's own rule table: strict where the reference is sure, mild where it only warns."""

from __future__ import annotations

import json

import pytest

from desktop import assets
from desktop.practice.personality import Personality
from desktop.practice.rules import KNOWN_DATA, RuleBook

TRIP = {"ace-trip": "AAAA123457A", "aci-trip": "1234923ASDF"}
DELETED = object()


def judged(value, **personality):
    return [problem.note for problem in RuleBook(Personality(**personality), ()).judge(value)]


def put(value, pointer, new):
    """Change one place of a document."""
    *way, last = [int(step) if step.isdigit() else step for step in pointer.split("/")]
    for step in way:
        value = value[step]
    if new is DELETED:
        del value[last]
    else:
        value[last] = new


def test_the_page_s_trips_pass_even_by_the_strictest_switches(message):
    for name in TRIP:
        assert judged(message(name), unknown_fields="refuse", null_values="refuse") == []


ACE = [
    ("tripNumber", DELETED, "Trip Number is required"),
    ("tripNumber", "AAAA123", "Trip Number must be 8 to 25 characters"),
    ("tripNumber", "1234567890", "Trip Number must be SCAC followed by 4 to 21 letters or digits"),
    ("tripNumber", "AAAA-12345", "Trip Number must be SCAC followed by 4 to 21 letters or digits"),
    ("sendId", "x" * 69, "Send ID must be 1 to 68 characters"),
    ("sendId", 1, "Send ID must be text"),
    ("operation", "INSERT", "Operation is not a known code"),
    ("autoSend", "false", "Auto Send must be true or false"),
    ("usPortOfArrival", "38A1", "US Port of Arrival must be 4 digits"),
    ("usPortOfArrival", 3801, "US Port of Arrival must be text"),
    ("usPortOfArrival", "380", "US Port of Arrival must be 4 characters"),
    (
        "estimatedArrivalDateTime",
        "2026-01-02T03:04:05",
        "Estimated Arrival Date Time must be a time as YYYY-MM-DD HH:MM:SS",
    ),
    ("estimatedArrivalDateTime", "2026-02-30 03:04:05", "Estimated Arrival Date Time is not a date in the calendar"),
    ("estimatedArrivalDateTime", "2026-01-02", "Estimated Arrival Date Time must be 19 characters"),
    ("truck", DELETED, "Truck is required"),
    ("truck", [], "Truck must be an object"),
    ("truck/type", DELETED, "Truck Type is required"),
    ("truck/number", "x" * 18, "Truck Number must be 1 to 17 characters"),
    ("truck/number", "", "Truck Number must not be empty"),
    ("truck/dotNumber", "123456789", "Truck DOT Number must be 1 to 8 characters"),
    ("truck/licensePlate", DELETED, "Truck License Plate is required"),
    ("truck/licensePlate/number", "x" * 11, "Truck License Plate Number must be 1 to 10 characters"),
    ("truck/licensePlate/stateProvince", DELETED, "Truck License Plate State or Province is required"),
    ("truck/sealNumbers", ["x" * 16], "Truck Seal Number must be 1 to 15 characters"),
    ("trailers", {}, "Trailer must be a list"),
    ("trailers/0/licensePlate", DELETED, "Trailer License Plate is required"),
    ("drivers", DELETED, "Driver is required"),
    ("drivers", [], "Driver is required"),
    ("drivers/0/lastName", DELETED, "Driver Last Name is required"),
    ("drivers/0/gender", "X", "Driver Gender must be M or F"),
    ("drivers/0/dateOfBirth", "1970-13-01", "Driver Date of Birth is not a date in the calendar"),
    (
        "drivers/0/travelDocuments",
        [{"type": "5K", "number": "1"}],
        "Driver Travel Document State or Province is required for this document type",
    ),
    (
        "drivers/0/travelDocuments",
        [{"type": "ACW", "number": "1"}],
        "Driver Travel Document Country is required for this document type",
    ),
    (
        "passengers",
        [
            {
                "firstName": "Sample",
                "lastName": "Guest",
                "gender": "F",
                "dateOfBirth": "1990-01-01",
                "citizenshipCountry": "CA",
            }
        ],
        "Passenger Travel Document is required",
    ),
    (
        "instrumentsOfInternationalTrafficBond",
        {"type": "OTHER"},
        "Instruments of International Traffic Bond Type is not a known code",
    ),
    ("shipments", "none", "Shipment must be a list"),
]


@pytest.mark.parametrize(("pointer", "new", "note"), ACE)
def test_ace_trip(message, pointer, new, note):
    trip = message("ace-trip")
    put(trip, pointer, new)
    suffix = "" if pointer == "tripNumber" and new is DELETED else f" [{trip.get('tripNumber')}]"
    assert judged(trip) == [note + suffix]


ACE_SHIPMENT = [
    ("data", "ACI_SHIPMENT", "Data must be ACE_SHIPMENT"),
    ("type", DELETED, "Shipment Type is required"),
    ("type", "PARS", "Shipment Type is not a type of this manifest"),
    ("type", "SECTION_321", "Section 321 shipments are no longer accepted"),
    ("type", "BRASS", "BRASS shipments are no longer accepted"),
    ("shipmentControlNumber", "AAAAB00000000017X", "Shipment Control Number must be 8 to 16 characters"),
    (
        "shipmentControlNumber",
        "AAAA 12345",
        "Shipment Control Number must be SCAC followed by 4 to 12 letters or digits",
    ),
    ("provinceOfLoading", "O", "Province of Loading must be 2 to 5 characters"),
    ("consignee", DELETED, "Consignee is required"),
    ("consignee/name", "x" * 61, "Consignee Name must be 1 to 60 characters"),
    ("consignee/address", DELETED, "Consignee Address is required"),
    ("consignee/address", "Detroit", "Consignee must be an object"),
    ("consignee/address/postalCode", DELETED, "Consignee Postal Code is required"),
    ("consignee/address/stateProvince", DELETED, "Consignee State or Province is required"),
    ("commodities", [], "Commodity is required"),
    ("commodities/0/description", "x" * 513, "Commodity Description must be 1 to 512 characters"),
    ("commodities/0/quantity", "35", "Commodity Quantity must be a number"),
    ("commodities/0/quantity", True, "Commodity Quantity must be a number"),
    ("commodities/0/packagingUnit", "PCE", "Commodity Packaging Unit is not a known code"),
    ("commodities/0/packagingUnit", "BO", "Commodity Packaging Unit must be 3 characters"),
    ("commodities/0/weight", "1500", "Commodity Weight must be a number"),
    ("commodities/0/weight", DELETED, "Commodity Weight is required"),
    ("commodities/0/weightUnit", "T", "Commodity Weight Unit must be a unit of pounds or kilograms"),
    ("commodities/0/marksAndNumbers", "x", "Commodity Marks and Numbers must be a list"),
    ("commodities/0/marksAndNumbers", ["a", "x" * 46], "Commodity Marks and Numbers 2 must be 1 to 45 characters"),
    ("commodities/0/harmonizedCode", "12345", "Commodity Harmonized Code must be 6 to 10 characters"),
    ("commodities/0/value", "1 000", "Commodity Value must be digits and a point"),
    ("commodities/0/countryOfOrigin", "ca", "Commodity Country of Origin must be 2 letters"),
    ("commodities/0/loadedOn/type", "SHIP", "Commodity Loaded On Type is not a known code"),
]


@pytest.mark.parametrize(("pointer", "new", "note"), ACE_SHIPMENT)
def test_ace_shipment_in_its_trip_and_alone(message, pointer, new, note):
    trip = message("ace-trip")
    put(trip["shipments"][0], pointer, new)
    number = trip["shipments"][0]["shipmentControlNumber"]
    assert judged(trip) == [f"{note} [{number}]"]
    if pointer != "data":
        assert judged(trip["shipments"][0]) == [f"{note} [{number}]"]


ACI = [
    ("tripNumber", "12_4923ASDF", "Trip Number must be carrier code followed by 4 to 21 letters or digits"),
    ("portOfEntry", "044", "Port of Entry must be 4 characters"),
    ("truck/licensePlate", DELETED, "Truck License Plate is required"),
    ("trailers/0/licensePlate", [], "Trailer License Plate must be an object"),
    ("trailers/0/type", DELETED, "Trailer Type is required"),
    (
        "drivers/0/travelDocuments/0/stateProvince",
        DELETED,
        "Driver Travel Document 1 State or Province is required for this document type",
    ),
]


@pytest.mark.parametrize(("pointer", "new", "note"), ACI)
def test_aci_trip(message, pointer, new, note):
    trip = message("aci-trip")
    put(trip, pointer, new)
    assert judged(trip) == [f"{note} [{trip['tripNumber']}]"]


ACI_SHIPMENT = [
    ("shipmentType", "PAPS", "Shipment Type is not a known code"),
    ("cargoControlNumber", "1234pars1", "Cargo Control Number must be 8 to 25 letters, digits or dashes"),
    ("releaseOffice", DELETED, "Release Office is required"),
    ("estimatedArrivalDate", "2014-12-08", "Estimated Arrival Date must be 19 characters"),
    ("cityOfLoading/cityName", "x" * 26, "City of Loading City must be 1 to 25 characters"),
    ("cityOfLoading", DELETED, "City of Loading is required"),
    ("consolidatedFreight", "no", "Consolidated Freight must be true or false"),
    ("deliveryDestinations", [{}, {"name": "x"}], None),
    ("commodities/0/weight", 35005, "Commodity Weight must be text"),
    ("commodities/0/weight", "", "Commodity Weight must not be empty"),
    ("commodities/0/packagingUnit", "XYZ", "Commodity Packaging Unit is not a known code"),
    ("commodities/0/marksAndNumbers", ["x"], "Commodity Marks and Numbers must be text"),
    ("commodities/0/description", "x" * 451, "Commodity Description must be 1 to 450 characters"),
]


@pytest.mark.parametrize(("pointer", "new", "note"), ACI_SHIPMENT)
def test_aci_shipment(message, pointer, new, note):
    trip = message("aci-trip")
    put(trip["shipments"][0], pointer, new)
    number = trip["shipments"][0]["cargoControlNumber"]
    notes = (
        [note]
        if note
        else [
            "Delivery Destination 1 Name is required",
            "Delivery Destination 1 Address is required",
            "Delivery Destination 2 Address is required",
        ]
    )
    assert judged(trip) == [f"{note} [{number}]" for note in notes]


MILD = [
    ("ace-trip", "truck/vinNumber", "SHORT"),
    ("ace-trip", "truck/vinNumber", DELETED),
    ("ace-trip", "drivers/0/fastCardNumber", "41100000000099"),
    ("ace-trip", "estimatedArrivalDateTime", "2001-01-01 00:00:00"),
    ("ace-trip", "usPortOfArrival", "9898"),
    ("ace-trip", "sendId", "x" * 68),
    ("ace-trip", "companyKey", "x" * 40),
    ("ace-trip", "truck/type", "ZZ"),
    ("ace-trip", "trailers", DELETED),
    ("ace-trip", "shipments", []),
    ("ace-trip", "shipments/0/type", "SOMETHING_NEW"),
    ("ace-trip", "shipments/0/commodities/0/weight", 0.25),
    ("ace-trip", "shipments/0/inBondDetails", {"anything": True}),
    ("ace-trip", "somethingNew", [1, 2]),
    ("ace-trip", "drivers/0/middleName", None),
    ("ace-trip", "drivers/0/gender", None),
    ("aci-trip", "drivers", DELETED),
    ("aci-trip", "estimatedArrivalTimeZone", "EST"),
    ("aci-trip", "shipments/0/commodities/0/packagingUnit", "PCS"),
    ("aci-trip", "shipments/0/commodities/0/weightUnit", "KGM"),
    ("aci-trip", "containers", [{"number": "ABCD123"}]),
]


@pytest.mark.parametrize(("name", "pointer", "new"), MILD)
def test_what_the_reference_only_warns_of_passes(message, name, pointer, new):
    trip = message(name)
    put(trip, pointer, new)
    assert judged(trip) == []


@pytest.mark.parametrize("unit", ["truck", "trailers/0"])
def test_ace_plates_pass_in_both_shapes(message, unit):
    trip = message("ace-trip")
    put(
        trip,
        f"{unit}/licensePlates",
        [{"number": "A1", "stateProvince": "ON"}, {"number": "A2", "stateProvince": "ON"}],
    )
    assert judged(trip) == []
    put(trip, f"{unit}/licensePlate", DELETED)
    assert judged(trip) == []


def test_aci_plates_are_single_objects(message):
    trip = message("aci-trip")
    trip["truck"]["licensePlates"] = [trip["truck"].pop("licensePlate")]
    assert judged(trip) == ["Truck License Plate is required [1234923ASDF]"]


@pytest.mark.parametrize(
    ("rule", "note"), [("accept", []), ("refuse", ["Driver Gender must not be null [AAAA123457A]"])]
)
def test_null_both_ways(message, rule, note):
    trip = message("ace-trip")
    trip["drivers"][0]["gender"] = None
    assert judged(trip, null_values=rule) == note


@pytest.mark.parametrize(
    ("rule", "note"), [("accept", []), ("refuse", ["Truck colour is not a known field [AAAA123457A]"])]
)
def test_unknown_members_both_ways(message, rule, note):
    trip = message("ace-trip")
    trip["truck"]["colour"] = "red"
    assert judged(trip, unknown_fields=rule) == note


def test_a_required_member_that_is_null_is_missing(message):
    assert judged(message("ace-trip", usPortOfArrival=None)) == ["US Port of Arrival is required [AAAA123457A]"]


def test_several_problems_are_told_together_each_with_its_number(message):
    trip = message("ace-trip", usPortOfArrival="x", drivers=[])
    trip["shipments"] += [7, {**trip["shipments"][0], "shipmentControlNumber": 5}]
    problems = RuleBook(Personality(), ()).judge(trip)
    assert [(problem.on_wire(), problem.shipment) for problem in problems] == [
        ({"identifier": "AAAA123457A", "note": "US Port of Arrival must be 4 characters [AAAA123457A]"}, None),
        ({"identifier": "AAAA123457A", "note": "Driver is required [AAAA123457A]"}, None),
        ({"note": "Shipment must be an object"}, 1),
        ({"note": "Shipment Control Number must be text"}, 2),
    ]


def test_a_delete_needs_its_number_and_nothing_else():
    assert judged({"data": "ACE_TRIP", "operation": "DELETE", "tripNumber": "AAAA1234"}) == []
    assert judged({"data": "ACI_SHIPMENT", "operation": "DELETE"}) == ["Cargo Control Number is required"]
    assert judged({"data": "ACI_TRIP", "operation": "DELETE", "tripNumber": "x", "autoSend": 1}) == [
        "Auto Send must be true or false [x]"
    ]


def test_reference_only_cargo_needs_only_its_number_and_type():
    cargo = {"data": "ACI_SHIPMENT", "operation": "CREATE", "referenceOnlyShipment": True}
    assert judged(cargo) == ["Shipment Type is required", "Cargo Control Number is required"]
    cargo |= {"shipmentType": "PARS", "cargoControlNumber": "1234PARS0001", "portOfEntry": 1}
    assert judged(cargo) == ["Port of Entry must be text [1234PARS0001]"]


def test_the_table_is_whole():
    """Every row names what the judge knows: kinds, notes, code lists, other objects."""
    table = assets.read_json("practice/rules.json")
    objects = table["objects"]
    assert set(objects) >= KNOWN_DATA
    for name, definition in objects.items():
        names = [row["name"] for row in definition["rows"]]
        assert len(names) == len(set(names)), name
        for row in definition["rows"]:
            assert row["type"] in {"string", "number", "boolean", "object", "array", "any", "none"}, row
            assert row["mark"] in {"S", "E", "M", "F", "C"}, row
            assert row["mark"] in {"S", "E", "M"} or not row["need"] or name in {"RNS_SEND_REQUEST", "loadedOn"}, row
            assert row.get("of", "address") in objects, row
            assert "shape" in row or "pattern" not in row, row
            for codes in (row.get("codes"), row.get("foreign"), row.get("refuse_listed")):
                assert codes is None or assets.path(f"codes/{codes}.json").exists()
    assert json.dumps(table).isascii()
