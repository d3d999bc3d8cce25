"""What the first paint needs of the settings, read as plain JSON: pydantic has no part in it (house style 3.4)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class FirstPaint:
    """Theme and language by name, size, company and place of the window; defaults where nothing of use is said."""

    theme: str = "system"
    language: str = "system"
    scale: float = 1.0
    company: str = ""
    geometry: str = ""


def read(folder: Path) -> FirstPaint:
    """Return what the settings of a data folder say; a file that cannot be read is dealt with later."""
    try:
        said = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return FirstPaint()
    appearance, window = _branch(said, "appearance"), _branch(said, "window")
    scale = appearance.get("scale")
    is_scale = isinstance(scale, int | float) and not isinstance(scale, bool) and 0.75 <= scale <= 3.0  # noqa: PLR2004 - as in the tree, proved by a test
    return FirstPaint(
        theme=_text(appearance, "theme", "system"),
        language=_text(appearance, "language", "system"),
        scale=float(scale) if is_scale and isinstance(scale, int | float) else 1.0,
        company=_text(window, "company", ""),
        geometry=_text(window, "geometry", ""),
    )


def _branch(said: object, name: str) -> dict[str, object]:
    branch = said.get(name) if isinstance(said, dict) else None
    return branch if isinstance(branch, dict) else {}


def _text(branch: dict[str, object], name: str, default: str) -> str:
    value = branch.get(name)
    return value if isinstance(value, str) else default
