"""How late these trucks are: the minutes, and for each trip its arrival now, the new one, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.domain.times import parse_wall
from desktop.ui import pieces, theme, times
from desktop.ui.desk import Desk
from desktop.ui.legible import legible

if TYPE_CHECKING:
    from desktop.services.late import LateLine

USUAL = 90
PRESETS = (30, 60, 90, 120)
_EARLIEST, _LATEST = -720, 2880
_STEP = 5
_WIDTH, _HEIGHT = 760, 420
_TRIP, _NOW, _NEW, _FOLLOWS = range(4)

Start = Callable[[Coroutine[Any, Any, None], str], object]


class LateDialog(QDialog):
    """Shows what the minutes mean before anything changes; Esc changes nothing.

    Attributes:
        minutes_field: how many; negative is earlier.
        list: a line for each trip.
    """

    def __init__(self, desk: Desk, trip_ids: Sequence[str], start: Start, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._trip_ids = tuple(trip_ids)
        self._start = start
        self._asked = 0
        self._read_for = USUAL
        self.lines: tuple[LateLine, ...] = ()
        title = texts.text("watch.late.title", count=len(trip_ids))
        pieces.dress(self, title, "late_dialog")
        self.minutes_field = QSpinBox()
        self.minutes_field.setObjectName("late_minutes")
        self.minutes_field.setRange(_EARLIEST, _LATEST)
        self.minutes_field.setSingleStep(_STEP)
        self.minutes_field.setValue(USUAL)
        self.minutes_field.setMinimumHeight(theme.FIELD_HEIGHT)
        self.minutes_field.setAccessibleName(texts.text("watch.late.minutes"))
        label = pieces.label(texts.text("watch.late.minutes"), "caption", look="muted")
        label.setBuddy(self.minutes_field)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.minutes_field)
        self.presets = [self._preset(minutes) for minutes in PRESETS]
        for button in self.presets:
            row.addWidget(button)
        self.earlier = pieces.button(texts.text("watch.late.earlier"), name="late_earlier")
        self.earlier.clicked.connect(lambda: self.minutes_field.setValue(-self.minutes_field.value()))
        row.addWidget(self.earlier)
        row.addStretch(1)
        self.list = self._make_list()
        self.says = pieces.prose("", "caption", look="muted")
        self.apply = pieces.button(texts.text("watch.late.apply"), "calendar", is_primary=True, name="late_apply")
        self.apply.setDefault(True)
        self.apply.setEnabled(False)
        self.apply.clicked.connect(self.accept)
        leave = pieces.button(texts.text("window.dialog.cancel"), name="late_cancel")
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.says, 1)
        foot.addWidget(leave)
        foot.addWidget(self.apply)
        self._lay_out((pieces.prose(title, "heading"), label, row, self.list, foot))
        self.minutes_field.valueChanged.connect(self._on_minutes)
        pieces.fit(self, _WIDTH, _HEIGHT)
        self.minutes_field.setFocus()
        self.minutes_field.selectAll()

    def _lay_out(self, parts: Sequence[QWidget | QHBoxLayout]) -> None:
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_16, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part, int(part is self.list))
            else:
                column.addLayout(part)

    def _preset(self, minutes: int) -> QWidget:
        made = pieces.button(texts.text("watch.late.preset", minutes=minutes), name=f"late_{minutes}")
        made.clicked.connect(lambda: self.minutes_field.setValue(minutes))
        return made

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setObjectName("late_trips")
        made.setAccessibleName(texts.text("watch.late.trips"))
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setTabKeyNavigation(False)
        made.setHeaderLabels([texts.text(f"watch.late.column.{name}") for name in ("trip", "now", "new", "follows")])
        for column in range(made.columnCount()):
            made.headerItem().setToolTip(column, made.headerItem().text(column))
        head = made.header()
        for column in (_TRIP, _NOW, _NEW):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        return made

    @property
    def minutes(self) -> int:
        """How much later; negative is earlier."""
        return self.minutes_field.value()

    async def read(self) -> None:
        """Show what the minutes mean."""
        self._asked += 1
        asked = self._asked
        lines = tuple(await self._desk.late.preview(self._trip_ids, self.minutes))
        if asked == self._asked:
            self._show(lines)

    def _on_minutes(self, minutes: int) -> None:
        if minutes == self._read_for:  # Enter says the value once more
            return
        self._read_for = minutes
        self.apply.setEnabled(False)
        self._start(self.read(), "late_preview")

    def _show(self, lines: tuple[LateLine, ...]) -> None:
        self.lines = lines
        row = max(0, self.list.currentIndex().row())
        self.list.clear()
        for line in lines:
            self.list.addTopLevelItem(_item(line))
        self.list.setCurrentIndex(self.list.model().index(row, 0))
        changed = [line for line in lines if line.left_out is None] if self.minutes else []
        self.apply.setEnabled(bool(changed))
        self.says.setText(texts.text("watch.late.says" if changed else "watch.late.says_none", count=len(changed)))


def _item(line: LateLine) -> QTreeWidgetItem:
    name = legible(line.trip) or texts.text("window.no_number")
    now, new, follows = wall_words(line.before, line), wall_words(line.after, line), follows_words(line)
    item = QTreeWidgetItem([name, now, new, follows])
    item.setData(_TRIP, Qt.ItemDataRole.UserRole, line.trip_id)
    item.setSizeHint(_TRIP, QSize(0, theme.TARGET_HEIGHT))
    sentence = texts.text("watch.late.line", trip=name, now=now, new=new or texts.text("watch.late.same"), what=follows)
    for column in range(item.columnCount()):
        item.setToolTip(column, pieces.plain_tip(follows))
        item.setData(column, Qt.ItemDataRole.AccessibleTextRole, sentence)
    return item


def wall_words(written: str, line: LateLine) -> str:
    """Return an arrival as in `Tue 24 Nov 14:10 EST`: wall time at the port, with its zone where that is known."""
    wall = parse_wall(written)
    if wall is None:
        return legible(written)
    zone = times.zone(line.zone)
    name = f" {wall.replace(tzinfo=zone).strftime('%Z')}" if zone is not None else ""
    if zone is not None and wall.replace(tzinfo=zone).utcoffset() != wall.replace(tzinfo=zone, fold=1).utcoffset():
        name = ""  # the clock shows it twice: which one is said in words
    return f"{times.day(wall)} {times.clock(wall)}{name}"


def follows_words(line: LateLine) -> str:
    """Return what a new arrival means for a trip, the gravest first."""
    if line.left_out is not None:
        return texts.text(f"watch.late.left_out.{line.left_out}")
    who = texts.text("crossing.who.cbp" if line.regime is Regime.ACE else "crossing.who.cbsa")
    words = []
    if line.must_refile:
        words.append(texts.text("watch.late.refile", who=who))
    elif line.is_sent:
        words.append(texts.text("watch.late.amend", who=who))
    if line.is_past:
        words.append(texts.text("watch.late.past"))
    if line.is_other_day and not line.must_refile:
        words.append(texts.text("watch.late.other_day"))
    if line.is_repeated_hour:
        words.append(texts.text("watch.late.repeated"))
    if not line.zone:
        words.append(texts.text("watch.late.no_zone"))
    return " ".join(words) or texts.text("watch.late.only_here")
