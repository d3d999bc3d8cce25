"""What a command says: its result on standard output, messages on standard error."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from desktop.errors import DesktopError, EnvironmentFailure
from desktop.services.words import error_words

_TAB, _NEWLINE = 9, 10
_STEERING = (
    *(code for code in range(32) if code not in {_TAB, _NEWLINE}),
    *range(0x7F, 0xA0),
    *(0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)),  # direction and line marks
)
_PLAIN = dict.fromkeys(_STEERING, "\N{REPLACEMENT CHARACTER}")


def plain(text: str) -> str:
    """Return foreign text without control and direction characters, so that no message can steer a terminal."""
    return text.translate(_PLAIN)


class Output:
    """Standard output and standard error of one command.

    Attributes:
        is_json: whether the result is one JSON value.
        is_unread: whether nobody reads standard output any more; what is written then is dropped.
    """

    def __init__(self, form: str, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.is_json = form == "json"
        self.is_unread = False
        self._out: TextIO | None = sys.stdout if out is None else out  # None: closed by who started us
        self._err: TextIO | None = sys.stderr if err is None else err

    def value(self, value: Mapping[str, Any], text: str) -> None:
        """Give the result: as one JSON value, or as text."""
        if self.is_json:
            self.line(value)
        else:
            self.text(text)

    def line(self, value: Mapping[str, Any]) -> None:
        """Write one JSON line at once; in escapes where standard output is not UTF-8, as in a pipe on Windows."""
        self._write_json(json.dumps(value, ensure_ascii=False), json.dumps(value))

    def text(self, text: str) -> None:
        """Write text for people on standard output."""
        if text:
            self._write_out(plain(text), _escaped(plain(text)))

    def document(self, document: object) -> None:
        """Write a document on standard output exactly, as indented JSON, whatever the format."""
        self._write_json(json.dumps(document, ensure_ascii=False, indent=2), json.dumps(document, indent=2))

    def note(self, text: str) -> None:
        """Write a message beside the result on standard error."""
        if not text or self._err is None:
            return
        try:
            _write(self._err, plain(text), _escaped(plain(text)))
        except OSError:
            self._err = None

    def error(self, error: DesktopError) -> None:
        """Say what prevented the command from trying."""
        words = error_words(error)
        if self.is_json:
            self.line({"error": {"code": words.code, "text": words.text, "remedy": words.remedy}})
        self.note(f"{words.text}\n{words.remedy}")

    def _write_json(self, text: str, escaped: str) -> None:
        """Write JSON so that it is UTF-8 whatever the stream's encoding is (RFC 8259, 8.1)."""
        encoding = (self._out.encoding if self._out is not None else None) or "utf-8"
        self._write_out(text if codecs.lookup(encoding).name == "utf-8" else escaped, escaped)

    def _write_out(self, text: str, escaped: str) -> None:
        if self._out is None or self.is_unread:
            return
        try:
            _write(self._out, text, escaped)
        except BrokenPipeError:
            self.is_unread = True
            self._let_go()
        except OSError as error:
            self.is_unread = True
            self._let_go()
            reason = error.strerror or type(error).__name__
            raise EnvironmentFailure("cli.not_printed", exit_code=2, reason=reason) from error

    def _let_go(self) -> None:
        """Let what is still buffered go nowhere, or the interpreter would fail on it at its end."""
        out = self._out
        if out is not None and out is sys.stdout:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), out.fileno())


def _write(stream: TextIO, text: str, escaped: str) -> None:
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        text = escaped
    stream.write(text + "\n")
    stream.flush()


def _escaped(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode("ascii")
