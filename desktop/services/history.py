"""What happened to a trip, line by line: saved, queued, sent, answered, printed. No private data."""

from __future__ import annotations

from datetime import datetime

from desktop import texts
from desktop.domain.documents import is_object
from desktop.printing.sheet import SheetKind
from desktop.services.views import HistoryLine
from desktop.store import Store
from desktop.store.alert import StoredAlert
from desktop.store.records import Trip
from desktop.texts import text


async def history_of(store: Store, trip: Trip) -> tuple[HistoryLine, ...]:
    """Return the history of a trip, oldest first: its making, deliveries, printed sheets, messages it is named in.

    A version that an import or somebody's typing wrote over is a line too; it is kept whole.
    """
    lines = [HistoryLine(trip.created_at, "created", text("history.created"))]
    rows = {row.id: row for row in await store.outbox.for_trip(trip.id)}
    for step in await store.delivery_log.of_trip(trip.id):
        row = rows.get(step.outbox)
        what = row.operation if row is not None else ""
        key = f"history.cause.{step.cause}"
        words = text(key) if texts.has(key) else step.cause
        lines.append(
            HistoryLine(
                step.at,
                f"delivery.{step.to_state}",
                text("history.delivery", message=row.data if row is not None else "", operation=what, words=words),
            )
        )
    lines.extend(_overrides(trip))
    lines.extend(await _noticed(store, trip))
    lines.extend(await _printed(store, trip))
    lines.extend(
        HistoryLine(item.received_at, item.kind or "unrecognised", item.title)
        for item in await store.inbox.cards(trip=trip.id, limit=500)
    )
    lines.extend(
        HistoryLine(at, "set_aside", text("history.set_aside", version=version))
        for version, at in await store.trips.set_aside(trip.id)
    )
    return tuple(sorted(lines, key=lambda line: line.at))


async def _noticed(store: Store, trip: Trip) -> list[HistoryLine]:
    """Return what the program noticed by itself, when that ended, and what was done about it."""
    lines = []
    for one in await store.alerts.of_trip(trip.id):
        words = text(f"watch.history.{one.what}", **_values(one))
        lines.append(HistoryLine(one.at, f"alert.{one.what}", words))
    return lines


def _values(one: StoredAlert) -> dict[str, object]:
    return {"number": one.number, **{name: str(value) for name, value in one.detail.items()}}


async def _printed(store: Store, trip: Trip) -> list[HistoryLine]:
    """Return what was printed, saved or mailed of the trip: the evidence of what the driver had in his hand."""
    lines = []
    for sheet in await store.printed.of_trip(trip.id):
        name = text(SheetKind(sheet.sheet).name_key) if sheet.sheet in list(SheetKind) else sheet.sheet
        words = text(f"paper.history.{sheet.way}", sheet=name, version=sheet.version)
        lines.append(HistoryLine(sheet.at, f"printed.{sheet.way}", words))
    return lines


def _overrides(trip: Trip) -> list[HistoryLine]:
    """Return the stops the user passed, each with his reason (domain 3.2)."""
    overrides = trip.local.get("overrides")
    lines = []
    for name, said in overrides.items() if is_object(overrides) else ():
        at = said.get("at") if is_object(said) else None
        reason = said.get("reason") if is_object(said) else None
        if isinstance(at, str) and isinstance(reason, str):
            number = name.rpartition("|")[0]
            words = text("history.override", number=number, reason=reason)
            lines.append(HistoryLine(datetime.fromisoformat(at), "override", words))
    return lines
