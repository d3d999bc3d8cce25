"""At sign-in the panel with the tray may come after us: Qt looks for it once, so it is waited for before Qt asks."""

from __future__ import annotations

import asyncio
import sys

_LIMIT_S = 5.0
_LOOK_S = 0.25
_WATCHER = "org.kde.StatusNotifierWatcher"


async def wait_for_panel(limit_s: float = _LIMIT_S) -> bool:
    """Wait until the session bus has a place for tray icons, at most `limit_s` seconds; tell whether it has.

    Only Linux needs it; elsewhere, and without a session bus, there is nothing to wait for.
    """
    if not sys.platform.startswith("linux"):
        return True
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    for _ in range(max(1, round(limit_s / _LOOK_S))):
        if bus.interface().isServiceRegistered(_WATCHER).value():
            return True
        await asyncio.sleep(_LOOK_S)
    return False
