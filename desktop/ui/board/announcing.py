"""Says aloud what became of the trips: each verdict once, what stops a truck at once, the rest when there is time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.domain.lifecycle import Verdict
from desktop.services.board_row import BoardRow
from desktop.ui.board.model import BoardModel
from desktop.ui.legible import legible
from desktop.ui.toast import announce

_AT_ONCE = 3


class Announcing:
    """Remembers what was said of each trip."""

    def __init__(self, widget: QWidget, model: BoardModel) -> None:
        self._widget = widget
        self._model = model
        self._said: dict[str, tuple[Verdict, bool]] = {}
        self._has_begun = False

    def say(self, rows: Iterable[BoardRow]) -> None:
        """Say which of these trips have another verdict than when it was last said; of the first ones nothing."""
        changed = []
        for row in rows:
            verdict = row.trip.readiness.verdict, row.needs_person
            if self._said.get(row.trip.id) != verdict:
                is_news = row.trip.id in self._said or row.needs_person
                self._said[row.trip.id] = verdict
                changed += [row] if is_news else []
        if not self._has_begun:
            self._has_begun = True
            return
        changed.sort(key=lambda row: row.order)
        grave = [row for row in changed if row.trip.readiness.verdict is Verdict.STOP]
        for row in grave[:_AT_ONCE]:
            announce(self._widget, self._sentence(row), is_grave=True)
        mild = [row for row in changed if row not in grave]
        if len(mild) <= _AT_ONCE:
            for row in mild:
                announce(self._widget, self._sentence(row))
        rest = len(grave[_AT_ONCE:]) + (len(mild) if len(mild) > _AT_ONCE else 0)
        if rest:
            announce(self._widget, texts.text("board.said_more", count=rest), is_grave=len(grave) > _AT_ONCE)

    def forget(self, trip_id: str) -> None:
        """A trip has left the board."""
        self._said.pop(trip_id, None)

    def _sentence(self, row: BoardRow) -> str:
        words = self._model.words(row)
        return legible(texts.text("board.said", trip=words.number, verdict=words.verdict))
