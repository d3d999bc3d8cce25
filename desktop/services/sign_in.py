"""Starting with the system: the program begins in the tray when the user signs in (product, one owner).

Linux has a file for it (XDG autostart specification 0.5), Windows a value below the user's `Run` key. The entry itself
is the truth, not a setting: what the user switches off with the system's own tools stays off.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from desktop.errors import EnvironmentFailure
from desktop.store.file import write_file
from desktop.texts import text

T = TypeVar("T")

NAME = "emanifest-desk"
MINIMISED = "--minimised"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where the task manager keeps what the user switched off: the lowest bit of the first byte says so."""


class Entry(Protocol):
    """The system's place for what starts at sign-in. Every method may raise OSError."""

    def program(self) -> str | None:
        """Return the program that starts; None where there is no entry, or it is switched off."""
        ...

    def write(self, command: Sequence[str]) -> None:
        """Make this command start, whole or not at all."""
        ...

    def remove(self) -> None:
        """Start nothing; no error where nothing started."""
        ...


class Registry(Protocol):
    """The current user's part of the Windows registry."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Return a value; None where there is none."""
        ...

    def write(self, key: str, name: str, value: str) -> None:
        """Put a text there."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Take a value away, where there is one."""
        ...


class SignIn:
    """Whether the program starts when the user signs in.

    Attributes:
        is_possible: whether this system has a place for it that is known here.
    """

    def __init__(self, entry: Entry | None, command: Sequence[str]) -> None:
        self._entry = entry
        self._command = [*command, MINIMISED]
        self.is_possible = entry is not None

    async def is_on(self) -> bool:
        """Tell whether the program starts at sign-in.

        Raises:
            EnvironmentFailure: `sign_in.refused` where the system does not say.
        """
        entry = self._entry
        return entry is not None and await _asked(entry.program) is not None

    async def set_on(self, is_on: bool) -> None:
        """Make it so, or not.

        Raises:
            EnvironmentFailure: `sign_in.refused` where the system does not let us.
        """
        entry = self._entry
        if entry is not None:
            await _asked(partial(entry.write, self._command) if is_on else entry.remove)

    async def mend(self) -> None:
        """Lead an entry to this program where the one it names has gone, as after an update or a move."""
        entry = self._entry
        program = await _asked(entry.program) if entry is not None else None
        if entry is None or program is None or program == self._command[0]:
            return
        if not await asyncio.to_thread(Path(program).exists):
            await _asked(partial(entry.write, self._command))


async def _asked(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise EnvironmentFailure("sign_in.refused", reason=error.strerror or type(error).__name__) from error


def own_command(folder: Path, default_folder: Path, *, argv: Sequence[str], executable: str) -> list[str]:
    """Return the command that starts this program again on its data folder.

    Args:
        folder: the data folder in use.
        default_folder: the user's own, which needs not be named.
        argv: how this process was started.
        executable: the Python that runs it.
    """
    beside = Path(executable)
    begun = Path(argv[0] if argv and Path(argv[0]).name else executable)
    suffix = ".exe" if beside.suffix.lower() == ".exe" else ""
    for program in (begun, begun.with_name(begun.name + suffix), beside.with_name(NAME + suffix)):
        if program.is_absolute() and program.stem == NAME and program.is_file():
            command = [str(program)]
            break
    else:
        windowed = beside.with_name("pythonw.exe")  # python.exe would bring a console window
        command = [str(windowed if suffix and windowed.is_file() else beside), "-m", "desktop"]
    return command if folder == default_folder else [*command, "--data-dir", str(folder)]


def entry_of_system(home: Path | None = None) -> Entry | None:
    """Return this system's place for what starts at sign-in; None where none is known."""
    system = str(sys.platform)
    if system == "win32":
        return RunValue(_WindowsRegistry())
    if system.startswith("linux"):
        base = os.environ.get("XDG_CONFIG_HOME", "")
        folder = Path(base) if Path(base).is_absolute() else (home or Path.home()) / ".config"
        return Autostart(folder / "autostart" / f"{NAME}.desktop")
    return None


# Linux

_OFF = re.compile(r"(?im)^\s*(?:hidden\s*=\s*true|x-gnome-autostart-enabled\s*=\s*false)\s*$")
_PROGRAM = re.compile(r"(?m)^X-EManifestDesk-Program=(.*)$")
_ESCAPED = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Autostart:
    """A desktop entry in the user's autostart folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def program(self) -> str | None:
        """Return the program of the entry; None where there is no entry, or the desktop switched it off."""
        try:
            content = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None
        if _OFF.search(content):
            return None
        found = _PROGRAM.search(content)
        return re.sub(r"\\(.)", _unescaped, found[1]) if found else ""

    def write(self, command: Sequence[str]) -> None:
        """Put the entry there, whole or not at all."""
        lines = {
            "Type": "Application",
            "Version": "1.5",
            "Name": text("window.title.product"),
            "Comment": text("tray.start.comment"),
            "Exec": exec_line(command),
            "Icon": NAME,
            "Terminal": "false",
            "StartupNotify": "false",
            "X-GNOME-Autostart-enabled": "true",
            "X-EManifestDesk-Program": _string(command[0]),
        }
        content = "[Desktop Entry]\n" + "".join(f"{name}={value}\n" for name, value in lines.items())
        write_file(self._path, content.encode())

    def remove(self) -> None:
        """Take the entry away."""
        self._path.unlink(missing_ok=True)


def exec_line(command: Sequence[str]) -> str:
    """Return a command as the `Exec` of a desktop entry (Desktop Entry Specification 1.5, the Exec key).

    Each word is quoted, field codes are made harmless, and the whole is written as a string of the file.
    """
    words = []
    for word in command:
        quoted = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
        words.append(f'"{quoted}"')
    return _string(" ".join(words))


def _string(value: str) -> str:
    return re.sub(r"[\\\n\t\r]", lambda found: _ESCAPED[found[0]], value)


def _unescaped(found: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t", "r": "\r", "s": " "}.get(found[1], found[1])


# Windows


class RunValue:
    """A value below the user's `Run` key."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def program(self) -> str | None:
        """Return the program of the value; None where there is none, or the task manager switched it off."""
        value = self._registry.read(RUN, NAME)
        if not isinstance(value, str):
            return None
        approved = self._registry.read(APPROVED, NAME)
        if isinstance(approved, bytes) and approved and approved[0] & 1:
            return None
        return value[1:].partition('"')[0] if value.startswith('"') else value.partition(" ")[0]

    def write(self, command: Sequence[str]) -> None:
        """Put the command there, and take back what the task manager said."""
        program, *words = command
        from subprocess import list2cmdline

        self._registry.write(RUN, NAME, " ".join([f'"{program}"', list2cmdline(words)]).strip())
        self._registry.delete(APPROVED, NAME)

    def remove(self) -> None:
        """Take the value away."""
        self._registry.delete(RUN, NAME)


class _WindowsRegistry:
    """`winreg` below HKEY_CURRENT_USER."""

    def read(self, key: str, name: str) -> str | bytes | None:
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value = winreg.QueryValueEx(opened, name)[0]
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else None
        return None

    def write(self, key: str, name: str, value: str) -> None:
        if sys.platform == "win32":
            import winreg

            with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        if sys.platform == "win32":
            import contextlib
            import winreg

            with (
                contextlib.suppress(FileNotFoundError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened,
            ):
                winreg.DeleteValue(opened, name)
