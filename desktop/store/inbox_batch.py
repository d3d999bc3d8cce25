"""Many messages come into the inbox at once: one statement for each table, whatever their number.

A statement runs to its end without Python, so that a burst neither holds the window still nor waits for it row by row.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from desktop.clock import from_text, to_text
from desktop.store.column import array, plain
from desktop.store.inbox_list import COLUMNS, item_of
from desktop.store.inbox_words import indexed
from desktop.store.records import InboxItem, NewInboxItem

_KNOWN = """SELECT json_group_array(json_array(frame, inbox)) FROM inbox_frames
    WHERE frame IN (SELECT value FROM json_each(?)) AND inbox IS NOT NULL"""
_ITEMS = """INSERT INTO inbox (id, placed, frame, company, received_at, kind, category, regime, trip_number,
    control_number, trip, digest, repeats, title, text, sign, words)
    SELECT value ->> 0, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
        value ->> 7, value ->> 8, value ->> 9, value ->> 10, 1, value ->> 11, value ->> 12, value ->> 13, value ->> 14
    FROM json_each(?) WHERE true
    ON CONFLICT (company, digest) DO UPDATE SET repeats = repeats + 1"""
_NUMBERS = """INSERT OR IGNORE INTO inbox_numbers (number, inbox)
    SELECT number.value, item.id FROM json_each(?) AS new CROSS JOIN inbox AS item ON item.id = new.value ->> 0
    CROSS JOIN json_each(new.value, '$[15]') AS number"""
_FRAMES = """INSERT INTO inbox_frames (frame, inbox)
    SELECT new.value ->> 1, item.id FROM json_each(?) AS new
    CROSS JOIN inbox AS item ON item.company = new.value ->> 2 AND item.digest = new.value ->> 10 WHERE true
    ON CONFLICT (frame) DO UPDATE SET inbox = excluded.inbox"""
_BY_ID = f"SELECT {COLUMNS} FROM inbox WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - a constant


def item_id(frame: int, company: str, received_at: datetime) -> str:
    """Return the id of the item a frame becomes: the same each time, in the order of receipt and then of frames."""
    from ulid import ULID  # on use, as in `clock.new_id`

    stamp = int(received_at.timestamp() * 1000).to_bytes(6, "big")
    tail = hashlib.sha256(f"{company} {frame}".encode()).digest()[:4]
    return str(ULID.from_bytes(stamp + frame.to_bytes(6, "big") + tail))


def add_all(db: sqlite3.Connection, items: Sequence[NewInboxItem]) -> list[InboxItem]:
    """Keep what frames were understood as, and return the items they became, in order, as they are after all of it.

    A frame that was added before is left as it is.
    """
    frames = array([one.frame for one in items])
    before = _kept(db, frames)
    news = {one.frame: one for one in items if one.frame not in before}
    made = {one.frame: _made(one) for one in news.values()}
    if news:
        rows = json.dumps([_row(one, made[one.frame]) for one in news.values()], ensure_ascii=False)
        for statement in (_ITEMS, _NUMBERS, _FRAMES):
            db.execute(statement, (rows,))
    kept = _kept(db, frames) if news else before
    shared = Counter(kept.values())
    fresh = {item.id: item for frame, item in made.items() if kept[frame] == item.id and shared[item.id] == 1}
    others = array(sorted({id_ for id_ in kept.values() if id_ not in fresh}))
    found = fresh | (
        {row[0]: item_of(row) for row in db.execute(_BY_ID, (others,))} if len(fresh) < len(shared) else {}
    )
    return [found[kept[one.frame]] for one in items]


def _kept(db: sqlite3.Connection, frames: str) -> dict[int, str]:
    return {frame: str(item) for frame, item in json.loads(db.execute(_KNOWN, (frames,)).fetchone()[0])}


def _made(new: NewInboxItem) -> InboxItem:
    """Return what a frame becomes where none of the same bytes came before."""
    return InboxItem(
        id=item_id(new.frame, new.company, new.received_at),
        frame=new.frame,
        company=new.company,
        received_at=from_text(to_text(new.received_at)),  # to the millisecond, as it is kept
        kind=None if new.kind is None else _text(new.kind),
        category=new.category,
        regime=new.regime,
        trip_number=_text(new.trip_number),
        control_number=_text(new.control_number),
        trip=new.trip,
        digest=new.digest,
        repeats=1,
        title=_text(new.title),
        text=_text(new.text),
        sign=new.sign,
        read_at=None,
    )


def _row(new: NewInboxItem, item: InboxItem) -> list[object]:
    numbers = [_text(number) for number in dict.fromkeys((new.control_number, *new.control_numbers)) if number]
    words = indexed(
        *((item.title, item.text, item.kind or ""), (item.trip_number, *numbers)),
        category=new.category,
        regime=new.regime,
        company=new.company,
    )
    return [
        *(item.id, item.frame, item.company, to_text(item.received_at), item.kind, item.category, item.regime),
        *(item.trip_number, item.control_number, item.trip, item.digest, item.title, item.text, item.sign),
        *(words, numbers),
    ]


def _text(value: str) -> str:
    """Return a text as a column takes it; a NUL, which would end it there, is shown as what cannot be shown."""
    return plain(value).replace("\0", "\ufffd")
