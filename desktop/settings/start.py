"""How the window program was started. Light: a second start reads it before anything else is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """How the window was started.

    Attributes:
        data_dir: another data folder than the user's own.
        is_practice: nothing reaches customs.
        tour: folder for the pictures of the tour; None without a tour.
    """

    data_dir: Path | None = None
    is_practice: bool = False
    tour: Path | None = None
