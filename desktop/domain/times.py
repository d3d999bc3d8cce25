"""Wire times: wall time at the port without a zone, and the moment it means where the zone is known (T02)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_WALL = re.compile(r"(\d{4})-(\d{2})-(\d{2})\s(\d{2}):(\d{2}):(\d{2})", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Doubt(StrEnum):
    """Why a wall time does not say which moment it means."""

    NONE = "none"
    NO_ZONE = "no_zone"  # nobody said whose clock it is
    SKIPPED = "skipped"  # the clock jumps over it
    DOUBLED = "doubled"  # the clock shows it twice


class Moment(NamedTuple):
    """The moment a wall time means (UTC), or why it means none.

    Attributes:
        moment: None where there is a doubt.
        doubt: what has to be asked.
        choices: the two moments of a doubled time, the earlier first.
    """

    moment: datetime | None
    doubt: Doubt = Doubt.NONE
    choices: tuple[datetime, ...] = ()


def parse_wall(text: object) -> datetime | None:
    """Return the wall time written as `2026-01-31 13:45:00`; None for anything else, or a day that does not exist."""
    found = _WALL.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    try:
        year, month, day, hour, minute, second = map(int, found.groups())
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a wall time has no zone: its nature
    except ValueError:
        return None


def parse_day(text: object) -> date | None:
    """Return the day written as `2026-01-31`; None for anything else, or a day that does not exist."""
    found = _DAY.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def wall_text(wall: datetime) -> str:
    """Return a wall time as the wire writes it."""
    return f"{wall.year:04}-{wall.month:02}-{wall.day:02} {wall.hour:02}:{wall.minute:02}:{wall.second:02}"


def day_text(day: date) -> str:
    """Return a day as the wire writes it."""
    return day.isoformat()


def moment_of(wall: datetime, zone: str | None) -> Moment:
    """Return the moment that `wall` means on the clock of `zone` (IANA name), or the doubt about it."""
    if zone is None:
        return Moment(None, Doubt.NO_ZONE)
    try:
        clock = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder or a name with odd characters
        return Moment(None, Doubt.NO_ZONE)
    try:
        first = wall.replace(tzinfo=clock, fold=0)
        second = wall.replace(tzinfo=clock, fold=1)
        if first.utcoffset() == second.utcoffset():
            return Moment(first.astimezone(UTC))
        choices = (first.astimezone(UTC), second.astimezone(UTC))
        is_skipped = choices[0].astimezone(clock).replace(tzinfo=None) != wall
    except OverflowError:  # the first and last days of the calendar
        return Moment(None, Doubt.NO_ZONE)
    if is_skipped:
        return Moment(None, Doubt.SKIPPED)
    return Moment(None, Doubt.DOUBLED, choices)


def zone_named(name: str | None) -> ZoneInfo | None:
    """Return a zone by its IANA name; None where there is no name or this computer does not know the zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def is_zone(name: str) -> bool:
    """Tell whether this computer knows a zone."""
    return zone_named(name) is not None


def wall_at(moment: datetime, zone: str) -> datetime:
    """Return what the clock of `zone` shows at `moment`.

    Raises:
        ZoneInfoNotFoundError: there is no such zone.
    """
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
