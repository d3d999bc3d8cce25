"""The practice service's log: stable words and trip numbers, never a key, a name, a plate or a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.clock import Clock
from desktop.texts import text

_LONGEST = 10_000
_NUMBER = re.compile(r"[A-Z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event: when (UTC), what (`practice.log.WHAT`), and what its sentence names."""

    at: datetime
    what: str
    values: Mapping[str, object]

    @property
    def text(self) -> str:
        """Return the sentence without its time."""
        return text(f"practice.log.{self.what}", **self.values)

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.text}"


def printable(word: object) -> str:
    """Return a trip number, type or operation for the log; a dash for what is not of that shape."""
    return word if isinstance(word, str) and _NUMBER.fullmatch(word) is not None else "-"


class Journal:
    """Keeps the newest lines and tells listeners.

    Attributes:
        lines: oldest first, at most ten thousand.
    """

    def __init__(self, clock: Clock) -> None:
        self.lines: list[LogLine] = []
        self._clock = clock
        self._listeners: list[Callable[[LogLine], None]] = []

    def subscribe(self, listener: Callable[[LogLine], None]) -> Callable[[], None]:
        """Call `listener` with every new line; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def note(self, what: str, **values: object) -> None:
        """Write one line."""
        line = LogLine(self._clock.now(), what, values)
        self.lines.append(line)
        if len(self.lines) > _LONGEST:
            del self.lines[0]
        for listener in tuple(self._listeners):
            listener(line)
