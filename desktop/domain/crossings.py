"""Border crossings: the two offices that face each other, and whose clock a port goes by."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from desktop import assets
from desktop.domain.codes import fold
from desktop.domain.lifecycle import Regime


class Crossing(NamedTuple):
    """One crossing.

    Attributes:
        us_port: CBP port code; empty where our list has none.
        ca_office: CBSA office number; empty towards Mexico.
        name: what the crossing is called.
        us_city: the place on the US side.
        ca_city: the place on the Canadian side.
        us_state: its state.
        ca_province: its province.
        us_zone: IANA zone of the US side; empty where not known.
        ca_zone: IANA zone of the Canadian side; empty where not known.
        source: how sure the pairing is (`lists`, or `G` for general geography).
    """

    us_port: str
    ca_office: str
    name: str
    us_city: str
    ca_city: str
    us_state: str
    ca_province: str
    us_zone: str
    ca_zone: str
    source: str


@cache
def every() -> tuple[Crossing, ...]:
    """Return all crossings of our table, from east to west."""
    return tuple(Crossing(*row) for row in assets.read_json("codes/crossings.json")["crossings"])


@cache
def _folded() -> tuple[tuple[str, Crossing], ...]:
    return tuple((fold(" ".join(crossing[:7])), crossing) for crossing in every())


def search(words: str, limit: int = 20) -> list[Crossing]:
    """Return the crossings that match every one of `words`, by code, name or a city on either side."""
    wanted = fold(words).split()
    return [crossing for text, crossing in _folded() if all(word in text for word in wanted)][:limit]


def by_us_port(port: str) -> tuple[Crossing, ...]:
    """Return the crossings that belong to a CBP port."""
    return tuple(crossing for crossing in every() if port and crossing.us_port == port)


def by_ca_office(office: str) -> tuple[Crossing, ...]:
    """Return the crossings at a CBSA office."""
    return tuple(crossing for crossing in every() if office and crossing.ca_office == office)


@cache
def _zones(regime: Regime) -> dict[str, str]:
    if regime is Regime.ACE:
        pairs = {(crossing.us_port, crossing.us_zone) for crossing in every()}
    else:
        pairs = {(crossing.ca_office, crossing.ca_zone) for crossing in every()}
    ports = [port for port, _ in pairs]
    return {port: zone for port, zone in pairs if port and zone and ports.count(port) == 1}


def zone_of(regime: Regime, port: str) -> str | None:
    """Return the IANA zone of the port a trip of `regime` arrives at; None means ask, never guess (T02)."""
    return _zones(regime).get(port)
