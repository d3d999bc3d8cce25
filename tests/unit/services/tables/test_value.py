"""What people write in cells, and what the document then holds."""

from __future__ import annotations

import pytest

from desktop.domain.fields import by_name
from desktop.domain.lifecycle import Regime
from desktop.services.tables.value import How, days_in, decimal_in, from_text
from desktop.validation.issue import Severity

POINT, COMMA, DAY_FIRST = How("."), How(","), How(days="dmy")

CASES = [
    ("commodity_quantity", "12", How(), 12),
    ("commodity_quantity", "12.0", How(), 12),
    ("commodity_quantity", "1 234", How(), 1234),
    ("commodity_quantity", "1,234", POINT, 1234),
    ("commodity_quantity", "1.234", COMMA, 1234),
    ("commodity_weight_ace", "12,5", How(), 12.5),
    ("commodity_weight_ace", "12.5", How(), 12.5),
    ("commodity_weight_ace", "1.234", How(), 1.234),
    ("commodity_weight_ace", "1.234", How(",", is_typed=True), 1.234),
    ("commodity_weight_ace", "1,234.5", How(), 1234.5),
    ("commodity_weight_ace", "1.234,5", How(), 1234.5),
    ("commodity_weight_ace", "0,500", How(), 0.5),
    ("commodity_weight_aci", "12,5", How(), "12.5"),
    ("commodity_weight_aci", "0012.50", How(), "0012.50"),
    ("us_port", "101", How(), "0101"),
    ("us_port", "3801", How(), "3801"),
    ("driver_fast_card", "4270 0000 0000 01", How(), "42700000000001"),
    ("commodity_harmonized_code", "8471.30.01", How(), "84713001"),
    ("commodity_packaging_unit_ace", "Box", How(), "BOX"),
    ("commodity_packaging_unit_ace", "pallets", How(), "PLT"),
    ("commodity_packaging_unit_ace", "box", How(), "BOX"),
    ("commodity_weight_unit_ace", "Pounds", How(), "L"),
    ("commodity_weight_unit_aci", "lbs", How(), "LBR"),
    ("shipper_address_state", "Michigan", How(), "MI"),
    ("shipper_address_country", "USA", How(), "US"),
    ("shipment_control_number", "aaaa-754321", How(), "AAAA754321"),
    ("driver_gender", "female", How(), "F"),
    ("shipment_auto_send", "No", How(), False),
    ("driver_birth_date", "1970-01-31", How(), "1970-01-31"),
    ("driver_birth_date", "1970-01-31 00:00:00", How(), "1970-01-31"),
    ("driver_birth_date", "31/01/1970", How(), "1970-01-31"),
    ("driver_birth_date", "01/31/1970", How(), "1970-01-31"),
    ("driver_birth_date", "02/01/1970", DAY_FIRST, "1970-01-02"),
    ("driver_birth_date", "31 Jan 1970", How(), "1970-01-31"),
    ("driver_birth_date", "January 31, 1970", How(), "1970-01-31"),
    ("driver_birth_date", "19700131", How(), "1970-01-31"),
    ("shipment_eta", "2026-01-31 13:45", How(), "2026-01-31 13:45:00"),
    ("shipment_eta", "2026-01-31T13:45:10", How(), "2026-01-31 13:45:10"),
    ("shipment_eta", "1/31/2026 1:45 PM", How(), "2026-01-31 13:45:00"),
    ("shipment_eta", "1/31/2026 12:05 am", How(), "2026-01-31 00:05:00"),
]

WRONG = [
    ("commodity_quantity", "12,5", How(), "not_whole"),
    ("commodity_quantity", "a dozen", How(), "not_whole"),
    ("commodity_quantity", "1,234", How(), "doubtful_number"),
    ("commodity_weight_ace", "1,234", How(), "doubtful_number"),
    ("commodity_weight_ace", "12 kg", How(), "not_number"),
    ("commodity_weight_ace", "1234567890123456", How(), "not_number"),
    ("commodity_weight_aci", "much", How(), "not_number"),
    ("driver_birth_date", "01/02/1970", How(), "doubtful_day"),
    ("driver_birth_date", "1970-02-30", How(), "no_such_day"),
    ("driver_birth_date", "soon", How(), "not_day"),
    ("shipment_eta", "2026-01-31", How(), "not_moment"),
    ("shipment_eta", "2026-01-31 25:00", How(), "not_moment"),
    ("shipment_auto_send", "maybe", How(), "not_yes_no"),
    ("driver_fast_card", "4.27E+13", How(), "shortened"),
    ("shipment_control_number", "1.2E+12", How(), "shortened"),
]


@pytest.mark.parametrize(("name", "text", "how", "value"), CASES)
def test_what_is_meant(name: str, text: str, how: How, value: object) -> None:
    read = from_text(by_name(name), text, Regime.ACI if name.endswith("_aci") else Regime.ACE, how)
    assert (type(read.value), read.value) == (type(value), value)
    assert not read.said or read.severity is not Severity.ERROR


@pytest.mark.parametrize(("name", "text", "how", "said"), WRONG)
def test_what_is_not_understood_is_said_and_kept(name: str, text: str, how: How, said: str) -> None:
    read = from_text(by_name(name), text, Regime.ACE, how)
    assert (read.said, read.severity, read.value) == (said, Severity.ERROR, text)


def test_zeros_that_a_spreadsheet_dropped_are_asked_about() -> None:
    read = from_text(by_name("us_port"), "101", Regime.ACE, How())
    assert (read.said, read.severity, read.normal) == ("zeros", Severity.WARNING, "0101")


@pytest.mark.parametrize(
    ("text", "mark"),
    [("12.5", "."), ("12,5", ","), ("1,234.5", "."), ("1.234,5", ","), ("1,234", ""), ("12", ""), ("x", "")],
)
def test_the_decimal_mark_that_a_number_shows(text: str, mark: str) -> None:
    assert decimal_in(text) == mark


@pytest.mark.parametrize(
    ("text", "order"), [("31/01/2026", "dmy"), ("01/31/2026", "mdy"), ("01/02/2026", ""), ("x", "")]
)
def test_the_order_of_day_and_month_that_a_day_shows(text: str, order: str) -> None:
    assert days_in(text) == order
