"""Amounts as people type and paste them: `1500`, `1,500.5`, `1.500,5`, `1 500`; two readings where there are two."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'\u2019]+")
_SHAPE = re.compile(r"-?\d+(?:[.,]\d+)*", re.ASCII)
_GROUP = 3


class Point(Enum):
    """Which sign stands before the decimals; the other one groups thousands."""

    DOT = "."
    COMMA = ","

    @property
    def grouping(self) -> str:
        """The sign that groups thousands."""
        return "," if self is Point.DOT else "."


class Amount(NamedTuple):
    """What a typed amount may mean.

    Attributes:
        readings: plain decimal texts by the sign before the decimals; none where it is no amount. Two that differ
            (`1,500`) have to be asked.
    """

    readings: dict[Point, str]

    @property
    def is_doubtful(self) -> bool:
        """Whether it means different amounts to different people."""
        return len(set(self.readings.values())) > 1

    def plain(self, point: Point | None = None) -> str | None:
        """Return the amount as plain digits with a dot; None where there is none, or where it is still in doubt.

        `point` settles the doubt.
        """
        if point is not None and point in self.readings:
            return self.readings[point]
        return None if self.is_doubtful or not self.readings else next(iter(self.readings.values()))


def shortest(plain: str) -> str:
    """Return a plain amount without noughts at the end of its decimals."""
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def read_amount(typed: str) -> Amount:
    """Return what a typed amount may mean, whole or with decimals.

    A sign that comes twice groups thousands; of two signs the last stands before the decimals; a single sign before
    other than three digits, or after a lone zero, stands before decimals. What is left, `1,500` and `1.500`, has two
    readings.
    """
    bare = _SPACES.sub("", typed)
    if not _SHAPE.fullmatch(bare):
        return Amount({})
    found = {point: plain for point in Point if (plain := _read(bare, point)) is not None}
    return Amount(found)


def read_count(typed: str) -> Amount:
    """Return what a typed whole number may mean: here `1,500` can only be fifteen hundred."""
    amount = read_amount(typed)
    whole = {point: _without_zeros(plain) for point, plain in amount.readings.items() if _is_whole(plain)}
    if len(set(whole.values())) > 1:  # 2,000 is two thousand: nobody counts two boxes with three decimals
        whole = {point: plain for point, plain in whole.items() if plain == max(whole.values(), key=int)}
    return Amount(whole)


def _read(bare: str, point: Point) -> str | None:
    """Return the plain amount with this sign before the decimals; None where that cannot be."""
    whole, mark, decimals = bare.partition(point.value)
    if point.value in decimals or point.grouping in decimals:
        return None
    groups = whole.lstrip("-").split(point.grouping)
    if len(groups) > 1 and (
        not 0 < len(groups[0]) <= _GROUP or groups[0] == "0" or any(len(group) != _GROUP for group in groups[1:])
    ):
        return None
    sign = "-" if whole.startswith("-") else ""
    digits = "".join(groups)
    plain = digits.lstrip("0") or "0"
    if mark and not decimals:
        return None
    return f"{sign}{plain}.{decimals}" if mark else f"{sign}{plain}"


def _is_whole(plain: str) -> bool:
    return not plain.partition(".")[2].strip("0")


def _without_zeros(plain: str) -> str:
    return plain.partition(".")[0]
