"""Tells whoever listens that something changed, and who changed it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from desktop.services.views import Changed, Subject

Listener = Callable[[Changed], None]


class Changes:
    """One list of listeners for the whole program. Listeners run at once, in the loop's thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` on every change; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def announce(self, subject: Subject, ids: Iterable[str] = (), initiator: object | None = None) -> None:
        """Tell everybody that `ids` of `subject` changed (no ids: any of them may have)."""
        changed = Changed(subject, frozenset(ids), initiator)
        for listener in tuple(self._listeners):
            try:
                listener(changed)
            except (
                Exception
            ) as error:  # what was done is done: a listener's fault stops neither it nor the other listeners
                _report(error)


def _report(error: Exception) -> None:
    """Hand a listener's fault to whoever hears of unhandled errors; without a loop to whoever announced."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        raise error from None
    loop.call_exception_handler({"message": "a listener failed", "exception": error})
