"""What can be done here: an action by name, for menus and the command palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, runtime_checkable


class Offer(NamedTuple):
    """One action.

    Attributes:
        title: what it does, as the user reads it ("Repeat this trip").
        run: does it.
        keys: its shortcut as Qt writes it ("Ctrl+B"); empty where it has none.
        icon: name of an icon of ours; empty where it has none.
        words: further words it is found by.
    """

    title: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = ""
    words: str = ""


@runtime_checkable
class Offers(Protocol):
    """A page or editor that has actions of its own."""

    def offers(self) -> list[Offer]:
        """Return what can be done here now."""
        ...
