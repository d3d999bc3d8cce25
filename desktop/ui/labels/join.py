"""Joins labels to the window: an entry of the list's menu and of the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop import texts
from desktop.ui.offer import Offer
from desktop.ui.theme import set_icon

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Offer new labels."""
    start = partial(_start, shell)
    action = shell.trips.tools_menu.addAction(texts.text("labels.action"), start)
    action.setObjectName("new_labels")
    set_icon(action, "print")
    shell.board.tools_menu.addAction(action)
    title = texts.text("labels.action").replace("&", "")
    shell.offers.append(lambda: [Offer(title, start, icon="print", words=texts.text("labels.words"))])


def _start(shell: Shell) -> None:
    shell.act.start(shell.act.printing.print_labels(), "labels")
