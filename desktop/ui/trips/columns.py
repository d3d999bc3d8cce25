"""How wide the columns of trips are, for the list of trips and for the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from desktop import texts
from desktop.ui import theme
from desktop.ui.trips.delegate import number_width
from desktop.ui.trips.model import Column

_PROBE = "Sample Driver One"
"""107 pixels wide in the font the widths were drawn for."""
_LONGEST, _MEASURED = 30, 40


def letter_scale() -> float:
    """Return how much larger letters are than those the widths were drawn for."""
    return max(theme.line_height("body") / 18, QFontMetrics(theme.font("body")).horizontalAdvance(_PROBE) / 107)


def numbers_need(numbers: Iterable[str]) -> int:
    """Return the room trip numbers need beside their direction; the longest of many are measured."""
    chips = [texts.text("window.chip.usa"), texts.text("window.chip.canada")]
    longest = sorted(set(numbers), key=len)[-_MEASURED:]
    return max((number_width(number[:_LONGEST], chip) for number in longest for chip in chips), default=0)


def give_widths(header: QHeaderView, shown: Mapping[Column, int]) -> None:
    """Show these columns at these widths; the last one takes the rest."""
    last = max(shown)
    for column in Column:
        header.setSectionHidden(column, column not in shown)
        if column in shown and column is not last:
            header.resizeSection(column, shown[column])
