"""Reads JSON strictly: what stands in the text is what comes out, or a sentence says where it does not.

`pydantic_core.from_json` refuses NaN, lone surrogates and depths beyond 200; a second pass refuses numbers that
do not fit and names that stand twice in one object, which other readers drop without a word (reliability 4.6).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final, cast

from desktop.domain.documents import JSON
from desktop.errors import DesktopError

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest text read, in bytes: the size limit of files (fault matrix 18)."""

_BOM: Final = b"\xef\xbb\xbf"
_WHERE: Final = re.compile(r"^(?P<what>.*?) at line (?P<line>\d+) column (?P<column>\d+)$", re.DOTALL)
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|-?[0-9][0-9.eE+-]*')


class UnreadableJSON(DesktopError):  # noqa: N818 - says what the text is, as its neighbours do
    """A text is not JSON that can be read without loss.

    Attributes:
        line: line of the fault, from 1; 0 where it has no place.
        column: column of the fault, from 1; 0 where it has no place.
    """

    exit_code = 2

    def __init__(self, code: str, *, line: int = 0, column: int = 0, **values: object) -> None:
        super().__init__(code)
        self.values = {"line": line, "column": column, **values}
        self.line = line
        self.column = column

    def moved_to(self, line: int) -> UnreadableJSON:
        """Return the same fault for a text that is line `line` of a file."""
        moved = UnreadableJSON(self.code)
        moved.values = {**self.values, "line": line}
        moved.line, moved.column = line, self.column
        return moved


class _RepeatedNameError(ValueError):
    """A name stands twice in one object."""


class _BigNumberError(ValueError):
    """A number does not fit."""


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> None:
    if len(pairs) != len(dict(pairs)):
        raise _RepeatedNameError


def _pass_repeats(pairs: list[tuple[str, Any]]) -> None:
    """Read an object whose names may repeat."""


def _float(digits: str) -> None:
    if not math.isfinite(float(digits)):
        raise _BigNumberError


def _int(digits: str) -> None:
    # Python writes no whole number of more digits than this (its guard against slow conversions).
    if len(digits) > _MAX_DIGITS:
        raise _BigNumberError


_MAX_DIGITS: Final = 4300


def read(data: bytes | str, *, max_bytes: int = MAX_BYTES, may_repeat_names: bool = False) -> JSON:
    """Return the JSON value of a text.

    Args:
        data: the text, as UTF-8 without a byte order mark where it is bytes.
        max_bytes: the largest size accepted.
        may_repeat_names: let a name stand twice in one object; the last counts. Only for texts that are no message.

    Raises:
        UnreadableJSON: `protocol.too_large`, `.empty`, `.not_utf8`, `.json_syntax`, `.too_deep`, `.not_finite`
            or `.duplicate_key`, with line and column where there is a place.
    """
    raw = _as_bytes(data, max_bytes)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = _place(before, len(before))
        raise UnreadableJSON("protocol.not_utf8", line=line, column=column) from error
    if not text.strip():
        raise UnreadableJSON("protocol.empty")
    value = _parse(raw)
    try:
        json.loads(
            text,
            object_pairs_hook=_pass_repeats if may_repeat_names else _refuse_repeats,
            parse_float=_float,
            parse_int=_int,
        )
    except _RepeatedNameError as error:
        raise _locate_repeat(text) from error
    except _BigNumberError as error:
        raise _locate_big(text) from error
    return value


def read_file_text(data: bytes, *, max_bytes: int = MAX_BYTES, may_repeat_names: bool = False) -> JSON:
    """Return the JSON value of a file's content; a UTF-8 byte order mark at its start is passed over.

    Raises:
        UnreadableJSON: as `read`.
    """
    return read(without_bom(data), max_bytes=max_bytes, may_repeat_names=may_repeat_names)


def without_bom(data: bytes) -> bytes:
    """Return a file's content without a UTF-8 byte order mark at its start."""
    return data.removeprefix(_BOM)


def _as_bytes(data: bytes | str, max_bytes: int) -> bytes:
    raw = data if isinstance(data, bytes) else _encoded(data)
    if len(raw) > max_bytes:
        raise UnreadableJSON("protocol.too_large", size=len(raw), limit=max_bytes)
    return raw


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        line, column = _place(text, error.start)
        raise UnreadableJSON("protocol.not_utf8", line=line, column=column) from error


def _parse(raw: bytes | str) -> JSON:
    from pydantic_core import from_json  # on use: the first window must not wait for it

    try:
        return cast("JSON", from_json(raw, allow_inf_nan=False))
    except ValueError as error:
        found = _WHERE.match(str(error))
        what, line, column = (found["what"], int(found["line"]), int(found["column"])) if found else (str(error), 0, 0)
        if what == "recursion limit exceeded":
            raise UnreadableJSON("protocol.too_deep", line=line, column=column) from error
        if what == "number out of range":
            raise UnreadableJSON("protocol.not_finite", line=line, column=column) from error
        raise UnreadableJSON("protocol.json_syntax", line=line, column=column, what=what) from error


def _place(text: str, offset: int) -> tuple[int, int]:
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield depth, offset and text of every member name of a JSON text known to be well formed."""
    depth = 0
    last: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):  # pragma: no branch - the reader stops at the repeat it looks for
        mark = token[0]
        if mark in "{[":
            depth += 1
            yield depth, token.start(), ""
        elif mark in "}]":
            depth -= 1
        elif mark == ":" and last is not None:
            yield depth, last.start(), last[0]
        last = token


def _locate_repeat(text: str) -> UnreadableJSON:
    seen: dict[int, set[str]] = {}
    for depth, offset, quoted in _names(text):
        if not quoted:
            seen[depth] = set()
            continue
        name = cast("str", _parse(quoted))
        if name in seen[depth]:
            line, column = _place(text, offset)
            return UnreadableJSON("protocol.duplicate_key", line=line, column=column, name=name)
        seen[depth].add(name)
    raise AssertionError("a repeated name was seen")  # pragma: no cover - the pass before found one


def _locate_big(text: str) -> UnreadableJSON:
    for token in _TOKEN.finditer(text):
        digits = token[0]
        is_number = digits[0] in "-0123456789"
        if is_number and (len(digits) > _MAX_DIGITS or not math.isfinite(float(digits))):
            line, column = _place(text, token.start())
            return UnreadableJSON("protocol.not_finite", line=line, column=column)
    raise AssertionError("a number that does not fit was seen")  # pragma: no cover - the pass before found one
