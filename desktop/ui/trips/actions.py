"""What can be done with the current trip of the list: one table for menus, keys and the command palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop import texts
from desktop.ui import theme
from desktop.ui.offer import Offer


class RowAction(NamedTuple):
    """One action on a trip: its name below `ways.row`, its key in the list, its icon."""

    name: str
    keys: str
    icon: str = ""


ROW_ACTIONS: Final = (
    RowAction("open", "Enter"),
    RowAction("repeat", "R", "history"),
    RowAction("mirror", "M", "mirror"),
    RowAction("copy", "C", "copy"),
    RowAction("template", "T", "bookmark"),
    RowAction("send", "S", "send"),
    RowAction("swap", "E", "equipment"),
    RowAction("cancel", "X", "cancel"),
    RowAction("print", "P", "print"),
    RowAction("delete", "Del", "trash"),
)
DELETED_ACTIONS: Final = (RowAction("bring_back", "Enter", "undo"), RowAction("copy", "C", "copy"))

Run = Callable[[str], object]


def add_actions(menu: QMenu, actions: tuple[RowAction, ...], run: Run) -> list[QAction]:
    """Put actions into a menu, each with its key; `run` gets their names."""
    made = []
    for action in actions:
        entry = QAction(f"{texts.text(f'ways.row.{action.name}')}\t{action.keys}", menu)
        if action.icon:
            theme.set_icon(entry, action.icon)
        entry.setProperty("is_offered", True)  # the palette has it with the trip's number
        entry.triggered.connect(partial(_run, run, action.name))
        menu.addAction(entry)
        made.append(entry)
    return made


def _run(run: Run, name: str, _is_checked: bool = False) -> None:
    run(name)


def offers_of(actions: tuple[RowAction, ...], number: str, run: Run) -> list[Offer]:
    """Return the same as offers, which name the trip."""
    return [
        Offer(
            texts.text("ways.row.offer", what=texts.text(f"ways.row.{action.name}").replace("&", ""), trip=number),
            partial(run, action.name),
            action.keys,
            action.icon,
        )
        for action in actions
    ]
