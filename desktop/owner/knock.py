"""Knocks at the door of a running owner. Loads almost nothing: a second start of the window answers at once."""

from __future__ import annotations

import json
import socket

from desktop.errors import DataFolderUnusable, DesktopError
from desktop.owner.wire import ANSWER_S, FILE, LONGEST_LINE, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

_HOST = "127.0.0.1"
_LAST_PORT = 65535
_LONGEST_ANSWER = 64 * LONGEST_LINE


class OwnerFound:
    """A running owner: where it listens, the token that opens, and its process id. The token is not shown."""

    __slots__ = ("pid", "port", "token")

    def __init__(self, port: int, token: str, pid: int) -> None:
        self.port = port
        self.token = token
        self.pid = pid

    def __repr__(self) -> str:
        return f"OwnerFound(port={self.port}, pid={self.pid})"


def knock(folder: Path, *, timeout_s: float = ANSWER_S) -> OwnerFound | None:
    """Return the running owner of a data folder; None where nobody answers because nobody is there.

    A file that a dead owner left is no owner.

    Raises:
        DataFolderUnusable: an owner is there and does not answer, or is of another version.
    """
    found = read(folder)
    if found is None:
        return None
    try:
        tuple(ask(found, "ping", {}, timeout_s=timeout_s))
    except ConnectionError:
        return None
    return found


def read(folder: Path) -> OwnerFound | None:
    """Return what the file of the owner says; None where there is no such file or nothing of use in it."""
    try:
        said = json.loads((folder / FILE).read_bytes())
        found = OwnerFound(int(said["port"]), str(said["token"]), int(said["pid"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    return found if 0 < found.port <= _LAST_PORT else None


def ask(
    found: OwnerFound, request: str, args: dict[str, Any], *, timeout_s: float = ANSWER_S
) -> Iterator[dict[str, Any]]:
    """Yield the lines of the owner's answer as they come.

    Closing the iterator early tells the owner that nobody waits any more.

    Raises:
        ConnectionError: nobody listens there, or the owner went away before it took the request: nothing was done.
        DataFolderUnusable: the owner did not answer in `timeout_s` (`owner.no_answer`: nothing was done), stopped
            answering after it began (`owner.fell_silent`), or is of another version.
        DesktopError: what the owner's service refused, with its code, values and exit code.
    """
    line = json.dumps({"v": VERSION, "token": found.token, "request": request, "args": args}).encode() + b"\n"
    if len(line) > LONGEST_LINE:
        raise DesktopError("owner.too_long", exit_code=2)
    is_begun = False
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:  # no name to look up: loads no codec
            connection.settimeout(timeout_s)
            connection.connect((_HOST, found.port))
            connection.sendall(line)
            with connection.makefile("rb") as stream:
                while True:
                    said = _line(stream.readline(_LONGEST_ANSWER), is_begun=is_begun)
                    if said.get("taken"):
                        is_begun = True
                        connection.sendall(b'{"v":%d,"go":true}\n' % VERSION)
                    elif "line" in said:
                        yield said["line"]
                    elif "error" in said:
                        raise _told(said["error"])
                    elif said.get("end"):
                        return
    except TimeoutError:
        raise DataFolderUnusable("owner.fell_silent" if is_begun else "owner.no_answer") from None
    except ConnectionError:
        if is_begun:
            raise DataFolderUnusable("owner.fell_silent") from None
        raise


def _line(data: bytes, *, is_begun: bool) -> dict[str, Any]:
    if not data.endswith(b"\n"):
        if is_begun:
            raise DataFolderUnusable("owner.fell_silent")
        raise ConnectionResetError("the owner went away")
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        raise DataFolderUnusable("owner.other_version") from None
    if not isinstance(said, dict) or said.get("v") != VERSION or not isinstance(said.get("error", {}), dict):
        raise DataFolderUnusable("owner.other_version")
    return said


def _told(said: dict[str, Any]) -> DesktopError:
    code, exit_code, values = said.get("code"), said.get("exit_code"), said.get("values")
    if not isinstance(code, str) or not isinstance(exit_code, int) or not isinstance(values, dict):
        return DataFolderUnusable("owner.other_version")
    kind = DataFolderUnusable if exit_code == DataFolderUnusable.exit_code else DesktopError
    return kind(code, exit_code=exit_code, **values)
