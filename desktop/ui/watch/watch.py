"""The window's part of watching: the banner, the dialog behind it, and what the menus and the palette offer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop import texts
from desktop.ui import dialogs, times
from desktop.ui.banner import Notice, Weight
from desktop.ui.offer import Offer
from desktop.ui.reload import Reload
from desktop.ui.signs import Sign
from desktop.ui.watch import actions
from desktop.ui.watch.missed_dialog import MissedDialog

if TYPE_CHECKING:
    from desktop.services.noticed import Missed
    from desktop.ui.shell import Shell

_NAMED = 3


class Watch:
    """Follows the alerts."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._missed: Missed | None = None
        self.reload = Reload(shell.desk.keeper, self._read, "watch.missed")
        shell.bridge.alert_changed.connect(lambda _changed: self.reload.ask())

    def start(self) -> None:
        """Watch, and show what is known already."""
        self._shell.desk.watching.start()
        self.reload.ask()

    async def _read(self) -> None:
        self._missed = missed = await self._shell.desk.watching.missed()
        self._shell.window.banner.set_notice(Weight.MISSED, None if missed is None else self._notice(missed))

    def _span(self, missed: Missed) -> tuple[str, str]:
        now = self._shell.desk.clock.now().astimezone()
        return moment_words(missed.since, now), moment_words(missed.until, now)

    def _notice(self, missed: Missed) -> Notice:
        since, until = self._span(missed)
        names = [trip.trip or texts.text("window.no_number") for trip in missed.trips]
        more = ["…"] if len(names) > _NAMED else []
        return Notice(
            Sign.SILENT,
            "attention",
            texts.text("watch.missed", since=since, until=until),
            texts.text("watch.missed.text", count=len(names), trips=", ".join(names[:_NAMED] + more)),
            texts.text("watch.missed.action"),
            self.on_check,
        )

    def on_check(self) -> None:
        """List the trips behind the banner."""
        self._shell.act.start(self.check(), "missed")

    async def check(self) -> None:
        """List the trips; open one, or keep which were looked at."""
        missed = await self._shell.desk.watching.missed()
        if missed is None:
            return
        site = "" if self._shell.desk.is_practice else actions.GATEWAY
        dialog = MissedDialog(missed, self._span(missed), site, self._shell.act.trips.front)
        if await dialogs.finished(dialog) != QDialog.DialogCode.Accepted:
            return
        if dialog.opened:
            await self._shell.act.open(dialog.opened)
        elif dialog.looked:
            await actions.looked(self._shell, dialog.looked)

    # What is offered

    def on_late(self) -> None:
        """The current trip of the list, or the open one, is late."""
        self._shell.act.start(actions.late(self._shell, self._chosen()), "late")

    def _chosen(self) -> list[str]:
        if self._shell.act.trip_id:
            return [self._shell.act.trip_id]
        page = self._shell.window.stack.currentWidget()
        selected = getattr(page, "selected_ids", None)
        if callable(selected):
            return list(selected())
        view = getattr(page, "view", None)
        current = view.current_id() if view is not None and hasattr(view, "current_id") else ""
        return [current] if current else []

    async def go_offline(self) -> None:
        """Close the connections after a question: what is missed may never come again."""
        if await dialogs.ask(
            self._shell.window,
            texts.text("watch.offline.ask"),
            texts.text("watch.offline.ask.text"),
            accept=texts.text("watch.offline.ask.yes"),
            reject=texts.text("window.dialog.cancel"),
            is_grave=True,
        ):
            await self._shell.desk.link.go_offline()

    def on_offline(self) -> None:
        """Work offline, or connect again."""
        link = self._shell.desk.link
        self._shell.act.start(link.go_online() if link.is_offline else self.go_offline(), "offline")

    def offers(self) -> list[Offer]:
        """Return what can be done anywhere, for the command palette."""
        is_offline = self._shell.desk.link.is_offline
        title = texts.text("watch.offline.end" if is_offline else "watch.offline.begin").replace("&", "")
        found = [Offer(title, self.on_offline, icon="offline", words=texts.text("watch.offline.words"))]
        if self._chosen():
            late = texts.text("watch.late.action").replace("&", "")
            found.append(Offer(late, self.on_late, icon="calendar", words=texts.text("watch.late.words")))
        if self._missed is not None:
            found.append(Offer(texts.text("watch.missed.action"), self.on_check, icon="check"))
        return found


def moment_words(moment: datetime, now: datetime) -> str:
    """Return when something was, on this computer's clock: the hour today, with its day before that."""
    here = moment.astimezone(now.tzinfo)
    return times.clock(here) if here.date() == now.date() else f"{times.day(here)} {times.clock(here)}"
