"""What stands in a cell and what stands in the document, each made from the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Final, NamedTuple

from desktop import assets
from desktop.domain.codes import code_list, fold
from desktop.domain.documents import JSON
from desktop.domain.field import Field, Kind
from desktop.domain.lifecycle import Regime
from desktop.domain.times import day_text, parse_day, parse_wall, wall_text
from desktop.validation.facts import Facts
from desktop.validation.issue import Severity
from desktop.validation.limits import normal_text
from desktop.validation.rule import Scene

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_DIGITS_TEXT = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f'\u2019](?=\d)")
_DOUBTFUL = re.compile(r"-?[1-9][0-9]{0,2}([.,])[0-9]{3}", re.ASCII)
_GROUPED = {
    ".": re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?", re.ASCII),
    ",": re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|-?[0-9]+(?:,[0-9]+)?", re.ASCII),
}
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.ASCII | re.IGNORECASE)
_LONGEST_NUMBER = 15
"""Digits a JSON number keeps exactly, and a spreadsheet too."""

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_COMMON_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_NAMED_DAY = re.compile(
    r"(?:(\d{1,2})[ -]([a-z]{3,9})\.?|([a-z]{3,9})\.? (\d{1,2}),?)[ -](\d{4})", re.ASCII | re.IGNORECASE
)
_TIME = re.compile(r"(\d{1,2}):?(\d{2})(?::(\d{2}))?(?:\.0+)?\s*([ap])?\.?m?\.?", re.ASCII | re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_MONTH, _NOON, _LAST_HOUR = 12, 12, 23

_YES: Final = frozenset({"yes", "y", "true", "1", "x", "oui"})
_NO: Final = frozenset({"no", "n", "false", "0", "non"})
_GLUE = str.maketrans("", "", " .-\u00a0")


class How(NamedTuple):
    """How a table writes what can be written in two ways.

    Attributes:
        decimal: `.` or `,`; empty where nothing says so.
        days: `mdy` or `dmy` for 01/02/2026; empty where nothing says so.
        is_typed: whether its numbers came as numbers, and so are in plain writing already.
    """

    decimal: str = ""
    days: str = ""
    is_typed: bool = False


class Read(NamedTuple):
    """What a cell says.

    Attributes:
        value: for the document; the text itself where it could not be understood.
        said: which of the sentences `tables.value.NAME` there is to say, or none.
        severity: an ERROR where it could not be understood.
        normal: the value as it was understood, where the sentence names it.
    """

    value: JSON
    said: str = ""
    severity: Severity = Severity.ERROR
    normal: str = ""


def to_text(value: JSON) -> str:
    """Return what a cell shows for a plain value; empty for lists, objects and null, which no cell holds."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value) if isinstance(value, int | float) else ""


def from_text(field: Field, text: str, regime: Regime, how: How) -> Read:
    """Return the value of a cell that is not empty and has no space around it."""
    return _READERS.get(field.kind, _text)(field, text, regime, how)


def _text(_field: Field, text: str, _regime: Regime, _how: How) -> Read:
    return Read(text, "shortened") if _SHORTENED.fullmatch(text) else Read(text)


def _code(field: Field, text: str, regime: Regime, _how: How) -> Read:
    if field.codes:
        found = _listed(field, text)
        if found is not None:
            return found
    if _SHORTENED.fullmatch(text):
        return Read(text, "shortened")
    return Read(normal_text(field, text, Scene(regime, Facts())))


def _listed(field: Field, text: str) -> Read | None:
    """Return what a code list makes of a text: the code itself, or the one of that meaning."""
    codes = code_list(field.codes)
    if text in codes:
        return Read(text)
    if text.upper() in codes:
        return Read(text.upper())
    word = fold(text)
    known = _by_label(field.codes)
    code = next((known[one] for one in (word, word.removesuffix("s"), word.removesuffix("es")) if one in known), None)
    return None if code is None else Read(code, "meant", Severity.HINT, code)


@cache
def _by_label(name: str) -> Mapping[str, str]:
    """Return the codes of a list by their meaning; one that two codes share is left out, but for what people write."""
    found: dict[str, str] = {}
    doubled = set()
    for code in code_list(name).codes:
        for words in {fold(code.label), fold(f"{code.label}, {code.detail}"), fold(f"{code.code} {code.label}")}:
            if words in found:
                doubled.add(words)
            found[words] = code.code
    said = assets.read_json("tables/words.json").get(name, {})
    written = {fold(words): code for code, several in said.items() for words in several}
    return {words: code for words, code in found.items() if words not in doubled} | written


def _digits(field: Field, text: str, _regime: Regime, _how: How) -> Read:
    if _SHORTENED.fullmatch(text):
        return Read(text, "shortened")
    plain = text.translate(_GLUE)
    if not (plain.isascii() and plain.isdigit()):
        return (_listed(field, text) if field.codes else None) or Read(text)
    if field.codes and field.minimum == field.maximum and plain.zfill(field.minimum) in code_list(field.codes):
        padded = plain.zfill(field.minimum)
        if padded != plain:  # a spreadsheet took it for a number
            return Read(padded, "zeros", Severity.WARNING, padded)
    return Read(plain)


def number_of(text: str, how: How) -> str | None:
    """Return a number in plain writing; None where it is none, empty where it can mean two."""
    plain = _SPACES.sub("", text)
    if _PLAIN.fullmatch(plain) and (how.is_typed or how.decimal != ","):
        return plain
    if not how.decimal and _DOUBTFUL.fullmatch(plain):
        return ""
    for mark in (how.decimal,) if how.decimal else (".", ","):
        if _GROUPED[mark].fullmatch(plain):
            other = "," if mark == "." else "."
            return plain.replace(other, "").replace(mark, ".")
    return None


def decimal_in(text: str) -> str:
    """Return the decimal mark a number shows beyond doubt; empty where it shows none."""
    plain = _SPACES.sub("", text)
    if not ("," in plain or "." in plain) or _DOUBTFUL.fullmatch(plain):
        return ""
    found = [mark for mark in (".", ",") if _GROUPED[mark].fullmatch(plain)]
    return found[0] if len(found) == 1 else ""


def _number(field: Field, text: str, _regime: Regime, how: How) -> Read:
    is_whole = field.kind is Kind.INTEGER
    plain = number_of(text, how)
    if plain == "":
        return Read(text, "doubtful_number")
    whole, _, rest = (plain or "").partition(".")
    if plain is None or len(whole) + len(rest) > _LONGEST_NUMBER or (is_whole and rest.strip("0")):
        return Read(text, "not_whole" if is_whole else "not_number")
    if field.kind is Kind.NUMBER_TEXT:
        return Read(plain)
    return Read(int(whole)) if is_whole or not rest else Read(float(plain))


def _number_text(field: Field, text: str, regime: Regime, how: How) -> Read:
    """Return a number that is written as text as it is, where that is plain."""
    is_grouped = how.decimal == "," and not how.is_typed and _DOUBTFUL.fullmatch(text) is not None
    if _DIGITS_TEXT.fullmatch(text) and not is_grouped:
        return Read(text)
    return _number(field, text, regime, how)


def _yes_no(_field: Field, text: str, _regime: Regime, _how: How) -> Read:
    word = fold(text)
    if word in _YES:
        return Read(True)
    return Read(False) if word in _NO else Read(text, "not_yes_no")


def _day(_field: Field, text: str, _regime: Regime, how: How) -> Read:
    if parse_day(text) is not None:
        return Read(text)
    wall = parse_wall(text)
    if wall is not None and wall.hour == wall.minute == wall.second == 0:
        return Read(text[:10])  # a spreadsheet's day is the moment it begins
    found, said = _any_day(text, how)
    if found is None:
        return Read(text, said)
    return Read(day_text(found))


def _any_day(text: str, how: How) -> tuple[date | None, str]:
    """Return the day a text means, or None and what to say."""
    if (found := _DAY.fullmatch(text) or _PACKED_DAY.fullmatch(text)) is not None:
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NAMED_DAY.fullmatch(text)) is not None:
        name = (found[2] or found[3])[:3].lower()
        return _made(int(found[5]), _MONTHS.index(name) + 1 if name in _MONTHS else 0, int(found[1] or found[4]))
    if (found := _COMMON_DAY.fullmatch(text)) is None:
        return None, "not_day"
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    if one != two and one <= _LAST_MONTH and two <= _LAST_MONTH and not how.days:
        return None, "doubtful_day"
    is_day_first = one > _LAST_MONTH or (how.days == "dmy" and two <= _LAST_MONTH)
    return _made(year, two, one) if is_day_first else _made(year, one, two)


def days_in(text: str) -> str:
    """Return in which order day and month stand, where a text shows it beyond doubt."""
    found = _COMMON_DAY.match(text)
    if found is None:
        return ""
    return "dmy" if int(found[1]) > _LAST_MONTH else "mdy" if int(found[2]) > _LAST_MONTH else ""


def _made(year: int, month: int, day: int) -> tuple[date | None, str]:
    try:
        return date(year, month, day), ""
    except ValueError:
        return None, "no_such_day"


def _moment(_field: Field, text: str, _regime: Regime, how: How) -> Read:
    if parse_wall(text) is not None:
        return Read(text)
    words = text.replace("T", " ").split(" ")
    for cut in range(len(words) - 1, 0, -1):
        clock = _TIME.fullmatch(" ".join(words[cut:]))
        if clock is None:
            continue
        day, said = _any_day(" ".join(words[:cut]), how)
        if day is None:
            return Read(text, said)
        hour = int(clock[1])
        if clock[4]:
            hour = hour % _NOON + (_NOON if clock[4].lower() == "p" else 0)
        try:
            wall = datetime(day.year, day.month, day.day, hour, int(clock[2]), int(clock[3] or 0))  # noqa: DTZ001 - wall time
        except ValueError:
            return Read(text, "not_moment")
        return Read(wall_text(wall))
    return Read(text, "not_moment")


_Reader = Callable[[Field, str, Regime, How], Read]
_READERS: Final[Mapping[Kind, _Reader]] = {
    Kind.CODE: _code,
    Kind.DIGITS: _digits,
    Kind.NUMBER: _number,
    Kind.INTEGER: _number,
    Kind.NUMBER_TEXT: _number_text,
    Kind.BOOLEAN: _yes_no,
    Kind.DATE: _day,
    Kind.DATETIME: _moment,
}
