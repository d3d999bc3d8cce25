"""Numbers as people type them: decimal comma, thousands apart, keys of the number pad."""

from __future__ import annotations

import pytest

from desktop.domain.fields import FIELDS, Kind
from desktop.ui.binding.value import from_text

WEIGHT = next(field for field in FIELDS if field.kind is Kind.NUMBER)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1500,5", 1500.5),
        ("1500.5", 1500.5),
        ("0,500", 0.5),
        ("1,5", 1.5),
        ("-1,5", -1.5),
        ("1,500", 1500),
        ("1.500", 1.5),
        ("1 500", 1500),
        ("1\u202f500,25", 1500.25),
        ("1'500", 1500),
        ("1,500.25", 1500.25),
        ("1.500,25", 1500.25),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
    ],
)
def test_a_number_is_read_as_it_is_meant(typed, number):
    read = from_text(WEIGHT, typed)
    assert (read, type(read)) == (number, type(number))


@pytest.mark.parametrize(
    "typed", ["1,2,3", "1.2.3", "1,500,25", "12 34", "1500,", "00,5", "1,5 kg", "1 2", "1.500,25.1"]
)
def test_what_can_be_no_number_stays_as_typed(typed):
    assert from_text(WEIGHT, typed) == typed
