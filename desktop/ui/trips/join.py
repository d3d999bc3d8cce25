"""Joins the fast ways to a new trip to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Give the list, the menus and the editors their ways to a new trip."""
    from desktop.ui.trips.ways import Ways

    Ways(shell)
