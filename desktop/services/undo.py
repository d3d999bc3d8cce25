"""The undoable edits of a trip, and what of them has yet to be saved: they outlive a restart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.documents import JSON, MISSING, Missing, get, is_object, join

MERGE_WITHIN = timedelta(seconds=2)
"""Typing in one field without a longer pause is one step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable edit: what stood at `path` before and after, and where the caret belongs."""

    path: str
    before: JSON | Missing
    after: JSON | Missing
    focus: str
    at: datetime
    is_typing: bool


@dataclass(frozen=True, slots=True)
class Tail:
    """What changed in the undo steps since the last save.

    Attributes:
        keep: how many of the saved steps stay.
        steps: those that follow them.
        position: how many of all steps are in force; the rest can be brought again.
    """

    keep: int
    steps: tuple[Step, ...]
    position: int


class UndoSteps:
    """The edits that are done, and those that were taken back and can be brought again."""

    def __init__(self, steps: Sequence[Step], position: int) -> None:
        self._done = list(steps[:position])
        self._undone = list(reversed(steps[position:]))
        self._saved = len(steps)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to bring again."""
        return bool(self._undone)

    def add(self, before: JSON, after: JSON, path: str, focus: str, at: datetime, *, is_typing: bool) -> None:
        """Note an edit that changed the document at `path`; it merges with the typing just before it."""
        last = self._done[-1] if self._done else None
        if (
            last is not None
            and is_typing
            and last.is_typing
            and last.focus == focus
            and (path == last.path or path.startswith(last.path + "/"))
            and timedelta() <= at - last.at <= MERGE_WITHIN
        ):
            self._saved = min(self._saved, len(self._done) - 1)
            self._done[-1] = Step(last.path, last.before, get(after, last.path), focus, at, is_typing=True)
        else:
            self._saved = min(self._saved, len(self._done))
            self._done.append(Step(path, get(before, path), get(after, path), focus, at, is_typing=is_typing))
        self._undone.clear()

    def undo(self) -> Step | None:
        """Return the edit to take back; None where there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """Return the edit to bring again; None where there is none."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def saving(self) -> Tail:
        """Return what has yet to be saved, as of now; it counts as saved unless `not_saved` says otherwise."""
        steps = (*self._done, *reversed(self._undone))
        saved, self._saved = self._saved, len(steps)
        return Tail(saved, steps[saved:], len(self._done))

    def not_saved(self, tail: Tail) -> None:
        """The save of `tail` failed: it has yet to be saved."""
        self._saved = min(tail.keep, self._saved)


def changed_at(path: str, before: JSON | Missing, after: JSON | Missing) -> frozenset[str]:
    """Return what differs when a value takes another's place: members of an object by themselves."""
    if not is_object(before) or not is_object(after):
        return frozenset((path,))
    names = [*before, *(name for name in after if name not in before)]
    differing = (name for name in names if not is_same(before.get(name, MISSING), after.get(name, MISSING)))
    return frozenset(path + join(name) for name in differing) or frozenset((path,))


def is_same(one: JSON | Missing, other: JSON | Missing) -> bool:
    """Tell whether two values are the same JSON; to Python, 1, 1.0 and true are equal."""
    if one is other:
        return True
    if type(one) is not type(other) or one != other:
        return False
    return not isinstance(one, (dict, list)) or json.dumps(one) == json.dumps(other)
