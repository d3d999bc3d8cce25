"""The files of a folder that dispatch software drops trips into: found, claimed, read, put away.

Everything here waits for the disk, which may be a network drive: it belongs into a thread. A file goes from the folder
into `working`, and from there into `done` or `failed` with a report beside it. Links are never followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop.errors import EnvironmentFailure, UsageError

WORKING, DONE, FAILED = "working", "done", "failed"
REPORT = ".report.txt"
STABLE_S = 2.0
"""How long a file must not have changed before it is taken."""
EMPTY_S = 30.0
"""The same for a file without anything in it: its writer has hardly begun."""
AGAIN_S = 30.0
"""After how long a file that could not be claimed is tried again."""
MAX_BYTES = 20 * 1024 * 1024
TAKEN_TOGETHER = 20
"""How many files one look takes."""
_LOOKED_AT = 1_000  # files one look asks the disk about, so that no folder is too full for it
_LONGEST = 200  # bytes of a name that leave room for a number and for its report's ending
_ENDINGS = (".json", ".jsonl", ".csv", ".tsv", ".xlsx")
_HIDDEN_ATTRIBUTE = 0x2  # of Windows


@dataclass(frozen=True, slots=True)
class _Print:
    """What tells whether a file is still being written."""

    size: int
    changed: int
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be taken.

    Attributes:
        name: its name in the folder.
        is_claimed: it is in `working` already, from a turn that did not end.
    """

    name: str
    is_claimed: bool = False


class StillWritten(Exception):  # noqa: N818 - a state of the file, not a mistake
    """The file changed while it was read."""


class DropFolder:
    """One folder.

    Attributes:
        path: where it is.
        stuck: names of files that cannot be moved; each is tried again now and then.
    """

    def __init__(self, path: Path, endings: tuple[str, ...] = _ENDINGS) -> None:
        self.path = path
        self.stuck: dict[str, float] = {}
        self._endings = endings
        self._seen: dict[str, tuple[_Print, float]] = {}

    def look(self, now: float) -> list[Found]:
        """Return files that have not changed for a while, the earliest written first; `now` in monotonic seconds.

        Raises:
            EnvironmentFailure: the folder is not there, or cannot be read or written.
            UsageError: it, or a folder in it, is a link or no folder.
        """
        try:
            self._make_folders()
            files = {f"{WORKING}/{name}": (name, it) for name, it in self._files(self.path / WORKING)}
            files.update({name: (name, it) for name, it in self._files(self.path)})
        except FileNotFoundError as error:
            raise EnvironmentFailure("watched.gone") from error
        except PermissionError as error:
            raise EnvironmentFailure("watched.no_permission") from error
        except OSError as error:
            raise EnvironmentFailure("watched.unreadable", reason=error.strerror or type(error).__name__) from error
        self.stuck = {key: until for key, until in self.stuck.items() if key in files}
        before, self._seen = self._seen, {}
        stable: list[tuple[int, str, Found]] = []
        for key, (name, it) in files.items():
            seen, since = before.get(key, (it, now))
            since = since if seen == it else now
            self._seen[key] = (it, since)
            wait = STABLE_S if it.size else EMPTY_S
            if now - since >= wait and self.stuck.get(key, now) <= now:
                stable.append((it.changed, key, Found(name, key != name)))
        stable.sort(key=lambda one: (not one[2].is_claimed, *one[:2]))
        return [found for _, _, found in stable[:TAKEN_TOGETHER]]

    def claim(self, found: Found, now: float) -> Path | None:
        """Move a file into `working` and return it there; None where somebody else took it.

        Raises:
            EnvironmentFailure: it cannot be moved; it is tried again later.
        """
        if found.is_claimed:
            return self.path / WORKING / found.name
        target = _free(self.path / WORKING, found.name)
        try:
            (self.path / found.name).rename(target)
        except FileNotFoundError:
            return None
        except OSError as error:
            is_known = found.name in self.stuck
            self.stuck[found.name] = now + AGAIN_S
            if is_known:
                return None
            raise EnvironmentFailure("watched.not_moved", file=found.name) from error
        return target

    def read(self, claimed: Path) -> bytes:
        """Return the bytes of a claimed file.

        Raises:
            UsageError: it is no regular file, or too large.
            EnvironmentFailure: it cannot be read.
            StillWritten: it changed meanwhile; it is found again once it rests.
        """
        try:
            handle = os.open(claimed, os.O_RDONLY | _no_surprises())
        except OSError as error:
            if claimed.is_symlink():
                raise UsageError("watched.no_file") from error
            raise EnvironmentFailure(
                "watched.file_unreadable", reason=error.strerror or type(error).__name__
            ) from error
        with os.fdopen(handle, "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UsageError("watched.no_file")
            if before.st_size > MAX_BYTES:
                raise UsageError("watched.too_large", limit=MAX_BYTES // 1024 // 1024)
            try:
                data = file.read(MAX_BYTES + 1)
                after = os.fstat(file.fileno())
            except OSError as error:
                raise EnvironmentFailure(
                    "watched.file_unreadable", reason=error.strerror or type(error).__name__
                ) from error
        if _print_of(before) != _print_of(after) or len(data) != after.st_size:
            raise StillWritten
        return data

    def note(self, claimed: Path, report: str) -> None:
        """Put a report beside a claimed file: from now on it is known to be dealt with, even after a crash.

        Raises:
            EnvironmentFailure: it cannot be written.
        """
        part = claimed.with_name(f".{claimed.name}{REPORT}.part")
        try:
            part.unlink(missing_ok=True)
            with part.open("x", encoding="utf-8", newline="\r\n") as file:
                file.write(report)
                file.flush()
                os.fsync(file.fileno())
            part.replace(_report_of(claimed))
        except OSError as error:
            raise EnvironmentFailure("watched.not_moved", file=claimed.name) from error

    def noted(self, claimed: Path) -> str:
        """Return the first line of the report beside a claimed file; empty where there is none."""
        try:
            handle = os.open(_report_of(claimed), os.O_RDONLY | _no_surprises())
            with os.fdopen(handle, encoding="utf-8", errors="replace") as file:
                return file.readline(1_000).strip()
        except OSError:
            return ""

    def put_away(self, claimed: Path, folder: str, now: float) -> str:
        """Move a claimed file with its report into `done` or `failed`; return the name it has there.

        Raises:
            EnvironmentFailure: it cannot be moved; it stays in `working`.
        """
        target = _free(self.path / folder, claimed.name)
        report = _report_of(claimed)
        try:
            claimed.rename(target)
            if os.path.lexists(report):
                report.rename(_report_of(target))
        except OSError as error:
            self.wait(claimed, now)
            raise EnvironmentFailure("watched.not_moved", file=claimed.name) from error
        return target.name

    def wait(self, claimed: Path, now: float) -> None:
        """Leave a claimed file alone for a while."""
        self.stuck[f"{WORKING}/{claimed.name}"] = now + AGAIN_S

    def _make_folders(self) -> None:
        if not self.path.is_dir():
            raise FileNotFoundError
        for name in (WORKING, DONE, FAILED):
            folder = self.path / name
            if not os.path.lexists(folder):
                folder.mkdir()
            elif folder.is_symlink() or not folder.is_dir():
                raise UsageError("watched.not_a_folder", name=name)

    def _files(self, folder: Path) -> Iterator[tuple[str, _Print]]:
        with os.scandir(folder) as entries:
            meant = (entry for entry in entries if self._is_meant(entry.name))
            for entry in islice(meant, _LOOKED_AT):
                try:
                    it = entry.stat(follow_symlinks=False)
                except OSError:
                    continue  # gone since, or not ours to see
                is_hidden = getattr(it, "st_file_attributes", 0) & _HIDDEN_ATTRIBUTE
                if stat.S_ISREG(it.st_mode) and not is_hidden:
                    yield entry.name, _print_of(it)

    def _is_meant(self, name: str) -> bool:
        return name.lower().endswith(self._endings) and not name.startswith((".", "~"))


def _no_surprises() -> int:
    """Never through a link, never waiting for a pipe, and no translation of line ends."""
    return sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


def _print_of(it: os.stat_result) -> _Print:
    return _Print(it.st_size, it.st_mtime_ns, it.st_ino)


def _report_of(file: Path) -> Path:
    return file.with_name(file.name + REPORT)


def _free(folder: Path, name: str) -> Path:
    """Return a place for a file in which neither it nor its report would stand on another: numbered if need be."""
    stem, ending = Path(name).stem, Path(name).suffix
    while len(os.fsencode(stem + ending)) > _LONGEST:
        stem = stem[:-1]
    name, number = stem + ending, 1
    while True:
        place = folder / (name if number == 1 else f"{stem} ({number}){ending}")
        if not os.path.lexists(place) and not os.path.lexists(_report_of(place)):
            return place
        number += 1
