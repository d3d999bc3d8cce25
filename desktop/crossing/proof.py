"""What a statement rests on: the message it comes from and when it came here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A stored frame, our own receipt of it (UTC), and the code in it the statement comes from, as received."""

    frame: str
    at: datetime
    code: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """Once the trip was handed over for customs.

    Attributes:
        at: when, by our own clock (UTC).
        request: type of the send request; empty for an upload that asks for filing itself.
        numbers: the control numbers it went with; None where that is not known.
    """

    at: datetime
    request: str = ""
    numbers: frozenset[str] | None = None
