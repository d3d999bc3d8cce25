"""The log: private files in the data folder, cleaned on the way."""

from __future__ import annotations

import io
import logging
import os
import sys
import time
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop.security.redaction import RedactingFilter, Redactor

FILE = "desk.log"
_LARGEST = 1024 * 1024
_KEPT = 5


class _PrivateFileHandler(RotatingFileHandler):
    """A rotating file that only the user can read, from its first byte."""

    def _open(self) -> io.TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return io.TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Leave out what a full or broken disk does not take: the user is told of the disk itself, not of the log."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


class Log:
    """The log of one run, below the root logger until it is stopped."""

    def __init__(self, folder: Path, redactor: Redactor, *, level: int = logging.INFO) -> None:
        """Begin to write to `folder/logs/desk.log`.

        Raises:
            OSError: it cannot be written.
        """
        logs = folder / "logs"
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = logs / FILE
        self._handler = _PrivateFileHandler(self.file, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
        formatter = logging.Formatter(
            "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"
        )
        formatter.converter = time.gmtime
        self._handler.setFormatter(formatter)
        self._handler.addFilter(RedactingFilter(redactor))
        root = logging.getLogger()
        root.addHandler(self._handler)
        root.setLevel(level)
        logging.getLogger("websockets").setLevel(logging.INFO)  # below, it writes whole frames, the key among them

    def stop(self) -> None:
        """Write what is left and let go of the file."""
        logging.getLogger().removeHandler(self._handler)
        with suppress(OSError):  # a full disk does not take the last lines, and the program ends all the same
            self._handler.close()
