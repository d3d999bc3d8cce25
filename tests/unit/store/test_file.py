"""Files are written whole or not at all, for the user's eyes only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from desktop.store.file import make_folder, write_file


def test_a_file_is_replaced_whole_and_private(tmp_path) -> None:
    path = tmp_path / "a" / "file"
    write_file(path, b"one")
    path.chmod(0o644)
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch, step) -> None:
    path = tmp_path / "file"
    write_file(path, b"one")

    def fail(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_where_folders_cannot_be_synced_files_are_written_all_the_same(tmp_path, monkeypatch) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")
    write_file(tmp_path / "file", b"one")
    assert (tmp_path / "file").read_bytes() == b"one"


def test_a_folder_that_is_there_keeps_its_rights(tmp_path) -> None:
    tmp_path.chmod(0o750)
    make_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750
