"""Around the ETA: how long until then, and the two questions a wall time can leave open (C04, T02)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.clock import Clock
from desktop.domain.arrival import ETA, PORTS, Answers, answers_in, arrival_of, zone_for
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSON, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import PORT
from desktop.domain.times import Doubt, wall_at
from desktop.texts import text
from desktop.ui import pieces, theme
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.binding.native_editor import field_height
from desktop.ui.binding.session import Editing
from desktop.ui.editors.fast_tick import says_fast
from desktop.ui.editors.nature import local_of
from desktop.ui.signs import Sign, SignLabel
from desktop.validation.rules_trip import LEAD, lead_wanted

_MINUTE_MS = 60_000
_LONG = timedelta(days=2)
ZONES = {
    Regime.ACE: (
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
        "America/Anchorage",
    ),
    Regime.ACI: (
        "America/St_Johns", "America/Halifax", "America/Toronto", "America/Winnipeg", "America/Regina",
        "America/Edmonton", "America/Vancouver", "America/Whitehorse",
    ),
}  # fmt: skip
"""Clocks of ports, as IANA zones, from east to west."""


def answers_of(session: Editing) -> Answers:
    """Return what the user answered about a trip's arrival."""
    local: dict[str, JSON] = local_of(session)  # type: ignore[assignment]  # local facts are JSON
    return answers_in(local)


def lead_words(left: timedelta, wanted: timedelta, customs: str) -> str:
    """Return how long until arrival, with what customs want; empty once it has passed."""
    minutes = int(left.total_seconds() // 60)
    if left < timedelta():
        return ""
    if left >= _LONG:
        ahead = text("trip_editor.lead.days", count=left.days)
    elif minutes >= 60:  # noqa: PLR2004 - an hour
        ahead = text("trip_editor.lead.hours", hours=minutes // 60, minutes=minutes % 60)
    else:
        ahead = text("trip_editor.lead.minutes", minutes=minutes)
    return text("trip_editor.lead", ahead=ahead, customs=customs, wanted=int(wanted.total_seconds() // 60))


class ArrivalAsk(QWidget):
    """The questions below the header: whose clock a port goes by, and which of two equal times is meant."""

    def __init__(self, session: Editing, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.zone_row, zone_line = _row(self, text("trip_editor.zone.ask"))
        self.zone = QComboBox(self.zone_row)
        self.zone.setFixedHeight(field_height())
        self.zone.setAccessibleName(text("trip_editor.zone.ask"))
        self.zone.addItem(text("trip_editor.zone.choose"), "")
        for name in ZONES[session.regime]:
            self.zone.addItem(text(f"trip_editor.zone.{name.rpartition('/')[2].lower()}"), name)
        self.zone.activated.connect(self._on_zone_chosen)
        self.zone.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.zone.setMinimumContentsLength(12)
        zone_line.addWidget(self.zone)
        zone_line.addStretch(2)
        self.doubled_row, doubled_line = _row(self, text("trip_editor.doubled.ask"))
        self.halves: list[QPushButton] = []
        for is_later in (False, True):
            said = text("trip_editor.doubled.second" if is_later else "trip_editor.doubled.first")
            button = pieces.button(said, name=f"eta_{'later' if is_later else 'earlier'}")
            button.setCheckable(True)
            button.clicked.connect(partial(self._on_half_chosen, is_later))
            doubled_line.addWidget(button)
            self.halves.append(button)
        doubled_line.addStretch(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, theme.STEP_8)
        column.setSpacing(theme.STEP_8)
        column.addWidget(self.zone_row)
        column.addWidget(self.doubled_row)

    def refresh(self) -> None:
        """Ask what is open; an answer stays on show, so that it can be changed."""
        session, answers = self._session, answers_of(self._session)
        port, eta = session.value(f"/{PORTS[session.regime]}"), session.value(f"/{ETA}")
        is_port = isinstance(port, str) and PORT.fullmatch(port) is not None
        is_unknown = is_port and isinstance(eta, str) and zone_of(session.regime, str(port)) is None
        self.zone_row.setVisible(is_unknown)
        if is_unknown:
            self.zone.setCurrentIndex(max(0, self.zone.findData(zone_for(session.regime, port, answers) or "")))
        document = session.document
        bare = arrival_of(session.regime, document, answers._replace(doubled_eta="")) if is_object(document) else None
        zone = zone_for(session.regime, port, answers)
        is_doubled = bare is not None and bare.doubt is Doubt.DOUBLED and zone is not None
        self.doubled_row.setVisible(is_doubled)
        if is_doubled and bare is not None and zone is not None:
            for is_later, button in enumerate(self.halves):
                button.setText(_named(bare.choices[is_later], zone, is_later=bool(is_later)))
                button.setChecked(answers.doubled_eta == eta and answers.is_later is bool(is_later))
        self.setVisible(is_unknown or is_doubled)

    def _on_zone_chosen(self, index: int) -> None:
        port = self._session.value(f"/{PORTS[self._session.regime]}")
        name = self.zone.itemData(index)
        if isinstance(port, str):
            _set_local(self._session, "zone", {"port": port, "zone": name} if name else None)

    def _on_half_chosen(self, is_later: bool) -> None:
        eta = self._session.value(f"/{ETA}")
        if isinstance(eta, str):
            _set_local(self._session, "doubled", {"eta": eta, "is_later": is_later})


class LeadClock(QObject):
    """Keeps the note under the ETA true, once a minute, and lets the session check against the new time."""

    def __init__(self, session: Editing, clock: Clock, box: FieldBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._box = box
        self.timer = QTimer(self)
        self.timer.setInterval(_MINUTE_MS)
        self.timer.timeout.connect(self.tick)
        self.timer.start()

    def tick(self) -> None:
        """A minute has gone by."""
        recheck = getattr(self._session, "recheck", None)
        if recheck is not None:
            recheck()
        self.refresh()

    def refresh(self) -> None:
        """Say how long it is until then."""
        document = self._session.document
        regime = self._session.regime
        arrival = arrival_of(regime, document, answers_of(self._session)) if is_object(document) else None
        words = ""
        if arrival is not None and arrival.moment is not None and is_object(document):
            customs = text("trip_editor.customs.cbp" if regime is Regime.ACE else "trip_editor.customs.cbsa")
            wanted = lead_wanted(regime, document) if says_fast(self._session) else LEAD
            words = lead_words(arrival.moment - self._clock.now(), wanted, customs)
        self._box.set_note(words)


def _row(parent: QWidget, words: str) -> tuple[QWidget, QHBoxLayout]:
    holder = QWidget(parent)
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.STEP_8)
    line.addWidget(SignLabel(Sign.ASK, 18))
    said = pieces.label(words)
    said.setWordWrap(True)
    said.setMinimumWidth(80)
    line.addWidget(said, 1)
    return holder, line


def _named(moment: datetime, zone: str, *, is_later: bool) -> str:
    name = moment.astimezone(ZoneInfo(zone)).tzname() or ""
    return text(
        "trip_editor.doubled.later" if is_later else "trip_editor.doubled.earlier",
        time=f"{wall_at(moment, zone):%H:%M}",
        zone=name,
    )


def _set_local(session: Editing, name: str, value: JSON) -> None:
    set_local = getattr(session, "set_local", None)
    if set_local is not None:
        set_local(name, value)
