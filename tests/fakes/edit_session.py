"""A simple edit session on documents as values, for windows under test: no database, no rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from desktop.domain import documents
from desktop.domain.documents import JSON, MISSING, JSONObject, Missing
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.views import ServerError
from desktop.validation.issue import Issue, Severity

Check = Callable[[JSONObject], tuple[Issue, ...]]


def required_only(document: JSONObject) -> tuple[Issue, ...]:
    """Find the trip's missing basics."""
    port = "/usPortOfArrival" if document.get("data") == "ACE_TRIP" else "/portOfEntry"
    return tuple(
        Issue(path, "shape.missing", Severity.ERROR)
        for path in ("/tripNumber", port, "/estimatedArrivalDateTime", "/drivers/0", "/truck/number")
        if isinstance(documents.get(document, path), Missing)
    )


class FakeEditSession:
    """The contract's `EditSession` over one document in memory."""

    def __init__(
        self,
        trip_id: str,
        regime: Regime,
        document: JSONObject,
        *,
        company: str = "",
        local: dict[str, Any] | None = None,
        now: Callable[[], datetime] | None = None,
        check: Check = required_only,
        store: Callable[[FakeEditSession], None] = lambda _session: None,
    ) -> None:
        self.trip_id = trip_id
        self.regime = regime
        self.company = company
        self.document: JSONObject = document
        self.local: dict[str, Any] = dict(local or {})
        self.version = 1
        self.server_errors: tuple[ServerError, ...] = ()
        self.saved_at: datetime | None = None
        self.save_error: DesktopError | None = None
        self.set_aside: int | None = None
        self.taken_over: int | None = None
        self.is_dirty = False
        self.is_closed = False
        self._check = check
        self._store = store
        self._now = now
        self._undo: list[tuple[str, JSONObject]] = []
        self._redo: list[tuple[str, JSONObject]] = []
        self._listeners: list[
            tuple[Callable[[frozenset[str], bool], None], Callable[[], None], Callable[[], None]]
        ] = []
        self.issues = check(document)

    def value(self, pointer: str) -> JSON | Missing:
        return documents.get(self.document, pointer)

    def set(self, pointer: str, value: JSON | Missing) -> None:
        if self.value(pointer) == value and not isinstance(value, bool):
            return
        self._become(documents.put(self.document, pointer, value), pointer, is_structure=False)

    def set_local(self, name: str, value: Any) -> None:
        self.local[name] = value
        self._tell(frozenset(), False)

    def insert(self, pointer: str, value: JSON) -> None:
        self._become(documents.insert(self.document, pointer, value), pointer, is_structure=True)

    def remove(self, pointer: str) -> None:
        self._become(documents.remove(self.document, pointer), pointer, is_structure=True)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def undo(self) -> str | None:
        return self._step(self._undo, self._redo)

    def redo(self) -> str | None:
        return self._step(self._redo, self._undo)

    def _step(self, source: list[tuple[str, JSONObject]], target: list[tuple[str, JSONObject]]) -> str | None:
        if not source:
            return None
        pointer, document = source.pop()
        target.append((pointer, self.document))
        self._show(document, pointer, is_structure=True)
        return pointer

    def subscribe(
        self,
        on_change: Callable[[frozenset[str], bool], None] | None = None,
        on_checked: Callable[[], None] | None = None,
        on_saved: Callable[[], None] | None = None,
    ) -> Callable[[], None]:
        entry = (on_change or (lambda *_: None), on_checked or (lambda: None), on_saved or (lambda: None))
        self._listeners.append(entry)
        return lambda: self._listeners.remove(entry) if entry in self._listeners else None

    async def flush(self) -> None:
        self.version += 1
        self.saved_at = self._now() if self._now else None
        self._store(self)
        for _, _, on_saved in list(self._listeners):
            on_saved()

    async def close(self) -> None:
        await self.flush()
        self.is_closed = True

    def _become(self, document: JSON, pointer: str, *, is_structure: bool) -> None:
        assert isinstance(document, dict)
        self._undo.append((pointer, self.document))
        self._redo.clear()
        self._show(document, pointer, is_structure=is_structure)

    def _show(self, document: JSONObject, pointer: str, *, is_structure: bool) -> None:
        self.document = document
        self.issues = self._check(document)
        self._tell(frozenset({pointer}), is_structure)

    def _tell(self, paths: frozenset[str], is_structure: bool) -> None:
        for on_change, on_checked, _ in list(self._listeners):
            on_change(paths, is_structure)
            on_checked()


__all__ = ["MISSING", "FakeEditSession", "required_only"]
