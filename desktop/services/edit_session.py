"""One open trip: its document, what is wrong with it, undo, and saving by itself. No Qt."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desktop.clock import Clock
from desktop.domain.documents import JSON, JSONObject, Missing, get, insert, join, put, remove, split
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.views import ServerError
from desktop.tasks import TaskKeeper
from desktop.validation.facts import Facts
from desktop.validation.issue import CheckResult, Issue

log = logging.getLogger(__name__)

SAVE_AFTER_S = 0.1
RETRY_SAVE_AFTER_S = 2.0
MERGE_WITHIN = timedelta(seconds=2)

OnChange = Callable[[frozenset[str], bool], None]


class Check(Protocol):
    """What a session needs of the validation: one memoised check."""

    def check(self, document: JSON, facts: Facts) -> CheckResult:
        """Return what is wrong with the document."""
        ...


class Saves(Protocol):
    """Where a session puts its document."""

    async def __call__(self, session: EditSession, tail: Tail) -> int:
        """Save document, local facts and undo steps as they are now; return the new version."""
        ...


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


class EditSession:
    """A trip that is being edited; every editor on it is a view.

    Attributes:
        document: the immutable document as it stands.
        local: facts that are not on the wire (empty trip, override reasons).
        issues: what the last check found.
        saved_at: when the newest edit became durable; None while one is waiting.
        save_error: why the last save failed; the typing is kept and tried again.
    """

    def __init__(
        self,
        *,
        trip_id: str,
        regime: Regime,
        company: str,
        version: int,
        document: JSONObject,
        local: dict[str, JSON],
        save: Saves,
        checker: Check,
        facts: Callable[[EditSession], Facts],
        clock: Clock,
        keeper: TaskKeeper,
        server_errors: tuple[ServerError, ...] = (),
        steps: Sequence[Step] = (),
        position: int = 0,
    ) -> None:
        self.trip_id = trip_id
        self.regime = regime
        self.company = company
        self.version = version
        self.document: JSON = document
        self.local = local
        self.server_errors = server_errors
        self.saved_at: datetime | None = clock.now()
        self.save_error: DesktopError | None = None
        self._save = save
        self._checker = checker
        self._facts = facts
        self._clock = clock
        self._keeper = keeper
        self._done: list[Step] = list(steps[:position])
        self._undone: list[Step] = list(reversed(steps[position:]))
        self._steps_saved = len(steps)
        self._listeners: list[tuple[OnChange | None, Callable[[], None] | None, Callable[[], None] | None]] = []
        self._is_dirty = False
        self._timer: asyncio.TimerHandle | None = None
        self._saving: asyncio.Task[None] | None = None
        self._is_closed = False
        self.issues: tuple[Issue, ...] = ()
        self._check()

    # Reading

    def value(self, pointer: str) -> JSON | Missing:
        """Return what stands at `pointer`, or MISSING."""
        return get(self.document, pointer)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to bring again."""
        return bool(self._undone)

    @property
    def is_dirty(self) -> bool:
        """Whether an edit is not yet durable."""
        return self._is_dirty

    def subscribe(
        self,
        on_change: OnChange | None = None,
        on_checked: Callable[[], None] | None = None,
        on_saved: Callable[[], None] | None = None,
    ) -> Callable[[], None]:
        """Hear of edits (paths, and whether rows came or went), of checks, and of saves; returns the way out."""
        entry = (on_change, on_checked, on_saved)
        self._listeners.append(entry)

        def unsubscribe() -> None:
            if entry in self._listeners:
                self._listeners.remove(entry)

        return unsubscribe

    # Editing

    def set(self, pointer: str, value: JSON | Missing) -> None:
        """Put `value` at `pointer`; MISSING takes the member out, and the objects that this leaves empty."""
        if isinstance(value, Missing):
            pointer = self._outermost_emptied(pointer)
        else:
            pointer, value = self._through_plain_values(pointer, value)
        before = self.value(pointer)
        if before is value or (type(before) is type(value) and before == value):
            return
        self._apply(Step(pointer, before, value, pointer, self._clock.now(), is_typing=True), structure=False)

    def set_local(self, name: str, value: JSON) -> None:
        """Keep a fact that is not on the wire."""
        self.local = {**self.local, name: value}
        self._after_edit(frozenset(), structure=False)

    def insert(self, pointer: str, value: JSON) -> None:
        """Put a row into an array before the position `pointer` names (`-`: at the end)."""
        parent = join(*split(pointer)[:-1])
        before = self.value(parent)
        after = get(insert(self.document, pointer, value), parent)
        self._apply(Step(parent, before, after, pointer, self._clock.now(), is_typing=False), structure=True)

    def remove(self, pointer: str) -> None:
        """Take out a row or member; undo brings it back whole."""
        parent = join(*split(pointer)[:-1])
        before = self.value(parent)
        document = remove(self.document, pointer)
        if document is self.document:
            return
        after = get(document, parent)
        self._apply(Step(parent, before, after, pointer, self._clock.now(), is_typing=False), structure=True)

    def undo(self) -> str | None:
        """Take back the last edit; returns the path it was at, or None where there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._replace(step.path, step.before)
        return step.focus

    def redo(self) -> str | None:
        """Bring the last undone edit again; returns its path, or None where there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._replace(step.path, step.after)
        return step.focus

    def _outermost_emptied(self, pointer: str) -> str:
        steps = list(split(pointer))
        while len(steps) > 1:
            parent = self.value(join(*steps[:-1]))
            if not isinstance(parent, dict) or len(parent) > 1 or isinstance(self.value(join(*steps[:-2])), list):
                break
            steps.pop()
        return join(*steps)

    def _through_plain_values(self, pointer: str, value: JSON | Missing) -> tuple[str, JSON | Missing]:
        """Where a plain value bars the way (a bad import), the edit replaces it; undo brings it back."""
        steps = split(pointer)
        for depth in range(1, len(steps)):
            here = self.value(join(*steps[:depth]))
            if here is not None and not isinstance(here, (dict, list, Missing)):
                inner: JSON = {}
                return join(*steps[:depth]), put(inner, join(*steps[depth:]), value)
        return pointer, value

    def _apply(self, step: Step, *, structure: bool) -> None:
        last = self._done[-1] if self._done else None
        if (
            last is not None
            and step.is_typing
            and last.is_typing
            and last.path == step.path
            and timedelta() <= step.at - last.at <= MERGE_WITHIN
        ):
            self._steps_saved = min(self._steps_saved, len(self._done) - 1)
            self._done[-1] = Step(step.path, last.before, step.after, step.focus, step.at, is_typing=True)
        else:
            self._steps_saved = min(self._steps_saved, len(self._done))
            self._done.append(step)
        self._undone.clear()
        self._put(step.path, step.after)
        self._after_edit(frozenset((step.path,)), structure=structure)

    def _replace(self, path: str, value: JSON | Missing) -> None:
        self._put(path, value)
        self._after_edit(frozenset((path,)), structure=True)

    def _put(self, path: str, value: JSON | Missing) -> None:
        self.document = put(self.document, path, value)

    def _after_edit(self, paths: frozenset[str], *, structure: bool) -> None:
        self.server_errors = tuple(
            error
            for error in self.server_errors
            if not any(error.path == path or error.path.startswith(path + "/") for path in paths)
        )
        self._is_dirty = True
        self.saved_at = None
        self._schedule(SAVE_AFTER_S)
        for on_change, _, _ in tuple(self._listeners):
            if on_change is not None:
                on_change(paths, structure)
        self._check()

    # Checking

    def recheck(self) -> None:
        """Check again because a fact outside the document changed (the clock, history, the library)."""
        self._check()

    def show_server_errors(self, errors: tuple[ServerError, ...]) -> None:
        """Take over what the gateway or customs objected to."""
        self.server_errors = errors
        for _, on_checked, _ in tuple(self._listeners):
            if on_checked is not None:
                on_checked()

    def _check(self) -> None:
        self.issues = self._checker.check(self.document, self._facts(self)).issues
        for _, on_checked, _ in tuple(self._listeners):
            if on_checked is not None:
                on_checked()

    # Saving

    def _schedule(self, after_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(after_s, self._start_saving)

    def _start_saving(self) -> None:
        self._timer = None
        if self._saving is None or self._saving.done():
            self._saving = self._keeper.start(self._save_all(), name=f"save trip {self.trip_id}")

    async def _save_all(self) -> None:
        while self._is_dirty:
            self._is_dirty = False
            steps = (*self._done, *reversed(self._undone))
            saved, self._steps_saved = self._steps_saved, len(steps)
            try:
                self.version = await self._save(self, Tail(saved, steps[saved:], len(self._done)))
            except DesktopError as error:
                self._is_dirty = True
                self._steps_saved = min(saved, self._steps_saved)
                self.save_error = error
                log.warning("trip %s not saved: %s", self.trip_id, error.code)
                if not self._is_closed:
                    self._schedule(RETRY_SAVE_AFTER_S)
                break
            self.save_error = None
            if not self._is_dirty:
                self.saved_at = self._clock.now()
        for _, _, on_saved in tuple(self._listeners):
            if on_saved is not None:
                on_saved()

    async def flush(self) -> None:
        """Make everything typed so far durable now.

        Raises:
            DesktopError: it could not be written; the typing is still here and dirty.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._is_dirty or (self._saving is not None and not self._saving.done()):
            self._start_saving()
            if self._saving is not None:
                await asyncio.shield(self._saving)
            if self.save_error is not None:
                raise self.save_error

    async def close(self) -> None:
        """Save what is left and hear no more of it.

        Raises:
            DesktopError: the last edits could not be written; the session stays usable.
        """
        await self.flush()
        self._is_closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._listeners.clear()
