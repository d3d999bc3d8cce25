"""The Trips screen: bar with filter and search, the list, what an empty list says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.domain.lifecycle import Regime, Verdict
from desktop.services.views import Changed, TripRow
from desktop.ui import pieces, theme, times
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.offer import Offer
from desktop.ui.reload import Reload
from desktop.ui.trips.actions import DELETED_ACTIONS, ROW_ACTIONS, add_actions, offers_of
from desktop.ui.trips.directions import Directions
from desktop.ui.trips.filters import Arrival, TripFilters
from desktop.ui.trips.model import TripsModel
from desktop.ui.trips.new_menu import NewMenu
from desktop.ui.trips.view import TripsView

_SEARCH_AFTER_MS = 150
_FRESH_MS = 2_000
_NARROW = 800
_DATED = 960
_LIMIT = 500


class TripsPage(QWidget):
    """All trips, filtered by direction, state, day, carrier and text; those taken out of the list on demand.

    Signals: `new_asked(Regime)`; with a trip's id `open_asked`, `copy_asked`, `mirror_asked`, `repeat_asked`,
    `template_asked`, `bring_back_asked`, `delete_asked`, `print_asked`, `send_asked`, `swap_asked`, `cancel_asked`.

    Attributes:
        tools_menu: behind the three dots; other parts of the window add their entries.
        new_menu: how a new trip can begin.
    """

    new_asked = Signal(object)
    open_asked = Signal(str)
    copy_asked = Signal(str)
    mirror_asked = Signal(str)
    repeat_asked = Signal(str)
    template_asked = Signal(str)
    bring_back_asked = Signal(str)
    delete_asked = Signal(str)
    print_asked = Signal(str)
    send_asked = Signal(str)
    swap_asked = Signal(str)
    cancel_asked = Signal(str)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trips_page")
        self._desk = desk
        self._rows: list[TripRow] = []
        self._carrier = self._carrier_name = ""
        self._to_select = ""
        self._asked: tuple[object, ...] = ()
        self._limit = _LIMIT
        self._is_read = False
        self.model = TripsModel(desk.clock, self)
        self.view = TripsView(self.model, self)
        self.empty = EmptyState(self)
        self.empty.asked.connect(self._on_empty_asked)
        self.reload = Reload(desk.keeper, self._read, "trips.read")
        self._build()
        for ours, theirs in (
            (self.open_asked, self.view.open_asked),
            (self.copy_asked, self.view.copy_asked),
            (self.mirror_asked, self.view.mirror_asked),
            (self.repeat_asked, self.view.repeat_asked),
            (self.template_asked, self.view.template_asked),
            (self.bring_back_asked, self.view.bring_back_asked),
            (self.delete_asked, self.view.delete_asked),
            (self.print_asked, self.view.print_asked),
            (self.send_asked, self.view.send_asked),
            (self.swap_asked, self.view.swap_asked),
            (self.cancel_asked, self.view.cancel_asked),
        ):
            theirs.connect(ours)
        for keys, asked in (
            ("Ctrl+P", self.print_asked),
            ("Ctrl+Return", self.send_asked),
            ("Ctrl+Enter", self.send_asked),
        ):
            pieces.on_key(self, keys, partial(self._on_current, asked))
        bridge.trip_changed.connect(self._on_trip_changed)
        bridge.company_changed.connect(self.reload.ask)
        self._search_timer = pieces.single_shot(self, _SEARCH_AFTER_MS, self.reload.ask)
        self._fresh_timer = pieces.single_shot(self, _FRESH_MS, lambda: self.model.mark_fresh(frozenset()))

    def _build(self) -> None:
        self.bar = pieces.frame("bar", parent=self)
        self.bar.setMinimumHeight(theme.BAR_HEIGHT)
        self._title = pieces.label(texts.text("window.place.trips"), "title")
        self._date = pieces.label(look="muted")
        self.search = pieces.search_field(
            "trips_search", texts.text("window.trips.search"), texts.text("window.trips.search_name")
        )
        self.search.setToolTip(pieces.plain_tip(self.search.placeholderText()))
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self._segments = Directions()
        self._segments.chosen.connect(self.filter_by)
        self.new_button = pieces.button(texts.text("window.trips.new"), "plus", is_primary=True, name="new_trip")
        self.new_button.setToolTip(texts.text("window.trips.new_tip"))
        self.new_button.clicked.connect(self.offer_new)
        self.new_menu = NewMenu(self)
        self.new_menu.new_asked.connect(self.new_asked)
        for asked, signal in (
            (self.new_menu.repeat_asked, self.repeat_asked),
            (self.new_menu.mirror_asked, self.mirror_asked),
            (self.new_menu.copy_asked, self.copy_asked),
        ):
            asked.connect(partial(self._on_current, signal))
        self._make_tools()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_8)
        row.setSpacing(theme.STEP_8)
        for widget in (self._title, self._date, self._segments):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search, 3)
        row.addWidget(self.new_button)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.filters)
        column.addWidget(self._stack, 1)
        chain: list[QWidget] = [self.view, self.search, *self._segments.buttons.values(), *self.filters.stops()]
        chain.append(self.new_button)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self.view)

    def _make_tools(self) -> None:
        self.filters = TripFilters(self)
        self.filters.changed.connect(self._show)
        self.filters.reading_changed.connect(self._on_reading_changed)
        self.filters.more_asked.connect(self._on_more_asked)
        self.filters.bring_back.clicked.connect(lambda: self._on_current(self.bring_back_asked))
        self.tools_button = self.filters.tools
        self.tools_menu = QMenu(self)
        self.tools_menu.setObjectName("trips_tools_menu")
        self._direction_actions = [
            self.tools_menu.addAction(segment.text(), partial(self.filter_by, value))
            for value, segment in self._segments.buttons.items()
        ]
        self._direction_actions.append(self.tools_menu.addSeparator())
        self._row_actions = add_actions(self.tools_menu, ROW_ACTIONS, self.do)
        self._deleted_actions = add_actions(self.tools_menu, DELETED_ACTIONS, self.do)
        self.tools_menu.addSeparator()
        self._show_deleted = self.tools_menu.addAction(texts.text("ways.tools.deleted"), self.filters.deleted.toggle)
        self._show_deleted.setCheckable(True)
        self.tools_menu.aboutToShow.connect(self._fit_tools)
        self._fit_tools()
        self.tools_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.tools_button.clicked.connect(lambda: pieces.pop_below(self.tools_menu, self.tools_button))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_context_menu)

    def _fit_tools(self) -> None:
        self._show_deleted.setChecked(self.filters.is_deleted)
        has_row = bool(self.view.current_id())
        for actions, is_shown in (
            (self._direction_actions, self._segments.isHidden()),
            (self._row_actions, not self.view.is_deleted),
            (self._deleted_actions, self.view.is_deleted),
        ):
            for action in actions:
                action.setVisible(is_shown)
                action.setEnabled(has_row or actions is self._direction_actions)

    def _on_context_menu(self, position: QPoint) -> None:
        if not self.view.current_id():
            return
        menu = pieces.passing_menu(self, "trip_menu")
        add_actions(menu, DELETED_ACTIONS if self.view.is_deleted else ROW_ACTIONS, self.do)
        pieces.pop_at_row(menu, self.view, position)

    def do(self, name: str) -> None:
        """Do with the current trip what an action of the list is called."""
        asked: SignalInstance = getattr(self, f"{name}_asked")
        self._on_current(asked)

    def offers(self) -> list[Offer]:
        """Return what can be done with the current trip."""
        trip_id = self.view.current_id()
        if not trip_id:
            return []
        row = self.model.row(self.model.position(trip_id))
        actions = DELETED_ACTIONS if self.view.is_deleted else ROW_ACTIONS
        return offers_of(actions, row.number or texts.text("window.no_number"), self.do)

    def _on_current(self, asked: SignalInstance) -> None:
        if self.view.current_id():
            asked.emit(self.view.current_id())

    def offer_new(self) -> None:
        """Ask how the new trip begins: to the USA, to Canada, like the current one, from a template."""
        trip_id = "" if self.view.is_deleted else self.view.current_id()
        row = self.model.row(self.model.position(trip_id)) if trip_id else None
        self.new_menu.show_current("" if row is None else row.number or texts.text("window.no_number"))
        pieces.pop_below(self.new_menu, self.new_button)

    def filter_by(self, direction: Regime | None) -> None:
        """Show one direction only, or all."""
        self._segments.choose(direction)
        self._show()

    def show_carriers(self, names: Mapping[str, str], carrier: str) -> None:
        """Show one carrier's trips by its id, or all; with several `names`, each trip says whose it is."""
        self.model.show_carriers({} if carrier else names)
        self.filters.show_carriers(names, carrier)
        self._carrier_name = names.get(carrier, "")
        if carrier != self._carrier:
            self._carrier = carrier
            self.reload.ask()

    def select(self, trip_id: str) -> None:
        """Make a trip the current one, now or when it has been read."""
        if not self.view.select(trip_id):
            self._to_select = trip_id

    def tick(self) -> None:
        """A minute has passed: a go may have ended without a word, as when a line has been silent so long."""
        self.model.tick()
        if any(row.readiness.verdict is Verdict.GO for row in self._rows):
            if self.isVisible():
                self.reload.ask()
            else:
                self._is_read = False  # it is read when it is looked at
        if self.filters.arrival is not Arrival.ALL:
            self._show()  # midnight passes at each port
        self._date.setText(times.day(self._desk.clock.now().astimezone()))

    def focus_search(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus()
        self.search.selectAll()

    async def _read(self) -> None:
        self._is_read = True
        search = self.search.text().strip()
        is_deleted = self.filters.is_deleted
        self._rows = await self._desk.lookups.trips(
            company=self._carrier or None, search=search, limit=self._limit, is_deleted=is_deleted, is_brief=True
        )
        self.view.is_deleted = is_deleted
        self.filters.bring_back.setVisible(is_deleted and bool(self._rows))
        self._date.setText(times.day(self._desk.clock.now().astimezone()))
        self._show()

    def _on_reading_changed(self) -> None:
        self._limit = _LIMIT
        self.reload.ask()

    def _on_more_asked(self) -> None:
        self._limit *= 4
        self.reload.ask()

    def _say_shown(self, shown: int) -> None:
        if len(self._rows) >= self._limit:
            self.filters.say(texts.text("ways.filter.latest", count=len(self._rows)), has_more=True)
        elif self.view.is_deleted:
            self.filters.say(texts.text("ways.filter.deleted_shown") if shown else "")
        else:
            self.filters.say("")

    def _show(self) -> None:
        fits = self.filters.fits(self._desk.clock.now())
        filtered = [row for row in self._rows if fits(row)]
        self._segments.count([row.regime for row in filtered])
        rows = [row for row in filtered if self._segments.fits(row.regime)]
        current, position = self.view.current_id(), self.view.verticalScrollBar().value()
        had_focus = self.view.hasFocus() or self.empty.button.hasFocus()
        asked = (self.filters.asked, self._segments.chosen_one, self._carrier, self.search.text())
        beside = self.model.beside(current, rows) if asked == self._asked else ""
        self._asked = asked
        self.model.show(rows)
        wanted = self._to_select or current
        if wanted and self.view.select(wanted):
            self._to_select = ""
            self.view.verticalScrollBar().setValue(position)
        elif beside:
            self.view.verticalScrollBar().setValue(position)
            self.view.select(beside)
        elif rows:
            pieces.stand_on(self.view, self.model.index(0, 0))
        self._say_empty()
        self._say_shown(len(rows))
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        if had_focus:
            (self.view if rows else self.empty.button).setFocus()

    def _say_empty(self) -> None:
        wanted = self.search.text().strip()
        if wanted:
            self.empty.say(texts.text("window.trips.nothing_found", search=wanted), texts.text("window.trips.clear"))
        elif self.filters.is_active and self._rows:
            self.empty.say(texts.text("ways.filter.none"), texts.text("ways.filter.clear"))
        elif self._segments.chosen_one is not None and self._rows:
            self.empty.say(texts.text("window.trips.none_in_direction"), texts.text("window.trips.show_all"))
        elif self.view.is_deleted:
            self.empty.say(texts.text("ways.filter.none_deleted"), texts.text("ways.filter.leave_deleted"))
        else:
            none = texts.text("window.trips.none")
            if self._carrier_name:
                none = texts.text("window.carriers.none_of", carrier=self._carrier_name)
            self.empty.say(none, texts.text("window.trips.first"))

    def _on_empty_asked(self) -> None:
        if self.search.text().strip():
            self.search.clear()
        elif self.filters.is_active and self._rows:
            self.filters.reset()
        elif self._segments.chosen_one is not None and self._rows:
            self.filter_by(None)
        elif self.view.is_deleted:
            self.filters.deleted.setChecked(False)
        else:
            pieces.pop_below(self.new_menu, self.empty.button)

    def _on_trip_changed(self, changed: Changed) -> None:
        self.reload.ask()
        if changed.initiator is None and changed.ids:
            self.model.mark_fresh(changed.ids)
            self._fresh_timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the trips when they are first looked at."""
        super().showEvent(event)
        if not self._is_read:
            self.reload.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the directions into the menu where there is no room."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        self._segments.setVisible(not is_narrow)
        self._date.setVisible(self.width() >= _DATED)
