"""Joins sending to the window: swap and cancel in lists and editors, progress above an open trip."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.services.views import Changed, Subject
from desktop.ui.reload import Reload
from desktop.ui.sending import equipment, progress
from desktop.ui.sending.progress_strip import ProgressStrip
from desktop.ui.watch import actions as watch

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_Work = Callable[["Shell", str], Coroutine[Any, Any, None]]


def join(shell: Shell) -> None:
    """Give lists, menus and editors what can be done about a trip that customs has."""
    Sending(shell)


class Sending(QObject):
    """Carries out what lists and editors ask for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        for page in (shell.board, shell.trips):
            page.swap_asked.connect(partial(self.start, equipment.swap, "swap"))
            page.cancel_asked.connect(partial(self.start, _cancel, "cancel"))
        shell.act.on_editor.append(self._on_editor)

    def start(self, work: _Work, name: str, trip_id: str) -> None:
        """Do something with a trip; asked for again while it is under way, it is done once."""
        self._shell.act.start_on(trip_id, lambda one: work(self._shell, one), name)

    def _on_editor(self, editor: QWidget) -> None:
        session = getattr(editor, "session", None)
        add = getattr(editor, "add_menu_entry", None)
        if session is None or add is None:
            return
        self._follow(editor, session.trip_id)
        for key, work, icon in (
            ("late", _late, "calendar"),
            ("swap", equipment.swap, "equipment"),
            ("cancel", _cancel, "cancel"),
        ):
            words = texts.text(f"sending.editor.{key}")
            add(words, partial(self.start, work, key, session.trip_id), "", icon)

    # How far the plan of an open trip got

    def _follow(self, editor: QWidget, trip_id: str) -> None:
        """Keep a line above an editor that says how far the plan of its trip got."""
        desk = self._shell.desk
        strip = ProgressStrip(
            editor,
            desk.clock,
            partial(self.start, progress.show_steps, "steps", trip_id),
            lambda action: self._shell.act.start(progress.act(self._shell, trip_id, action), f"plan.{action}"),
        )

        about = {trip_id}

        async def read() -> None:
            plan = await desk.progress.of_trip(trip_id)
            about.update(() if plan is None else {step.trip_id for step in plan.steps})  # a move is about two trips
            strip.show_plan(plan)

        reload = Reload(desk.keeper, read, "sending.progress")

        def on_changed(changed: Changed) -> None:
            if changed.subject is Subject.TRIP and (not changed.ids or about & changed.ids):
                reload.ask()

        editor.destroyed.connect(desk.changes.subscribe(on_changed))
        reload.ask()


async def _late(shell: Shell, trip_id: str) -> None:
    await watch.late(shell, [trip_id])


async def _cancel(shell: Shell, trip_id: str) -> None:
    await shell.act.sending.cancel(trip_id)
