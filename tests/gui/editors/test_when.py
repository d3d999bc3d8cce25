"""Dates and times are read as a dispatcher types them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.ui.binding import when

NOW = datetime(2026, 11, 24, 13, 5)


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("2026-11-24 14:30", "2026-11-24 14:30:00"),
        ("2026-11-24T14:30:15", "2026-11-24 14:30:15"),
        ("tomorrow 0430", "2026-11-25 04:30:00"),
        ("0430 tomorrow", "2026-11-25 04:30:00"),
        ("today 2pm", "2026-11-24 14:00:00"),
        ("1430", "2026-11-24 14:30:00"),
        ("14h30", "2026-11-24 14:30:00"),
        ("4:30 pm", "2026-11-24 16:30:00"),
        ("12:15 am", "2026-11-24 00:15:00"),
        ("+2 0800", "2026-11-26 08:00:00"),
        ("fri 0800", "2026-11-27 08:00:00"),
        ("Tue, 0800", "2026-11-24 08:00:00"),
        ("24 nov 14:30", "2026-11-24 14:30:00"),
        ("31 jul 2014 0445", "2014-07-31 04:45:00"),
        ("tue 24 nov 13:55", "2026-11-24 13:55:00"),
        ("Thu 7 Jan 2027 04:45", "2027-01-07 04:45:00"),
        ("3 jan 0430", "2027-01-03 04:30:00"),
        ("30 jul 0445", "2026-07-30 04:45:00"),
    ],
)
def test_moments(typed, wire):
    assert when.read_moment(typed, NOW) == wire


@pytest.mark.parametrize(
    "typed",
    ["", "12x", "25:00", "2026-13-01 10:00", "soon", "31 feb 1000", "13 pm", "24", "²4:00", "24:00", "wed 24 nov 1355"],
)
def test_what_is_no_moment_is_not_guessed(typed):
    assert when.read_moment(typed, NOW) is None


def test_a_time_alone_keeps_the_day_of_before():
    assert when.read_moment("0430", NOW, "2026-12-01 10:00:00") == "2026-12-01 04:30:00"


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("30 jul 0445", "2026-07-30 04:45:00"),
        ("24 nov 2015", "2026-11-24 20:15:00"),
        ("24 nov 2027", "2027-11-24 10:00:00"),
        ("31 jul 2014 0445", "2014-07-31 04:45:00"),
        ("2014-12-08", "2014-12-08 10:00:00"),
    ],
)
def test_four_figures_after_a_day_are_a_time_unless_they_are_this_year_or_the_next(typed, wire):
    """Also where the field has a time already, which a day alone would keep."""
    assert when.read_moment(typed, NOW, "2026-12-01 10:00:00") == wire


def test_a_day_alone_keeps_the_time_of_before():
    assert when.read_moment("tomorrow", NOW, "2026-12-01 10:00:00") == "2026-11-25 10:00:00"
    assert when.read_moment("tomorrow", NOW) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [("t", "2026-11-24"), ("-1", "2026-11-23"), ("14 jul 1980", "1980-07-14"), ("1980-7-4", "1980-07-04"), ("x", None)],
)
def test_days(typed, day):
    assert when.read_date(typed, date(2026, 11, 24)) == day


def test_a_day_without_its_year_is_the_nearest():
    assert when.read_date("2 jan", date(2026, 12, 31)) == "2027-01-02"
    assert when.read_date("30 dec", date(2027, 1, 2)) == "2026-12-30"
    assert when.read_date("29 feb", date(2026, 12, 31)) is None
    assert when.read_date("29 feb", date(2027, 12, 31)) == "2028-02-29"


@pytest.mark.parametrize(
    ("wire", "shown"),
    [
        ("2026-11-24 13:55:00", "Tue 24 Nov 13:55"),
        ("2026-11-24 13:55:30", "Tue 24 Nov 13:55:30"),
        ("2027-01-07 04:45:00", "Thu 7 Jan 2027 04:45"),
        ("soon", "soon"),
    ],
)
def test_a_moment_as_it_is_said(wire, shown):
    assert when.said_moment(wire, NOW) == shown
    assert when.read_moment(shown, NOW) == (None if wire == "soon" else wire)


def test_in_words():
    assert when.in_words("2026-11-24 14:30:00", "EST") == "Tue 24 Nov 2026, 14:30 EST"
    assert when.in_words("1970-01-01") == "Thu 1 Jan 1970"
    assert when.in_words("12a") == ""


def test_steps_stay_in_the_calendar():
    assert when.step("2026-12-31 23:50:00", minutes=15) == "2027-01-01 00:05:00"
    assert when.step("2026-12-31", days=1) == "2027-01-01"
    assert when.step("9999-12-31", days=1) is None
    assert when.step("soon", days=1) is None
