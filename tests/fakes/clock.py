"""A clock that moves only when a test moves it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class ManualClock:
    """A `desktop.clock.Clock` standing still at `start` until a test advances it."""

    def __init__(self, start: datetime = NOON) -> None:
        if start.tzinfo is None:
            raise ValueError("a moment needs a zone")
        self._now = start.astimezone(UTC)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        """Return the moment the test has set, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Return seconds since an arbitrary beginning; only `advance` moves them."""
        return self._monotonic

    def advance(self, seconds: float) -> datetime:
        """Let `seconds` pass on both clocks and return the new moment."""
        if seconds < 0:
            raise ValueError("time does not run backwards; use jump for a wall clock that was set")
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds
        return self._now

    def jump(self, seconds: float) -> datetime:
        """Set the wall clock alone, forwards or backwards, as a person or a time server does."""
        self._now += timedelta(seconds=seconds)
        return self._now


class ScaledClock:
    """A wall clock that runs so many times faster than life, from `start`; time limits run in real seconds.

    What waits for a socket waits as long as ever; the hours of a day pass in seconds.
    """

    def __init__(self, scale: float, start: datetime = NOON) -> None:
        self.scale = scale
        self._start = start.astimezone(UTC)
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the moment of the fast day, in UTC."""
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * self.scale)

    def monotonic(self) -> float:
        """Return real seconds."""
        return time.monotonic()
