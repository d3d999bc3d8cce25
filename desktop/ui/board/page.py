"""The Crossings screen: bar with filter and search, the board, what an empty board says, one trip beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.board_row import BoardRow
from desktop.services.views import Changed, Reason, TripRow
from desktop.ui import pieces, theme, times
from desktop.ui.board.beside import Beside
from desktop.ui.board.filters import BoardFilter, Day, arrives
from desktop.ui.board.keeping import Keeping
from desktop.ui.board.model import BoardModel
from desktop.ui.board.view import BoardView
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.empty import EmptyState
from desktop.ui.offer import Offer
from desktop.ui.reload import Reload
from desktop.ui.trips.actions import ROW_ACTIONS, RowAction, add_actions, offers_of
from desktop.ui.trips.directions import Directions
from desktop.ui.trips.new_menu import NewMenu

_SEARCH_AFTER_MS = 150
_FRESH_MS = 2_000
_QUIET_MS = 2_000
_NARROW = 720
_DATED = 960
SEVERAL = (RowAction("late", "L", "history"), RowAction("looked", "K", "check"))
"""What can be done with all selected trips."""


class BoardPage(QWidget):
    """Trips of today and to come, those that need a person first.

    Signals: `new_asked(Regime)`; with a trip's id `open_asked`, `copy_asked`, `mirror_asked`, `repeat_asked`,
    `template_asked`, `delete_asked`, `print_asked`, `send_asked`, `swap_asked`, `cancel_asked`;
    `several_asked(str, list)` what is to be done with which trips; `reason_asked(Reason, str)` and
    `evidence_asked(str)` of a trip, id of a stored frame; `print_day_asked`; `folded_changed`; `counted(int)` how many
    need a person.

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
    delete_asked = Signal(str)
    print_asked = Signal(str)
    send_asked = Signal(str)
    swap_asked = Signal(str)
    cancel_asked = Signal(str)
    several_asked = Signal(str, object)
    reason_asked = Signal(object, str)
    evidence_asked = Signal(str)
    print_day_asked = Signal()
    folded_changed = Signal()
    counted = Signal(int)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_page")
        self._desk = desk
        self._carrier = self._carrier_name = self._to_select = ""
        self._found: frozenset[str] | None = None
        self._has_begun = False
        self.model = BoardModel(desk.clock, self)
        self.view = BoardView(self.model, self)
        self.empty = EmptyState(self)
        self.empty.asked.connect(self._on_empty_asked)
        self._quiet = pieces.single_shot(self, _QUIET_MS, self.arrange)
        self._fresh = pieces.single_shot(self, _FRESH_MS, lambda: self.model.mark_fresh(frozenset()))
        self._searching = Reload(desk.keeper, self._search, "board.search")
        self._search_timer = pieces.single_shot(self, _SEARCH_AFTER_MS, self._searching.ask)
        self.keeping = Keeping(desk, self.model, self)
        self.keeping.read.connect(self._on_read)
        self.keeping.changed.connect(self._on_changed)
        self.reload = self.keeping.reload
        self._build()
        self.beside = Beside(desk, self)
        self.beside.detail.action_asked.connect(self._on_reason)
        self.beside.detail.evidence_asked.connect(self.evidence_asked)
        self.beside.detail.asked.connect(self.do)
        self._connect(bridge)

    def _build(self) -> None:
        self.bar = pieces.frame("bar", parent=self)
        self.bar.setMinimumHeight(theme.BAR_HEIGHT)
        self._title = pieces.label(texts.text("window.place.crossings"), "title")
        self._date = pieces.label(look="muted")
        self.directions = Directions()
        self.filter = BoardFilter()
        self.search = pieces.search_field(
            "board_search", texts.text("window.trips.search"), texts.text("board.search_name")
        )
        self.search.setToolTip(pieces.plain_tip(self.search.placeholderText()))
        self.print_button = pieces.tool_button("print", texts.text("board.print_day"), name="board_print")
        self.tools_button = pieces.tool_button("more", texts.text("board.tools"), name="board_tools")
        self.new_button = pieces.button(texts.text("window.trips.new"), "plus", is_primary=True, name="board_new")
        self.new_button.setToolTip(texts.text("window.trips.new_tip"))
        self.new_menu = NewMenu(self)
        self.tools_menu = QMenu(self)
        self.tools_menu.setObjectName("board_tools_menu")
        self._direction_actions = [
            self.tools_menu.addAction(button.text(), partial(self.filter_by, value))
            for value, button in self.directions.buttons.items()
        ]
        self._direction_actions.append(self.tools_menu.addSeparator())
        self._row_actions = add_actions(self.tools_menu, ROW_ACTIONS, self.do)
        self.tools_menu.addSeparator()
        self._row_actions += add_actions(self.tools_menu, SEVERAL, self.do)
        self.tools_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_8, theme.PAGE_MARGIN, theme.STEP_8)
        row.setSpacing(theme.STEP_8)
        for widget in (self._title, self._date, self.directions):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search, 3)
        for button in (self.filter, self.print_button, self.tools_button, self.new_button):
            row.addWidget(button)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.middle = QHBoxLayout()
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setSpacing(0)
        self.middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(self.middle, 1)
        self.setFocusProxy(self.view)

    def _connect(self, bridge: Bridge) -> None:
        self.view.asked.connect(self.do)
        self.view.touched.connect(self._quiet.start)
        self.view.folded.connect(self.folded_changed)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_context_menu)
        self.view.selectionModel().currentChanged.connect(lambda *_: self.beside.show_current())
        self.directions.chosen.connect(self.filter_by)
        self.filter.changed.connect(self._show_asked)
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self.print_button.clicked.connect(self.print_day_asked)
        self.tools_menu.aboutToShow.connect(self._fit_tools)
        self.tools_button.clicked.connect(lambda: pieces.pop_below(self.tools_menu, self.tools_button))
        self.new_button.clicked.connect(self.offer_new)
        self.new_menu.new_asked.connect(self.new_asked)
        self.new_menu.repeat_asked.connect(partial(self.do, "repeat"))
        self.new_menu.mirror_asked.connect(partial(self.do, "mirror"))
        self.new_menu.copy_asked.connect(partial(self.do, "copy"))
        for keys, name in (("Ctrl+P", "print"), ("Ctrl+Return", "send"), ("Ctrl+Enter", "send")):
            pieces.on_key(self, keys, partial(self.do, name))
        bridge.trip_changed.connect(self._on_trip_changed)
        bridge.company_changed.connect(self.reload.ask)
        bridge.link_changed.connect(self.keeping.on_link)
        chain = [self.view, self.beside.detail, self.search, self.filter, *self.directions.buttons.values()]
        chain += [self.print_button, self.tools_button, self.new_button]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self._fit_tools()

    # What is done

    def do(self, name: str) -> None:
        """Do with the current trip, or with all selected ones, what an action is called."""
        if name == "peek":
            self.beside.toggle()
        elif name in {action.name for action in SEVERAL}:
            ids = self.selected_ids()
            if ids:
                self.several_asked.emit(name, ids)
        else:
            asked: SignalInstance = getattr(self, f"{name}_asked")
            if self.view.current_id():
                asked.emit(self.view.current_id())

    def _on_reason(self, reason: Reason) -> None:
        self.reason_asked.emit(reason, self.beside.detail.trip_id)

    def offers(self) -> list[Offer]:
        """Return what can be done with the current trip."""
        row = self.model.row(self.view.current_id())
        if row is None:
            return []
        number = row.trip.number or texts.text("window.no_number")
        return offers_of((*ROW_ACTIONS, *SEVERAL), number, self.do)

    def _fit_tools(self) -> None:
        has_row = bool(self.view.current_id())
        for action in self._direction_actions:
            action.setVisible(self.directions.isHidden())
        for action in self._row_actions:
            action.setEnabled(has_row)

    def _on_context_menu(self, position: QPoint) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        menu = pieces.passing_menu(self, "board_menu")
        if len(ids) == 1:
            add_actions(menu, ROW_ACTIONS, self.do)
            menu.addSeparator()
        add_actions(menu, SEVERAL, self.do)
        pieces.pop_at_row(menu, self.view, position)

    def offer_new(self) -> None:
        """Ask how the new trip begins: to the USA, to Canada, like the current one, from a template."""
        row = self.model.row(self.view.current_id())
        self.new_menu.show_current("" if row is None else row.trip.number or texts.text("window.no_number"))
        pieces.pop_below(self.new_menu, self.new_button)

    def focus_search(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def panes(self) -> list[QWidget]:
        """Return what F6 goes round: bar, board, the trip beside it."""
        return [self.bar, self._stack, self.beside.detail]

    # What is shown

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected trips from top to bottom; the current one where none is selected."""
        found = self.view.selected_ids()
        return found or [one for one in [self.view.current_id()] if one]

    def shown_trips(self) -> list[TripRow]:
        """Return the trips on the board as it is filtered, from top to bottom."""
        return [row.trip for row in self.model.rows()]

    def select(self, trip_id: str) -> None:
        """Make a trip the current one, now or when it has been read."""
        if not self.view.select(trip_id):
            self._to_select = trip_id

    def filter_by(self, direction: Regime | None) -> None:
        """Show one direction only, or all."""
        self.directions.choose(direction)
        self._show_asked()

    def show_carriers(self, names: Mapping[str, str], carrier: str) -> None:
        """Show one carrier's trips by its id, or all; with several `names`, each trip says whose it is."""
        self.model.show_carriers({} if carrier else names)
        self.filter.show_carriers(names, carrier)
        self._carrier_name = names.get(carrier, "")
        if carrier != self._carrier:
            self._carrier = carrier
            self._show_asked()

    def tick(self) -> None:
        """A minute has passed."""
        self.model.tick()
        self.keeping.tick()
        self.beside.show_current()
        self._say_date()
        if self.filter.is_active:
            self._show(is_asked=False)  # midnight passes at each port

    def _say_date(self) -> None:
        said = self.filter.words()
        self._date.setText(said or times.day(self._desk.clock.now().astimezone()))

    def _on_trip_changed(self, changed: Changed) -> None:
        self.keeping.on_trip_changed(changed)
        if self.search.text().strip():
            self._searching.ask()
        if changed.initiator is None and changed.ids:
            self.model.mark_fresh(changed.ids)
            self._fresh.start()

    async def _search(self) -> None:
        wanted = self.search.text().strip()
        rows = self.keeping.rows()
        found = await self._desk.board.matching([row.trip.id for row in rows], wanted) if wanted else None
        if found != self._found:
            self._found = found
            self._show_asked()

    def _wanted(self) -> list[BoardRow]:
        now = self._desk.clock.now()
        fitting = [
            row
            for row in self.keeping.rows()
            if self._carrier in {"", row.trip.company}
            and (self._found is None or row.trip.id in self._found)
            and arrives(row.trip, self.filter.day, now)
        ]
        self.directions.count([row.trip.regime for row in fitting])
        return [row for row in fitting if self.directions.fits(row.trip.regime)]

    def _on_read(self) -> None:
        """Everything was read again; the first rows of a window stand at once."""
        self._say_date()
        self._show(is_asked=not self.model.rows())

    def _on_changed(self) -> None:
        self._show(is_asked=False)

    def _show_asked(self) -> None:
        self._say_date()
        self._show(is_asked=True)

    def arrange(self) -> None:
        """Put every trip where it belongs now."""
        self._show(is_asked=True)

    def _show(self, *, is_asked: bool) -> None:
        """Show what is known; unless the user asked for it, nothing moves while he moves the mouse or types."""
        rows = self._wanted()
        self.model.refresh(self.keeping.rows())
        self.counted.emit(sum(1 for row in self.keeping.rows() if row.needs_person))
        gone = self.view.current_id() and self.keeping.row(self.view.current_id()) is None
        is_still = self._has_begun and self.model.stands_as(rows)
        if is_still:
            self._say_empty()
        elif is_asked or gone or not self._quiet.isActive():
            self._arrange(rows)
        self.beside.show_current()
        if self._to_select and self.view.select(self._to_select):
            self._to_select = ""

    def _arrange(self, rows: list[BoardRow]) -> None:
        had_focus = self.view.hasFocus() or self.empty.button.hasFocus()
        current, beside = self.view.current_id(), self._nearest(rows)
        anchor = self.view.anchor()
        self._has_begun = True
        self.model.arrange(rows)
        self.view.hide_empty_groups()
        self.view.lay_columns()
        self.view.put_back(anchor)
        if not self.view.current_id() and not self.view.currentIndex().isValid():
            if not (beside and current and self.view.select(beside)):
                self.view.select_first()
        elif current and not self.view.current_id() and beside:
            self.view.select(beside)
        self._say_empty()
        self._stack.setCurrentWidget(self.view if rows else self.empty)
        self.setFocusProxy(self.view if rows else self.empty.button)
        if had_focus:
            (self.view if rows else self.empty.button).setFocus()

    def _nearest(self, rows: list[BoardRow]) -> str:
        """Return which of `rows` stands nearest below the current trip as the board is now, else above it."""
        kept = {row.trip.id for row in rows}
        now = [row.trip.id for row in self.model.rows()]
        here = now.index(self.view.current_id()) if self.view.current_id() in now else 0
        return next((one for one in [*now[here:], *reversed(now[:here])] if one in kept), "")

    def _say_empty(self) -> None:
        wanted, known = self.search.text().strip(), bool(self.keeping.rows())
        if wanted and known:
            self.empty.say(texts.text("window.trips.nothing_found", search=wanted), texts.text("window.trips.clear"))
        elif known and (self.filter.is_active or self.directions.chosen_one is not None):
            self.empty.say(texts.text("ways.filter.none"), texts.text("ways.filter.clear"))
        elif self._carrier_name:
            none = texts.text("board.none_of", carrier=self._carrier_name)
            self.empty.say(none, texts.text("window.trips.first"))
        else:
            self.empty.say(texts.text("board.none"), texts.text("window.trips.first"))

    def _on_empty_asked(self) -> None:
        known = bool(self.keeping.rows())
        if self.search.text().strip() and known:
            self.search.clear()
        elif known and (self.filter.is_active or self.directions.chosen_one is not None):
            self.directions.choose(None)
            self.filter.choose(Day.ALL)
        else:
            pieces.pop_below(self.new_menu, self.empty.button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the directions into the menu where there is no room; show a trip beside the board where there is."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        self.directions.setVisible(not is_narrow)
        self._date.setVisible(self.width() >= _DATED)
        self.beside.lay()
