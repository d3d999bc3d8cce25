"""Time, handed in from outside so that tests and the simulation can turn it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

_TEXT_LENGTH = len("2026-11-24T13:05:02.000Z")


class Clock(Protocol):
    """Where the program gets its time."""

    def now(self) -> datetime:
        """Return the moment as an aware UTC time, for records."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for time limits."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the computer's time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the computer's monotonic seconds."""
        return time.monotonic()


def to_text(moment: datetime) -> str:
    """Return an aware time as the UTC text kept in the database: `2026-11-24T13:05:02.000Z`."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def from_text(text: str) -> datetime:
    """Return the aware UTC time written by `to_text`.

    Raises:
        ValueError: the text is not such a time.
    """
    if len(text) != _TEXT_LENGTH or text[10] != "T" or text[-1] != "Z":
        raise ValueError(f"not a kept time: {text!r}")
    return datetime.fromisoformat(text)  # many times cheaper than strptime: lists read hundreds


def new_id(moment: datetime) -> str:
    """Return a fresh ULID (26 characters) for something made at `moment`; it sorts by time."""
    from ulid import ULID  # on use: it loads uuid and the metadata of packages, and no first window makes an id

    return str(ULID.from_datetime(moment))
