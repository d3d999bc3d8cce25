"""Another truck or trailer: what is loaded on the old one goes along, in both regimes; seals stay on their doors."""

from __future__ import annotations

import copy

from desktop.domain.swapping import Part, loaded_on, swapped

ACE = {
    "truck": {"number": "2013", "type": "TR"},
    "trailers": [
        {"number": "0456", "type": "TL", "sealNumbers": ["S1"], "cargoExemptions": ["10"]},
        {"number": "0457", "type": "TL"},
    ],
    "shipments": [
        {
            "commodities": [
                {"loadedOn": {"type": "TRAILER", "number": "0456"}, "description": "Books"},
                {"loadedOn": {"type": "TRAILER", "number": "0457"}},
                {"loadedOn": {"type": "TRUCK", "number": "0456"}},
            ]
        }
    ],
}
ACI = {
    "truck": {"number": "10"},
    "trailers": [{"number": "23411"}],
    "containers": [{"number": "CONT1", "loadedOn": {"type": "TRAILER", "number": "23411"}}],
    "shipments": [{"loadedOn": {"type": "TRAILER", "number": "23411"}, "commodities": []}],
}


def test_what_is_loaded_on_a_trailer_is_loaded_on_the_new_one() -> None:
    before = copy.deepcopy(ACE)
    made = swapped(ACE, Part.TRAILER, 0, {"number": "0461", "type": "TL", "sealNumbers": ["S9"]})
    assert made["trailers"] == [
        {"number": "0461", "type": "TL", "sealNumbers": ["S9"], "cargoExemptions": ["10"]},
        {"number": "0457", "type": "TL"},
    ]
    assert [one["loadedOn"]["number"] for one in made["shipments"][0]["commodities"]] == ["0461", "0457", "0456"]
    assert made["truck"] == ACE["truck"]
    assert before == ACE  # what was is not touched
    assert loaded_on(ACE, Part.TRAILER, "0456") == 1
    assert loaded_on(made, Part.TRAILER, "0456") == 0


def test_shipments_and_containers_of_a_trip_to_canada_follow() -> None:
    made = swapped(ACI, Part.TRAILER, 0, {"number": "23499"})
    assert made["shipments"][0]["loadedOn"] == {"type": "TRAILER", "number": "23499"}
    assert made["containers"][0]["loadedOn"]["number"] == "23499"
    assert loaded_on(ACI, Part.TRAILER, "23411") == 2


def test_a_truck_takes_what_rode_on_the_old_one_and_no_more() -> None:
    made = swapped(ACE, Part.TRUCK, 0, {"number": "31"})
    assert made["truck"] == {"number": "31"}
    assert made["shipments"] == ACE["shipments"]  # nothing was loaded on truck 2013


def test_old_seals_stay_behind() -> None:
    assert "sealNumbers" not in swapped(ACE, Part.TRAILER, 0, {"number": "0461"})["trailers"][0]


def test_a_unit_of_no_number_moves_nothing() -> None:
    made = swapped({"trailers": [{}], "shipments": ACE["shipments"]}, Part.TRAILER, 0, {"number": "9"})
    assert made["trailers"] == [{"number": "9"}]
    assert made["shipments"] == ACE["shipments"]
