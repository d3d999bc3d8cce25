"""Numbered migrations: an older database is brought up in one transaction, after a copy of it was made."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.errors import Bug, DataFolderUnusable
from desktop.store.file import make_folder, sync_folder

APPLICATION_ID = 0x654D4445  # "eMDE"
_FOLDER = Path(__file__).with_name("migrations")


def scripts() -> dict[int, str]:
    """Return the migrations by the version they lead to.

    Raises:
        Bug: a number is missing or stands twice.
    """
    found: dict[int, str] = {}
    for entry in _FOLDER.glob("*.sql"):
        number = int(entry.name.partition("_")[0])
        if number in found:
            raise Bug(f"two migrations {number}")
        found[number] = entry.read_text(encoding="utf-8")
    if sorted(found) != list(range(1, len(found) + 1)):
        raise Bug("the migrations are not numbered from 1 without a gap")
    return found


def newest() -> int:
    """Return the version of database this program writes."""
    return max(scripts())


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; each ends at the end of a line, and triggers stay whole."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
    if any(line.strip() and not line.strip().startswith("--") for line in waiting.splitlines()):
        raise Bug("a migration ends within a statement")


def migrate(connection: sqlite3.Connection, *, upto: int | None = None) -> None:
    """Bring the database to version `upto` (the newest) in one transaction; it stays as it was if that fails."""
    steps = scripts()
    goal = max(steps) if upto is None else upto
    connection.execute("BEGIN IMMEDIATE")
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(version + 1, goal + 1):
            for statement in statements(steps[number]):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {goal:d}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        _refuse_loose_ends(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite rolls back by itself where the disk is full or broken
            connection.execute("ROLLBACK")
        raise


def _refuse_loose_ends(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Bug("a migration left a reference to nothing")


def copy(
    connection: sqlite3.Connection, target: Path, seal: Callable[[sqlite3.Connection], None] | None = None
) -> None:
    """Make a verified copy of the database at `target`, whole or not at all (reliability 6.6).

    Args:
        connection: to the database.
        target: the file to make.
        seal: is done to the copy before it is checked.

    Raises:
        DataFolderUnusable: the database is not sound, so its copy would not be.
        OSError: `target` cannot be written.
    """
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    temporary.touch(mode=0o600)
    try:
        other = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection.backup(other)
            other.execute("PRAGMA journal_mode = DELETE")
            if seal is not None:
                seal(other)
            if other.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                source = connection.execute("PRAGMA database_list").fetchone()[2]
                raise DataFolderUnusable("store.damaged", path=source)
        finally:
            other.close()
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)
