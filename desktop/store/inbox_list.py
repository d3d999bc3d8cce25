"""How the lists of the inbox are read: each in the order of an index, a page at a time, whatever narrows them."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import product
from typing import Any, NamedTuple

from desktop.clock import from_text, to_text
from desktop.domain.lifecycle import Category, Regime
from desktop.store.column import time_or_none, where
from desktop.store.records import InboxItem

COLUMNS = """id, frame, company, received_at, kind, category, regime, trip_number, control_number, trip, digest,
    repeats, title, text, sign, read_at, pinned_at, snoozed_until"""
_THREAD = """, (SELECT count(*) FROM inbox AS other WHERE other.trip = inbox.trip),
    (SELECT count(*) FROM inbox AS other WHERE other.trip = inbox.trip AND other.read_at IS NULL)"""
_REGIMES: tuple[Regime | None, ...] = (None, *Regime)
_MARK = 10

Condition = tuple[str, tuple[object, ...]]


class Asked(NamedTuple):
    """What a list shows; see `Inbox.cards`."""

    category: Category | None = None
    company: str | None = None
    regime: Regime | None = None
    unread_only: bool = False
    is_pinned: bool = False
    is_snoozed: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    trip: str | None = None
    is_grouped: bool = False


def placed_at(moment: datetime, tail: str = "") -> str:
    """Return where in the list something of this moment stands: before everything that came later."""
    from ulid import ULID  # on use, as in `clock.new_id`

    return str(ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + bytes(10)))[:_MARK] + tail


def listing(
    asked: Asked, now: datetime, before: str | None, limit: int, more: Sequence[Condition] = ()
) -> tuple[str, tuple[object, ...]]:
    """Return the SQL of one page, newest first, and its values.

    What an index leaves open between two columns is gone through value by value, and the rows that come out in order
    are merged, so that never more is read than the page and one row for each value.

    Args:
        asked: what the list shows.
        now: what was put off until a later moment than this is away.
        before: place of the last row already had.
        limit: how many rows at most.
        more: further conditions, which every row is looked at for.
    """
    columns = COLUMNS + ", placed" + (_THREAD if asked.is_grouped else "")
    parts: list[str] = []
    values: list[object] = []
    for index, conditions in _arms(asked, now):
        joined = [*conditions, *more]
        if before is not None:
            joined.append(("placed < ?", (before,)))
        if asked.is_grouped:
            joined.append(_is_newest(asked, now))
        parts.append(f"SELECT {columns} FROM inbox {index} WHERE {where([one for one, _ in joined])}")  # noqa: S608 - constants of this module
        values.extend(value for _, some in joined for value in some)
    return " UNION ALL ".join(parts) + " ORDER BY placed DESC LIMIT ?", (*values, limit)


def found_by_index(
    expression: str, asked: Asked, now: datetime, before: int | None, limit: int
) -> tuple[str, tuple[object, ...]]:
    """Return the SQL of one page of what the index of words knows, newest frame first, and its values.

    The index goes by frames: a day is looked up there by the first message received on it. Where the computer's clock
    was set back within that time, a message of the hours that came twice may be left out.

    Args:
        expression: what the index is asked.
        asked: the list that is searched.
        now: what was put off until a later moment than this is away.
        before: frame of the last row already had.
        limit: how many rows at most.
    """
    conditions: list[Condition] = [("inbox_search MATCH ?", (expression,))]
    if before is not None:
        conditions.append(("found.rowid < ?", (before,)))
    if asked.since is not None:
        first = "(SELECT frame FROM inbox WHERE id >= ? ORDER BY id LIMIT 1)"
        conditions.append((f"found.rowid >= {first}", (placed_at(asked.since),)))
    if asked.until is not None:
        last = "(SELECT frame FROM inbox WHERE id < ? ORDER BY id DESC LIMIT 1)"
        conditions.append((f"found.rowid <= {last}", (placed_at(asked.until),)))
    conditions.extend(narrowed(asked, now))
    sql = f"""SELECT {COLUMNS} FROM inbox_search AS found
        CROSS JOIN inbox INDEXED BY inbox_frame ON inbox.frame = found.rowid
        WHERE {where([one for one, _ in conditions])} ORDER BY found.rowid DESC LIMIT ?"""  # noqa: S608 - constants of this module
    return sql, (*(value for _, some in conditions for value in some), limit)


def narrowed(asked: Asked, now: datetime, table: str = "inbox") -> list[Condition]:
    """Return all conditions of a list, for rows that are found in another way."""
    found: list[Condition] = []
    for column, value in (("category", asked.category), ("company", asked.company), ("regime", asked.regime)):
        if value is not None:
            found.append((f"{table}.{column} = ?", (value,)))
    if asked.trip is not None:
        found.append((f"{table}.trip = ?", (asked.trip,)))
    if asked.unread_only:
        found.append((f"{table}.read_at IS NULL", ()))
    if asked.is_pinned:
        found.append((f"{table}.pinned_at IS NOT NULL", ()))
    found.extend(_received(asked, f"{table}.id"))
    found.extend(_put_off(asked, now, f"{table}."))
    return found


def item_of(row: Sequence[Any]) -> InboxItem:
    """Return the item of a row of `COLUMNS`."""
    return InboxItem(
        id=row[0],
        frame=row[1],
        company=row[2],
        received_at=from_text(row[3]),
        kind=row[4],
        category=Category(row[5]),
        regime=None if row[6] is None else Regime(row[6]),
        trip_number=row[7],
        control_number=row[8],
        trip=row[9],
        digest=row[10],
        repeats=row[11],
        title=row[12],
        text=row[13],
        sign=row[14],
        read_at=time_or_none(row[15]),
        pinned_at=time_or_none(row[16]),
        snoozed_until=time_or_none(row[17]),
        thread=row[19] if len(row) > 19 else 0,  # noqa: PLR2004 - the columns of a thread come after the place
        thread_unread=row[20] if len(row) > 19 else 0,  # noqa: PLR2004
    )


def place_of(db: sqlite3.Connection, item: str) -> str:
    """Return where an item stands; an id nobody knows stands where it would have come."""
    row = db.execute("SELECT placed FROM inbox WHERE id = ?", (item,)).fetchone()
    return item if row is None else str(row[0])


def _arms(asked: Asked, now: datetime) -> Iterator[tuple[str, list[Condition]]]:
    rest = narrowed(asked, now)
    if asked.trip is not None:
        yield "INDEXED BY inbox_trip", rest
    elif asked.is_pinned:
        yield "INDEXED BY inbox_pinned", rest
    elif asked.is_snoozed:
        yield "INDEXED BY inbox_snoozed", rest
    elif asked.since is None and asked.until is None:
        yield from _main_arms(asked, _put_off(asked, now, ""))
    else:
        # One that was never put off stands where it was received; the few others are looked at one by one.
        yield from _main_arms(asked, [("snoozed_until IS NULL", ()), *_received(asked, "placed")])
        yield "INDEXED BY inbox_snoozed", [*rest, ("snoozed_until IS NOT NULL", ())]


def _main_arms(asked: Asked, rest: list[Condition]) -> Iterator[tuple[str, list[Condition]]]:
    unread = "unread_" if asked.unread_only else ""
    if unread:
        rest = [("read_at IS NULL", ()), *rest]
    if asked.category is None and asked.regime is None and asked.company is None:
        yield f"INDEXED BY inbox_{'unread' if unread else 'newest'}", rest
        return
    if asked.category is None and asked.regime is None and not unread:
        yield "INDEXED BY inbox_of_company", [("company = ?", (asked.company,)), *rest]
        return
    first: list[Condition] = [] if asked.company is None else [("company = ?", (asked.company,))]
    index = f"INDEXED BY inbox_{unread}of_kind" + ("" if asked.company is None else "_of_company")
    regimes = _REGIMES if asked.regime is None else (asked.regime,)
    categories = tuple(Category) if asked.category is None else (asked.category,)
    for regime, category in product(regimes, categories):
        side: Condition = ("regime IS NULL", ()) if regime is None else ("regime = ?", (regime,))
        yield index, [*first, side, ("category = ?", (category,)), *rest]


def _received(asked: Asked, column: str) -> list[Condition]:
    found: list[Condition] = []
    if asked.since is not None:
        found.append((f"{column} >= ?", (placed_at(asked.since),)))
    if asked.until is not None:
        found.append((f"{column} < ?", (placed_at(asked.until),)))
    return found


def _put_off(asked: Asked, now: datetime, table: str) -> list[Condition]:
    if asked.is_snoozed is None:
        return []
    if asked.is_snoozed:
        return [(f"{table}snoozed_until > ?", (to_text(now),))]
    return [(f"({table}snoozed_until IS NULL OR {table}snoozed_until <= ?)", (to_text(now),))]


def _is_newest(asked: Asked, now: datetime) -> Condition:
    of_trip = narrowed(asked, now, "later")
    sql = _no_later(tuple(condition for condition, _ in of_trip))
    return sql, tuple(value for _, some in of_trip for value in some)


@functools.cache
def _no_later(conditions: tuple[str, ...]) -> str:
    joined = where([*conditions, "later.trip = inbox.trip", "later.placed > inbox.placed"])
    return f"NOT EXISTS (SELECT 1 FROM inbox AS later WHERE {joined})"  # noqa: S608 - constants of this module
