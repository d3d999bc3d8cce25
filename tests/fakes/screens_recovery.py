"""What makes the dialogs about backups and about erasing a person, for pictures, Tab, screen reader and markup."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop.errors import DataFolderUnusable

if TYPE_CHECKING:
    from fakes.window import Opened

DAMAGED = DataFolderUnusable("store.damaged", path="a/folder/of/the/data/emanifest.db")


def recovery(it: Opened) -> QDialog:
    from desktop.services.recovery import Choice
    from desktop.ui.recovery import RecoveryDialog

    now = it.desk.clock.now()
    found = [
        Choice(Path(f"{days}.db"), now - timedelta(days=days, hours=3), 41 - days, 1200 - 30 * days)
        for days in (0, 1, 2, 9)
    ]
    return RecoveryDialog(found, it.desk.clock, DAMAGED, it.window)


def nothing_to_put_back(it: Opened) -> QDialog:
    from desktop.ui.recovery import RecoveryDialog

    return RecoveryDialog([], it.desk.clock, DAMAGED, it.window)


def put_back(it: Opened) -> QDialog:
    from desktop.ui.recovery import RecoveryDialog

    return RecoveryDialog([], it.desk.clock, None, it.window)


def erase(it: Opened) -> QDialog:
    from desktop.services.erasing import ErasePreview
    from desktop.ui.editors.erase_dialog import EraseDialog

    dialog = EraseDialog(ErasePreview("D1", "Sample Driver One", 12, 31, 1, 9), it.window)
    dialog.typed.setText("one")
    return dialog


def erase_in_the_way(it: Opened) -> QDialog:
    from desktop.services.erasing import ErasePreview
    from desktop.ui.editors.erase_dialog import EraseDialog

    seen = ErasePreview("D1", "Sample Driver One", 12, 31, 1, 9, ("AAAA1001",), ("AAAA1002", "AAAA1003"))
    return EraseDialog(seen, it.window)
