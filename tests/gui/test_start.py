"""The program as a process: first paint without the heavy parts, one owner, no screen, an unusable folder."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import pytest

from desktop.__main__ import _parsed, _plain, has_screen, main

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 30


def environment(**changes):
    made = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **changes}
    return {name: value for name, value in made.items() if value is not None}


def start(*arguments, **changes):
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments], cwd=ROOT, env=environment(**changes), capture_output=True,
        text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip


def test_the_version_is_said_without_a_screen():
    done = start("--version", QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    assert done.returncode == 0
    assert done.stdout.startswith("eManifest Desk ")


def test_without_a_screen_one_sentence_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--data-dir", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("eManifest Desk: there is no screen here")
    assert list(tmp_path.iterdir()) == []


def test_windows_always_has_a_screen(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert has_screen()


def test_wrong_usage_ends_with_2():
    assert start("--no-such-option").returncode == 2


PLAIN = [
    [],
    ["--practice"],
    ["--data-dir", "a folder"],
    ["--practice", "--data-dir", "a", "--data-dir", "b"],
    ["--tour", "pictures", "--practice"],
    ["--data-dir", ""],
    ["--minimised"],
    ["--minimised", "--data-dir", "a folder"],
]


@pytest.mark.parametrize("words", PLAIN)
def test_whole_options_mean_what_the_parser_says(words):
    plain, parsed = _plain(words), _parsed(words)
    assert plain is not None
    assert [getattr(plain, name) for name in plain.__slots__] == [getattr(parsed, name) for name in parsed.__slots__]


@pytest.mark.parametrize(
    "words", [["--help"], ["--prac"], ["--data-dir=a"], ["--data-dir"], ["--data-dir", "--practice"], ["a"], ["-h"]]
)
def test_anything_else_is_left_to_the_parser(words):
    assert _plain(words) is None


def test_an_unusable_folder_is_said_and_ends_with_5(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    done = start("--data-dir", str(blocked))
    assert done.returncode == 5
    assert "The data folder cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


FIRST_PAINT = """
import sys
import desktop.app as app
from desktop.settings.start import Options
from pathlib import Path
async def work(options, desk, shell, stopped):
    loaded = [name for name in ("pydantic", "websockets", "keyring", "PySide6.QtPrintSupport") if name in sys.modules]
    print("LOADED", loaded, "ROWS", shell.trips.model.rowCount(), shell.window.isVisible())
    return app.Ended(app.Stop.QUIT)
app._work = work
sys.exit(app.start(Options(Path(sys.argv[1]), False, None)))
"""


def test_the_first_paint_waits_for_no_keys_sockets_or_wire_models(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "data")], cwd=ROOT, env=environment(), capture_output=True,
        text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "LOADED [] ROWS 0 True" in done.stdout


SECOND = """
import sys
from desktop.__main__ import main
code = main(["--practice", "--data-dir", sys.argv[1]])
print("CODE", code, "QT", "PySide6" in sys.modules)
"""


def test_a_second_start_raises_the_first_without_qt_and_sigterm_ends_in_order(tmp_path):
    folder = tmp_path / "data"
    first = subprocess.Popen(
        [sys.executable, "-m", "desktop", "--practice", "--data-dir", str(folder)], cwd=ROOT, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        wait_until_owned(first, folder)
        done = subprocess.run(
            [sys.executable, "-c", SECOND, str(folder)], cwd=ROOT, env=environment(), capture_output=True, text=True,
            timeout=LIMIT_S, check=False,
        )  # fmt: skip
        assert "CODE 0 QT False" in done.stdout, done.stderr
        first.send_signal(signal.SIGTERM)
        _, errors = first.communicate(timeout=LIMIT_S)
        assert first.returncode == 0, errors
        assert "Traceback" not in errors
        assert not (folder / "owner.json").exists()
        assert json.loads((folder / "window.json").read_text())["window.place"] == "crossings"
    finally:
        if first.poll() is None:
            first.kill()
            first.communicate()


MINIMISED = """
import sys
import desktop.app as app
from desktop.settings.start import Options
from pathlib import Path
async def work(options, desk, shell, stopped):
    print("VISIBLE", shell.window.isVisible(), "MINIMISED", shell.window.isMinimized())
    return app.Ended(app.Stop.QUIT)
app._work = work
if sys.argv[2] == "tray":
    from PySide6.QtWidgets import QSystemTrayIcon
    QSystemTrayIcon.isSystemTrayAvailable = staticmethod(lambda: True)
sys.exit(app.start(Options(Path(sys.argv[1]), is_minimised=True)))
"""


@pytest.mark.parametrize(
    ("place", "said"), [("tray", "VISIBLE False MINIMISED False"), ("nothing", "VISIBLE True MINIMISED True")]
)
def test_started_minimised_it_is_in_the_tray_or_where_there_is_none_a_minimised_window(tmp_path, place, said):
    done = subprocess.run(
        [sys.executable, "-c", MINIMISED, str(tmp_path / "data"), place], cwd=ROOT,
        env=environment(DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent/bus"), capture_output=True, text=True,
        timeout=LIMIT_S, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_a_second_start_minimised_leaves_the_window_where_it_is(tmp_path, monkeypatch):
    asked = []

    def ask(_found, request, args):
        asked.append((request, args))
        return [{"raised": True}]

    monkeypatch.setattr("desktop.owner.knock.read", lambda _folder: object())
    monkeypatch.setattr("desktop.owner.knock.ask", ask)
    for words in ([], ["--minimised"]):
        assert main(["--data-dir", str(tmp_path), *words]) == 0
    assert asked == [("raise_window", {}), ("raise_window", {"stays": True})]


@pytest.mark.parametrize("is_old", [False, True])
def test_windows_is_told_the_name_of_the_process_and_may_refuse_it(monkeypatch, is_old):
    import ctypes

    from desktop.app import APP_ID, name_for_windows

    class Shell32:
        named: ClassVar[list[str]] = []

        def SetCurrentProcessExplicitAppUserModelID(self, name):  # noqa: N802
            if is_old:
                raise OSError
            self.named.append(name)

    class Libraries:
        shell32 = Shell32()

    monkeypatch.setattr(ctypes, "windll", Libraries(), raising=False)
    Shell32.named.clear()
    name_for_windows()
    assert Shell32.named == [], "only Windows has it"
    monkeypatch.setattr(sys, "platform", "win32")
    name_for_windows()
    assert Shell32.named == ([] if is_old else [APP_ID])


def wait_until_owned(first, folder):
    end = time.monotonic() + LIMIT_S
    while not (folder / "owner.json").exists():
        assert time.monotonic() < end, "it never opened its door"
        with contextlib.suppress(subprocess.TimeoutExpired):
            first.wait(0.05)
            raise AssertionError(first.communicate())
