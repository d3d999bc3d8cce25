"""Sends a trip: checks it, plans the messages, freezes them, and hands them to the courier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.clock import Clock
from desktop.delivery.planner import Intent, Plan
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Customs, Outcome, Regime
from desktop.errors import NotFound, UsageError
from desktop.services.belonging import trip_of_number
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.editing import Editing
from desktop.services.facts import FactsSource
from desktop.services.importing import SHIPMENTS, TRIPS, Importing, type_of
from desktop.services.leaving_out import left_out_lines
from desktop.services.moving import Moving
from desktop.services.outgoing import WAITING, Outgoing, Reasons
from desktop.services.planning import DOUBT, HELD, Planning
from desktop.services.previewing import preview_of
from desktop.services.reason_codes import checked
from desktop.services.standing import may_be_out
from desktop.services.views import SendPreview, SendResult, Subject
from desktop.services.waiting import Waiting
from desktop.store import Store
from desktop.store.records import Company, OutboxRow, Trip
from desktop.texts import text
from desktop.validation.issue import CheckResult, Severity

REQUESTS = {"ACE_SEND_REQUEST": Regime.ACE, "ACI_SEND_REQUEST": Regime.ACI, "RNS_SEND_REQUEST": Regime.ACI}


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
        self._planning = Planning(store, border, clock)
        self._moving = Moving(store, facts, editing, outgoing, self._planning, clock)
        self._changes = changes
        self._clock = clock
        self._kick = kick
        self._queued = queued

    async def preview(self, trip_id: str, *, hold: bool = False, intent: Intent = Intent.SEND) -> SendPreview:
        """Return what Send or Cancel would do with a trip, before the first byte."""
        await self._editing.flush(trip_id)
        trip = await self._store.trips.get(trip_id)
        planned, basis = await self._planning.of(trip, hold=hold, intent=intent)
        if intent is Intent.CANCEL:
            return preview_of(planned, basis.sent.number or trip.number, intent=intent)
        made = preview_of(planned, trip.number, found=await self._check(trip), intent=intent)
        told = (*made.consequences, *left_out_lines(trip.document, trip.regime))
        return replace(made, consequences=told, blocked=made.blocked if trip.company else text("send.no_company"))

    async def send(
        self,
        trip_id: str,
        *,
        hold: bool = False,
        intent: Intent = Intent.SEND,
        trip_reason: str = "",
        shipment_reason: str = "",
        initiator: object | None = None,
        wait_s: float | None = None,
    ) -> SendResult:
        """Put a trip into the outbox: what the plan of `preview` lists, all of it in one transaction.

        Returns when the rows are durable, or with `wait_s` when customs (with `hold`: the gateway) has answered.

        Args:
            trip_id: which trip.
            hold: upload only, file nothing.
            intent: SEND, or CANCEL to have customs withdraw it.
            trip_reason: CBSA's reason code of the trip's change, where the preview asks for it.
            shipment_reason: the same of its shipments.
            initiator: who shows the change already.
            wait_s: how long to wait for the answer, in seconds.

        Raises:
            UsageError: a reason code is not two digits.
        """
        reasons = Reasons(checked(trip_reason), checked(shipment_reason))
        await self._editing.flush(trip_id)
        trip = await self._store.trips.get(trip_id)
        if not trip.company:
            return _not_ready(trip.number, (("", text("send.no_company")),))
        company = await self._store.companies.by_id(trip.company)
        warnings: tuple[tuple[str, str], ...] = ()
        if intent is Intent.SEND:
            found = await self._check(trip)
            warnings = _sentences(found, Severity.WARNING)
            if not found.is_ready:
                customs = (await self._border.of_trip(trip)).customs
                return _not_ready(trip.number, _sentences(found, Severity.ERROR), warnings, customs)
        planned, basis = await self._planning.of(trip, hold=hold, intent=intent)
        if not planned.blocked and reasons.lack(planned.reasons):
            planned = Plan(blocked="delivery.blocked.aci_reason")
        waiting = [row for row in basis.rows if row.state in WAITING]
        if not planned.blocked and (planned.reasons or not _is_plan(waiting, planned, trip)):
            await self._outgoing.overtake(waiting)
            # one that was claimed meanwhile is on its way, and the plan says so now
            planned, basis = await self._planning.of(trip, hold=hold, intent=intent)
            waiting = (
                [] if planned.blocked else await self._outgoing.plan(trip, company, planned.steps, reasons=reasons)
            )
            if waiting:
                self._queued(trip)
        elif not planned.blocked:
            await self._outgoing.release(waiting)
        if planned.blocked:
            return _blocked(trip.number, planned.blocked, basis.crossing.customs, warnings)
        self._changes.announce(Subject.TRIP, [trip.id], initiator)
        self._kick()
        result = await self._waiting.result(waiting, trip, trip.number, wait_s)
        return _with_warnings(result, warnings)

    async def preview_move(self, number: str, from_trip: str, to_trip: str) -> SendPreview:
        """Return what bringing a shipment to another trip would do; nothing is changed by looking.

        Raises:
            UsageError: it is not on the one trip, or stands on the other already, or the two do not fit.
        """
        moved = await self._moving.look(number, from_trip, to_trip)
        return preview_of(
            moved.plan, moved.new.number, found=moved.found, intent=Intent.MOVE, other=moved.old.number, why=moved.why
        )

    async def move(
        self,
        number: str,
        from_trip: str,
        to_trip: str,
        *,
        trip_reason: str = "",
        shipment_reason: str = "",
        initiator: object | None = None,
        wait_s: float | None = None,
    ) -> SendResult:
        """Bring a shipment to another trip: change both (which can be undone) and queue what customs has to be told.

        Args as in `send`.

        Raises:
            UsageError: as `preview_move`, or a reason code is not two digits; nothing was changed.
        """
        reasons = Reasons(checked(trip_reason), checked(shipment_reason))
        moved = await self._moving.look(number, from_trip, to_trip)
        warnings = _sentences(moved.found, Severity.WARNING)
        customs = moved.basis.crossing.customs
        if moved.plan.blocked:
            return _blocked(moved.new.number, moved.plan.blocked, customs, warnings, moved.why)
        if not moved.found.is_ready:
            return _not_ready(moved.new.number, _sentences(moved.found, Severity.ERROR), warnings, customs)
        if reasons.lack(moved.plan.reasons):
            return _blocked(moved.new.number, "delivery.blocked.aci_reason", customs, warnings)
        rows, trip = await self._moving.carry_out(moved, reasons)
        self._changes.announce(Subject.TRIP, [from_trip, to_trip], initiator)
        self._kick()
        return _with_warnings(await self._waiting.result(rows, trip, trip.number, wait_s), warnings)

    async def is_on_file(self, trip_id: str) -> bool:
        """Tell whether customs has accepted a trip and not cancelled it."""
        return (await self._border.of_trip(await self._store.trips.get(trip_id))).is_filed

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
        if await self._planning.is_held():
            return _blocked(name, HELD, await self._customs_of(message, company), warnings)
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
            if trip is not None:
                basis = await self._planning.basis(trip)
                is_unsure = any(row.state in DOUBT for row in basis.rows)
                if is_unsure or basis.sent.is_cancelling:
                    why = "delivery.blocked.not_sure" if is_unsure else "delivery.blocked.cancelling"
                    return _blocked(name, why, basis.crossing.customs, warnings)
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

    async def _trip_named(self, message: JSONObject, company: Company, regime: Regime) -> Trip | None:
        number = message.get("tripNumber")
        if not isinstance(number, str) or not number:
            return None
        return await trip_of_number(self._store, company.id, regime, number)

    async def _check(self, trip: Trip) -> CheckResult:
        from desktop.validation import check

        known = await self._facts.known(trip.company, trip.regime, without_trip=trip.id)
        return check(trip.document, known.at(self._clock.now(), trip.local))


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
    steps = [(step.way.value, step.operation or step.type, step.waits_for) for step in planned.steps]
    is_of_now = all(row.trip_version == trip.version and not row.auto_send for row in waiting)
    return bool(waiting) and is_of_now and [(row.kind, row.operation, row.waits_for) for row in waiting] == steps


def _blocked(name: str, key: str, customs: Customs, warnings: tuple[tuple[str, str], ...], why: str = "") -> SendResult:
    is_unsure = key == "delivery.blocked.not_sure"
    outcome = Outcome.NOT_SURE if is_unsure else Outcome.NOT_READY
    remedy = text("delivery.next.decide") if is_unsure else ""
    return SendResult(name, outcome, customs, "", (("", why or text(key)),), warnings, remedy)


def _with_warnings(result: SendResult, warnings: tuple[tuple[str, str], ...]) -> SendResult:
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
