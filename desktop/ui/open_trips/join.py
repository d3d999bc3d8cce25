"""Menu entries and keys of the open trips; they work in every window of the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop import texts
from desktop.ui.offer import Offer
from desktop.ui.open_trips.own_window import OUT_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Add the entries and their keys, and offer each open trip by its number."""
    trips = shell.act.trips
    file, go, view = (action.menu() for action in shell.window.menuBar().actions()[:3])

    def add(menu: object, words: str, keys: list[str], run: Callable[[], object]) -> QAction:
        made = QAction(words, shell.window)
        made.setShortcuts([QKeySequence(one) for one in keys])
        made.triggered.connect(lambda _checked=False: run())
        if isinstance(menu, QMenu):
            menu.addAction(made)
        shell.window.addAction(made)
        return made

    of_current = (
        add(file, texts.text("open.menu.close"), ["Ctrl+W", "Ctrl+F4"], trips.close_current),
        add(view, texts.text("open.menu.out"), [OUT_KEYS], trips.move_current),
    )
    of_any = (
        add(go, texts.text("open.menu.next"), ["Ctrl+F6"], lambda: trips.step(1)),
        add(go, texts.text("open.menu.previous"), ["Ctrl+Shift+F6"], lambda: trips.step(-1)),
    )

    def fit() -> None:
        for action in of_current:
            action.setEnabled(trips.current is not None)
        for action in of_any:
            action.setEnabled(bool(trips.trips))

    trips.changed.connect(fit)
    fit()

    def offers() -> list[Offer]:
        return [
            Offer(trip.words_to_go, partial(trips.choose, trip), icon="trips")
            for trip in trips.trips
            if trip is not trips.current
        ]

    shell.offers.append(offers)
