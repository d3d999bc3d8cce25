"""Finds the files that travel with the program, in a source tree, an installed wheel or a staged bundle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.errors import Bug

_HERE = Path(__file__).resolve().parent
_PLACES = (_HERE / "resources", _HERE.parent / "resources")


def path(name: str) -> Path:
    """Return the file or folder `name` (with forward slashes) below the bundled resources.

    Raises:
        Bug: the installation lacks it.
    """
    for place in _PLACES:
        found = place / name
        if found.exists():
            return found
    raise Bug(f"resource {name} is missing from this installation")


def has(name: str) -> bool:
    """Tell whether there is a bundled file or folder `name`."""
    return any((place / name).exists() for place in _PLACES)


def read_text(name: str) -> str:
    """Return the text of a bundled file."""
    return path(name).read_text(encoding="utf-8")


def read_json(name: str) -> Any:
    """Return the content of a bundled JSON file."""
    return json.loads(read_text(name))
