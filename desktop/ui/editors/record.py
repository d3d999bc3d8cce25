"""A library record that is being edited: the same manner as a trip's session, saved by itself. No Qt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from desktop.domain.documents import JSON, JSONObject, Missing, get, insert, is_object, put, remove
from desktop.domain.expiry import not_good_on
from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError
from desktop.services.views import LibraryRow, ServerError
from desktop.ui.desk import Desk
from desktop.validation import Checker
from desktop.validation.facts import Facts
from desktop.validation.issue import Issue, Severity

SAVE_AFTER_S = 0.1
_RETRY_AFTER_S = 2.0
_UNDO = 500
_MERGE_WITHIN = timedelta(seconds=2)
_CONFLICT = "store.conflict"

BASES: dict[str, str] = {
    "driver": "/drivers/*",
    "truck": "/truck",
    "trailer": "/trailers/*",
    "partner": "/shipments/*/shipper",
}
"""Where in a trip a record of each kind goes: what its fields and rules are named after."""


class Kept(NamedTuple):
    """What a record holds: the wire object, and the facts that no trip carries."""

    document: JSON
    local: JSONObject


class _Step(NamedTuple):
    """One undoable edit: the record before (or, taken back, after) it, the path it was at, and when it was made."""

    path: str
    kept: Kept
    at: datetime
    is_typing: bool


class RecordSession:
    """The document of one record, its local facts, and what a trip of either regime would find wrong with it.

    Attributes:
        kind: driver, truck, trailer or partner.
        row: the record as last saved; None until then.
        issues: what is wrong for either regime, each once.
        reasons: what stops it in a regime, with paths inside the record.
        saved_at: when the newest edit became durable.
        save_error: why the last save failed; what was typed is kept.
        clash: the record as somebody else saved it meanwhile, where both changed the same; until that is decided
            nothing is saved.
    """

    def __init__(self, desk: Desk, kind: str, row: LibraryRow | None, *, company: str = "", words: str = "") -> None:
        self.kind = kind
        self.row = row
        self.regime = Regime.ACE  # a library record has the richer shape: plates in a list, an address in the USA
        self.document: JSON = dict(row.document) if row is not None else _begun(kind, words)
        self.local: JSONObject = dict(row.local) if row is not None else {}
        self.issues: tuple[Issue, ...] = ()
        self.reasons: dict[Regime, tuple[Issue, ...]] = {}
        self.server_errors: tuple[ServerError, ...] = ()
        self.saved_at: datetime | None = None
        self.save_error: DesktopError | None = None
        self.clash: LibraryRow | None = None
        self._company = row.company if row is not None else company
        self._desk = desk
        self._checkers = {regime: Checker() for regime in Regime}
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._listeners: list[
            tuple[Callable[[frozenset[str], bool], None], Callable[[], None], Callable[[], None]]
        ] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_dirty = False
        self._saving = asyncio.Lock()
        self._check()

    @property
    def unfit(self) -> dict[Regime, int]:
        """How many things stop it in each regime."""
        return {regime: len(found) for regime, found in self.reasons.items()}

    @property
    def is_dirty(self) -> bool:
        """Whether an edit is not yet durable."""
        return self._is_dirty

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed in it here, be it taken back again."""
        return bool(self._done)

    def stop(self) -> None:
        """Save nothing more: the record is not wanted."""
        self._is_dirty = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def value(self, pointer: str) -> JSON | Missing:
        """Return what stands at `pointer`, or MISSING."""
        return get(self.document, pointer)

    def set(self, pointer: str, value: JSON | Missing) -> None:
        """Put a value; MISSING takes it out."""
        before = self.value(pointer)
        if type(before) is not type(value) or before != value:
            self._become(pointer, Kept(put(self.document, pointer, value), self.local), is_typing=True)

    def insert(self, pointer: str, value: JSON) -> None:
        """Put a row into an array."""
        self._become(pointer, Kept(insert(self.document, pointer, value), self.local), is_typing=False)

    def remove(self, pointer: str) -> None:
        """Take out a row."""
        self._become(pointer, Kept(remove(self.document, pointer), self.local), is_typing=False)

    def set_local(self, name: str, value: JSON) -> None:
        """Keep a fact that no trip carries: an expiry date, a partner's part."""
        if self.local.get(name) != value:
            self._become(f"local:{name}", Kept(self.document, {**self.local, name: value}), is_typing=True)

    def undo(self) -> str | None:
        """Take back the last edit; returns its path, or None where there is none."""
        return self._step(self._done, self._undone)

    def redo(self) -> str | None:
        """Bring it again; returns its path, or None where there is none."""
        return self._step(self._undone, self._done)

    def _step(self, source: list[_Step], target: list[_Step]) -> str | None:
        if not source:
            return None
        step = source.pop()
        target.append(step._replace(kept=Kept(self.document, self.local)))
        self.document, self.local = step.kept
        self._after_edit(frozenset((step.path,)), is_structure=True)
        return step.path

    def _become(self, path: str, kept: Kept, *, is_typing: bool) -> None:
        now = self._desk.clock.now()
        last = self._done[-1] if self._done else None
        goes_on = (
            is_typing
            and last is not None
            and last.is_typing
            and last.path == path
            and timedelta() <= now - last.at <= _MERGE_WITHIN
        )
        if last is not None and goes_on:
            self._done[-1] = last._replace(at=now)
        else:
            before = Kept(self.document, self.local)
            self._done = [*self._done[-_UNDO:], _Step(path, before, now, is_typing)]
        self._undone.clear()
        self.document, self.local = kept
        self._after_edit(frozenset((path,)), is_structure=not is_typing)

    def _after_edit(self, paths: frozenset[str], *, is_structure: bool) -> None:
        self._is_dirty = True
        self._schedule(SAVE_AFTER_S)
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
        is_on_the_wire = self.kind != "partner" or self.local.get("roles") != ["broker"]
        for regime in Regime:
            trip, at = _as_trip(self.kind, regime, self.document)
            checked = self._checkers[regime].check(trip, facts).issues if is_on_the_wire else ()
            own = [
                Issue(issue.path[len(at) :], issue.code, issue.severity, issue.variant, issue.params, issue.mend)
                for issue in checked
                if (issue.path == at or issue.path.startswith(at + "/")) and "/sealNumbers" not in issue.path
            ]
            self.reasons[regime] = tuple(issue for issue in own if issue.severity is Severity.ERROR)
            for issue in own:
                found.setdefault((_plates_alike(issue.path), issue.code), issue)
        self.issues = tuple(found.values())
        for _, on_checked, _ in tuple(self._listeners):
            on_checked()

    def expired(self) -> tuple[date, ...]:
        """Return the expiry dates that have passed."""
        today = self._desk.clock.now().astimezone().date()
        return tuple(paper.day for paper in not_good_on(self.local, today))

    # Saving

    def _schedule(self, after_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(after_s, self._start_saving)

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
            is_new = self.row is None and (is_wanted or bool(self.document))
            if self.clash is not None or not (self._is_dirty or (is_wanted and is_new)):
                return
            if not is_object(self.document) or (self.row is None and not is_new and not self.local):
                return
            try:
                while self._is_dirty or (is_wanted and self.row is None):
                    self._is_dirty = False
                    await self._save(self.document)
            except DesktopError as error:
                self._is_dirty = True
                self.save_error = error
                if self.clash is None:
                    self._schedule(_RETRY_AFTER_S)
            else:
                self.save_error = None
                self.saved_at = self._desk.clock.now()
        self._tell_saved()

    async def _save(self, document: JSONObject) -> None:
        try:
            self.row = await self._desk.library.save(
                self.kind,
                document,
                self.local,
                item_id=self.row.id if self.row else None,
                version=self.row.version if self.row else None,
                company=self._company or None,
                initiator=self,
            )
        except DesktopError as error:
            if error.code != _CONFLICT or self.row is None:
                raise
            await self._meet(await self._desk.library.item(self.row.id), error)

    async def _meet(self, theirs: LibraryRow, error: DesktopError) -> None:
        """Somebody else saved the record: what only they changed is taken over, what both changed is asked."""
        if self.row is None or not is_object(self.document):
            raise error
        document, clashes = _merged(self.row.document, theirs.document, self.document)
        local, local_clashes = _merged(self.row.local, theirs.local, self.local)
        if clashes or local_clashes:
            self.clash = theirs
            raise error
        self.row, self.document, self.local = theirs, document, local
        self._is_dirty = True
        self._tell_changed()

    def keep_mine(self) -> None:
        """Decide a clash: what is typed here stays, with what only the other changed."""
        if self.clash is not None and self.row is not None and is_object(self.document):
            theirs, self.clash = self.clash, None
            self.document = _merged(self.row.document, theirs.document, self.document)[0]
            self.local = _merged(self.row.local, theirs.local, self.local)[0]
            self.row = theirs
            self._after_edit(frozenset(), is_structure=True)

    def take_theirs(self) -> None:
        """Decide a clash: the other's record stands; undo brings back what was typed here."""
        if self.clash is not None:
            theirs, self.clash = self.clash, None
            self.row = theirs
            self._become("", Kept(dict(theirs.document), dict(theirs.local)), is_typing=False)

    def adopt(self, row: LibraryRow) -> None:
        """Show what was saved elsewhere, where nothing is waiting here; one undo step takes it back."""
        if self.row is None or self._is_dirty or self._saving.locked() or row.version <= self.row.version:
            return
        is_other = row.document != self.document or row.local != self.local
        self.row = row
        if is_other:
            before = Kept(self.document, self.local)
            self._done.append(_Step("", before, self._desk.clock.now(), is_typing=False))
            self._undone.clear()
            self.document, self.local = dict(row.document), dict(row.local)
            self._tell_changed()

    def _tell_changed(self) -> None:
        for on_change, _, _ in tuple(self._listeners):
            on_change(frozenset(), True)
        self._check()

    def _tell_saved(self) -> None:
        for _, _, on_saved in tuple(self._listeners):
            on_saved()


def _merged(base: JSONObject, theirs: JSONObject, mine: JSONObject) -> tuple[JSONObject, bool]:
    """Return both changes of one object, member by member, and whether both changed a member differently.

    Where they did, mine stands.
    """
    made: JSONObject = {}
    is_clashing = False
    for name in dict.fromkeys((*mine, *theirs, *base)):
        was, their, own = (one.get(name, _NOTHING) for one in (base, theirs, mine))
        chosen = their if own == was else own
        is_clashing = is_clashing or (own != was and their not in (was, own))
        if chosen is not _NOTHING:
            made[name] = chosen
    return made, is_clashing


_NOTHING: JSON = ["nothing stands here"]  # a value of its own: told by identity


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
