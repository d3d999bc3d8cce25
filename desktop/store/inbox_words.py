"""What a message is found by, and how a search is asked: words by their beginnings, numbers also by their ends."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence

from desktop.store.column import plain
from desktop.store.inbox_list import Asked, Condition

_WORD = re.compile(r"\w+")
_SHORTEST_END = 4
_LONGEST = 64
_MOST = 400


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case, accents and punctuation.

    A code keeps its `_`: it is one word.
    """
    bare = text.lower() if text.isascii() else _without_accents(plain(text).casefold())
    return [word[:_LONGEST] for word in _WORD.findall(bare)[:_MOST]]


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def indexed(texts: Iterable[str], numbers: Iterable[str], *, category: str, regime: str | None, company: str) -> str:
    """Return the column `words` of a message: everything it is found by, each after a space."""
    found = []
    for word in (word for text in texts for word in words_in(text)):
        found += [word, *word.split("_")] if "_" in word else [word]
    for number in numbers:
        found.extend(words_in(number))
        found.append(_turned("".join(words_in(number))))
    found += [f"~k{category.lower()}", f"~r{(regime or '').lower()}", f"~c{company.lower()}"]
    return " " + " ".join(word for word in dict.fromkeys(found) if word)


def _turned(number: str) -> str:
    return f"~{number[::-1]}"


def _is_end(word: str) -> bool:
    """Tell whether a word may be the end of a number, as people say it on the phone."""
    return len(word) >= _SHORTEST_END and any(letter.isdigit() for letter in word)


class Search:
    """A search as it was typed; `is_empty` where nothing in it can be looked for."""

    def __init__(self, text: str) -> None:
        self._words = list(dict.fromkeys(word for word in words_in(text) if word.strip("_")))

    @property
    def is_empty(self) -> bool:
        """Whether there is no letter and no digit in it."""
        return not self._words

    def expression(self, asked: Asked, named: dict[str, Sequence[str]]) -> str:
        """Return what the index is asked; what the list is narrowed to is asked with it.

        Args:
            asked: the list that is searched.
            named: for each word the ids of the companies whose name has it.
        """
        parts = []
        for word in self._words:
            choices = [f'"{word}" *']
            if _is_end(word):
                choices.append(f'"{_turned(word)}" *')
            choices.extend(f'"~c{company.lower()}"' for company in named.get(word, ()))
            parts.append("(" + " OR ".join(choices) + ")")
        for mark, value in (("k", asked.category), ("r", asked.regime), ("c", asked.company)):
            if value is not None:
                parts.append(f'"~{mark}{plain(value).lower().replace(chr(34), "")}"')
        return " AND ".join(parts)

    def conditions(self, named: dict[str, Sequence[str]]) -> list[Condition]:
        """Return the same for a list that is short enough to be gone through."""
        found: list[Condition] = []
        for word in self._words:
            beginnings = [word, _turned(word)] if _is_end(word) else [word]
            values: list[object] = [f"% {beginning}%".replace("_", r"\_") for beginning in beginnings]
            choices = [r"words LIKE ? ESCAPE '\'"] * len(values)
            for company in named.get(word, ()):
                choices.append("company = ?")
                values.append(company)
            found.append(("(" + " OR ".join(choices) + ")", tuple(values)))
        return found

    def companies(self, db: sqlite3.Connection) -> dict[str, Sequence[str]]:
        """Return the companies each word names, by their names as they are now."""
        rows = [(row[0], words_in(row[1])) for row in db.execute("SELECT id, name FROM companies")]
        return {
            word: [company for company, name in rows if any(part.startswith(word) for part in name)]
            for word in self._words
        }
