"""Moments in the words of a list: wall time with zone, and how long until then."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop import texts

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY_S = 86_400
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def zone(name: str | None) -> ZoneInfo | None:
    """Return the zone, or None where it is not known here."""
    if not name:
        return None
    from desktop.domain.times import zone_named  # on use: an inbox tells the time of this computer

    return zone_named(name)


def day(moment: date) -> str:
    """Return a day as in `Tue 24 Nov`, in the zone the moment is given in."""
    return texts.text(
        "window.day",
        weekday=texts.text(f"window.day.{_DAYS[moment.weekday()]}"),
        day=moment.day,
        month=texts.text(f"window.month.{_MONTHS[moment.month - 1]}"),
    )


def clock(moment: datetime, *, with_seconds: bool = False) -> str:
    """Return the time of day as in `13:05`, in the zone the moment is given in."""
    return moment.strftime("%H:%M:%S" if with_seconds else "%H:%M")


def clock_with_zone(moment: datetime) -> str:
    """Return the time of day with its zone as in `13:05 EST`."""
    return f"{clock(moment)} {moment.strftime('%Z')}".strip()


def arrival(moment: datetime, today: datetime) -> str:
    """Return when something arrives: today the hour with its zone, within a week the weekday, else the date."""
    days = (moment.date() - today.date()).days
    if days == 0:
        return clock_with_zone(moment)
    if -1 <= days < 7:  # noqa: PLR2004 - after a week the weekday names another day
        return f"{texts.text(f'window.day.{_DAYS[moment.weekday()]}')} {clock(moment)}"
    return f"{moment.day} {texts.text(f'window.month.{_MONTHS[moment.month - 1]}')} {clock(moment)}"


def received(moment: datetime, today: datetime) -> str:
    """Return when something came: today the hour, before that the day."""
    if moment.date() == today.date():
        return clock(moment)
    return f"{moment.day} {texts.text(f'window.month.{_MONTHS[moment.month - 1]}')}"


def happened(moment: datetime, today: datetime) -> str:
    """Return when something was done: today the hour, before that the day and the hour."""
    if moment.date() == today.date():
        return clock(moment)
    month = texts.text(f"window.month.{_MONTHS[moment.month - 1]}")
    return texts.text("paper.moment", day=moment.day, month=month, clock=clock(moment))


def distance(until: timedelta) -> str:
    """Return how long until then, or since then, as in `in 1 h 40` or `20 min ago`."""
    seconds = until.total_seconds()
    name = "window.in" if seconds >= 0 else "window.ago"
    return texts.text(name, span=_span(abs(seconds)))


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return texts.text("window.span.minutes", minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if seconds < _DAY_S / 2:
        return texts.text("window.span.hours_minutes", hours=hours, minutes=f"{rest:02}")
    if seconds < 2 * _DAY_S:
        return texts.text("window.span.hours", hours=hours)
    return texts.text("window.span.days", days=int(seconds // _DAY_S))
