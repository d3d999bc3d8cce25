"""Joins the board to the window: what is done with several trips, reasons, evidence, folded groups, older trips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.services.board_row import Group
from desktop.services.views import Reason
from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_FOLDED = "board.folded"


def join(shell: Shell) -> None:
    """Give the board what it asks the window for."""
    Joined(shell)


class Joined(QObject):
    """Carries out what the board asks for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        self._state = shell.state
        self._page = page = shell.board
        kept = shell.state.value(_FOLDED).split()
        page.view.fold([group for group in Group if group.value in kept])
        page.folded_changed.connect(self._on_folded)
        page.several_asked.connect(self._on_several)
        page.reason_asked.connect(self._on_reason)
        page.evidence_asked.connect(self._on_evidence)
        page.filter.carrier_chosen.connect(shell.carriers.choose)
        shell.act.start(page.keeping.look_back(), "look_back")

    def _on_folded(self) -> None:
        self._state.keep(_FOLDED, " ".join(self._page.view.folded_groups()))

    def _on_several(self, name: str, trip_ids: Sequence[str]) -> None:
        from desktop.ui.watch import actions

        work = {"late": actions.late, "looked": actions.looked}[name]
        self._shell.act.start(work(self._shell, trip_ids), name)

    def _on_reason(self, reason: Reason, trip_id: str) -> None:
        from desktop.ui.watch.actions import perform

        perform(self._shell, reason, trip_id)

    def _on_evidence(self, frame: str) -> None:
        self._shell.act.start(self._show_message(frame), "evidence")

    async def _show_message(self, frame: str) -> None:
        card_id = await self._shell.desk.board.message_of(frame)
        if card_id:
            self._shell.window.go_to(Place.INBOX)
            self._shell.inbox.show_card(card_id)
