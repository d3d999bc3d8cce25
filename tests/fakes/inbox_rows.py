"""An inbox of any size, written by the thousand: what a carrier of many years would have."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from desktop.clock import to_text
from desktop.domain.lifecycle import Category, Regime
from desktop.store.inbox_batch import item_id
from desktop.store.inbox_words import indexed

KINDS = (
    (Category.ACCEPTED, "ACE_RESPONSE", Regime.ACE, "CBP accepted the manifest", "On file", "accepted"),
    (Category.ACCEPTED, "ACI_RESPONSE", Regime.ACI, "CBSA accepted the trip", "On file", "accepted"),
    (Category.UPLOAD, "API_RESPONSE", None, "BorderConnect took the upload", "Imported", "upload"),
    (Category.RNS, "RNS_SHIPMENT", Regime.ACI, "PARS set", "RNS 9 · Sample Customs", "set"),
    (Category.RNS, "RNS_SHIPMENT", Regime.ACI, "Released", "RNS 4 · Sample Customs", "released"),
    (Category.NOTICE, "ACI_NOTICE", Regime.ACI, "Matched with the broker's request", "CBSA notice MATCHED", "notice"),
    (Category.ACCEPTED, "ACE_RESPONSE", Regime.ACE, "Entry on file", "CBP code 02", "set"),
    (Category.ALERT, "ALERT", None, "BorderConnect has a word to all", "Maintenance on Sunday", "alert"),
    (
        Category.REJECTED,
        "ACI_RESPONSE",
        Regime.ACI,
        "CBSA returned the trip",
        "Shipment linked to another trip",
        "rejected",
    ),
    (Category.UNRECOGNISED, None, None, "Not recognised: no JSON", "Shown as received", "unrecognised"),
)
STEP = timedelta(seconds=30)


def fill(
    path: Path, *, count: int, companies: list[str], newest: datetime, unread: int, trips: list[str] | None = None
) -> None:
    """Write `count` messages into a database that nobody has open, the newest received at `newest`.

    Args:
        unread: so many of the newest are unread.
        trips: ids of trips; eight messages one after the other belong to each, as long as they last, newest first.
    """
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -200000")
    # The index of words is built at the end, in one go, which costs a third.
    kept = db.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'inbox_search%'").fetchall()
    db.execute("BEGIN")
    for (sql,) in kept:
        db.execute(f"DROP TRIGGER {sql.split()[2]}")
    db.executemany(
        """INSERT INTO frames (id, company, connection, received_at, body, is_text, size, sha256)
            VALUES (?, ?, 'sample', ?, x'7b7d', 1, 2, '')""",
        ((frame, company, to_text(at)) for frame, company, at in _times(count, companies, newest)),
    )
    db.executemany(
        """INSERT INTO inbox (id, placed, frame, company, received_at, kind, category, regime, trip_number,
            control_number, trip, digest, repeats, title, text, sign, words, read_at)
            VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, ?12, ?13, ?14, ?15, ?16)""",
        _items(count, companies, newest, unread, trips or []),
    )
    db.execute("INSERT INTO inbox_frames (frame, inbox) SELECT frame, id FROM inbox")
    db.execute("INSERT INTO inbox_search (inbox_search) VALUES ('rebuild')")
    for (sql,) in kept:
        db.execute(sql)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _times(count: int, companies: list[str], newest: datetime) -> Iterator[tuple[int, str, datetime]]:
    for number in range(count):
        yield number + 1, companies[number % len(companies)], newest - STEP * (count - 1 - number)


def _items(count: int, companies: list[str], newest: datetime, unread: int, trips: list[str]) -> Iterator[tuple]:
    chance = random.Random(4)
    for frame, company, at in _times(count, companies, newest):
        category, kind, regime, title, text, sign = KINDS[
            chance.choices(range(10), (20, 20, 20, 12, 8, 8, 8, 1, 2, 1))[0]
        ]
        turn = frame // 8
        trip_number = f"SMPL{100_000 + turn}A" if regime is Regime.ACE else f"9SMP{100_000 + turn}"
        control = f"SMPL{754_000 + frame // 3}" if regime is Regime.ACE else f"9SMPPARS{382_000 + frame // 3}"
        if regime is None:
            trip_number = control = ""
        numbers = [number for number in (trip_number, control) if number]
        names = {"category": category, "regime": regime, "company": company}
        back = (count - frame) // 8
        yield (
            item_id(frame, company, at), frame, company, to_text(at), kind, category, regime, trip_number, control,
            trips[back] if back < len(trips) else None, hashlib.md5(str(frame).encode()).hexdigest(), title,
            f"{' on '.join(reversed(numbers))}\n{text}", sign, indexed((title, text, kind or ""), numbers, **names),
            to_text(at) if frame <= count - unread else None,
        )  # fmt: skip
