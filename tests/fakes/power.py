"""What a disk may hold after the power has gone: the writes of a program, replayed from the calls it made to the system.

What was synced is there. Of what was written since, any part may be, in any order, cut at any sector: nothing promises
more. `-shm` files are left out: they live in memory and are made anew.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
CALLS = "openat,close,write,pwrite64,ftruncate,fsync,fdatasync,unlink,rename"

_LINE = re.compile(r"^(?P<pid>\d+)\s+(?P<rest>.*)$")
_CALL = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*)\)\s+= (?P<result>-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


def can_trace() -> bool:
    """Tell whether strace is here and may watch a program (some containers forbid it)."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    tried = subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True, check=False)
    return tried.returncode == 0


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place; `size` alone is a new length."""

    offset: int
    data: bytes = b""
    size: int | None = None

    def on(self, content: bytearray) -> None:
        """Carry it out."""
        if self.size is not None:
            del content[self.size :]
            content.extend(bytes(self.size - len(content)))
            return
        content.extend(bytes(max(0, self.offset + len(self.data) - len(content))))
        content[self.offset : self.offset + len(self.data)] = self.data

    def torn(self, dice: Random) -> list[Write]:
        """Return the sectors of it that reached the disk."""
        if self.size is not None:
            return [self]
        starts = range(0, len(self.data), SECTOR)
        kept = [start for start in starts if dice.random() < 0.5]
        return [Write(self.offset + start, self.data[start : start + SECTOR]) for start in kept]


@dataclass(slots=True)
class File:
    """One file: what is safe, and what is not yet."""

    synced: bytearray = field(default_factory=bytearray)
    pending: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        """Make everything safe."""
        for write in self.pending:
            write.on(self.synced)
        self.pending.clear()

    def after_power_loss(self, dice: Random) -> bytes:
        """Return one of the contents it may have."""
        content = bytearray(self.synced)
        survivors = [write for write in self.pending if dice.random() < 0.6]
        if dice.random() < 0.7:
            dice.shuffle(survivors)
        for write in survivors:
            for part in write.torn(dice) if dice.random() < 0.4 else [write]:
                part.on(content)
        return bytes(content)


class Disk:
    """The files below a folder as a trace makes them, call by call.

    Attributes:
        files: by path below the folder.
        said: what the program wrote to its standard output so far.
        syncs: how many syncs have been met.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = f"{folder}/"
        self._open: dict[int, str] = {}
        self._places: dict[int, int] = {}
        self.files: dict[str, File] = {}
        self.said = b""
        self.syncs = 0

    def meet(self, name: str, arguments: str, result: int) -> bool:
        """Carry out one call; tell whether it is a sync of a file here."""
        if result < 0:
            return False
        texts = [bytes.fromhex(found[0].replace("\\x", "")) for found in _TEXT.findall(arguments)]
        number = int(arguments.split(",", maxsplit=1)[0]) if name not in {"openat", "unlink", "rename"} else -1
        if name == "openat":
            self._opens(texts[0].decode(), arguments, result)
        elif name == "close":
            self._open.pop(number, None)
        elif name == "write" and number == 1:
            self.said += texts[0]
        elif name in {"unlink", "rename"}:
            self._renames(*(text.decode() for text in texts))
        elif number in self._open and name in {"write", "pwrite64", "ftruncate"}:
            self._writes(name, number, arguments, texts)
        elif number in self._open:
            self.syncs += 1
            self.files[self._open[number]].sync()
            return True
        return False

    def _opens(self, path: str, arguments: str, number: int) -> None:
        self._open.pop(number, None)
        if not path.startswith(self._folder) or path.endswith("-shm") or "O_DIRECTORY" in arguments:
            return
        name = path.removeprefix(self._folder)
        if "O_CREAT" not in arguments and name not in self.files:
            return  # a folder, to sync its names
        self._open[number], self._places[number] = name, 0
        file = self.files.setdefault(name, File())
        if "O_TRUNC" in arguments:
            file.pending.append(Write(0, size=0))

    def _writes(self, name: str, number: int, arguments: str, texts: list[bytes]) -> None:
        file = self.files[self._open[number]]
        if name == "ftruncate":
            file.pending.append(Write(0, size=int(arguments.split(",")[1])))
        elif name == "pwrite64":
            file.pending.append(Write(int(arguments.rsplit(",", 1)[1]), texts[0]))
        else:
            file.pending.append(Write(self._places[number], texts[0]))
            self._places[number] += len(texts[0])

    def _renames(self, old: str, new: str = "") -> None:
        file = self.files.pop(old.removeprefix(self._folder), None)
        if file is not None and new.startswith(self._folder):
            self.files[new.removeprefix(self._folder)] = file

    def leave(self, folder: Path, dice: Random) -> None:
        """Write one of the states the disk may be in to another folder."""
        for name, file in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.after_power_loss(dice))


def calls(trace: Path) -> list[tuple[str, str, int]]:
    """Return (name, arguments, result) of each call in the order in which they ended."""
    begun: dict[str, str] = {}
    found: list[tuple[str, str, int]] = []
    for line in trace.read_text(encoding="ascii").splitlines():
        whole = _LINE.match(line)
        if whole is None:
            continue
        rest = whole["rest"]
        if rest.endswith("<unfinished ...>"):
            begun[whole["pid"]] = rest.removesuffix("<unfinished ...>").rstrip()
            continue
        if rest.startswith("<... "):
            rest = begun.pop(whole["pid"], "") + rest.partition(" resumed>")[2]
        call = _CALL.match(rest)
        if call is not None:
            assert '"...' not in call["arguments"], "strace cut a string: its -s is too small"
            found.append((call["name"], call["arguments"], int(call["result"])))
    return found
