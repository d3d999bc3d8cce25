"""Sample data for practice: a company, its library and three trips, all plainly invented (`practice/sample.json`).

The first two trips pass every check when they are made; the third is half-finished on purpose: a VIN of 14 characters,
a missing ZIP code, no weight.
"""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from desktop import assets
from desktop.practice.answers import fill

_ZONE = ZoneInfo("America/Detroit")  # of Detroit and Windsor, the crossing of all sample trips
_QUARTER_MINUTES = 15
_AHEAD = timedelta(hours=3, minutes=30)
_WIRE_TIME = "%Y-%m-%d %H:%M:%S"


@cache
def _bundled() -> dict[str, Any]:
    found: dict[str, Any] = assets.read_json("practice/sample.json")
    return found


def company() -> dict[str, Any]:
    """Return the sample carrier: `name`, `scacs`, `carrierCodes`, `phone`."""
    found: dict[str, Any] = copy.deepcopy(_bundled()["company"])
    return found


def ranges() -> list[dict[str, str]]:
    """Return the sample number ranges: `regime`, `kind`, `first`, `last`, and `driver` (number) for one of his own."""
    return _rows("ranges")


def drivers() -> list[dict[str, Any]]:
    """Return the sample crew, each `{"document": driver as on the wire, "local": {"expiries": ...}}`."""
    return _rows("drivers")


def trucks() -> list[dict[str, Any]]:
    """Return the sample trucks, each `{"document": truck as in ACE, "local": {}}`."""
    return _rows("trucks")


def trailers() -> list[dict[str, Any]]:
    """Return the sample trailers, each `{"document": trailer as in ACE, "local": {}}`."""
    return _rows("trailers")


def partners() -> list[dict[str, Any]]:
    """Return shippers, consignees and brokers, each `{"document": party, "local": {"roles": ..., "phone": ...}}`."""
    return _rows("partners")


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = copy.deepcopy(_bundled()[name])
    return rows


def sample_trips(now: datetime) -> list[dict[str, Any]]:
    """Return an ACE trip, an ACI trip and a half-finished ACE trip for somebody who begins at `now`.

    Args:
        now: an aware time. Numbers are made from it, so that another beginning gives other numbers; arrival is
            three and a half hours later, on the quarter hour, as the wall clock in Detroit and Windsor shows it.
    """
    values = {"eta": _arrival(now).strftime(_WIRE_TIME), "stamp": f"{now:%y%m%d%H%M%S}", "short": f"{now:%d%H%M%S}"}
    return [fill(trip, values) for trip in _bundled()["trips"]]


def _arrival(now: datetime) -> datetime:
    """Return a wall time at the crossing that comes only once, even in the night the clocks are set back."""
    early = _on_quarter(now + _AHEAD).astimezone(_ZONE)
    is_double = early.replace(fold=0).utcoffset() != early.replace(fold=1).utcoffset()
    if not is_double:
        return early
    return _on_quarter(now + _AHEAD + timedelta(hours=2)).astimezone(_ZONE)  # past both rounds of that hour


def _on_quarter(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=-whole.minute % _QUARTER_MINUTES)
