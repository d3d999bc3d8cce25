"""What is typed becomes a value of the document, and nothing typed is dropped."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.documents import MISSING
from desktop.domain.fields import by_name
from desktop.ui.binding import value

NOW = datetime(2026, 11, 24, 13, 5)


@pytest.mark.parametrize(
    ("name", "typed", "made"),
    [
        ("commodity_quantity", "35", 35),
        ("commodity_quantity", "12a", "12a"),
        ("commodity_quantity", "007", "007"),
        ("commodity_quantity", "-3", -3),
        ("commodity_weight_ace", "1500.5", 1500.5),
        ("commodity_weight_ace", "1e5", "1e5"),
        ("commodity_weight_ace", "9" * 30, "9" * 30),
        ("commodity_weight_aci", "35005", "35005"),
        ("truck_seals", "A1, B2 C3", ["A1", "B2", "C3"]),
        ("commodity_marks_ace", "PO 1; PO 2", ["PO 1", "PO 2"]),
        ("driver_first_name", " Jo ", " Jo "),
        ("us_port", " 0101 ", "0101"),
        ("driver_fast_card", "4270 1234 5678 01", "42701234567801"),
        ("driver_fast_card", "4270 x", "4270 x"),
        ("eta", "1430", "2026-11-24 14:30:00"),
        ("eta", "14x", "14x"),
        ("driver_birth_date", "14 jul 1980", "1980-07-14"),
        ("commodity_quantity", "  ", MISSING),
    ],
)
def test_typed(name, typed, made):
    found = value.from_text(by_name(name), typed, now=NOW)
    assert found == made
    assert type(found) is type(made)


@given(
    st.text(max_size=30), st.sampled_from(["commodity_quantity", "commodity_weight_ace", "eta", "driver_birth_date"])
)
def test_what_is_shown_reads_back_the_same(typed, name):
    """A value made by typing is shown so that leaving the field changes nothing."""
    field = by_name(name)
    made = value.from_text(field, typed, now=NOW)
    if made is not MISSING:
        again = value.from_text(field, value.to_text(field, made), now=NOW)
        assert again == made


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Art Place\r\n 12 Main St", "Art Place 12 Main St"),
        ("a\tb", "a b"),
        ("Art\u00a0Place", "Art Place"),
        ("a\x00b\x07", "ab"),
        ("abc\u202edef\u2066", "abcdef"),
        ("x\u200b\ufeff", "x"),
        ("Fran\u00e7ois \u6771", "Fran\u00e7ois \u6771"),
        ("\u200b \n", MISSING),
    ],
)
def test_what_nobody_sees_does_not_go_to_customs(typed, made):
    assert value.from_text(by_name("shipper_name"), typed) == made


@given(st.text())
def test_upper_case_never_changes_the_length(typed):
    assert len(value.upper(typed)) == len(typed)


def test_unsound_values_are_shown_as_they_are():
    field = by_name("commodity_quantity")
    assert value.to_text(field, {"a": 1}) == "{'a': 1}"
    assert value.to_text(field, True) == "true"
    assert value.to_text(field, None) == ""
    assert value.to_text(field, 3.0) == "3"
