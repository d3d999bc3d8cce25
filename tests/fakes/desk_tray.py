"""Starting with the system, in memory."""

from __future__ import annotations

from typing import Any

from desktop.errors import EnvironmentFailure


class FakeSignIn:
    """Remembers what was chosen; `is_refused` where the system does not let us."""

    def __init__(self, calls: list[tuple[Any, ...]], *, is_possible: bool = True) -> None:
        self._calls = calls
        self.is_possible = is_possible
        self.is_refused = False
        self.on = False

    async def is_on(self) -> bool:
        return self.on

    async def set_on(self, is_on: bool) -> None:
        self._calls.append(("sign_in", is_on))
        if self.is_refused:
            raise EnvironmentFailure("sign_in.refused", reason="Permission denied")
        self.on = is_on

    async def mend(self) -> None:
        self._calls.append(("mend_sign_in",))
