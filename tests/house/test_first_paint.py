"""The real program up to its first paint: what it has loaded by then, and what a second start loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from house.tree import ROOT

FIRST_PAINT = """
import json, os, sys
from desktop.ui.main_window import MainWindow
def paint(self, event):
    sys.stdout.write(json.dumps(sorted(sys.modules))); sys.stdout.flush(); os._exit(0)
MainWindow.paintEvent = paint
from desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""

KNOCK = """
import json, sys
from pathlib import Path
from desktop.__main__ import options_from, raised_other
assert not raised_other(options_from(sys.argv[1:]))
print(json.dumps(sorted(sys.modules)))
"""


def modules(code: str, folder: Path) -> set[str]:
    """Return what a new process has loaded when `code` prints it."""
    done = subprocess.run(
        [sys.executable, "-c", code, "--practice", "--data-dir", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def test_first_paint_waits_for_no_wire_models_sockets_or_keystore(tmp_path: Path) -> None:
    """They cost more than Qt itself, and the first rows need none of them (house style 3.4)."""
    loaded = modules(FIRST_PAINT, tmp_path / "data")
    assert {"PySide6", "desktop", "sqlite3"} <= loaded
    assert loaded & {"pydantic", "pydantic_core", "websockets", "keyring", "aiohttp", "openpyxl"} == set()


def test_a_second_start_asks_before_it_loads_anything(tmp_path: Path) -> None:
    loaded = modules(KNOCK, tmp_path / "data")
    assert "desktop" in loaded
    assert (
        loaded & {"PySide6", "shiboken6", "qasync", "sqlite3", "asyncio", "pydantic", "websockets", "keyring"} == set()
    )
