"""Reads files people hand in, and says in a sentence what is wrong with one that cannot be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.domain.documents import JSON
from desktop.errors import EnvironmentFailure, UsageError

MAX_BYTES = 64 * 1024 * 1024


def read_input(name: str) -> bytes:
    """Return the bytes of the file called `name` (`-`: standard input).

    Raises:
        UsageError: missing, a folder, not readable, or above 64 MiB.
    """
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UsageError("files.too_large", file=name, limit=MAX_BYTES // 1024 // 1024)
        return data
    path = Path(name)
    try:
        if path.is_dir():
            raise UsageError("files.is_folder", file=name)
        with open(path, "rb", opener=_open) as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UsageError("files.not_found", file=name) from error
    except PermissionError as error:
        raise UsageError("files.no_permission", file=name) from error
    except (OSError, ValueError) as error:
        raise UsageError("files.unreadable", file=name, reason=type(error).__name__) from error
    if len(data) > MAX_BYTES:
        raise UsageError("files.too_large", file=name, limit=MAX_BYTES // 1024 // 1024)
    return data


def _open(name: str, flags: int) -> int:
    """Open without waiting: a named pipe nobody writes to is empty, not a reason to hang."""
    if not hasattr(os, "O_NONBLOCK"):  # Windows has no such pipes in its folders
        return os.open(name, flags)
    handle = os.open(name, flags | os.O_NONBLOCK)
    os.set_blocking(handle, True)
    return handle


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_EXCL, 0o600)


def read_messages(name: str) -> list[JSON]:
    """Return the messages in the file called `name`: one object, an array, or JSON lines.

    Raises:
        DesktopError: the file or its JSON cannot be read; every such error exits with 2.
    """
    from desktop.protocol.documents_in_file import messages_in

    return messages_in(read_input(name))


def write_output(name: str, data: bytes, *, is_private: bool = False) -> None:
    """Write a file as a whole or not at all: beside it first, then in its place.

    Args:
        name: where to.
        data: its bytes.
        is_private: whether nobody but the user may read it.

    Raises:
        EnvironmentFailure: the folder or the disk does not take it; the old file, if any, is untouched.
    """
    path = Path(name)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "wb", opener=_open_private if is_private else None) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise EnvironmentFailure(
            "files.not_written", exit_code=2, file=name, reason=error.strerror or type(error).__name__
        ) from error
