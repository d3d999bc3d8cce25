"""Keeps what is on the board as it is: reads what changed, and what time alone changes when its moment comes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.lifecycle import LinkState, Verdict
from desktop.services.board_row import BoardRow, place_of
from desktop.services.views import Changed
from desktop.ui import pieces
from desktop.ui.board.announcing import Announcing
from desktop.ui.board.model import BoardModel
from desktop.ui.desk import Desk
from desktop.ui.reload import Reload

_LEAST_MS: Final = 1_000
_MOST: Final = timedelta(hours=1)


class Keeping(QObject):
    """The rows of the board, all carriers and directions.

    Signals: `read` when everything was read again; `changed` when some rows were.

    Attributes:
        reload: reads everything again.
    """

    read = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, model: BoardModel, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._rows: dict[str, BoardRow] = {}
        self._to_read: set[str] = set()
        self._day: date | None = None
        self._is_heard = self._hears()
        self._announcing = Announcing(page, model)
        self.reload = Reload(desk.keeper, self._read_all, "board.read")
        self._some = Reload(desk.keeper, self._read_some, "board.read_some")
        self._due = pieces.single_shot(page, _LEAST_MS, self.read_due)

    def rows(self) -> list[BoardRow]:
        """Return every trip of the board from top to bottom."""
        return sorted(self._rows.values(), key=place_of)

    def row(self, trip_id: str) -> BoardRow | None:
        """Return one trip."""
        return self._rows.get(trip_id)

    async def look_back(self) -> None:
        """Put older trips that still need a person onto the board."""
        self._take(await self._desk.board.look_back(self._desk.clock.now()))
        self._arm()
        self.changed.emit()

    def on_trip_changed(self, changed: Changed) -> None:
        """Read what was changed, or everything where nobody says what."""
        if not changed.ids:
            self.reload.ask()
            return
        self._to_read |= changed.ids
        self._some.ask()

    def on_link(self) -> None:
        """Without a connection nobody can say that a truck may go: read again when that changes."""
        if self._hears() is not self._is_heard:
            self._is_heard = self._hears()
            self.reload.ask()

    def tick(self) -> None:
        """A minute has passed: another day may have begun, and time may have been turned."""
        if self._day != self._today():
            self.reload.ask()
            return
        self._to_read |= {one for one, row in self._rows.items() if _may_fade(row)}
        if self._to_read:
            self._some.ask()
        else:
            self.read_due()

    def read_due(self) -> None:
        """Read the trips whose moment has come."""
        now = self._desk.clock.now()
        due = {one for one, row in self._rows.items() if row.changes_at is not None and row.changes_at <= now}
        if due:
            self._to_read |= due
            self._some.ask()
        else:
            self._arm()

    def _hears(self) -> bool:
        return self._desk.link.status.state is LinkState.CONNECTED

    def _today(self) -> date:
        return self._desk.clock.now().astimezone().date()

    async def _read_all(self) -> None:
        self._day = self._today()
        found = await self._desk.board.rows(self._desk.clock.now())
        for one in self._rows.keys() - {row.trip.id for row in found}:
            self._announcing.forget(one)
        self._rows = {}
        self._take(found)
        self._arm()
        self.read.emit()

    async def _read_some(self) -> None:
        wanted, self._to_read = self._to_read, set()
        if not wanted:
            return
        found = await self._desk.board.some(self._desk.clock.now(), wanted)
        for one in wanted - {row.trip.id for row in found}:
            self._rows.pop(one, None)
            self._announcing.forget(one)
        self._take(found)
        self._arm()
        self.changed.emit()

    def _take(self, rows: list[BoardRow]) -> None:
        self._rows.update((row.trip.id, row) for row in rows)
        self._announcing.say(rows)

    def _arm(self) -> None:
        """Wake at the next moment at which a row may change; never within a second."""
        now = self._desk.clock.now()
        moments = [row.changes_at for row in self._rows.values() if row.changes_at is not None]
        wait = min([*(moment - now for moment in moments), _MOST])
        self._due.start(max(_LEAST_MS, int(wait.total_seconds() * 1000) + 1))


def _may_fade(row: BoardRow) -> bool:
    """Tell whether a row may be untrue a minute later though nobody says so.

    A go ends when a line has been down for a minute, at midnight of its port and with a clock that is turned; what was
    held because the data came from elsewhere ends when a person has looked.
    """
    ready = row.trip.readiness
    return ready.verdict is Verdict.GO or any(reason.code == "held_data" for reason in ready.reasons)
