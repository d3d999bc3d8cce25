"""What evidence asks of the services."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.printing.sheet import Sheet


class WritesEvidence(Protocol):
    """Who writes the whole history of a trip into a file."""

    draw: Callable[[Sheet], bytes] | None
    """Makes a PDF of a sheet."""

    async def write(self, trip_id: str, path: str | Path, *, with_private: bool = False) -> None:
        """Write everything known of a trip; a PDF or JSON by the file's suffix."""
        ...
