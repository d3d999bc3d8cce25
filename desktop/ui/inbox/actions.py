"""What can be done on the Inbox page: with the chosen messages, with the list, with the one in the reader."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from desktop import texts
from desktop.services.views import InboxCard
from desktop.ui import dialogs
from desktop.ui.desk import Desk
from desktop.ui.inbox.card_words import copied
from desktop.ui.inbox.handling import Handling
from desktop.ui.models.role import Role
from desktop.ui.offer import Offer
from desktop.ui.toast import Toast

if TYPE_CHECKING:
    from desktop.ui.inbox.page import InboxPage

Start = Callable[[Coroutine[Any, Any, None], str], object]


class InboxActions:
    """Runs what the keys, menus and buttons of the page ask for."""

    def __init__(self, page: InboxPage, desk: Desk, toast: Toast, start: Start) -> None:
        self._page = page
        self._desk = desk
        self._toast = toast
        self._start = start
        self._handling = Handling(desk, page.model, toast, start)

    def _chosen(self) -> list[InboxCard]:
        found = self._page.list.chosen()
        message = self._page.reader.message
        return found or ([] if message is None else [message.card])

    def toggle_unread(self) -> None:
        """Mark the chosen messages read, or unread where they all are."""
        self._page.read_timer.stop()
        self._page.to_read = ""
        self._handling.toggle_read(self._chosen())

    def toggle_pin(self) -> None:
        """Pin the chosen messages, or let go of them where they all are."""
        self._handling.toggle_pin(self._chosen())

    def snooze(self) -> None:
        """Ask until when the chosen messages are put off."""
        if cards := self._chosen():
            self._start(self._ask_until(cards), "inbox.ask_until")

    async def _ask_until(self, cards: list[InboxCard]) -> None:
        from desktop.ui.inbox.menus import show_snooze

        trips = {card.trip_id for card in cards}
        trip_id = trips.pop() if len(trips) == 1 else None
        eta = None if trip_id is None else (await self._desk.lookups.trip(trip_id)).row.eta.moment
        now = self._desk.clock.now().astimezone()
        show_snooze(self._page.list, now, eta, lambda until: self._handling.snooze(cards, until))

    def mark_all(self) -> None:
        """Mark everything of the list read, also what has not been scrolled to."""
        self._handling.mark_all(self._page.filter())

    def undo(self) -> None:
        """Take back what was done last."""
        self._handling.undo()

    def copy(self) -> None:
        """Copy the chosen messages as text."""
        QGuiApplication.clipboard().setText("\n\n".join(copied(card) for card in self._chosen()))

    def show_thread(self) -> None:
        """Show all messages of the current one's trip."""
        card: InboxCard | None = self._page.list.currentIndex().data(Role.OBJECT)
        if card is None or card.trip_id is None:
            self._toast.say(texts.text("inbox_list.no_trip"))
        else:
            self._page.show_trip(card.trip_id)

    def show_menu(self) -> None:
        """Show what can be done with the chosen messages."""
        from desktop.ui.inbox.menus import show_actions

        show_actions(self._page.list, self.offers()[:5])

    def offers(self) -> list[Offer]:
        """Return what can be done, first what is done with the chosen messages."""
        done = (
            ("unread", self.toggle_unread, "U", "mark-read"),
            ("pin", self.toggle_pin, "P", "pin"),
            ("snooze", self.snooze, "H", "snooze"),
            ("trip", self.show_thread, "T", ""),
            ("copy", self.copy, "Ctrl+C", "copy"),
            ("mark_all", self.mark_all, "", "mark-read"),
            ("undo", self.undo, "Ctrl+Z", "undo"),
        )
        grouped = self._page.narrowing.grouped.trigger
        found = [Offer(texts.text(f"inbox_list.act.{name}"), run, keys, icon) for name, run, keys, icon in done]
        return [*found, Offer(texts.text("inbox_list.narrow.grouped"), grouped, "Ctrl+G", "filter")]

    def choose_days(self) -> None:
        """Ask from which day to which messages are wanted."""
        self._start(self._choose_days(), "inbox.days")

    async def _choose_days(self) -> None:
        from desktop.ui.inbox.days_dialog import DaysDialog

        narrowing = self._page.narrowing
        today = self._desk.clock.now().astimezone().date()
        now = narrowing.now
        dialog = DaysDialog(now.first or today, now.last or today, today, self._page)
        if await dialogs.finished(dialog):
            first, last = dialog.days()
            now = replace(now, days="", first=first, last=last)
        narrowing.show(now)

    def export(self) -> None:
        """Write the raw message of the reader into a file."""
        self._start(self._export(), "inbox.export")

    async def _export(self) -> None:
        message = self._page.reader.message
        if message is None:
            return
        from desktop.ui.inbox.export import export

        name = await export(message, self._page)
        if name:
            self._toast.say(texts.text("inbox.reader.exported", name=name))
