"""The library as pickers see it: read once, searched without waiting, read again when it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.domain.codes import fold
from desktop.services.views import Changed, LibraryRow, Subject
from desktop.texts import text
from desktop.ui.binding.choice import LIMIT, Choice
from desktop.ui.desk import Desk
from desktop.ui.sign import Sign

KINDS = ("driver", "truck", "trailer", "partner")


class Shelf:
    """Every active record of the library, by kind."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows: dict[str, list[LibraryRow]] = {kind: [] for kind in KINDS}
        self._listeners: list[Callable[[], None]] = []
        self._leave = desk.changes.subscribe(self._on_changes_announced)

    async def load(self) -> None:
        """Read the library."""
        for kind in KINDS:
            self._rows[kind] = await self._desk.library.items(kind)
        for listener in tuple(self._listeners):
            listener()

    def on_loaded(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever the library has been read."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Hear of no more changes."""
        self._leave()
        self._listeners.clear()

    def rows(self, kind: str, words: str) -> list[LibraryRow]:
        """Return the records that match every word, those whose number or name begins with them first."""
        wanted = fold(words).split()
        found = []
        for row in self._rows[kind]:
            whole = fold(f"{row.key} {row.title} {row.subtitle}")
            if all(word in whole for word in wanted):
                starts = fold(row.key).startswith(fold(words)) or fold(row.title).startswith(fold(words))
                found.append((not starts, row.title, row))
        return [row for _, _, row in sorted(found, key=lambda entry: entry[:2])]

    def by_key(self, kind: str, key: str) -> LibraryRow | None:
        """Return the record with this number or name, or None."""
        return next((row for row in self._rows[kind] if row.key == key), None)

    def today(self) -> date:
        """Return the day on this computer's calendar, against which expiry dates are read."""
        return self._desk.clock.now().astimezone().date()

    def _on_changes_announced(self, changed: Changed) -> None:
        if changed.subject is Subject.LIBRARY:
            self._desk.keeper.start(self.load(), name="read library")


class ShelfSource:
    """Records of one kind as choices, with a last row that adds what was typed."""

    def __init__(self, shelf: Shelf, kind: str, *, with_titles: bool = True) -> None:
        self._shelf = shelf
        self._kind = kind
        self._with_titles = with_titles

    def find(self, words: str) -> list[Choice]:
        """Return records that fit, then the row that adds a new one."""
        made = [
            Choice(row.key, row.title if row.title != row.key else "", self._detail(row), self._sign(row), payload=row)
            for row in self._shelf.rows(self._kind, words)[:LIMIT]
        ]
        title = (
            text(f"editor.picker.add_{self._kind}", name=words) if words else text(f"editor.picker.new_{self._kind}")
        )
        return [*made, Choice(words, title, payload=self._kind, is_add=True)]

    def _detail(self, row: LibraryRow) -> str:
        expired = self._expired(row)
        return text("editor.picker.expired", day=expired) if expired else row.subtitle

    def _sign(self, row: LibraryRow) -> Sign | None:
        return Sign.ASK if self._expired(row) else None

    def _expired(self, row: LibraryRow) -> str:
        expiries = row.local.get("expiries")
        days = [day for day in expiries.values() if isinstance(day, str) and day] if isinstance(expiries, dict) else []
        past = sorted(day for day in days if day < self._shelf.today().isoformat())
        return past[0] if past else ""

    def shown(self, value: str) -> str:
        """Return the value; a number with the name behind it."""
        row = self._shelf.by_key(self._kind, value) if self._with_titles else None
        return f"{value} {row.title}" if row is not None and row.title != value else value

    def exact(self, typed: str) -> str | None:
        """Return the number of a record typed whole."""
        row = self._shelf.by_key(self._kind, typed)
        return row.key if row is not None else None
