"""The menu of the trip editor, its keys, and the same as offers for the command palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.offer import Offer
from desktop.ui.pieces import on_key

Applies: TypeAlias = Callable[[], bool]


def always() -> bool:
    """Nothing has to be so for an action to be of use."""
    return True


class EditorMenu:
    """What an editor can do, once: an entry behind the three dots, a shortcut, an offer."""

    def __init__(self, button: QToolButton, editor: QWidget) -> None:
        self._editor = editor
        self._offers: list[tuple[Offer, Applies]] = []
        self._menu = QMenu(button)
        button.setMenu(self._menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def add(
        self,
        title: str,
        run: Callable[[], object],
        keys: str = "",
        icon: str = "",
        *,
        has_shortcut: bool = True,
        is_in_menu: bool = True,
        applies: Applies = always,
    ) -> None:
        """Add an action.

        Args:
            title: what it does.
            run: does it.
            keys: its shortcut as Qt writes it; shown in the menu.
            icon: name of an icon of ours.
            has_shortcut: the key is to be bound; False where it works already.
            is_in_menu: it stands in the menu too, not only in the palette.
            applies: whether it is of use now; else it is grey in the menu and not offered.
        """
        self._offers.append((Offer(title, run, keys, icon), applies))
        if keys and has_shortcut:
            on_key(self._editor, keys, run)
        if not is_in_menu:
            return
        action = QAction(f"{title.replace('&', '&&')}\t{keys}" if keys else title.replace("&", "&&"), self._menu)
        if icon:
            theme.set_icon(action, icon)

        def on_triggered() -> None:  # the action's own argument is nothing to the function
            run()

        action.triggered.connect(on_triggered)
        self._menu.aboutToShow.connect(lambda: action.setEnabled(applies()))
        self._menu.addAction(action)

    def offers(self) -> list[Offer]:
        """Return everything that was added and is of use now."""
        return [offer for offer, applies in self._offers if applies()]
