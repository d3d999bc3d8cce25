"""Collects garbage in the window's own thread alone.

Python collects cycles in whatever thread happens to allocate. A widget that is taken apart in the thread of the
database stops its timers from there, and Qt ends the program. So automatic collection is off while the window runs, and
a timer of the window does it.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 500
_LIMIT: Final = 10  # where the interpreter names none for a generation


class Sweeper(QObject):
    """Turns automatic collection off and collects by the interpreter's own thresholds, twice a second."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setObjectName("sweeper")
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect the oldest generation whose threshold is passed; it takes the younger ones along."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > (limits[generation] or _LIMIT):
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Collect once more and leave the interpreter as it was."""
        self._timer.stop()
        gc.collect()
        if self._was_on:
            gc.enable()
