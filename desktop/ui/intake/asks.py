"""What the windows of import and export ask of the program below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.domain.lifecycle import Regime
from desktop.errors import DesktopError

if TYPE_CHECKING:
    from desktop.services.import_preview import Preview as MessagesPreview
    from desktop.services.importing import Imported
    from desktop.services.tables.table import Brought, Choice, Mapping, Preview, Table
    from desktop.services.watched import News

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class PreviewsMessages(Protocol):
    """BorderConnect messages, looked at before they come in."""

    async def files(self, names: Sequence[str], company: str = "") -> MessagesPreview:
        """Return what bringing in files would do."""
        ...

    async def text(self, text: str, name: str, company: str = "") -> MessagesPreview:
        """Return what bringing in a text would do."""
        ...

    async def bring_in(self, preview: MessagesPreview) -> Imported:
        """Bring in what would come in."""
        ...


class WatchedFolder(Protocol):
    """The folder of dispatch software."""

    folder: str
    trouble: DesktopError | None
    last: News | None

    def watch(self, folder: str) -> None:
        """Watch a folder from now on."""
        ...

    def subscribe(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Hear news; the returned function ends that."""
        ...

    async def check_folder(self, folder: str) -> None:
        """Look whether a folder can be watched."""
        ...


class TakesTables(Protocol):
    """Tables of the library and of shipments."""

    async def read(self, path_or_text: Path | str, *, kind: str) -> Table:
        """Read a file or a pasted text."""
        ...

    def guess(self, table: Table, kind: str) -> Mapping:
        """Return how the columns are understood."""
        ...

    def choices(self, kind: str, regime: Regime) -> tuple[Choice, ...]:
        """Return everything a column can hold."""
        ...

    async def preview(
        self,
        table: Table,
        mapping: Mapping,
        *,
        regime: Regime,
        company: str,
        trip_id: str | None = None,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Preview:
        """Return what would happen."""
        ...

    async def bring_in(self, preview: Preview, *, progress: Progress, cancelled: Cancelled) -> Brought:
        """Keep all of it, or nothing."""
        ...

    async def export(
        self,
        kind: str,
        path: Path,
        *,
        company: str | None = None,
        with_private: bool = False,
        progress: Progress,
        cancelled: Cancelled,
    ) -> int:
        """Write everything of a kind to a file."""
        ...
