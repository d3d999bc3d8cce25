"""Who may import whom, and what a command or a first paint must not load."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from house.tree import ROOT

SLOW = {"pydantic", "pydantic_core", "websockets", "keyring", "aiohttp", "python_calamine", "PySide6"}

LOADED = """
import importlib, json, pkgutil, sys
for name in {names!r}:
    module = importlib.import_module(name)
    for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
        importlib.import_module(f"{{name}}.{{found.name}}")
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def loaded_by(*names: str) -> set[str]:
    """Return the top-level packages in a new process that imported these and, for packages, their modules."""
    code = LOADED.format(names=names)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_arrows_point_down() -> None:
    """Every import contract of pyproject.toml holds."""
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " kept, 0 broken" in done.stdout


def test_commands_load_no_qt() -> None:
    assert loaded_by("desktop.cli").isdisjoint({"PySide6", "shiboken6", "qasync"})


@pytest.mark.parametrize(
    "package", ["desktop.domain", "desktop.validation", "desktop.crossing", "desktop.store", "desktop.services"]
)
def test_what_the_first_paint_reads_loads_nothing_slow(package: str) -> None:
    """pydantic, websockets and keyring cost more than Qt itself at the start (house style 3.4)."""
    assert loaded_by(package) & SLOW == set()


def test_building_the_program_loads_nothing_slow() -> None:
    assert loaded_by("desktop.assembly") & SLOW == set()
