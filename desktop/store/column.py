"""How values stand in columns: JSON as text, times as UTC text, search words folded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.clock import from_text, to_text
from desktop.domain.documents import JSON, JSONObject, is_object

_LONGEST_WORD = 64


def packed(value: JSON) -> str:
    """Return a JSON value as text that loses nothing: order of members, lone surrogates, large numbers.

    Raises:
        ValueError: NaN or an infinity, which are no JSON.
    """
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def unpacked(text: str) -> JSON:
    """Return the value `packed` wrote."""
    value: JSON = json.loads(text)
    return value


def unpacked_object(text: str) -> JSONObject:
    """Return the object `packed` wrote."""
    value = unpacked(text)
    return value if is_object(value) else {}


def unpacked_names(text: str) -> tuple[str, ...]:
    """Return the tuple of texts kept as a JSON array."""
    value = unpacked(text)
    return tuple(str(name) for name in value) if isinstance(value, list) else ()


def array(values: Sequence[str] | Sequence[int]) -> str:
    """Return values as the JSON array that `json_each(?)` takes, so that a list is one parameter."""
    return json.dumps(list(values))


def time_or_none(text: str | None) -> datetime | None:
    """Return the time of a column that may be empty."""
    return None if text is None else from_text(text)


def text_or_none(moment: datetime | None) -> str | None:
    """Return the text for a column that may be empty."""
    return None if moment is None else to_text(moment)


def plain(value: object) -> str:
    """Return a text that a column takes: a lone surrogate becomes `?`, what is no text becomes empty."""
    if not isinstance(value, str):
        return ""
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def words_of(*values: JSON) -> str:
    """Return the folded short texts inside the values, one a line, for a search by any of them."""
    seen = dict.fromkeys(word for value in values for word in _texts(value))
    return "\n".join(seen)


def _texts(value: JSON) -> Iterator[str]:
    waiting: list[JSON] = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            if here and len(here) <= _LONGEST_WORD:
                yield plain(here).casefold()
        elif isinstance(here, dict):
            waiting.extend(reversed(here.values()))
        elif isinstance(here, list):
            waiting.extend(reversed(here))


def like(text: str) -> str:
    r"""Return the pattern for `LIKE ? ESCAPE '\'` that finds `text` itself anywhere, folded."""
    folded = plain(text).casefold().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{folded}%"


def likes(search: str) -> list[str]:
    """Return one pattern for each word of a search; all of them must be found."""
    return [like(word) for word in search.split()]


def where(conditions: Sequence[str]) -> str:
    """Return the conditions joined; always true without any. They are our own constants, never foreign text."""
    return " AND ".join(conditions) if conditions else "1"
