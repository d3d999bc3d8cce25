"""When a trip arrives: wall time at the port, the port's clock, and what the user answered where that was not enough.

The answers are local facts of the trip, each kept with what it was given for, so that another port or another time is
asked about anew (T02): `zone` is `{"port": "0101", "zone": "America/New_York"}`, `doubled` is
`{"eta": "2026-11-01 01:30:00", "is_later": true}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.times import Doubt, Moment, moment_of, parse_wall

PORTS = {Regime.ACE: "usPortOfArrival", Regime.ACI: "portOfEntry"}
ETA = "estimatedArrivalDateTime"


class Answers(NamedTuple):
    """What the user answered about a trip's arrival.

    Attributes:
        zone_port: the port the zone was given for; empty for any.
        zone: its IANA zone.
        doubled_eta: the wall time the clock shows twice, as written; empty for none.
        is_later: whether the second of the two is meant.
    """

    zone_port: str = ""
    zone: str = ""
    doubled_eta: str = ""
    is_later: bool = False


NO_ANSWERS: Final = Answers()


def answers_in(local: Mapping[str, JSON]) -> Answers:
    """Return the answers among the local facts of a trip, whatever stands there."""
    zone, doubled = local.get("zone"), local.get("doubled")
    port, name = (zone.get("port"), zone.get("zone")) if is_object(zone) else (None, None)
    eta, is_later = (doubled.get("eta"), doubled.get("is_later")) if is_object(doubled) else (None, None)
    return Answers(
        *((port, name) if isinstance(port, str) and isinstance(name, str) else ("", "")),
        *((eta, is_later) if isinstance(eta, str) and isinstance(is_later, bool) else ("", False)),
    )


def zone_for(regime: Regime, port: object, answers: Answers) -> str | None:
    """Return the IANA zone of a trip's port: from our table, else as the user gave it for this port."""
    if not isinstance(port, str) or not port:
        return None
    return zone_of(regime, port) or (answers.zone if answers.zone and answers.zone_port in {"", port} else None)


def arrival_of(regime: Regime, document: JSONObject, answers: Answers) -> Moment | None:
    """Return the moment a trip arrives, or the doubt about it; None where there is no readable ETA."""
    written = document.get(ETA)
    wall = parse_wall(written)
    if wall is None:
        return None
    moment = moment_of(wall, zone_for(regime, document.get(PORTS[regime]), answers))
    if moment.doubt is Doubt.DOUBLED and answers.doubled_eta == written:
        return Moment(moment.choices[int(answers.is_later)])
    return moment
