"""What is typed in a field and what stands in the document, each made from the other.

Nothing typed is ever dropped: what is not yet sound (`12a` as a quantity) stands in the document as it was typed and
the check finds fault with it.
"""

from __future__ import annotations

import re
from datetime import datetime

from desktop.domain.documents import JSON, MISSING, Missing
from desktop.domain.fields import Field, Kind
from desktop.ui.binding import when

_WHOLE = re.compile(r"-?(?:0|[1-9]\d*)", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)\.\d+", re.ASCII)
_LIST_JOIN = "; "
_LONGEST_NUMBER = 15  # digits a JSON number keeps exactly


def to_text(field: Field, value: JSON | Missing) -> str:
    """Return what the field shows for a value of the document, sound or not."""
    if isinstance(value, Missing) or value is None:
        return ""
    if isinstance(value, str):
        return when.shown_moment(value) if field.kind is Kind.DATETIME else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_LONGEST_NUMBER:
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return _LIST_JOIN.join(item if isinstance(item, str) else str(item) for item in value)
    return str(value)


def from_text(field: Field, typed: str, *, now: datetime | None = None, before: str = "") -> JSON | Missing:
    """Return the value of the document for what was typed; an empty field is a missing member.

    Args:
        field: the row of the field table.
        typed: what stands in the field.
        now: wall time at the port, for dates and times.
        before: what the field held, for a time typed without its date.
    """
    if not typed.strip():
        return MISSING
    match field.kind:
        case Kind.NUMBER | Kind.INTEGER:
            return _number(typed.strip())
        case Kind.TEXT_ARRAY:
            return _items(field, typed)
        case Kind.DATE if now is not None:
            return when.read_date(typed, now.date()) or typed
        case Kind.DATETIME if now is not None:
            return when.read_moment(typed, now, before) or typed
        case Kind.CODE | Kind.DIGITS | Kind.NUMBER_TEXT:
            return typed.strip()
        case _:
            return typed


def upper(typed: str) -> str:
    """Return the text with plain letters in upper case; its length never changes."""
    return "".join(letter.upper() if letter.isascii() else letter for letter in typed)


def _number(typed: str) -> JSON:
    if len(typed) <= _LONGEST_NUMBER:
        if _WHOLE.fullmatch(typed):
            return int(typed)
        if _DECIMAL.fullmatch(typed):
            return float(typed)
    return typed


def _items(field: Field, typed: str) -> JSON | Missing:
    separators = r"[;,\s]+" if "seal" in field.name else r"\s*;\s*"
    items: list[JSON] = [item for item in re.split(separators, typed.strip()) if item]
    return items or MISSING
