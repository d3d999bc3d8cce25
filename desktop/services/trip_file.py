"""A trip as a file: the exact document as BorderConnect JSON."""

from __future__ import annotations

import json

from desktop.domain.documents import JSONObject


def trip_bytes(document: JSONObject) -> bytes:
    """Return the document as indented UTF-8, every member in its order; half characters are written as escapes."""
    try:
        return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(document, indent=2).encode() + b"\n"


def file_name(number: str) -> str:
    """Return a trip's number as the stem of a file name: letters, digits, `-` and `_` alone."""
    return "".join(letter for letter in number if letter.isalnum() or letter in "-_")[:60]
