"""What counts as a network drive."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.store import drive

MOUNTS = r"""/dev/vda / ext4 rw 0 0
proc /proc proc rw 0 0
server:/x /home/sample/Net\040Drive nfs4 rw 0 0
/dev/vdb /home/sample/Net\040Drive/local ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
drvfs /mnt/c 9p rw,aname=drvfs;path=C:\ 0 0
host /mnt/p 9p rw,trans=tcp,port=564 0 0
none /vm 9p rw,trans=fd,rfdno=4 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "is_network"),
    [
        ("/home/sample/data", False),
        ("/home/sample/Net Drive/data", True),
        ("/home/sample/Net Drive/local/data", False),
        ("/home/sample/Net Drives", False),
        ("/mnt/share", True),
        ("/mnt/c/Users", True),
        ("/mnt/p/data", True),
        ("/vm/data", False),
    ],
)
def test_the_deepest_mount_decides(folder, is_network) -> None:
    assert drive.is_network_mount(Path(folder), MOUNTS) is is_network


def test_a_folder_here_is_not_on_the_network(tmp_path) -> None:
    assert not drive.is_network(tmp_path)


@pytest.mark.parametrize(("kind", "is_network"), [(3, False), (4, True)])
def test_windows_is_asked_for_the_kind_of_drive(monkeypatch, kind, is_network) -> None:
    asked = []
    library = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=lambda drive: asked.append(drive) or kind))
    monkeypatch.setattr(drive.sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", library, raising=False)
    assert drive.is_network(Path("data")) is is_network
    assert len(asked) == 1
    assert drive.is_network(Path(r"\\server\share"))
    assert len(asked) == 1


def test_without_a_list_of_mounts_nothing_is_held_against_a_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(drive, "_MOUNTS", tmp_path / "nothing")
    assert not drive.is_network(tmp_path)


@pytest.mark.parametrize(
    ("path", "is_unc"),
    [
        (r"\\server\share\data", True),
        ("//server/share", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\data", False),
        (r"C:\data", False),
    ],
)
def test_windows_paths_to_other_machines_are_known(path, is_unc) -> None:
    assert drive.is_unc(path) is is_unc
