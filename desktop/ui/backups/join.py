"""Joins backups to the window: one a day by itself, and the banner while everything is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import texts
from desktop.ui import dialogs, times
from desktop.ui.banner import Notice, Weight
from desktop.ui.signs import Sign

if TYPE_CHECKING:
    from desktop.services.backups import Standstill
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Keep making backups, and say what is held."""
    keeping = Keeping(shell)
    shell.desk.keeper.start(shell.desk.backups.keep_making(), name="backups.daily")
    shell.act.start(keeping.look(), "backups.look")


class Keeping:
    """The banner of data that were put back or copied, until somebody has said that he looked."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    async def look(self) -> None:
        """Put up the banner, or take it away."""
        held = await self._shell.desk.backups.held()
        self._shell.window.banner.set_notice(Weight.HELD, None if held is None else self._notice(held))

    def _notice(self, held: Standstill) -> Notice:
        now = self._shell.desk.clock.now().astimezone()
        as_of = "" if held.as_of is None else times.happened(held.as_of.astimezone(), now)
        key = f"backup.banner.{held.why}" if not as_of else f"backup.banner.{held.why}_of"
        return Notice(
            Sign.NOT_KNOWN,
            "attention",
            texts.text("backup.banner.word"),
            texts.text(key, made=as_of),
            texts.text("backup.banner.release"),
            lambda: self._shell.act.start(self._release(), "backups.release"),
        )

    async def _release(self) -> None:
        if await dialogs.ask(
            self._shell.window,
            texts.text("backup.banner.ask"),
            texts.text("backup.banner.ask_text"),
            accept=texts.text("backup.banner.ask_yes"),
            reject=texts.text("backup.banner.ask_no"),
            is_grave=True,
        ):
            await self._shell.desk.backups.release()
            await self.look()
