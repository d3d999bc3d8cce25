"""A shipment is found by its number at the place where it stands, whatever else stands there."""

import pytest

from desktop.domain.documents import get
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import (
    control_number,
    control_numbers,
    filer_code,
    number_pointer,
    numbers_by_place,
    place_of,
    shipments_of,
)

TRIP = {"shipments": [{}, None, {"cargoControlNumber": "1234PARS1"}, "x", {"cargoControlNumber": "1234PARS2"}]}


@pytest.mark.parametrize(
    ("shipment", "regime", "number"),
    [
        ({"shipmentControlNumber": "SMPL1"}, None, "SMPL1"),
        ({"cargoControlNumber": "1234PARS1"}, None, "1234PARS1"),
        ({"shipmentControlNumber": "", "cargoControlNumber": "1234PARS1"}, None, "1234PARS1"),
        ({"shipmentControlNumber": "SMPL1"}, Regime.ACI, ""),
        ({"shipmentControlNumber": 7}, Regime.ACE, ""),
        ({}, None, ""),
        (None, None, ""),
        ("SMPL1", Regime.ACE, ""),
    ],
)
def test_the_number_is_what_the_regime_calls_it(shipment, regime, number):
    assert control_number(shipment, regime) == number


@pytest.mark.parametrize("document", [None, [], {}, {"shipments": None}, {"shipments": {"0": {}}}])
def test_a_trip_that_has_no_shipments_has_none(document):
    assert shipments_of(document) == control_numbers(document) == []
    assert place_of(document, "1234PARS1") is None


def test_a_place_is_one_of_the_document_though_some_have_no_number():
    assert control_numbers(TRIP) == ["1234PARS1", "1234PARS2"]
    assert numbers_by_place(TRIP) == ["", "", "1234PARS1", "", "1234PARS2"]
    place = place_of(TRIP, "1234PARS2", Regime.ACI)
    assert place == 4
    assert get(TRIP, number_pointer(Regime.ACI, place)) == "1234PARS2"
    assert place_of(TRIP, "1234PARS2", Regime.ACE) is None
    assert place_of(TRIP, "") is None


@pytest.mark.parametrize(
    ("shipment", "code"),
    [
        ({"broker": {"filerCode": "SMP"}}, "SMP"),
        ({"broker": {"filerCode": 1}}, ""),
        ({"broker": "SMP"}, ""),
        (None, ""),
    ],
)
def test_the_filer_code_is_the_brokers(shipment, code):
    assert filer_code(shipment) == code
