"""What the tray asks of the program below the window, besides what every page asks."""

from __future__ import annotations

from typing import Protocol


class StartsWithSystem(Protocol):
    """Whether the program starts when the user signs in. Every call may touch the disk: not on the window's thread."""

    @property
    def is_possible(self) -> bool:
        """Whether this system has a place for it that is known here."""
        ...

    async def is_on(self) -> bool:
        """Tell whether it does."""
        ...

    async def set_on(self, is_on: bool) -> None:
        """Make it so, or not; raises `EnvironmentFailure` where the system does not let us."""
        ...
