"""Takes what can still be read out of a damaged database into a new one (reliability 5, row 5).

Blocks: call it in a thread. Rows that carry a sum of their own (frames, outbox) are taken only where it still fits;
what points at something lost is left out and counted.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from desktop.clock import Clock, from_text, to_text
from desktop.domain.lifecycle import Category, OutboxState, Regime
from desktop.errors import DataFolderUnusable
from desktop.store import migration
from desktop.store.file import make_folder, sync_folder
from desktop.store.holding import Held, Why, hold
from desktop.store.probe import uri

_FARTHEST = 1 << 20
_BODIES = {"frames": ("sha256", "body"), "outbox": ("sha256", "payload")}
_DERIVED = frozenset({"inbox_unread_counts", "tracked"})
"""Tables that triggers fill from others."""

_JSON = frozenset({"document", "local", "shown", "mapping", "scacs", "carrier_codes"})
_KINDS: Final[dict[str, frozenset[str]]] = {
    "regime": frozenset(Regime),
    "state": frozenset(OutboxState),
    "category": frozenset(Category),
}
_READ_ERRORS = (sqlite3.Error, ValueError, OverflowError)


@dataclass
class Salvaged:
    """What came of it.

    Attributes:
        taken: rows by table.
        dropped: rows that were read, and left out because they were not whole or pointed at something lost.
        torn: tables of which a part could not be read at all.
    """

    taken: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    torn: list[str] = field(default_factory=list)

    @property
    def trips(self) -> int:
        """How many trips came out."""
        return self.taken.get("trips", 0)

    @property
    def messages(self) -> int:
        """How many received messages came out."""
        return self.taken.get("frames", 0)


def salvage(damaged: Path, target: Path, clock: Clock) -> Salvaged:
    """Write a sound database with what can be read of a damaged one; nothing goes out of it until somebody looked.

    Args:
        damaged: the file; with a log beside it, that is read too. It stays as it is.
        target: the new file; must not be there.
        clock: the time.

    Raises:
        DataFolderUnusable: nothing could be read, or `target` cannot be written.
    """
    done = Salvaged()
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)
    try:
        with closing(_opened(damaged)) as old, closing(sqlite3.connect(temporary, isolation_level=None)) as new:
            migration.migrate(new, upto=_version(old))
            now = to_text(clock.now())
            _copy(old, new, now, done)
            _mend(new, done)
            hold(new, Held(Why.RESTORED, clock.now()))
            if new.execute("PRAGMA user_version").fetchone()[0] < migration.newest():
                migration.migrate(new)
            if new.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise DataFolderUnusable("store.damaged", path=str(damaged))
        if not any(done.taken.values()):
            raise DataFolderUnusable("store.damaged", path=str(damaged))
        temporary.replace(target)
        sync_folder(target.parent)
    except (sqlite3.Error, ValueError) as error:
        raise DataFolderUnusable("store.damaged", path=str(damaged)) from error
    finally:
        temporary.unlink(missing_ok=True)
    return done


def _opened(damaged: Path) -> sqlite3.Connection:
    has_log = damaged.with_name(damaged.name + "-wal").exists()
    connection = sqlite3.connect(uri(damaged, "mode=ro" if has_log else "immutable=1"), uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA cell_size_check = ON")
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


def _version(old: sqlite3.Connection) -> int:
    """Return which version of the database the tables are of; the newest where the head no longer says it."""
    version = old.execute("PRAGMA user_version").fetchone()[0]
    return int(version) if 1 <= version <= migration.newest() else migration.newest()


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, now: str, done: Salvaged) -> None:
    new.execute("PRAGMA foreign_keys = OFF")
    new.execute("BEGIN IMMEDIATE")
    for name in _tables(new):
        wanted = [row[1] for row in new.execute(f'PRAGMA table_info("{name}")')]
        try:
            there = {row[1] for row in old.execute(f'PRAGMA table_info("{name}")')}
        except _READ_ERRORS:
            there = set()  # the page that lists the tables is torn
        columns = [column for column in wanted if column in there]
        if not columns:
            done.torn.append(name)
            continue
        _copy_table(old, new, name, columns, now, done)
    new.execute("COMMIT")


def _copy_table(
    old: sqlite3.Connection, new: sqlite3.Connection, name: str, columns: Sequence[str], now: str, done: Salvaged
) -> None:
    listed = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    insert = f'INSERT OR IGNORE INTO "{name}" ({listed}) VALUES ({marks})'  # noqa: S608 - names of our own tables
    taken = dropped = 0
    must = {row[1] for row in new.execute(f'PRAGMA table_info("{name}")') if row[3]}
    for row in _rows(old, name, listed, done):
        values = dict(zip(columns, row, strict=True))
        if _is_whole(name, values):
            try:
                taken += new.execute(insert, [_time(column, values, must, now) for column in columns]).rowcount
                continue
            except sqlite3.Error:
                pass  # a value of another kind than the column takes, or a number that is too large
        dropped += 1
    done.taken[name] = taken
    if dropped:
        done.dropped[name] = dropped


def _tables(db: sqlite3.Connection) -> list[str]:
    """Return the tables that hold data of their own: no search index, which is made anew."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    virtual = [name for name, sql in rows if sql.startswith("CREATE VIRTUAL")]
    return [
        name
        for name, _ in rows
        if name not in virtual
        and name not in _DERIVED
        and not name.startswith("sqlite_")
        and not any(name.startswith(f"{index}_") for index in virtual)
    ]


def _rows(old: sqlite3.Connection, name: str, listed: str, done: Salvaged) -> Iterator[tuple[Any, ...]]:
    """Yield every row that can be read; after a hole the search goes on behind it, in growing steps."""
    last, step = -(1 << 62), 1
    top = _last_rowid(old, name)
    if top is None:
        yield from _all_until_torn(old, name, listed, done)
        return
    sql = f'SELECT rowid, {listed} FROM "{name}" WHERE rowid > ? ORDER BY rowid'  # noqa: S608 - names of our own tables
    while True:
        try:
            for row in old.execute(sql, (last,)):
                last, step = int(row[0]), 1
                yield tuple(row[1:])
        except _READ_ERRORS:
            if name not in done.torn:
                done.torn.append(name)
            last = max(last, 0) + step
            step = min(step * 2, _FARTHEST)
            if last > top:
                return
        else:
            return


def _last_rowid(old: sqlite3.Connection, name: str) -> int | None:
    """Return the last row's number, a guess where the end is torn; None for a table without row numbers."""
    try:
        found = old.execute(f'SELECT max(rowid) FROM "{name}"').fetchone()[0]  # noqa: S608 - a name of our own tables
    except sqlite3.OperationalError as error:
        return None if "no such column" in str(error) else _FARTHEST
    except _READ_ERRORS:
        return _FARTHEST
    return int(found or 0)


def _all_until_torn(old: sqlite3.Connection, name: str, listed: str, done: Salvaged) -> Iterator[tuple[Any, ...]]:
    try:
        yield from old.execute(f'SELECT {listed} FROM "{name}"')  # noqa: S608 - names of our own tables
    except _READ_ERRORS:
        done.torn.append(name)


def _is_whole(name: str, values: dict[str, Any]) -> bool:
    """Tell whether a row is as it was written, as far as it shows."""
    if name in _BODIES:
        digest, body = (values.get(column) for column in _BODIES[name])
        is_erased = values.get("erased_at") is not None  # personal data were taken out: the sum is of what was there
        if not isinstance(body, bytes) or (not is_erased and hashlib.sha256(body).hexdigest() != digest):
            return False
    for column, value in values.items():
        if value is None:
            continue
        if column in _KINDS and value not in _KINDS[column]:
            return False
        if column in _JSON:
            try:
                json.loads(value)
            except (TypeError, ValueError, RecursionError):
                return False
    return True


def _time(column: str, values: dict[str, Any], must: set[str], now: str) -> Any:
    """Return a value; of a time that is none any more, nothing, or now where there must be one."""
    value = values[column]
    if value is None or not (column == "at" or column.endswith(("_at", "_utc", "_until"))):
        return value
    try:
        from_text(value)
    except (TypeError, ValueError, IndexError):
        return now if column in must else None
    return value


def _mend(new: sqlite3.Connection, done: Salvaged) -> None:
    """Take out what points at something lost, until nothing does."""
    new.execute("BEGIN IMMEDIATE")
    guards = new.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        if name.startswith("delivery_log"):
            new.execute(f'DROP TRIGGER "{name}"')
    while loose := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in loose:
            if rowid is None:
                _empty(new, table, done)
                continue
            removed = new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,)).rowcount  # noqa: S608 - our own
            done.taken[table] = done.taken.get(table, 0) - removed
            done.dropped[table] = done.dropped.get(table, 0) + removed
    for name, sql in guards:
        if name.startswith("delivery_log"):
            new.execute(sql)
    new.execute("COMMIT")


def _empty(new: sqlite3.Connection, table: str, done: Salvaged) -> None:
    removed = new.execute(f'DELETE FROM "{table}"').rowcount  # noqa: S608 - a name of our own tables
    done.taken[table] = done.taken.get(table, 0) - removed
    done.dropped[table] = done.dropped.get(table, 0) + removed
