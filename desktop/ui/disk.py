"""The banner while nothing can be saved: why, that what is typed stays, and that it is saved by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from desktop import texts
from desktop.ui.banner import Notice, Weight
from desktop.ui.signs import Sign

if TYPE_CHECKING:
    from desktop.errors import DesktopError
    from desktop.ui.shell import Shell

_SAID = {"store.disk_full": "disk_full", "store.read_only": "read_only"}


class KnowsDisk(Protocol):
    """Whether the data can be written."""

    @property
    def trouble(self) -> DesktopError | None:
        """Why the last write failed."""
        ...

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear when that changes."""
        ...


def join(shell: Shell) -> None:
    """Say it from now on, before anything else the banner has to say."""
    disk = shell.desk.disk

    def look() -> None:
        trouble = disk.trouble
        shell.window.banner.set_notice(Weight.DISK, None if trouble is None else notice(trouble))

    disk.subscribe(look)
    look()


def notice(trouble: DesktopError) -> Notice:
    """Return what the banner says of a disk that does not take the data."""
    said = texts.text(f"disk.banner.{_SAID.get(trouble.code, 'other')}")
    return Notice(Sign.ERROR, "stop", texts.text("disk.banner.word"), said)
