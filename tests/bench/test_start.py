"""From the start of the process to the first paint with a hundred messages, and a second start, beside their floors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from bench.measure import in_turns, line
from house.tree import ROOT

from desktop.assembly import DeskOptions, open_desk
from desktop.clock import SystemClock
from desktop.owner.knock import knock
from desktop.owner.lock import OwnerLock

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

ROUNDS = 9
MESSAGES = 100

# Prints the wall time when the first paint of a main window is over and what it showed, and ends without farewell.
EYE = """
import os, sys, time
def watch(kind, rows):
    from PySide6.QtCore import QTimer
    own = kind.paintEvent
    def paint(self, event):
        own(self, event)
        QTimer.singleShot(0, over)  # after the children, which the same update paints
        over.window = self
    kind.paintEvent = paint
    def over():
        sys.stdout.write(f"{time.time()!r} {rows(over.window)}"); sys.stdout.flush(); os._exit(0)
"""
BARE = (
    EYE
    + """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow): pass
watch(Window, lambda window: 0)
app = QApplication([])
window = Window(); window.setCentralWidget(QLabel("floor")); window.resize(1100, 700); window.show()
app.exec()
"""
)
PROGRAM = (
    EYE
    + """
from desktop import __main__ as program
own = program.raised_other
def raised_other(options):
    is_raised = own(options)
    import desktop.app  # what the program itself loads next, in its own order
    from desktop.ui.main_window import MainWindow
    watch(MainWindow, lambda window: window.stack.currentWidget().model.rowCount())
    return is_raised
program.raised_other = raised_other
sys.exit(program.main(sys.argv[1:]))
"""
)


def environment() -> dict[str, str]:
    """Return the environment of a program under measurement."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def until_paint(code: str, *arguments: str, rows: int = 0) -> float:
    """Return the seconds from the start of a process to the end of its first paint, which shows `rows` rows."""
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, env=environment()
    )
    assert done.returncode == 0, done.stderr
    at, shown = done.stdout.split()
    assert int(shown) == rows
    return float(at) - start


def wall(command: list[str]) -> float:
    """Return the seconds a command takes."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - start


@pytest.fixture
def folder(tmp_path: Path, run) -> Path:
    """A practice folder with the sample carrier and a hundred messages, opening on the inbox."""
    data = tmp_path / "data"
    body = json.loads((ROOT / "tests" / "golden" / "messages" / "ace-response.json").read_text(encoding="utf-8"))

    async def fill() -> None:
        lock = OwnerLock(data)
        assert lock.take()
        desk = await open_desk(DeskOptions(folder=data, is_practice=True, lock=lock))
        companies = await desk.store.companies.all()
        now = SystemClock().now()

        async def nothing(*_arguments: object) -> None:
            """No outbox here."""

        for number in range(MESSAGES):
            await desk.receiving.frame(
                json.dumps({**body, "number": number}).encode(),
                now - timedelta(minutes=MESSAGES - number),
                companies=companies,
                connection="bench",
                is_text=True,
                apply=nothing,
            )
        await desk.close()
        lock.give_back()

    run(fill())
    (data / "window.json").write_text(json.dumps({"window.place": "inbox"}), encoding="utf-8")
    return data


@pytest.fixture
def owner(folder: Path) -> Iterator[Path]:
    """A window that owns the folder."""
    command = [sys.executable, "-m", "desktop", "--practice", "--data-dir", str(folder)]
    with subprocess.Popen(command, env=environment(), cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        pause = iter(range(3000))
        while knock(folder) is None:
            assert process.poll() is None, "the window ended by itself"
            assert next(pause, None) is not None, "the window never opened its door"
            process_wait(process, 0.02)
        yield folder
        process.kill()


def process_wait(process: subprocess.Popen[bytes], limit_s: float) -> None:
    """Wait a moment, or until the process ends."""
    try:
        process.wait(limit_s)
    except subprocess.TimeoutExpired:
        return


def test_first_paint_with_a_hundred_messages(show, folder: Path) -> None:
    figures = in_turns(
        {
            "window": lambda: until_paint(PROGRAM, "--practice", "--data-dir", str(folder), rows=MESSAGES),
            "floor": lambda: until_paint(BARE),
        },
        ROUNDS,
    )
    show(line("first paint, 100 messages", figures["window"]))
    show(line("floor: a bare PySide6 main window", figures["floor"]))


def test_second_start(show, owner: Path) -> None:
    second = [sys.executable, "-m", "desktop", "--practice", "--data-dir", str(owner)]
    figures = in_turns({"second": lambda: wall(second), "floor": lambda: wall([sys.executable, "-c", "pass"])}, ROUNDS)
    show(line("second start", figures["second"]))
    show(line("floor: a bare interpreter", figures["floor"]))
