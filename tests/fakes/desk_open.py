"""What was open, remembered in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.services.open_trips import OpenTripRow


class FakeOpenTrips:
    """Remembers at once; `rows` is what the next start finds."""

    def __init__(self) -> None:
        self.rows: list[OpenTripRow] = []
        self.asked = 0
        self._read: Callable[[], Sequence[OpenTripRow]] | None = None

    async def all(self) -> list[OpenTripRow]:
        return list(self.rows)

    def changed(self, read: Callable[[], Sequence[OpenTripRow]]) -> None:
        self._read = read
        self.asked += 1

    async def flush(self) -> None:
        self.now()

    def now(self) -> list[OpenTripRow]:
        """Return what would be remembered now."""
        if self._read is not None:
            self.rows = list(self._read())
        return self.rows
