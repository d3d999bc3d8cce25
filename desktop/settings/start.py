"""How the window program was started. Light: a second start reads it before anything else is loaded."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


class Options:
    """How the window was started.

    Attributes:
        data_dir: another data folder than the user's own.
        is_practice: nothing reaches customs.
        tour: folder for the pictures of the tour; None without a tour.
        is_minimised: in the tray, without a window; where there is no tray, with a minimised one.
    """

    __slots__ = ("data_dir", "is_minimised", "is_practice", "tour")

    def __init__(
        self,
        data_dir: Path | None = None,
        is_practice: bool = False,
        tour: Path | None = None,
        is_minimised: bool = False,
    ) -> None:
        self.data_dir = data_dir
        self.is_practice = is_practice
        self.tour = tour
        self.is_minimised = is_minimised
