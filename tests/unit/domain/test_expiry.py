"""How soon papers run out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.domain.expiry import (
    KINDS,
    Band,
    Paper,
    band_of,
    counted,
    first_to_run_out,
    not_good_on,
    papers_of,
    resource_of,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-400, Band.EXPIRED),
        (-1, Band.EXPIRED),
        (0, Band.WEEK),
        (7, Band.WEEK),
        (8, Band.MONTH),
        (30, Band.MONTH),
        (31, Band.TWO_MONTHS),
        (60, Band.TWO_MONTHS),
        (61, None),
    ],
)
def test_a_paper_is_good_on_its_last_day(days, band):
    assert band_of(TODAY + timedelta(days=days), TODAY) is band


def test_papers_are_read_first_to_run_out_first_and_nonsense_is_left_out():
    local = {"expiries": {"passport": "2030-01-01", "fast": "2026-11-30", "licence": "soon", "permit": None, "x": 5}}
    assert papers_of(local) == (Paper("fast", date(2026, 11, 30)), Paper("passport", date(2030, 1, 1)))
    assert first_to_run_out(local, TODAY) == (Band.WEEK, Paper("fast", date(2026, 11, 30)))
    assert papers_of({"expiries": ["2026-01-01"]}) == papers_of({}) == ()
    assert first_to_run_out({"expiries": {"fast": "2027-11-30"}}, TODAY) is None


def test_what_is_good_today_may_not_be_on_the_day_of_the_trip():
    local = {"expiries": {"plate": "2026-12-01"}}
    assert not_good_on(local, TODAY) == ()
    assert not_good_on(local, date(2026, 12, 1)) == ()
    assert not_good_on(local, date(2026, 12, 2)) == (Paper("plate", date(2026, 12, 1)),)


def test_a_record_is_counted_once_where_its_first_paper_stands():
    locals_ = [
        {"expiries": {"fast": "2026-11-01", "licence": "2026-11-26"}},
        {"expiries": {"fast": "2026-11-26"}},
        {"expiries": {"fast": "2027-01-20"}},
        {"expiries": {"fast": "2028-01-20"}},
        {},
    ]
    assert counted(locals_, TODAY) == {Band.EXPIRED: 1, Band.WEEK: 1, Band.MONTH: 0, Band.TWO_MONTHS: 1}


@pytest.mark.parametrize(
    ("kind", "record", "key"),
    [
        ("driver", {"driverNumber": "D1", "firstName": "Sample", "lastName": "One"}, "driver:D1"),
        ("driver", {"driverNumber": "", "firstName": "Sample", "lastName": "ONE"}, "driver:sample one"),
        ("driver", {"firstName": "Sample"}, ""),
        ("truck", {"number": "2013"}, "truck:2013"),
        ("trailer", {"number": 5, "firstName": "Sample", "lastName": "One"}, ""),
    ],
)
def test_a_driver_without_a_number_goes_by_the_name(kind, record, key):
    assert resource_of(kind, record) == key


def test_every_kind_of_record_has_its_papers():
    assert set(KINDS) == {"driver", "truck", "trailer", "partner"}
