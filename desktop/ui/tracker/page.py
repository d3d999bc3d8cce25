"""The Shipments screen: bar with tabs and search, the list, what customs said of one number beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.services.tracked_row import Group, TrackedRow
from desktop.ui import pieces, theme
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.offer import Offer
from desktop.ui.reload import Reload
from desktop.ui.tracker.model import TrackerModel
from desktop.ui.tracker.side import SidePane, actions_for, letters
from desktop.ui.tracker.tabs import Tab, Tabs
from desktop.ui.tracker.view import TrackerView

_SEARCH_AFTER_MS = 150
_CHANGE_AFTER_MS = 250
_LIMIT = 250
_WIDE = 1680 - theme.RAIL_WIDTH
_SIDE_FROM = 1080 - theme.RAIL_NARROW_WIDTH
_NARROW = 800 - theme.RAIL_NARROW_WIDTH
_SEARCH = 160
"""So much room the search has at least."""
_KEYS = {"open": "Enter", "sticker": "Ctrl+B"}


class TrackerPage(QWidget):
    """All shipments known from trips, from the list of shipments and from messages, by what must be done.

    Signals: `counted(int)` how many need a person; `asked(str, TrackedRow)` with the name of an action and the number
    it is for; `new_asked` from an empty list; `export_asked`.
    """

    counted = Signal(int)
    asked = Signal(str, object)
    new_asked = Signal()
    export_asked = Signal()

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tracker_page")
        self._desk = desk
        self._rows: list[TrackedRow] = []
        self._carrier = ""
        self._wanted = ""
        self._is_read = False
        self._limit = _LIMIT
        self._has_more = False
        self._is_peeking = False
        self.model = TrackerModel(desk.clock, self)
        self.view = TrackerView(self.model, self)
        self.side = SidePane(desk.clock, self)
        self.empty = EmptyState(self)
        self.empty.asked.connect(self._on_empty_asked)
        self.reload = Reload(desk.keeper, self._read, "tracker.read")
        self.story = Reload(desk.keeper, self._read_story, "tracker.story")
        self._search_timer = pieces.single_shot(self, _SEARCH_AFTER_MS, self._on_search)
        self._change_timer = pieces.single_shot(self, _CHANGE_AFTER_MS, self.reload.ask)
        self._build()
        self.view.current_changed.connect(self._on_current)
        self.view.open_asked.connect(self._on_open)
        self.view.attach_asked.connect(partial(self.asked.emit, "attach"))
        self.view.peek_asked.connect(self.details.click)
        self.side.asked.connect(self.do)
        for changed in (bridge.trip_changed, bridge.inbox_changed, bridge.company_changed):
            changed.connect(self._on_changed)

    def _build(self) -> None:
        self.bar = pieces.frame("bar", parent=self)
        self.bar.setMinimumHeight(theme.BAR_HEIGHT)
        self._title = pieces.label(texts.text("window.place.shipments"), "title")
        self.search = pieces.search_field(
            "tracker_search", texts.text("tracker.search"), texts.text("tracker.search_name")
        )
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self.details = pieces.button(texts.text("tracker.details"), name="tracker_details")
        self.details.setCheckable(True)
        self.details.setToolTip(texts.text("tracker.details.tip"))
        self.details.toggled.connect(self._on_details)
        self.export = pieces.button(texts.text("tracker.export"), "export", name="tracker_export")
        self.export.clicked.connect(self.export_asked)
        self.tabs = Tabs()
        self.tabs.changed.connect(self._show)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_8)
        row.setSpacing(theme.STEP_8)
        row.addWidget(self._title)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.search, 3)
        row.addWidget(self.details)
        row.addWidget(self.export)
        self._lay_out()

    def _lay_out(self) -> None:
        self._foot = pieces.frame("foot")
        self._said = pieces.label(size="caption", look="muted")
        self.more = pieces.button(texts.text("tracker.more"), name="tracker_more")
        self.more.clicked.connect(self._on_more)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_4, theme.PAGE_MARGIN, theme.STEP_4)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.more)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self._stack, 1)
        main.addWidget(self._foot)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addLayout(main, 1)
        below.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(below, 1)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_context_menu)
        self._foot.hide()
        self.setFocusProxy(self.view)
        self._chain()

    def _chain(self) -> None:
        """List, what can be done beside it, search, tabs, the rest (ui design 6)."""
        chain: list[QWidget] = [self.view, self.more, *self.side.buttons(), self.search]
        chain += [*self.tabs.stops(), self.details, self.export]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # What is shown

    def show_number(self, number: str) -> None:
        """Make a control number the current one, now or when it has been read; a search finds what is older."""
        row = next((one for one in self._rows if one.number.casefold() == number.casefold()), None)
        if row is None:
            self._wanted = number
            if self._is_read:
                self._search_for(number)
            return
        self._wanted = ""
        if not self.tabs.tab.has(row):
            self.tabs.show_tab(Tab.ALL)
        self.model.fold(row.group, is_folded=False)
        self.view.select(row.key)

    def _search_for(self, number: str) -> None:
        """Look for a number in the whole history."""
        self.search.setText(number)
        self._search_timer.stop()
        self._on_search()

    def show_carriers(self, names: Mapping[str, str], carrier: str) -> None:
        """Show one carrier's numbers by its id, or all; with several `names`, each says whose it is."""
        self.model.show_carriers({} if carrier else names)
        if carrier != self._carrier:
            self._carrier = carrier
            self.reload.ask()

    def current_trip(self) -> tuple[str, int]:
        """Return the trip of the current number and its place there; an empty text where it is on none."""
        row = self.view.current_row()
        return ("", 0) if row is None else (row.trip_id, row.position)

    def shown(self) -> list[TrackedRow]:
        """Return the rows of the list as they stand."""
        return self.model.rows()

    def tick(self) -> None:
        """A minute has passed: what is near to its arrival may need a person now."""
        self.reload.ask()

    def focus_search(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def panes(self) -> list[QWidget]:
        """Return what F6 goes round."""
        return [self.bar, self._stack, *([self.side] if self.side.isVisible() else [])]

    async def _read(self) -> None:
        search = self.search.text().strip()
        found = await self._desk.tracker.rows(company=self._carrier or None, search=search, limit=self._limit)
        self._rows, self._has_more = list(found.rows), found.has_more
        self._is_read = True
        self._show()
        if self._wanted and self._wanted != search:
            self._search_for(self._wanted)
        every = found.rows if not (search or self._carrier) else (await self._desk.tracker.rows()).rows
        self.counted.emit(sum(row.group is Group.NEEDS for row in every))

    async def _read_story(self) -> None:
        row = self.view.current_row()
        if row is None:
            return
        story = await self._desk.tracker.story(row)
        if self.side.row is not None and self.side.row.key == row.key:
            self.side.show_row(self.view.current_row() or row, story)
            self._chain()
        if row.trip_id:
            broker = await self._desk.nudge.broker(row.trip_id, row.number)
            if self.side.row is not None and self.side.row.key == row.key:
                self.side.show_broker(broker.name)

    def _show(self) -> None:
        self.tabs.count(self._rows)
        self._fold_tabs()
        tab = self.tabs.tab
        rows = [row for row in self._rows if tab.has(row)]
        current = self.view.current_row()
        position = self.view.verticalScrollBar().value()
        had_focus = self.view.hasFocus() or self.empty.button.hasFocus()
        kind = "all" if tab is Tab.ALONE else tab.value
        self.model.show(rows, kind=kind)
        wanted = next((row for row in rows if row.number.casefold() == self._wanted.casefold()), None)
        if wanted is not None:
            self._wanted = ""
            self.view.select(wanted.key)
        elif current is not None and self.model.position(current.key) >= 0:
            self.view.select(current.key)
            self.view.verticalScrollBar().setValue(position)
        elif not self.view.currentIndex().isValid():
            self.view.select_first()
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        self._say_empty()
        self._foot.setVisible(bool(rows) and self._has_more)
        self._said.setText(texts.text("tracker.latest", count=self._limit))
        self.export.setEnabled(bool(rows))
        if had_focus:
            (self.view if rows else self.empty.button).setFocus()
        self._on_current()

    def _say_empty(self) -> None:
        wanted = self.search.text().strip()
        if wanted:
            self.empty.say(texts.text("tracker.empty.search", search=wanted), texts.text("tracker.empty.clear"))
        elif self.tabs.tab is Tab.PARS:
            self.empty.say(texts.text("tracker.empty.pars"), texts.text("tracker.empty.first"))
        elif self._rows:
            self.empty.say(texts.text("tracker.empty.tab"), texts.text("tracker.empty.all"))
        else:
            self.empty.say(texts.text("tracker.empty.none"), texts.text("tracker.empty.first"))

    # What is asked

    def do(self, name: str) -> None:
        """Do with the current number what an action is called."""
        row = self.view.current_row()
        if row is not None:
            self.asked.emit(name, row)

    def newest_card(self) -> str:
        """Return the newest message of the current number in the inbox, or an empty text."""
        return self.side.newest_card()

    def offers(self) -> list[Offer]:
        """Return what can be done with the current number."""
        row = self.view.current_row()
        if row is None:
            return []
        return [
            Offer(
                texts.text(
                    "tracker.do.offer",
                    what=texts.text(f"tracker.do.{name}").replace("&", "").rstrip("…"),
                    number=row.number,
                ),
                partial(self.do, name),
                _KEYS.get(name, ""),
            )
            for name in actions_for(row, has_message=bool(self.newest_card()))
        ]

    def _on_open(self, row: TrackedRow) -> None:
        self.asked.emit(actions_for(row)[0] if not row.trip_id else "open", row)

    def _on_context_menu(self, position: QPoint) -> None:
        row = self.view.current_row()
        if row is None:
            return
        menu = pieces.passing_menu(self, "tracker_menu")
        for name in actions_for(row, has_message=bool(self.newest_card())):
            menu.addAction(texts.text(f"tracker.do.{name}"), partial(self.do, name))
        pieces.pop_at_row(menu, self.view, position)

    def _on_search(self) -> None:
        self._limit = _LIMIT
        self.reload.ask()

    def _on_more(self) -> None:
        self._limit *= 4
        self.reload.ask()

    def _on_changed(self, _changed: object) -> None:
        if not self._change_timer.isActive():  # a burst is read four times a second, not once for each message
            self._change_timer.start()

    def _on_current(self) -> None:
        row = self.view.current_row()
        if row is None and self.view.currentIndex().isValid():
            return  # on a group's head: the number on show stays
        self.side.show_row(row)
        self._chain()
        self.story.ask()

    def _on_empty_asked(self) -> None:
        if self.search.text().strip():
            self.search.clear()
        elif self._rows and self.tabs.tab is not Tab.PARS:
            self.tabs.show_tab(Tab.ALL)
        else:
            self.new_asked.emit()

    def _on_details(self, is_on: bool) -> None:
        self._is_peeking = is_on
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side away where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        has_room = self.width() >= _SIDE_FROM * letters()
        self.details.setVisible(not has_room)
        self.side.setVisible(has_room or self._is_peeking)
        self.side.set_wide(is_wide=self.width() >= _WIDE)
        self._title.setVisible(self.width() >= _NARROW)
        self.export.setText(texts.text("tracker.export") if has_room else "")
        self.export.setAccessibleName(texts.text("tracker.export.title"))
        self.export.setToolTip(texts.text("tracker.export.title"))
        self._fold_tabs()

    def _fold_tabs(self) -> None:
        beside = sum(one.sizeHint().width() + theme.STEP_8 for one in (self._title, self.export))
        room = self.width() - 2 * theme.PAGE_MARGIN - beside - _SEARCH
        self.tabs.fold(is_folded=self.width() < _NARROW or self.tabs.needs() > room)
