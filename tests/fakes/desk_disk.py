"""A disk that fails when a test says so."""

from __future__ import annotations

from collections.abc import Callable

from desktop.errors import DesktopError


class FakeDisk:
    """Well until told otherwise."""

    def __init__(self) -> None:
        self.trouble: DesktopError | None = None
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def fail(self, trouble: DesktopError | None) -> None:
        """Begin or end to fail."""
        self.trouble = trouble
        for listener in tuple(self._listeners):
            listener()
