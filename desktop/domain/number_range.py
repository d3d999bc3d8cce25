"""Number ranges: the numbers of a roll of stickers or of a carrier's own sequence, first to last (domain 6).

A number of a range is prefix + running part, zero-padded, + suffix. What differs between the first and the last
sticker tells which of its digits run.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import ISSUER_LENGTH, normal_number
from desktop.errors import UsageError

NumberKind = Literal["trip", "control"]
"""A trip's number, or the control number of a shipment."""

MAXIMUM_DIGITS: Final = 18
"""Most digits that run; what stands left of them in a longer row of digits is part of the prefix."""

_DIGITS: Final = re.compile(r"[0-9]+")
_SHAPES: Final = {
    (Regime.ACE, "trip"): re.compile(r"[A-Z]{4}[A-Z0-9]{4,21}"),  # A02
    (Regime.ACE, "control"): re.compile(r"[A-Z]{4}[A-Z0-9]{4,12}"),  # A20
    (Regime.ACI, "trip"): re.compile(r"[A-Z0-9-]{4}[A-Z0-9]{4,21}"),  # I02
    (Regime.ACI, "control"): re.compile(r"[A-Z0-9-]{8,25}"),  # I20
}


class RangeFault(UsageError):  # noqa: N818 - named like its fellows in desktop.errors
    """What was typed makes no range.

    Attributes:
        field: which field is at fault: `first`, `last` or `next`.
    """

    def __init__(self, field: str, code: str, /, **values: object) -> None:
        super().__init__(code, exit_code=None, **values)
        self.field = field


class Series(NamedTuple):
    """A row of numbers from `first` to `last`, both included; `digits` is how many digits run."""

    prefix: str
    suffix: str
    digits: int
    first: int
    last: int

    def number(self, at: int) -> str:
        """Return the number at a place of the running part."""
        return f"{self.prefix}{at:0{self.digits}d}{self.suffix}"

    def place(self, number: str) -> int | None:
        """Return where a number stands in the running part; None where it is not one of this series."""
        if len(number) != len(self.prefix) + self.digits + len(self.suffix):
            return None
        end = len(self.prefix) + self.digits
        running = number[len(self.prefix) : end]
        if number[: len(self.prefix)] != self.prefix or number[end:] != self.suffix:
            return None
        if not (running.isascii() and running.isdigit()):
            return None
        return int(running) if self.first <= int(running) <= self.last else None

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return self.last - self.first + 1


def is_number(regime: Regime, kind: NumberKind, number: str) -> bool:
    """Tell whether a text has the shape of a number of that kind, `trip` or `control` (A02, A20, I02, I20)."""
    return _SHAPES[regime, kind].fullmatch(number) is not None


def series_of(regime: Regime, kind: NumberKind, first: str, last: str) -> Series:
    """Return the range that two stickers, typed or scanned, are the ends of.

    Raises:
        RangeFault: they are not two ends of a range; `field` says which of them is at fault.
    """
    low, high = normal_number(regime, first), normal_number(regime, last)
    for field, number in (("first", low), ("last", high)):
        if not number:
            raise RangeFault(field, "numbers.missing")
        if not is_number(regime, kind, number):
            raise RangeFault(field, f"numbers.shape_{regime.value.lower()}_{kind}", number=number)
    if len(low) != len(high):
        raise RangeFault("last", "numbers.length", first=len(low), last=len(high))
    start, end = _running(low, high)
    start = max(start, end - MAXIMUM_DIGITS)
    if low[:start] != high[:start]:
        raise RangeFault("last", "numbers.two_parts")
    begin, finish = int(low[start:end]), int(high[start:end])
    if finish < begin:
        raise RangeFault("last", "numbers.backwards", first=low, last=high)
    return Series(low[:start], low[end:], end - start, begin, finish)


def _running(low: str, high: str) -> tuple[int, int]:
    """Return where the row of digits that runs begins and ends; never within the carrier's code."""
    odd = [place for place, (one, other) in enumerate(zip(low, high, strict=True)) if one != other]
    if odd and odd[0] < ISSUER_LENGTH:
        raise RangeFault("last", "numbers.two_carriers", first=low[:ISSUER_LENGTH], last=high[:ISSUER_LENGTH])
    rows = [found.span() for found in _DIGITS.finditer(low, ISSUER_LENGTH)]
    if not rows:
        raise RangeFault("first", "numbers.no_digits", number=low)
    if not odd:
        return rows[-1]
    for start, end in rows:
        if start <= odd[0] and odd[-1] < end and high[start:end].isdigit():
            return start, end
    raise RangeFault("last", "numbers.two_parts")


def common(one: Series, other: Series) -> str | None:
    """Return a number that stands in both series, the lowest of them; None where they have none in common."""
    if _length(one) != _length(other):
        return None
    if len(one.suffix) != len(other.suffix):
        return _crossing(one, other)
    short, long = sorted((one, other), key=lambda series: len(series.prefix))
    wide = widened(long, len(short.prefix))
    if wide is None or wide.prefix != short.prefix or wide.suffix != short.suffix:
        return None
    low, high = max(short.first, wide.first), min(short.last, wide.last)
    return short.number(low) if low <= high else None


def widened(series: Series, start: int) -> Series | None:
    """Return the same numbers with the running part beginning at `start`; None where letters stand there."""
    more = series.prefix[start:]
    if not more:
        return series
    if not (more.isascii() and more.isdigit()):
        return None
    added = int(more) * 10**series.digits
    return Series(
        series.prefix[:start], series.suffix, series.digits + len(more), series.first + added, series.last + added
    )


def _crossing(one: Series, other: Series) -> str | None:
    """Return the one number two series can share whose running parts stand in different places."""
    early, late = sorted((one, other), key=lambda series: len(series.prefix))
    end = len(early.prefix) + early.digits
    if len(late.prefix) < end:
        return None  # rows of digits end where a letter stands, so these never meet
    number = late.number(late.first)
    running = late.number(late.first)[len(early.prefix) : end]
    meeting = early.number(0)[len(late.prefix) : len(late.prefix) + late.digits]
    if not (running.isdigit() and meeting.isdigit()):
        return None
    number = late.number(int(meeting))
    return number if early.place(number) is not None and late.place(number) is not None else None


def _length(series: Series) -> int:
    return len(series.prefix) + series.digits + len(series.suffix)
