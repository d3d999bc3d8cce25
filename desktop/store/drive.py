"""Tells whether a folder lies on a network drive, where a database of this kind gets damaged (reliability 6.15)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.s3fs",
})  # fmt: skip
_DRIVE_REMOTE = 4  # winbase.h


def is_network(folder: Path) -> bool:
    """Tell whether `folder` lies on another machine, as far as the system says so."""
    if sys.platform == "win32":
        return _is_remote_on_windows(folder)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False  # no such list on this system: nothing is known against the folder
    return is_network_mount(folder.resolve(), mounts)


def is_network_mount(folder: Path, mounts: str) -> bool:
    """Tell from the text of `/proc/mounts` whether an absolute `folder` lies on a network file system."""
    deepest, kind, options = "", "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 4:  # noqa: PLR2004 - source, place, type, options
            continue
        place = parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if folder.is_relative_to(place) and len(place) >= len(deepest):
            deepest, kind, options = place, parts[2], parts[3]
    if kind == "9p":  # a virtual machine's own disk, or a Windows or network folder
        return any(part in options.split(",") for part in ("trans=tcp",)) or "aname=drvfs" in options
    return kind in _NETWORK


def is_unc(text: str) -> bool:
    r"""Tell whether a Windows path names another machine (`\\server\share`), not a long local path."""
    plain = text.replace("/", "\\")
    if plain.startswith(("\\\\?\\", "\\\\.\\")):
        return plain[4:].upper().startswith("UNC\\")
    return plain.startswith("\\\\")


def _is_remote_on_windows(folder: Path) -> bool:
    if is_unc(str(folder)):
        return True
    import ctypes

    library = getattr(ctypes, "windll")  # noqa: B009 - other platforms have no such member to check
    drive = os.path.splitdrive(folder.resolve())[0] + "\\"
    return bool(library.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE)
