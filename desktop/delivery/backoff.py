"""Whether and when to try the connection again (reliability 2, fault matrix 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

FIRST_S: Final = 1.0
"""The shortest pause between two tries, in seconds: never more than one try a second."""

CAP_S: Final = 60.0
"""The longest pause, in seconds."""

STEADY_S: Final = 30.0
"""A connection that held this long starts the pauses over."""


class Trouble(StrEnum):
    """What went wrong with a connection."""

    NETWORK = "network"
    TIMEOUT = "timeout"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"
    BUSY = "busy"  # HTTP 429 or 5xx at the upgrade
    NOT_FOUND = "not_found"  # HTTP 404 and its like: wrong suffix, or a gateway under repair
    KEY_REFUSED = "key_refused"  # also HTTP 401 and 403 at the upgrade
    TLS = "tls"
    REDIRECT = "redirect"
    ADDRESS = "address"
    TOO_BIG = "too_big"


_FINAL: Final = frozenset({Trouble.KEY_REFUSED, Trouble.TLS, Trouble.REDIRECT, Trouble.ADDRESS})

TOO_BIG_LIMIT: Final = 3
"""After so many frames above the size limit in a row the link stops: a resend would loop for ever."""


def is_worth_retrying(trouble: Trouble, *, too_big_in_a_row: int = 0) -> bool:
    """Tell whether another try can help without the user changing something."""
    if trouble is Trouble.TOO_BIG:
        return too_big_in_a_row < TOO_BIG_LIMIT
    return trouble not in _FINAL


def pauses(random: Callable[[], float]) -> Iterator[float]:
    """Yield the pauses between tries, in seconds: doubling from 1 to 60, each by chance between half and all of it.

    Args:
        random: gives numbers from 0 up to 1; handed in so that tests know them.
    """
    step = FIRST_S
    while True:
        yield max(FIRST_S, step * (0.5 + random() / 2))
        step = min(CAP_S, step * 2)
