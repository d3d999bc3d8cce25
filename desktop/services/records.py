"""What was tried with a trip and what came of it, for paper: nothing private of the driver leaves here."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from desktop import texts
from desktop.domain.crossings import zone_of
from desktop.domain.documents import JSON, Missing, is_object
from desktop.domain.lifecycle import Customs
from desktop.printing.record import ContingencySheet, EvidenceFile, Happened
from desktop.printing.summary import TripSheet, grown
from desktop.printing.trip import eta_words
from desktop.services.covering import Cover
from desktop.services.inbox import value_of
from desktop.services.lookups import Lookups
from desktop.services.standing import delivery_of
from desktop.services.veil import Veil
from desktop.services.views import HistoryLine, TripDetail
from desktop.store import Store
from desktop.store.records import InboxItem, OutboxRow
from desktop.texts import text

_PAGE = 500
_LINK_LINES = 40
_SILENT = frozenset({"created", "set_aside"})
_ANSWERED = frozenset({Customs.NONE, Customs.TRANSMITTED})


class Records:
    """Makes contingency sheets and evidence files."""

    def __init__(self, store: Store, lookups: Lookups) -> None:
        self._store = store
        self._lookups = lookups

    async def contingency(self, detail: TripDetail, summary: TripSheet) -> ContingencySheet:
        """Return the trip in words with what was tried, for a booth when gateway or customs is down."""
        rows = await self._store.outbox.for_trip(detail.row.id)
        veil = Veil(detail.document, detail.row.regime)
        lines = [*(line for line in detail.history if line.what not in _SILENT), *await self._link(detail)]
        lines.sort(key=lambda line: line.at)
        delivery = delivery_of(rows)
        customs = detail.row.customs
        key = f"print.standing.{delivery}" if customs in _ANSWERED else f"print.customs.{customs}"
        return grown(
            ContingencySheet,
            summary,
            standing=text(key),
            attempts=tuple(Happened(self._when(detail, line.at), veil.over(line.text)) for line in lines),
        )

    async def evidence(self, detail: TripDetail, summary: TripSheet, *, with_private: bool = False) -> EvidenceFile:
        """Return everything known of a trip: its history, and every message that went out or came in, explained."""
        cover = Cover(detail.document, detail.row.regime, is_open=with_private)
        sent = [(row, await self._store.outbox.payload(row.id)) for row in await self._outbox(detail)]
        values: list[tuple[OutboxRow, JSON]] = [(row, json.loads(payload)) for row, payload in sent]
        for row, value in values:
            cover.learn(value, row.regime)
        messages = [(row.written_at or row.created_at, self._sent(detail, row, value, cover)) for row, value in values]
        items = await every_message(self._store, detail.row.id)
        messages += [(item.received_at, await self._received(detail, item, cover)) for item in items]
        messages.sort(key=lambda one: one[0])
        lines = sorted([*detail.history, *await self._link(detail)], key=lambda line: line.at)
        return grown(
            EvidenceFile,
            summary,
            history=tuple(Happened(self._when(detail, line.at), cover.over(line.text)) for line in lines),
            messages=tuple(message for _, message in messages),
            with_private=with_private,
            covered=cover.told,
        )

    async def _outbox(self, detail: TripDetail) -> list[OutboxRow]:
        return await self._store.outbox.for_trip(detail.row.id)

    def _when(self, detail: TripDetail, moment: datetime) -> str:
        zone = zone_of(detail.row.regime, detail.row.port) if detail.row.port else None
        there = moment.astimezone(ZoneInfo(zone) if zone is not None else UTC)
        return eta_words(f"{there:%Y-%m-%d %H:%M:%S}", there.tzname() or "")

    def _sent(self, detail: TripDetail, row: OutboxRow, value: JSON, cover: Cover) -> Happened:
        lines = [text("print.evidence.send_id", id=row.send_id), text("print.evidence.sha", sha=row.sha256)]
        lines.append(text("print.evidence.state", state=text(f"print.outbox.{row.state.value.lower()}")))
        if row.written_at is not None:
            lines.append(text("print.evidence.written", at=self._when(detail, row.written_at)))
        if row.answered_at is not None:
            lines.append(text("print.evidence.answered", at=self._when(detail, row.answered_at)))
        words = text("print.evidence.sent", data=row.data, operation=row.operation)
        return Happened(self._when(detail, row.created_at), words, tuple(lines), written_out(cover.value(value)))

    async def _received(self, detail: TripDetail, item: InboxItem, cover: Cover) -> Happened:
        from desktop.crossing.explain import explain

        frame = await self._store.frames.get(item.frame)
        value = value_of(frame.body)
        body = text("print.evidence.no_json") if isinstance(value, Missing) else written_out(cover.value(value))
        words = text("print.evidence.received", kind=item.kind or "", title=item.title)
        lines = [*explain(value).happened, text("print.evidence.sha", sha=frame.sha256)]
        if item.repeats:
            lines.append(text("print.evidence.repeats", count=item.repeats))
        told = tuple(cover.over(line) for line in lines)
        return Happened(self._when(detail, item.received_at), cover.over(words), told, body)

    async def _link(self, detail: TripDetail) -> list[HistoryLine]:
        """Return when the connection came and went since the trip was made: what an outage is proven by."""
        if not detail.row.company or not detail.history:
            return []
        found = await self._store.link_log.newest(company=detail.row.company, limit=_LINK_LINES)
        begun = detail.history[0].at
        return [
            HistoryLine(line.at, f"link.{line.what}", text(f"print.link.{line.what}"))
            for line in found
            if line.at >= begun and texts.has(f"print.link.{line.what}")
        ]


async def every_message(store: Store, trip_id: str) -> list[InboxItem]:
    """Return every message of a trip, newest first, however many there are."""
    found: list[InboxItem] = []
    while page := await store.inbox.cards(trip=trip_id, before=found[-1].id if found else None, limit=_PAGE):
        found += page
        if len(page) < _PAGE:
            break
    return found


def written_out(value: JSON) -> str:
    """Return a message as text: a line for each member and each object of its arrays, so that it is read."""
    if not is_object(value):
        return json.dumps(value, ensure_ascii=False)
    members = []
    for name, one in value.items():
        key = json.dumps(name, ensure_ascii=False)
        if isinstance(one, list) and any(map(is_object, one)):
            items = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in one)
            members.append(f" {key}: [\n{items}\n ]")
        else:
            members.append(f" {key}: {json.dumps(one, ensure_ascii=False)}")
    return "{\n" + ",\n".join(members) + "\n}"
