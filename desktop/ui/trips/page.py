"""The Trips screen: bar with filter and search, the list, what an empty list says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
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
from desktop.ui.reload import Reload
from desktop.ui.trips.model import TripsModel
from desktop.ui.trips.view import TripsView

_SEARCH_AFTER_MS = 150
_FRESH_MS = 2_000
_NARROW = 800


class TripsPage(QWidget):
    """All trips, filtered by direction and text.

    Signals: `new_asked(Regime)`; with a trip's id `open_asked`, `copy_asked`, `delete_asked`, `print_asked`,
    `send_asked`; `counted(int)` how many are stopped.
    """

    new_asked = Signal(object)
    open_asked = Signal(str)
    copy_asked = Signal(str)
    delete_asked = Signal(str)
    print_asked = Signal(str)
    send_asked = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trips_page")
        self._desk = desk
        self._rows: list[TripRow] = []
        self._direction: Regime | None = None
        self._carrier = self._carrier_name = ""
        self._stopped = 0
        self._to_select = ""
        self.model = TripsModel(desk.clock, self)
        self.view = TripsView(self.model, self)
        self.empty = EmptyState(self)
        self.empty.asked.connect(self._on_empty_asked)
        self.reload = Reload(desk.keeper, self._read, "trips.read")
        self._build()
        for ours, theirs in (
            (self.open_asked, self.view.open_asked),
            (self.copy_asked, self.view.copy_asked),
            (self.delete_asked, self.view.delete_asked),
            (self.print_asked, self.view.print_asked),
            (self.send_asked, self.view.send_asked),
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
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self._segments = self._make_segments()
        self.new_button = pieces.button(texts.text("window.trips.new"), "plus", is_primary=True, name="new_trip")
        self.new_button.setToolTip(texts.text("window.trips.new_tip"))
        self.new_button.clicked.connect(self.offer_new)
        self.new_menu = QMenu(self)
        for regime, key in ((Regime.ACE, "window.trips.new_usa"), (Regime.ACI, "window.trips.new_canada")):
            self.new_menu.addAction(texts.text(key), partial(self.new_asked.emit, regime))
        self.more_button = pieces.tool_button("more", texts.text("window.trips.more"), name="trips_more")
        self.more_menu = QMenu(self)
        for regime_or_all, segment in self._filters.items():
            self.more_menu.addAction(segment.text(), partial(self.filter_by, regime_or_all))
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.clicked.connect(lambda: self._pop(self.more_menu, self.more_button))
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_8)
        row.setSpacing(theme.STEP_12)
        for widget in (self._title, self._date, self._segments):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search, 3)
        row.addWidget(self.more_button)
        row.addWidget(self.new_button)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        chain: list[QWidget] = [self.view, self.search, *self._filters.values(), self.more_button, self.new_button]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self.setFocusProxy(self.view)

    def _make_segments(self) -> QWidget:
        box = QFrame()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(box)
        group.setExclusive(True)
        self._filters: dict[Regime | None, QPushButton] = {}
        for value, key in ((None, "all"), (Regime.ACE, "usa"), (Regime.ACI, "canada")):
            made = pieces.button(texts.text(f"window.trips.filter.{key}"), name=f"filter_{key}")
            made.setCheckable(True)
            made.setChecked(value is None)
            made.clicked.connect(partial(self._on_segment, value))
            group.addButton(made)
            row.addWidget(made)
            self._filters[value] = made
        return box

    def _on_current(self, asked: SignalInstance) -> None:
        if self.view.current_id():
            asked.emit(self.view.current_id())

    def _pop(self, menu: QMenu, button: QWidget) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def offer_new(self) -> None:
        """Ask whether the new trip goes to the USA or to Canada."""
        self._pop(self.new_menu, self.new_button)

    def _on_segment(self, direction: Regime | None, _is_checked: bool) -> None:
        self.filter_by(direction)

    def filter_by(self, direction: Regime | None) -> None:
        """Show one direction only, or all."""
        self._direction = direction
        self._filters[direction].setChecked(True)
        self._show()

    def show_carriers(self, names: Mapping[str, str], carrier: str) -> None:
        """Show one carrier's trips by its id, or all; with several `names`, each trip says whose it is."""
        self.model.show_carriers({} if carrier else names)
        self._carrier_name = names.get(carrier, "")
        if carrier != self._carrier:
            self._carrier = carrier
            self.reload.ask()

    def select(self, trip_id: str) -> None:
        """Make a trip the current one, now or when it has been read."""
        if not self.view.select(trip_id):
            self._to_select = trip_id

    def tick(self) -> None:
        """A minute has passed."""
        self.model.tick()
        self._date.setText(times.day(self._desk.clock.now().astimezone()))

    def focus_search(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus()
        self.search.selectAll()

    async def _read(self) -> None:
        search = self.search.text().strip()
        self._rows = await self._desk.lookups.trips(company=self._carrier or None, search=search)
        # what stopped is counted in all trips: a search or a carrier shown must hide none from rail and tray
        every = await self._desk.lookups.trips() if search or self._carrier else self._rows
        self._stopped = sum(1 for row in every if row.readiness.verdict is Verdict.STOP)
        self._date.setText(times.day(self._desk.clock.now().astimezone()))
        self._show()

    def _show(self) -> None:
        for value, segment in self._filters.items():
            number = sum(1 for row in self._rows if value is None or row.regime is value)
            name = {None: "all", Regime.ACE: "usa", Regime.ACI: "canada"}[value]
            segment.setText(
                texts.text("window.trips.filter.counted", name=texts.text(f"window.trips.filter.{name}"), number=number)
            )
        rows = [row for row in self._rows if self._direction is None or row.regime is self._direction]
        current, position = self.view.current_id(), self.view.verticalScrollBar().value()
        had_focus = self.view.hasFocus() or self.empty.button.hasFocus()
        self.model.show(rows)
        wanted = self._to_select or current
        if wanted and self.view.select(wanted):
            self._to_select = ""
            self.view.verticalScrollBar().setValue(position)
        elif rows:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self._say_empty()
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        if had_focus:
            (self.view if rows else self.empty.button).setFocus()
        self.counted.emit(self._stopped)

    def _say_empty(self) -> None:
        wanted = self.search.text().strip()
        if wanted:
            self.empty.say(texts.text("window.trips.nothing_found", search=wanted), texts.text("window.trips.clear"))
        elif self._direction is not None and self._rows:
            self.empty.say(texts.text("window.trips.none_in_direction"), texts.text("window.trips.show_all"))
        else:
            none = texts.text("window.trips.none")
            if self._carrier_name:
                none = texts.text("window.carriers.none_of", carrier=self._carrier_name)
            self.empty.say(none, texts.text("window.trips.first"))

    def _on_empty_asked(self) -> None:
        if self.search.text().strip():
            self.search.clear()
        elif self._direction is not None and self._rows:
            self.filter_by(None)
        else:
            self._pop(self.new_menu, self.empty.button)

    def _on_trip_changed(self, changed: Changed) -> None:
        self.reload.ask()
        if changed.initiator is None and changed.ids:
            self.model.mark_fresh(changed.ids)
            self._fresh_timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the filters into the menu where there is no room."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        self._segments.setVisible(not is_narrow)
        self.more_button.setVisible(is_narrow)
        self._date.setVisible(not is_narrow)
