"""One open trip: its document, what is wrong with it, undo, and saving by itself. No Qt."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from desktop.clock import Clock
from desktop.domain.copying import local_after
from desktop.domain.documents import (
    JSON,
    MISSING,
    JSONObject,
    Missing,
    get,
    insert,
    join,
    put,
    remove,
    split,
)
from desktop.domain.lifecycle import Regime
from desktop.errors import Bug, DesktopError
from desktop.services.answered import still_open, with_answered
from desktop.services.undo import Step, Tail, UndoSteps, changed_at, is_same
from desktop.services.views import ServerError
from desktop.tasks import TaskKeeper
from desktop.validation.facts import Facts
from desktop.validation.issue import CheckResult, Issue

log = logging.getLogger(__name__)

SAVE_AFTER_S = 0.06  # with the commit, what was typed is durable 100 ms after the last key
SAVE_AT_LATEST_S = 0.5  # typing without a pause is saved all the same
RETRY_SAVE_AFTER_S = 2.0

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


class EditSession:
    """A trip that is being edited; every editor on it is a view.

    Attributes:
        document: the immutable document as it stands.
        local: facts that are not on the wire (empty trip, override reasons).
        issues: what the last check found.
        saved_at: when the newest edit became durable; None while one is waiting.
        save_error: why the last save failed; the typing is kept and tried again.
        set_aside: the newest version saved elsewhere (an import, a command) that what is typed here went on top of.
        taken_over: the newest version saved elsewhere that took the place of what stood here.
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
        closed: Callable[[EditSession], None] = lambda _: None,
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
        self.set_aside: int | None = None
        self.taken_over: int | None = None
        self._save = save
        self._checker = checker
        self._facts = facts
        self._clock = clock
        self._keeper = keeper
        self._closed = closed
        self._steps = UndoSteps(steps, position)
        self._listeners: list[tuple[OnChange | None, Callable[[], None] | None, Callable[[], None] | None]] = []
        self._is_dirty = False
        self._dirty_since = 0.0
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
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to bring again."""
        return self._steps.can_redo

    @property
    def is_dirty(self) -> bool:
        """Whether an edit is not yet durable."""
        return self._is_dirty

    @property
    def is_busy(self) -> bool:
        """Whether an edit waits to be saved or is being saved."""
        return self._is_dirty or (self._saving is not None and not self._saving.done())

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
        """Put `value` at `pointer`; MISSING takes the member out, and the objects that this leaves empty.

        What bars the way (nothing, null, or a plain value of a bad import) is replaced; undo brings it back.
        """
        pointer = self._resolved(pointer)
        before = self.value(pointer)
        if isinstance(value, Missing):
            if isinstance(before, Missing):
                return
            gone = self._outermost_emptied(pointer)
            document = put(self.document, gone, MISSING)
            path = _parent(gone)
        else:
            if is_same(before, value):
                return
            path = self._barred_at(pointer)
            document = put(self._cleared(path, pointer), pointer, value)
        self._apply(document, path, pointer, is_typing=True)

    def set_local(self, name: str, value: JSON) -> None:
        """Keep a fact that is not on the wire."""
        self.local = {**self.local, name: value}
        self._after_edit(frozenset(), structure=False)

    def insert(self, pointer: str, value: JSON) -> None:
        """Put a row into an array before the position `pointer` names (`-`: at the end)."""
        pointer = self._resolved(pointer)
        parent = join(*split(pointer)[:-1])
        path = self._barred_at(parent)
        document = self.document
        if not isinstance(self.value(parent), list):
            document = put(self._cleared(path, parent), parent, [])
            pointer = join(*split(parent), 0)
        self._apply(insert(document, pointer, value), path, pointer, is_typing=False)

    def remove(self, pointer: str) -> None:
        """Take out a row or member; undo brings it back whole."""
        document = remove(self.document, pointer)
        if document is self.document:
            return
        self._apply(document, _parent(pointer), pointer, is_typing=False)

    def adopt(self, document: JSONObject, local: dict[str, JSON], version: int) -> None:
        """Take over what was saved elsewhere (an import, a command); one undo step takes it back."""
        self.version, self.local = version, local
        if not is_same(self.document, document):
            self.taken_over = version
            self._apply(document, "", "", is_typing=False)

    def undo(self) -> str | None:
        """Take back the last edit; returns the path it was at, or None where there is none."""
        step = self._steps.undo()
        if step is None:
            return None
        self._replace(step.path, step.before)
        return step.focus

    def redo(self) -> str | None:
        """Bring the last undone edit again; returns its path, or None where there is none."""
        step = self._steps.redo()
        if step is None:
            return None
        self._replace(step.path, step.after)
        return step.focus

    def _resolved(self, pointer: str) -> str:
        """Return the pointer with numbers for the `-` of arrays' ends, so that undo knows the places."""
        found: list[str | int] = []
        for step in split(pointer):
            here = self.value(join(*found)) if step == "-" else None
            found.append(step if step != "-" else len(here) if isinstance(here, list) else 0)
        return join(*found)

    def _outermost_emptied(self, pointer: str) -> str:
        steps = list(split(pointer))
        while len(steps) > 1:
            parent = self.value(join(*steps[:-1]))
            if not isinstance(parent, dict) or len(parent) > 1 or isinstance(self.value(join(*steps[:-2])), list):
                break
            steps.pop()
        return join(*steps)

    def _barred_at(self, pointer: str) -> str:
        """Return the first place on the way to `pointer` that does not lead on; `pointer` where all of it does."""
        steps = split(pointer)
        for depth in range(1, len(steps)):
            here = self.value(join(*steps[:depth]))
            is_row = isinstance(here, list) and steps[depth].isdecimal()
            if not isinstance(here, dict) and not is_row:
                return join(*steps[:depth])
        return pointer

    def _cleared(self, path: str, pointer: str) -> JSON:
        """Return the document with the way to `pointer` free at `path`."""
        is_barred = path != pointer and not isinstance(self.value(path), Missing)
        return put(self.document, path, {}) if is_barred else self.document

    def _apply(self, document: JSON, path: str, focus: str, *, is_typing: bool) -> None:
        self._steps.add(self.document, document, path, focus, self._clock.now(), is_typing=is_typing)
        changed = changed_at(path, self.value(path), get(document, path))
        self._become(document)
        self._after_edit(changed, structure=not is_typing)

    def _replace(self, path: str, value: JSON | Missing) -> None:
        changed = changed_at(path, self.value(path), value)
        self._become(put(self.document, path, value))
        self._after_edit(changed, structure=True)

    def _become(self, document: JSON) -> None:
        """Take over a new document: what changed need not be confirmed any more, and marks follow their rows."""
        self.local = local_after(self.local, self.document, document)
        self.document = document

    def _after_edit(self, paths: frozenset[str], *, structure: bool) -> None:
        gone = [error for error in self.server_errors if any(_touches(path, error.path) for path in paths)]
        if gone:
            self.server_errors = tuple(error for error in self.server_errors if error not in gone)
            self.local = with_answered(self.local, gone)
        now = asyncio.get_running_loop().time()
        if not self._is_dirty:
            self._dirty_since = now
        self._is_dirty = True
        self.saved_at = None
        self._schedule(min(SAVE_AFTER_S, max(0.0, self._dirty_since + SAVE_AT_LATEST_S - now)))
        for on_change, _, _ in tuple(self._listeners):
            if on_change is not None:
                on_change(paths, structure)
        self._check()

    # Checking

    def recheck(self) -> None:
        """Check again because a fact outside the document changed (the clock, history, the library)."""
        self._check()

    def show_server_errors(self, errors: tuple[ServerError, ...]) -> None:
        """Take over what the gateway or customs objected to, but for what an edit has answered since."""
        self.server_errors = still_open(errors, self.local)
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
            tail = self._steps.saving()
            try:
                self.version = await self._save(self, tail)
            except BaseException as error:
                self._is_dirty = True  # whatever it was, the typing is not on the disk yet
                self._steps.not_saved(tail)
                if not isinstance(error, DesktopError) or isinstance(error, Bug):
                    raise
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
        self._closed(self)


def _parent(pointer: str) -> str:
    """Return where the step of a removal is kept: the whole parent, so that undo brings its order back too."""
    return join(*split(pointer)[:-1])


def _touches(path: str, objected: str) -> bool:
    """Tell whether an edit changes what is objected to; an objection to the whole trip stays until it is sent."""
    return objected != "" and (f"{objected}/".startswith(f"{path}/") or path.startswith(f"{objected}/"))
