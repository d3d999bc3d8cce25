"""Where the window stood: geometry, splitters, last screen. Lost without harm, read without pydantic."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)


class WindowState:
    """Texts by name in one small file.

    Attributes:
        path: the file; None keeps everything in memory only.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._values: dict[str, str] = {}
        if path is not None and path.exists():
            try:
                content = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                log.info("the window's last place cannot be read; it opens in the default one")
            else:
                if isinstance(content, dict):
                    self._values = {name: value for name, value in content.items() if isinstance(value, str)}

    def value(self, name: str, default: str = "") -> str:
        """Return what was kept under `name`."""
        return self._values.get(name, default)

    def keep(self, name: str, value: str) -> None:
        """Keep `value` until `save`."""
        self._values[name] = value

    def save(self) -> None:
        """Write the file whole: temporary, flushed, then put in place."""
        if self.path is None:
            return
        temporary = self.path.with_suffix(".tmp")
        try:
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(self._values, file, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except OSError:
            log.info("the window's place cannot be kept")
