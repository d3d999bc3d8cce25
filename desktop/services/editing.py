"""Opens trips for editing: one session for each open trip, however many editors look at it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from desktop.clock import Clock
from desktop.domain.documents import is_object
from desktop.domain.shipment import control_numbers
from desktop.errors import Bug, UsageError
from desktop.services.belonging import link_again
from desktop.services.changes import Changes
from desktop.services.edit_session import Check, EditSession
from desktop.services.facts import FactsSource, Known
from desktop.services.importing import eta_of
from desktop.services.server_errors import ServerErrors
from desktop.services.undo import Step, Tail
from desktop.services.views import Changed, Subject
from desktop.store import Conflict, Store
from desktop.store.records import Trip, UndoStep, UndoTail
from desktop.tasks import TaskKeeper
from desktop.validation.facts import Facts

_TICK = timedelta(microseconds=1)


class Editing:
    """The open trips."""

    def __init__(
        self,
        store: Store,
        facts: FactsSource,
        server_errors: ServerErrors,
        changes: Changes,
        clock: Clock,
        keeper: TaskKeeper,
    ) -> None:
        self._store = store
        self._facts = facts
        self._server_errors = server_errors
        self._changes = changes
        self._clock = clock
        self._keeper = keeper
        self._sessions: dict[str, EditSession] = {}
        self._known: dict[str, Known] = {}
        self._shown: dict[str, datetime] = {}  # newest objection each session was given; mended ones stay away
        self._linked: dict[str, tuple[str, ...]] = {}  # the numbers earlier messages were last looked up by
        self._stale: set[str] = set()
        self._refreshing: asyncio.Task[None] | None = None
        changes.subscribe(self._on_change)

    def is_open(self, trip_id: str) -> bool:
        """Tell whether somebody has the trip open."""
        return trip_id in self._sessions

    async def open(self, trip_id: str) -> EditSession:
        """Open a stored trip with its undo steps; a trip that is open already gives the same session.

        Raises:
            NotFound: there is no such trip.
        """
        if trip_id in self._sessions:
            return self._sessions[trip_id]
        trip = await self._store.trips.get(trip_id)
        steps = await self._store.trips.undo_steps(trip_id)
        self._known[trip_id] = await self._facts.known(trip.company, trip.regime, without_trip=trip_id)
        self._linked[trip_id] = _numbers(trip)
        errors = await self._server_errors.of(trip)
        if trip_id in self._sessions:  # opened by somebody else meanwhile
            return self._sessions[trip_id]
        from desktop.validation import Checker

        session = self._session(trip, steps, Checker())
        session.show_server_errors(errors)
        if errors:
            self._shown[trip_id] = max(error.at for error in errors)
        self._sessions[trip_id] = session
        return session

    def _session(self, trip: Trip, steps: list[UndoStep], checker: Check) -> EditSession:
        return EditSession(
            trip_id=trip.id,
            regime=trip.regime,
            company=trip.company,
            version=trip.version,
            document=trip.document,
            local=trip.local,
            save=self._save,
            checker=checker,
            facts=self._facts_now,
            clock=self._clock,
            keeper=self._keeper,
            steps=[Step(step.path, step.before, step.after, step.path, step.at, is_typing=False) for step in steps],
            position=trip.undo_position,
            closed=self._forget,
        )

    def _facts_now(self, session: EditSession) -> Facts:
        return self._known[session.trip_id].at(self._clock.now(), session.local)

    async def _save(self, session: EditSession, tail: Tail) -> int:
        document = session.document
        if not is_object(document):
            raise Bug("a trip's document is an object")
        while True:
            try:
                saved = await self._store.trips.save(
                    session.trip_id,
                    document,
                    session.local,
                    version=session.version,
                    eta_utc=eta_of(session.regime, document, session.local),
                    undo=UndoTail(
                        tail.keep,
                        [UndoStep(step.path, step.before, step.after, step.at) for step in tail.steps],
                        tail.position,
                    ),
                )
            except Conflict:
                # An import came in between. What is typed here goes on top; the other stays among the versions.
                other = await self._store.trips.freeze_version(session.trip_id)
                session.version = session.set_aside = other.version  # one that comes after it is met the same way
            else:
                break
        numbers = _numbers(saved)
        if self._linked.get(saved.id) != numbers:
            await self._link_again(saved, self._linked.get(saved.id, ()))
            self._linked[saved.id] = numbers
        self._changes.announce(Subject.TRIP, [session.trip_id], initiator=session)
        return saved.version

    async def _link_again(self, trip: Trip, earlier: tuple[str, ...] = ()) -> None:
        """Find what messages belong to now that a trip's numbers changed; tell of trips that won or lost some."""
        concerned = await link_again(self._store, trip, earlier)
        if concerned:
            self._changes.announce(Subject.TRIP, concerned)
            self._changes.announce(Subject.INBOX)

    async def delete(self, trip_id: str) -> None:
        """Take a trip out of the lists; `undelete` brings it back as it was.

        What waits in the outbox for it does not go out any more: nobody would see it go, or what customs says to it.
        """
        from desktop.services.outgoing import Outgoing  # on use: a start sends nothing

        await self.release(trip_id)
        await self._store.trips.delete(trip_id)
        await Outgoing(self._store, self._clock).overtake(await self._store.outbox.for_trip(trip_id))
        await self._link_again(await self._store.trips.get(trip_id))
        self._changes.announce(Subject.TRIP, [trip_id])

    async def undelete(self, trip_id: str) -> None:
        """Bring a deleted trip back."""
        await self._store.trips.undelete(trip_id)
        await self._link_again(await self._store.trips.get(trip_id))
        self._changes.announce(Subject.TRIP, [trip_id])

    async def take_other(self, trip_id: str) -> None:
        """Take what was saved elsewhere in place of what was typed here meanwhile; one undo step brings that back."""
        session = self._sessions.get(trip_id)
        if session is not None and session.set_aside is not None:
            other = await self._store.trips.version(trip_id, session.set_aside)
            session.adopt(other.document, other.local, session.version)
            session.taken_over = None  # nobody else did it

    def _forget(self, session: EditSession) -> None:
        if self._sessions.get(session.trip_id) is session:
            for kept in (self._sessions, self._known, self._shown, self._linked):
                kept.pop(session.trip_id, None)

    async def release(self, trip_id: str) -> None:
        """The last editor of a trip closed: save what is left; the session says that it can be forgotten."""
        session = self._sessions.get(trip_id)
        if session is not None:
            await session.close()

    async def give_to(self, trip_id: str, company: str) -> EditSession:
        """Make a trip a company's; only one that is nobody's yet may change hands.

        Raises:
            UsageError: it is another company's already.
        """
        await self.release(trip_id)
        trip = await self._store.trips.get(trip_id)
        if trip.company not in {"", company}:
            raise UsageError("import.other_carrier", number=trip.number)
        await self._store.companies.by_id(company)
        saved = await self._store.trips.save(
            trip_id, trip.document, trip.local, version=trip.version, eta_utc=trip.eta_utc, company=company
        )
        await self._link_again(saved)
        self._changes.announce(Subject.TRIP, [trip_id])
        return await self.open(trip_id)

    async def flush(self, trip_id: str | None = None) -> None:
        """Make everything typed durable: of one trip, or of all that are open.

        Raises:
            DesktopError: it could not be written; the typing is still there.
        """
        for session in tuple(self._sessions.values()):
            if trip_id in {None, session.trip_id}:
                await session.flush()

    def _on_change(self, changed: Changed) -> None:
        """Facts change with other trips, the library and what arrives; open sessions check again with them."""
        others = {session.trip_id for session in self._sessions.values() if changed.initiator is not session}
        if changed.subject is Subject.TRIP:
            others &= changed.ids
        elif changed.subject not in {Subject.LIBRARY, Subject.COMPANY, Subject.INBOX}:
            return
        self._stale |= others
        if self._stale and (self._refreshing is None or self._refreshing.done()):
            self._refreshing = self._keeper.start(self._refresh(), name="refresh facts of open trips")

    async def _refresh(self) -> None:
        """Bring open sessions up to date, however many changes came meanwhile."""
        while self._stale:
            trip_id = self._stale.pop()
            if trip_id not in self._sessions:
                continue
            trip = await self._store.trips.get(trip_id)
            known = await self._facts.known(trip.company, trip.regime, without_trip=trip_id)
            errors = await self._server_errors.of(trip)
            session = self._sessions.get(trip_id)
            if session is None:  # closed meanwhile
                continue
            self._known[trip_id] = known
            fresh = [error for error in errors if error.at > self._shown.get(trip_id, error.at - _TICK)]
            if fresh:
                self._shown[trip_id] = max(error.at for error in fresh)
                session.show_server_errors(errors)
            if trip.version > session.version and not session.is_busy:
                session.adopt(trip.document, trip.local, trip.version)
            session.recheck()


def _numbers(trip: Trip) -> tuple[str, ...]:
    return (trip.company, trip.number, *control_numbers(trip.document))
