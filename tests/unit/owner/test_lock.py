"""One owner at a time, whatever becomes of the last one."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.errors import DataFolderUnusable
from desktop.owner import lock as lock_module
from desktop.owner.lock import OwnerLock
from desktop.owner.wire import FILE, LOCK
from desktop.texts import text

ROOT = Path(__file__).resolve().parents[3]
_HOLDER = """
import sys
from pathlib import Path
from desktop.owner.lock import OwnerLock
from desktop.owner.wire import FILE, LOCK
lock = OwnerLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


def test_the_second_is_refused_until_the_first_gives_back(tmp_path) -> None:
    first, second = OwnerLock(tmp_path / "data"), OwnerLock(tmp_path / "data")
    assert first.take()
    assert (first.is_held, second.take(), second.is_held) == (True, False, False)
    with pytest.raises(DataFolderUnusable) as refused, second:
        pass
    assert refused.value.code == "owner.in_use"
    assert refused.value.exit_code == 5
    first.give_back()
    with second:
        assert second.is_held
    assert not second.is_held
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_killed_owner_leaves_the_folder_free(tmp_path) -> None:
    command = [sys.executable, "-c", _HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        mine = OwnerLock(tmp_path)
        assert not mine.take()
        holder.kill()
        holder.wait()
    assert mine.take()
    mine.give_back()


@pytest.mark.parametrize("error", [PermissionError(13, "sample"), NotImplementedError("sample")])
def test_a_folder_that_takes_no_lock_is_said(tmp_path, monkeypatch, error) -> None:
    def refuse(_self):
        raise error

    monkeypatch.setattr(lock_module.FileLock, "acquire", refuse)
    with pytest.raises(DataFolderUnusable) as refused:
        OwnerLock(tmp_path).take()
    assert refused.value.code == "owner.no_lock"
    for part in ("title", "text", "remedy"):
        assert text(f"owner.error.no_lock.{part}", **refused.value.values)


def test_a_folder_without_locks_of_the_system_is_refused_never_locked_by_a_file_alone(tmp_path, monkeypatch) -> None:
    """A lock that is only a file stays when its owner is killed, and says nothing of one on another computer."""

    def no_lock(_descriptor: int) -> bool:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr("filelock._unix.lock_fd_nonblocking", no_lock)
    with pytest.raises(DataFolderUnusable) as refused:
        OwnerLock(tmp_path).take()
    assert refused.value.code == "owner.no_lock"


@pytest.mark.parametrize(
    "left",
    [b"", b"1\n", str(os.getpid()).encode(), b"999999999\n", b"\xff" * 4096],
    ids=["nothing", "the first process", "this process", "no process", "garbage"],
)
def test_what_stands_in_a_lock_file_says_nothing(tmp_path, left) -> None:
    """The number of a process that is dead, or was given to another one since, keeps nobody out."""
    (tmp_path / LOCK).write_bytes(left)
    (tmp_path / FILE).write_text(f'{{"v":1,"port":1,"token":"t","pid":{os.getpid()}}}', encoding="utf-8")
    with OwnerLock(tmp_path) as lock:
        assert lock.is_held
        assert not OwnerLock(tmp_path).take()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_two_names_of_one_folder_have_one_owner(tmp_path) -> None:
    data = tmp_path / "data"
    (tmp_path / "link").symlink_to(data)
    with OwnerLock(data):
        assert not OwnerLock(tmp_path / "link").take()
        data.rename(tmp_path / "renamed")
        assert not OwnerLock(tmp_path / "renamed").take()


@pytest.mark.skipif(sys.platform == "win32", reason="hard links are made otherwise there")
def test_row_21_a_folder_of_hard_links_to_the_same_files_has_the_same_owner(tmp_path) -> None:
    """Two owners over one database file would damage it; the lock is of the file, not of its name."""
    with OwnerLock(tmp_path / "data"):
        (tmp_path / "linked").mkdir()
        for path in (tmp_path / "data").iterdir():
            (tmp_path / "linked" / path.name).hardlink_to(path)
        assert not OwnerLock(tmp_path / "linked").take()
