"""Takes one person out of every table, in one transaction, and then out of the file itself (reliability 6.14).

This is the only place that changes frames and attempts after they were written. What they were is still known by their
sum; what was taken out is marked with the time. Who it was is written nowhere.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.clock import Clock, new_id, to_text
from desktop.domain.documents import JSON, JSONObject
from desktop.domain.person import Person, person_of
from desktop.store.column import array, packed, unpacked_object, words_of
from desktop.store.error import Gone
from desktop.store.inbox_words import words_in
from desktop.store.lane import Lane

_OPEN = "('READY', 'HELD', 'IN_FLIGHT', 'ACCEPTED_PENDING', 'UNCERTAIN', 'DUP_SUSPECT')"
_LEFT: Final = frozenset(
    {"companies", "meta", "erasures", "delivery_log", "numbers_used", "number_ranges", "inbox_frames", "inbox_numbers"}
    | {"inbox_unread_counts", "tracked", "import_mappings", "frames", "inbox", "undo_steps", "goods"}
)
"""Tables without people, and those that are seen to one by one."""

_FREE: Final = frozenset({"document", "local", "payload", "error", "detail", "shown", "name", "text"})
"""Columns in which a name may stand alone."""

_DOCUMENTS = """SELECT id AS trip, CAST(document AS BLOB) AS body FROM trips
    UNION ALL SELECT trip, CAST(document AS BLOB) FROM trip_versions
    UNION ALL SELECT trip, payload FROM outbox
    UNION ALL SELECT NULL, CAST(document AS BLOB) FROM templates
    UNION ALL SELECT NULL, body FROM frames"""


@dataclass(frozen=True, slots=True)
class Survey:
    """Where a person stands.

    Attributes:
        person: with the papers found beside the name.
        trips: ids of the trips with the person.
        in_the_way: numbers of the trips with a message that is not settled; its bytes must not be touched.
        messages: how many received messages name the person.
        templates: how many templates do.
    """

    person: Person
    trips: tuple[str, ...]
    in_the_way: tuple[str, ...]
    messages: int
    templates: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An erasure whose rows are gone, and whose file was not rewritten yet."""

    id: str
    with_backups: bool


class Erasing:
    """Takes people out of the data."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def survey(self, item: str) -> Survey:
        """Return where the driver of a library record stands; nothing is changed.

        Raises:
            Gone: there is no such record.
        """
        return await self._reader.read(lambda db: _survey(db, _person(db, item)))

    async def erase(self, item: str, *, with_backups: bool) -> Unfinished | None:
        """Take a driver out of every table, all of it or nothing; None where a message that is not settled forbids it.

        Args:
            item: the library record, which goes too.
            with_backups: the backups made before go as well; kept so that a stop in between does not lose that.

        Raises:
            Gone: there is no such record.
        """
        moment = self._clock.now()
        at, id_ = to_text(moment), new_id(moment)

        def work(db: sqlite3.Connection) -> Unfinished | None:
            found = _survey(db, _person(db, item))
            if found.in_the_way:
                return None
            counts = _Eraser(db, found.person, found.trips, at).run(item)
            db.execute(
                "INSERT INTO erasures (id, at, rows, with_backups) VALUES (?, ?, ?, ?)",
                (id_, at, json.dumps(counts, sort_keys=True), with_backups),
            )
            return Unfinished(id_, with_backups)

        await self._writer.bare(lambda db: db.execute("PRAGMA secure_delete = ON").fetchone())
        return await self._writer.write(work)

    async def unfinished(self) -> list[Unfinished]:
        """Return the erasures that still have to be carried into the file and the backups."""
        sql = "SELECT id, with_backups FROM erasures WHERE finished_at IS NULL ORDER BY id"
        return await self._reader.read(lambda db: [Unfinished(row[0], bool(row[1])) for row in db.execute(sql)])

    async def rewrite(self) -> bool:
        """Write the file anew, without what was taken out, and empty its log; False where a reader held the log.

        Raises:
            EnvironmentFailure: there is no room, or the disk failed; what was taken out stays out.
        """

        def work(db: sqlite3.Connection) -> bool:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("VACUUM")
            return bool(db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)

        return await self._writer.bare(work)

    async def finished(self, erasure: str) -> None:
        """Note that nothing is left to be done."""
        at = to_text(self._clock.now())
        await self._writer.write(
            lambda db: db.execute("UPDATE erasures SET finished_at = ? WHERE id = ?", (at, erasure))
        )


def _person(db: sqlite3.Connection, item: str) -> Person:
    row = db.execute("SELECT document, local FROM library WHERE id = ? AND kind = 'driver'", (item,)).fetchone()
    if row is None:
        raise Gone("library")
    return person_of(unpacked_object(row[0]), unpacked_object(row[1]))


def _survey(db: sqlite3.Connection, person: Person) -> Survey:
    """Look twice: papers that stand beside the name on a trip may lead to more."""
    trips: set[str] = set()
    found: list[JSONObject] = []
    for _ in range(2):
        trips, found = set(), []
        for trip, body in db.execute(_DOCUMENTS):
            if not person.may_be_in(body.decode("utf-8", "replace")):
                continue
            here = list(person.within(_value(body)))
            found.extend(here)
            if here and trip is not None:
                trips.add(trip)
        person = person.with_found(found)
    frames = "SELECT body FROM frames WHERE erased_at IS NULL"
    messages = sum(person.cleaned_bytes(body) is not body for (body,) in _traced(db, person, frames))
    documents = "SELECT CAST(document AS BLOB) FROM templates"
    templates = sum(any(person.within(_value(body))) for (body,) in _traced(db, person, documents))
    listed = tuple(sorted(trips))
    return Survey(person, listed, _in_the_way(db, person, listed), messages, templates)


def _traced(db: sqlite3.Connection, person: Person, sql: str) -> Iterator[tuple[bytes]]:
    return (row for row in db.execute(sql) if person.may_be_in(row[0].decode("utf-8", "replace")))


def _in_the_way(db: sqlite3.Connection, person: Person, trips: Sequence[str]) -> tuple[str, ...]:
    sql = f"SELECT trip, number, payload FROM outbox WHERE state IN {_OPEN} ORDER BY id"  # noqa: S608 - a constant
    theirs = set(trips)
    numbers = [
        number
        for trip, number, payload in db.execute(sql)
        if trip in theirs or person.cleaned_bytes(payload, is_theirs=True) is not payload
    ]
    return tuple(dict.fromkeys(numbers))


def _value(body: bytes) -> JSON:
    try:
        value: JSON = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value


class _Eraser:
    """One erasure at work, inside its transaction."""

    def __init__(self, db: sqlite3.Connection, person: Person, trips: Sequence[str], at: str) -> None:
        self._db = db
        self._person = person
        self._trips = frozenset(trips)
        self._at = at
        self._counts: Counter[str] = Counter()

    def run(self, item: str) -> dict[str, int]:
        """Take the person out and return how many rows of each table were changed or went."""
        self._library(item)
        messages = self._frames()
        self._inbox(messages)
        self._undo()
        self._goods()
        for table in _tables(self._db):
            self._table(table)
        return dict(self._counts)

    def _library(self, item: str) -> None:
        rows = self._db.execute("SELECT id, document FROM library WHERE kind = 'driver'")
        gone = [id_ for id_, document in rows if id_ == item or self._person.is_same(unpacked_object(document))]
        self._db.execute(
            "UPDATE number_ranges SET driver = NULL, is_active = 0 WHERE driver IN (SELECT value FROM json_each(?))",
            (array(gone),),
        )
        self._change("library", "DELETE FROM library WHERE id = ?", [(id_,) for id_ in gone])

    def _change(self, table: str, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        rows = list(rows)
        if rows:
            self._db.executemany(sql, rows)
            self._counts[table] += len(rows)

    def _frames(self) -> set[int]:
        """Take the person out of what was received; return which frames are about the person."""
        theirs = {
            row[0]
            for row in self._db.execute(
                """SELECT f.frame FROM inbox_frames AS f JOIN inbox AS i ON i.id = f.inbox
                    WHERE i.trip IN (SELECT value FROM json_each(?))""",
                (array(sorted(self._trips)),),
            )
        }
        changed = []
        for id_, body in self._db.execute("SELECT id, body FROM frames"):
            if not self._person.may_be_in(body.decode("utf-8", "replace")):
                continue
            made = self._person.cleaned_bytes(body, is_theirs=id_ in theirs)
            if made is not body:
                changed.append((made, self._at, id_))
        self._change("frames", "UPDATE frames SET body = ?, erased_at = ? WHERE id = ?", changed)
        return theirs | {row[2] for row in changed}

    def _inbox(self, messages: set[int]) -> None:
        person = self._person
        names = {word for name in (person.first, person.last, person.born, *person.secrets) for word in words_in(name)}
        names |= {"".join(words_in(secret)) for secret in person.secrets}
        changed = []
        for id_, frame, title, text, words in self._db.execute("SELECT id, frame, title, text, words FROM inbox"):
            if frame not in messages and not person.may_be_in(f"{title}\n{text}"):
                continue
            is_theirs = frame in messages
            new_title = person.cleaned_text(title, is_theirs=is_theirs)
            new_text = person.cleaned_text(text, is_theirs=is_theirs)
            is_about = is_theirs or (new_title, new_text) != (title, text)
            gone = names - set(words_in(f"{new_title} {new_text}")) if is_about else set()
            kept = " " + " ".join(word for word in words.split() if word not in gone and word[1:][::-1] not in gone)
            if (new_title, new_text) != (title, text) or any(word in gone for word in words.split()):
                changed.append((new_title, new_text, kept, id_))
        self._change("inbox", "UPDATE inbox SET title = ?, text = ?, words = ? WHERE id = ?", changed)
        if changed:
            # The index keeps what was taken out of it until its parts are joined: make it anew.
            self._db.execute("INSERT INTO inbox_search (inbox_search) VALUES ('rebuild')")

    def _undo(self) -> None:
        """Forget the undo steps of each trip that has or had the person: half-typed names stand in them."""
        gone = set(self._trips)
        for trip, *values in self._db.execute("SELECT trip, before, after FROM undo_steps"):
            if trip not in gone and any(value is not None and self._is_traced(value) for value in values):
                gone.add(trip)
        self._db.executemany("UPDATE trips SET undo_position = 0 WHERE id = ?", [(trip,) for trip in gone])
        for trip in gone:
            self._counts["undo_steps"] += self._db.execute("DELETE FROM undo_steps WHERE trip = ?", (trip,)).rowcount

    def _is_traced(self, text: str) -> bool:
        value: JSON = json.loads(text)
        return self._person.may_be_in(json.dumps(value, ensure_ascii=False).replace("\\u", ""))

    def _goods(self) -> None:
        rows = self._db.execute("SELECT id, partner, description, document FROM goods")
        gone = [(id_,) for id_, *texts in rows if any(self._text(text, is_theirs=False) != text for text in texts)]
        self._change("goods", "DELETE FROM goods WHERE id = ?", gone)

    def _table(self, table: str) -> None:
        info = self._db.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = [row[1] for row in sorted(info, key=lambda row: int(row[5])) if row[5]]
        columns = [row[1] for row in info if row[2] in {"TEXT", "BLOB"} and not row[5]]
        listed = ", ".join(f'"{name}"' for name in [*keys, *columns])
        changes: list[tuple[dict[str, Any], Sequence[Any]]] = []
        for row in self._db.execute(f'SELECT {listed} FROM "{table}"'):  # noqa: S608 - names of our own tables
            old = dict(zip(columns, row[len(keys) :], strict=True))
            whole = "\n".join(_readable(value) for value in old.values() if value is not None)
            if self._person.may_be_in(whole):
                new = self._row(old, is_theirs=(row[0] if table == "trips" else old.get("trip", row[0])) in self._trips)
                changed = {name: value for name, value in new.items() if value != old[name]}
                if changed:
                    changes.append((changed, row[: len(keys)]))
        place = " AND ".join(f'"{name}" = ?' for name in keys)
        for changed, key in changes:
            values = {**changed, "erased_at": self._at} if table == "outbox" else changed
            sets = ", ".join(f'"{name}" = ?' for name in values)
            self._db.execute(f'UPDATE "{table}" SET {sets} WHERE {place}', (*values.values(), *key))  # noqa: S608 - ours
        if changes:
            self._counts[table] += len(changes)

    def _row(self, old: dict[str, Any], *, is_theirs: bool) -> dict[str, Any]:
        new = {
            name: value
            if value is None or name == "words"
            else self._person.cleaned_bytes(value, is_theirs=is_theirs)
            if isinstance(value, bytes)
            else self._text(value, is_theirs=is_theirs and name in _FREE)
            for name, value in old.items()
        }
        if old.get("words"):
            gone: set[str] = set()
            if old.get("document"):
                before, after = (
                    words_of(
                        *(unpacked_object(str(values[name])) for name in ("document", "local") if values.get(name))
                    )
                    for values in (old, new)
                )
                gone = set(before.split("\n")) - set(after.split("\n"))
            lines = [line for line in old["words"].split("\n") if line not in gone]
            new["words"] = "\n".join(self._person.cleaned_text(line, is_theirs=False) for line in lines)
        return new

    def _text(self, value: str, *, is_theirs: bool) -> str:
        if value[:1] in {"{", "[", '"'}:
            try:
                read: JSON = json.loads(value)
            except (ValueError, RecursionError):
                pass
            else:
                made = self._person.cleaned(read, is_theirs=is_theirs)
                return value if made is read or made == read else packed(made)
        return self._person.cleaned_text(value, is_theirs=is_theirs)


def _readable(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _tables(db: sqlite3.Connection) -> list[str]:
    """Return the tables of rows that are looked through column by column; a new table is one of them by itself."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    virtual = [name for name, sql in rows if sql.startswith("CREATE VIRTUAL")]
    return [
        name
        for name, _ in rows
        if name not in _LEFT and name not in virtual and not name.startswith(("sqlite_", *(f"{v}_" for v in virtual)))
    ]
