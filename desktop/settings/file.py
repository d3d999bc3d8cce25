"""The settings file: read whatever it holds, upgrade it, write it whole."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from desktop.clock import Clock, to_text
from desktop.errors import DesktopError, EnvironmentFailure
from desktop.settings.first_paint import FILE
from desktop.settings.tree import VERSION, Settings

log = logging.getLogger(__name__)

Write = Callable[[Path, bytes], None]
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

# What brings a file of one version to the next, by the version it starts from.
UPGRADES: Mapping[int, Upgrade] = {}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file gave.

    Attributes:
        settings: the tree, complete with defaults.
        kept_aside: where an unreadable file was put; None where all was well.
        defaulted: places (`appearance.theme`) whose value was of no use and is the default now.
    """

    settings: Settings
    kept_aside: Path | None = None
    defaulted: tuple[str, ...] = ()


class SettingsFile:
    """`settings.json` of a data folder."""

    def __init__(self, folder: Path, clock: Clock, *, write: Write, upgrades: Mapping[int, Upgrade] = UPGRADES) -> None:
        """Make a file that is not read yet.

        Args:
            folder: the data folder.
            clock: names files that are kept aside.
            write: puts a file in place whole and private.
            upgrades: by the version they start from.
        """
        self._file = folder / FILE
        self._clock = clock
        self._write = write
        self._upgrades = upgrades

    def load(self) -> Loaded:
        """Read the settings; what cannot be read is kept aside, what makes no sense is the default."""
        try:
            said = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return Loaded(Settings())
        except (OSError, ValueError, RecursionError):
            return Loaded(Settings(), kept_aside=self._put_aside())
        if not isinstance(said, dict):
            return Loaded(Settings(), kept_aside=self._put_aside())
        settings, defaulted = _understood(self._upgraded(said))
        return Loaded(settings, defaulted=tuple(defaulted))

    def save(self, settings: Settings) -> None:
        """Write the settings, whole or not at all.

        Raises:
            EnvironmentFailure: they cannot be written; the old ones stay.
        """
        try:
            self._write(self._file, (settings.model_dump_json(indent=1) + "\n").encode())
        except OSError as error:
            raise EnvironmentFailure("settings.not_saved", path=str(self._file)) from error

    def change(self, settings: Settings, place: str, value: object) -> Settings:
        """Return the settings with `value` at `place` (`printing.paper`), saved.

        Raises:
            DesktopError: there is no such setting, or it takes no such value; nothing was changed.
            EnvironmentFailure: they cannot be written; nothing was changed.
        """
        branch, _, name = place.partition(".")
        tree = settings.model_dump()
        known = getattr(type(getattr(settings, branch, None)), "model_fields", {})
        if branch not in Settings.model_fields or name not in known:
            raise DesktopError("settings.unknown", place=place)
        tree[branch][name] = value
        try:
            changed = Settings.model_validate(tree)
        except ValidationError as error:
            raise DesktopError("settings.refused", place=place) from error
        self.save(changed)
        return changed

    def _upgraded(self, said: dict[str, Any]) -> dict[str, Any]:
        version = said.get("version", VERSION)
        while isinstance(version, int) and version in self._upgrades:
            said = self._upgrades[version](said)
            version += 1
            said["version"] = version
        return said

    def _put_aside(self) -> Path | None:
        stamp = to_text(self._clock.now()).replace(":", "")
        aside = self._file.with_name(f"settings-unreadable-{stamp}.json")
        try:
            self._file.replace(aside)
        except OSError:
            log.info("the unreadable settings could not be kept aside")
            return None
        return aside


def read_settings(folder: Path) -> Settings:
    """Return the settings of a data folder as they stand, with defaults for what is missing or of no use.

    It changes nothing on the disk, for those who only read there. Blocks for a few milliseconds.
    """
    try:
        said = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return Settings()
    return _understood(said)[0] if isinstance(said, dict) else Settings()


def _understood(said: dict[str, Any]) -> tuple[Settings, list[str]]:
    """Return the tree, and the places whose values were of no use."""
    defaulted: list[str] = []
    while True:
        try:
            return Settings.model_validate(said), defaulted
        except ValidationError as error:
            for found in error.errors(include_url=False, include_input=False):
                place = [str(step) for step in found["loc"]]
                defaulted.append(".".join(place))
                said = _without(said, place)


def _without(tree: dict[str, Any], place: list[str]) -> dict[str, Any]:
    step, rest = place[0], place[1:]
    if rest and isinstance(tree.get(step), dict):
        return {**tree, step: _without(tree[step], rest)}
    return {name: value for name, value in tree.items() if name != step}
