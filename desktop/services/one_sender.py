"""Only one program of a user on this computer connects with a key; the next one waits until the first has gone."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from desktop.owner.lease import SenderLease
from desktop.security.secret import Secret

log = logging.getLogger(__name__)

KEY_IN_USE: Final = "key_in_use"
"""Detail of a connection that waits for another program with the same key."""

_LOOK_S: Final = 1.0


class OneSender:
    """The lease of one line."""

    def __init__(self, place: Path | None, *, look_s: float = _LOOK_S) -> None:
        """Make one that holds nothing.

        Args:
            place: the user's folder for leases; None where nothing is to be held (two data folders of a test).
            look_s: seconds between two looks at whether the other one has gone.
        """
        self._lease = None if place is None else SenderLease(place)
        self._look_s = look_s
        self._turn = threading.Lock()  # a look that was cancelled ends later, in its thread
        self._is_wanted = False

    async def take(self, key: Secret, *, on_wait: Callable[[], None]) -> bool:
        """Return once nobody else of this user connects with this key; tell whether that had to be waited for.

        A computer that knows no locks where the leases lie is told of in the log, and connects all the
        same: no message would be heard there at all.

        Args:
            key: what the connection is about to be made with.
            on_wait: called once, where somebody else holds it.
        """
        self._is_wanted = True
        has_waited = False
        while not await asyncio.to_thread(self._try, key):
            if not has_waited:
                log.info("another program of this user is connected with the key")
                has_waited = True
                on_wait()
            await asyncio.sleep(self._look_s)
        return has_waited

    async def give_back(self) -> None:
        """Let another program connect."""
        self._is_wanted = False
        if self._lease is not None:
            await asyncio.to_thread(self._let_go, self._lease)

    def _try(self, key: Secret) -> bool:
        if self._lease is None:
            return True
        with self._turn:
            try:
                return self._is_wanted and self._lease.take(key.mark)
            except OSError as error:
                log.warning("whether another program uses the key is not known: %s", type(error).__name__)
                return True

    def _let_go(self, lease: SenderLease) -> None:
        with self._turn:
            lease.give_back()
