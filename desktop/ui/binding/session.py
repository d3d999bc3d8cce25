"""What editors ask of a session, and edits that reach into lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop.domain.documents import JSON, MISSING, Missing, join, put, split
from desktop.domain.lifecycle import Regime
from desktop.services.views import ServerError
from desktop.validation.issue import Issue


class Editing(Protocol):
    """A document that is being edited: a trip's `EditSession`, or a library record."""

    @property
    def regime(self) -> Regime:
        """Whose wire shape it has."""
        ...

    @property
    def document(self) -> JSON:
        """The document as it stands."""
        ...

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong with it."""
        ...

    @property
    def server_errors(self) -> tuple[ServerError, ...]:
        """What the gateway or customs objected to."""
        ...

    def value(self, pointer: str) -> JSON | Missing:
        """Return what stands at `pointer`, or MISSING."""
        ...

    def set(self, pointer: str, value: JSON | Missing) -> None:
        """Put a value; MISSING takes it out."""
        ...

    def insert(self, pointer: str, value: JSON) -> None:
        """Put a row into an array."""
        ...

    def remove(self, pointer: str) -> None:
        """Take out a row."""
        ...

    def undo(self) -> str | None:
        """Take back the last edit; returns its path."""
        ...

    def redo(self) -> str | None:
        """Bring it again; returns its path."""
        ...

    def subscribe(
        self,
        on_change: Callable[[frozenset[str], bool], None],
        on_checked: Callable[[], None],
        on_saved: Callable[[], None],
    ) -> Callable[[], None]:
        """Hear of edits, checks and saves; returns the way out."""
        ...


def same_value(one: JSON | Missing, other: JSON | Missing) -> bool:
    """Tell whether two values are the same; 1 and true are not."""
    return type(one) is type(other) and one == other


def put_value(session: Editing, pointer: str, value: JSON | Missing) -> None:
    """Put a typed value at `pointer`; lists on the way are made as needed, and rows left empty at their end go.

    A number in the pointer is a position in a list, also where there is no list yet.
    """
    steps = split(pointer)
    for depth, step in enumerate(steps):
        if not step.isdigit() or depth == 0:
            continue
        parent = join(*steps[:depth])
        rows = session.value(parent)
        if isinstance(rows, list) and int(step) < len(rows):
            if isinstance(value, Missing) and _is_last_of_plate(parent, rows, int(step), steps[depth + 1 :]):
                session.set(parent, rows[:-1] or MISSING)
                return
            continue
        if isinstance(value, Missing):
            return
        empty: JSON = {}
        row = put(empty, join(*steps[depth + 1 :]), value)
        session.set(parent, [*rows, row] if isinstance(rows, list) else [row])
        return
    session.set(pointer, value)


def _is_last_of_plate(parent: str, rows: list[JSON], position: int, rest: tuple[str, ...]) -> bool:
    """Whether taking the member out leaves nothing of the last plate: a row that nobody could see any more."""
    row = rows[position]
    is_plates = parent.endswith("/licensePlates")
    return is_plates and position == len(rows) - 1 and isinstance(row, dict) and set(row) <= set(rest)
