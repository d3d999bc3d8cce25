"""Code lists: what they say, and what they find."""

import json

import pytest

from desktop import assets
from desktop.domain.codes import Code, code_list, fold
from desktop.errors import Bug

LISTS = sorted(path.stem for path in assets.path("codes").glob("*.json") if path.stem != "crossings")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_where_it_comes_from_and_how_old_it_is(name):
    codes = code_list(name)
    assert codes.source
    assert codes.date[:2] == "20"
    assert len(codes) == len(json.loads(assets.read_text(f"codes/{name}.json"))["codes"]) - (name == "states-provinces")
    assert all(entry.code and entry.label for entry in codes.codes)


def test_codes_and_words_are_found():
    units = code_list("packaging-units-ace")
    assert units.search("PAL")[0] == Code("PAL", "Pail")
    assert units.search("pallet")[0].code == "PLT"
    assert "PCE" not in units
    assert "PCE" in code_list("packaging-units-aci")
    ports = code_list("us-ports")
    assert ports.search("3801")[0].label == "Detroit, MI"
    assert [entry.code for entry in ports.search("huron mi")] == ["3802"]
    assert ports.search("38")[0].code.startswith("38")
    assert ports.search("no such place") == []
    assert len(ports.search("", limit=5)) == 5


def test_placeholders_and_ended_types_are_read_but_not_put_forward():
    assert code_list("us-ports").label("9999") is not None
    assert code_list("us-ports").search("9999") == []
    assert "SECTION_321" in code_list("shipment-types-ace")
    assert code_list("shipment-types-ace").search("section") == []
    assert code_list("shipment-types-ace").search("carnet")


def test_parts_of_a_list_belong_to_their_regime():
    assert [entry.code for entry in code_list("loaded-on-types-ace").codes] == ["TRAILER", "TRUCK"]
    assert "CONTAINER" in code_list("loaded-on-types-aci")
    assert "L" in code_list("weight-units-ace")
    assert "L" not in code_list("weight-units-aci")
    assert "NP" in code_list("plate-states")
    assert "NP" not in code_list("states-provinces")


def test_what_else_a_list_says():
    assert code_list("states-provinces").facts("MI")["country"] == "US"
    assert code_list("states-provinces").facts("QQ") == {}
    assert code_list("time-zones").facts("EST") == {}
    assert code_list("time-zones").label("EST") == "Eastern Standard Time"
    assert code_list("time-zones").label("ESX") is None


def test_folding_forgets_case_and_accents():
    assert fold("Pohénégamook") == "pohenegamook"


def test_an_unknown_list_is_our_mistake():
    with pytest.raises(Bug):
        code_list("no-such-list")
