"""What a command says: its result on standard output, messages on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from desktop.errors import DesktopError
from desktop.services.words import error_words

_CONTROL = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(9), *range(11, 32), *range(127, 160))}


def plain(text: str) -> str:
    """Return foreign text without control characters, so that no message can steer a terminal."""
    return text.translate(_CONTROL)


class Output:
    """Standard output and standard error of one command."""

    def __init__(self, form: str, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.is_json = form == "json"
        self._out = sys.stdout if out is None else out
        self._err = sys.stderr if err is None else err

    def value(self, value: Mapping[str, Any], text: str) -> None:
        """Give the result: as one JSON value, or as text."""
        if self.is_json:
            self.line(value)
        else:
            self.text(text)

    def line(self, value: Mapping[str, Any]) -> None:
        """Write one JSON line at once."""
        self._write(self._out, json.dumps(value, ensure_ascii=False))

    def text(self, text: str) -> None:
        """Write text for people on standard output."""
        if text:
            self._write(self._out, plain(text))

    def exact(self, text: str) -> None:
        """Write a document on standard output exactly, whatever the format."""
        self._write(self._out, text)

    def note(self, text: str) -> None:
        """Write a message beside the result on standard error."""
        if text:
            self._write(self._err, plain(text))

    def error(self, error: DesktopError) -> None:
        """Say what prevented the command from trying."""
        words = error_words(error)
        if self.is_json:
            self.line({"error": {"code": words.code, "text": words.text, "remedy": words.remedy}})
        self.note(f"{words.text}\n{words.remedy}")

    @staticmethod
    def _write(stream: TextIO, text: str) -> None:
        try:
            stream.write(text + "\n")
        except UnicodeEncodeError:
            stream.write(text.encode("ascii", "backslashreplace").decode("ascii") + "\n")
        stream.flush()
