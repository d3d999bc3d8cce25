"""What can be done: actions of menus, offers of the window and of what is on show, places, settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from desktop import texts
from desktop.ui.legible import legible
from desktop.ui.offer import Offer, Offers
from desktop.ui.palette.entry import Entry, Group
from desktop.ui.place import SETTINGS_SECTIONS, Place

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_ICONS = {"new": "plus", "find": "find"}


def commands(shell: Shell, host: QWidget, own: QAction) -> list[Entry]:
    """Return every command that can be given now, each once; `own` is the palette's and left out."""
    found: list[Entry] = []
    titles: set[str] = set()
    for part in (*_offered(shell, host), *([one] for one in _in_menus(shell, host, own)), [*_sections(shell)]):
        new = [entry for entry in part if entry.title.casefold() not in titles]
        found += _told_apart(new)
        titles.update(entry.title.casefold() for entry in new)
    return found


def _told_apart(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield offers of one list, each with a key of its own: two that are called alike are two things."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.key] += 1
        yield entry if seen[entry.key] == 1 else replace(entry, key=f"{entry.key}#{seen[entry.key]}")


def plain(title: str) -> str:
    """Return the text of an action without the mark of its access key."""
    return legible(title.replace("&&", "\0").replace("&", "").replace("\0", "&")).partition("\t")[0]


def _offered(shell: Shell, host: QWidget) -> Iterator[list[Entry]]:
    """Lists of offers: of what is on show, from the widget with the focus outwards, then those of the window."""
    asked: list[object] = []
    here = QApplication.focusWidget()
    while here is not None:
        asked.append(here)
        here = here.parentWidget()
    window = shell.window
    if host.window() is window:
        asked += [window.stack.currentWidget(), window.editor]
    heard: list[object] = []
    for one in asked:
        if one is not None and isinstance(one, Offers) and not any(one is other for other in heard):
            heard.append(one)
            yield [_entry(offer) for offer in one.offers()]
    for offers in shell.offers:
        yield [_entry(offer) for offer in offers()]


def _entry(offer: Offer) -> Entry:
    title = plain(offer.title)
    return Entry(Group.DO, f"do:{title}", title, offer.run, "", offer.keys, offer.icon, words=offer.words)


def _in_menus(shell: Shell, host: QWidget, own: QAction) -> Iterator[Entry]:
    """Actions of the menu bar, then of the menus of the page on show."""
    window = host.window()
    if isinstance(window, QMainWindow):
        for action in window.menuBar().actions():
            yield from _of_menu(action.menu(), own, shell)
    page = shell.window.stack.currentWidget() if window is shell.window else host
    for menu in page.findChildren(QMenu) if page is not None else []:
        if not isinstance(menu.parent(), QMenu):
            yield from _of_menu(menu, own, shell)


def _of_menu(menu: object, own: QAction, shell: Shell) -> Iterator[Entry]:
    if not isinstance(menu, QMenu) or menu.property("is_offered"):
        return
    menu.aboutToShow.emit()  # menus that are filled when they open
    head = plain(menu.title())
    for action in menu.actions():
        if action.menu() is not None:
            yield from _of_menu(action.menu(), own, shell)
        elif action is own or action.isSeparator() or action.property("is_offered"):
            continue
        elif action.isVisible() and action.isEnabled():
            title = plain(action.text())
            if title:
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
                icon = _icon(title)
                yield Entry(Group.DO, f"do:{title}", title, action.trigger, head, keys, icon, words=_words(title))


def _icon(title: str) -> str:
    for place in Place:
        if title == texts.text(f"window.place.{place.value}"):
            return place.value
    return next((icon for name, icon in _ICONS.items() if title == plain(texts.text(f"window.action.{name}"))), "")


def _words(title: str) -> str:
    return texts.text("palette.words.trips") if title == texts.text("window.place.trips") else ""


def _sections(shell: Shell) -> Iterator[Entry]:
    for name in SETTINGS_SECTIONS:
        yield Entry(
            Group.SETTINGS,
            f"settings:{name}",
            texts.text(f"window.settings.{name}"),
            partial(show_section, shell, name),
            texts.text("palette.detail.settings"),
            icon="help" if name == "about" else "settings",
            words=texts.text(f"palette.words.{name}"),
        )


def show_section(shell: Shell, name: str) -> None:
    """Show the settings at a section, with the focus on its first control."""
    shell.window.come_forward()
    shell.window.go_to(Place.SETTINGS)
    shell.preferences.show_section(name)
