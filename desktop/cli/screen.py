"""Looks at fonts, tray and printers in a process of its own: where Qt lacks a library, it may end that process."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

_LIMIT_S = 30.0
_LONGEST_FAULT = 200  # characters


async def looked_at() -> dict[str, Any]:
    """Return what the doctor wants to know of Qt: `has_font`, `has_tray`, `printers`, or `fault`."""
    env = dict(os.environ)
    if sys.platform not in {"win32", "darwin"} and not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")):
        env["QT_QPA_PLATFORM"] = "offscreen"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "desktop.cli.screen"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=env,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), _LIMIT_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        return {"fault": f"no answer in {_LIMIT_S:.0f} s"}
    if process.returncode == 0:
        found: dict[str, Any] = json.loads(out)
        return found
    lines = err.decode("utf-8", "replace").strip().splitlines() or [f"exit code {process.returncode}"]
    return {"fault": lines[-1][:_LONGEST_FAULT]}


def main() -> None:
    """Look, and print what was seen as JSON."""
    from PySide6.QtPrintSupport import QPrinterInfo
    from PySide6.QtWidgets import QApplication, QSystemTrayIcon

    from desktop.errors import Bug
    from desktop.ui.fonts import ensure_fonts

    application = QApplication(["emanifest"])
    try:
        ensure_fonts()
        has_font = True
    except (Bug, OSError, ModuleNotFoundError):
        has_font = False
    seen = {
        "has_font": has_font,
        "has_tray": QSystemTrayIcon.isSystemTrayAvailable(),
        "printers": len(QPrinterInfo.availablePrinterNames()),
    }
    print(json.dumps(seen), flush=True)
    del application


if __name__ == "__main__":
    main()
