"""The oracle: holds what the program keeps and says against the far end's own book (reliability 5, a to c)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulation.far_end import FINAL

from desktop.delivery.machine import user_word
from desktop.domain.lifecycle import Delivery, OutboxState
from desktop.store.records import OutboxRow

if TYPE_CHECKING:
    from simulation.world import World

S = OutboxState
_DOUBT = frozenset({S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT})
_TAKEN = frozenset({"stored", "problems"})


def judge_trip(world: World, rows: Iterable[OutboxRow]) -> list[str]:
    """Return what is said wrongly of these rows at this moment."""
    return [words for row in rows if (words := _wrong(world, row))]


def _wrong(world: World, row: OutboxRow) -> str:
    fates = set(world.far.fates.get(row.send_id, ()))
    word = user_word([(row.state, row.attempts > 0)])
    what = f"{row.id} {row.data} {row.operation} {row.number} stands {row.state}, there {sorted(fates)}"
    if row.state in {S.ACKED, S.PARTIAL} and not fates & _TAKEN and not _is_there_otherwise(world, row):
        return f"wrong: delivered, and it never arrived: {what}"
    if row.state is S.ACKED and fates == {"problems"}:
        return f"wrong: delivered without problems: {what}"
    is_contradicted = row.send_id in world.far.contradicted
    if row.state is S.REJECTED and "refused" not in fates and not is_contradicted and row.id not in world.loosened:
        return f"wrong: refused, and it was not: {what}"
    if word is Delivery.NOT_SENT and world.far.arrivals[row.send_id] and row.id not in world.loosened:
        return f"wrong: not sent, and it arrived: {what}"
    if row.state is S.CONFLICT and not is_contradicted:
        return f"wrong: a contradiction where there was none: {what}"
    return ""


def _is_there_otherwise(world: World, row: OutboxRow) -> bool:
    """A restored copy knows nothing of what went out since: the trip may have come by a message it does not have."""
    keys = {(company.company_key, row.number) for company in world.disk.companies.values()}
    return row.id in world.loosened and bool(keys & set(world.far.trips))


async def judge(world: World) -> list[str]:
    """Return everything that was promised and not kept, at the end of a world."""
    store = world.audit
    found: list[str] = []
    trips = sorted(set(world.person.sent.values()))
    rows = {row.id: row for trip in trips for row in await store.outbox.for_trip(trip)}
    found += [
        f"lost: {id_} was queued and is gone"
        for id_ in world.person.sent
        if id_ not in rows and id_ not in world.lost_by_restore
    ]
    found += judge_trip(world, rows.values())
    found += _twice(world, rows.values())
    found += await _unheard(world, rows.values())
    found += _stuck(rows.values())
    found += await _line(world, rows)
    world.result.states.update(row.state.value for row in rows.values())
    return found


def _twice(world: World, rows: Iterable[OutboxRow]) -> list[str]:
    found = [
        f"twice: {row.data} {row.operation} {row.number} came {times} times"
        for row in rows
        if (times := world.far.arrivals[row.send_id]) > 1 and row.id not in world.loosened
    ]
    return found + [f"twice: {key} was imported {times} times" for key, times in world.far.imports.items() if times > 1]


async def _unheard(world: World, rows: Iterable[OutboxRow]) -> list[str]:
    """A doubt lasts only while its answer is missing."""
    heard = await _heard(world)
    return [
        f"wrong: {row.number} {row.operation} stands {row.state}, and its answer is here: {sorted(heard[row.send_id])}"
        for row in rows
        if row.state in {S.UNCERTAIN, S.ACCEPTED_PENDING, S.IN_FLIGHT, S.DUP_SUSPECT} and heard[row.send_id] & FINAL
    ]


async def _heard(world: World) -> dict[str, set[str]]:
    heard: dict[str, set[str]] = defaultdict(set)
    for body in await world.bodies():
        try:
            value = json.loads(body)
        except ValueError:
            continue
        if isinstance(value, dict) and "sendId" in value and "somebody-else" not in value.get("companyKey", ""):
            heard[value["sendId"]].add(value["status"])
    return heard


def _stuck(rows: Iterable[OutboxRow]) -> list[str]:
    """With a good line everything comes to an end but what is in doubt, and what waits for that."""
    kept = list(rows)
    doubtful = {row.trip for row in kept if row.state in _DOUBT}
    found = [f"liveness: {row.number} {row.operation} stands {row.state}" for row in kept if row.state in _RUNNING]
    return found + [
        f"liveness: {row.number} {row.operation} stands READY"
        for row in kept
        if row.state is S.READY and row.trip not in doubtful and not row.is_waiting
    ]


_RUNNING = frozenset({S.IN_FLIGHT, S.ACCEPTED_PENDING})


async def _line(world: World, rows: dict[str, OutboxRow]) -> list[str]:
    """Never two messages on the line: the log tells it (reliability 3.1.3)."""
    flying: dict[str, str] = {}
    found: list[str] = []
    for outbox, state, cause in await world.log():
        row = rows.get(outbox)
        if row is None:
            continue
        others = [other for other, kind in flying.items() if other != outbox and kind == "upload"]
        if cause == "claimed" and others:
            found.append(f"line: {row.number} was claimed while {rows[others[0]].number} was in flight")
        if state == S.IN_FLIGHT:
            flying[outbox] = row.kind
        else:
            flying.pop(outbox, None)
    return found
