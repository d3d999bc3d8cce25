"""The committed form classes are what uic makes of the forms today."""

from __future__ import annotations

import subprocess
from pathlib import Path

import PySide6
from house.tree import ROOT, files

MADE = ROOT / "desktop" / "ui" / "forms"


def _body(text: str) -> list[str]:
    """Return the lines below uic's header, which names its version."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("##")]


def _uic() -> Path:
    folder = Path(PySide6.__file__).parent
    return next(
        path for path in (folder / "Qt" / "libexec" / "uic", folder / "uic.exe", folder / "uic") if path.exists()
    )


def test_form_classes_are_fresh() -> None:
    stale = []
    for form in files("forms", "*.ui"):
        made = MADE / f"ui_{form.stem}.py"
        done = subprocess.run([_uic(), "-g", "python", form], capture_output=True, text=True, check=True)
        if not made.exists() or _body(made.read_text(encoding="utf-8")) != _body(done.stdout):
            stale.append(f"pyside6-uic forms/{form.name} -o desktop/ui/forms/{made.name}")
    assert stale == []


def test_every_form_class_has_its_form() -> None:
    made = {path.stem.removeprefix("ui_") for path in MADE.glob("ui_*.py")}
    assert made == {path.stem for path in files("forms", "*.ui")}
