"""The columns of trips, for the list of trips and for the board."""

from __future__ import annotations

from collections.abc import Iterable

from desktop import texts
from desktop.ui.trips.delegate import number_width
from desktop.ui.trips.model import Column

WIDTHS = {
    Column.VERDICT: 302,
    Column.TRIP: 190,
    Column.PORT: 160,
    Column.ETA: 112,
    Column.DRIVER: 168,
    Column.CLEARED: 62,
    Column.CUSTOMS: 150,
}
"""Pixels, as drawn for letters of the usual size (ui design 6)."""
_LONGEST, _MEASURED = 30, 40


def numbers_need(numbers: Iterable[str]) -> int:
    """Return the room trip numbers need beside their direction, in pixels; the longest of many are measured."""
    chips = [texts.text("window.chip.usa"), texts.text("window.chip.canada")]
    longest = sorted(set(numbers), key=len)[-_MEASURED:]
    return max((number_width(number[:_LONGEST], chip) for number in longest for chip in chips), default=0)
