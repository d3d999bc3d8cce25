"""The window and the tray together: what a notice opens, what closing and quitting mean, what is told in the window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from desktop import texts
from desktop.domain.lifecycle import Delivery, LinkState
from desktop.ui import dialogs
from desktop.ui.banner import Notice as BannerNotice
from desktop.ui.banner import Weight
from desktop.ui.inbox.page import InboxPage
from desktop.ui.notifications import Notice, Shown, Target
from desktop.ui.place import Place
from desktop.ui.signs import Sign
from desktop.ui.tray.icon import Tray

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_TOLD = "tray.told"
_OFFERED = "tray.start_offered"


class Beside:
    """Joins the tray to the window.

    Attributes:
        tray: the program beside the clock.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._is_asking = False
        self.tray = Tray(shell.desk, shell.bridge, self.shown)
        self.tray.show_asked.connect(shell.raise_window)
        self.tray.inbox_asked.connect(lambda: self.open_target(Target()))
        self.tray.new_asked.connect(self._on_new_asked)
        self.tray.quit_asked.connect(self.quit)
        self.tray.open_asked.connect(self.open_target)
        self.tray.line_asked.connect(self._on_line_asked)
        self.tray.in_window.connect(self._on_in_window)
        shell.bridge.link_changed.connect(self._on_link_changed)

    def apply_choices(self) -> None:
        """Follow what the user chose about notices."""
        choices, tray = self._shell.choices, self.tray
        tray.teller.is_quiet = not choices.has_good_news
        tray.teller.is_silent = not choices.has_notices
        tray.has_sound = choices.has_sound
        tray.recolour()

    # What is on screen, and what a notice opens

    def shown(self) -> Shown:
        """Return what somebody has before his eyes."""
        window = self._shell.window
        is_in_front = window.isVisible() and window.isActiveWindow() and not window.isMinimized()
        current = window.stack.currentWidget()
        card = current.shown_id if isinstance(current, InboxPage) else ""
        return Shown(is_in_front, card, self._shell.act.trip_id)

    def open_target(self, target: Target) -> None:
        """Open what a notice spoke of."""
        shell = self._shell
        shell.raise_window()
        if target.is_window:
            return
        if target.is_connection:
            shell.setting_up.on_key_asked()
        elif target.card_id:
            shell.window.go_to(Place.INBOX)
            shell.inbox.show_card(target.card_id)
        elif target.trip_id:
            shell.act.start(shell.act.open(target.trip_id), "open")
        else:
            shell.window.go_to(Place.CROSSINGS if target.is_several else Place.INBOX)

    def _on_new_asked(self) -> None:
        self._shell.raise_window()
        self._shell.window.new_asked.emit()

    def _on_in_window(self, notice: Notice) -> None:
        """Where no tray shows notices, the window does, while it is open."""
        window = self._shell.window
        if window.isVisible() and not window.isMinimized():
            window.toast.say(
                texts.text("tray.in_window", title=notice.title, line=notice.line),
                action=texts.text("tray.open"),
                on_action=lambda: self.open_target(notice.target),
                is_failure=True,  # stays until somebody saw it
            )

    # Closing, quitting, working offline

    def closed(self) -> None:
        """The window was closed: stay beside the clock where that is wanted and possible, and say so the first time."""
        if not (self._shell.choices.stays_in_tray and self.tray.is_available()):
            self.quit()
            return
        state = self._shell.state
        if not state.value(_TOLD):
            state.keep(_TOLD, "yes")
            state.save()
            self.tray.say(texts.text("tray.stays.title"), texts.text("tray.stays.line"))

    def quit(self) -> None:
        """End the program, after asking where something waits to go or is on its way."""
        shell = self._shell
        waiting = shell.desk.link.status.waiting
        sending = sum(1 for row in shell.board.keeping.rows() if row.trip.delivery is Delivery.SENDING)
        lines = []
        if waiting:
            lines.append(texts.text("tray.quit.waiting", count=waiting))
        if sending:
            lines.append(texts.text("tray.quit.sending", count=sending))
        if lines:
            shell.act.start(self._ask_and_quit([*lines, texts.text("tray.quit.text")]), "quit")
        else:
            shell.end()

    async def _ask_and_quit(self, lines: Sequence[str]) -> None:
        shell = self._shell
        shell.raise_window()
        if not self._is_asking:
            self._is_asking = True
            try:
                is_wanted = await dialogs.ask(
                    shell.window,
                    texts.text("tray.quit.title"),
                    "\n".join(lines),
                    accept=texts.text("tray.quit.yes"),
                    reject=texts.text("tray.quit.no"),
                )
            finally:
                self._is_asking = False
            if is_wanted:
                shell.end()

    def _on_line_asked(self, is_wanted: bool) -> None:
        link = self._shell.desk.link
        self._shell.act.start(link.go_online() if is_wanted else link.go_offline(), "line")

    # Starting with the system

    def _on_link_changed(self) -> None:
        """Offer it once, after the first real connection: from then on messages can be missed."""
        shell = self._shell
        if (
            shell.desk.link.status.state is LinkState.CONNECTED
            and not shell.desk.is_practice
            and shell.desk.sign_in.is_possible
            and not shell.state.value(_OFFERED)
        ):
            shell.state.keep(_OFFERED, "yes")
            shell.state.save()
            shell.act.start(self._offer(), "offer")

    async def _offer(self) -> None:
        shell = self._shell
        if await shell.desk.sign_in.is_on():
            return
        shell.window.banner.set_notice(
            Weight.OFFER,
            BannerNotice(
                Sign.HINT,
                "",
                texts.text("tray.start.offer.word"),
                texts.text("tray.start.offer.sentence"),
                texts.text("tray.start.offer.yes"),
                partial(self._answer, True),
                texts.text("tray.start.offer.no"),
                partial(self._answer, False),
            ),
        )

    def _answer(self, is_wanted: bool) -> None:
        self._shell.window.banner.set_notice(Weight.OFFER, None)
        if is_wanted:
            self._shell.act.start(self._start_with_system(True), "sign_in")

    async def _start_with_system(self, is_on: bool) -> None:
        shell = self._shell
        await shell.desk.sign_in.set_on(is_on)
        if is_on:
            shell.window.toast.say(
                texts.text("tray.start.on"),
                action=texts.text("tray.start.undo"),
                on_action=lambda: shell.act.start(self._start_with_system(False), "sign_in"),
            )
