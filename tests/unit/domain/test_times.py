"""Wall times and the moments they mean."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.times import Doubt, Moment, day_text, moment_of, parse_day, parse_wall, wall_at, wall_text


def test_wire_times_are_read_and_written():
    wall = parse_wall("2026-11-24 15:00:00")
    assert wall == datetime(2026, 11, 24, 15)
    assert wall_text(wall) == "2026-11-24 15:00:00"
    assert parse_day("2026-02-28") == date(2026, 2, 28)
    assert day_text(date(2026, 2, 8)) == "2026-02-08"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-24",
        "2026-11-24T15:00:00",
        "2026-02-30 15:00:00",
        "2026-11-24 25:00:00",
        "٢٠٢٦-11-24 15:00:00",
        None,
        5,
    ],
)
def test_other_things_are_no_times(text):
    assert parse_wall(text) is None


@pytest.mark.parametrize("text", ["", "2026-11-24 15:00:00", "2026-02-30", None, 20260228])
def test_other_things_are_no_days(text):
    assert parse_day(text) is None


@given(st.datetimes(min_value=datetime(1900, 1, 1)).map(lambda moment: moment.replace(microsecond=0)))
def test_reading_undoes_writing(wall):
    assert parse_wall(wall_text(wall)) == wall


def test_a_wall_time_means_a_moment_on_a_clock():
    wall = datetime(2026, 11, 24, 15)
    moment = moment_of(wall, "America/Detroit")
    assert moment == Moment(datetime(2026, 11, 24, 20, tzinfo=UTC))
    assert wall_at(moment.moment, "America/Detroit") == wall


@pytest.mark.parametrize("zone", [None, "Nowhere/Atall", "", "../etc", "America", "\x00", "é"])
def test_without_a_clock_there_is_no_moment(zone):
    assert moment_of(datetime(2026, 11, 24, 15), zone) == Moment(None, Doubt.NO_ZONE)


def test_a_skipped_time_means_nothing():
    assert moment_of(datetime(2026, 3, 8, 2, 30), "America/Detroit") == Moment(None, Doubt.SKIPPED)
    assert moment_of(datetime(2026, 3, 8, 2, 30), "America/Regina").moment is not None


def test_a_doubled_time_means_two_moments():
    found = moment_of(datetime(2026, 11, 1, 1, 30), "America/Detroit")
    assert found.doubt is Doubt.DOUBLED
    assert found.choices == (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC))


@pytest.mark.parametrize("wall", [datetime.min, datetime.max.replace(microsecond=0)])
@pytest.mark.parametrize("zone", ["America/Detroit", "Pacific/Kiritimati"])
def test_the_ends_of_the_calendar_do_no_harm(wall, zone):
    assert moment_of(wall, zone).doubt in set(Doubt)


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)))
def test_a_moment_shows_its_wall_time(wall):
    found = moment_of(wall, "America/Winnipeg")
    for moment in (found.moment, *found.choices):
        assert moment is None or moment.astimezone(ZoneInfo("America/Winnipeg")).replace(tzinfo=None) == wall
