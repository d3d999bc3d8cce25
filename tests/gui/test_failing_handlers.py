"""Every handler of the window that fails, once each: it is logged without a private word, told, and the window lives."""

from __future__ import annotations

import asyncio
import functools
import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from fakes.window import opened, until
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

import desktop.ui
from desktop.services.views import Subject
from desktop.ui.crash import CrashHook
from desktop.ui.crash_dialog import CrashDialog
from desktop.ui.place import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CANARY = "Sample Driver One 1987-06-05 a-9000-3ee67a05ee8afc2d"
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
ENOUGH = 24
"""So many different handlers are reached by the walk below; a registry that finds nothing would prove nothing."""


class Faults:
    """Makes handlers fail the first time they are called after `arm`.

    Attributes:
        failed: how often each did; never more than once.
    """

    def __init__(self) -> None:
        self.is_armed = False
        self.is_failing = False
        self.failed: Counter[str] = Counter()

    def _rest(self) -> None:
        self.is_failing = False

    def failing(self, name: str, handler: Callable[..., object]) -> Callable[..., object]:
        """Return the handler with its fault."""

        kinds = [parameter.kind for parameter in inspect.signature(handler).parameters.values()]
        taken = (
            None if inspect.Parameter.VAR_POSITIONAL in kinds else len(kinds)
        )  # a signal may bring more than is taken

        @functools.wraps(handler)
        def wrapped(*arguments: object, **more: object) -> object:
            if self.is_armed and not self.is_failing and not self.failed[name]:
                self.failed[name] += 1
                self.is_failing = True  # one fault at a time: the next one in another turn of the loop
                asyncio.get_running_loop().call_later(0.001, self._rest)
                raise ValueError(f"{name}: {CANARY}")
            return handler(*arguments[:taken], **more)

        return wrapped


def handlers() -> Iterator[tuple[type, str]]:
    """Yield every slot and listener of every class of the window.

    Overrides of Qt's own methods are left out: an error in one that Python itself called is kept by PySide and raised from
    whatever call of Qt comes next.
    """
    for module_info in pkgutil.walk_packages(desktop.ui.__path__, "desktop.ui."):
        if ".forms" in module_info.name or "tour" in module_info.name or "crash" in module_info.name:
            continue
        module = importlib.import_module(module_info.name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ != module_info.name:
                continue
            for name, member in vars(kind).items():
                if name.startswith("_on_") and inspect.isfunction(member) and not inspect.iscoroutinefunction(member):
                    yield kind, name


@pytest.fixture
def faults(monkeypatch) -> Faults:
    made = Faults()
    for kind, name in handlers():
        monkeypatch.setattr(kind, name, made.failing(f"{kind.__qualname__}.{name}", vars(kind)[name]))
    return made


@pytest.fixture
def hook(tmp_path):
    made = CrashHook(tmp_path / "reports", lambda: NOW)
    made.install()
    yield made
    made.uninstall()


def close_what_is_open() -> None:
    for found in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
        if found is not None:
            found.close()


async def walk(it) -> None:
    """Go everywhere, type a little, and let everything change; each step is called by Qt, as a person's would be."""

    async def do(step: Callable[[], object]) -> None:
        QTimer.singleShot(0, it.window, step)
        await it.settle(6)

    for place in Place:
        await do(lambda place=place: it.window.go_to(place))
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Escape):
            await do(lambda key=key: it.press(key))
    it.desk.keeper.start(it.shell.act.open(it.desk.stored[0].id), name="open")
    await it.settle()
    await do(lambda: it.type("X"))
    for subject in Subject:
        await do(lambda subject=subject: it.desk.say(subject))
    for width in (900, 1366):
        await do(lambda width=width: it.window.resize(width, 736))
    for button in (it.window.bar.state, it.window.bar.waiting, it.window.bar.company):
        await do(button.click)
        await do(close_what_is_open)


def test_row_26_each_handler_that_fails_is_logged_without_its_words_told_and_the_window_lives(
    run_qt, faults, hook, expected_logs, caplog, tmp_path
) -> None:
    expected_logs("unhandled in |This plugin does not support")
    reported: list[str] = []
    told: list[str] = []
    report = hook.report

    def kept(where: str, error: BaseException) -> None:
        reported.append(str(error))
        report(where, error)

    hook.report = kept

    async def main() -> None:
        hook.watch_loop(asyncio.get_running_loop())
        async with opened() as it:
            it.desk.keeper.report = kept

            def show(text: str) -> None:
                told.append(text)
                it.shell.show_report(text)

            hook.show = show
            faults.is_armed = True
            for _ in range(2):
                await walk(it)
            faults.is_armed = False
            assert told
            it.shell.show_report(told[0])
            await until(lambda: isinstance(QApplication.activeModalWidget(), CrashDialog))
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, CrashDialog):
                    dialog.close()
            hook.show = None
            it.window.go_to(Place.TRIPS)
            count = len(reported)
            await walk(it)
            assert len(reported) == count, "and nothing fails any more"
            assert it.shell.trips.model.rowCount() > 0, "the window works on"

    run_qt(main())
    for widget in QApplication.topLevelWidgets():
        widget.deleteLater()  # parts of a page whose making failed
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    missing = [name for name in faults.failed if not any(name in one for one in reported)]
    assert missing == [], "every fault reached the one place where they meet"
    assert len(faults.failed) >= ENOUGH, sorted(faults.failed)
    reports = list((tmp_path / "reports").glob("report-*.txt"))
    assert reports
    for part in CANARY.split():
        assert part not in caplog.text
        assert all(part not in path.read_text() for path in reports)


def test_row_26_a_task_a_timer_a_signal_and_a_listener_that_fail_are_all_heard_of(
    run_qt, hook, expected_logs, tmp_path
) -> None:
    """One of each way in which the window's own code is called."""
    expected_logs("unhandled in")
    heard: list[str] = []
    hook.show = heard.append

    def fail(what: str) -> None:
        raise KeyError(f"{what} {CANARY}")

    async def failing() -> None:
        fail("task")

    async def main() -> None:
        hook.watch_loop(asyncio.get_running_loop())
        async with opened() as it:
            it.desk.keeper.report = hook.report
            reports: Counter[str] = Counter()
            report = hook.report

            def kept(where: str, error: BaseException) -> None:
                reports[str(error.args[0]).split()[0]] += 1
                report(where, error)

            hook.report = it.desk.keeper.report = kept
            it.desk.keeper.start(failing(), name="failing")
            asyncio.get_running_loop().call_soon(fail, "callback")
            QTimer.singleShot(0, lambda: fail("timer"))
            signal: SignalInstance = it.window.bar.connection_asked
            signal.connect(lambda: fail("signal"))
            signal.emit()
            it.desk.changes.subscribe(lambda _changed: fail("listener"))
            it.desk.say(Subject.ALERT)
            await until(lambda: len(reports) == 5)
            assert set(reports) == {"task", "callback", "timer", "signal", "listener"}
            assert it.shell.trips.model.rowCount() > 0

    run_qt(main())
    assert heard
    assert all(part not in text for text in heard for part in CANARY.split())
