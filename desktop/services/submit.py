"""Sends a trip: checks it, plans the messages, freezes them, and hands them to the courier."""

from __future__ import annotations

from collections.abc import Callable

from desktop.clock import Clock
from desktop.crossing.fold import Crossing
from desktop.delivery.planner import Plan, Sent, plan
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Customs, OutboxState, Outcome, Regime
from desktop.errors import NotFound, UsageError
from desktop.services.belonging import trip_of_number
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.editing import Editing
from desktop.services.facts import FactsSource
from desktop.services.importing import SHIPMENTS, TRIPS, Importing, type_of
from desktop.services.leaving_out import left_out_lines
from desktop.services.outgoing import WAITING, Outgoing
from desktop.services.standing import TAKEN, delivery_of, may_be_out
from desktop.services.views import SendLine, SendPreview, SendResult, Subject
from desktop.services.waiting import Waiting
from desktop.store import Store
from desktop.store.records import Company, OutboxRow, Trip
from desktop.texts import text
from desktop.validation.issue import CheckResult, Severity

S = OutboxState
REQUESTS = {"ACE_SEND_REQUEST": Regime.ACE, "ACI_SEND_REQUEST": Regime.ACI, "RNS_SEND_REQUEST": Regime.ACI}
_HELD = "delivery.blocked.held"
_DOUBT = frozenset({S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT})


class Submit:
    """The one way out of the program."""

    def __init__(
        self,
        store: Store,
        facts: FactsSource,
        border: Border,
        importing: Importing,
        editing: Editing,
        outgoing: Outgoing,
        waiting: Waiting,
        changes: Changes,
        clock: Clock,
        kick: Callable[[], None],
        queued: Callable[[Trip], object] = lambda _: None,
    ) -> None:
        self._store = store
        self._facts = facts
        self._border = border
        self._importing = importing
        self._editing = editing
        self._outgoing = outgoing
        self._waiting = waiting
        self._changes = changes
        self._clock = clock
        self._kick = kick
        self._queued = queued

    async def preview(self, trip_id: str, *, hold: bool = False) -> SendPreview:
        """Return what Send would do with a trip, before the first byte."""
        await self._editing.flush(trip_id)
        trip = await self._store.trips.get(trip_id)
        found = await self._check(trip)
        planned, _ = await self._plan(trip, await self._store.outbox.for_trip(trip.id), hold=hold)
        blocked = text(planned.blocked) if planned.blocked else ""
        if not trip.company:
            blocked = text("send.no_company")
        return SendPreview(
            trip=trip.number,
            lines=tuple(SendLine(one.data, text(one.text_key)) for one in planned.steps),
            consequences=(*(text(key) for key in planned.consequences), *left_out_lines(trip.document, trip.regime)),
            errors=sum(issue.severity is Severity.ERROR for issue in found.issues),
            warnings=sum(issue.severity is Severity.WARNING for issue in found.issues),
            blocked=blocked,
        )

    async def send(
        self, trip_id: str, *, hold: bool = False, initiator: object | None = None, wait_s: float | None = None
    ) -> SendResult:
        """Put a trip into the outbox: upload, then (without `hold`) the request to file it.

        Returns when the rows are durable, or with `wait_s` when customs (with `hold`: the gateway) has answered.
        """
        await self._editing.flush(trip_id)
        trip = await self._store.trips.get(trip_id)
        if not trip.company:
            return _not_ready(trip.number, (("", text("send.no_company")),))
        company = await self._store.companies.by_id(trip.company)
        found = await self._check(trip)
        warnings = _sentences(found, Severity.WARNING)
        if not found.is_ready:
            customs = (await self._border.of_trip(trip)).customs
            return _not_ready(trip.number, _sentences(found, Severity.ERROR), warnings, customs)
        rows = await self._store.outbox.for_trip(trip.id)
        planned, crossing = await self._plan(trip, rows, hold=hold)
        waiting = [row for row in rows if row.state in WAITING]
        if not planned.blocked and not _is_plan(waiting, planned, trip):
            await self._outgoing.overtake(waiting)
            # one that was claimed meanwhile is on its way, and the plan says so now
            planned, crossing = await self._plan(trip, await self._store.outbox.for_trip(trip.id), hold=hold)
            waiting = [] if planned.blocked else await self._outgoing.plan(trip, company, planned.steps)
            if waiting:
                self._queued(trip)
        elif not planned.blocked:
            await self._outgoing.release(waiting)
        if planned.blocked:
            return _blocked(trip.number, planned.blocked, crossing.customs, warnings)
        self._changes.announce(Subject.TRIP, [trip.id], initiator)
        self._kick()
        result = await self._waiting.result(waiting, trip, trip.number, wait_s)
        return _with_warnings(result, warnings)

    async def send_message(
        self, message: JSON, company: Company, *, hold: bool = False, wait_s: float | None = None
    ) -> SendResult:
        """Send one message of a file once, as the file has it; nothing is transmitted that it does not ask for."""
        data = type_of(message)
        name = _name_of(message)
        from desktop.validation import check

        found = check(
            message, await self._facts.for_check(company, without_trip=await self._own_trip(message, company))
        )
        warnings = _sentences(found, Severity.WARNING)
        if await self._store.holding.state() is not None:
            return _blocked(name, _HELD, await self._customs_of(message, company), warnings)
        pending = await self._pending_same(message, company, hold=hold)
        if pending is not None:
            await self._outgoing.release(pending[0])
            self._kick()
            return _with_warnings(await self._waiting.result(*pending, name, wait_s), warnings)
        if not found.is_ready or not is_object(message):
            customs = await self._customs_of(message, company)
            return _not_ready(name, _sentences(found, Severity.ERROR), warnings, customs)
        auto_send = message.get("autoSend") is True and not hold
        trip: Trip | None = None
        if data in TRIPS:
            trip, _ = await self._importing.trip(message, company)
            rows = await self._outgoing.trip_as_written(trip, company, message, auto_send=auto_send)
        elif data in SHIPMENTS:
            shipment = await self._importing.shipment(message, company)
            rows = await self._outgoing.alone(
                message,
                company,
                shipment.regime,
                shipment.number,
                trip=None,
                shipment=shipment.number,
                auto_send=auto_send,
            )
        elif data in REQUESTS:
            if hold:
                return _not_ready(name, (("", text("send.request_held")),), warnings)
            trip = await self._trip_named(message, company, REQUESTS[data])
            if trip is not None and await self._is_in_doubt(trip):
                customs = (await self._border.of_trip(trip)).customs
                return _blocked(name, "delivery.blocked.not_sure", customs, warnings)
            rows = await self._outgoing.alone(message, company, REQUESTS[data], name, trip=trip)
        else:
            return _not_ready(name, (("/data", text("send.not_outgoing", data=data)),), warnings)
        self._changes.announce(Subject.TRIP, [] if trip is None else [trip.id])
        self._kick()
        return _with_warnings(await self._waiting.result(rows, trip, name, wait_s), warnings)

    async def _pending_same(
        self, message: JSON, company: Company, *, hold: bool
    ) -> tuple[list[OutboxRow], Trip] | None:
        """Return the rows of a trip message that is queued and never went out, where this is the very same again."""
        if not is_object(message) or type_of(message) not in TRIPS:
            return None
        for trip in await self._store.trips.by_number(_name_of(message), regime=TRIPS[str(message["data"])]):
            rows = await self._store.outbox.for_trip(trip.id)
            if trip.company == company.id and trip.document == message and rows:
                newest = [row for row in rows if row.plan == rows[-1].plan]
                if all(row.state in WAITING for row in newest) and not any(row.auto_send and hold for row in newest):
                    return newest, trip
        return None

    async def _own_trip(self, message: JSON, company: Company) -> str:
        """Return the trip whose use of its own numbers is no objection: one being changed, or that never went out."""
        if not is_object(message) or type_of(message) not in TRIPS:
            return ""
        trip = await trip_of_number(self._store, company.id, TRIPS[str(message["data"])], _name_of(message))
        if trip is None:
            return ""
        rows = await self._store.outbox.for_trip(trip.id)
        return "" if message.get("operation") != "UPDATE" and any(may_be_out(row) for row in rows) else trip.id

    async def _customs_of(self, message: JSON, company: Company) -> Customs:
        """Return how far the trip a message names has got, whatever becomes of the message."""
        regime = {**TRIPS, **REQUESTS}.get(type_of(message))
        if not is_object(message) or regime is None:
            return Customs.NONE
        trip = await self._trip_named(message, company, regime)
        return Customs.NONE if trip is None else (await self._border.of_trip(trip)).customs

    async def _is_in_doubt(self, trip: Trip) -> bool:
        """Tell whether an attempt for the trip may or may not have arrived: nothing more goes out for it then."""
        return any(row.state in _DOUBT for row in await self._store.outbox.for_trip(trip.id))

    async def _trip_named(self, message: JSONObject, company: Company, regime: Regime) -> Trip | None:
        number = message.get("tripNumber")
        if not isinstance(number, str) or not number:
            return None
        return await trip_of_number(self._store, company.id, regime, number)

    async def _check(self, trip: Trip) -> CheckResult:
        from desktop.validation import check

        known = await self._facts.known(trip.company, trip.regime, without_trip=trip.id)
        return check(trip.document, known.at(self._clock.now(), trip.local))

    async def _plan(self, trip: Trip, rows: list[OutboxRow], *, hold: bool) -> tuple[Plan, Crossing]:
        crossing = await self._border.of_trip(trip)
        sent = await self._sent(trip, rows, crossing)
        planned = plan(trip.regime, trip.document, crossing.customs, sent, hold=hold)
        if await self._store.holding.state() is not None:
            planned = Plan((), blocked=_HELD)
        return planned, crossing

    async def _sent(self, trip: Trip, rows: list[OutboxRow], crossing: Crossing) -> Sent:
        taken = [row for row in rows if row.kind == "upload" and row.state in TAKEN and row.trip_version is not None]
        document: JSONObject | None = None
        refused: JSONObject | None = None
        if taken:
            document = (await self._store.trips.version(trip.id, taken[-1].trip_version or 0)).document
            if crossing.customs is Customs.REFUSED:
                refused = document
        return Sent(
            document=document,
            delivery=delivery_of(rows),
            is_filed=crossing.is_filed,
            refused=refused,
        )


def send_errors_to_exit(outcome: Outcome) -> int:
    """Return the exit code of an outcome (product, command line)."""
    return {
        Outcome.QUEUED: 0,
        Outcome.DELIVERED: 0,
        Outcome.NOT_READY: 1,
        Outcome.REFUSED: 1,
        Outcome.DELIVERED_WITH_PROBLEMS: 1,
        Outcome.NOT_SURE: 3,
        Outcome.NO_CONNECTION: 4,
    }[outcome]


def _not_ready(
    name: str,
    errors: tuple[tuple[str, str], ...],
    warnings: tuple[tuple[str, str], ...] = (),
    customs: Customs = Customs.NONE,
) -> SendResult:
    return SendResult(name, Outcome.NOT_READY, customs, "", errors, warnings)


def _is_plan(waiting: list[OutboxRow], planned: Plan, trip: Trip) -> bool:
    """Tell whether what waits already is this plan, so that a second Send makes no second one."""
    steps = [(step.way.value, step.operation or step.type) for step in planned.steps]
    is_of_now = all(row.trip_version == trip.version and not row.auto_send for row in waiting)
    return bool(waiting) and is_of_now and [(row.kind, row.operation) for row in waiting] == steps


def _blocked(name: str, key: str, customs: Customs, warnings: tuple[tuple[str, str], ...]) -> SendResult:
    is_unsure = key == "delivery.blocked.not_sure"
    outcome = Outcome.NOT_SURE if is_unsure else Outcome.NOT_READY
    remedy = text("delivery.next.decide") if is_unsure else ""
    return SendResult(name, outcome, customs, "", (("", text(key)),), warnings, remedy)


def _with_warnings(result: SendResult, warnings: tuple[tuple[str, str], ...]) -> SendResult:
    from dataclasses import replace

    return replace(result, warnings=warnings)


def _sentences(found: CheckResult, severity: Severity) -> tuple[tuple[str, str], ...]:
    from desktop.validation import sentence

    return tuple((issue.path, sentence(issue)) for issue in found.issues if issue.severity is severity)


def _name_of(message: JSON) -> str:
    if not is_object(message):
        return ""
    for member in ("tripNumber", "shipmentControlNumber", "cargoControlNumber"):
        name = message.get(member)
        if isinstance(name, str) and name:
            return name
    return ""


async def named_trip(store: Store, number: str, company: str | None) -> Trip:
    """Return the trip a person means by its number.

    Raises:
        NotFound: there is none.
        UsageError: there are several.
    """
    found = await store.trips.by_number(number, company=company)
    if not found:
        raise NotFound("cli.trip_unknown", trip=number)
    if len({(trip.company, trip.regime) for trip in found}) > 1:
        raise UsageError("cli.trip_ambiguous", trip=number)
    return found[0]
