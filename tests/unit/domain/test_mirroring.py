"""The way back: every word of one regime in the other's, and nothing guessed."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.validation import samples

from desktop.domain import crossings
from desktop.domain.codes import code_list
from desktop.domain.lifecycle import Regime
from desktop.domain.mirroring import Load, mirrored, opposite_port, packaging
from desktop.validation import check

ACE, ACI = Regime.ACE, Regime.ACI


def ace():
    trip = samples.base("ace")
    trip["usPortOfArrival"] = "3802"
    return trip


def test_a_trip_south_becomes_the_way_north():
    trip = ace()
    trip["truck"] |= {"licensePlates": [{"number": "P1", "stateProvince": "ON"}], "sealNumbers": ["S"]}
    trip["truck"].pop("licensePlate", None)
    trip["trailers"] = [{"number": "T1", "type": "TL", "licensePlates": [{"number": "P2", "stateProvince": "ON"}]}]
    shipment = trip["shipments"][0]
    shipment["type"] = "PAPS"
    shipment["commodities"] = [
        {
            "loadedOn": {"type": "TRAILER", "number": "T1"},
            "description": "Books",
            "quantity": 35,
            "packagingUnit": "BKT",
            "weight": 1500.5,
            "weightUnit": "L",
            "marksAndNumbers": ["A", "B 2"],
            "harmonizedCode": "490110",
            "value": "12.50",
            "countryOfOrigin": "CA",
            "hazmatDetails": {"unCode": "1203", "contactEmail": "sample@example.com"},
        }
    ]
    made = mirrored(ACE, trip, Load.SWAPPED)
    assert made.regime is ACI
    document = made.document
    assert document["data"] == "ACI_TRIP"
    assert document["portOfEntry"] == "0440"
    assert document["truck"]["licensePlate"] == {"number": "P1", "stateProvince": "ON"}
    assert "sealNumbers" not in document["truck"]
    assert document["trailers"] == [
        {"number": "T1", "type": "TL", "licensePlate": {"number": "P2", "stateProvince": "ON"}}
    ]
    assert document["drivers"] == trip["drivers"]
    north = document["shipments"][0]
    assert north["shipmentType"] == "PARS"
    assert (north["shipper"], north["consignee"]) == (shipment["consignee"], shipment["shipper"])
    address = shipment["consignee"]["address"]
    assert north["cityOfLoading"] == {"cityName": address["city"], "stateProvince": address["stateProvince"]}
    assert (north["portOfEntry"], north["releaseOffice"]) == ("0440", "0440")
    assert north["loadedOn"] == {"type": "TRAILER", "number": "T1"}
    assert north["commodities"] == [
        {
            "description": "Books",
            "quantity": 35,
            "packagingUnit": "BXT",
            "weight": "1500.5",
            "weightUnit": "LBR",
            "marksAndNumbers": "A B 2",
            "hazmatDetails": {"unCode": "1203"},
        }
    ]
    assert not {"tripNumber", "usPortOfArrival", "estimatedArrivalDateTime"} & set(document)
    assert "/shipments/0/releaseOffice" in made.to_confirm
    assert "/shipments/0/commodities/0/quantity" in made.to_confirm


def test_a_trip_north_becomes_the_way_south():
    trip = samples.base("aci")
    trip["portOfEntry"] = "0440"
    trip["containers"] = [{"number": "SAMP1234567"}]
    trip["truck"]["cargoExemptions"] = ["01"]
    shipment = trip["shipments"][0]
    shipment["shipmentType"] = "PARS"
    shipment["loadedOn"] = {"type": "TRAILER", "number": "T1"}
    shipment["commodities"] = [
        {"description": "Pipe", "quantity": 3, "packagingUnit": "PCE", "weight": "1200", "weightUnit": "KGM",
         "marksAndNumbers": "M 1"}
    ]  # fmt: skip
    document = mirrored(ACI, trip, Load.SWAPPED).document
    assert document["usPortOfArrival"] == "3802"
    assert document["truck"]["licensePlates"] == [trip["truck"]["licensePlate"]]
    assert not {"licensePlate", "cargoExemptions"} & set(document["truck"])
    assert not {"portOfEntry", "containers", "subLocation"} & set(document)
    south = document["shipments"][0]
    assert south["type"] == "PAPS"
    assert south["provinceOfLoading"] == shipment["consignee"]["address"]["stateProvince"]
    assert south["commodities"] == [
        {"loadedOn": {"type": "TRAILER", "number": "T1"}, "description": "Pipe", "quantity": 3,
         "packagingUnit": "PCS", "weight": 1200, "weightUnit": "KG", "marksAndNumbers": ["M 1"]}
    ]  # fmt: skip
    assert type(south["commodities"][0]["weight"]) is int


def test_a_way_back_with_nothing_has_no_shipments():
    for regime in Regime:
        made = mirrored(regime, samples.base(regime.lower()), Load.NOTHING)
        assert made.document["shipments"] == []
        assert made.document["drivers"]


def test_a_type_only_the_broker_can_name_is_left_empty():
    trip = ace()
    trip["shipments"][0]["type"] = "GOODS_ASTRAY"
    assert "shipmentType" not in mirrored(ACE, trip, Load.SWAPPED).document["shipments"][0]


@pytest.mark.parametrize(
    ("regime", "port", "ports", "expected"),
    [
        (ACE, "3802", (), ("0440", False)),
        (ACI, "0453", (), ("3801", False)),
        (ACE, "3801", (), ("", True)),  # the bridge or the tunnel: nobody guesses
        (ACE, "3801", ("0409", "0452", "0453"), ("0452", True)),
        (ACE, "9999", (), ("", True)),
        (ACI, None, (), ("", False)),
    ],
)
def test_the_port_opposite(regime, port, ports, expected):
    assert opposite_port(regime, port, ports) == expected


def test_packaging_is_translated_by_meaning():
    assert [packaging(ACI, unit) for unit in ("PCS", "BLE", "HMP", "CAR", "GAL", None)] == [
        "PCS", "BAL", "HPR", "", "", None,
    ]  # fmt: skip
    assert [packaging(ACE, unit) for unit in ("PCE", "BAL", "ENV", "COR", "CAR", 7)] == ["PCS", "BLE", "", "", "", 7]
    for to, name in ((ACE, "packaging-units-ace"), (ACI, "packaging-units-aci")):
        other = code_list("packaging-units-aci" if to is ACE else "packaging-units-ace")
        for code in other.codes:
            translated = packaging(to, code.code)
            assert translated == "" or translated in code_list(name)


def units(plate):
    text = st.text("ABC123", min_size=1, max_size=6)
    plates = st.fixed_dictionaries({"number": text, "stateProvince": st.sampled_from(["ON", "MI"])})
    made = {
        "number": text,
        "type": st.just("TL"),
        plate: plates if plate == "licensePlate" else plates.map(lambda p: [p]),
    }
    return st.fixed_dictionaries(made, optional={"vinNumber": text, "dotNumber": st.just("123")})


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"firstName": st.text("abc", min_size=1), "lastName": st.just("Sample")},
        optional={"driverNumber": st.just("D1"), "travelDocuments": st.just([{"type": "5K", "number": "SAMPLE-1"}])},
    ),
    max_size=3,
)


@st.composite
def trips(draw):
    regime = draw(st.sampled_from(list(Regime)))
    plate = "licensePlates" if regime is ACE else "licensePlate"
    paired = [one for one in crossings.every() if one.us_port and one.ca_office]
    crossing = draw(st.sampled_from(paired))
    name, port = ("usPortOfArrival", crossing.us_port) if regime is ACE else ("portOfEntry", crossing.ca_office)
    document = {
        "data": f"{regime}_TRIP",
        "tripNumber": "AAAA1234",
        name: port,
        "truck": draw(units(plate)),
        "trailers": draw(st.lists(units(plate), max_size=3)),
        "drivers": draw(PEOPLE),
        "passengers": draw(PEOPLE),
        "shipments": [],
    }
    return regime, document, port


@given(trips(), st.sampled_from(list(Load)))
def test_there_and_back_keeps_truck_trailers_crew_and_port(trip, load):
    regime, document, port = trip
    before = copy.deepcopy(document)
    there = mirrored(regime, document, load)
    back = mirrored(there.regime, there.document, load, ports=[port])
    assert document == before
    assert back.regime is regime
    for name in ("truck", "trailers", "drivers", "passengers"):
        assert back.document[name] == document[name]
    name = "usPortOfArrival" if regime is ACE else "portOfEntry"
    other = "portOfEntry" if regime is ACE else "usPortOfArrival"
    if other in there.document:  # a port with several crossings is asked
        assert back.document[name] == port


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["truck", "trailers", "shipments", "commodities", "loadedOn", "licensePlates", "licensePlate", "weight",
                 "weightUnit", "packagingUnit", "marksAndNumbers", "consignee", "address", "usPortOfArrival", "type"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON, st.sampled_from(list(Regime)), st.sampled_from(list(Load)))
def test_no_document_is_too_odd_for_a_way_back(value, regime, load):
    made = mirrored(regime, value if isinstance(value, dict) else {"shipments": value}, load)
    check(made.document)


def test_what_is_left_to_ask_of_a_sound_trip_is_little():
    """Numbers and arrival; and of the driver what CBSA never wanted to know and CBP does."""
    asked = {
        Regime.ACE: {"/tripNumber", "/estimatedArrivalDateTime", "/shipments/0/cargoControlNumber",
                     "/shipments/0/estimatedArrivalDate"},
        Regime.ACI: {"/tripNumber", "/estimatedArrivalDateTime", "/shipments/0/shipmentControlNumber",
                     "/drivers/0/citizenshipCountry", "/drivers/0/dateOfBirth", "/drivers/0/gender",
                     "/drivers/0/travelDocuments"},
    }  # fmt: skip
    for regime in Regime:
        trip = samples.base(regime.lower())
        made = mirrored(regime, trip, Load.SWAPPED, ports=["0453"])
        wrong = {issue.path for issue in check(made.document, samples.facts()).issues if issue.severity == "error"}
        assert wrong == asked[regime]
