"""Says what works on this computer, and what to do where something does not. Sends nothing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.clock import SystemClock
from desktop.errors import DesktopError
from desktop.services.words import error_words
from desktop.settings.paths import synced_by
from desktop.store import NoData, open_store
from desktop.texts import text

_ENOUGH_BYTES = 200 * 1024 * 1024

Finding = dict[str, Any]


async def examine(folder: Path, window: Mapping[str, Any] | None = None) -> list[Finding]:
    """Return one finding for each thing the program leans on: `ok`, `warning` or `problem`, with the remedy.

    Args:
        folder: the data folder.
        window: what was seen by someone who may load Qt: `has_font`, `has_tray`, `printers` (how many), or `fault`
            where it does not start; None where nobody looked.
    """
    return [
        _finding("version", "ok", version=__version__, python=sys.version.split()[0]),
        await _keystore(),
        await _data(folder),
        _room(folder),
        _synced(folder),
        _tls(),
        *_qt(window),
        _screen(),
        *([] if window is None or "fault" in window else _of_window(window)),
        _finding("rns", "warning"),
    ]


def _finding(name: str, state: str, remedy: str | None = None, /, **values: object) -> Finding:
    return {
        "name": name,
        "state": state,
        "title": text(f"doctor.{name}.title"),
        "text": text(f"doctor.{name}.{state}", **values),
        "remedy": text(f"doctor.{name}.{state}.remedy", **values) if remedy is None and state != "ok" else remedy or "",
    }


async def _keystore() -> Finding:
    from desktop.security.keystore import Keystore

    return _finding("keystore", "ok" if await Keystore().is_there() else "warning")


async def _data(folder: Path) -> Finding:
    try:
        store = open_store(folder, kind=None, clock=SystemClock(), read_only=True)
    except NoData:
        return _finding("data", "warning", folder=folder)
    except DesktopError as error:
        return unusable(error)
    try:
        problems = await store.problems()
    finally:
        await store.close()
    return _finding("data", "problem" if problems else "ok", folder=folder, problems="; ".join(problems[:3]))


def unusable(error: DesktopError) -> Finding:
    """Return the finding for a data folder that cannot be opened, and why."""
    words = error_words(error)
    return {"name": "data", "state": "problem", "title": words.title, "text": words.text, "remedy": words.remedy}


def _room(folder: Path) -> Finding:
    place = folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    return _finding("room", "ok" if free >= _ENOUGH_BYTES else "problem", free=free // 1024 // 1024)


def _synced(folder: Path) -> Finding:
    service = synced_by(folder)
    return _finding("synced", "warning" if service else "ok", place=service or "")


def _tls() -> Finding:
    context = ssl.create_default_context()
    is_good = context.check_hostname and context.verify_mode is ssl.CERT_REQUIRED
    return _finding("tls", "ok" if is_good and context.get_ca_certs() else "warning", library=ssl.OPENSSL_VERSION)


def _qt(window: Mapping[str, Any] | None) -> list[Finding]:
    if importlib.util.find_spec("PySide6") is None:
        return [_finding("qt", "problem")]
    if window is not None and "fault" in window:
        return [_finding("qt_start", "problem", fault=window["fault"])]
    return [_finding("qt", "ok")]


def _of_window(window: Mapping[str, Any]) -> list[Finding]:
    count = int(window["printers"])
    return [
        _finding("fonts", "ok" if window["has_font"] else "problem"),
        _finding("tray", "ok" if window["has_tray"] else "warning"),
        _finding("printers", "ok" if count else "warning", count=count),
    ]


def _screen() -> Finding:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return _finding("screen", "warning")
    return _finding("screen", "ok")
