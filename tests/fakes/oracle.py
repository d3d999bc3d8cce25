"""Judges a desk by the far end's books: what it keeps, what it says, and what the folder says when opened again.

The rules are those of reliability 5, a to f; nothing here is taken from the program's own reading of answers.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

from desktop.assembly import Desk
from desktop.domain.lifecycle import OutboxState, Verdict
from desktop.services.views import TripDetail
from desktop.store.records import OutboxRow
from fakes.far_end import KEY, FarEnd
from fakes.office import Office

KEY_FILE = "practice-keys.json"
S = OutboxState
OPEN = {S.IN_FLIGHT, S.ACCEPTED_PENDING, S.UNCERTAIN, S.DUP_SUSPECT}
RECEIPT = b'{"status": "SUCCESS"}'
"""The HTTP twin's word that something came, which is no news."""

NOT_OUT = {S.DRAFT, S.READY, S.HELD}
TAKEN = {"OK", "IMPORTED", "TRANSMITTED", "COMPLETED"}
REFUSED = {"DATA_ERROR", "SEND_ERROR", "SYNC_ERROR"}


async def judge(office: Office, *, may_lose_frames: bool = False) -> None:
    """Hold what the desk keeps against the far end's books; closes the desk and opens the folder a second time."""
    await office.settle()
    await office.desk.link.stop()
    await _judge_outbox(office)
    await _judge_frames(office, may_lose=may_lose_frames)
    before = await standing(office.desk)
    await office.close()
    _judge_folder(office.folder)
    await office.open(link=False)
    after = await standing(office.desk)
    await office.close()
    assert after == before, "the folder says something else when it is opened again"
    for number, times in office.far.service.ledger.imports.items():
        assert times <= 1, f"{number} was imported {times} times"


async def _judge_outbox(office: Office) -> None:
    far, store = office.far, office.desk.store
    answers = [json.loads(body) for body in await _bodies(office) if _is_answer(body)]
    sent = Counter(json.loads(text).get("sendId") for text in far.taken if _is_json(text))
    assert not [send_id for send_id, times in sent.items() if times > 1], "one message came twice"
    for trip in await store.trips.latest(limit=1000):
        rows = await store.outbox.for_trip(trip.id)
        for row in rows:
            if sent[row.send_id]:
                payload = (await store.outbox.payload(row.id)).decode()
                assert payload in far.taken, "other bytes went out than were frozen"
                assert row.attempts == 1
            _judge_row(row, far, answers, is_sent=sent[row.send_id] > 0)
        detail = await office.desk.lookups.trip(trip.id)
        _judge_words(detail, rows, far)


def _judge_row(row: OutboxRow, far: FarEnd, answers: list[dict[str, Any]], *, is_sent: bool) -> None:
    what = f"{row.operation} {row.number} stands {row.state}"
    if row.state in NOT_OUT or (row.state is S.CANCELLED and row.attempts == 0):
        assert not is_sent, f"{what}, though it came to the gateway"
    if row.state is S.IN_FLIGHT:
        raise AssertionError(f"{what} without a connection")
    quoted = {one["status"] for one in answers if one.get("sendId") == row.send_id}
    is_stored = row.send_id in far.stored
    if row.state in {S.ACKED, S.PARTIAL}:
        assert is_stored, f"{what}, though the gateway never took it"
    if row.state is S.REJECTED:
        assert not is_stored, f"{what}, though the gateway took it"
    if row.state in {S.UNCERTAIN, S.ACCEPTED_PENDING}:
        assert not quoted & (TAKEN | REFUSED), f"{what}, though the answer is here: {quoted}"
    if row.state is S.ACKED:
        assert not quoted & REFUSED, f"{what}, though it was refused"


def _judge_words(detail: TripDetail, rows: list[OutboxRow], far: FarEnd) -> None:
    row = detail.row
    if row.readiness.verdict is Verdict.GO:
        _judge_go(detail, far)
    is_filed = any(key[2] == row.number for key in far.service.ledger.filed)
    if row.customs in {"on_file", "cleared", "arrived", "released"}:
        assert is_filed, f"{row.number} is {row.customs} here, and customs have never had it"
    if row.delivery == "delivered":
        assert rows
        assert not {one.state for one in rows} & (OPEN | NOT_OUT)


def _judge_go(detail: TripDetail, far: FarEnd) -> None:
    """A go stands only where the far end's own books have nothing against it, and the trip stands as it was filed."""
    row, ledger = detail.row, far.service.ledger
    assert not row.is_changed_since_sent
    assert row.delivery == "delivered"
    companies = [key[0] for key in ledger.filed if key[1:] == (row.regime.value, row.number)]
    assert companies, f"{row.number} may go, and customs have never had it"
    truth = ledger.truth_of(row.regime.value, row.number, companies[0])
    assert truth.is_on_file
    assert (truth.holds, truth.unknown, truth.has_short_review) == (0, [], False)
    for number, shipment in truth.shipments.items():
        assert shipment.is_cleared, f"{number} is not cleared, and {row.number} may go"
        assert not shipment.unknown


async def _judge_frames(office: Office, *, may_lose: bool) -> None:
    given = Counter(office.far.given)
    kept = Counter(await _bodies(office))
    strange = kept - given
    assert not strange, "a frame is kept that was never given out"
    if not may_lose:
        assert not given - kept, f"{sum((given - kept).values())} frames were lost"
    store = office.desk.store
    assert await store.frames.not_understood() == []
    items = await store.inbox.cards(limit=20_000)
    handshakes = sum(times for body, times in kept.items() if _is_handshake(body) or body == RECEIPT)
    assert sum(item.repeats for item in items) == sum(kept.values()) - handshakes


async def _bodies(office: Office) -> list[bytes]:
    bodies: list[bytes] = []
    last = 0
    while frames := await office.desk.store.frames.since(last):
        bodies += [frame.body for frame in frames]
        last = frames[-1].id
    return bodies


async def standing(desk: Desk) -> list[tuple[Any, ...]]:
    """Everything derived that a person would see of the trips, and what it comes from."""
    found: list[tuple[Any, ...]] = []
    for row in await desk.lookups.trips():
        detail = await desk.lookups.trip(row.id)
        found.append(
            (
                (row.number, row.delivery, row.customs, row.readiness.verdict),
                [(one.number, one.clearance, one.released, one.holds) for one in detail.shipments],
                [error.text for error in detail.server_errors],
                [(one.id, one.state, one.attempts) for one in await desk.store.outbox.for_trip(row.id)],
                [line.text for line in detail.history],
            )
        )
    return found


def _judge_folder(folder: Path) -> None:
    (database,) = folder.glob("*.db")
    with sqlite3.connect(database) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()
    for path in folder.rglob("*"):
        if path.is_file() and path.name != KEY_FILE:
            assert KEY.encode() not in path.read_bytes(), f"the key stands in {path.name}"


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _is_answer(body: bytes) -> bool:
    try:
        value = json.loads(body)
    except ValueError:  # also what is no UTF-8
        return False
    except RecursionError:
        return False
    return isinstance(value, dict) and value.get("data") == "API_RESPONSE" and isinstance(value.get("status"), str)


def _is_handshake(body: bytes) -> bool:
    return _is_answer(body) and json.loads(body).get("message") == "Connected"
