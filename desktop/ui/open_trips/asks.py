"""What open trips ask of the program below the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from desktop.services.open_trips import OpenTripRow


class Remembers(Protocol):
    """Remembers which trips are open, beyond the end of the program."""

    async def all(self) -> list[OpenTripRow]:
        """Return what was open when the program ended."""
        ...

    def changed(self, read: Callable[[], Sequence[OpenTripRow]]) -> None:
        """Note that something changed; `read` says what is open once it is written."""
        ...

    async def flush(self) -> None:
        """Write what has yet to be written."""
        ...


@runtime_checkable
class HasPlace(Protocol):
    """An editor that knows where its caret is."""

    def place(self) -> tuple[str, int]:
        """Return the field that has the caret, or had it last, and where the caret stands in it."""
        ...

    def return_to(self, pointer: str, caret: int, /) -> None:
        """Put the caret back there."""
        ...
