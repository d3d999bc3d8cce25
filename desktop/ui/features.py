"""Joins the parts of the window that are made after the first paint; each lives in a package of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join_all(shell: Shell) -> None:
    """Join every part to the window: menus, keys, listeners. Loaded on use, so that the first paint does not wait."""
    from desktop.ui.backups.join import join as backups
    from desktop.ui.board.join import join as board
    from desktop.ui.disk import join as disk
    from desktop.ui.evidence.join import join as evidence
    from desktop.ui.goods.join import join as goods
    from desktop.ui.habits import join as habits
    from desktop.ui.inbox.join import join as inbox
    from desktop.ui.intake.join import join as intake
    from desktop.ui.labels.join import join as labels
    from desktop.ui.numbers.join import join as numbers
    from desktop.ui.open_trips.join import join as open_trips
    from desktop.ui.palette.join import join as palette
    from desktop.ui.printing.join import join as printing
    from desktop.ui.sending.join import join as sending
    from desktop.ui.tracker.join import join as tracker
    from desktop.ui.trips.join import join as ways
    from desktop.ui.watch.join import join as watch

    parts: tuple[Callable[[Shell], None], ...] = (
        disk,
        board,
        open_trips,
        palette,
        habits,
        inbox,
        intake,
        numbers,
        ways,
        tracker,
        goods,
        printing,
        evidence,
        labels,
        watch,
        sending,
        backups,
    )
    for join in parts:
        join(shell)
