"""Finds the messages in a file: one JSON object, an array of them, or one object a line (JSON lines)."""

from __future__ import annotations

from desktop.domain.documents import JSON
from desktop.protocol.strict_json import MAX_BYTES, UnreadableJSON, read, read_file_text, without_bom

_MESSAGE_MARKS = (b'"data"', b'"rnsShipment"', b"\\u")  # the last: a name may be written in escapes


def messages_in(data: bytes) -> list[JSON]:
    """Return the messages of a file in their order: an array's elements, a line's value each, else the one value.

    A name that stands twice in one object is refused in a message. In a text that has no member `data` at all, and
    so is no message of any kind, it is read as plain JSON allows: the check has to say that it is no message.

    Raises:
        UnreadableJSON: the file is larger than 64 MiB, empty, or not to be read; with line and column.
    """
    is_message = any(mark in data for mark in _MESSAGE_MARKS)
    try:
        value = read_file_text(data, may_repeat_names=not is_message)
    except UnreadableJSON as error:
        lines = _lines(data) if error.code == "protocol.json_syntax" else []
        if not lines:
            raise
        return [_line(number, line, is_message) for number, line in lines]
    return value if isinstance(value, list) else [value]


def _lines(data: bytes) -> list[tuple[int, bytes]]:
    """Return the numbered lines of a file of JSON lines; none where it cannot be meant as one."""
    numbered = [
        (number, line) for number, line in enumerate(without_bom(data).split(b"\n"), start=1) if line.strip() != b""
    ]
    if len(numbered) == 1 or not all(line.strip().startswith(b"{") for _, line in numbered):
        return []
    return numbered if _is_complete(numbered[0][1]) else []


def _is_complete(line: bytes) -> bool:
    try:
        read(line, max_bytes=MAX_BYTES, may_repeat_names=True)
    except UnreadableJSON:
        return False
    return True


def _line(number: int, line: bytes, is_message: bool) -> JSON:
    try:
        return read(line, may_repeat_names=not is_message)
    except UnreadableJSON as error:
        raise error.moved_to(number) from error
