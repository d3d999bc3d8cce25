"""The one font of sheets, tests and pictures, and the family the window uses.

Paper must look the same on every computer and no picture may show boxes instead of letters (house style 3.6, 29), so
the bundled Roboto is loaded from its own package. The window itself keeps the system's font.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from desktop.errors import Bug

SHEET_FAMILY = "Roboto"
_FILES = ("Roboto-Regular.ttf", "Roboto-Medium.ttf", "Roboto-Bold.ttf", "Roboto-Italic.ttf")
_LOADED = "bundled_font_loaded"  # kept by the application: a new one in the same process starts without fonts


def ensure_fonts() -> str:
    """Load the bundled font into this process, once, and return its family.

    Raises:
        Bug: there is no Qt application yet, or the installation lacks the font.
    """
    app = QGuiApplication.instance()
    if app is None:
        raise Bug("fonts are asked for before there is a Qt application")
    if app.property(_LOADED):
        return SHEET_FAMILY
    found = find_spec("font_roboto")
    if found is None or found.origin is None:
        raise Bug("the bundled font is missing from this installation")
    folder = Path(found.origin).with_name("files")
    for name in _FILES:
        data = (folder / name).read_bytes()
        if QFontDatabase.addApplicationFontFromData(data) < 0:
            raise Bug(f"the bundled font {name} cannot be read")
    app.setProperty(_LOADED, True)
    return SHEET_FAMILY


def window_font() -> QFont:
    """Return the font the window is set in: the system's own, or the bundled one where there is no real screen.

    Windows 11 has a family for small sizes, Windows 10 only `Segoe UI` (ui design 2).
    """
    if QGuiApplication.platformName() in {"offscreen", "minimal"} or not QFontDatabase.families():
        font = QFont(ensure_fonts())
        font.setPointSizeF(9.0)
        return font
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if QGuiApplication.platformName() == "windows":
        font.setFamilies(["Segoe UI Variable Text", "Segoe UI"])
    return font
