"""How often the gateway is asked for messages where it cannot send them by itself: the HTTP way (protocol 1)."""

from __future__ import annotations

from typing import Final

AT_ONCE_S: Final = 0.2
"""After messages came there may be more: the queue is asked until it is empty, never faster than this."""

SOON_S: Final = 2.0
"""While an answer is awaited."""

IDLE_S: Final = 10.0
"""The longest pause: with the time one request may take, a dead line is noticed within 30 s."""

AWAITED_S: Final = 60.0
"""So long after a message went out its answer is awaited: as long as a message may be in flight (reliability 3.1.5)."""

_GROWS: Final = 1.5
_SLOW_S: Final = 10.0
LONGEST_REST_S: Final = 60.0
"""A gateway that asks for a longer rest is taken as out of reach until then."""


class Pace:
    """The pauses between two questions; times are monotonic seconds."""

    def __init__(self) -> None:
        self._sent_at: float | None = None
        self._pause_s = SOON_S
        self._least_s = 0.0

    def sent(self, now: float) -> None:
        """A message went out: its answer is awaited."""
        self._sent_at = now
        self._pause_s = SOON_S

    def asked(self, now: float, *, had_messages: bool) -> float:
        """Return the seconds until the next question, after one that was answered at `now`."""
        if had_messages:
            self._pause_s = SOON_S
            return max(AT_ONCE_S, self._least_s)
        if self._sent_at is None or now - self._sent_at >= AWAITED_S:
            self._pause_s = min(IDLE_S, self._pause_s * _GROWS)
        return max(self._pause_s, self._least_s)

    def refused(self, retry_after_s: float | None) -> float:
        """Return the seconds to rest after "too many requests"; from now on it is asked less often."""
        self._least_s = min(IDLE_S, max(_SLOW_S, self._least_s * 2))
        return max(self._least_s, min(LONGEST_REST_S, retry_after_s or 0.0))
