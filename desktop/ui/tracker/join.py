"""Joins the Shipments screen to the window: what it asks for, the carrier on show, the count in the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop import texts
from desktop.services.tracked_row import TrackedRow
from desktop.ui import pieces
from desktop.ui.place import Place
from desktop.ui.reload import Reload
from desktop.ui.tracker.actions import export, page_of, perform

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_COUNT_AFTER_MS = 1_000


def join(shell: Shell) -> None:
    """Give the window its Shipments screen."""
    Joined(shell)


class Joined(QObject):
    """What the screen adds to the window; it lives with it.

    Attributes:
        count: reads how many numbers need a person, as long as the screen itself was not opened and does not say so.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        self._is_joined = False
        self.count = Reload(shell.desk.keeper, self._count, "tracker.count")
        self._timer = pieces.single_shot(shell.window, _COUNT_AFTER_MS, self._count_soon)
        shell.window.place_shown.connect(self._on_place_shown)
        for changed in (shell.bridge.trip_changed, shell.bridge.inbox_changed):
            changed.connect(self._on_changed)
        shell.carriers.chosen_changed.connect(self._follow)
        shell.bridge.company_changed.connect(lambda _changed: self._follow())
        self._on_place_shown(Place.SHIPMENTS)
        self._count_soon()

    def _on_place_shown(self, place: Place) -> None:
        shell = self._shell
        if self._is_joined or place is not Place.SHIPMENTS or not shell.window.has_page(place):
            return
        self._is_joined = True
        page = page_of(shell)
        page.asked.connect(self._on_asked)
        page.counted.connect(self._say)
        page.new_asked.connect(shell.window.new_asked)
        page.export_asked.connect(lambda: shell.act.start(export(shell), "export_shipments"))
        self._follow()
        page.reload.ask()

    def _on_asked(self, name: str, row: TrackedRow) -> None:
        if name == "sticker":
            check = self._shell.window.findChild(QObject, "check_sticker")
            trigger = getattr(check, "trigger", None)
            if callable(trigger):
                trigger()
            return
        self._shell.act.start(perform(self._shell, name, row), f"tracker.{name}")

    def _follow(self) -> None:
        if self._is_joined:
            chosen = self._shell.carriers.chosen
            page_of(self._shell).show_carriers(self._shell.carriers.names, "" if chosen is None else chosen.id)

    # The count in the rail

    def _on_changed(self, _changed: object) -> None:
        if not self._is_joined and not self._timer.isActive():
            self._timer.start()

    def _count_soon(self) -> None:
        if not self._is_joined:
            self.count.ask()

    async def _count(self) -> None:
        number = await self._shell.desk.tracker.needing()
        if not self._is_joined:
            self._say(number)

    def _say(self, number: int) -> None:
        words = texts.text("tracker.rail", count=number)
        self._shell.window.set_count(Place.SHIPMENTS, number, "attention", words)
