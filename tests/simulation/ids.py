"""Ids that a seed repeats: in the order they were made, instead of by chance."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from unittest.mock import patch

_PLACES = (
    "desktop.services.line",
    "desktop.services.outgoing",
    "desktop.store.company",
    "desktop.store.outbox",
    "desktop.store.trip",
)
_made = itertools.count(1)


def new_id(moment: datetime) -> str:
    """Return an id of 26 characters that sorts by time and then by order of making."""
    return f"{int(moment.timestamp() * 1000):010X}"[-10:] + f"{next(_made):016X}"


@contextmanager
def repeated() -> Iterator[None]:
    """Give out the same ids in the same order, from the first."""
    global _made  # noqa: PLW0603 - one world at a time
    _made = itertools.count(1)
    with ExitStack() as stack:
        for place in _PLACES:
            stack.enter_context(patch(f"{place}.new_id", new_id))
        yield
