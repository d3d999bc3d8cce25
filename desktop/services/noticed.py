"""What the program noticed by itself, as a window or the tray shows it; plain and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.lifecycle import Regime


@dataclass(frozen=True, slots=True)
class AlertView:
    """One thing that is wrong with a trip and needs a person. Nothing private stands in it.

    Attributes:
        ids: what `mark_told` takes: several shipments of one trip make one view.
        what: `crossing.alert.What` by name.
        trip_id: which trip.
        trip: its number; empty where it has none.
        regime: whose customs.
        company: id of the carrier.
        numbers: the shipments it is about; empty for the whole trip.
        at: since when it is so (UTC).
        title: a few words, as for a notice.
        text: a sentence or two: the fact, then what to do.
    """

    ids: tuple[str, ...]
    what: str
    trip_id: str
    trip: str
    regime: Regime
    company: str
    numbers: tuple[str, ...]
    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class MissedTrip:
    """A trip of which word may have come while nobody listened; `eta` is wall time at the port, as typed."""

    trip_id: str
    trip: str
    regime: Regime
    port_name: str
    eta: str
    customs: str


@dataclass(frozen=True, slots=True)
class Missed:
    """The times in which nobody listened while trips were with customs (UTC), from the first to the last."""

    since: datetime
    until: datetime
    trips: tuple[MissedTrip, ...]
