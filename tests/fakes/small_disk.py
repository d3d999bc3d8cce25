"""A data folder whose disk can be filled or locked up: a small file system of its own where this user may make one.

Elsewhere this process may write no more, and the folder loses its rights.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

SIZE_MB = 4


class Room(Protocol):
    """A folder whose disk can be filled."""

    folder: Path

    def fill(self) -> None:
        """Leave no room."""
        ...

    def empty(self) -> None:
        """Give the room back."""
        ...

    def lock_up(self) -> bool:
        """Let nobody write there any more; tell whether that can be done here."""
        ...


class SmallDisk:
    """A file system of a few megabytes."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.folder = place / "data"
        self._ballast = place / "ballast"

    def fill(self) -> None:
        with self._ballast.open("wb") as stream:
            for size in (1 << 16, 1 << 12, 1 << 8, 1):
                while True:
                    try:
                        os.write(stream.fileno(), bytes(size))
                    except OSError:
                        break

    def empty(self) -> None:
        self._ballast.unlink(missing_ok=True)

    def lock_up(self) -> bool:
        return subprocess.run(["mount", "-o", "remount,ro", str(self._place)], check=False).returncode == 0


class Forbidden:
    """This process may write no more."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "data"
        self._before: tuple[int, int] | None = None

    def fill(self) -> None:
        assert sys.platform != "win32"
        import resource

        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, self._before[1]))

    def empty(self) -> None:
        assert sys.platform != "win32"
        import resource

        if self._before is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, self._before)

    def lock_up(self) -> bool:
        self.folder.chmod(0o500)
        return not os.access(self.folder, os.W_OK)  # root may write all the same


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A folder on a disk that is small, or that takes nothing when told so."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(place)]
    try:
        is_small = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        is_small = False
    made = SmallDisk(place) if is_small else Forbidden(place)
    yield made
    if is_small:
        subprocess.run(["umount", "-l", str(place)], check=True)
    else:
        made.empty()
