"""What does not apply stays in the document and out of the message."""

import copy
import json
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.left_out import LeftOut, Why, applies, left_out, sent_form
from desktop.domain.lifecycle import Regime

MESSAGES = Path(__file__).resolve().parents[2] / "golden" / "messages"
ACE = {"data": "ACE_TRIP", "drivers": [{"firstName": "Sample"}], "shipments": [{"type": "PAPS"}]}
ACI = {"data": "ACI_TRIP", "drivers": [{}], "shipments": [{"shipmentType": "PARS"}]}


def ace(**shipment):
    return {**ACE, "shipments": [{"type": "PAPS", **shipment}]}


def aci(**shipment):
    return {**ACI, "shipments": [{"shipmentType": "PARS", **shipment}]}


def pointers(document):
    return [one.pointer for one in left_out(document)]


def test_in_bond_details_go_with_in_bond_types_only():
    details = {"type": "61"}
    assert left_out(ace(inBondDetails=details)) == [LeftOut("/shipments/0/inBondDetails", Why.TYPE, "PAPS")]
    assert left_out(ace(type="IN_BOND", inBondDetails=details)) == []
    assert left_out(ace(type="QP_IN_BOND", inBondDetails=details)) == []


def test_dates_numbers_and_codes_go_with_their_types():
    assert pointers(ace(goodsAstrayDateOfExit="2026-11-01")) == ["/shipments/0/goodsAstrayDateOfExit"]
    assert pointers(ace(type="GOODS_ASTRAY", goodsAstrayDateOfExit="2026-11-01")) == []
    assert pointers(aci(importerCsaBusinessNumber="1")) == ["/shipments/0/importerCsaBusinessNumber"]
    assert pointers(aci(shipmentType="CSA", importerCsaBusinessNumber="1")) == []
    lines = [{"description": "Tiles"}, {"c4LineReleaseNumber": "A"}]
    assert pointers(ace(commodities=lines)) == ["/shipments/0/commodities/1/c4LineReleaseNumber"]
    assert pointers(ace(type="BRASS", commodities=lines)) == []


def test_without_a_type_nothing_is_left_out():
    assert left_out(ace(type="", inBondDetails={})) == []
    assert left_out(ace(type=None, goodsAstrayDateOfExit="")) == []


def test_an_address_in_the_usa_goes_with_trips_that_carry_nothing():
    driver = {"usAddress": {"city": "Detroit"}}
    assert left_out({**ACE, "drivers": [{}, driver]}) == [LeftOut("/drivers/1/usAddress", Why.LOADED)]
    assert left_out({**ACE, "drivers": [driver], "shipments": []}) == []


def test_what_only_the_other_regime_has_is_left_out_whole():
    assert left_out({**ACE, "containers": [{"number": "ABCU1234567"}]}) == [LeftOut("/containers", Why.REGIME)]
    assert pointers(ace(cityOfLoading={"cityName": "Windsor"})) == ["/shipments/0/cityOfLoading"]
    assert pointers({**ACI, "drivers": [{"aceId": "A"}]}) == ["/drivers/0/aceId"]
    assert pointers(aci(commodities=[{"value": "1", "description": "Tiles"}])) == ["/shipments/0/commodities/0/value"]


def test_what_no_table_knows_goes_along():
    assert left_out({**ACE, "somethingNew": 1, "truck": {"colour": "blue"}}) == []


@pytest.mark.parametrize("name", ["ace-trip", "aci-trip"])
def test_the_pages_own_trips_go_out_whole(name):
    document = json.loads((MESSAGES / f"{name}.json").read_text(encoding="utf-8"))
    assert sent_form(document) is document


@pytest.mark.parametrize(
    "odd", [None, 1, [], {}, {"data": 1}, {"data": "RNS_SHIPMENT"}, {**ACE, "shipments": [1, "a"]}]
)
def test_anything_else_is_left_alone(odd):
    assert left_out(odd) == []


def test_the_sent_form_lacks_just_that_and_the_document_keeps_it():
    document = ace(inBondDetails={"type": "61"}, provinceOfLoading="ON")
    before = copy.deepcopy(document)
    assert sent_form(document) == ace(provinceOfLoading="ON")
    assert document == before


def test_applies_says_what_the_form_shows():
    assert applies(Regime.ACE, "inBondDetails", "IN_BOND")
    assert not applies(Regime.ACE, "inBondDetails", "PAPS")
    assert applies(Regime.ACE, "inBondDetails", None)
    assert applies(Regime.ACE, "shipper", "PAPS")
    assert not applies(Regime.ACE, "c4LineReleaseNumber", "PAPS")
    assert applies(Regime.ACI, "c4LineReleaseNumber", "PARS")
    types = json.loads(assets.read_text("codes/shipment-types-ace.json"))["codes"]
    assert any("IN_BOND" in json.dumps(one) for one in types)
