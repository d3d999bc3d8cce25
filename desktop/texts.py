"""The text catalogue: every sentence a user reads outside `.ui` files, by key.

A key is `area.name`; the area is a file in `resources/i18n/LANGUAGE/` and is read when it is first needed,
so that a first window does not wait for the words of a sheet. A text is a `str.format` pattern; a plural is an
object with `one` and `other`, chosen by the value `count` (in French `one` is said of none, too). What a language has
no text for is said in English, key by key: a language begins with an empty folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from desktop import assets
from desktop.errors import Bug

Entry = str | dict[str, str]

ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr")
"""What the program speaks, whole."""

_ONES = {"fr": (0, 1)}
_ONE = (1,)


class Catalogue:
    """The words of one language."""

    def __init__(self, language: str = ENGLISH) -> None:
        self.language = language
        self._areas: dict[str, dict[str, Entry]] = {}

    def _entry(self, key: str) -> Entry | None:
        area, _, name = key.partition(".")
        if area not in self._areas:
            name_of = "i18n/{}/{}.json".format
            own = name_of(self.language, area)
            english: dict[str, Entry] = assets.read_json(name_of(ENGLISH, area))
            has_own = self.language != ENGLISH and assets.has(own)
            self._areas[area] = {**english, **assets.read_json(own)} if has_own else english
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
            entry = entry["one" if values.get("count") in _ONES.get(self.language, _ONE) else "other"]
        try:
            return entry.format(**values)
        except (KeyError, IndexError) as missing:
            raise Bug(f"text {key} lacks the value {missing}") from missing


_current = Catalogue()
_spoken: ContextVar[Catalogue | None] = ContextVar("spoken", default=None)
_others: dict[str, Catalogue] = {}


def use(language: str) -> None:
    """Switch the program to another language."""
    global _current  # noqa: PLW0603 - the one language of a process, set once at its start
    _current = Catalogue(language)


def language() -> str:
    """Return which language is spoken: that of the program, or inside `speaking` that one."""
    return (_spoken.get() or _current).language


@contextmanager
def speaking(tongue: str) -> Iterator[None]:
    """Let every text inside be in the language `tongue`: a sheet may speak another one than the window.

    It holds for the task or thread that enters it, across its awaits, and for no other.
    """
    token = _spoken.set(_others.setdefault(tongue, Catalogue(tongue)))
    try:
        yield
    finally:
        _spoken.reset(token)


def text(key: str, **values: object) -> str:
    """Return the text of `key` in the language spoken, with `values` filled in."""
    return (_spoken.get() or _current).text(key, **values)


def has(key: str) -> bool:
    """Tell whether there is a text for `key`."""
    return (_spoken.get() or _current).has(key)
