"""The menus over the list of messages: what can be done with those chosen, and until when they may be put off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QListView, QMenu

from desktop import texts
from desktop.ui import pieces
from desktop.ui.inbox.card_words import snooze_choices
from desktop.ui.offer import Offer


def show_snooze(view: QListView, now: datetime, eta: datetime | None, then: Callable[[datetime], None]) -> QMenu:
    """Let the user choose until when; the first choice has the focus, so that H and Enter put off for 15 minutes."""
    menu = pieces.passing_menu(view, "inbox_snooze_menu")
    menu.setAccessibleName(texts.text("inbox_list.snooze.name"))
    menu.addSection(texts.text("inbox_list.snooze.name"))
    for words, moment in snooze_choices(now, eta):
        menu.addAction(words).triggered.connect(lambda _is_on=False, moment=moment: then(moment))
    _pop_up(menu, view)
    menu.setActiveAction(menu.actions()[1])
    return menu


def show_actions(view: QListView, offers: list[Offer]) -> QMenu:
    """Show what can be done with the chosen messages, with its keys."""
    menu = pieces.passing_menu(view, "inbox_menu")
    for offer in offers:
        title = f"{offer.title}\t{offer.keys}" if offer.keys else offer.title
        menu.addAction(title).triggered.connect(lambda _is_on=False, run=offer.run: run())
    _pop_up(menu, view)
    return menu


def _pop_up(menu: QMenu, view: QListView) -> None:
    place = view.visualRect(view.currentIndex())
    corner = QPoint(place.left() + place.width() // 3, min(place.bottom(), view.viewport().height()))
    menu.popup(view.viewport().mapToGlobal(corner))
