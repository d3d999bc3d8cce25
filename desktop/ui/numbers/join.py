"""Joins numbering to the window: the notes in editors, Ctrl+B everywhere, offers, the warning that a range runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop import texts
from desktop.domain.shipment import number_pointer
from desktop.services.numbering import running_low
from desktop.services.views import Changed, Subject
from desktop.ui import dialogs
from desktop.ui.numbers.beside import CHECK, Beside
from desktop.ui.numbers.ranges_dialog import low_sentence, show_ranges
from desktop.ui.numbers.sticker import StickerDialog, shipments_of
from desktop.ui.offer import Offer
from desktop.ui.place import Place
from desktop.ui.reload import Reload
from desktop.ui.trips.current import listed_trip

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Give the window its numbering."""
    Joined(shell)


class Joined(QObject):
    """What numbering adds to the window; it lives with it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        self._warned: set[str] = set()
        self.low = Reload(shell.desk.keeper, self._warn, "numbers.low")
        self.check_action = QAction(texts.text("sticker.menu"), shell.window)
        self.check_action.setObjectName("check_sticker")
        self.check_action.setShortcut(QKeySequence(CHECK))
        self.check_action.triggered.connect(self._on_check)
        self.ranges_action = QAction(texts.text("number_ranges.open"), shell.window)
        self.ranges_action.setObjectName("number_ranges")
        self.ranges_action.triggered.connect(self._on_ranges)
        menu = shell.window.menuBar().actions()[0].menu()
        if isinstance(menu, QMenu):
            first = menu.actions()[-1]
            menu.insertActions(first, [self.check_action, self.ranges_action])
        shell.window.addActions([self.check_action, self.ranges_action])
        shell.window.stack.currentChanged.connect(lambda _index: self._follow())
        shell.act.on_editor.append(self._on_editor)
        shell.offers.append(self._offers)
        leave = shell.desk.changes.subscribe(self._on_changed)
        shell.window.destroyed.connect(leave)
        self._follow()
        self.low.ask()

    def _follow(self) -> None:
        """An editor has the key itself; Qt runs neither of two that are in force."""
        self.check_action.setEnabled(self._shell.window.editor is None)

    def _on_editor(self, editor: QWidget) -> None:
        from desktop.ui.editors.trip import TripEditor

        if isinstance(editor, TripEditor):
            Beside(self._shell.desk, editor)

    def _offers(self) -> list[Offer]:
        found = [Offer(texts.text("number_ranges.open"), self._on_ranges, "", "tag", texts.text("number_ranges.words"))]
        if self._shell.window.editor is None:
            found.append(
                Offer(texts.text("sticker.menu"), self._on_check, CHECK, "barcode", texts.text("sticker.words"))
            )
        return found

    # Ranges

    def _on_ranges(self) -> None:
        chosen = self._shell.carriers.chosen
        work = show_ranges(self._shell.desk, self._shell.window, "" if chosen is None else chosen.id)
        self._shell.act.start(work, "ranges")

    def _on_changed(self, changed: Changed) -> None:
        if changed.subject is Subject.NUMBERS:
            self.low.ask()

    async def _warn(self) -> None:
        """Say once that a range runs out, while there is time to get new numbers."""
        low = running_low(await self._shell.desk.numbering.ranges())
        new = [row for row in low if row.id not in self._warned]
        self._warned = {row.id for row in low}
        if new:
            self._shell.window.toast.say(
                "\n".join(low_sentence(row) for row in new[:2]),
                action=texts.text("number_ranges.open"),
                on_action=self._on_ranges,
            )

    # The sticker

    def _on_check(self) -> None:
        self._shell.act.start(self.check(), "check_sticker")

    async def check(self) -> None:
        """Check the labels of the trip that is selected in the list; without one say what to do."""
        shell = self._shell
        trip_id, position = listed_trip(shell), 0
        if shell.window.place is Place.SHIPMENTS:
            from desktop.ui.tracker.actions import page_of

            trip_id, position = page_of(shell).current_trip()
        if not trip_id:
            await dialogs.tell(shell.window, texts.text("sticker.no_trip"), texts.text("sticker.no_trip.text"))
            return
        detail = await shell.desk.lookups.trip(trip_id)
        regime = detail.row.regime
        shipments = shipments_of(detail.document, regime)
        if not shipments:
            await dialogs.tell(shell.window, texts.text("sticker.no_shipment"), texts.text("sticker.no_shipment.text"))
            return
        dialog = StickerDialog(detail.row.number, shipments, min(position, len(shipments) - 1), shell.window)
        await dialogs.finished(dialog)
        if dialog.taken:
            await self._take(trip_id, number_pointer(regime, dialog.position), dialog)

    async def _take(self, trip_id: str, pointer: str, dialog: StickerDialog) -> None:
        """Put the label's number into the trip's editor, where it is seen and can be undone."""
        from desktop.ui.editors.trip import TripEditor

        await self._shell.act.open(trip_id, pointer)
        editor = self._shell.window.editor
        if isinstance(editor, TripEditor) and editor.session.trip_id == trip_id:
            editor.session.set(pointer, dialog.taken)
