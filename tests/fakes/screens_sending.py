"""What makes the dialogs of sending, for pictures, Tab, screen reader and markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from fakes.window import Opened


async def swap(it: Opened) -> QDialog:
    from desktop.ui.sending.swap_dialog import SwapDialog

    trip = next(one for one in it.desk.stored if one.document.get("trailers"))
    trip.document["trailers"][0]["sealNumbers"] = ["UL-448120"]
    return SwapDialog(await it.desk.swapping.of_trip(trip.id), it.desk.all_library, it.window)
