"""The only command module that loads Qt: writes a sheet as PDF without a screen."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.printing.sheet import Sheet


def write_pdf(sheet: Sheet, path: Path, paper: str) -> None:
    """Write `sheet` as PDF at `path`, on `letter` or `a4`.

    Raises:
        EnvironmentFailure: the file cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from desktop.ui import paper as qt_paper

    application = QGuiApplication.instance() or QGuiApplication(["emanifest"])
    qt_paper.write_pdf(sheet, path, paper)
    del application
