"""Opening, refusing, copying and closing the database of a data folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.domain.lifecycle import Regime
from desktop.errors import Bug, DataFolderUnusable, DesktopError, EnvironmentFailure
from desktop.store import DATABASE, Conflict, Gone, NameTaken, NoData, OtherKind, drive, migration
from desktop.store import database as database_module
from desktop.store.company import CompanyFields
from desktop.store.lane import told_as
from desktop.store.probe import probe
from desktop.texts import text


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir() if file.is_file()}


def told(error: DesktopError) -> list[str]:
    """The three sentences of an error; fails where one is missing or lacks a value."""
    area, _, name = error.code.partition(".")
    return [text(f"{area}.error.{name}.{part}", **error.values) for part in ("title", "text", "remedy")]


@pytest.fixture
def folder(open_at, tmp_path, run) -> Path:
    """A data folder with a closed database and one company."""
    store = open_at()
    run(store.companies.add(CompanyFields("Sample Carrier"), is_practice=False))
    run(store.close())
    return tmp_path / "data"


def test_a_new_folder_is_for_the_users_eyes_only(open_at, tmp_path, run) -> None:
    store = open_at(tmp_path / "a" / "b")
    run(store.trips.add(Regime.ACE, {}))
    assert mode(tmp_path / "a" / "b") == 0o700
    for file in (tmp_path / "a" / "b").iterdir():
        assert mode(file) == 0o600, file


def test_it_is_ours_durable_and_closes_to_one_file(folder) -> None:
    assert [file.name for file in folder.iterdir()] == [DATABASE]
    with sqlite3.connect(folder / DATABASE) as db:
        assert db.execute("PRAGMA application_id").fetchone()[0] == migration.APPLICATION_ID
        assert db.execute("PRAGMA user_version").fetchone()[0] == migration.newest()
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    db.close()


def test_writes_reach_the_disk_before_they_return(store, run) -> None:
    async def settings() -> list[int]:
        names = ("synchronous", "foreign_keys")
        return await store._writer.bare(lambda db: [db.execute(f"PRAGMA {name}").fetchone()[0] for name in names])

    assert run(settings()) == [2, 1]


def test_no_sql_runs_in_the_callers_thread(store, run) -> None:
    async def threads() -> set[str]:
        reader = await store._reader.read(lambda _: threading.current_thread().name)
        writer = await store._writer.write(lambda _: threading.current_thread().name)
        return {reader, writer}

    names = run(threads())
    assert len(names) == 2
    assert threading.current_thread().name not in names


def test_what_fails_within_is_undone_whole(store, run) -> None:
    def work(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO meta VALUES ('x', 'y')")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(store._writer.write(work))
    assert run(store._reader.read(lambda db: db.execute("SELECT 1 FROM meta WHERE key = 'x'").fetchone())) is None
    run(store.trips.add(Regime.ACE, {}))


def test_our_own_mistake_in_sql_is_not_told_as_a_failed_disk(store, run) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        run(store._writer.write(lambda db: db.execute("SELECT 1 FROM nowhere")))


def test_a_full_disk_is_said_and_the_store_goes_on_when_there_is_space(store, run) -> None:
    def limit(pages: int) -> None:
        run(store._writer.bare(lambda db: db.execute(f"PRAGMA max_page_count = {pages}")))

    limit(1)
    with pytest.raises(EnvironmentFailure) as refused:
        run(store.trips.add(Regime.ACE, {"note": "x" * 500_000}))
    assert refused.value.code == "store.disk_full"
    limit(1_000_000)
    assert run(store.trips.latest()) == []
    run(store.trips.add(Regime.ACE, {"note": "x" * 500_000}))
    assert run(store.problems()) == []


def test_work_outside_a_transaction_fails_alone(store, run) -> None:
    with pytest.raises(ZeroDivisionError):
        run(store._writer.bare(lambda _: 1 // 0))


def test_a_crash_before_the_first_table_is_begun_again(tmp_path, open_at, run) -> None:
    db = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    assert run(open_at(tmp_path).companies.all()) == []


def test_a_crash_that_left_a_log_loses_nothing_and_is_checked(store, company, tmp_path, open_at, run) -> None:
    shutil.copytree(store.folder, tmp_path / "crashed")
    assert (tmp_path / "crashed" / (DATABASE + "-wal")).stat().st_size > 0
    assert run(open_at(tmp_path / "crashed").companies.all()) == [company]


def test_a_reader_that_cannot_open_leaves_no_writer_behind(open_at, monkeypatch) -> None:
    def fail(_path, _options):
        raise sqlite3.OperationalError("sample")

    monkeypatch.setattr(database_module, "_connect_reader", fail)
    with pytest.raises(Bug):
        open_at()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("store-")]


def test_a_file_that_vanishes_or_is_no_database_is_let_go(tmp_path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database " * 100)
    with pytest.raises(sqlite3.DatabaseError):
        database_module._connect_reader(tmp_path / DATABASE, "mode=ro")
    with pytest.raises(DataFolderUnusable) as refused:
        probe(tmp_path / "nothing", is_owner=True)
    assert refused.value.code == "store.not_opened"


def test_a_folder_that_cannot_be_made_or_written_is_said(open_at, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderUnusable) as refused:
        open_at(tmp_path / "file" / "data")
    assert refused.value.code == "store.read_only"
    monkeypatch.setattr(database_module, "is_writable", lambda _: False)
    with pytest.raises(DataFolderUnusable) as refused:
        open_at()
    assert refused.value.code == "store.read_only"
    assert told(refused.value)


class TestReadOnly:
    def test_it_makes_nothing_where_nothing_is(self, open_at, tmp_path) -> None:
        with pytest.raises(NoData) as refused:
            open_at(read_only=True)
        assert refused.value.exit_code == 1
        assert told(refused.value)
        assert list(tmp_path.iterdir()) == []

    def test_a_database_that_was_only_begun_counts_as_none(self, open_at, tmp_path) -> None:
        (tmp_path / DATABASE).touch()
        with pytest.raises(NoData):
            open_at(tmp_path, read_only=True)
        assert (tmp_path / DATABASE).read_bytes() == b""

    def test_it_reads_beside_the_owner_and_sees_each_save(self, store, open_at, company, run) -> None:
        beside = open_at(read_only=True)
        assert run(beside.companies.all()) == [company]
        trip = run(store.trips.add(Regime.ACE, {"tripNumber": "A"}))
        assert run(beside.trips.latest()) == [trip]
        assert beside.is_read_only

    def test_it_refuses_to_write(self, folder, open_at, run) -> None:
        before = digests(folder)[DATABASE]
        beside = open_at(read_only=True)
        for work in (
            beside.trips.add(Regime.ACE, {}),
            beside.outbox.new_epoch(),
            beside.handling.mark_read([]),
        ):
            with pytest.raises(DataFolderUnusable) as refused:
                run(work)
            assert refused.value.code == "store.opened_to_read"
            assert told(refused.value)
        beside.close_now()
        assert digests(folder)[DATABASE] == before

    def test_even_the_connection_cannot_write(self, folder, open_at, run) -> None:
        beside = open_at(read_only=True)
        with pytest.raises(DataFolderUnusable) as refused:
            run(beside._reader.read(lambda db: db.execute("DELETE FROM companies")))
        assert refused.value.code == "store.read_only"

    def test_a_folder_that_takes_no_files_is_read_all_the_same(self, folder, open_at, monkeypatch, run) -> None:
        monkeypatch.setattr(database_module, "is_writable", lambda _: False)
        beside = open_at(read_only=True)
        assert len(run(beside.companies.all())) == 1
        beside.close_now()
        assert [file.name for file in folder.iterdir()] == [DATABASE]


def set_version(path: Path, version: int) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA user_version = {version}")
    db.close()


def make_foreign(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("CREATE TABLE theirs (a)")
    db.close()


def overwrite(path: Path, place: int, data: bytes) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(data)


def grow_and_cut(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("INSERT INTO meta VALUES ('long', ?)", ("x" * 100_000,))
    db.close()
    path.write_bytes(path.read_bytes()[:-4096])


def break_a_rule(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("INSERT INTO library VALUES ('1', 1, NULL, 'ship', '', '', '', '{}', '{}', '', 1, '', '')")
    db.close()


def lose_a_table(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'companies'").fetchone()[0]
    db.close()
    overwrite(path, (page - 1) * 4096, b"\xff" * 4096)


REFUSED = {
    "newer": (lambda path: set_version(path, 9999), "store.newer"),
    "version never written": (lambda path: set_version(path, 0), "store.damaged"),
    "foreign": (make_foreign, "store.foreign"),
    "no database": (lambda path: path.write_bytes(b"not a database, whatever its name"), "store.damaged"),
    "short": (lambda path: path.write_bytes(b"SQLite"), "store.damaged"),
    "head only": (lambda path: path.write_bytes(path.read_bytes()[:100]), "store.damaged"),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:-4096]), "store.damaged"),
    "overwritten": (lambda path: overwrite(path, 4096, os.urandom(4096 * 3)), "store.damaged"),
    "end lost": (grow_and_cut, "store.damaged"),
    "one table gone": (lose_a_table, "store.damaged"),
    "schema gone": (lambda path: overwrite(path, 100, b"\xff" * 400), "store.damaged"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_by_name_and_left_as_it_is(folder, open_at, name, read_only) -> None:
    harm, code = REFUSED[name]
    harm(folder / DATABASE)
    before = digests(folder)
    with pytest.raises(DataFolderUnusable) as refused:
        open_at(folder, read_only=read_only)
    assert refused.value.code == code
    assert refused.value.exit_code == 5
    assert str(folder / DATABASE) in " ".join(told(refused.value))
    assert digests(folder) == before


def test_the_wrong_kind_leaves_the_file_as_it_is(folder, open_at) -> None:
    before = digests(folder)
    with pytest.raises(DataFolderUnusable) as refused:
        open_at(kind="practice")
    assert refused.value.code == "store.is_real"
    assert told(refused.value)
    assert digests(folder) == before


def test_a_database_of_another_program_in_use_is_said(folder, open_at, monkeypatch) -> None:
    monkeypatch.setattr(database_module, "_BUSY_MS", 10)
    other = sqlite3.connect(folder / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(DataFolderUnusable) as refused:
            open_at()
    finally:
        other.close()
    assert refused.value.code == "store.locked"
    assert told(refused.value)


def test_a_network_drive_is_refused_before_anything_is_made(tmp_path, open_at, monkeypatch) -> None:
    monkeypatch.setattr(drive, "is_network", lambda _: True)
    with pytest.raises(DataFolderUnusable) as refused:
        open_at()
    assert refused.value.code == "store.network_drive"
    assert told(refused.value)
    assert list(tmp_path.iterdir()) == []


_AS_NOBODY = """
import os, sys
from pathlib import Path
from desktop.clock import SystemClock
from desktop.errors import DataFolderUnusable
from desktop.store import open_store
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    open_store(Path(sys.argv[1]), kind=None, clock=SystemClock())
except DataFolderUnusable as refused:
    print(refused.code)
"""


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_cannot_be_written_is_refused(open_at, is_there, monkeypatch) -> None:
    import tempfile

    base = Path(tempfile.mkdtemp())  # tmp_path lies where only its owner may go
    try:
        base.chmod(0o755)
        folder = base / "data"
        if is_there:
            open_at(folder).close_now()
            (folder / DATABASE).chmod(0o444)
            folder.chmod(0o555)
        else:
            base.chmod(0o555)
        before = digests(folder) if is_there else {}
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, str(folder)], cwd=root, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "store.read_only"
        assert (digests(folder) if is_there else {}) == before
    finally:
        base.chmod(0o755)
        if is_there:
            folder.chmod(0o755)
        shutil.rmtree(base)


def test_a_full_check_finds_nothing_in_a_sound_file(store, company, run) -> None:
    assert run(store.problems()) == []


def test_a_full_check_says_what_it_finds(store, run, monkeypatch) -> None:
    async def broken(work):
        class Found:
            def execute(self, _sql):
                return self

            def fetchall(self):
                return [("row 1 missing from index trips_eta",)]

        return work(Found())

    monkeypatch.setattr(store._reader, "read", broken)
    assert run(store.problems()) == ["row 1 missing from index trips_eta"]


def failure(name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("sample")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("SQLITE_FULL", "store.disk_full", EnvironmentFailure),
        ("SQLITE_IOERR_FSYNC", "store.disk_error", EnvironmentFailure),
        ("SQLITE_READONLY_DBMOVED", "store.read_only", DataFolderUnusable),
        ("SQLITE_BUSY_SNAPSHOT", "store.locked", DataFolderUnusable),
        ("SQLITE_LOCKED", "store.locked", DataFolderUnusable),
        ("SQLITE_CORRUPT_INDEX", "store.damaged", DataFolderUnusable),
        ("SQLITE_NOTADB", "store.damaged", DataFolderUnusable),
        ("SQLITE_CANTOPEN", "store.not_opened", DataFolderUnusable),
    ],
)
def test_failures_of_disk_and_file_have_sentences(name, code, kind) -> None:
    error = told_as(failure(name), Path("/data/file"))
    assert (error.code, type(error)) == (code, kind)
    assert len(set(told(error))) == 3


def test_what_only_we_can_have_done_has_none() -> None:
    assert told_as(failure("SQLITE_CONSTRAINT"), Path("/data/file")) is None


@pytest.mark.parametrize(
    "error",
    [
        Conflict("trip", 2),
        Gone("trip"),
        NameTaken("Sample"),
        OtherKind("real"),
        OtherKind("practice"),
        DataFolderUnusable("store.older", path="x"),
    ],
)
def test_every_refusal_has_sentences(error) -> None:
    assert all(told(error))


NEWEST = migration.newest()


class TestMigration:
    def test_statements_keep_triggers_whole(self) -> None:
        script = "-- a note\nCREATE TABLE a (b);\nCREATE TRIGGER t BEFORE DELETE ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;\n-- end\n"
        assert len(list(migration.statements(script))) == 2

    def test_a_script_that_breaks_off_is_a_bug(self) -> None:
        with pytest.raises(Bug):
            list(migration.statements("CREATE TABLE a (b)"))

    @pytest.fixture
    def second(self, monkeypatch):
        """One more migration, as a later release would bring."""
        steps = migration.scripts()

        def use(script: str) -> None:
            monkeypatch.setattr(migration, "scripts", lambda: steps | {len(steps) + 1: script})

        return use

    def test_an_older_database_is_copied_and_brought_up(self, folder, open_at, second, run) -> None:
        second("CREATE TABLE added (a TEXT);\n")
        with pytest.raises(DataFolderUnusable) as refused:
            open_at(read_only=True)
        assert refused.value.code == "store.older"
        store = open_at()
        assert len(run(store.companies.all())) == 1
        assert run(store._reader.read(lambda db: db.execute("SELECT * FROM added").fetchall())) == []
        [kept] = (folder / "backups").iterdir()
        assert mode(kept) == 0o600
        with sqlite3.connect(kept) as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == NEWEST
            assert db.execute("SELECT count(*) FROM companies").fetchone()[0] == 1
        db.close()

    @pytest.mark.parametrize(
        "script",
        ["CREATE TABLE added (a TEXT);\nSELECT * FROM nothing;\n", "INSERT INTO nothing VALUES (1);\n"],
    )
    def test_one_that_fails_leaves_the_old_version(self, folder, open_at, second, script, run) -> None:
        second(script.replace("nothing", "nowhere"))
        with pytest.raises(Bug):
            open_at()
        second("CREATE TABLE added (a TEXT);\n")
        assert len(run(open_at().companies.all())) == 1

    def test_one_that_loosens_a_reference_is_a_bug_and_undone(self, folder, open_at, second) -> None:
        second("PRAGMA defer_foreign_keys = ON;\nINSERT INTO trip_versions VALUES ('gone', 1, '{}', '{}', '');\n")
        with pytest.raises(Bug):
            open_at()
        with sqlite3.connect(folder / DATABASE) as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == NEWEST
        db.close()

    @pytest.mark.parametrize("names", [["0001_a.sql", "0003_b.sql"], ["0001_a.sql", "0001_b.sql"]])
    def test_numbers_have_no_gap_and_no_twin(self, tmp_path, monkeypatch, names) -> None:
        (tmp_path / "notes.txt").touch()
        for name in names:
            (tmp_path / name).write_text("", encoding="utf-8")
        monkeypatch.setattr(migration, "_FOLDER", tmp_path)
        with pytest.raises(Bug):
            migration.scripts()

    def test_a_copy_of_what_is_not_sound_is_refused_and_thrown_away(self, folder, tmp_path) -> None:
        break_a_rule(folder / DATABASE)
        db = sqlite3.connect(folder / DATABASE, isolation_level=None)
        with pytest.raises(DataFolderUnusable) as refused:
            migration.copy(db, tmp_path / "copies" / "c.db")
        db.close()
        assert refused.value.values["path"] == str(folder / DATABASE)
        assert list((tmp_path / "copies").iterdir()) == []

    def test_a_copy_that_breaks_off_is_thrown_away(self, folder, tmp_path) -> None:
        class Unsound(sqlite3.Connection):
            def backup(self, target, **_more):
                raise sqlite3.DatabaseError("sample")

        db = sqlite3.connect(folder / DATABASE, factory=Unsound)
        with pytest.raises(sqlite3.DatabaseError):
            migration.copy(db, tmp_path / "copies" / "c.db")
        db.close()
        assert list((tmp_path / "copies").iterdir()) == []
