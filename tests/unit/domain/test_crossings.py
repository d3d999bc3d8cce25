"""Crossings: codes that exist, cities of both sides, clocks of both sides."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.domain import crossings
from desktop.domain.codes import code_list
from desktop.domain.lifecycle import Regime


def test_every_code_is_in_our_lists():
    for crossing in crossings.every():
        assert not crossing.us_port or crossing.us_port in code_list("us-ports")
        assert not crossing.ca_office or crossing.ca_office in code_list("ca-highway-ports")
        assert crossing.us_port or crossing.ca_office
        assert crossing.source


def test_every_canadian_highway_office_is_on_a_crossing():
    assert {entry.code for entry in code_list("ca-highway-ports").codes} == {
        crossing.ca_office for crossing in crossings.every() if crossing.ca_office
    }


def test_states_and_provinces_fit():
    states = code_list("states-provinces")
    for crossing in crossings.every():
        assert states.facts(crossing.us_state)["country"] == "US"
        assert not crossing.ca_office or states.facts(crossing.ca_province)["country"] == "CA"
        if crossing.us_port:
            assert code_list("us-ports").facts(crossing.us_port).get("state") in {crossing.us_state, "VT"}


def test_zones_exist_and_lie_together():
    """Two clocks at one crossing are at most an hour apart on a winter day, two in summer where one has no summer time."""
    for crossing in crossings.every():
        zones = [ZoneInfo(zone) for zone in (crossing.us_zone, crossing.ca_zone) if zone]
        for month in (1, 7):
            offsets = [datetime(2026, month, 15, tzinfo=zone).utcoffset() for zone in zones]
            assert abs((offsets[0] - offsets[-1]).total_seconds()) <= 2 * 3600


def test_a_city_finds_the_other_side():
    assert {crossing.us_city for crossing in crossings.search("windsor")} == {"Detroit"}
    assert {crossing.ca_city for crossing in crossings.search("detroit")} == {"Windsor"}
    assert crossings.search("port huron")[0].ca_office == "0440"
    assert crossings.search("peace bridge")[0].us_port == "0901"
    assert crossings.search("pohénégamook")[0].ca_office == "0331"
    assert crossings.search("nowhere at all") == []
    assert len(crossings.search("", limit=3)) == 3


def test_ports_and_offices():
    assert {crossing.ca_office for crossing in crossings.by_us_port("3801")} == {"0452", "0453"}
    assert [crossing.us_port for crossing in crossings.by_ca_office("0705")] == ["3310"]
    assert crossings.by_us_port("") == ()
    assert crossings.by_ca_office("") == ()


@pytest.mark.parametrize(
    ("regime", "port", "zone"),
    [
        ("ACE", "3801", "America/Detroit"), ("ACI", "0453", "America/Toronto"), ("ACI", "0440", "America/Toronto"),
        ("ACE", "3401", "America/Chicago"), ("ACI", "0502", "America/Winnipeg"), ("ACE", "3310", "America/Denver"),
        ("ACI", "0705", "America/Edmonton"), ("ACE", "3302", "America/Los_Angeles"), ("ACI", "0818", "America/Vancouver"),
        ("ACE", "3318", "America/Denver"), ("ACI", "0824", "America/Edmonton"), ("ACE", "0206", "America/New_York"),
        ("ACE", "0106", "America/New_York"), ("ACI", "0212", "America/Moncton"), ("ACE", "0115", "America/New_York"),
        ("ACI", "0231", "America/Moncton"), ("ACE", "3604", "America/Chicago"), ("ACI", "0478", "America/Winnipeg"),
        ("ACE", "3803", "America/Detroit"), ("ACI", "0441", "America/Toronto"), ("ACE", "3104", "America/Anchorage"),
        ("ACI", "0892", "America/Whitehorse"), ("ACE", "3103", "America/Juneau"), ("ACE", "2304", "America/Chicago"),
        ("ACE", "2402", "America/Denver"), ("ACE", "2506", "America/Los_Angeles"), ("ACE", "2604", "America/Phoenix"),
        ("ACI", "0602", "America/Regina"), ("ACI", "0893", None), ("ACE", "0101", None), ("ACI", "", None),
    ],
)  # fmt: skip
def test_whose_clock(regime, port, zone):
    assert crossings.zone_of(Regime(regime), port) == zone
