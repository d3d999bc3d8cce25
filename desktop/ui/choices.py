"""What the user chose about the window itself, read before the first paint without pydantic."""

from __future__ import annotations

from desktop.ui.colours import Scheme
from desktop.ui.window_state import WindowState

SCHEMES: tuple[Scheme | None, ...] = (
    None,
    Scheme.LIGHT,
    Scheme.DARK,
    Scheme.CONTRAST_LIGHT,
    Scheme.CONTRAST_DARK,
)
"""What the appearance may be; None follows the system."""


class Choices:
    """Typed choices over the window's small file; each has a default and is written when it changes."""

    def __init__(self, state: WindowState) -> None:
        self._state = state

    def _is_on(self, name: str, *, default: bool) -> bool:
        return self._state.value(name, "yes" if default else "no") == "yes"

    def _put(self, name: str, value: str) -> None:
        self._state.keep(name, value)
        self._state.save()

    @property
    def scheme(self) -> Scheme | None:
        """The colours asked for; None follows the system."""
        kept = self._state.value("choice.scheme")
        return next((scheme for scheme in SCHEMES if scheme is not None and scheme.value == kept), None)

    @scheme.setter
    def scheme(self, scheme: Scheme | None) -> None:
        self._put("choice.scheme", scheme.value if scheme else "")

    @property
    def stays_in_tray(self) -> bool:
        """Whether closing the window leaves the program listening beside the clock."""
        return self._is_on("choice.tray", default=True)

    @stays_in_tray.setter
    def stays_in_tray(self, is_on: bool) -> None:
        self._put("choice.tray", "yes" if is_on else "no")

    @property
    def has_notices(self) -> bool:
        """Whether what needs a person is told outside the window."""
        return self._is_on("choice.notices", default=True)

    @has_notices.setter
    def has_notices(self, is_on: bool) -> None:
        self._put("choice.notices", "yes" if is_on else "no")

    @property
    def has_good_news(self) -> bool:
        """Whether good news is told outside the window too."""
        return self._is_on("choice.good_news", default=True)

    @has_good_news.setter
    def has_good_news(self, is_on: bool) -> None:
        self._put("choice.good_news", "yes" if is_on else "no")

    @property
    def paper(self) -> str:
        """The paper sheets are printed on: `letter` or `a4`."""
        return "a4" if self._state.value("choice.paper") == "a4" else "letter"

    @paper.setter
    def paper(self, paper: str) -> None:
        self._put("choice.paper", paper)

    @property
    def is_guide_done(self) -> bool:
        """Whether the first-run guide was finished or left."""
        return self._is_on("choice.guide_done", default=False)

    @is_guide_done.setter
    def is_guide_done(self, is_done: bool) -> None:
        self._put("choice.guide_done", "yes" if is_done else "no")
