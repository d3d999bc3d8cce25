"""The real program up to its first paint: what it has loaded by then, and what a second start loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from house.tree import ROOT

FIRST_PAINT = """
import json, os, sys
from desktop import __main__ as program
own = program.raised_other
def paint(self, event):
    sys.stdout.write(json.dumps(list(sys.modules))); sys.stdout.flush(); os._exit(0)
def raised_other(options):
    is_raised = own(options)
    import desktop.app  # what the program itself loads next, in its own order
    from desktop.ui.main_window import MainWindow
    MainWindow.paintEvent = paint
    return is_raised
program.raised_other = raised_other
sys.exit(program.main(sys.argv[1:]))
"""

KNOCK = """
import json, sys
from pathlib import Path
from desktop.__main__ import options_from, raised_other
assert not raised_other(options_from(sys.argv[1:]))
print(json.dumps(list(sys.modules)))
"""

# What the first rows need none of, and what it would cost to load (a few milliseconds each).
LATER = {
    "desktop.crossing",
    "desktop.delivery",
    "desktop.practice",
    "desktop.protocol",
    "desktop.services.courier",
    "desktop.services.edit_session",
    "desktop.services.editing",
    "desktop.services.importing",
    "desktop.services.library",
    "desktop.services.link",
    "desktop.services.lookups",
    "desktop.services.sample",
    "desktop.ui.company_dialog",
    "desktop.ui.editors",
    "desktop.ui.forms",
    "desktop.ui.notifications",
    "desktop.ui.preferences",
    "desktop.ui.printing",
    "desktop.ui.tray",
    "desktop.ui.trips",
    "desktop.validation",
    "importlib.metadata",
    "platformdirs",
    "ulid",
    "uuid",
    "zoneinfo",
}
NOT_FOR_A_KNOCK = {"argparse", "dataclasses", "desktop.assets", "desktop.texts", "inspect", "typing", "encodings.idna"}


def modules(code: str, folder: Path) -> list[str]:
    """Return what a new process has loaded when `code` prints it, in the order in which it was."""
    done = subprocess.run(
        [sys.executable, "-c", code, "--practice", "--data-dir", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def tops(names: list[str]) -> set[str]:
    """Return the packages without their modules."""
    return {name.partition(".")[0] for name in names}


@pytest.fixture(scope="module")
def inbox_loaded(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is loaded when the inbox is painted first, in a practice folder that is not new."""
    folder = tmp_path_factory.mktemp("inbox") / "data"
    modules(FIRST_PAINT, folder)  # makes the sample data
    (folder / "window.json").write_text(json.dumps({"window.place": "inbox"}), encoding="utf-8")
    return modules(FIRST_PAINT, folder)


def test_first_paint_waits_for_no_wire_models_sockets_or_keystore(tmp_path: Path) -> None:
    """They cost more than Qt itself, and the first rows need none of them (house style 3.4)."""
    loaded = tops(modules(FIRST_PAINT, tmp_path / "data"))
    assert {"PySide6", "desktop", "sqlite3"} <= loaded
    assert loaded & {"pydantic", "pydantic_core", "websockets", "keyring", "aiohttp", "python_calamine"} == set()


def test_a_second_start_asks_before_it_loads_anything(tmp_path: Path) -> None:
    names = modules(KNOCK, tmp_path / "data")
    loaded = tops(names)
    assert "desktop" in loaded
    assert (
        loaded & {"PySide6", "shiboken6", "qasync", "sqlite3", "asyncio", "pydantic", "websockets", "keyring"} == set()
    )
    assert NOT_FOR_A_KNOCK & set(names) == set()


def test_the_first_paint_of_the_inbox_loads_the_inbox_alone(inbox_loaded: list[str]) -> None:
    assert "desktop.ui.inbox.page" in inbox_loaded
    assert LATER & set(inbox_loaded) == set()


def test_the_program_below_the_window_is_loaded_before_qt(inbox_loaded: list[str]) -> None:
    """PySide6 reads the source of each module that comes after it."""
    early = inbox_loaded[: inbox_loaded.index("PySide6.QtCore")]
    assert {"asyncio", "desktop.assembly", "desktop.store.database", "desktop.services.views"} <= set(early)
    assert not any(name.startswith("desktop.ui.") for name in early)
