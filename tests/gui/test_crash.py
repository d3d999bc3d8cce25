"""Reports of our mistakes: where, never what somebody typed; kept here, shown once, sent nowhere."""

import asyncio
import logging
import sys
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import qWarning

from desktop.errors import Bug, NotFound
from desktop.ui.crash import KEPT, CrashHook, report_text
from desktop.ui.crash_dialog import CrashDialog

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
SECRET = "Sample Driver One 42700000000001"


def fail(error, cause=None):
    private = SECRET  # noqa: F841 - a local value that no report may hold
    raise error from cause


def raised(error):
    try:
        fail(error)
    except BaseException as caught:
        return caught


@pytest.fixture
def hook(tmp_path):
    made = CrashHook(tmp_path / "reports", lambda: NOW)
    yield made
    made.uninstall()


def test_a_report_says_where_and_never_what_was_typed():
    text = report_text("task save", raised(ValueError(SECRET)), NOW)
    assert "In: task save" in text
    assert "builtins.ValueError" in text
    assert "in fail" in text
    for part in SECRET.split():
        assert part not in text


def test_our_own_errors_are_named_by_their_code():
    text = report_text("x", raised(NotFound("store.trip_not_found", trip=SECRET)), NOW)
    assert "store.trip_not_found" in text
    assert "4270" not in text
    assert "the plan is empty" in report_text("x", raised(Bug("the plan is empty")), NOW)


def test_a_report_names_no_folder_of_the_user():
    text = report_text("x", raised(ValueError("x")), NOW)
    assert "/home/" not in text
    assert "test_crash.py" in text


def test_causes_and_groups_are_followed():
    inner = raised(KeyError(SECRET))
    try:
        fail(RuntimeError(SECRET), inner)
    except RuntimeError as error:
        text = report_text("x", error, NOW)
    assert "RuntimeError" in text
    assert "after:\nbuiltins.KeyError" in text
    group = report_text("x", ExceptionGroup(SECRET, [raised(OSError(SECRET))]), NOW)
    assert "| builtins.OSError" in group
    assert "4270" not in text + group


def test_unhandled_errors_are_kept_and_shown_once(hook, tmp_path, expected_logs):
    expected_logs("unhandled in task: ValueError")
    shown = []
    hook.show = shown.append
    error = raised(ValueError(SECRET))
    hook.report("task", error)
    hook.report("task", error)
    assert len(shown) == 1
    kept = list((tmp_path / "reports").glob("report-*.txt"))
    assert kept
    assert all("4270" not in file.read_text() for file in kept)


def test_only_the_newest_reports_are_kept(tmp_path, expected_logs):
    expected_logs("unhandled in task: ValueError")
    moments = iter(datetime(2026, 11, 24, 18, 0, second, tzinfo=UTC) for second in range(60) for _ in range(2))
    hook = CrashHook(tmp_path / "reports", lambda: next(moments))
    for _ in range(KEPT + 5):
        hook.report("task", raised(ValueError("x")))
    assert len(list((tmp_path / "reports").glob("report-*.txt"))) == KEPT


def test_a_task_cancelled_or_an_exit_is_no_mistake(hook, tmp_path):
    for error in (asyncio.CancelledError(), KeyboardInterrupt(), SystemExit(0)):
        hook.report("task", error)
    assert not list((tmp_path / "reports").glob("report-*.txt"))


def test_the_hook_hears_the_interpreter_the_loop_and_qt(hook, run, expected_logs, qapp, caplog):
    expected_logs("unhandled in window: ValueError")
    expected_logs("unhandled in loop: KeyError")
    expected_logs("qt: something of Qt")
    before = sys.excepthook
    hook.install()
    shown = []
    hook.show = shown.append
    error = raised(ValueError("x"))
    sys.excepthook(type(error), error, error.__traceback__)
    loop = asyncio.new_event_loop()
    hook.watch_loop(loop)
    loop.call_exception_handler({"message": "m", "exception": raised(KeyError("x"))})
    loop.close()
    with caplog.at_level(logging.WARNING):
        qWarning("something of Qt")
    hook.uninstall()
    assert len(shown) == 2
    assert sys.excepthook is before


def test_a_folder_that_cannot_be_written_does_not_stop_the_report(tmp_path, expected_logs):
    expected_logs("the report cannot be kept")
    expected_logs("unhandled in task: ValueError")
    blocked = tmp_path / "reports"
    blocked.write_text("a file where a folder should be")
    hook = CrashHook(blocked, lambda: NOW)
    shown = []
    hook.show = shown.append
    hook.report("task", raised(ValueError("x")))
    assert len(shown) == 1


def test_row_26_a_report_that_cannot_be_shown_is_kept_all_the_same(hook, tmp_path, expected_logs):
    expected_logs("unhandled in task: ValueError")
    expected_logs("the report was not shown: KeyError")

    def show(_text):
        raise KeyError(SECRET)

    hook.show = show
    hook.report("task", raised(ValueError("x")))
    assert list((tmp_path / "reports").glob("report-*.txt"))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_dialog_shows_the_whole_report(qtbot):
    dialog = CrashDialog("line one\nline two")
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.report.toPlainText() == "line one\nline two"
    assert dialog.report.isReadOnly()
