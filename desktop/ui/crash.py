"""Where every unhandled error meets: kept in a local file, shown, never sent, nothing private in it.

A report holds the kind of error and the lines of the program it came through, no values of variables; the text of an
error that is not ours is left out, since it may quote what somebody typed.
"""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

import desktop
from desktop.errors import Bug, DesktopError, EnvironmentFailure

log = logging.getLogger(__name__)

KEPT = 20
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

Show = Callable[[str], None]


def report_text(where: str, error: BaseException, now: datetime) -> str:
    """Return the report on an error: what kind, where it was raised, on which system. No values, no typed text."""
    import platform  # on use: most runs never write a report

    lines = [
        f"eManifest Desk {desktop.__version__}",
        f"{now.isoformat(timespec='seconds')}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"In: {where}",
        "",
    ]
    seen: set[int] = set()
    part: BaseException | None = error
    while part is not None and id(part) not in seen:
        seen.add(id(part))
        lines += _one(part)
        part = part.__cause__ or (None if part.__suppress_context__ else part.__context__)
        if part is not None:
            lines.append("after:")
    return "\n".join(lines) + "\n"


def _one(error: BaseException) -> list[str]:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, Bug | DesktopError):
        name += f": {error}"  # our own: a code, or what we wrote ourselves
    frames = traceback.extract_tb(error.__traceback__)
    lines = [name]
    for frame in frames[-40:]:
        lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")  # noqa: PERF401 - reads as the text
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions[:5]:
            lines += [f"  | {line}" for line in _one(inner)]
    return lines


def _short(path: str) -> str:
    """Leave out the folders above the package: they name the user."""
    parts = Path(path).parts
    for anchor in ("desktop", "site-packages"):
        if anchor in parts:
            return "/".join(parts[parts.index(anchor) :])
    return parts[-1] if parts else path


class CrashHook:
    """Catches what nobody handled.

    Attributes:
        show: called with a report, once for each place in the program; set when there is a window to show it in.
    """

    def __init__(self, folder: Path | None, now: Callable[[], datetime]) -> None:
        self.show: Show | None = None
        self._folder = folder
        self._now = now
        self._known: set[tuple[str, str]] = set()
        self._fault_file: TextIO | None = None
        self._before: tuple[Any, Any] | None = None

    def install(self) -> None:
        """Take over `sys.excepthook`, Qt's messages and the interpreter's own faults."""
        self._before = (sys.excepthook, qInstallMessageHandler(self._on_qt_message))
        sys.excepthook = self._on_unhandled
        if self._folder is not None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._fault_file = (self._folder / "fault.txt").open("a", encoding="utf-8")
            except OSError:
                log.warning("faults of the interpreter cannot be kept in a file")
            else:
                faulthandler.enable(self._fault_file)

    def uninstall(self) -> None:
        """Give everything back."""
        if self._before is not None:
            sys.excepthook = self._before[0]
            qInstallMessageHandler(self._before[1])
            self._before = None
        if self._fault_file is not None:
            faulthandler.disable()
            self._fault_file.close()
            self._fault_file = None

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hear of errors that a loop's callbacks and forgotten tasks raise."""
        loop.set_exception_handler(self._on_loop_error)

    def report(self, where: str, error: BaseException) -> None:
        """Keep and show a report; the same error from the same place is shown once."""
        if isinstance(error, KeyboardInterrupt | SystemExit | asyncio.CancelledError):
            return
        if isinstance(error, EnvironmentFailure) and error.code.startswith("store."):
            log.warning("%s: %s", where, error.code)  # the disk, not the program: the banner says it
            return
        text = report_text(where, error, self._now())
        log.error("unhandled in %s: %s", where, type(error).__name__)
        self._keep(text)
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else where
        known = (type(error).__name__, place)
        if known in self._known:
            return
        self._known.add(known)
        if self.show is not None:
            try:
                self.show(text)
            except Exception as fault:  # the hook is the last edge: a fault here would be written out with its words
                log.error("the report was not shown: %s", type(fault).__name__)  # noqa: TRY400 - its words may quote data

    def _keep(self, text: str) -> None:
        if self._folder is None:
            return
        name = self._now().strftime("report-%Y%m%d-%H%M%S-%f.txt")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_text(text, encoding="utf-8")
            for old in sorted(self._folder.glob("report-*.txt"))[:-KEPT]:
                old.unlink()
        except OSError:
            log.warning("the report cannot be kept in a file")

    def _on_unhandled(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        del kind
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(type(error), error, trace)
            return
        self.report("window", error.with_traceback(trace))

    def _on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        del loop
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report("loop", error)
        else:
            log.error("the loop says: %s", context.get("message", ""))

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        del context
        logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", message or "")
