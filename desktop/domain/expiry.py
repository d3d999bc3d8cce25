"""Papers that run out: a driver's cards, the plates and insurance of a unit. They are kept beside the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from desktop.domain.documents import JSON, is_object
from desktop.domain.times import parse_day

MEMBER = "expiries"
"""Name of the local fact: an object of ISO days by kind of paper."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "driver": ("fast", "licence", "passport", "permit", "hazmat"),
    "truck": ("insurance", "plate", "inspection"),
    "trailer": ("plate", "inspection"),
    "partner": (),
}
"""The papers each kind of record may have, in the order they are asked for."""


NAMED: frozenset[str] = frozenset(name for kinds in KINDS.values() for name in kinds)
"""The kinds of paper that have a name in words."""


def resource_of(kind: str, document: Mapping[str, JSON]) -> str:
    """Return what a driver or unit is known by on trips and in the library: `driver:D004`, `truck:2013`.

    A driver without a number goes by the name. Empty where there is neither.
    """
    number = document.get("driverNumber" if kind == "driver" else "number")
    if isinstance(number, str) and number:
        return f"{kind}:{number}"
    names = [document.get("firstName"), document.get("lastName")] if kind == "driver" else []
    known = [name.strip().casefold() for name in names if isinstance(name, str) and name.strip()]
    return f"{kind}:{' '.join(known)}" if len(known) == len(("first", "last")) else ""


class Band(IntEnum):
    """How soon something runs out; the value is the number of days it reaches to, today being none.

    A paper is good on its last day, so EXPIRED begins the day after it.
    """

    EXPIRED = -1
    WEEK = 7
    MONTH = 30
    TWO_MONTHS = 60


class Paper(NamedTuple):
    """One paper and the last day it is good on."""

    what: str
    day: date


def papers_of(local: Mapping[str, JSON]) -> tuple[Paper, ...]:
    """Return the papers of a record's local facts, the first to run out first; what is no day is left out."""
    kept = local.get(MEMBER)
    read = ((what, parse_day(day)) for what, day in kept.items()) if is_object(kept) else ()
    return tuple(sorted((Paper(what, day) for what, day in read if day is not None), key=lambda paper: paper[::-1]))


def band_of(day: date, today: date) -> Band | None:
    """Return how soon a paper runs out; None where that is more than 60 days away."""
    left = (day - today).days
    if left < 0:
        return Band.EXPIRED
    return next((band for band in (Band.WEEK, Band.MONTH, Band.TWO_MONTHS) if left <= band), None)


def first_to_run_out(local: Mapping[str, JSON], today: date) -> tuple[Band, Paper] | None:
    """Return the paper of a record that needs looking at first; None where none runs out within 60 days."""
    found = papers_of(local)
    band = band_of(found[0].day, today) if found else None
    return None if band is None else (band, found[0])


def not_good_on(local: Mapping[str, JSON], day: date) -> tuple[Paper, ...]:
    """Return the papers that have run out before `day`."""
    return tuple(paper for paper in papers_of(local) if paper.day < day)


def counted(locals_: Iterable[Mapping[str, JSON]], today: date) -> dict[Band, int]:
    """Return how many records stand in each band, each by the first of its papers."""
    found = dict.fromkeys(Band, 0)
    for local in locals_:
        first = first_to_run_out(local, today)
        if first is not None:
            found[first[0]] += 1
    return found
