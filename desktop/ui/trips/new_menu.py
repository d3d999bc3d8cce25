"""The menu of a new trip: empty in either direction, like the current one, or from a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.views import TemplateRow
from desktop.ui import theme
from desktop.ui.legible import legible

_NUMBERED = 9


def menu_words(words: str) -> str:
    """Return foreign words as a menu shows them: as typed, with no key of theirs."""
    return legible(words).replace("&", "&&")


def template_words(row: TemplateRow, names: Mapping[str, str]) -> str:
    """Return a template with its direction as a menu shows it; with several carriers in `names`, whose it is."""
    direction = texts.text("window.chip.usa" if row.regime is Regime.ACE else "window.chip.canada")
    words = texts.text("ways.new.template", name=menu_words(row.name), direction=direction)
    if row.company in names:
        words = texts.text("ways.new.template_of", template=words, carrier=menu_words(names[row.company]))
    return words


class NewMenu(QMenu):
    """To USA, to Canada, the current trip again or back, and the templates, each by one key.

    Signals: `new_asked(Regime)`; `repeat_asked`, `mirror_asked`, `copy_asked` of the current trip;
    `template_asked(str)` a template's id; `manage_asked`.
    """

    new_asked = Signal(object)
    repeat_asked = Signal()
    mirror_asked = Signal()
    copy_asked = Signal()
    template_asked = Signal(str)
    manage_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_trip_menu")
        for regime, key in ((Regime.ACE, "window.trips.new_usa"), (Regime.ACI, "window.trips.new_canada")):
            self.addAction(texts.text(key), partial(self.new_asked.emit, regime))
        self.addSeparator()
        self._like = [
            self._action("repeat", "history", self.repeat_asked.emit),
            self._action("mirror", "mirror", self.mirror_asked.emit),
            self._action("copy", "copy", self.copy_asked.emit),
        ]
        self.addSeparator()
        self.templates = QMenu(texts.text("ways.new.templates"), self)
        self.templates.setObjectName("templates_menu")
        self.templates.setProperty("is_offered", True)  # the palette has the templates by other words
        self.addMenu(self.templates)
        self.show_current("")
        self.show_templates([], {})

    def _action(self, key: str, icon: str, run: object) -> QAction:
        made = QAction(self)
        made.setProperty("key", key)
        theme.set_icon(made, icon)
        made.triggered.connect(run)
        self.addAction(made)
        return made

    def show_current(self, number: str) -> None:
        """Name the trip others are made like; empty: there is none."""
        for action in self._like:
            key = f"ways.new.{action.property('key')}"
            action.setText(texts.text(key, trip=menu_words(number)))
            action.setVisible(bool(number))

    def show_templates(self, rows: Sequence[TemplateRow], names: Mapping[str, str]) -> None:
        """Offer these templates; with several carriers in `names`, each says whose it is."""
        self.templates.clear()
        for place, row in enumerate(rows, start=1):
            key = f"&{place} " if place <= _NUMBERED else ""
            self.templates.addAction(key + template_words(row, names), partial(self.template_asked.emit, row.id))
        if not rows:
            none = self.templates.addAction(texts.text("ways.new.no_template"))
            none.setEnabled(False)
        self.templates.addSeparator()
        manage = self.templates.addAction(texts.text("ways.new.manage"), self.manage_asked.emit)
        manage.setEnabled(bool(rows))
