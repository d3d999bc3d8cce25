"""What is typed in a field and what stands in the document, each made from the other.

Nothing that can be seen is ever dropped: what is not yet sound (`12a` as a quantity) stands in the document as it was
typed and the check finds fault with it.
"""

from __future__ import annotations

import re
from datetime import datetime
from unicodedata import category

from desktop.domain.documents import JSON, MISSING, Missing
from desktop.domain.fields import Field, Kind
from desktop.ui.binding import when

_BREAKS = re.compile(r"[ \u00a0]*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+[ \u00a0]*")
_WHOLE = re.compile(r"-?(?:0|[1-9]\d*)", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)\.\d+", re.ASCII)
_SPACE = re.compile(r"(?<=\d)[ \u00a0\u202f'\u2019](?=\d{3}(?!\d))")
_SPACED = re.compile(r"\d+(?: +\d+)+", re.ASCII)
_GROUPED = re.compile(r"-?\d+(?:[ \u00a0\u202f'\u2019,.]\d+)+", re.ASCII)
_LIST_JOIN = "; "
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # controls, marks that turn or join letters, halves of a letter
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
    typed = in_one_line(typed)
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
        case Kind.DIGITS if _SPACED.fullmatch(typed.strip()):
            return "".join(typed.split())  # as printed on the card
        case Kind.CODE | Kind.DIGITS | Kind.NUMBER_TEXT:
            return typed.strip()
        case _:
            return typed


def in_one_line(typed: str) -> str:
    """Return what was typed or pasted without what nobody sees: line breaks and tabs become a space, controls go.

    A name copied out of a letter or a workbook brings them along, and customs compare every character.
    """
    if typed.isascii() and typed.isprintable():
        return typed
    joined = _BREAKS.sub(" ", typed).replace("\u00a0", " ")
    return "".join(letter for letter in joined if category(letter) not in _UNSEEN)


def upper(typed: str) -> str:
    """Return the text with plain letters in upper case; its length never changes."""
    return "".join(letter.upper() if letter.isascii() else letter for letter in typed)


def _number(typed: str) -> JSON:
    plain = _plain_number(typed)
    if len(plain) <= _LONGEST_NUMBER:
        if _WHOLE.fullmatch(plain):
            return int(plain)
        if _DECIMAL.fullmatch(plain):
            return float(plain)
    return typed


def _plain_number(typed: str) -> str:
    """Return a number as JSON writes it: one point, nothing between thousands. What cannot be one stays as it is.

    `1 500`, `1,500` and `1.500.000` are thousands, `1500,5` and `1.500,5` have a decimal comma, as the number pad of a
    French keyboard types it. A point alone is always a decimal point; a comma alone before three digits parts
    thousands, but for a number that begins with 0 (`0,500`).
    """
    if not _GROUPED.fullmatch(typed):
        return typed
    closed = _SPACE.sub("", typed)
    commas, points = closed.count(","), closed.count(".")
    if commas and points:
        mark = max(",", ".", key=closed.rfind)
        parted = "." if mark == "," else ","
        head, _, tail = closed.rpartition(mark)
        if mark in head or not _parts_thousands(head, parted):
            return typed
        return f"{head.replace(parted, '')}.{tail}"
    if commas and _parts_thousands(closed, ","):
        return closed.replace(",", "")
    if points > 1:
        return closed.replace(".", "") if _parts_thousands(closed, ".") else typed
    return closed.replace(",", ".") if commas <= 1 else typed


def _parts_thousands(digits: str, mark: str) -> bool:
    first, *others = digits.lstrip("-").split(mark)
    return 1 <= len(first) <= 3 and first[0] != "0" and all(len(other) == 3 for other in others)  # noqa: PLR2004


def _items(field: Field, typed: str) -> JSON | Missing:
    separators = r"[;,\s]+" if "seal" in field.name else r"\s*;\s*"
    items: list[JSON] = [item for item in re.split(separators, typed.strip()) if item]
    return items or MISSING
