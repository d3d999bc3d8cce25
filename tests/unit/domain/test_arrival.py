"""When a trip arrives, with and without the user's word about the port's clock."""

from datetime import UTC, datetime

import pytest

from desktop.domain.arrival import NO_ANSWERS, Answers, answers_in, arrival_of, zone_for
from desktop.domain.lifecycle import Regime
from desktop.domain.times import Doubt

DOUBLED = "2027-11-07 01:30:00"
DETROIT = {"usPortOfArrival": "3801", "estimatedArrivalDateTime": "2026-11-24 13:55:00"}


def test_the_clock_of_a_crossing_we_know():
    assert arrival_of(Regime.ACE, DETROIT, NO_ANSWERS).moment == datetime(2026, 11, 24, 18, 55, tzinfo=UTC)


def test_without_a_readable_time_there_is_no_arrival():
    assert arrival_of(Regime.ACE, {**DETROIT, "estimatedArrivalDateTime": "soon"}, NO_ANSWERS) is None


def test_an_unknown_port_goes_by_the_clock_the_user_gave_for_it():
    trip = {**DETROIT, "usPortOfArrival": "0101"}
    assert arrival_of(Regime.ACE, trip, NO_ANSWERS).doubt is Doubt.NO_ZONE
    answered = Answers("0101", "America/New_York")
    assert arrival_of(Regime.ACE, trip, answered).moment == datetime(2026, 11, 24, 18, 55, tzinfo=UTC)
    assert arrival_of(Regime.ACE, trip, answered._replace(zone_port="0102")).doubt is Doubt.NO_ZONE


def test_the_users_clock_never_replaces_one_we_know():
    assert zone_for(Regime.ACE, "3801", Answers("3801", "America/Denver")) == "America/Detroit"
    assert zone_for(Regime.ACE, None, Answers("", "America/Denver")) is None


@pytest.mark.parametrize(("is_later", "hour"), [(False, 5), (True, 6)])
def test_a_doubled_time_is_the_one_the_user_said(is_later, hour):
    trip = {**DETROIT, "estimatedArrivalDateTime": DOUBLED}
    assert arrival_of(Regime.ACE, trip, NO_ANSWERS).doubt is Doubt.DOUBLED
    said = Answers(doubled_eta=DOUBLED, is_later=is_later)
    assert arrival_of(Regime.ACE, trip, said).moment == datetime(2027, 11, 7, hour, 30, tzinfo=UTC)
    assert arrival_of(Regime.ACE, trip, said._replace(doubled_eta="2028-11-05 01:30:00")).doubt is Doubt.DOUBLED


def test_answers_are_read_from_the_local_facts():
    local = {
        "zone": {"port": "0101", "zone": "America/New_York"},
        "doubled": {"eta": DOUBLED, "is_later": True},
    }
    assert answers_in(local) == Answers("0101", "America/New_York", DOUBLED, is_later=True)


@pytest.mark.parametrize(
    "local", [{}, {"zone": "EST"}, {"zone": {"port": 1, "zone": "x"}}, {"doubled": {"eta": DOUBLED}}]
)
def test_odd_local_facts_are_no_answers(local):
    assert answers_in(local) == NO_ANSWERS
