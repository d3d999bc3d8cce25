"""The Inbox screen: kinds, list, reader. Nothing can be deleted here, and whatever is done can be taken back."""

from __future__ import annotations

from collections.abc import Coroutine
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.lifecycle import Category
from desktop.errors import NotFound
from desktop.services.views import Changed, InboxCard, InboxFilter
from desktop.ui import dialogs, pieces, theme
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.inbox.actions import InboxActions
from desktop.ui.inbox.bar import InboxBar
from desktop.ui.inbox.card_list import CardList
from desktop.ui.inbox.filters import ORDER, FilterList, FilterModel, Shelf, Shown
from desktop.ui.inbox.list_pane import ListPane
from desktop.ui.inbox.model import PAGE, InboxModel
from desktop.ui.inbox.narrowing import Narrowed, Narrowing
from desktop.ui.inbox.reader import Reader
from desktop.ui.models.role import Role
from desktop.ui.offer import Offer
from desktop.ui.reload import Reload
from desktop.ui.toast import Toast

READ_AFTER_MS = 1_000
_CHANGED_AFTER_MS = 50
_REFRESHED = 300
_NARROW_FILTERS = 1_000
_NARROW_READER = 720


class InboxPage(QWidget):
    """Everything that was received.

    Signals: `trip_asked(trip_id)`, `field_asked(trip_id, path)`, `unread_counted(int)`.
    """

    trip_asked = Signal(str)
    field_asked = Signal(str, str)
    unread_counted = Signal(int)

    def __init__(self, desk: Desk, bridge: Bridge, toast: Toast, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox_page")
        self._desk = desk
        self._toast = toast
        self._shown: Shown = None
        self._carrier = ""
        self._trip = ""
        self._to_show = ""
        self.to_read = ""
        self._listed: InboxFilter | None = None
        self._is_reader_over = False
        self._is_old_shown = False
        self._is_list_only = False
        self.model = InboxModel(desk.clock, self)
        self.model.more_asked.connect(self._on_more_asked)
        self.list = CardList(self.model, self)
        self.filter_model = FilterModel(self)
        self.filters = FilterList(self.filter_model, self)
        self.narrowing = Narrowing(desk.clock, self)
        self.bar = InboxBar(self.filter_model, self.narrowing.button, self)
        self.combo, self.search, self.mark_all = self.bar.combo, self.bar.search, self.bar.mark_all
        self.reader = Reader(desk.clock, self)
        self.empty = EmptyState(self)
        self.pane = ListPane(self.list, self.empty)
        self.reload = Reload(desk.keeper, self._read, "inbox.read")
        self._open = Reload(desk.keeper, self._read_message, "inbox.message")
        self.commands = InboxActions(self, desk, toast, self._start)
        self._build()
        self._connect(bridge)

    def _build(self) -> None:
        self._filter_line = pieces.upright()
        self._reader_line = pieces.upright()
        self._panes_row = QHBoxLayout()
        self._panes_row.setContentsMargins(0, 0, 0, 0)
        self._panes_row.setSpacing(0)
        filter_box = QVBoxLayout()
        filter_box.setContentsMargins(0, theme.STEP_8, 0, 0)
        filter_box.addWidget(self.filters)
        self._panes_row.addLayout(filter_box)
        self._panes_row.addWidget(self._filter_line)
        self._panes_row.addWidget(self.pane)
        self._panes_row.addWidget(self._reader_line)
        self._panes_row.addWidget(self.reader, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(self._panes_row, 1)
        self.setFocusProxy(self.list)
        chain = [self.list, *self.reader.head.buttons(), self.reader.raw_button, self.reader.copy, self.reader.export]
        chain += [self.reader.raw, self.filters, self.combo, self.narrowing.button, self.search, self.mark_all]
        for before, after in pairwise([*chain, self.pane.leave]):
            QWidget.setTabOrder(before, after)

    def _connect(self, bridge: Bridge) -> None:
        commands = self.commands
        self._changed_timer = pieces.single_shot(self, _CHANGED_AFTER_MS, self.reload.ask)
        self.read_timer = pieces.single_shot(self, READ_AFTER_MS, self._on_read_long_enough)
        self.search.textChanged.connect(self.reload.ask)
        self.narrowing.changed.connect(self.reload.ask)
        self.filters.chosen.connect(self.filter_by)
        self.combo.activated.connect(lambda row: self.filters.setCurrentIndex(self.filter_model.index(row)))
        self.list.shown.connect(self._on_card_shown)
        self.list.reader_asked.connect(self._on_reader_asked)
        self.list.card_clicked.connect(self._show_reader_over)
        self.list.leave_asked.connect(lambda: self.show_trip(""))
        self.pane.leave.clicked.connect(lambda: self.show_trip(""))
        for asked, done in (
            (self.list.menu_asked, commands.show_menu),
            (self.list.copy_asked, commands.copy),
            (self.list.trip_asked, commands.show_thread),
            (self.list.unread_asked, commands.toggle_unread),
            (self.reader.unread_asked, commands.toggle_unread),
            (self.list.pin_asked, commands.toggle_pin),
            (self.reader.pin_asked, commands.toggle_pin),
            (self.list.snooze_asked, commands.snooze),
            (self.reader.snooze_asked, commands.snooze),
            (self.reader.export_asked, commands.export),
            (self.narrowing.days_asked, commands.choose_days),
            (self.mark_all.clicked, commands.mark_all),
            (self.reader.back_asked, self.leave_reader),
        ):
            asked.connect(done)
        self.reader.copied.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self.reader.field_asked.connect(self.field_asked)
        self.reader.trip_asked.connect(self.trip_asked)
        self.empty.asked.connect(self._on_empty_asked)
        bridge.inbox_changed.connect(self._on_inbox_changed)
        pieces.on_key(self, "Alt+R", self.reader.toggle_raw)
        pieces.on_key(self, "Ctrl+Z", commands.undo)
        pieces.on_key(self, "Ctrl+G", self.narrowing.grouped.trigger)
        pieces.on_key(self.reader, "Esc", self.leave_reader)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._desk.keeper.start(dialogs.told(self.window(), work), name=name)

    # Reading

    async def read_rows(self) -> None:
        """Read the list for a first paint; what the reader shows is opened by `open_current`, after it."""
        self._is_list_only = True
        await self.reload.now()

    def open_current(self) -> None:
        """Open the current message."""
        self._is_list_only = False
        self._on_card_shown(self.list.current_id())

    def filter_by(self, shown: Shown) -> None:
        """Show one kind of messages, one shelf, or everything."""
        self._shown = shown
        self.combo.setCurrentIndex(ORDER.index(shown))
        where = self.filter_model.index(ORDER.index(shown))
        if self.filters.currentIndex() != where:
            self.filters.setCurrentIndex(where)  # comes back here
            return
        self.reload.ask()

    def show_carrier(self, company: str) -> None:
        """Show the messages of one carrier by its id, or of all where it is empty."""
        if company != self._carrier:
            self._carrier = company
            self.reload.ask()

    def show_card(self, card_id: str) -> None:
        """Show one message, now or when the list has been read; nothing is filtered then."""
        self._to_show = card_id
        self._show_everything()

    def show_trip(self, trip_id: str) -> None:
        """Show all messages of a trip, or everything again where it is empty; nothing else is filtered then."""
        if trip_id or self._trip:
            self._to_show = self.list.current_id()
            self._show_everything(trip_id)

    def _show_everything(self, trip_id: str = "") -> None:
        self._trip = trip_id
        self.narrowing.show(Narrowed())
        self.search.clear()
        self.filter_by(None)

    @property
    def shown_id(self) -> str:
        """The message in the reader, or an empty text."""
        return self.reader.message.card.id if self.reader.message is not None else ""

    def filter(self) -> InboxFilter:
        """Return what the list shows."""
        since, until = self.narrowing.span()
        search = self.search.text().strip()
        is_everywhere = bool(search or self._trip)  # who looks for a message finds it also where it is put off
        is_snoozed = True if self._shown is Shelf.SNOOZED else None if is_everywhere else False
        return InboxFilter(
            category=self._shown if isinstance(self._shown, Category) else None,
            company=None if self._trip else self._carrier or None,
            unread_only=self.narrowing.now.unread_only,
            search=search,
            trip_id=self._trip or None,
            regime=self.narrowing.now.regime,
            is_pinned=self._shown is Shelf.PINNED,
            is_snoozed=is_snoozed,
            since=since,
            until=until,
            is_grouped=self.narrowing.now.is_grouped and not self._trip and not search,
        )

    async def _read(self) -> None:
        wanted = self.filter()
        is_other = wanted != self._listed
        limit = PAGE if is_other else min(max(PAGE, self.model.rowCount()), _REFRESHED)
        cards = await self._desk.inbox.cards(wanted, limit=limit)
        if not is_other or not wanted.search:
            await self._count()
        if wanted != self.filter():
            return  # asked again meanwhile
        current = self._to_show or self.list.current_id()
        chosen = {card.id for card in self.list.chosen()}
        self._listed = wanted
        if not is_other and not self._to_show and current not in {card.id for card in cards}:
            current = self.model.neighbour(current, cards)
        opened, waiting = self.shown_id, self.to_read
        self.model.show(cards, has_more=len(cards) == limit, is_other=is_other)
        self._select(current)
        if current and current == opened:
            self.to_read = waiting  # a list that was put together anew has not opened it anew
        if len(chosen) > 1:
            self.list.choose(chosen)
        self.pane.show_trip(cards[0].trip if self._trip and cards else "", self.model)
        self.pane.show_cards(bool(cards), self.search.text().strip(), self.narrowing.now != Narrowed(), self._shown)

    async def _count(self) -> None:
        counts = await self._desk.inbox.unread_counts(self._carrier or None)
        pinned, snoozed = await self._desk.inbox.kept(self._carrier or None)
        self.filter_model.show(counts, pinned=pinned, snoozed=snoozed)
        unread = sum(counts.values())
        self.bar.show_unread(unread)
        self.unread_counted.emit(unread)

    def _select(self, card_id: str) -> None:
        place = self.model.position(card_id)
        if place < 0 and self._to_show:
            self._start(self._show_old(self._to_show), "inbox.show_old")
            self._to_show = ""
            return
        if place < 0 and self._is_old_shown:
            return
        if place < 0:
            place = self.model.first_unread() if self.model.rowCount() else -1
        self._to_show = ""
        if place < 0:
            self.reader.show_message(None)
            return
        if self.list.currentIndex().row() != place:
            pieces.stand_on(self.list, self.model.index(place))
        elif self.reader.message is None or self.reader.message.card.id != self.list.current_id():
            self._on_card_shown(self.list.current_id())
        else:
            self._refresh_reader()

    async def _show_old(self, card_id: str) -> None:
        message = await self._desk.inbox.message(card_id)
        self._is_old_shown = True
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())
        self.reader.show_message(message)

    def _refresh_reader(self) -> None:
        card: InboxCard | None = self.list.currentIndex().data(Role.OBJECT)
        if card is not None and self.reader.message is not None and self.reader.message.card != card:
            self._open.ask()

    def _on_card_shown(self, card_id: str) -> None:
        self.read_timer.stop()
        if self._is_list_only:
            return
        if card_id:
            self._is_old_shown = False
            self.to_read = card_id
            self._open.ask()
        elif not self._to_show and not self._is_old_shown:
            self.reader.show_message(None)

    async def _read_message(self) -> None:
        card_id = self.list.current_id()
        if not card_id:
            return
        try:
            message = await self._desk.inbox.message(card_id)
        except NotFound:
            self.reader.show_message(None)
            return
        if self.list.current_id() != card_id:
            return
        self.reader.show_message(message)
        if self.to_read == card_id and self.isVisible():
            self.to_read = ""  # once for each time it is opened: one a person marks unread stays so
            if message.card.is_unread and not self.narrowing.now.unread_only:
                self.read_timer.start()  # in a list of unread ones it would vanish from under the reader

    def _on_read_long_enough(self) -> None:
        card_id = self.list.current_id()
        if card_id and card_id == self.shown_id:
            if self.isVisible() and self.window().isActiveWindow():
                self._start(self._read_one(card_id), "inbox.mark")
            else:
                self.to_read = card_id  # nobody looked at it yet

    async def _read_one(self, card_id: str) -> None:
        await self._desk.inbox.mark_read({card_id})

    def _on_more_asked(self, before: str) -> None:
        self._desk.keeper.start(self._read_more(before), name="inbox.more")

    async def _read_more(self, before: str) -> None:
        wanted = self.filter()
        try:
            cards = await self._desk.inbox.cards(wanted, before=before, limit=PAGE)
        except BaseException:
            self.model.reading_failed()
            raise
        if wanted == self.filter():
            self.model.add_older(before, cards, has_more=len(cards) == PAGE)
            self.pane.say_end(self.model)
        else:
            self.model.reading_failed()

    def _on_inbox_changed(self, _changed: Changed) -> None:
        if not self._changed_timer.isActive():  # a burst is read a few times a second, not once a message
            self._changed_timer.start()

    def offers(self) -> list[Offer]:
        """Return what can be done here, for menus and the command palette."""
        return self.commands.offers()

    # Layout

    def panes(self) -> list[QWidget]:
        """Return the panes for F6: bar, kinds, list, reader."""
        return [self.bar, self.filters, self.pane, self.reader]

    def focus_search(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _on_empty_asked(self) -> None:
        if self.search.text().strip():
            self.search.clear()
        else:
            self._show_everything(self._trip)

    def _on_reader_asked(self) -> None:
        self._show_reader_over()
        self.reader.focus_first()

    def _show_reader_over(self) -> None:
        if self.width() < _NARROW_READER:
            self._is_reader_over = True
            self._lay()

    def leave_reader(self) -> None:
        """Go back to the list."""
        self._is_reader_over = False
        self._lay()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold kinds into a combo box, then open the reader over the list."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        is_narrow = self.width() < _NARROW_FILTERS
        is_single = self.width() < _NARROW_READER
        self.filters.setVisible(not is_narrow)
        self._filter_line.setVisible(not is_narrow)
        self.combo.setVisible(is_narrow)
        self.bar.unread.setVisible(not is_single)
        shows_reader = not is_single or self._is_reader_over
        shows_list = not is_single or not self._is_reader_over
        self.reader.setVisible(shows_reader)
        self.pane.setVisible(shows_list)
        self._reader_line.setVisible(not is_single)
        self.reader.back.setVisible(is_single)
        if is_single:
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(16_777_215)
        else:
            self.pane.setFixedWidth(324 if self.width() > 860 else 280)  # noqa: PLR2004 - pixels of the layout
