"""The Inbox screen: kinds, list, reader. Nothing can be deleted here; read and unread can be undone."""

from __future__ import annotations

from collections.abc import Coroutine
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.domain.lifecycle import Category
from desktop.errors import NotFound
from desktop.services.views import Changed, InboxCard, InboxFilter
from desktop.ui import dialogs, pieces, theme
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.inbox.card_list import CardList
from desktop.ui.inbox.filters import ORDER, FilterList, FilterModel
from desktop.ui.inbox.model import PAGE, InboxModel
from desktop.ui.inbox.reader import Reader
from desktop.ui.models.role import Role
from desktop.ui.reload import Reload
from desktop.ui.toast import Toast

READ_AFTER_MS = 1_000
_SEARCH_AFTER_MS = 150
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
        self._category: Category | None = None
        self._carrier = ""
        self._to_show = ""
        self._is_reader_over = False
        self._is_old_shown = False
        self._is_list_only = False
        self.model = InboxModel(desk.clock, self)
        self.model.more_asked.connect(self._on_more_asked)
        self.list = CardList(self.model, self)
        self.filter_model = FilterModel(self)
        self.filters = FilterList(self.filter_model, self)
        self.combo = QComboBox(self)
        self.reader = Reader(desk.clock, self)
        self.empty = EmptyState(self)
        self.reload = Reload(desk.keeper, self._read, "inbox.read")
        self._open = Reload(desk.keeper, self._read_message, "inbox.message")
        self._build()
        self._connect(bridge)

    def _build_bar(self) -> QFrame:
        bar = pieces.frame("bar", parent=self)
        bar.setMinimumHeight(theme.BAR_HEIGHT)
        self._unread = pieces.label(look="muted")
        self.search = pieces.search_field("inbox_search", texts.text("inbox.search"), texts.text("inbox.search_name"))
        self.mark_all = pieces.button(texts.text("inbox.mark_all"), "mark-read", name="mark_all_read")
        self.combo.setObjectName("inbox_filter_combo")
        self.combo.setMinimumHeight(theme.FIELD_HEIGHT)
        self.combo.setAccessibleName(texts.text("inbox.filter.name"))
        self.combo.setModel(self.filter_model)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_8)
        row.setSpacing(theme.STEP_12)
        row.addWidget(pieces.label(texts.text("inbox.title"), "title"))
        row.addWidget(self._unread)
        row.addWidget(self.combo)
        row.addStretch(1)
        row.addWidget(self.search, 3)
        row.addWidget(self.mark_all)
        return bar

    def _build(self) -> None:
        self._bar = bar = self._build_bar()
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.empty)
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
        self._panes_row.addWidget(self._lists)
        self._panes_row.addWidget(self._reader_line)
        self._panes_row.addWidget(self.reader, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(self._panes_row, 1)
        self.setFocusProxy(self.list)
        chain = [self.list, self.reader.unread, self.reader.raw_button, self.reader.copy, self.reader.export]
        chain += [self.reader.raw, self.filters, self.combo, self.search, self.mark_all]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _connect(self, bridge: Bridge) -> None:
        self._search_timer = pieces.single_shot(self, _SEARCH_AFTER_MS, self.reload.ask)
        self._read_timer = pieces.single_shot(self, READ_AFTER_MS, self._on_read_long_enough)
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self.filters.chosen.connect(self.filter_by)
        self.combo.activated.connect(lambda row: self.filters.setCurrentIndex(self.filter_model.index(row)))
        self.list.shown.connect(self._on_card_shown)
        self.list.reader_asked.connect(self._on_reader_asked)
        self.list.card_clicked.connect(self._show_reader_over)
        self.list.unread_asked.connect(self._toggle_unread)
        self.reader.unread_asked.connect(self._toggle_unread)
        self.reader.back_asked.connect(self.leave_reader)
        self.reader.export_asked.connect(lambda: self._start(self._export(), "inbox.export"))
        self.reader.copied.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self.reader.field_asked.connect(self.field_asked)
        self.reader.trip_asked.connect(self.trip_asked)
        self.mark_all.clicked.connect(lambda: self._start(self._mark_all(), "inbox.mark_all"))
        self.empty.asked.connect(self._on_empty_asked)
        bridge.inbox_changed.connect(self._on_inbox_changed)
        pieces.on_key(self, "Alt+R", self.reader.toggle_raw)
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

    def filter_by(self, category: Category | None) -> None:
        """Show one kind of messages, or all."""
        self._category = category
        self.combo.setCurrentIndex(ORDER.index(category))
        where = self.filter_model.index(ORDER.index(category))
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
        """Show one message, now or when the list has been read; the filters are set back to all."""
        self._to_show = card_id
        self.search.clear()
        self.filter_by(None)

    @property
    def shown_id(self) -> str:
        """The message in the reader, or an empty text."""
        return self.reader.message.card.id if self.reader.message is not None else ""

    def _filter(self) -> InboxFilter:
        return InboxFilter(category=self._category, company=self._carrier or None, search=self.search.text().strip())

    async def _read(self) -> None:
        wanted = self._filter()
        limit = max(PAGE, self.model.rowCount())
        cards = await self._desk.inbox.cards(wanted, limit=limit)
        counts = await self._desk.inbox.unread_counts(self._carrier or None)
        self.filter_model.show(counts)
        unread = sum(counts.values())
        words = texts.text("inbox.unread", count=unread) if unread else texts.text("inbox.none_unread")
        self._unread.setText(words)
        self.mark_all.setEnabled(bool(unread))
        self.unread_counted.emit(unread)
        current = self._to_show or self.list.current_id()
        self.model.show(cards, has_more=len(cards) == limit)
        self._select(current)
        self._say_empty(bool(cards))

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
            self.list.setCurrentIndex(self.model.index(place))
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
        self._read_timer.stop()
        if self._is_list_only:
            return
        if card_id:
            self._is_old_shown = False
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
        if message.card.is_unread and self.isVisible():
            self._read_timer.start()

    def _on_read_long_enough(self) -> None:
        card_id = self.list.current_id()
        if card_id and card_id == self.shown_id and self.isVisible() and self.window().isActiveWindow():
            self._mark({card_id}, is_read=True)

    def _on_more_asked(self, before: str) -> None:
        self._desk.keeper.start(self._read_more(before), name="inbox.more")

    async def _read_more(self, before: str) -> None:
        wanted = self._filter()
        try:
            cards = await self._desk.inbox.cards(wanted, before=before, limit=PAGE)
        except BaseException:
            self.model.reading_failed()
            raise
        if wanted == self._filter():
            self.model.add_older(before, cards, has_more=len(cards) == PAGE)
        else:
            self.model.reading_failed()

    def _on_inbox_changed(self, _changed: Changed) -> None:
        self.reload.ask()

    # Read and unread

    def _toggle_unread(self) -> None:
        card: InboxCard | None = self.list.currentIndex().data(Role.OBJECT)
        if card is not None:
            self._read_timer.stop()
            self._mark({card.id}, is_read=card.is_unread)

    def _mark(self, ids: set[str], *, is_read: bool) -> None:
        self._start(self._desk.inbox.mark_read(ids, is_read, initiator=None), "inbox.mark")

    async def _mark_all(self) -> None:
        ids: set[str] = set()
        before: str | None = None
        every = InboxFilter(company=self._carrier or None, unread_only=True)
        while True:
            cards = await self._desk.inbox.cards(every, before=before, limit=500)
            ids |= {card.id for card in cards}
            if len(cards) < 500:  # noqa: PLR2004 - a page that is not full is the last
                break
            before = cards[-1].id
        if not ids:
            return
        await self._desk.inbox.mark_read(ids, True)
        self._toast.say(
            texts.text("inbox.marked", count=len(ids)),
            action=texts.text("inbox.undo"),
            on_action=lambda: self._mark(ids, is_read=False),
        )

    # Raw message

    async def _export(self) -> None:
        message = self.reader.message
        if message is None:
            return
        from desktop.ui.inbox.export import export

        name = await export(message, self)
        if name:
            self._toast.say(texts.text("inbox.reader.exported", name=name))

    # Layout

    def panes(self) -> list[QWidget]:
        """Return the panes for F6: bar, kinds, list, reader."""
        return [self._bar, self.filters, self._lists, self.reader]

    def focus_search(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _say_empty(self, has_cards: bool) -> None:
        wanted = self.search.text().strip()
        if wanted:
            self.empty.say(texts.text("inbox.empty.search", search=wanted), texts.text("inbox.clear"))
        elif self._category is not None:
            self.empty.say(texts.text("inbox.empty.filter"), texts.text("inbox.show_all"))
        else:
            self.empty.say(texts.text("inbox.empty"), "")
        self._lists.setCurrentWidget(self.list if has_cards else self.empty)

    def _on_empty_asked(self) -> None:
        if self.search.text().strip():
            self.search.clear()
        else:
            self.filters.setCurrentIndex(self.filter_model.index(0))

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
        self._unread.setVisible(not is_single)
        shows_reader = not is_single or self._is_reader_over
        shows_list = not is_single or not self._is_reader_over
        self.reader.setVisible(shows_reader)
        self._lists.setVisible(shows_list)
        self._reader_line.setVisible(not is_single)
        self.reader.back.setVisible(is_single)
        if is_single:
            self._lists.setMinimumWidth(0)
            self._lists.setMaximumWidth(16_777_215)
        else:
            self._lists.setFixedWidth(324 if self.width() > 860 else 280)  # noqa: PLR2004 - pixels of the layout
