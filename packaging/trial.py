"""What the checks of packages have in common: steps that pass or fail, each told with the time it took."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bootstrap import say

_PATIENCE_S = 120.0


class Trial:
    """One round of checks; a failed one does not stop those after it."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self._began = time.monotonic()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Do one check; say whether it passed and how long it took."""
        began = time.monotonic()
        try:
            yield
        except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as fault:
            self.failed.append(name)
            say(f"FAILED  {name}: {fault}")
        else:
            say(f"passed  {name} ({time.monotonic() - began:.1f} s)")

    def verdict(self) -> int:
        """Say how it went; return the exit code."""
        told = f"FAILED: {', '.join(self.failed)}" if self.failed else "Everything passed"
        say(f"{told} ({time.monotonic() - self._began:.0f} s)")
        return 1 if self.failed else 0


def expect(is_so: bool, otherwise: str) -> None:
    """Go on only if something is so.

    Raises:
        AssertionError: it is not.
    """
    if not is_so:
        raise AssertionError(otherwise)


def until(is_so: Callable[[], bool], otherwise: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait up to two minutes for something.

    Raises:
        AssertionError: it did not come, or the process that was to bring it has ended.
    """
    end = time.monotonic() + _PATIENCE_S
    while not is_so():
        expect(time.monotonic() < end and (process is None or process.poll() is None), otherwise)
        threading.Event().wait(0.1)
