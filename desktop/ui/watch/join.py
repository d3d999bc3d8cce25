"""Joins watching to the window: the banner of what was missed, and the ways to be late, to write, to work offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import texts
from desktop.ui.theme import set_icon

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Watch from now on."""
    from desktop.ui.watch.watch import Watch

    watch = Watch(shell)
    action = shell.trips.tools_menu.addAction(texts.text("watch.late.action"), watch.on_late)
    action.setObjectName("late_truck")
    set_icon(action, "calendar")
    shell.offers.append(watch.offers)
    watch.start()
