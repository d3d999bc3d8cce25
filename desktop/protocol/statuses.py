"""What the gateway's statuses mean; an open set, in which an unknown one is never guessed to be a success."""

from __future__ import annotations

from typing import Final

TAKEN: Final = frozenset({"OK", "IMPORTED", "TRANSMITTED", "COMPLETED"})
QUEUED: Final = frozenset({"QUEUED"})
WITH_PROBLEMS: Final = frozenset({"IMPORTED_WITH_ERRORS", "PROCESSED_WITH_ERRORS"})
REFUSED: Final = frozenset({"DATA_ERROR", "SEND_ERROR", "SYNC_ERROR", "ACCESS_DENIED_ERROR", "FAILURE", "FAILED"})
