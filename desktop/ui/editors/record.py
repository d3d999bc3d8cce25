"""A library record that is being edited: the same manner as a trip's session, saved by itself. No Qt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

from desktop.domain.documents import JSON, JSONObject, Missing, get, insert, is_object, put, remove
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.views import LibraryRow, ServerError
from desktop.ui.desk import Desk
from desktop.validation import Checker
from desktop.validation.facts import Facts
from desktop.validation.issue import Issue, Severity

SAVE_AFTER_S = 0.3
_UNDO = 200

BASES: dict[str, str] = {
    "driver": "/drivers/*",
    "truck": "/truck",
    "trailer": "/trailers/*",
    "partner": "/shipments/*/shipper",
}
"""Where in a trip a record of each kind goes: what its fields and rules are named after."""


class RecordSession:
    """The document of one record, its local facts, and what a trip of either regime would find wrong with it.

    Attributes:
        kind: driver, truck, trailer or partner.
        row: the record as last saved; None until then.
        issues: what is wrong for the regime that is stricter, each once.
        saved_at: when the newest edit became durable.
        save_error: why the last save failed; what was typed is kept.
    """

    def __init__(self, desk: Desk, kind: str, row: LibraryRow | None, *, company: str = "", words: str = "") -> None:
        self.kind = kind
        self.row = row
        self.regime = Regime.ACE  # a library record has the richer shape: plates in a list, an address in the USA
        self.document: JSON = dict(row.document) if row is not None else _begun(kind, words)
        self.local: JSONObject = dict(row.local) if row is not None else {}
        self.issues: tuple[Issue, ...] = ()
        self.server_errors: tuple[ServerError, ...] = ()
        self.saved_at: datetime | None = None
        self.save_error: DesktopError | None = None
        self.unfit: dict[Regime, int] = {}
        self._company = company
        self._desk = desk
        self._checkers = {regime: Checker() for regime in Regime}
        self._done: list[tuple[str, JSON]] = []
        self._undone: list[tuple[str, JSON]] = []
        self._listeners: list[
            tuple[Callable[[frozenset[str], bool], None], Callable[[], None], Callable[[], None]]
        ] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_dirty = False
        self._saving = asyncio.Lock()
        self._check()

    def value(self, pointer: str) -> JSON | Missing:
        """Return what stands at `pointer`, or MISSING."""
        return get(self.document, pointer)

    def set(self, pointer: str, value: JSON | Missing) -> None:
        """Put a value; MISSING takes it out."""
        before = self.value(pointer)
        if type(before) is not type(value) or before != value:
            self._become(pointer, put(self.document, pointer, value), is_structure=False)

    def insert(self, pointer: str, value: JSON) -> None:
        """Put a row into an array."""
        self._become(pointer, insert(self.document, pointer, value), is_structure=True)

    def remove(self, pointer: str) -> None:
        """Take out a row."""
        self._become(pointer, remove(self.document, pointer), is_structure=True)

    def set_local(self, name: str, value: JSON) -> None:
        """Keep a fact that no trip carries: an expiry date, a partner's part."""
        self.local = {**self.local, name: value}
        self._after_edit(frozenset(), is_structure=False)

    def undo(self) -> str | None:
        """Take back the last edit; returns its path."""
        return self._step(self._done, self._undone)

    def redo(self) -> str | None:
        """Bring it again; returns its path."""
        return self._step(self._undone, self._done)

    def _step(self, source: list[tuple[str, JSON]], target: list[tuple[str, JSON]]) -> str | None:
        if not source:
            return None
        pointer, document = source.pop()
        target.append((pointer, self.document))
        self.document = document
        self._after_edit(frozenset((pointer,)), is_structure=True)
        return pointer

    def _become(self, pointer: str, document: JSON, *, is_structure: bool) -> None:
        if not (self._done and self._done[-1][0] == pointer and not is_structure):
            self._done = [*self._done[-_UNDO:], (pointer, self.document)]
        self._undone.clear()
        self.document = document
        self._after_edit(frozenset((pointer,)), is_structure=is_structure)

    def _after_edit(self, paths: frozenset[str], *, is_structure: bool) -> None:
        self._is_dirty = True
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(SAVE_AFTER_S, self._start_saving)
        for on_change, _, _ in tuple(self._listeners):
            on_change(paths, is_structure)
        self._check()

    def subscribe(
        self,
        on_change: Callable[[frozenset[str], bool], None],
        on_checked: Callable[[], None],
        on_saved: Callable[[], None],
    ) -> Callable[[], None]:
        """Hear of edits, checks and saves; returns the way out."""
        entry = (on_change, on_checked, on_saved)
        self._listeners.append(entry)
        return lambda: self._listeners.remove(entry) if entry in self._listeners else None

    def _check(self) -> None:
        found: dict[tuple[str, str], Issue] = {}
        facts = Facts(now=self._desk.clock.now())
        for regime in Regime:
            trip, at = _as_trip(self.kind, regime, self.document)
            checked = self._checkers[regime].check(trip, facts).issues
            own = [issue for issue in checked if issue.path == at or issue.path.startswith(at + "/")]
            self.unfit[regime] = sum(issue.severity is Severity.ERROR for issue in own)
            for issue in own:
                inside = issue.path[len(at) :]
                if "/sealNumbers" not in inside:  # a seal belongs to a trip
                    made = Issue(inside, issue.code, issue.severity, issue.variant, issue.params, issue.mend)
                    found.setdefault((_plates_alike(inside), issue.code), made)
        self.issues = tuple(found.values())
        for _, on_checked, _ in tuple(self._listeners):
            on_checked()

    def expired(self) -> tuple[date, ...]:
        """Return the expiry dates that have passed."""
        expiries = self.local.get("expiries")
        days = expiries.values() if is_object(expiries) else ()
        today = self._desk.clock.now().astimezone().date()
        found = []
        for day in days:
            try:
                read = date.fromisoformat(day) if isinstance(day, str) else today
            except ValueError:
                continue
            if read < today:
                found.append(read)
        return tuple(sorted(found))

    # Saving

    def _start_saving(self) -> None:
        self._timer = None
        self._desk.keeper.start(self.flush(), name=f"save {self.kind}")

    async def flush(self, *, is_wanted: bool = False) -> None:
        """Save what is not yet durable; what cannot be saved stays typed.

        Args:
            is_wanted: save a new record also where nothing was changed in it.
        """
        async with self._saving:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            is_new = self.row is None and is_wanted
            if not (self._is_dirty or is_new) or not is_object(self.document):
                return
            self._is_dirty = False
            try:
                self.row = await self._desk.library.save(
                    self.kind,
                    self.document,
                    self.local,
                    item_id=self.row.id if self.row else None,
                    version=self.row.version if self.row else None,
                    company=self._company or None,
                    initiator=self,
                )
            except DesktopError as error:
                self._is_dirty = True
                self.save_error = error
            else:
                self.save_error = None
                self.saved_at = self._desk.clock.now()
        for _, _, on_saved in tuple(self._listeners):
            on_saved()


def _begun(kind: str, words: str) -> JSONObject:
    """Return a new record of what was typed: a name for people and partners, a number for units."""
    if not words:
        return {}
    if kind == "partner":
        return {"name": words}
    if kind == "driver":
        first, _, last = words.rpartition(" ")
        return {"firstName": first, "lastName": last} if first else {"driverNumber": words}
    return {"number": words}


def _as_trip(kind: str, regime: Regime, document: JSON) -> tuple[JSONObject, str]:
    """Return a trip that has the record in its place, and the pointer to it, for the rules to judge."""
    from desktop.services.library import wire_object

    own: JSON = wire_object(kind, document, regime) if is_object(document) else document
    trip: JSONObject = {"data": f"{regime}_TRIP"}
    if kind == "driver":
        return {**trip, "drivers": [own]}, "/drivers/0"
    if kind == "truck":
        return {**trip, "truck": own}, "/truck"
    if kind == "trailer":
        return {**trip, "trailers": [own]}, "/trailers/0"
    return {**trip, "shipments": [{"data": f"{regime}_SHIPMENT", "shipper": own}]}, "/shipments/0/shipper"


def _plates_alike(path: str) -> str:
    return path.replace("/licensePlates/0", "/licensePlate")
