"""Lists of used numbers, as people keep them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.lifecycle import Regime
from desktop.domain.used_number import LineFault, UsedLine, used_lines

TODAY = date(2026, 11, 24)


def read(text: str) -> list[UsedLine]:
    return list(used_lines(Regime.ACI, "control", text, TODAY))


def test_numbers_stand_on_lines_with_or_without_a_date() -> None:
    text = 'Number,Used\n1234PARS1\n\n 1234pars 2 , 2025-03-03\n"1234PARS3";2024-01-31T10:00\r\n1234PARS4\t\n'
    assert read(text) == [
        UsedLine(2, "1234PARS1", None, LineFault.NONE),
        UsedLine(4, "1234PARS2", date(2025, 3, 3), LineFault.NONE),
        UsedLine(5, "1234PARS3", date(2024, 1, 31), LineFault.NONE),
        UsedLine(6, "1234PARS4", None, LineFault.NONE),
    ]


def test_what_is_no_number_of_the_kind_is_told_with_its_line() -> None:
    found = read("1234PARS1\nhello 1\n1234PARS2,3 Mar 2025\n1234PARS3,2026-11-25\n1234PARS4,2026-11-24")
    assert [(line.line, line.fault) for line in found] == [
        (1, LineFault.NONE),
        (2, LineFault.SHAPE),
        (3, LineFault.DAY),
        (4, LineFault.FUTURE),
        (5, LineFault.NONE),
    ]


def test_only_the_first_line_can_be_a_head() -> None:
    assert [line.line for line in read("number\nnumber\n")] == [2]
    assert [line.fault for line in read("number 1\n")] == [LineFault.SHAPE]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(line.line >= 1 for line in read(text))
