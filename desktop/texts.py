"""The text catalogue: every sentence a user reads outside `.ui` files, by key.

A key is `area.name`; the area is a file in `resources/i18n/LANGUAGE/` and is read when it is first needed,
so that a first window does not wait for the words of a sheet. A text is a `str.format` pattern; a plural is an
object with `one` and `other`, chosen by the value `count`.
"""

from __future__ import annotations

from desktop import assets
from desktop.errors import Bug

Entry = str | dict[str, str]


class Catalogue:
    """The words of one language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._areas: dict[str, dict[str, Entry]] = {}

    def _entry(self, key: str) -> Entry | None:
        area, _, name = key.partition(".")
        if area not in self._areas:
            self._areas[area] = assets.read_json(f"i18n/{self.language}/{area}.json")
        return self._areas[area].get(name)

    def has(self, key: str) -> bool:
        """Tell whether there is a text for `key`."""
        return self._entry(key) is not None

    def text(self, key: str, **values: object) -> str:
        """Return the text of `key` with `values` filled in.

        Raises:
            Bug: there is no such text, or a value it names is missing.
        """
        entry = self._entry(key)
        if entry is None:
            raise Bug(f"no text for {key}")
        if isinstance(entry, dict):
            entry = entry["one" if values.get("count") == 1 else "other"]
        try:
            return entry.format(**values)
        except (KeyError, IndexError) as missing:
            raise Bug(f"text {key} lacks the value {missing}") from missing


_current = Catalogue()


def use(language: str) -> None:
    """Switch the program to another language."""
    global _current  # noqa: PLW0603 - the one language of a process, set once at its start
    _current = Catalogue(language)


def text(key: str, **values: object) -> str:
    """Return the text of `key` in the program's language, with `values` filled in."""
    return _current.text(key, **values)


def has(key: str) -> bool:
    """Tell whether the program's language has a text for `key`."""
    return _current.has(key)
