"""What every test gets, and what no test may leave behind.

A test fails when it logs a warning it did not expect, reaches for a network beyond this computer, or leaves behind a
task, a thread that keeps the process alive, a window or a running timer. Coroutines are run by `run` (plain asyncio)
or, in tests of the window, by `run_qt` (asyncio inside Qt's loop).
"""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import itertools
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"  # no keystore or tray of the person testing
os.environ["NO_AT_BRIDGE"] = "1"
os.environ["PYTHONIOENCODING"] = "utf-8"
os.environ["LC_ALL"] = "C.UTF-8"  # the program speaks English, whatever the person testing speaks

# A loaded machine is slow, not wrong: examples have no time limit of their own (each test has one).
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background: children would inherit a deaf ear
    signal.signal(signal.SIGINT, signal.default_int_handler)

gc.disable()  # a widget taken apart in another thread ends the process: only the main thread collects, between tests
_SWEEP_EVERY = 25
_THAW_EVERY = 500
_swept = itertools.count(1)

LIMIT_S = 30.0
ROOT = Path(__file__).resolve().parent.parent


# --- network: this computer only ---------------------------------------------------------------------------------

_reached: list[str] = []


def _is_here(host: object) -> bool:
    if host is None or host in {"", "localhost", b"localhost"}:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guard_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        _reached.append(f"{event} {host!r}")
        raise PermissionError(f"tests reach no network beyond this computer: {event} {host!r}")


sys.addaudithook(_guard_network)


# --- what a test may not leave behind -------------------------------------------------------------------------------


class _LogRecords(logging.Handler):
    """Keeps what is logged at WARNING or above during one test."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class ExpectedLogs:
    """The warnings a test provokes on purpose: `expected_logs("pattern")` before they come.

    Each pattern (a regular expression searched in `LOGGER: message`) must come at least once; `may(pattern)` names one
    that comes or not, as it happens.
    """

    def __init__(self) -> None:
        self.patterns: list[str] = []
        self.possible: list[str] = []

    def __call__(self, pattern: str) -> None:
        self.patterns.append(pattern)

    def may(self, pattern: str) -> None:
        """Take a warning for granted that depends on what comes first."""
        self.possible.append(pattern)

    def complaints(self, records: list[logging.LogRecord]) -> list[str]:
        """Return what came unexpected and what was expected and did not come."""
        lines = [(f"{record.name}: {record.getMessage()}", record) for record in records]
        found = [
            f"logged {record.levelname} {line}"
            for line, record in lines
            if not any(re.search(pattern, line) for pattern in (*self.patterns, *self.possible))
        ]
        missing = [
            f"never logged: {pattern}"
            for pattern in self.patterns
            if not any(re.search(pattern, line) for line, _ in lines)
        ]
        return found + missing


_LONG = (
    "tests/simulation/",
    "tests/faults/test_kill",
    "tests/faults/test_every_call",
    "tests/gui/test_day",
    "tests/gui/test_sheets",
    "tests/end_to_end/",
    "tests/faults/",
    "tests/gui/",
)
"""Modules that take long stand first, in this order: the end of a run is not one of them alone on one processor."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the random order, but for the long modules."""
    items.sort(key=lambda item: next((n for n, part in enumerate(_LONG) if item.nodeid.startswith(part)), len(_LONG)))


@pytest.fixture
def expected_logs() -> ExpectedLogs:
    """Name the warnings that this test provokes on purpose."""
    return ExpectedLogs()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    """Listen to the log from before the first fixture to after the last."""
    handler = _LogRecords()
    item.stash[_LOG] = handler
    item.stash[_THREADS] = set(threading.enumerate())
    _reached.clear()
    logging.getLogger().addHandler(handler)
    try:
        return (yield)
    finally:
        logging.getLogger().removeHandler(handler)


_LOG = pytest.StashKey[_LogRecords]()
_THREADS = pytest.StashKey[set[threading.Thread]]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[Any]:
    """After the last fixture is gone, nothing of the test may be left."""
    expected = getattr(item, "funcargs", {}).get("expected_logs") or ExpectedLogs()
    result = yield
    turn = next(_swept)
    _sweep(turn)
    left = expected.complaints(item.stash[_LOG].records)
    left += [f"network: {what}" for what in _reached]
    left += _threads_left(item.stash[_THREADS])
    if "qapp" in getattr(item, "fixturenames", ()):
        left += _qt_left()
    if turn % _SWEEP_EVERY == 0:
        gc.freeze()  # after the look: what is passed over is not seen
    if left:
        pytest.fail("the test left something behind:\n  " + "\n  ".join(left), pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[Any]:
    """Half characters that a test printed or logged are escaped: a report of them could not reach another process."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode("utf-8")) for name, text in report.sections
    ]
    return report


def pytest_collection_finish() -> None:
    """What has been imported by now lives as long as the process: nothing looks through it after each test."""
    gc.collect()
    gc.freeze()


def _sweep(turn: int) -> None:
    """Collect what a test left; now and then everything, and what lives on is passed over for a while after the look."""
    if turn % _SWEEP_EVERY:
        gc.collect(1)
        return
    if turn % _THAW_EVERY == 0:
        gc.unfreeze()
    gc.collect()


def _threads_left(before: set[threading.Thread]) -> list[str]:
    left = []
    for thread in threading.enumerate():
        if thread not in before and not thread.daemon:
            thread.join(1.0)
            if thread.is_alive():
                left.append(f"thread {thread.name}")
    return left


def _qt_left() -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    def deliver() -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def windows() -> list[str]:
        return [
            f"window {type(widget).__name__} {widget.objectName() or widget.windowTitle()!r}"
            for widget in QApplication.topLevelWidgets()
        ]

    def timers() -> list[str]:
        return [
            f"timer {thing.objectName() or type(thing.parent()).__name__} every {thing.interval()} ms"
            for thing in gc.get_objects()  # of the last tests: what is older was looked at, and is passed over
            if issubclass(type(thing), QTimer) and Shiboken.isValid(thing) and thing.isActive()  # a dead proxy lies
        ]

    deliver()
    if windows() or timers():
        gc.unfreeze()
        gc.collect()
        deliver()
    left = windows() + timers()
    for widget in QApplication.topLevelWidgets():  # so that the next test is not blamed for it
        widget.close()
        if widget.windowType() != Qt.WindowType.Popup:  # a list is its picker's, who would delete it a second time
            widget.deleteLater()
    deliver()
    return left


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing reads or writes the data folder of the person testing."""
    base = tmp_path_factory.getbasetemp() / "user"
    for name in (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    ):
        folder = base / name.lower()
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))


# --- coroutines -----------------------------------------------------------------------------------------------------

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Until = Callable[[Callable[[], object]], Awaitable[None]]


@pytest.fixture
def limit_s() -> float:
    """Seconds a coroutine may take; a module with a long one has a fixture of this name of its own."""
    return LIMIT_S


async def _leave_nothing(work: Coroutine[Any, Any, Any], limit_s: float) -> Any:
    """Await `work` within the time limit and fail on what it leaves in the loop."""
    loop = asyncio.get_running_loop()
    unhandled: list[str] = []
    loop.set_exception_handler(
        lambda _loop, context: unhandled.append(f"{context['message']}: {context.get('exception')!r}")
    )
    async with asyncio.timeout(limit_s):
        result = await work
    for _ in range(5):  # what was cancelled last gets its turns to end
        await asyncio.sleep(0)
    left = sorted(task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task())
    if left:
        pytest.fail(f"tasks still running: {', '.join(left)}", pytrace=False)
    if unhandled:
        pytest.fail("nobody handled: " + "; ".join(unhandled), pytrace=False)
    return result


@pytest.fixture
def run(limit_s: float) -> Iterator[Run]:
    """Run a coroutine to its end in a plain asyncio loop: `run(main())`. All calls of one test share the loop."""
    with asyncio.Runner() as runner:
        yield lambda work: runner.run(_leave_nothing(work, limit_s))


@pytest.fixture
def run_qt(qapp: Any, limit_s: float) -> Iterator[Run]:
    """Run a coroutine to its end in asyncio's loop inside Qt's: `run_qt(main())`. Never `exec()` or `qtbot.wait*` in it."""
    import qasync

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        yield lambda work: runner.run(_leave_nothing(work, limit_s))


@pytest.fixture
def until() -> Until:
    """Wait inside a coroutine until something is so: `await until(lambda: link.is_connected)`."""

    async def wait(condition: Callable[[], object], limit_s: float = 10.0) -> None:
        async with asyncio.timeout(limit_s):
            while not condition():  # noqa: ASYNC110 - conditions of Qt objects have no event to wait for
                await asyncio.sleep(0.002)

    return wait


# --- Qt -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def qapp(qapp: Any) -> Any:
    """The one application, in the one font: no test of the window may pass on boxes."""
    import font_roboto
    from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

    for file in font_roboto.font_files.values():
        assert QFontDatabase.addApplicationFont(file) != -1, f"Qt does not read {file}"
    qapp.setStyle("Fusion")
    qapp.setFont(QFont("Roboto", 10))
    assert QFontInfo(qapp.font()).family() == "Roboto"
    qapp.setQuitOnLastWindowClosed(False)  # else a closed window ends the loop under a test
    return qapp
