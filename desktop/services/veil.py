"""Hides what is private of a trip's people in the words of others, who quote it spelled in their own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime

DOTS: Final = "•" * 4
_SHORTEST: Final = 4  # a gender or a document type is no number
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_GAP: Final = r"[ ./\-]?"


class Veil:
    """Covers birth dates and document numbers of a trip where the gateway or customs quotes them.

    A number is known in either case and with a space, dot, stroke or dash between its letters; a date also as
    `19840229`, `29/02/1984` and `02/29/1984`.
    """

    def __init__(self, document: JSONObject, regime: Regime, more: Iterable[str] = ()) -> None:
        from desktop.domain.fields import FIELDS, path_for

        paths = [path_for(field, regime) for field in FIELDS if field.is_secret]
        found = {word for path in paths if path is not None for word in _texts_at(document, path.split("/")[1:])}
        found.update(word.strip() for word in more)
        self._private = sorted((word for word in found if len(word) >= _SHORTEST), key=len, reverse=True)
        spelled = [spelling for word in self._private for spelling in _spellings(word)]
        self._quoted = re.compile("|".join(spelled), re.IGNORECASE) if spelled else None

    def joined(self, document: JSONObject, regime: Regime, more: Iterable[str] = ()) -> Veil:
        """Return a veil that covers what is private in another version of the trip too."""
        return Veil(document, regime, {*self._private, *more})

    def over(self, words: str) -> str:
        """Return the words with dots in place of what is private."""
        return words if self._quoted is None else self._quoted.sub(DOTS, words)


def _spellings(word: str) -> Iterator[str]:
    """Yield patterns of how a value is written, its own way first."""
    yield re.escape(word)
    date = _DATE.fullmatch(word)
    if date is not None:
        year, month, day = date.groups()
        for parts in ((year, month, day), (day, month, year), (month, day, year)):
            yield rf"(?<!\d){_GAP.join(parts)}(?!\d)"
        return
    letters = [re.escape(letter) for letter in word if letter.isalnum()]
    if len(letters) >= _SHORTEST:
        yield rf"(?<![^\W_]){_GAP.join(letters)}(?![^\W_])"


def _texts_at(value: JSON, steps: Sequence[str]) -> Iterator[str]:
    if not steps:
        if isinstance(value, str):
            yield value.strip()
    elif steps[0] == "*":
        for one in value if isinstance(value, list) else []:
            yield from _texts_at(one, steps[1:])
    elif is_object(value) and steps[0] in value:
        yield from _texts_at(value[steps[0]], steps[1:])
