"""Numbers used before this program came, as people keep them: one on a line, or a table with number and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import NumberKind, is_number
from desktop.domain.numbers import normal_number
from desktop.domain.times import parse_day

_CELL_ENDS = re.compile(r"[,;\t]")


class LineFault(StrEnum):
    """Why a line is not taken."""

    NONE = "none"
    SHAPE = "shape"
    DAY = "day"
    FUTURE = "future"


class UsedLine(NamedTuple):
    """One line.

    Attributes:
        line: its place, from 1.
        number: the number in its normal form, or what stands in its place.
        day: when it was used; None where the line has no date.
    """

    line: int
    number: str
    day: date | None
    fault: LineFault


def used_lines(regime: Regime, kind: NumberKind, text: str, today: date) -> Iterator[UsedLine]:
    """Yield the lines of a list of used numbers; empty ones and a head without a digit are passed over.

    Args:
        regime: whose numbers they are.
        kind: `trip` or `control`.
        text: lines of `NUMBER` or `NUMBER,2026-01-31`, with comma, semicolon or tab between.
        today: a later date is a fault.
    """
    for place, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip().strip('"').strip() for cell in _CELL_ENDS.split(line)]
        if not any(cells) or (place == 1 and not any(letter.isdigit() for letter in line)):
            continue
        number, day = normal_number(regime, cells[0]), parse_day(cells[1][:10]) if len(cells) > 1 else None
        if not is_number(regime, kind, number):
            fault = LineFault.SHAPE
        elif len(cells) > 1 and cells[1] and day is None:
            fault = LineFault.DAY
        elif day is not None and day > today:
            fault = LineFault.FUTURE
        else:
            fault = LineFault.NONE
        yield UsedLine(place, number, day, fault)
