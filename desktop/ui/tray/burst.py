"""When news may be told outside the window: at once what needs a person, gathered what does not. No Qt, no clock.

A burst is news with no pause of `PAUSE_S` in it, at the longest `LONGEST_S`; with the next news another begins. One
burst makes at most three notices: the first two that need a person come at once, and when the burst is over one more
says what else came. Good news waits for that end, comes at most every `GOOD_EVERY_S` (ui design, toasts), and gives way
where something that needs a person takes the end. Badge, rail and inbox show everything at once.
"""

from __future__ import annotations

from enum import Enum

PAUSE_S = 6.0
LONGEST_S = 60.0
GOOD_EVERY_S = 300.0
AT_ONCE = 2


class Due(Enum):
    """What may be told now."""

    NOTHING = "nothing"
    URGENT = "urgent"
    GOOD = "good"


class Burst:
    """Counts what was told. Times are seconds of a clock that only goes forward, handed in with each call."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._newest = 0.0
        self._told = 0
        self._good_from = 0.0

    def news(self, now: float) -> None:
        """Take note that something came."""
        if self._is_over(now):
            self._began, self._told = now, 0
        self._newest = now

    def told(self, now: float, *, is_good: bool) -> None:
        """Take note that a notice was shown."""
        self._told += 1
        is_end = self._is_over(now)
        if is_end:
            self._began, self._told = None, 0
        if is_good or is_end:
            self._good_from = max(self._good_from, now + GOOD_EVERY_S)

    def due(self, now: float, *, has_urgent: bool, has_good: bool) -> Due:
        """Return what of what waits may be told at `now`."""
        if has_urgent:
            return Due.URGENT if self._told < AT_ONCE or self._is_over(now) else Due.NOTHING
        return Due.GOOD if has_good and self._is_over(now) and now >= self._good_from else Due.NOTHING

    def wait_s(self, now: float, *, has_urgent: bool, has_good: bool) -> float | None:
        """Return in how many seconds to look again; None where nothing waits."""
        if not has_urgent and not has_good:
            return None
        if self.due(now, has_urgent=has_urgent, has_good=has_good) is not Due.NOTHING:
            return 0.0
        until = now
        if self._began is not None and not self._is_over(now):
            until = min(self._newest + PAUSE_S, self._began + LONGEST_S)
        return max(until if has_urgent else max(until, self._good_from), now) - now

    def _is_over(self, now: float) -> bool:
        return self._began is None or now >= min(self._newest + PAUSE_S, self._began + LONGEST_S)
