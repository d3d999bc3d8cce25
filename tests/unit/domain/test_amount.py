"""Amounts with points and commas, and those that mean two things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.amount import Point, read_amount, read_count


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("1500", "1500"),
        ("0", "0"),
        ("007", "7"),
        ("1500.5", "1500.5"),
        ("1500,5", "1500.5"),
        ("1.500,5", "1500.5"),
        ("1,500.5", "1500.5"),
        ("1 500,5", "1500.5"),
        ("1\u202f500,25", "1500.25"),
        ("1'500.5", "1500.5"),
        ("1,500,000", "1500000"),
        ("1.500.000", "1500000"),
        ("0,500", "0.500"),
        ("0.500", "0.500"),
        ("1500,250", "1500.250"),
        ("12,25", "12.25"),
        ("-1,5", "-1.5"),
    ],
)
def test_what_can_only_mean_one_thing_is_read_so(typed, plain):
    amount = read_amount(typed)
    assert not amount.is_doubtful
    assert amount.plain() == plain


@pytest.mark.parametrize(("typed", "as_dot", "as_comma"), [("1,500", "1500", "1.500"), ("12.250", "12.250", "12250")])
def test_three_digits_after_one_sign_are_asked(typed, as_dot, as_comma):
    amount = read_amount(typed)
    assert amount.is_doubtful
    assert amount.plain() is None
    assert (amount.plain(Point.DOT), amount.plain(Point.COMMA)) == (as_dot, as_comma)


@pytest.mark.parametrize("typed", ["", "x", "12a", "1,50,0", "1,5.5", "1..5", ",5", "5,", "1.5.5", "½", "١٢"])
def test_what_is_no_amount_stays_none(typed):
    assert read_amount(typed).readings == {}
    assert read_amount(typed).plain() is None


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("1,500", "1500"), ("1.500", "1500"), ("2,000", "2000"), ("35", "35"), ("35,0", "35"), ("1,5", None), ("x", None)],
)
def test_counts_are_whole(typed, plain):
    assert read_count(typed).plain() == plain


@given(st.integers(0, 10**12), st.text("0123456789", max_size=4), st.sampled_from(list(Point)))
def test_a_grouped_amount_is_read_back(whole, decimals, point):
    grouped = f"{whole:,}".replace(",", point.grouping)
    typed = grouped + (point.value + decimals if decimals else "")
    plain = f"{whole}.{decimals}" if decimals else str(whole)
    assert read_amount(typed).plain(point) == plain
