"""A time in which nobody listened: messages of customs may have come and gone (reliability 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """From when until when (UTC, our own clock) this program did not listen; `until` None while it does not yet."""

    since: datetime
    until: datetime | None = None
