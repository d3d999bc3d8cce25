"""The label check: character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.label import Finding, bearer, compare, label_text, nearest

NUMBER = "1234PARS100017"


@pytest.mark.parametrize(
    ("label", "finding", "position", "on_label", "here", "label_marks", "number_marks"),
    [
        (NUMBER, Finding.EQUAL, 0, "", "", set(), set()),
        ("", Finding.NOTHING_READ, 0, "", "", set(), set()),
        ("1234PARS1O0017", Finding.ONE, 10, "O", "0", {9}, {9}),
        ("1234PARS1O00I7", Finding.MORE, 10, "O", "0", {9, 12}, {9, 12}),
        ("1234100017", Finding.LABEL_LACKS_WORD, 5, "1", "P", set(), {4, 5, 6, 7}),
        ("1234PARS10017", Finding.LABEL_SHORTER, 12, "1", "0", set(), {9}),
        ("1234PARS10001", Finding.LABEL_SHORTER, 14, "", "7", set(), {13}),
        ("1234PARS1000178", Finding.LABEL_LONGER, 15, "8", "", {14}, set()),
        ("1234 PARS 100017", Finding.GAPS, 5, " ", "P", {4, 9}, set()),
        ("1234PARS-100017", Finding.GAPS, 9, "-", "1", {8}, set()),
    ],
)
def test_a_label_is_compared_character_for_character(
    label, finding, position, on_label, here, label_marks, number_marks
) -> None:
    found = compare(label, NUMBER)
    assert found[:4] == (finding, position, on_label, here)
    if finding is not Finding.LABEL_SHORTER or position == 14:
        assert (found.label_marks, found.number_marks) == (label_marks, number_marks)
    assert len(found.number_marks) - len(found.label_marks) == (
        len(NUMBER) - len(label) if len(label) != len(NUMBER) and label else 0
    )


def test_the_label_may_bear_the_word_that_the_number_lacks() -> None:
    assert compare(NUMBER, "1234100017")[:4] == (Finding.LABEL_HAS_WORD, 5, "P", "1")


def test_without_a_number_there_is_nothing_to_compare() -> None:
    assert compare(NUMBER, "").finding is Finding.NO_NUMBER


@given(st.text("1A0O -", max_size=8), st.text("1A0O -", max_size=8))
def test_only_the_same_characters_are_equal_and_a_difference_is_always_marked(label: str, number: str) -> None:
    found = compare(label, number)
    assert (found.finding is Finding.EQUAL) == (label == number != "")
    if label and number and label != number:
        assert found.label_marks or found.number_marks
        assert found.on_label != found.here
        assert all(0 <= place < len(label) for place in found.label_marks)
        assert all(0 <= place < len(number) for place in found.number_marks)
        assert label[: found.position - 1] == number[: found.position - 1]


def test_a_scanner_may_add_stars_and_a_hand_small_letters() -> None:
    assert label_text(f" *{NUMBER}*\r") == NUMBER
    assert label_text("1234pars1") == "1234PARS1"
    assert label_text("*") == "*"
    assert label_text("12 34") == "12 34"


def test_the_shipment_that_bears_the_label_is_found() -> None:
    numbers = ["", "1234PARS100016", NUMBER]
    assert bearer(NUMBER, numbers) == 2
    assert bearer("1234PARS100018", numbers) == -1
    assert bearer("", numbers) == -1


def test_else_the_one_most_like_it_is_named() -> None:
    assert nearest("1234PARS1O0017", ["", "1234PARS555555", NUMBER]) == 2
    assert nearest("ZZ", ["", NUMBER]) == -1
    assert nearest("ZZ", []) == -1
