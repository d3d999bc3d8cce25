"""Which language is spoken: what was asked for, what the settings say, or that of the computer. No Qt, no pydantic."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from desktop.texts import ENGLISH, LANGUAGES

SYSTEM = "system"

_WINDOWS = {0x09: "en", 0x0A: "es", 0x0C: "fr"}
_PRIMARY = 0x3FF
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def spoken(*asked: str | None) -> str:
    """Return the first language asked for that the program speaks; asked for none, that of the computer, or English.

    Args:
        asked: names such as `fr`, `fr-CA` or `fr_CA.UTF-8`; `system`, None and what is not spoken are passed over.
    """
    for name in (*asked, of_computer(os.environ)):
        language = _plain(name or "")
        if language in LANGUAGES:
            return language
    return ENGLISH


def of_computer(environment: Mapping[str, str]) -> str:
    """Return the language this computer speaks to its user, as far as it tells; else an empty text.

    The environment says it as for every POSIX program; on Windows, where nothing there does, the user's own language.
    """
    for variable in _VARIABLES:
        if environment.get(variable):
            return _plain(environment[variable])
    if sys.platform == "win32":
        import ctypes

        return _WINDOWS.get(ctypes.windll.kernel32.GetUserDefaultUILanguage() & _PRIMARY, "")
    return ""


def _plain(name: str) -> str:
    """Return `fr` of `fr_CA.UTF-8`."""
    return name.replace("-", "_").partition(".")[0].partition("_")[0].lower()
