"""What is objected to finds its place: by the field named, by the code, or by the words."""

from datetime import UTC, datetime

import pytest

from desktop.crossing.news import Objection, Who
from desktop.crossing.objection import located
from desktop.domain.lifecycle import Regime

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("Trip Number is already used (must be unique for a CREATE operation) [1234923ASDFA]", "/tripNumber"),
        ("Weight is missing on 1234PARS34213341", "/shipments/0"),
        ("Cargo Control Number is already used [1234PARS34213341]", "/shipments/0/cargoControlNumber"),
        ("Port of Entry is required [1234923ASDFA]", "/portOfEntry"),
        ("Port of Entry is required [1234PARS34213341]", "/shipments/0/portOfEntry"),
        ("Estimated Arrival Date Time is required [1234923ASDFA]", "/estimatedArrivalDateTime"),
        ("Bond number is odd [1234PARS34213341]", "/shipments/0"),
        ("Something else", ""),
    ],
)
def test_the_pages_own_refusal_stands_beside_the_trip_number(said: str, path: str) -> None:
    one = Objection(who=Who.GATEWAY, said=said, identifier="1234923ASDFA")
    assert located(one, Regime.ACI, ["1234PARS34213341"], NOW, "1").path == path


@pytest.mark.parametrize(
    ("code", "said", "path"),
    [
        ("033", "INVALID PORT CODE", "/usPortOfArrival"),
        ("402", "CONVEYANCE LICENSE PLATE INVALID", "/truck"),
        ("401", "INVALID", "/truck"),
        ("", "NO PERSON IN CHARGE", "/drivers"),
        ("", "INV TRAVEL DOC NUMBER", "/drivers"),
        ("", "INVALID TRAILER ACE ID", "/trailers"),
        ("", "VIN MUST BE 17 CHARACTERS", "/truck/vinNumber"),
        ("", "MANIFEST ALREADY ON FILE - DO NOT RESEND", "/tripNumber"),
        ("", "SHIPMENT ALREADY ON FILE AAAA754399", "/shipments/1/shipmentControlNumber"),
        ("005", "NO CONSIGNEE AAAA754321", "/shipments/0/consignee"),
        ("032", "INVALID BOND NUMBER AAAA754321", "/shipments/0/inBondDetails"),
        ("", "RELEASE OFFICE AAAA754321", "/shipments/0"),
        ("017", "TOO LONG", ""),
        ("999", "SYSTEM BUSY", ""),
    ],
)
def test_what_cbp_refuses_stands_where_it_means(code: str, said: str, path: str) -> None:
    one = Objection(who=Who.CBP, code=code, said=said)
    assert located(one, Regime.ACE, ["AAAA754321", "AAAA754399"], NOW, "1").path == path


def test_the_only_shipment_is_meant_where_none_is_named() -> None:
    one = Objection(who=Who.CBP, code="017", said="TOO LONG")
    assert located(one, Regime.ACE, ["AAAA754321"], NOW, "1").path == "/shipments/0/shipmentControlNumber"


@pytest.mark.parametrize(
    ("field", "identifier", "said", "path"),
    [
        ("CONVEYANCE REFERENCE NUMBER", "", "Duplicate", "/tripNumber"),
        ("Release Office", "1234PARS1", "Unknown", "/shipments/0/releaseOffice"),
        ("", "", "Trip port does not match", "/portOfEntry"),
        ("", "1234PARS1", "Shipment linked to another trip", "/shipments/0/cargoControlNumber"),
        ("SOMETHING", "", "Odd", ""),
    ],
)
def test_what_cbsa_refuses_stands_where_it_says(field: str, identifier: str, said: str, path: str) -> None:
    one = Objection(who=Who.CBSA, code="7", said=said, field=field, identifier=identifier)
    assert located(one, Regime.ACI, ["1234PARS1", "1234PARS2"], NOW, "1").path == path
