"""Dates and times as a dispatcher types them, read into the wire's form and back (ui design 5, protocol 2).

The wire carries wall time at the port, `YYYY-MM-DD HH:MM:SS`, and dates as `YYYY-MM-DD`; what cannot be read is left
as it was typed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from desktop.domain.times import parse_day, parse_wall, wall_text
from desktop.texts import ENGLISH, language, text

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})(?::|h|(?=\d{2}\b|\d{2}[ap]))(\d{2})(?::(\d{2}))?\s*([ap]m?)?")
_HOUR = re.compile(r"(\d{1,2})\s*([ap]m?)")
_FIGURES = re.compile(r"[a-z\s]\d{4}$")
_SHORTEST_NAME = 3
_DAYS = re.compile(r"([+-])\s*(\d{1,3})?")


def _words() -> dict[str, tuple[str, ...]]:
    return _words_in(language())


@lru_cache(maxsize=4)
def _words_in(_language: str) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(text(f"editor.when.{name}").split())
        for name in ("today", "tomorrow", "yesterday", "months", "days")
    }


def read_date(typed: str, today: date) -> str | None:
    """Return the date somebody typed (ISO, today, +2, -1, fri, 24 nov, 24 nov 2026) as `YYYY-MM-DD`, or None."""
    found = _date(typed.strip().lower(), today)
    return found.isoformat() if found else None


def read_moment(typed: str, now: datetime, before: str = "") -> str | None:
    """Return the wall time somebody typed as `YYYY-MM-DD HH:MM:SS`, or None where it is not yet one.

    Args:
        typed: a date and a time in either order, or only a time (then the day of `before`, else today).
        now: the wall time at the port.
        before: what stood in the field; a date alone keeps its time of day.
    """
    words = " ".join(typed.lower().replace(",", " ").replace("t", " ", 1).split()) if _is_iso(typed) else typed.lower()
    words = " ".join(words.replace(",", " ").split())
    if not words:
        return None
    earlier = parse_wall(before)
    for split in range(len(words.split()), -1, -1):
        parts = words.split()
        first, last = " ".join(parts[:split]), " ".join(parts[split:])
        for day_text, time_text in ((first, last), (last, first)):
            day = _date(day_text, now.date()) if day_text else (earlier or now).date()
            if day is not None and not time_text and not _is_meant(day_text, day, now):
                continue  # `24 nov 2015` is a quarter past eight
            clock = _time(time_text) if time_text else (earlier.time() if earlier and day_text else None)
            if day is not None and clock is not None:
                return wall_text(datetime.combine(day, clock))
    return None


def shown_moment(wire: str) -> str:
    """Return a wire time as the field shows it: without seconds where there are none; other text as it is."""
    moment = parse_wall(wire)
    if moment is None:
        return wire
    return moment.strftime("%Y-%m-%d %H:%M") if moment.second == 0 else wire


def said_moment(wire: str, now: datetime) -> str:
    """Return a wire time as people say it, the year only where it is not this one: `Tue 24 Nov 13:55`."""
    moment = parse_wall(wire)
    if moment is None:
        return wire
    year = "" if moment.year == now.year else f" {moment.year}"
    clock = f"{moment:%H:%M}" if moment.second == 0 else f"{moment:%H:%M:%S}"
    return f"{weekday(moment)} {moment.day} {_month(moment)}{year} {clock}"


def in_words(wire: str, zone_name: str = "") -> str:
    """Return a wire time or date in words for the line below the field: `Tue 24 Nov 2026, 14:30 EST`."""
    moment = parse_wall(wire)
    day = moment.date() if moment else parse_day(wire)
    if day is None:
        return ""
    name = _shown(_words()["days"][day.weekday()])
    words = f"{name} {day.day} {_month(day)} {day.year}"
    if moment is not None:
        words += f", {moment:%H:%M}"
    return f"{words} {zone_name}".rstrip()


def weekday(moment: datetime) -> str:
    """Return the short name of a moment's day of the week: `Tue`."""
    return _shown(_words()["days"][moment.weekday()])


def _shown(name: str) -> str:
    """Return a day or month as the language writes it: English with a capital, French without."""
    return name.capitalize() if language() == ENGLISH else name


def _month(day: date) -> str:
    return _shown(_words()["months"][day.month - 1])


def step(wire: str, *, days: int = 0, minutes: int = 0) -> str | None:
    """Return a wire time or date moved by days and minutes; None where it is neither or leaves the calendar."""
    moment = parse_wall(wire)
    try:
        if moment is not None:
            return wall_text(moment + timedelta(days=days, minutes=minutes))
        day = parse_day(wire)
        return (day + timedelta(days=days)).isoformat() if day and not minutes else None
    except OverflowError:
        return None


def _is_iso(typed: str) -> bool:
    return re.match(r"\s*\d{4}-\d{2}-\d{2}t", typed, re.IGNORECASE) is not None


def _is_meant(words: str, day: date, now: datetime) -> bool:
    """Tell whether four figures after a day and its month are its year: arrivals are in this one or the next."""
    return not _FIGURES.search(words) or day.year in {now.year, now.year + 1}


def _date(words: str, today: date) -> date | None:
    words = words.strip()
    known = _words()
    for name, days in (("today", 0), ("tomorrow", 1), ("yesterday", -1)):
        if words in known[name]:
            return today + timedelta(days=days)
    moved = _DAYS.fullmatch(words)
    if moved:
        days = int(moved[2] or 1)
        return today + timedelta(days=days if moved[1] == "+" else -days)
    iso = _ISO_DATE.fullmatch(words)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if len(words) >= _SHORTEST_NAME and words.isalpha():
        for number, name in enumerate(known["days"]):
            if words.startswith(name):
                return today + timedelta(days=(number - today.weekday()) % 7)
    return _named_month(words, today)


def _named_month(words: str, today: date) -> date | None:
    parts = words.split()
    name = parts.pop(0) if len(parts) > 2 and parts[0].isalpha() else ""  # noqa: PLR2004 - `tue 24 nov`
    if not 2 <= len(parts) <= 3:  # noqa: PLR2004 - day and month, and perhaps the year
        return None
    day, month = (parts[0], parts[1]) if parts[0].isdigit() else (parts[1], parts[0])
    number = next((n for n, name in enumerate(_words()["months"], 1) if month.startswith(name)), 0)
    if not number or not day.isascii() or not day.isdigit() or not month.isalpha():
        return None
    if len(parts) == 3:  # noqa: PLR2004
        found = _made(int(parts[2]), number, int(day)) if re.fullmatch(r"\d{4}", parts[2], re.ASCII) else None
    else:
        years = (_made(today.year + by, number, int(day)) for by in (0, 1, -1))
        found = min(filter(None, years), key=lambda one: abs(one - today), default=None)
    is_so = found is not None and (not name or _is_day(name, found))
    return found if is_so else None


def _is_day(name: str, day: date) -> bool:
    return len(name) >= _SHORTEST_NAME and name.startswith(_words()["days"][day.weekday()])


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(words: str) -> time | None:
    words = words.strip()
    found = _TIME.fullmatch(words)
    if found:
        hour, minute, second, half = int(found[1]), int(found[2]), int(found[3] or 0), found[4]
    else:
        short = _HOUR.fullmatch(words)
        if not short:
            return None
        hour, minute, second, half = int(short[1]), 0, 0, short[2]
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
