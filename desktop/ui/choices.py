"""What the user chose about the window: the colours are read before the first paint, the rest when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import texts
from desktop.clock import Clock
from desktop.settings import first_paint
from desktop.settings.language import SYSTEM
from desktop.ui.colours import Scheme

if TYPE_CHECKING:
    from desktop.settings.file import Loaded, SettingsFile
    from desktop.settings.tree import Settings

SCHEMES: tuple[Scheme | None, ...] = (
    None,
    Scheme.LIGHT,
    Scheme.DARK,
    Scheme.CONTRAST_LIGHT,
    Scheme.CONTRAST_DARK,
)
"""What the appearance may be; None follows the system."""

Write = Callable[[Path, bytes], None]


class Choices:
    """Typed choices over the settings of a data folder; what is set is saved at once.

    Setting raises `EnvironmentFailure` where the file cannot be written; nothing is changed then.
    """

    def __init__(self, folder: Path, clock: Clock, write: Write) -> None:
        self._folder = folder
        self._clock = clock
        self._write = write
        painted = first_paint.read(folder)
        self._theme = painted.theme
        self._language = painted.language
        self._file: SettingsFile | None = None
        self._tree: Settings | None = None
        self._loaded: Loaded | None = None

    def _settings(self) -> Settings:
        if self._tree is None:
            from desktop.settings.file import SettingsFile  # pydantic: not before the first paint

            self._file = SettingsFile(self._folder, self._clock, write=self._write)
            self._loaded = self._file.load()
            self._tree = self._loaded.settings
        return self._tree

    def remarks(self) -> list[str]:
        """Return what the user should know of the settings and the place of the data; nothing where all is well."""
        from desktop.settings.paths import synced_by

        self._settings()
        found: list[str] = []
        loaded = self._loaded
        if loaded is not None and loaded.kept_aside is not None:
            title = texts.text("settings.kept_aside.title")
            found.append(f"{title}. {texts.text('settings.kept_aside.text', path=loaded.kept_aside)}")
        if loaded is not None and loaded.defaulted:
            places = ", ".join(loaded.defaulted)
            found.append(texts.text("settings.defaulted.text", count=len(loaded.defaulted), places=places))
        service = synced_by(self._folder)
        if service is not None:
            found.append(texts.text("settings.synced.text", service=service))
        return found

    def _put(self, place: str, value: object) -> None:
        settings = self._settings()
        if self._file is not None:
            self._tree = self._file.change(settings, place, value)

    @property
    def scheme(self) -> Scheme | None:
        """The colours asked for; None follows the system."""
        return next((scheme for scheme in SCHEMES if scheme is not None and scheme.value == self._theme), None)

    @scheme.setter
    def scheme(self, scheme: Scheme | None) -> None:
        theme = scheme.value if scheme else "system"
        self._put("appearance.theme", theme)
        self._theme = theme

    @property
    def language(self) -> str:
        """The language asked for: `en`, `fr`, or `system` for that of the computer."""
        return self._language if self._language in texts.LANGUAGES else SYSTEM

    @language.setter
    def language(self, language: str) -> None:
        self._put("appearance.language", language)
        self._language = language

    @property
    def stays_in_tray(self) -> bool:
        """Whether closing the window leaves the program listening beside the clock."""
        return self._settings().notifications.stays_in_tray

    @stays_in_tray.setter
    def stays_in_tray(self, is_on: bool) -> None:
        self._put("notifications.stays_in_tray", is_on)

    @property
    def has_notices(self) -> bool:
        """Whether what needs a person is told outside the window."""
        return self._settings().notifications.is_on

    @has_notices.setter
    def has_notices(self, is_on: bool) -> None:
        self._put("notifications.is_on", is_on)

    @property
    def has_good_news(self) -> bool:
        """Whether good news is told outside the window too."""
        return self._settings().notifications.has_good_news

    @has_good_news.setter
    def has_good_news(self, is_on: bool) -> None:
        self._put("notifications.has_good_news", is_on)

    @property
    def has_sound(self) -> bool:
        """Whether what needs a person is also heard."""
        return self._settings().notifications.has_sound

    @has_sound.setter
    def has_sound(self, is_on: bool) -> None:
        self._put("notifications.has_sound", is_on)

    @property
    def enter_moves_on(self) -> bool:
        """Whether Enter in a field goes to the next one."""
        return self._settings().editing.enter_moves_on

    @enter_moves_on.setter
    def enter_moves_on(self, is_on: bool) -> None:
        self._put("editing.enter_moves_on", is_on)

    @property
    def watched_folder(self) -> str:
        """The folder that dispatch software drops trips into; empty for none."""
        return self._settings().intake.watched_folder

    @watched_folder.setter
    def watched_folder(self, folder: str) -> None:
        self._put("intake.watched_folder", folder)

    def of_sheets(self, name: str) -> str | bool:
        """Return a choice about sheets, by its name in the settings tree."""
        value = getattr(self._settings().printing, name)
        return value if isinstance(value, bool) else str(value)

    def set_of_sheets(self, name: str, value: object) -> None:
        """Keep a choice about sheets.

        Raises:
            DesktopError: it takes no such value; nothing was changed.
        """
        self._put(f"printing.{name}", value)

    @property
    def paper(self) -> str:
        """The paper sheets are printed on: `letter` or `a4`."""
        return self._settings().printing.paper.value

    @paper.setter
    def paper(self, paper: str) -> None:
        self._put("printing.paper", paper)
