"""The row of filters above the list of trips: state, arrival, carrier, deleted ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Customs, Delivery
from desktop.domain.times import parse_wall
from desktop.services.board_row import is_draft, needs_person
from desktop.services.views import TripRow
from desktop.ui import pieces, theme, times
from desktop.ui.legible import legible

_HEIGHT = 40
_WEEK = 7


class State(StrEnum):
    """Which trips by how far they got."""

    ALL = "all"
    NEEDS_YOU = "needs_you"
    DRAFT = "draft"
    SENT = "sent"
    ON_FILE = "on_file"
    CLEARED = "cleared"
    ARRIVED = "arrived"
    RELEASED = "released"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class Arrival(StrEnum):
    """Which trips by their day of arrival at the port."""

    ALL = "all"
    TODAY = "today"
    WEEK = "week"


_CUSTOMS: Final = {
    State.ON_FILE: {Customs.ON_FILE, Customs.PRELIMINARY},
    State.CLEARED: {Customs.CLEARED},
    State.ARRIVED: {Customs.ARRIVED},
    State.RELEASED: {Customs.RELEASED},
    State.RETURNED: {Customs.REFUSED},
    State.CANCELLED: {Customs.CANCELLED},
}


def is_in_state(row: TripRow, state: State) -> bool:
    """Tell whether a trip is one of those a state names."""
    match state:
        case State.ALL:
            return True
        case State.DRAFT:
            return is_draft(row)
        case State.NEEDS_YOU:
            return needs_person(row)
        case State.SENT:
            return not is_draft(row) and row.customs in {Customs.NONE, Customs.TRANSMITTED, Customs.UNKNOWN}
        case State.RETURNED:
            return row.customs is Customs.REFUSED or row.delivery is Delivery.REFUSED
        case _:
            return row.customs in _CUSTOMS[state]


def arrives(row: TripRow, arrival: Arrival, now: datetime) -> bool:
    """Tell whether a trip arrives on a day meant, by the clock of its port; the week begins on Monday."""
    if arrival is Arrival.ALL:
        return True
    wall = parse_wall(row.eta.local)
    if wall is None:
        return False
    zone = times.zone(row.eta.zone)
    today: date = now.astimezone(zone).date()
    if arrival is Arrival.TODAY:
        return wall.date() == today
    monday = today - timedelta(days=today.weekday())
    return monday <= wall.date() < monday + timedelta(days=_WEEK)


class TripFilters(QFrame):
    """State, arrival, carrier, deleted: each a native choice with a name, in one row that ends in the tools.

    Signals: `changed` when other trips are to be shown out of those read; `reading_changed` when others are to be
    read; `carrier_chosen(str)` a carrier's id, empty for all; `more_asked`.
    """

    changed = Signal()
    reading_changed = Signal()
    carrier_chosen = Signal(str)
    more_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setObjectName("trips_filters")
        self.state_choice = _choice("trips_state", "state", State)
        self.arrival_choice = _choice("trips_arrival", "arrival", Arrival)
        self.carrier_choice = QComboBox()
        self.carrier_choice.setObjectName("trips_carrier")
        self.carrier_choice.setAccessibleName(texts.text("ways.filter.carrier"))
        self.carrier_choice.setMinimumContentsLength(12)
        self.carrier_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.carrier_choice.hide()
        self.deleted = pieces.button(texts.text("ways.filter.deleted"), "trash", name="trips_deleted")
        self.deleted.setCheckable(True)
        self.deleted.setToolTip(texts.text("ways.filter.deleted_tip"))
        self.note = pieces.ElidedLabel("caption", look="muted")
        self.more = pieces.button(texts.text("ways.filter.more"), name="trips_show_more")
        self.more.hide()
        self.clear = pieces.button(texts.text("ways.filter.clear"), "close", name="trips_clear_filters")
        self.clear.hide()
        self.bring_back = pieces.button(texts.text("ways.row.bring_back"), "undo", name="trips_bring_back")
        self.bring_back.hide()
        self.tools = pieces.tool_button("more", texts.text("ways.tools"), name="trips_tools")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_4, theme.PAGE_MARGIN, theme.STEP_4)
        row.setSpacing(theme.STEP_8)
        for widget in (self.state_choice, self.arrival_choice, self.carrier_choice, self.deleted):
            row.addWidget(widget)
        row.addWidget(self.bring_back)
        row.addWidget(self.clear)
        row.addWidget(self.note, 1)
        row.addWidget(self.more)
        row.addWidget(self.tools)
        self.setMinimumHeight(theme.fitted(_HEIGHT, around=theme.STEP_24))
        self.state_choice.currentIndexChanged.connect(self._on_changed)
        self.arrival_choice.currentIndexChanged.connect(self._on_changed)
        self.carrier_choice.activated.connect(self._on_carrier_activated)
        self.deleted.toggled.connect(self._on_deleted_toggled)
        self.clear.clicked.connect(self.reset)
        self.more.clicked.connect(self.more_asked)

    @property
    def state(self) -> State:
        """Which trips by state."""
        return State(self.state_choice.currentData())

    @property
    def arrival(self) -> Arrival:
        """Which trips by arrival."""
        return Arrival(self.arrival_choice.currentData())

    @property
    def is_deleted(self) -> bool:
        """Whether the deleted trips are wanted instead of those in the list."""
        return self.deleted.isChecked()

    @property
    def asked(self) -> tuple[State, Arrival, bool]:
        """All of it, to tell one choice from another."""
        return self.state, self.arrival, self.is_deleted

    @property
    def is_active(self) -> bool:
        """Whether trips are left out."""
        return self.state is not State.ALL or self.arrival is not Arrival.ALL

    def fits(self, now: datetime) -> Callable[[TripRow], bool]:
        """Return what tells whether a trip is wanted."""
        state, arrival = self.state, self.arrival
        return lambda row: is_in_state(row, state) and arrives(row, arrival, now)

    def stops(self) -> list[QWidget]:
        """Return the parts in the order Tab visits them."""
        choices = [self.state_choice, self.arrival_choice, self.carrier_choice]
        return [*choices, self.deleted, self.bring_back, self.clear, self.more, self.tools]

    def reset(self) -> None:
        """Leave no trip out."""
        self.state_choice.setCurrentIndex(0)
        self.arrival_choice.setCurrentIndex(0)

    def show_carriers(self, names: Mapping[str, str], carrier: str) -> None:
        """Offer the carriers by id where there are several, and say which one is shown; empty: all."""
        choice = self.carrier_choice
        choice.setVisible(len(names) > 1)
        choice.blockSignals(True)
        choice.clear()
        choice.addItem(texts.text("ways.filter.carrier.all"), "")
        for company, name in names.items():
            choice.addItem(legible(name), company)
        choice.setCurrentIndex(max(0, choice.findData(carrier)))
        choice.blockSignals(False)

    def say(self, words: str, *, has_more: bool = False) -> None:
        """Say what is shown, and whether there is more to be read."""
        self.note.setText(words)
        self.more.setVisible(has_more)

    def _on_changed(self) -> None:
        self.clear.setVisible(self.is_active)
        self.changed.emit()

    def _on_carrier_activated(self, index: int) -> None:
        self.carrier_chosen.emit(str(self.carrier_choice.itemData(index) or ""))

    def _on_deleted_toggled(self, _is_on: bool) -> None:
        self.reading_changed.emit()


def _choice(name: str, key: str, values: type[StrEnum]) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(texts.text(f"ways.filter.{key}"))
    made.setMinimumHeight(theme.fitted(theme.FIELD_HEIGHT))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for value in values:
        made.addItem(texts.text(f"ways.filter.{key}.{value}"), value)
    return made
