"""Who bears a number: the trips that have it now, and those that went out with it; and what messages name it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from desktop.clock import Clock, to_text
from desktop.domain.lifecycle import Regime
from desktop.store.column import array, plain
from desktop.store.error import Gone
from desktop.store.lane import Lane
from desktop.store.records import NumberKind


class Bearer(NamedTuple):
    """A trip and a number it bears or bore.

    Attributes:
        number: in one case, as `key` gives it.
        shown: the number of the trip itself, as it stands now.
        is_now: whether its document has the number now (a deleted trip has none).
        went_out: whether it went out with it, or may have.
    """

    trip: str
    company: str
    regime: Regime
    kind: NumberKind
    number: str
    shown: str
    is_now: bool
    went_out: bool


class Linked(NamedTuple):
    """A message and the trip it belongs to.

    Attributes:
        is_chosen: a person said so.
    """

    item: str
    frame: int
    company: str
    trip: str | None
    is_chosen: bool


class Link(NamedTuple):
    """What a message comes to belong to, and the trip's number to show with it."""

    item: str
    trip: str | None
    number: str


_NOW = {
    "trip": """SELECT id, company, regime, number, number FROM trips
        WHERE number COLLATE NOCASE IN (SELECT value FROM json_each(?)) AND number <> '' AND deleted_at IS NULL""",
    "control": """SELECT t.id, t.company, s.regime, s.number, t.number
        FROM shipments AS s JOIN trips AS t ON t.id = s.trip
        WHERE s.number COLLATE NOCASE IN (SELECT value FROM json_each(?)) AND s.number <> ''
        AND t.deleted_at IS NULL""",
}
_OUT = {
    "trip": """SELECT DISTINCT u.trip, u.company, u.regime, u.number, t.number FROM numbers_used AS u
        JOIN trips AS t ON t.id = u.trip
        JOIN outbox AS o ON o.trip = u.trip AND o.number = u.number AND o.attempts > 0
        WHERE u.company IN (SELECT value FROM json_each(?2)) AND u.regime IN ('ACE', 'ACI') AND u.kind = 'trip'
        AND u.number IN (SELECT value FROM json_each(?1)) AND u.trip <> ''""",
    "control": """SELECT DISTINCT u.trip, u.company, u.regime, u.number, t.number FROM numbers_used AS u
        JOIN trips AS t ON t.id = u.trip
        JOIN outbox AS o ON o.trip = u.trip AND o.attempts > 0
        WHERE u.company IN (SELECT value FROM json_each(?2)) AND u.regime IN ('ACE', 'ACI') AND u.kind = 'control'
        AND u.number IN (SELECT value FROM json_each(?1)) AND u.trip <> ''""",
}
_LINKED = "SELECT i.id, i.frame, i.company, i.trip, i.assigned_at IS NOT NULL FROM inbox AS i "
_ABOUT = """WHERE i.id IN (
    SELECT id FROM inbox WHERE trip = ?1
    UNION SELECT id FROM inbox WHERE trip_number <> '' AND trip_number IN (SELECT value FROM json_each(?2))
    UNION SELECT inbox FROM inbox_numbers WHERE number IN (SELECT value FROM json_each(?3))) ORDER BY i.id"""

_UNCLEAR = """WHERE i.trip IS NULL AND i.assigned_at IS NULL AND i.id IN (
    SELECT id FROM inbox WHERE trip_number <> '' AND trip_number IN (SELECT value FROM json_each(?1))
    UNION SELECT inbox FROM inbox_numbers WHERE number IN (SELECT value FROM json_each(?1))) ORDER BY i.id"""

# CROSS JOIN keeps this order: from few shipments to the messages that name them, never through a company's inbox.
_OF_OTHERS = """SELECT s.trip, s.number, i.frame FROM shipments AS s
    CROSS JOIN inbox_numbers AS n ON n.number = s.number
    CROSS JOIN inbox AS i ON i.id = n.inbox
    CROSS JOIN frames AS f ON f.id = i.frame
    WHERE s.trip IN (SELECT value FROM json_each(?1)) AND s.number <> '' AND i.trip IS NOT NULL AND i.trip <> s.trip
    AND i.company = s.company AND f.received_at >= ?2 ORDER BY f.id"""

_STRAYED = """SELECT i.company, t.company, i.category, i.read_at IS NULL FROM inbox AS i JOIN trips AS t ON t.id = ?1
    WHERE i.id = ?2 AND i.trip = t.id AND t.company <> i.company AND NOT EXISTS (
        SELECT 1 FROM inbox AS same WHERE same.company = t.company AND same.digest = i.digest)"""
_UNREAD = """INSERT INTO inbox_unread_counts (company, category, unread) VALUES (?1, ?2, max(0, ?3))
    ON CONFLICT (company, category) DO UPDATE SET unread = unread + ?3"""


def key(number: str) -> str:
    """Return a number in the one case in which numbers are compared."""
    return plain(number).strip().casefold()


class Bearing:
    """Finds trips by number and messages by trip, many at once."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def of(
        self, companies: Sequence[str], trip_numbers: Iterable[str], control_numbers: Iterable[str]
    ) -> list[Bearer]:
        """Return who bears these numbers in these companies, or went out with them.

        This is read where the writing is done, so that messages that pour in do not wait for lists being read.
        """
        wanted = {"trip": _spellings(trip_numbers), "control": _spellings(control_numbers)}

        def work(db: sqlite3.Connection) -> list[Bearer]:
            found: dict[tuple[str, str, Regime, NumberKind, str, str], list[bool]] = {}
            kinds: tuple[NumberKind, ...] = ("trip", "control")
            for kind in kinds:
                if wanted[kind]:
                    numbers = array(wanted[kind])
                    now = db.execute(_NOW[kind], (numbers,)).fetchall()
                    out = db.execute(_OUT[kind], (numbers, array(companies))).fetchall()
                    for place, rows in enumerate((now, out)):
                        for trip, company, regime, number, shown in rows:
                            if company in companies:
                                mark = (trip, company, Regime(regime), kind, key(number), shown)
                                found.setdefault(mark, [False, False])[place] = True
            return [Bearer(*mark, *places) for mark, places in found.items()]

        return await self._writer.bare(work)

    async def open_numbers(self, companies: Sequence[str]) -> set[str]:
        """Return the trip numbers of what is not settled in the outbox of these companies, read as in `of`."""
        sql = """SELECT DISTINCT number FROM outbox
            WHERE state IN ('READY', 'HELD', 'IN_FLIGHT', 'ACCEPTED_PENDING', 'UNCERTAIN', 'DUP_SUSPECT')
            AND company IN (SELECT value FROM json_each(?))"""
        values = (array(companies),)
        return await self._writer.bare(lambda db: {row[0] for row in db.execute(sql, values)})

    async def messages(
        self, trip: str, trip_numbers: Iterable[str] = (), control_numbers: Iterable[str] = ()
    ) -> list[Linked]:
        """Return the messages a trip has, and those that name one of these numbers."""
        values = (trip, array(_spellings(trip_numbers)), array(_spellings(control_numbers)))
        return await self._reader.read(lambda db: [_linked(row) for row in db.execute(_LINKED + _ABOUT, values)])

    async def unclear(self, numbers: Iterable[str]) -> list[Linked]:
        """Return the messages that name one of these numbers, belong to no trip, and of which no person said which."""
        values = (array(_spellings(numbers)),)
        return await self._reader.read(lambda db: [_linked(row) for row in db.execute(_LINKED + _UNCLEAR, values)])

    async def of_other_trips(self, trips: Sequence[str], since: datetime) -> list[tuple[str, str, int]]:
        """Return what names a shipment of one of these trips and belongs to another trip: trip, its number, frame.

        Args:
            trips: whose shipments.
            since: what came before that is left out (UTC).
        """
        values = (array(trips), to_text(since))
        return await self._reader.read(lambda db: [(row[0], row[1], row[2]) for row in db.execute(_OF_OTHERS, values)])

    async def message(self, item: str) -> Linked:
        """Return one message.

        Raises:
            Gone: there is no such message.
        """
        sql = _LINKED + "WHERE i.id = ?"
        row = await self._reader.read(lambda db: db.execute(sql, (item,)).fetchone())
        if row is None:
            raise Gone("message")
        return _linked(row)

    async def link(self, links: Sequence[Link], *, is_chosen: bool | None = None) -> None:
        """Give messages to trips, or to none.

        Args:
            links: what belongs where.
            is_chosen: whether a person says so, or says so no more; None leaves what a person chose as it is.
        """
        at = to_text(self._clock.now()) if is_chosen else None
        sql = "UPDATE inbox SET trip = ?, trip_number = ? WHERE id = ? AND assigned_at IS NULL"
        if is_chosen is not None:
            sql = "UPDATE inbox SET trip = ?, trip_number = ?, assigned_at = ? WHERE id = ?"
        middle = () if is_chosen is None else (at,)
        values = [(one.trip, plain(one.number), *middle, one.item) for one in links]
        given = [(one.trip, one.item) for one in links if one.trip is not None]

        def work(db: sqlite3.Connection) -> None:
            db.executemany(sql, values)
            for trip, item in given:
                _follow(db, trip, item)

        await self._writer.write(work)


def _follow(db: sqlite3.Connection, trip: str, item: str) -> None:
    """Show a message among those of its trip's company, where it stood with another one of the same connection.

    It stays where it is if that company has the very same message already.
    """
    row = db.execute(_STRAYED, (trip, item)).fetchone()
    if row is None:
        return
    before, after, category, is_unread = row
    numbers = db.execute("SELECT number, inbox FROM inbox_numbers WHERE inbox = ?", (item,)).fetchall()
    db.execute("DELETE FROM inbox_numbers WHERE inbox = ?", (item,))
    db.execute(
        "UPDATE inbox SET company = ?, words = replace(words, ?, ?) WHERE id = ?",
        (after, f" ~c{before.lower()}", f" ~c{after.lower()}", item),
    )
    db.executemany("INSERT INTO inbox_numbers (number, inbox) VALUES (?, ?)", numbers)  # the tracker hears it anew
    if is_unread:
        db.execute(_UNREAD, (before, category, -1))
        db.execute(_UNREAD, (after, category, 1))


def _spellings(numbers: Iterable[str]) -> list[str]:
    """Return numbers as they came and in capitals, as customs writes them."""
    found = [plain(number) for number in numbers]
    return list(dict.fromkeys(one for number in found for one in (number, number.upper()) if one))


def _linked(row: tuple[str, int, str, str | None, int]) -> Linked:
    return Linked(row[0], row[1], row[2], row[3], bool(row[4]))
