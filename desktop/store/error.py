"""What the store refuses, besides a data folder that cannot be used."""

from __future__ import annotations

from desktop.errors import DesktopError, NotFound


class Conflict(DesktopError):  # noqa: N818 - named like its fellows in desktop.errors
    """The row was changed since the caller read it: nothing was written; read it again.

    Attributes:
        table: which kind of row.
        current: its version now.
    """

    def __init__(self, table: str, current: int) -> None:
        super().__init__("store.conflict", current=current)
        self.table = table
        self.current = current


class Gone(NotFound):
    """There is no such row."""

    def __init__(self, table: str) -> None:
        super().__init__("store.gone", table=table)
        self.table = table


class NoData(NotFound):
    """Nothing was ever kept in this folder; a reader makes none."""

    def __init__(self) -> None:
        super().__init__("store.no_data")


class NameTaken(DesktopError):  # noqa: N818 - named like its fellows in desktop.errors
    """Another company bears this name."""

    def __init__(self, name: str) -> None:
        super().__init__("store.name_taken", name=name)


class OtherKind(DesktopError):  # noqa: N818 - named like its fellows in desktop.errors
    """A practice company in real data, or a real one in practice data (product, one owner of the data folder)."""

    def __init__(self, kind: str) -> None:
        super().__init__("store.company_practice" if kind == "real" else "store.company_real")
