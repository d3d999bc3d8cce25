"""Gathers what plans are made from: what the gateway holds of a trip, what customs has, and what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.clock import Clock
from desktop.crossing.fold import Crossing
from desktop.delivery.planner import AMEND, Intent, Plan, Sent, plan, plan_cancel
from desktop.delivery.recovery import Action as Recover
from desktop.delivery.recovery import Reject, Speaker, recovery
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Customs, OutboxState
from desktop.services.border import Border
from desktop.services.customs_word import Answer, Said, answers
from desktop.services.outgoing import WAITING
from desktop.services.standing import TAKEN, delivery_of, filing_of, held_version, may_be_out, sent_number
from desktop.store import Store
from desktop.store.records import OutboxRow, Trip

S = OutboxState
LONG_AGO: Final = timedelta(minutes=15)
"""After so long without customs' answer a person may ask once more to cancel, or send another change."""

HELD: Final = "delivery.blocked.held"
MOVING: Final = "delivery.blocked.moving"
DOUBT: Final = frozenset({S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan of a trip is made from: its attempts, where it stands, what went out before."""

    rows: tuple[OutboxRow, ...]
    crossing: Crossing
    sent: Sent

    @property
    def known(self) -> Customs:
        """How far it got with customs; a truck that arrived is there, also where customs refused something since."""
        is_there = bool({"arrived", "released"} & set(self.crossing.proofs))
        return Customs.ARRIVED if is_there and self.crossing.customs is Customs.REFUSED else self.crossing.customs


class Planning:
    """Makes plans of stored trips."""

    def __init__(self, store: Store, border: Border, clock: Clock) -> None:
        self._store = store
        self._border = border
        self._clock = clock

    async def of(self, trip: Trip, *, hold: bool = False, intent: Intent = Intent.SEND) -> tuple[Plan, Basis]:
        """Return what Send or Cancel would do for a trip, and what that was made from."""
        basis = await self.basis(trip)
        known, sent = basis.known, basis.sent
        if intent is Intent.CANCEL:
            made = plan_cancel(trip.regime, known, sent)
        else:
            made = plan(trip.regime, trip.document, known, sent, hold=hold)
            if made.steps and await self.is_moving(basis.rows):
                made = Plan(blocked=MOVING)
        return (Plan(blocked=HELD) if await self.is_held() else made), basis

    async def is_moving(self, *trips: Sequence[OutboxRow]) -> bool:
        """Tell whether a shipment is on its way between a trip and another, and part of that has not gone out.

        Anything else sent meanwhile would overtake it: the new trip would come to customs before the old one let go.

        Args:
            trips: the attempts of each trip that is asked about.
        """
        newest = {rows[-1].plan for rows in trips if rows}
        for plan_id in newest | {row.plan for rows in trips for row in rows if row.state in WAITING}:
            steps = await self._store.outbox.of_plan(plan_id)
            if len({row.trip for row in steps}) > 1 and any(row.state in WAITING for row in steps):
                return True
        return False

    async def is_held(self) -> bool:
        """Tell whether nothing may go out of these data before a person has looked."""
        return await self._store.holding.state() is not None

    async def basis(self, trip: Trip) -> Basis:
        """Return what is known of a trip beside its document."""
        rows = await self._store.outbox.for_trip(trip.id)
        crossing = await self._border.of_trip(trip)
        said = answers(rows, await self._store.frames.of_trip(trip.id)) if rows else {}
        cancels = [row for row in rows if "CANCEL" in row.operation and row.kind == "send_request"]
        held = held_version(rows)
        document = await self._document(trip, held)
        is_unknown = [
            row
            for row in cancels
            if may_be_out(row)
            and row.state is not S.REJECTED
            and row.id in said
            and said[row.id].answer in {Answer.NONE, Answer.UNCLEAR}
        ]
        sent = Sent(
            document=document,
            delivery=delivery_of(rows),
            is_filed=crossing.is_filed,
            refused=await self._refused(trip, rows, crossing),
            filed=await self._filed(trip, rows, said, crossing),
            number=sent_number(trip, rows),
            is_given_up=not any(row.state in DOUBT for row in rows),
            is_cancelling=crossing.customs is not Customs.CANCELLED and _is_newest(is_unknown, rows),
            is_asking=self._is_due(crossing.pending_since),
            is_other_way=_names_other_way(rows, crossing),
            may_cancel_again=all(row.state is S.CANCELLED or self._is_long_ago(row) for row in is_unknown),
        )
        return Basis(tuple(rows), crossing, sent)

    def _is_due(self, asked_at: datetime | None) -> bool:
        """Tell whether an answer is still to be waited for; a clock that was set back holds nothing up."""
        return asked_at is not None and timedelta() <= self._clock.now() - asked_at < LONG_AGO

    def _is_long_ago(self, row: OutboxRow) -> bool:
        return row.claimed_at is not None and self._clock.now() - row.claimed_at >= LONG_AGO

    async def _filed(
        self, trip: Trip, rows: Sequence[OutboxRow], said: dict[str, Said], crossing: Crossing
    ) -> JSONObject | None:
        """Return the version customs accepted last; where no answer can be told apart, the one it was last handed."""
        if not crossing.is_filed:
            return None
        held: int | None = None
        found: int | None = None
        for row in rows:
            if row.kind == "upload" and row.state in TAKEN:
                held = row.trip_version
            is_accepted = row.id in said and said[row.id].answer is Answer.ACCEPTED
            if is_accepted and "CANCEL" not in row.operation:
                found = held
        if found is None:
            filing = filing_of(rows)
            found = None if filing is None else filing.version
        return await self._document(trip, found)

    async def _refused(self, trip: Trip, rows: Sequence[OutboxRow], crossing: Crossing) -> JSONObject | None:
        """Return the version customs refused last, where its last word on a filing or a change was no."""
        if crossing.customs is not Customs.REFUSED:
            return None
        filing = filing_of(rows)
        return None if filing is None else await self._document(trip, filing.version)

    async def _document(self, trip: Trip, version: int | None) -> JSONObject | None:
        if version is None:
            return None
        return (await self._store.trips.version(trip.id, version)).document


def _is_newest(cancels: Sequence[OutboxRow], rows: Sequence[OutboxRow]) -> bool:
    """Tell whether nothing that customs answered was asked of it after the last of these cancellations."""
    if not cancels:
        return False
    last = cancels[-1]
    later = [row for row in rows if (row.plan, row.step) > (last.plan, last.step)]
    return not any(row.kind == "send_request" and may_be_out(row) and row.state in TAKEN for row in later)


def _names_other_way(rows: Sequence[OutboxRow], crossing: Crossing) -> bool:
    """Tell whether customs refused a filing because it has the trip, or a change because it has not."""
    filing = filing_of(rows)
    if filing is None or crossing.customs is not Customs.REFUSED:
        return False
    named = {
        recovery(Reject(Speaker(one.who), one.said, one.code, one.field)).action
        for one in crossing.errors
        if one.who != Speaker.GATEWAY
    }
    is_change = filing.row.operation in set(AMEND.values())
    return named == {Recover.SEND_CHANGE} and is_change == crossing.is_filed
