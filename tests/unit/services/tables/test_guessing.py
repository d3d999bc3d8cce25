"""What the heads of columns suggest."""

from __future__ import annotations

import pytest
from unit.services.tables.samples import text_table

from desktop import assets
from desktop.domain.lifecycle import Regime
from desktop.services.tables.column import BASES, layout
from desktop.services.tables.guessing import columns_for, folded, from_json, kind_for, mapping_for, to_json
from desktop.services.tables.value import How


@pytest.mark.parametrize("kind", BASES)
def test_our_own_heads_and_the_wires_pointers_are_known_and_no_two_are_alike(kind: str) -> None:
    place = layout(kind)
    pointers = tuple(place.choices(Regime, lists=4))
    labels = [place.label(pointer) for pointer in pointers]
    assert len({folded(label) for label in labels}) == len(pointers)
    assert columns_for(labels, kind) == pointers
    assert columns_for(pointers, kind) == pointers
    assert columns_for([label.upper() for label in labels], kind) == pointers


@pytest.mark.parametrize("kind", BASES)
def test_what_people_call_columns_leads_to_columns(kind: str) -> None:
    for pointer, heads in assets.read_json("tables/heads.json")[kind].items():
        assert pointer in set(layout(kind).choices(Regime)), pointer
        for head in heads:
            assert columns_for([head], kind)[0], head
    told = {
        (folded(head), pointer)
        for pointer, heads in assets.read_json("tables/heads.json")[kind].items()
        for head in heads
    }
    assert len({head for head, _ in told}) == len(told)  # no head leads to two places


@pytest.mark.parametrize(
    ("kind", "head", "pointer"),
    [
        ("trucks", "Unit #", "/number"),
        ("trucks", "PLATE", "/licensePlates/0/number"),
        ("trucks", "Plate 2", "/licensePlates/1/number"),
        ("trucks", "Seal #3", "/sealNumbers/2"),
        ("partners", "Zip", "/address/postalCode"),
        ("partners", "Postal", "/address/postalCode"),
        ("shipments", "PAPS", "/shipmentControlNumber"),
        ("shipments", "SCN", "/shipmentControlNumber"),
        ("shipments", "CCN", "/cargoControlNumber"),
        ("shipments", "Shipper name", "/shipper/name"),
        ("shipments", "consignee_zip", "/consignee/address/postalCode"),
        ("shipments", "HS Code", "/commodities/*/harmonizedCode"),
        ("drivers", "dateOfBirth", "/dateOfBirth"),
        ("drivers", "Passport No.", "/travelDocuments/0/number"),
        ("drivers", "Shoe size", ""),
        ("drivers", "/commodities/0/weight", ""),
        ("shipments", "/commodities/0/weight", ""),
    ],
)
def test_common_heads(kind: str, head: str, pointer: str) -> None:
    assert columns_for([head], kind) == (pointer,)


def test_a_second_column_of_one_meaning_is_left_out() -> None:
    assert columns_for(["Zip", "Postal code"], "partners") == ("/address/postalCode", "")
    assert columns_for(["Zip", "Postal code or ZIP"], "partners") == ("", "/address/postalCode")


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (["First name", "Surname", "DOB"], "drivers"),
        (["Unit", "VIN", "Plate"], "trucks"),
        (["Trailer number", "Trailer type"], "trailers"),
        (["Name", "Street", "Zip"], "partners"),
        (["PARS", "Shipper name", "Weight"], "shipments"),
        (["Colour", "Taste"], ""),
        (["Unit", "Plate"], ""),
    ],
)
def test_the_heads_say_what_a_table_holds(heads: list[str], kind: str) -> None:
    assert kind_for(heads) == kind


@pytest.mark.parametrize(
    ("cells", "how"),
    [
        (["12,5", "1,234"], How(",")),
        (["12.5", "1,234"], How(".")),
        (["12,5", "12.5"], How()),
        (["1,234"], How()),
    ],
)
def test_the_table_shows_how_it_writes_numbers(cells: list[str], how: How) -> None:
    table = text_table("shipments", "PAPS;Weight", *(f"AAAA75432{row};{cell}" for row, cell in enumerate(cells)))
    assert mapping_for(table, "shipments").how == how


def test_the_table_shows_which_comes_first_day_or_month() -> None:
    table = text_table("drivers", "First name,DOB", "A,01/02/1970", "B,31/12/1970")
    assert mapping_for(table, "drivers").how == How(days="dmy")


def test_a_mapping_is_remembered_as_it_was() -> None:
    table = text_table("partners", "Name,Zip,What", "A,48201,x")
    mapping = mapping_for(table, "partners").with_column(2, "/address/city")
    again = from_json("partners", table.heads, to_json(mapping))
    assert again is not None
    assert (again.columns, again.how, again.is_remembered) == (mapping.columns, mapping.how, True)
    assert from_json("partners", [*table.heads, "one more"], to_json(mapping)) is None
    assert from_json("partners", ["A"], {"columns": ["/no/such"], "decimal": 7}) is not None


def test_choosing_a_meaning_takes_it_from_the_column_that_had_it() -> None:
    mapping = mapping_for(text_table("partners", "Name,Zip", "A,48201"), "partners").with_column(
        0, "/address/postalCode"
    )
    assert mapping.columns == ("/address/postalCode", "")
